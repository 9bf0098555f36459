#include "node/backup/restore_node.h"

#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "node/backup/backup_folder.h"
#include "node/charter.h"
#include "node/membership/init_node.h"
#include "node/node_folder.h"
#include "replication/check.h"
#include "replication/crypto.h"
#include "storage/contents.h"
#include "storage/files.h"
#include "storage/folder_lock.h"
#include "storage/high_water.h"
#include "storage/identity.h"
#include "storage/rocks_backup.h"
#include "storage/rocks_database.h"

namespace hansa::node::backup {
namespace {

using storage::FileError;

// Where the data folder will be, by its true path and without a slash at the end.
absl::StatusOr<std::string> TargetOf(const std::string& data_folder, const std::string& backup) {
  std::error_code error;
  // Absolute first: what is not there yet has no other true path.
  std::filesystem::path target = std::filesystem::absolute(data_folder, error);
  if (!error) target = std::filesystem::weakly_canonical(target, error);
  if (!error && !target.has_filename()) target = target.parent_path();
  const std::filesystem::path from = error ? "" : std::filesystem::weakly_canonical(backup, error);
  if (error) return FileError("look at", data_folder, error.value());
  if (!std::filesystem::exists(target, error)) {
    if (!absl::StartsWith((target / "").string(), (from / "").string())) return target.string();
    return absl::FailedPreconditionError(
        absl::StrCat("the folder ", data_folder, " lies in the backup; give one elsewhere"));
  }
  if (!std::filesystem::is_directory(target, error) || !std::filesystem::is_empty(target, error)) {
    return absl::FailedPreconditionError(absl::StrCat(
        "the folder ", data_folder, " is not empty; restore to a new one, so that nothing that is there is lost"));
  }
  return target.string();
}

absl::Status Disagrees(const std::string& backup) {
  return absl::DataLossError(
      absl::StrCat("the backup ", backup, " is damaged: it does not hold what its manifest says; take another backup"));
}

absl::Status RestoreStore(const std::string& backup, const Manifest& manifest, const NodePaths& to) {
  const absl::Status copied = storage::RestoreCopy(backup, manifest.copy, to.database);
  // The manifest says that it is there.
  if (absl::IsNotFound(copied)) return Disagrees(backup);
  HANSA_RETURN_IF_ERROR(copied);
  const absl::StatusOr<std::unique_ptr<storage::Database>> database = storage::Database::Open(to.database);
  HANSA_RETURN_IF_ERROR(database.status());
  const replication::Crypto& crypto = replication::SodiumCrypto();
  const absl::StatusOr<storage::Contents> contents = storage::ReadContents(**database, crypto, [] { return false; });
  HANSA_RETURN_IF_ERROR(contents.status());
  const bool is_it = contents->database == manifest.database && contents->feeds.size() == manifest.feeds &&
                     contents->entries == manifest.entries && storage::DigestOf(crypto, *contents) == manifest.contents;
  if (!is_it) return Disagrees(backup);
  return (*database)->Close();
}

// Charter and identity are those of the manifest.
absl::Status CheckNode(const std::string& backup, const Manifest& manifest, const NodePaths& to) {
  const absl::StatusOr<std::string> json = ReadFile(to.charter);
  if (!json.ok()) return Disagrees(backup);
  const absl::StatusOr<Charter> charter = DecodeCharter(*json);
  const absl::StatusOr<Identity> identity = ReadIdentity(to.identity);
  const bool is_it = charter.ok() && identity.ok() && NetworkOf(*charter) == manifest.network &&
                     identity->slug == manifest.member && ReadKey(to.writer_key).ok() && ReadKey(to.tls_key).ok();
  return is_it ? absl::OkStatus() : Disagrees(backup);
}

// P5: the marks stay, and no machine is the one that wrote them: only a hub can tell whether more was signed. Where
// there are none, the node signs nothing either as long as it holds feeds of its own.
absl::Status MarkAsCopy(const NodePaths& to) {
  std::optional<storage::HighWater> marks;
  {
    const absl::StatusOr<std::unique_ptr<storage::HighWaterFile>> file = storage::HighWaterFile::Open(to.high_water);
    HANSA_RETURN_IF_ERROR(file.status());
    marks = (*file)->contents();
  }
  if (!marks) return absl::OkStatus();
  marks->machine = storage::NoMachine();
  // A new file: in the old one the other slot would still name the machine.
  HANSA_RETURN_IF_ERROR(storage::RemoveFolder(to.high_water));
  const absl::StatusOr<std::unique_ptr<storage::HighWaterFile>> file = storage::HighWaterFile::Open(to.high_water);
  HANSA_RETURN_IF_ERROR(file.status());
  return (*file)->Replace(*std::move(marks));
}

absl::Status PutInPlace(const std::string& aside, const std::string& target) {
  HANSA_RETURN_IF_ERROR(storage::SyncFolder(aside));
  // Takes the place of an empty folder, and of nothing else.
  if (std::rename(aside.c_str(), target.c_str()) != 0) return FileError("put in place", target, errno);
  return storage::SyncFolder(std::filesystem::path(target).parent_path().string());
}

// Everything that an earlier restoring left there.
absl::Status Empty(const std::string& folder) {
  std::error_code error;
  for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (at->path().filename() != "lock") HANSA_RETURN_IF_ERROR(storage::RemoveFolder(at->path().string()));
  }
  return error ? FileError("read the folder", folder, error.value()) : absl::OkStatus();
}

}  // namespace

absl::StatusOr<Manifest> RestoreNode(const std::string& backup, const std::string& data_folder) {
  absl::StatusOr<Manifest> manifest = ReadManifest(backup);
  HANSA_RETURN_IF_ERROR(manifest.status());
  const absl::StatusOr<std::string> target = TargetOf(data_folder, backup);
  HANSA_RETURN_IF_ERROR(target.status());
  const NodePaths aside(absl::StrCat(*target, ".restoring"));
  HANSA_RETURN_IF_ERROR(membership::MakePrivateFolder(aside.folder));
  const absl::StatusOr<storage::FolderLock> lock = storage::FolderLock::Take(aside.folder);
  HANSA_RETURN_IF_ERROR(lock.status());
  absl::Cleanup clear = [&aside] { storage::RemoveFolder(aside.folder).IgnoreError(); };
  HANSA_RETURN_IF_ERROR(Empty(aside.folder));
  HANSA_RETURN_IF_ERROR(RestoreFiles(backup, *manifest, aside));
  HANSA_RETURN_IF_ERROR(CheckNode(backup, *manifest, aside));
  HANSA_RETURN_IF_ERROR(RestoreStore(backup, *manifest, aside));
  HANSA_RETURN_IF_ERROR(MarkAsCopy(aside));
  HANSA_RETURN_IF_ERROR(storage::RemoveFolder(aside.folder + "/lock"));
  HANSA_RETURN_IF_ERROR(PutInPlace(aside.folder, *target));
  std::move(clear).Cancel();
  return manifest;
}

}  // namespace hansa::node::backup
