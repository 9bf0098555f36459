#include "node/door/door.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace hansa::node::door {
namespace {

bool IsLoopback(const std::string& address) {
  return absl::StartsWith(address, "127.") || absl::StartsWith(address, "[::1]:");
}

}  // namespace

absl::StatusOr<std::unique_ptr<Door>> Door::Open(const std::string& address, const Site::Parts& parts,
                                                 const SiteOptions& options) {
  if (!IsLoopback(address)) {
    return absl::InvalidArgumentError(
        absl::StrCat("--http ", address,
                     ": the door speaks without encryption and opens to this machine alone; write 127.0.0.1:8080, and "
                     "put a proxy with a certificate before it"));
  }
  std::unique_ptr<Door> door(new Door(parts, options));
  const Site* const site = &door->site_;
  absl::StatusOr<std::unique_ptr<HttpServer>> server =
      HttpServer::Start(address, [site](const HttpRequest& request) { return site->Answer(request); });
  if (!server.ok()) return server.status();
  door->server_ = *std::move(server);
  return door;
}

std::vector<std::string> NamesIn(const std::string& list) {
  std::vector<std::string> names;
  for (const absl::string_view name : absl::StrSplit(list, ',')) {
    const std::string bare = absl::AsciiStrToLower(absl::StripAsciiWhitespace(name));
    if (!bare.empty()) names.push_back(bare);
  }
  return names;
}

}  // namespace hansa::node::door
