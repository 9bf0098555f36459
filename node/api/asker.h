// Who asks, as caller_metadata.h says it. On the socket whoever may open it may do everything, under no name.
#ifndef HANSA_NODE_API_ASKER_H_
#define HANSA_NODE_API_ASKER_H_

#include <string>
#include <vector>

namespace grpc {
class ServerContext;
}

namespace hansa::node::api {

struct Asker {
  std::string account = {};                   // that is signed in on the page; empty: the command line asks
  std::vector<std::string> departments = {};  // whose cells alone it may change; empty: every cell
};

// Who asks the question that `context` is of.
Asker AskerOf(const grpc::ServerContext& context);

}  // namespace hansa::node::api

#endif  // HANSA_NODE_API_ASKER_H_
