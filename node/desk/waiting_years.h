// Years whose set was published, or taken back, while this node may not sign: what an officer put into each stays in
// the draft until it has been signed. On the disk, so that it is known after a restart.
#ifndef HANSA_NODE_DESK_WAITING_YEARS_H_
#define HANSA_NODE_DESK_WAITING_YEARS_H_

#include <map>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "replication/bytes.h"
#include "storage/tables.h"

namespace hansa::node::desk {

// Thread-safe as far as `tables` is, which must outlive it. Blocks on disk.
class WaitingYears {
 public:
  explicit WaitingYears(storage::Tables& tables) : tables_(tables) {}

  // The record that was to be signed last, by year; also of years that wait no more and were not taken out yet.
  absl::StatusOr<std::map<int, replication::RecordId>> All() const;
  absl::Status Add(int year, const replication::RecordId& record);
  absl::Status TakeOut(int year);

 private:
  storage::Tables& tables_;
};

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_WAITING_YEARS_H_
