#include "node/backup/make_backup.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "node/backup/backup_folder.h"
#include "node/backup/manifest.h"
#include "replication/check.h"
#include "replication/crypto.h"
#include "storage/files.h"
#include "storage/folder_lock.h"
#include "storage/rocks_backup.h"

namespace hansa::node::backup {
namespace {

// The backup that is there; nullopt for none. It must be of this node, and of this database of it.
absl::StatusOr<std::optional<Manifest>> ReadOlder(const BackupParts& parts, const std::string& folder) {
  absl::StatusOr<Manifest> older = ReadManifest(folder);
  if (absl::IsNotFound(older.status())) return std::nullopt;
  HANSA_RETURN_IF_ERROR(older.status());
  if (older->member != parts.identity.slug || older->network != NetworkOf(parts.charter)) {
    return absl::FailedPreconditionError(absl::StrCat("the folder ", folder, " holds a backup of another node, ",
                                                      older->member, "; give a folder for each"));
  }
  if (older->database != parts.database.id()) {
    return absl::FailedPreconditionError(
        absl::StrCat("the folder ", folder,
                     " holds a backup of another database of this node, from before it was mended or set up anew; give "
                     "another folder, and keep that one until nothing in it is missed"));
  }
  return *std::move(older);
}

// Removes everything but what belongs to copy `keep`: what an earlier call left undone, or the older backup.
absl::Status KeepOnly(const std::string& folder, std::optional<std::uint32_t> keep) {
  const absl::StatusOr<std::unique_ptr<storage::StoreCopies>> copies = storage::StoreCopies::Open(folder);
  HANSA_RETURN_IF_ERROR(copies.status());
  HANSA_RETURN_IF_ERROR((*copies)->KeepOnly(keep));
  return KeepOnlyFiles(folder, keep);
}

std::uint64_t BytesIn(const std::string& folder) {
  std::uint64_t bytes = 0;
  std::error_code error;
  for (std::filesystem::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    std::error_code ignored;
    if (at->is_regular_file(ignored)) bytes += at->file_size(ignored);
  }
  return bytes;
}

// The node's own files and the manifest, which makes it a backup.
absl::Status Finish(const BackupParts& parts, const std::string& folder, const storage::ProvenCopy& copy,
                    const std::optional<storage::HighWater>& marks) {
  const absl::StatusOr<std::vector<FileSum>> files = CopyFiles(parts.paths, marks, FilesPath(folder, copy.number));
  HANSA_RETURN_IF_ERROR(files.status());
  Manifest manifest;
  manifest.network = NetworkOf(parts.charter);
  manifest.member = parts.identity.slug;
  manifest.database = parts.database.id();
  manifest.copy = copy.number;
  manifest.made_ms = parts.now_ms;
  manifest.feeds = copy.contents.feeds.size();
  manifest.entries = copy.contents.entries;
  manifest.contents = storage::DigestOf(replication::SodiumCrypto(), copy.contents);
  manifest.files = *files;
  HANSA_RETURN_IF_ERROR(storage::SyncFolder(folder));
  return WriteFileAtomically(ManifestPath(folder), EncodeManifest(manifest), 0600);
}

}  // namespace

absl::StatusOr<BackupMade> MakeBackup(const BackupParts& parts, const std::string& folder,
                                      const storage::IsUnwanted& is_unwanted) {
  HANSA_RETURN_IF_ERROR(TakeFolder(folder, parts.paths.folder));
  const absl::StatusOr<storage::FolderLock> lock = storage::FolderLock::Take(folder);
  HANSA_RETURN_IF_ERROR(lock.status());
  const absl::StatusOr<std::optional<Manifest>> older = ReadOlder(parts, folder);
  HANSA_RETURN_IF_ERROR(older.status());
  const std::optional<std::uint32_t> older_copy = *older ? std::optional((*older)->copy) : std::nullopt;
  HANSA_RETURN_IF_ERROR(KeepOnly(folder, older_copy));
  // P5: taken before the store is copied, the marks are never ahead of the copy.
  const std::optional<storage::HighWater> marks = parts.high_water.contents();
  const absl::StatusOr<storage::ProvenCopy> copy = parts.database.Backup(folder, is_unwanted);
  HANSA_RETURN_IF_ERROR(copy.status());
  const absl::Status finished = Finish(parts, folder, *copy, marks);
  if (!finished.ok()) {
    KeepOnly(folder, older_copy).IgnoreError();  // else the next backup does it
    return finished;
  }
  // P19: what was erased since the older one leaves the folder with it.
  HANSA_RETURN_IF_ERROR(KeepOnly(folder, copy->number));
  return BackupMade{copy->contents.feeds.size(), copy->contents.entries, BytesIn(folder), copy->bytes_added,
                    parts.now_ms};
}

}  // namespace hansa::node::backup
