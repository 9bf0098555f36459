// A backup of the running node.
#include "absl/time/clock.h"
#include "node/backup/make_backup.h"
#include "node/daemon/daemon.h"
#include "node/daemon/log.h"

namespace hansa::node {

absl::StatusOr<BackupMade> Daemon::Backup(const std::string& folder, const std::function<bool()>& is_unwanted) {
  if (!backing_up_.TryLock()) {
    return absl::FailedPreconditionError("a backup of this node is being made already; wait until it is done");
  }
  const backup::BackupParts parts{paths_,       identity_,
                                  charter_,     *database_,
                                  *high_water_, static_cast<std::uint64_t>(absl::ToUnixMillis(absl::Now()))};
  bool in_the_way = false;  // of opening the store anew, which waits until nothing copies it
  absl::StatusOr<BackupMade> made = backup::MakeBackup(parts, folder, [&] {
    in_the_way = in_the_way || sees_to_disk_;
    return stopping_ || in_the_way || is_unwanted();
  });
  if (in_the_way && absl::IsCancelled(made.status())) {
    made = absl::UnavailableError("the backup was given up, because the node had to see to its disk; make it again");
  }
  backing_up_.Unlock();
  if (made.ok()) {
    LogInfo("backup: %d feeds, %d entries in %s", made->feeds, made->entries, folder);
  } else {
    LogError("backup to %s: %s", folder, std::string(made.status().message()));
  }
  return made;
}

}  // namespace hansa::node
