#include "node/membership/new_key.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "node/charter.h"
#include "node/membership/json_file.h"
#include "node/membership/recovery_file.h"
#include "node/node_folder.h"
#include "replication/check.h"
#include "storage/files.h"

namespace hansa::node::membership {
namespace {

using replication::PublicKey;
using replication::Seed;
using replication::Signer;
using replication::SodiumSigner;

// Nobody loses a disk so often; a folder with more of them is not one of ours.
constexpr int kOldKeysMax = 1000;

std::string RequestPath(const NodePaths& paths) { return paths.keys + "/recovery.json"; }
std::string NextKeyPath(const NodePaths& paths) { return paths.writer_key + ".next"; }
std::string OldKeyPath(const NodePaths& paths, int n) { return absl::StrCat(paths.writer_key, ".old-", n); }

// nullptr where there is none.
absl::StatusOr<std::unique_ptr<Signer>> KeyIfThere(const std::string& path) {
  const absl::StatusOr<Seed> seed = ReadKey(path);
  if (absl::IsNotFound(seed.status())) return std::unique_ptr<Signer>();
  HANSA_RETURN_IF_ERROR(seed.status());
  return SodiumSigner(*seed);
}

absl::StatusOr<std::unique_ptr<Signer>> KeyMadeIfMissing(const std::string& path) {
  absl::StatusOr<std::unique_ptr<Signer>> key = KeyIfThere(path);
  HANSA_RETURN_IF_ERROR(key.status());
  if (*key != nullptr) return key;
  HANSA_RETURN_IF_ERROR(WriteKey(path, RandomSeed()));
  return KeyIfThere(path);
}

// What lies in the folder.
struct Folder {
  NodePaths paths;
  Identity identity;
  replication::NetworkId network;
  std::unique_ptr<Signer> writer;             // null where it is gone
  std::vector<std::unique_ptr<Signer>> olds;  // set aside, in that order
  std::optional<RecoveryFile> request;        // the newest that was written
};

absl::StatusOr<Folder> OpenFolder(const std::string& path) {
  Folder folder{NodePaths(path), {}, {}, nullptr, {}, std::nullopt};
  absl::StatusOr<Identity> identity = ReadIdentity(folder.paths.identity);
  HANSA_RETURN_IF_ERROR(identity.status());
  folder.identity = *std::move(identity);
  if (folder.identity.is_key_file()) {
    return absl::FailedPreconditionError(
        absl::StrCat(path, " holds a key file, not a node; a new one is made with `hansa init` and admitted anew"));
  }
  const absl::StatusOr<std::string> json = ReadFile(folder.paths.charter, kFileBytesMax);
  HANSA_RETURN_IF_ERROR(json.status());
  const absl::StatusOr<Charter> charter = DecodeCharter(*json);
  HANSA_RETURN_IF_ERROR(charter.status());
  folder.network = NetworkOf(*charter);
  absl::StatusOr<std::unique_ptr<Signer>> writer = KeyIfThere(folder.paths.writer_key);
  HANSA_RETURN_IF_ERROR(writer.status());
  folder.writer = *std::move(writer);
  for (int n = 1; n <= kOldKeysMax; ++n) {
    absl::StatusOr<std::unique_ptr<Signer>> old = KeyIfThere(OldKeyPath(folder.paths, n));
    HANSA_RETURN_IF_ERROR(old.status());
    if (*old == nullptr) break;
    folder.olds.push_back(*std::move(old));
  }
  const absl::StatusOr<std::string> request = ReadFile(RequestPath(folder.paths), kFileBytesMax);
  if (!request.ok()) return folder;
  absl::StatusOr<RecoveryFile> read = ReadRecovery(*request, folder.network);
  if (read.ok()) folder.request = *std::move(read);
  return folder;
}

// The key at hand is the one that was asked for last.
bool IsAsAsked(const Folder& folder) {
  return folder.request && folder.writer && folder.request->says.writer == folder.writer->public_key();
}

// The key at hand was asked for and is nobody's yet: the roster has another, or an incarnation before.
bool Waits(const Folder& folder, const NewKeyOptions& options) {
  if (!IsAsAsked(folder)) return false;
  if (options.present_writer) return folder.writer->public_key() != *options.present_writer;
  const replication::Consent& asked = folder.request->says;
  return asked.member != options.member || asked.incarnation != options.present;
}

// The key that consents to a new one: that of the roster where it is known; otherwise the one in use, or the one before
// it if that in use is new itself.
const Signer* OldWriter(const Folder& folder, const NewKeyOptions& options) {
  if (!options.present_writer) {
    if (!Waits(folder, options)) return folder.writer.get();
    return folder.olds.empty() ? nullptr : folder.olds.back().get();
  }
  if (folder.writer && folder.writer->public_key() == *options.present_writer) return folder.writer.get();
  for (const std::unique_ptr<Signer>& old : folder.olds) {
    if (old->public_key() == *options.present_writer) return old.get();
  }
  return nullptr;
}

absl::Status SetAside(const NodePaths& paths) {
  for (int n = 1; n <= kOldKeysMax; ++n) {
    const std::string aside = OldKeyPath(paths, n);
    if (::link(paths.writer_key.c_str(), aside.c_str()) == 0) return storage::SyncFolder(paths.keys);
    if (errno == ENOENT) return absl::OkStatus();
    if (errno != EEXIST) return storage::FileError("set aside", paths.writer_key, errno);
    // Interrupted here before: it is aside already.
    std::error_code ignored;
    if (std::filesystem::equivalent(paths.writer_key, aside, ignored)) return absl::OkStatus();
  }
  return absl::FailedPreconditionError(
      absl::StrCat(paths.keys, " holds more than ", kOldKeysMax, " keys set aside; move some away"));
}

// The next key takes the place of the one in use.
absl::Status TakeIntoUse(const NodePaths& paths) {
  HANSA_RETURN_IF_ERROR(SetAside(paths));
  if (std::rename(NextKeyPath(paths).c_str(), paths.writer_key.c_str()) != 0) {
    return storage::FileError("put in place", paths.writer_key, errno);
  }
  return storage::SyncFolder(paths.keys);
}

NewKey KeyOf(const Folder& folder, const RecoveryFile& file) {
  return {EncodeRecovery(folder.network, file), file.says.writer, false, file.by_old_key.has_value()};
}

absl::Status Keep(const NodePaths& paths, const NewKey& key) {
  return WriteFileAtomically(RequestPath(paths), key.request, 0600);
}

}  // namespace

absl::StatusOr<NewKey> TakeNewKey(const NewKeyOptions& options) {
  const absl::StatusOr<Folder> folder = OpenFolder(options.folder);
  HANSA_RETURN_IF_ERROR(folder.status());
  const NodePaths& paths = folder->paths;
  const absl::StatusOr<std::unique_ptr<Signer>> tls = KeyMadeIfMissing(paths.tls_key);
  HANSA_RETURN_IF_ERROR(tls.status());
  const replication::Incarnation next(options.present.value() + 1);
  const bool waits = Waits(*folder, options);
  if (waits && folder->request->says.member == options.member && folder->request->says.incarnation == next) {
    NewKey key = KeyOf(*folder, *folder->request);
    key.was_there = true;
    return key;
  }
  const auto ask_with = [&](const Signer& writer) {
    const RecoveryFile file = SignRecovery(
        folder->network, {folder->identity.slug, options.member, next, writer, **tls, OldWriter(*folder, options)});
    return KeyOf(*folder, file);
  };
  if (waits) {  // it was asked for under another number: the same key will do
    const NewKey key = ask_with(*folder->writer);
    HANSA_RETURN_IF_ERROR(Keep(paths, key));
    return key;
  }
  const absl::StatusOr<std::unique_ptr<Signer>> writer = KeyMadeIfMissing(NextKeyPath(paths));
  HANSA_RETURN_IF_ERROR(writer.status());
  const NewKey key = ask_with(**writer);
  HANSA_RETURN_IF_ERROR(Keep(paths, key));
  HANSA_RETURN_IF_ERROR(TakeIntoUse(paths));
  return key;
}

std::optional<NewKey> PendingKey(const std::string& folder) {
  const absl::StatusOr<Folder> opened = OpenFolder(folder);
  if (!opened.ok() || !IsAsAsked(*opened)) return std::nullopt;
  NewKey key = KeyOf(*opened, *opened->request);
  key.was_there = true;
  return key;
}

}  // namespace hansa::node::membership
