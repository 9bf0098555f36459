#include "node/api/asker.h"

#include <grpcpp/server_context.h>

#include "node/api/caller_metadata.h"

namespace hansa::node::api {

Asker AskerOf(const grpc::ServerContext& context) {
  const auto& said = context.client_metadata();
  const auto texts = [&said](const char* name) {
    std::vector<std::string> values;
    const auto [begin, end] = said.equal_range(name);
    for (auto at = begin; at != end; ++at) values.emplace_back(at->second.data(), at->second.size());
    return values;
  };
  const std::vector<std::string> account = texts(kAccountMetadata);
  return {.account = account.empty() ? "" : account.front(), .departments = texts(kDepartmentMetadata)};
}

}  // namespace hansa::node::api
