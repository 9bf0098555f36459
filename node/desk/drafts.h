// What an officer has entered and not published. Promise: drafts are in Table::kDrafts and nowhere else,
// this is the only code that reads or writes that table, and nothing that sends knows it.
#ifndef HANSA_NODE_DESK_DRAFTS_H_
#define HANSA_NODE_DESK_DRAFTS_H_

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "node/domain/observation.h"
#include "storage/tables.h"

namespace hansa::node::desk {

// One cell of one year.
struct Draft {
  int year = 0;
  domain::Observation observation;
  friend bool operator==(const Draft&, const Draft&) = default;
};

// A change of one cell of a year's draft.
struct DraftChange {
  Draft draft;
  enum class Act { kKeep, kDrop } act = Act::kKeep;  // kDrop looks at the year and cell only
};

// Not thread-safe: the desk owns it and guards it. Blocks on disk.
class Drafts {
 public:
  // `tables` must outlive it.
  explicit Drafts(storage::Tables& tables) : tables_(tables) {}

  // From now on `told` is called with each year whose draft was changed, once that is on the disk; null: nobody.
  using Told = std::function<void(int year)>;
  void OnChange(Told told) { told_ = std::move(told); }

  // By cell. Empty if there is none.
  absl::StatusOr<std::vector<Draft>> Of(int year) const;
  // Years that have a draft, ascending.
  absl::StatusOr<std::vector<int>> Years() const;

  // All changes or none; when this returns OK they survive a power cut. Cells not named stay.
  //   INVALID_ARGUMENT  an observation breaks a limit of its form
  absl::Status Apply(absl::Span<const DraftChange> changes);
  // Removes those of `drafts` that still stand as they are given here.
  absl::Status Forget(absl::Span<const Draft> drafts);

 private:
  storage::Tables& tables_;
  Told told_ = nullptr;
};

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_DRAFTS_H_
