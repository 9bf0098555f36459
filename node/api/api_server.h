// The node's own API on its Unix socket: hansa.v1.Node, health checking (grpc.health.v1) and, here
// only, reflection. Whoever may open the socket may ask anything; that is the node's owner and
// group.
#ifndef HANSA_NODE_API_API_SERVER_H_
#define HANSA_NODE_API_API_SERVER_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "node/catalogue/catalogue.h"
#include "node/desk/indicator_desk.h"
#include "node/running_node.h"

namespace hansa::node::projection {
class Views;
}

namespace hansa::node::accounts {
class Reception;
}
namespace hansa::node::files {
class FileKeeper;
}
namespace hansa::node::search {
class IndexReader;
}
namespace hansa::node::webhooks {
class WebhookDesk;
}
namespace hansa::node::api {

// What a server is started with; all outlive it.
struct ApiOptions {
  std::string socket;  // path, of any length; its folder is made with mode 0700 if it is missing
  RunningNode& node;
  projection::Views& views;
  const catalogue::Catalogue& catalogue;
  std::function<int()> today_year;        // the present calendar year; empty: by the clock, in UTC
  desk::ReadFile read_file = {};          // empty: in a process of its own
  search::IndexReader* search = nullptr;  // what keeps the index of the views; null: the server keeps one of its own
  files::FileKeeper* files = nullptr;     // which the node has make its passes; null: one of the server's own
  std::function<void(int year)> draft_told = nullptr;  // called whenever the draft of a year was changed; must not wait
  webhooks::WebhookDesk* webhooks = nullptr;  // null: nobody sends to hooks, and questions about them are refused
  accounts::Reception* reception = nullptr;   // null: nobody has an account, and questions about them are refused
};

// A question from within this process, as the socket takes it.
struct ApiQuestion {
  std::string method;                                              // such as "GetStatus"
  std::string bytes;                                               // the request as protobuf writes it
  std::vector<std::pair<std::string, std::string>> metadata = {};  // names in lower case
  absl::Duration patience = absl::Seconds(60);                     // then the answer is given up
};

// Thread-safe. It runs on gRPC's threads; a long call keeps one of them to itself.
class ApiServer {
 public:
  // Answers from when this returns. A socket left by a process that died is replaced: the caller
  // holds the lock of the data folder.
  //   NOT_FOUND, PERMISSION_DENIED  the socket's folder cannot be made or opened
  //   INTERNAL                      the socket cannot be listened on
  static absl::StatusOr<std::unique_ptr<ApiServer>> Start(const ApiOptions& options);
  ~ApiServer();
  ApiServer(const ApiServer&) = delete;
  ApiServer& operator=(const ApiServer&) = delete;

  // What health checking says of the node: whether it takes writes.
  void SetHealthy(bool healthy);
  // The reply to `question` as protobuf writes it, by the same service that the socket has, of at most 32 MiB. Blocks
  // until it is there. Not during Shutdown and later.
  //   DEADLINE_EXCEEDED  it took longer than its patience
  //   any other          as the method says
  absl::StatusOr<std::string> Ask(const ApiQuestion& question);
  // Takes no more questions, waits up to `patience` for answers that are being given, then breaks
  // them off. Once; the destructor does it with a second.
  void Shutdown(absl::Duration patience);

 private:
  struct Inside;
  explicit ApiServer(std::unique_ptr<Inside> inside);

  std::unique_ptr<Inside> inside_;
};

}  // namespace hansa::node::api

#endif  // HANSA_NODE_API_API_SERVER_H_
