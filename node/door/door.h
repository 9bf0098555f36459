// The door for browsers and programs of this machine, open: the site behind the server.
#ifndef HANSA_NODE_DOOR_DOOR_H_
#define HANSA_NODE_DOOR_DOOR_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "node/door/http_server.h"
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

  std::string address() const { return server_->address(); }
  // As HttpServer::Stop.
  void Stop() { server_->Stop(); }

 private:
  Door(const Site::Parts& parts, const SiteOptions& options) : site_(parts, options) {}

  const Site site_;
  std::unique_ptr<HttpServer> server_;  // ends before the site
};

// "a.example, B.example" → a.example, b.example.
std::vector<std::string> NamesIn(const std::string& list);

}  // namespace hansa::node::door

#endif  // HANSA_NODE_DOOR_DOOR_H_
