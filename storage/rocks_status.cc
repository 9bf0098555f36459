#include "storage/rocks_status.h"

#include <rocksdb/status.h>

#include <cerrno>
#include <string>
#include <system_error>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace hansa::storage {
namespace {

// RocksDB keeps an errno only as text, except ENOSPC.
bool Mentions(const std::string& said, int error) {
  return absl::StrContains(said, std::generic_category().message(error));
}

}  // namespace

absl::Status FromRocks(absl::string_view doing, const rocksdb::Status& status) {
  if (status.ok()) return absl::OkStatus();
  const std::string said = status.ToString();
  const std::string failed = absl::StrCat("cannot ", doing);
  if (status.IsNotFound()) return absl::NotFoundError(absl::StrCat(failed, ": ", said));
  // A file of the database that is not there is damage like any other.
  if (status.IsCorruption() || status.IsPathNotFound()) {
    return absl::DataLossError(
        absl::StrCat(failed, ": the store is damaged (", said, "); stop the node and check the disk"));
  }
  if (status.IsNoSpace() || Mentions(said, ENOSPC) || Mentions(said, EDQUOT) || Mentions(said, EFBIG)) {
    return absl::ResourceExhaustedError(
        absl::StrCat(failed, ": the disk is full: free space or enlarge it (", said, ")"));
  }
  if (status.IsBusy() || absl::StrContains(said, "lock file")) {
    return absl::FailedPreconditionError(
        absl::StrCat(failed, ": the store is held by another process; stop it first (", said, ")"));
  }
  if (status.IsShutdownInProgress()) {
    return absl::FailedPreconditionError(absl::StrCat(failed, ": the store is being closed"));
  }
  return absl::UnavailableError(absl::StrCat(failed, ": the disk gave an error (", said, ")"));
}

}  // namespace hansa::storage
