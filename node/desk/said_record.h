// Records that say one thing in one message, such as a target or how many people live in a city: what the last revision
// that can be read says, and why a later one cannot be shown.
#ifndef HANSA_NODE_DESK_SAID_RECORD_H_
#define HANSA_NODE_DESK_SAID_RECORD_H_

#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "node/projection/views.h"
#include "replication/check.h"
#include "replication/strong_id.h"
#include "storage/feed_store.h"

namespace google::protobuf {
class Message;
}

namespace hansa::node::desk {

// A record, and what it says.
template <typename Message>
struct SaidRecord {
  projection::RecordView record;
  std::shared_ptr<const Message> said;  // by its last revision that can be read; null: by none
  std::string fault;                    // why the last revision cannot be shown; empty if it can, or took it back

  bool withdrawn() const { return record.revisions.back().retracted; }
  // Whether it says something, and the last that was written can be read.
  bool stands() const { return said != nullptr && fault.empty() && !withdrawn(); }
};

// How the reading of a record went.
struct LastSaid {
  bool are_read = false;
  std::string fault;  // as SaidRecord
};
// Reads into `said` the last of the revisions of `kind` that can be read. Blocks on disk.
//   DATA_LOSS  the feed is damaged
absl::StatusOr<LastSaid> ReadLastSaid(const storage::FeedStore& feeds, const projection::RecordView& record,
                                      replication::Kind kind, google::protobuf::Message& said);

// `record` with what it says in its revisions of `kind`. As ReadLastSaid.
template <typename Message>
absl::StatusOr<SaidRecord<Message>> WhatItSays(const storage::FeedStore& feeds, const projection::RecordView& record,
                                               replication::Kind kind) {
  auto said = std::make_shared<Message>();
  absl::StatusOr<LastSaid> words = ReadLastSaid(feeds, record, kind, *said);
  HANSA_RETURN_IF_ERROR(words.status());
  if (!words->are_read) said = nullptr;
  return SaidRecord<Message>{record, std::move(said), std::move(words->fault)};
}

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_SAID_RECORD_H_
