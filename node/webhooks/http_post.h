// One HTTP POST and what came of it. The library that speaks HTTP stays in http_post.cc.
#ifndef HANSA_NODE_WEBHOOKS_HTTP_POST_H_
#define HANSA_NODE_WEBHOOKS_HTTP_POST_H_

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"

namespace hansa::node::webhooks {

// From the first byte of a look-up of the name to the last byte of the answer.
inline constexpr absl::Duration kPostTimeout = absl::Seconds(15);
// So much of an answer's body is read and dropped; then the connection is closed.
inline constexpr std::size_t kAnswerBytesMax = 4096;

struct HttpRequest {
  std::string url;                                           // as CheckUrl lets it through
  std::vector<std::pair<std::string, std::string>> headers;  // printable ASCII
  std::string body;
};

struct HttpAnswer {
  int status = 0;                               // 100 to 599; 0: no answer came
  std::string fault = {};                       // why none came, one line; else empty
  absl::Duration asked = absl::ZeroDuration();  // how long it asked to be left alone (Retry-After)
};

// Thread-safe; one POST at a time, others wait.
class HttpPost {
 public:
  virtual ~HttpPost() = default;
  // Blocks until the answer is there, for kPostTimeout at the most. Follows no redirect. https holds the receiver to a
  // certificate that this machine trusts; http goes to own networks alone.
  virtual HttpAnswer Post(const HttpRequest& request) = 0;
  // Ends the POST under way within about a second, and each that comes, with a fault. From any thread.
  virtual void Cancel() = 0;
};

// Over the network. For https by the proxy that the environment names (https_proxy, no_proxy), if any.
std::unique_ptr<HttpPost> MakeHttpPost(const std::string& user_agent);

}  // namespace hansa::node::webhooks

#endif  // HANSA_NODE_WEBHOOKS_HTTP_POST_H_
