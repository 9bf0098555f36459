// hansa.v1.Node by HTTP: POST /hansa.v1.Node/METHOD as Connect's unary calls, in JSON or in protobuf's bytes, answered
// alike. One function for every method: names, shapes, who may call and what is said come from the descriptors of the
// protos. Whoever is let through to it is the site's part.
#ifndef HANSA_NODE_DOOR_GATEWAY_H_
#define HANSA_NODE_DOOR_GATEWAY_H_

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "node/accounts/role.h"
#include "node/door/caller.h"
#include "node/door/http_server.h"
#include "node/words/words.h"

namespace hansa::node::door {

inline constexpr char kGatewayPath[] = "/hansa.v1.Node/";

// A question to the node's own API, and how it is answered.
struct GatewayQuestion {
  std::string method;
  std::string bytes;  // the request as protobuf writes it
  std::vector<std::pair<std::string, std::string>> metadata;
  absl::Duration patience;
};
using GatewayAsk = std::function<absl::StatusOr<std::string>(const GatewayQuestion& question)>;

// Thread-safe.
class Gateway {
 public:
  // `ask` is called on the threads of callers and gives the reply as protobuf writes it.
  explicit Gateway(GatewayAsk ask) : ask_(std::move(ask)) {}

  // The least role that may call the method of that name, as access.proto says it; nullopt: there is no such method, or
  // it is not said who may.
  static std::optional<accounts::Role> NeedsOf(absl::string_view method);
  // The method that a path asks for, such as "GetStatus"; empty: it is none of the gateway's.
  static absl::string_view MethodOf(absl::string_view path);
  // Whether a request of that head may carry a file and so be large: its method takes one, and it comes as it is and
  // not as text.
  static bool TakesFiles(const HttpRequest& head);

  // Whether it signs what goes out to the network, as access.proto says it.
  static bool Publishes(absl::string_view method);
  // The question of a request to MethodOf(path), as protobuf writes it.
  //   INVALID_ARGUMENT  it is not what the method takes
  static absl::StatusOr<std::string> QuestionOf(const HttpRequest& request);
  // Whether a question to what publishes says what was looked at, in all fields that its method has for that: draft,
  // of_revision, revision and year. A method without any has nothing to say.
  //   INVALID_ARGUMENT  it leaves one out; the message says which to give
  //   INTERNAL          it is none of that method
  static absl::Status CheckNamesWhatWasRead(const std::string& method, const std::string& question);
  // A question as JSON, without files that are larger than `file_bytes_max`.
  //   INTERNAL  it is none of that method
  static absl::StatusOr<std::string> TextOf(const std::string& method, const std::string& question,
                                            std::size_t file_bytes_max);
  // The file that a question carries.
  //   NOT_FOUND  it carries none
  static absl::StatusOr<std::string> FileIn(const std::string& method, const std::string& question);

  // Answers a request to MethodOf(path), which `caller` may call. Blocks as long as the method does, 60 s at most.
  // Never fails: errors are answers too, in the form of Connect.
  HttpResponse Answer(const HttpRequest& request, const Caller& caller) const;
  // The same of a question as protobuf writes it, answered in JSON.
  HttpResponse Perform(const std::string& method, std::string question, const Caller& caller) const;

 private:
  enum class Form { kJson, kProto };
  HttpResponse Put(const GatewayQuestion& question, Form form, words::Language language) const;

  const GatewayAsk ask_;
};

// An error in the form of Connect.
HttpResponse ConnectError(const absl::Status& status, words::Language language);

}  // namespace hansa::node::door

#endif  // HANSA_NODE_DOOR_GATEWAY_H_
