// The door for browsers and programs of this machine, open: the site behind the server. Before there is a node, another
// site stands there, that only sets it up.
#ifndef HANSA_NODE_DOOR_DOOR_H_
#define HANSA_NODE_DOOR_DOOR_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "node/door/http_server.h"
#include "node/door/setup_site.h"
#include "node/door/site.h"

namespace hansa::node::door {

class Door {
 public:
  // Listens at `address`, which is this machine's own: what is said there is not encrypted. Whoever wants to be asked
  // from elsewhere puts a proxy with a certificate before it, and names it in `options`.
  //   INVALID_ARGUMENT  not an address of the loopback, in numbers and with its port
  //   UNAVAILABLE       as HttpServer::Start
  static absl::StatusOr<std::unique_ptr<Door>> Open(const std::string& address, const Site::Parts& parts,
                                                    const SiteOptions& options);

  // As Open, where there is no node yet. Serve puts the node's site in its place.
  static absl::StatusOr<std::unique_ptr<Door>> OpenForSetup(const std::string& address, const SetupSite::Parts& parts);
  // Once, after OpenForSetup; what `parts` names must outlive Stop.
  void Serve(const Site::Parts& parts, const SiteOptions& options) ABSL_LOCKS_EXCLUDED(mutex_);

  std::string address() const { return server_->address(); }
  // As HttpServer::Stop.
  void Stop() { server_->Stop(); }

 private:
  Door() = default;

  absl::Status Listen(const std::string& address);
  HttpResponse Answer(const HttpRequest& request) const ABSL_LOCKS_EXCLUDED(mutex_);
  HttpRoom RoomFor(const HttpRequest& head, const HttpRoom& usual) const ABSL_LOCKS_EXCLUDED(mutex_);
  // Null while the node is being set up.
  std::shared_ptr<const Site> SiteNow() const ABSL_LOCKS_EXCLUDED(mutex_);

  std::unique_ptr<const SetupSite> setup_;  // null where there was a node from the beginning
  mutable absl::Mutex mutex_;
  std::shared_ptr<const Site> site_ ABSL_GUARDED_BY(mutex_);
  std::unique_ptr<HttpServer> server_;  // ends before the sites
};

// "a.example, B.example" → a.example, b.example.
std::vector<std::string> NamesIn(const std::string& list);

}  // namespace hansa::node::door

#endif  // HANSA_NODE_DOOR_DOOR_H_
