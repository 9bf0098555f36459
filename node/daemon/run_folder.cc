#include "node/daemon/run_folder.h"

#include <systemd/sd-daemon.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <system_error>

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

struct Endpoints {
  std::string replication;  // each is empty where off
  std::string http;
  std::string socket;
};

absl::Status Write(const NodePaths& paths, const Endpoints& in_use) {
  const auto or_null = [](const std::string& address) {
    return address.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(address);
  };
  nlohmann::ordered_json endpoints;
  endpoints["replication"] = or_null(in_use.replication);
  endpoints["http"] = or_null(in_use.http);
  endpoints["join"] = nullptr;
  endpoints["socket"] = or_null(in_use.socket);
  return WriteFileAtomically(paths.endpoints, endpoints.dump(2) + "\n", 0600);
}

}  // namespace

bool IsSetUp(const NodePaths& paths) {
  std::error_code error;
  return std::filesystem::exists(paths.identity, error);
}

absl::Status MakeRunFolders(const NodePaths& paths) {
  HANSA_RETURN_IF_ERROR(MakePrivateFolder(paths.run));
  return MakePrivateFolder(paths.logs);
}

absl::Status WriteEndpoints(const NodePaths& paths, const std::string& replication, const std::string& http) {
  return Write(paths, {.replication = replication, .http = http, .socket = paths.socket});
}

absl::Status WriteSetupEndpoints(const NodePaths& paths, const std::string& http) {
  return Write(paths, {.replication = "", .http = http, .socket = ""});
}

void RemoveEndpoints(const NodePaths& paths) {
  std::error_code ignored;
  std::filesystem::remove(paths.endpoints, ignored);
}

void NotifySystemd(const char* state) { sd_notify(0, state); }

}  // namespace hansa::node
