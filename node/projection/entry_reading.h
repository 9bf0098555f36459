// What this version makes of one entry: understood, or kept and shown as what it is. Judged by the
// entry, its author and the catalogue alone, so every order of arrival gives the same answer.
#ifndef HANSA_NODE_PROJECTION_ENTRY_READING_H_
#define HANSA_NODE_PROJECTION_ENTRY_READING_H_

#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/catalogue/catalogue.h"
#include "node/domain/observation.h"
#include "node/domain/review_reading.h"
#include "node/projection/record_rows.h"
#include "replication/entry.h"
#include "replication/feed.h"
#include "replication/roster_messages.h"
#include "storage/feed_store.h"

namespace hansa::node::projection {

// The schema version of every kind of record that this version writes and understands.
inline constexpr std::uint16_t kRecordSchema = 1;

// Whose entry it is, and by what it is judged. All must outlive the call only.
struct EntryContext {
  const replication::Crypto& crypto;
  const catalogue::Catalogue& catalogue;
  const replication::FeedAuthor& author;
  replication::MemberKind author_kind;
  const replication::NetworkId& network;
};

// An indicator set and the bytes that it was read from.
struct SetContent {
  domain::IndicatorSet set;
  replication::BytesView payload;
};
struct EntryRead {
  Revision revision;
  std::optional<SetContent> content;  // of an indicator set that was understood; its payload is that of the entry
  // Of a rating or a survey result that was understood. Whether its signer is listed is not judged here.
  std::optional<domain::SpokenAnswers> spoken;
};

// `header` is that of `entry`.
EntryRead ReadEntry(const EntryContext& context, const replication::EntryHeader& header,
                    const replication::Entry& entry);

// The rules of a published set beyond its form: cells of the catalogue in its order, values within
// their ranges, no rating by the city itself. A set made under another framework is not judged by ours.
//   INVALID_ARGUMENT  names the cell and the rule
absl::Status CheckPublishedSet(const catalogue::Catalogue& catalogue, const domain::IndicatorSet& set);

// The cell called `id`, nullptr if `catalogue` has none. Quick where it is the one after `last`, as in sets that answer
// every cell; `last` may be nullptr.
const catalogue::Cell* CellAfter(const catalogue::Catalogue& catalogue, const catalogue::Cell* last,
                                 absl::string_view id);

// The payload of the entry at `position`.
//   NOT_FOUND  the entry has none, or it was erased
absl::StatusOr<replication::Bytes> ReadPayload(const storage::FeedStore& feeds, const Position& position);

}  // namespace hansa::node::projection

#endif  // HANSA_NODE_PROJECTION_ENTRY_READING_H_
