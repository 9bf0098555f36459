#include "node/daemon/run_folder.h"

#include <systemd/sd-daemon.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "replication/check.h"

namespace hansa::node {
namespace {

absl::Status MakePrivateFolder(const std::string& path) {
  std::error_code failed;
  std::filesystem::create_directories(path, failed);
  if (!failed) std::filesystem::permissions(path, std::filesystem::perms::owner_all, failed);
  if (!failed) return absl::OkStatus();
  return absl::UnavailableError(absl::StrCat("cannot make the folder ", path, ": ", failed.message()));
}

}  // namespace

absl::Status MakeRunFolders(const NodePaths& paths) {
  if (!std::filesystem::exists(paths.identity)) {
    return absl::NotFoundError(absl::StrCat("there is no node in ", paths.folder,
                                            ": make one with `hansa init`, or a network with `hansa network found`"));
  }
  HANSA_RETURN_IF_ERROR(MakePrivateFolder(paths.run));
  return MakePrivateFolder(paths.logs);
}

absl::Status WriteEndpoints(const NodePaths& paths, const std::string& replication, const std::string& http) {
  const auto or_null = [](const std::string& address) {
    return address.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(address);
  };
  nlohmann::ordered_json endpoints;
  endpoints["replication"] = or_null(replication);
  endpoints["http"] = or_null(http);
  endpoints["join"] = nullptr;
  endpoints["socket"] = paths.socket;
  return WriteFileAtomically(paths.endpoints, endpoints.dump(2) + "\n", 0600);
}

void RemoveEndpoints(const NodePaths& paths) {
  std::error_code ignored;
  std::filesystem::remove(paths.endpoints, ignored);
}

void NotifySystemd(const char* state) { sd_notify(0, state); }

}  // namespace hansa::node
