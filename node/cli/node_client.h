// The running node as the command line sees it: one question, one answer, over its Unix socket.
#ifndef HANSA_NODE_CLI_NODE_CLIENT_H_
#define HANSA_NODE_CLI_NODE_CLIENT_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace google::protobuf {
class Message;
}

namespace hansa::node::cli {

// Movable. Not thread-safe.
class NodeClient {
 public:
  //   UNAVAILABLE  no node answers on the socket, and why
  static absl::StatusOr<NodeClient> Dial(const std::string& socket);

  NodeClient(NodeClient&&) noexcept;
  NodeClient& operator=(NodeClient&&) noexcept;
  ~NodeClient();

  // Asks the method of hansa.v1.Node whose question `request` is (GetStatusRequest asks GetStatus) and blocks until
  // it answers, however long that takes. Errors are those of node.proto.
  //   UNAVAILABLE  the node went away meanwhile
  absl::Status Ask(const google::protobuf::Message& request, google::protobuf::Message& reply);

 private:
  struct Inside;
  explicit NodeClient(std::unique_ptr<Inside> inside);

  std::unique_ptr<Inside> inside_;
};

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_NODE_CLIENT_H_
