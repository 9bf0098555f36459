// Everything held of the dialogue at one moment, read from the views: the book, the records behind it, and the records
// of any kind that words point at.
#ifndef HANSA_NODE_DESK_DIALOGUE_SHELF_H_
#define HANSA_NODE_DESK_DIALOGUE_SHELF_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/desk/linked_record.h"
#include "node/domain/dialogue_book.h"
#include "node/projection/views.h"
#include "node/running_node.h"
#include "storage/feed_store.h"

namespace hansa::node::desk {

// The views and the feeds outlive it.
class DialogueShelf {
 public:
  // Blocks on disk.
  //   DATA_LOSS  a feed or a view is damaged
  static absl::StatusOr<DialogueShelf> Read(const storage::FeedStore& feeds, const projection::Views& views,
                                            const NodeView& view);

  const domain::DialogueBook& book() const { return book_; }
  // nullptr if it is not on the shelf.
  const projection::RecordView* Find(const domain::NotedRecord& record) const;

  // A record of any kind as it is shown beside a word. One that was taken back has its kind and no title.
  LinkedRecord LinkTo(const NodeView& view, const domain::NotedRecord& record) const;

 private:
  DialogueShelf(const storage::FeedStore& feeds, const projection::Views& views) : feeds_(feeds), views_(views) {}

  absl::Status ReadMember(replication::Member member, std::vector<domain::SpokenEntry>& entries);

  const storage::FeedStore& feeds_;
  const projection::Views& views_;
  domain::DialogueBook book_;
  std::map<domain::NotedRecord, projection::RecordView> records_;
};

// What kind of word `record` is, as it stands or stood before it was taken back; nullopt if it is none.
std::optional<domain::WordKind> WordKindOf(const projection::RecordView& record);

// Whether an entry takes its record back, of whatever collection.
bool TakesBack(const projection::Revision& revision);

// The record of any kind whose id begins with `id`; what nobody speaks of, such as an order to erase, is none.
//   INVALID_ARGUMENT, NOT_FOUND  as FindRecord of record_office.h
absl::StatusOr<projection::RecordView> FindSpokenOf(absl::string_view doing, const projection::Views& views,
                                                    const NodeView& view, absl::string_view id);

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_DIALOGUE_SHELF_H_
