#include "node/membership/init_node.h"

#include <sys/stat.h>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "node/charter.h"
#include "node/membership/applicant.h"
#include "node/membership/json_file.h"
#include "node/membership/own_folder.h"
#include "replication/check.h"
#include "storage/files.h"

namespace hansa::node::membership {
namespace {

using replication::Seed;

constexpr unsigned kOthersBits = 077;

absl::Status InUse(const std::string& folder, absl::string_view by) {
  return absl::FailedPreconditionError(
      absl::StrCat("the folder ", folder, " belongs to ", by, "; give another folder"));
}

// The key at `path`, made if it is not there.
absl::StatusOr<Seed> KeptKey(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) {
    HANSA_RETURN_IF_ERROR(WriteKey(path, RandomSeed()));
  }
  return ReadKey(path);
}

// What is set up in `paths` already must be the same.
absl::StatusOr<NodeSetUp> Compare(const NodePaths& paths, const Identity& identity, const Charter& charter) {
  const absl::StatusOr<OwnFolder> own = OpenOwnFolder(paths.folder);
  HANSA_RETURN_IF_ERROR(own.status());
  if (own->identity != identity) {
    return InUse(paths.folder, own->identity.slug == identity.slug
                                   ? absl::StrCat(identity.slug, " with other particulars")
                                   : own->identity.slug);
  }
  if (own->network != NetworkOf(charter)) {
    return InUse(paths.folder, absl::StrCat("a node of the network ", own->charter.name));
  }
  return NodeSetUp{identity, own->charter.name, own->writer->public_key(), true};
}

// The identity goes last: it says that the rest is there.
absl::StatusOr<NodeSetUp> SetUp(const NodePaths& paths, const Identity& identity, const std::string& charter_json,
                                const Charter& charter) {
  HANSA_RETURN_IF_ERROR(MakePrivateFolder(paths.folder));
  HANSA_RETURN_IF_ERROR(MakePrivateFolder(paths.keys));
  const absl::StatusOr<Seed> writer = KeptKey(paths.writer_key);
  HANSA_RETURN_IF_ERROR(writer.status());
  if (!identity.is_key_file()) HANSA_RETURN_IF_ERROR(KeptKey(paths.tls_key).status());
  HANSA_RETURN_IF_ERROR(WriteFileAtomically(paths.charter, charter_json, 0644));
  HANSA_RETURN_IF_ERROR(WriteIdentity(paths.identity, identity));
  return NodeSetUp{identity, charter.name, replication::SodiumSigner(*writer)->public_key(), false};
}

}  // namespace

absl::StatusOr<NodeSetUp> InitNode(const InitOptions& options) {
  if (options.folder.empty()) {
    return absl::InvalidArgumentError("no folder to set the node up in; give one");
  }
  Identity wanted{{}, {}, options.slug, options.name, options.country, options.endpoints};
  HANSA_RETURN_IF_ERROR(SetRole(options.kind, wanted));
  const absl::StatusOr<Identity> identity = CleanApplicant(std::move(wanted));
  HANSA_RETURN_IF_ERROR(identity.status());
  absl::StatusOr<std::string> json = options.charter;
  if (options.charter.empty()) json = ReadFile(options.charter_file, kFileBytesMax);
  HANSA_RETURN_IF_ERROR(json.status());
  const absl::StatusOr<Charter> charter = DecodeCharter(*json);
  HANSA_RETURN_IF_ERROR(charter.status());

  const NodePaths paths(options.folder);
  std::error_code error;
  if (std::filesystem::exists(paths.identity, error)) return Compare(paths, *identity, *charter);
  return SetUp(paths, *identity, *json, *charter);
}

absl::Status MakePrivateFolder(const std::string& folder) {
  std::error_code error;
  if (!std::filesystem::exists(folder, error)) HANSA_RETURN_IF_ERROR(storage::MakeFolder(folder));
  // Before its mode: whoever takes the same empty folder gives it the mode first and only then puts something in.
  const bool was_empty = std::filesystem::is_empty(folder, error);
  struct stat about;
  if (::stat(folder.c_str(), &about) != 0) return storage::FileError("look at", folder, errno);
  if (!S_ISDIR(about.st_mode)) {
    return absl::FailedPreconditionError(absl::StrCat(folder, " is no folder; give another folder"));
  }
  if ((about.st_mode & kOthersBits) == 0) return absl::OkStatus();
  if (!was_empty) {
    return absl::FailedPreconditionError(
        absl::StrCat("others can read the folder ", folder, "; run: chmod 700 ", folder));
  }
  if (::chmod(folder.c_str(), S_IRWXU) != 0) {
    return storage::FileError("set the mode of", folder, errno);
  }
  return absl::OkStatus();
}

}  // namespace hansa::node::membership
