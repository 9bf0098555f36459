#include "node/door/door.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "replication/check.h"

namespace hansa::node::door {
namespace {

bool IsLoopback(const std::string& address) {
  return absl::StartsWith(address, "127.") || absl::StartsWith(address, "[::1]:");
}

}  // namespace

absl::StatusOr<std::unique_ptr<Door>> Door::Open(const std::string& address, const Site::Parts& parts,
                                                 const SiteOptions& options) {
  std::unique_ptr<Door> door(new Door());
  door->Serve(parts, options);
  HANSA_RETURN_IF_ERROR(door->Listen(address));
  return door;
}

absl::StatusOr<std::unique_ptr<Door>> Door::OpenForSetup(const std::string& address, const SetupSite::Parts& parts) {
  std::unique_ptr<Door> door(new Door());
  door->setup_ = std::make_unique<const SetupSite>(parts);
  HANSA_RETURN_IF_ERROR(door->Listen(address));
  return door;
}

void Door::Serve(const Site::Parts& parts, const SiteOptions& options) {
  auto site = std::make_shared<const Site>(parts, options);
  absl::MutexLock lock(&mutex_);
  site_ = std::move(site);
}

absl::Status Door::Listen(const std::string& address) {
  if (!IsLoopback(address)) {
    return absl::InvalidArgumentError(
        absl::StrCat("--http ", address,
                     ": the door speaks without encryption and opens to this machine alone; write 127.0.0.1:8080, and "
                     "put a proxy with a certificate before it"));
  }
  absl::StatusOr<std::unique_ptr<HttpServer>> server = HttpServer::Start(
      address, [this](const HttpRequest& request) { return Answer(request); }, {},
      [this](const HttpRequest& head, const HttpRoom& usual) { return RoomFor(head, usual); });
  HANSA_RETURN_IF_ERROR(server.status());
  server_ = *std::move(server);
  return absl::OkStatus();
}

std::shared_ptr<const Site> Door::SiteNow() const {
  absl::MutexLock lock(&mutex_);
  return site_;
}

HttpResponse Door::Answer(const HttpRequest& request) const {
  const std::shared_ptr<const Site> site = SiteNow();
  return site == nullptr ? setup_->Answer(request) : site->Answer(request);
}

HttpRoom Door::RoomFor(const HttpRequest& head, const HttpRoom& usual) const {
  const std::shared_ptr<const Site> site = SiteNow();
  return site == nullptr ? usual : site->RoomFor(head, usual);
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
