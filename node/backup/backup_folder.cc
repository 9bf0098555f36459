#include "node/backup/backup_folder.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "node/accounts/account_file.h"
#include "node/membership/init_node.h"
#include "node/membership/json_file.h"
#include "replication/check.h"
#include "replication/crypto.h"
#include "storage/files.h"

namespace hansa::node::backup {
namespace {

using storage::FileError;

constexpr char kManifest[] = "backup.json";
constexpr char kFiles[] = "node.";
constexpr char kCharter[] = "charter.json";
constexpr char kIdentity[] = "identity.json";
constexpr char kHighWater[] = "high_water";
constexpr char kKeys[] = "keys";
constexpr char kAccountsFolder[] = "accounts";
constexpr char kAccounts[] = "accounts/accounts.json";
// A high-water file is 32 KiB, everything else far less.
constexpr std::uint64_t kBytesMax = membership::kFileBytesMax;

replication::Hash SumOf(const std::string& bytes) { return replication::SodiumCrypto().Sha256(bytes); }

std::string In(const std::string& folder, absl::string_view name) { return absl::StrCat(folder, "/", name); }

// The number of a folder of the node's files; nullopt for any other name.
std::optional<std::uint32_t> CopyIn(absl::string_view name) {
  std::uint32_t copy = 0;
  if (!absl::ConsumePrefix(&name, kFiles) || !absl::SimpleAtoi(name, &copy)) return std::nullopt;
  return copy;
}

absl::StatusOr<std::vector<std::string>> NamesIn(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    names.push_back(at->path().filename().string());
  }
  if (error) return FileError("read the folder", folder, error.value());
  std::sort(names.begin(), names.end());
  return names;
}

// Aside names of files that are written atomically begin as the file itself does.
bool IsOurs(const std::string& name) {
  return name == "store" || name == "scratch" || name == "lock" || absl::StartsWith(name, kManifest) ||
         CopyIn(name).has_value();
}

// Whether `inner` is `outer` or lies in it, by their true paths.
bool LiesIn(const std::string& inner, const std::string& outer) {
  std::error_code error;
  const std::filesystem::path in =
      std::filesystem::weakly_canonical(std::filesystem::absolute(inner, error), error) / "";
  const std::filesystem::path out =
      std::filesystem::weakly_canonical(std::filesystem::absolute(outer, error), error) / "";
  return absl::StartsWith(in.string(), out.string());
}

absl::Status Damaged(const std::string& folder, absl::string_view name) {
  return absl::DataLossError(
      absl::StrCat("the backup ", folder, " is damaged: ", name, " is missing or altered; take another backup"));
}

// One that cannot be read would be restored by nobody.
absl::Status CheckAccounts(const std::string& bytes, const std::string& path) {
  const absl::StatusOr<accounts::AccountFile> file = accounts::DecodeAccounts(bytes);
  if (file.ok()) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat(path, " cannot be read: ", file.status().message(),
                                          "; put it back from a backup, or remove it and add the accounts anew"));
}

// Links that were open are void: one may have been used since. Nobody is signed in: sessions are in no backup.
absl::Status RestoreAccounts(const std::string& bytes, const std::string& folder, const NodePaths& to) {
  absl::StatusOr<accounts::AccountFile> file = accounts::DecodeAccounts(bytes);
  if (!file.ok()) return Damaged(folder, kAccounts);
  for (accounts::Account& account : file->accounts) {
    account.link.clear();
    account.link_until_ms = 0;
  }
  HANSA_RETURN_IF_ERROR(membership::MakePrivateFolder(to.accounts_folder));
  return WriteFileAtomically(to.accounts, accounts::EncodeAccounts(*file), 0600);
}

}  // namespace

std::string ManifestPath(const std::string& folder) { return In(folder, kManifest); }
std::string FilesPath(const std::string& folder, std::uint32_t copy) { return In(folder, absl::StrCat(kFiles, copy)); }

absl::Status TakeFolder(const std::string& folder, const std::string& data_folder) {
  if (!absl::StartsWith(folder, "/")) {
    return absl::InvalidArgumentError(absl::StrCat("the folder ", folder, " is no absolute path; begin it with /"));
  }
  if (LiesIn(folder, data_folder)) {
    return absl::FailedPreconditionError(absl::StrCat("the folder ", folder,
                                                      " lies in the node's own folder, and would be lost with it; "
                                                      "give one elsewhere, best on another disk"));
  }
  std::error_code error;
  if (std::filesystem::is_directory(folder, error)) {
    const absl::StatusOr<std::vector<std::string>> names = NamesIn(folder);
    HANSA_RETURN_IF_ERROR(names.status());
    const auto other = std::find_if_not(names->begin(), names->end(), IsOurs);
    const bool is_backup = std::binary_search(names->begin(), names->end(), "lock");
    if (other != names->end() || (!names->empty() && !is_backup)) {
      return absl::FailedPreconditionError(absl::StrCat("the folder ", folder, " holds something else than a backup (",
                                                        other != names->end() ? *other : names->front(),
                                                        "); give an empty one"));
    }
  }
  return membership::MakePrivateFolder(folder);
}

absl::StatusOr<Manifest> ReadManifest(const std::string& folder) {
  const absl::StatusOr<std::string> bytes = ReadFile(ManifestPath(folder), kBytesMax);
  if (absl::IsNotFound(bytes.status())) {
    return absl::NotFoundError(absl::StrCat("there is no finished backup in ", folder, ": it has no ", kManifest));
  }
  HANSA_RETURN_IF_ERROR(bytes.status());
  absl::StatusOr<Manifest> manifest = DecodeManifest(*bytes);
  if (absl::IsInvalidArgument(manifest.status())) return Damaged(folder, kManifest);
  return manifest;
}

absl::StatusOr<std::vector<FileSum>> CopyFiles(const NodePaths& from, const std::optional<storage::HighWater>& marks,
                                               const std::string& to) {
  HANSA_RETURN_IF_ERROR(membership::MakePrivateFolder(to));
  HANSA_RETURN_IF_ERROR(membership::MakePrivateFolder(In(to, kKeys)));
  std::vector<std::string> names = {kCharter, kIdentity};
  const absl::StatusOr<std::vector<std::string>> keys = NamesIn(from.keys);
  HANSA_RETURN_IF_ERROR(keys.status());
  for (const std::string& key : *keys) names.push_back(absl::StrCat(kKeys, "/", key));
  std::error_code error;
  if (std::filesystem::exists(from.accounts, error)) {
    HANSA_RETURN_IF_ERROR(membership::MakePrivateFolder(In(to, kAccountsFolder)));
    names.push_back(kAccounts);
  }
  if (error) return FileError("look at", from.accounts, error.value());
  std::vector<FileSum> files;
  for (const std::string& name : names) {
    const absl::StatusOr<std::string> bytes = ReadFile(In(from.folder, name), kBytesMax);
    HANSA_RETURN_IF_ERROR(bytes.status());
    if (name == kAccounts) HANSA_RETURN_IF_ERROR(CheckAccounts(*bytes, from.accounts));
    HANSA_RETURN_IF_ERROR(WriteFileAtomically(In(to, name), *bytes, 0600));
    files.push_back({name, SumOf(*bytes)});
  }
  if (marks) {
    const absl::StatusOr<std::unique_ptr<storage::HighWaterFile>> file =
        storage::HighWaterFile::Open(In(to, kHighWater));
    HANSA_RETURN_IF_ERROR(file.status());
    HANSA_RETURN_IF_ERROR((*file)->Replace(*marks));
    const absl::StatusOr<std::string> bytes = ReadFile(In(to, kHighWater), kBytesMax);
    HANSA_RETURN_IF_ERROR(bytes.status());
    files.push_back({kHighWater, SumOf(*bytes)});
  }
  std::sort(files.begin(), files.end(), [](const FileSum& a, const FileSum& b) { return a.name < b.name; });
  HANSA_RETURN_IF_ERROR(storage::SyncFolder(to));
  return files;
}

absl::Status KeepOnlyFiles(const std::string& folder, std::optional<std::uint32_t> keep) {
  const absl::StatusOr<std::vector<std::string>> names = NamesIn(folder);
  HANSA_RETURN_IF_ERROR(names.status());
  for (const std::string& name : *names) {
    const std::optional<std::uint32_t> copy = CopyIn(name);
    const bool is_left_over = absl::StartsWith(name, kManifest) && name != kManifest;
    if (is_left_over || (copy && copy != keep)) HANSA_RETURN_IF_ERROR(storage::RemoveFolder(In(folder, name)));
  }
  return absl::OkStatus();
}

absl::Status RestoreFiles(const std::string& folder, const Manifest& manifest, const NodePaths& to) {
  HANSA_RETURN_IF_ERROR(membership::MakePrivateFolder(to.keys));
  for (const FileSum& file : manifest.files) {
    const absl::StatusOr<std::string> bytes = ReadFile(In(FilesPath(folder, manifest.copy), file.name), kBytesMax);
    if (absl::IsNotFound(bytes.status()) || absl::IsInvalidArgument(bytes.status())) return Damaged(folder, file.name);
    HANSA_RETURN_IF_ERROR(bytes.status());
    if (SumOf(*bytes) != file.sum) return Damaged(folder, file.name);
    if (file.name == kAccounts) {
      HANSA_RETURN_IF_ERROR(RestoreAccounts(*bytes, folder, to));
      continue;
    }
    HANSA_RETURN_IF_ERROR(WriteFileAtomically(In(to.folder, file.name), *bytes, file.name == kCharter ? 0644 : 0600));
  }
  return absl::OkStatus();
}

}  // namespace hansa::node::backup
