#include "node/membership/found_network.h"

#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "node/charter.h"
#include "node/membership/founding.h"
#include "node/membership/init_node.h"
#include "node/membership/key_files.h"
#include "node/node_folder.h"
#include "replication/check.h"
#include "storage/files.h"
#include "storage/high_water.h"
#include "storage/rocks_database.h"

namespace hansa::node::membership {
namespace {

using replication::VerifiedUnit;
using storage::FileError;

constexpr char kCharterName[] = "charter.json";
constexpr char kHubName[] = "hub";

bool IsOfANetwork(const std::string& name) {
  const bool is_key =
      absl::EndsWith(name, ".key") && (absl::StartsWith(name, kRootKeyFile) || absl::StartsWith(name, kOfficerKeyFile));
  return is_key || name == kCharterName || name == kHubName;
}

absl::Status CheckNoNetworkIn(const std::string& out) {
  std::error_code error;
  if (!std::filesystem::exists(out, error)) return absl::OkStatus();
  if (!std::filesystem::is_directory(out, error)) {
    return absl::InvalidArgumentError(absl::StrCat(out, " is no folder; give a folder"));
  }
  std::filesystem::directory_iterator files(out, error);
  if (error) return FileError("look into", out, error.value());
  for (const auto& file : files) {
    const std::string name = file.path().filename().string();
    if (!IsOfANetwork(name)) continue;
    return absl::FailedPreconditionError(
        absl::StrCat("the folder ", out, " holds a network already (", name, "); give another folder"));
  }
  return absl::OkStatus();
}

// The roster's first batch in the hub's store, and the high-water mark that says it was published.
absl::Status StoreEntries(const NodePaths& hub, const VerifiedUnit& unit) {
  absl::StatusOr<std::unique_ptr<storage::Database>> database = storage::Database::Open(hub.database);
  HANSA_RETURN_IF_ERROR(database.status());
  HANSA_RETURN_IF_ERROR((*database)->feeds().Append({&unit, 1}));
  absl::StatusOr<std::unique_ptr<storage::HighWaterFile>> high_water = storage::HighWaterFile::Open(hub.high_water);
  HANSA_RETURN_IF_ERROR(high_water.status());
  HANSA_RETURN_IF_ERROR(
      (*high_water)
          ->Replace({(*database)->id(), storage::ThisMachine(), {{unit.end().feed, unit.end().len, unit.end().head}}}));
  return (*database)->Close();
}

// All there is of a new network before it is written.
struct Founding {
  const FoundOptions& options;
  const FoundingKeys& keys;
  const Charter& charter;
  const VerifiedUnit& unit;
};

absl::Status WriteHub(const NodePaths& hub, const Founding& founding) {
  const FoundingKeys& keys = founding.keys;
  HANSA_RETURN_IF_ERROR(MakePrivateFolder(hub.folder));
  HANSA_RETURN_IF_ERROR(MakePrivateFolder(hub.keys));
  HANSA_RETURN_IF_ERROR(WriteKey(hub.writer_key, keys.writer));
  HANSA_RETURN_IF_ERROR(WriteKey(hub.tls_key, keys.tls));
  HANSA_RETURN_IF_ERROR(WriteKey(hub.roster_key, keys.roster));
  HANSA_RETURN_IF_ERROR(WriteFileAtomically(hub.charter, EncodeCharter(founding.charter), 0644));
  HANSA_RETURN_IF_ERROR(StoreEntries(hub, founding.unit));
  return WriteIdentity(hub.identity, HubIdentity(founding.options));
}

// Every file of the network into `folder`; returns their names, the charter's last.
absl::StatusOr<std::vector<std::string>> WriteAll(const std::string& folder, const Founding& founding) {
  std::vector<std::string> names = KeyNames(kRootKeyFile, founding.keys.roots.size());
  HANSA_RETURN_IF_ERROR(WriteKeys(KeyFilesIn(folder, kRootKeyFile, founding.keys.roots)));
  const std::vector<std::string> officers = KeyNames(kOfficerKeyFile, founding.keys.officers.size());
  HANSA_RETURN_IF_ERROR(WriteKeys(KeyFilesIn(folder, kOfficerKeyFile, founding.keys.officers)));
  names.insert(names.end(), officers.begin(), officers.end());
  HANSA_RETURN_IF_ERROR(WriteHub(NodePaths(absl::StrCat(folder, "/", kHubName)), founding));
  HANSA_RETURN_IF_ERROR(
      WriteFileAtomically(absl::StrCat(folder, "/", kCharterName), EncodeCharter(founding.charter), 0644));
  names.insert(names.end(), {kHubName, kCharterName});
  return names;
}

// Moves `names` from one folder to the other, in order; on failure those already moved are removed.
absl::Status MoveAll(const std::string& from, const std::string& to, const std::vector<std::string>& names) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    std::error_code error;
    std::filesystem::rename(from + "/" + names[i], to + "/" + names[i], error);
    if (!error) continue;
    std::error_code ignored;
    for (std::size_t done = 0; done < i; ++done) {
      std::filesystem::remove_all(to + "/" + names[done], ignored);
    }
    return FileError("put in place", to + "/" + names[i], error.value());
  }
  return storage::SyncFolder(to);
}

// Folders on the way to `path` that are not there, the innermost first.
std::vector<std::string> MissingFolders(const std::string& path) {
  std::vector<std::string> missing;
  std::error_code error;
  for (std::filesystem::path folder = std::filesystem::absolute(path, error);
       !folder.empty() && !std::filesystem::exists(folder, error); folder = folder.parent_path()) {
    missing.push_back(folder.string());
  }
  return missing;
}

// Everything is made aside and put in place once it is whole, so that a failure leaves nothing.
absl::Status PutInPlace(const std::string& out, const Founding& founding) {
  const std::vector<std::string> made = MissingFolders(out);
  const std::string aside = absl::StrCat(out, "/.founding-", RandomRecordId().hex());
  const absl::Cleanup clear = [&made, &aside] {
    std::error_code error;
    std::filesystem::remove_all(aside, error);
    // Removes none that holds a network.
    for (const std::string& folder : made) std::filesystem::remove(folder, error);
  };
  HANSA_RETURN_IF_ERROR(storage::MakeFolder(out));
  HANSA_RETURN_IF_ERROR(storage::MakeFolder(aside));
  const absl::StatusOr<std::vector<std::string>> names = WriteAll(aside, founding);
  HANSA_RETURN_IF_ERROR(names.status());
  return MoveAll(aside, out, *names);
}

FoundedNetwork Describe(const std::string& out, const Founding& founding) {
  const auto inside = [&out](absl::string_view name) { return absl::StrCat(out, "/", name); };
  FoundedNetwork founded{NetworkOf(founding.charter), inside(kCharterName), inside(kHubName), {}, {}};
  for (const std::string& name : KeyNames(kRootKeyFile, founding.keys.roots.size())) {
    founded.root_keys.push_back(inside(name));
  }
  for (const std::string& name : KeyNames(kOfficerKeyFile, founding.keys.officers.size())) {
    founded.officer_keys.push_back(inside(name));
  }
  return founded;
}

}  // namespace

absl::StatusOr<FoundedNetwork> FoundNetwork(const FoundOptions& given) {
  const absl::StatusOr<FoundOptions> options = CleanOptions(given);
  HANSA_RETURN_IF_ERROR(options.status());
  HANSA_RETURN_IF_ERROR(CheckNoNetworkIn(options->out));
  const FoundingKeys keys = RandomKeys(*options);
  const Charter charter = CharterOf(*options, keys);
  const absl::StatusOr<VerifiedUnit> unit = FirstEntries(*options, keys, charter);
  HANSA_RETURN_IF_ERROR(unit.status());
  const Founding founding{*options, keys, charter, *unit};
  HANSA_RETURN_IF_ERROR(PutInPlace(options->out, founding));
  return Describe(options->out, founding);
}

}  // namespace hansa::node::membership
