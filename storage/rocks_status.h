// What RocksDB says, in our words and codes. The one place where that is decided.
#ifndef HANSA_STORAGE_ROCKS_STATUS_H_
#define HANSA_STORAGE_ROCKS_STATUS_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace rocksdb {
class Status;
}

namespace hansa::storage {

// `doing` completes "cannot …": "append to the store".
//   RESOURCE_EXHAUSTED   disk or quota full
//   DATA_LOSS            damaged
//   FAILED_PRECONDITION  held by somebody else, or closed
//   NOT_FOUND            no such key
//   UNAVAILABLE          any other trouble with the disk
absl::Status FromRocks(absl::string_view doing, const rocksdb::Status& status);

}  // namespace hansa::storage

#endif  // HANSA_STORAGE_ROCKS_STATUS_H_
