// A server for HTTP/1.1 that is fit to face people who mean no good: whole requests go to a function, and every one of
// them is bounded in bytes and time. Which addresses there are, who may ask and what is said is the function's part.
// The library that speaks HTTP stays in http_server.cc.
#ifndef HANSA_NODE_DOOR_HTTP_SERVER_H_
#define HANSA_NODE_DOOR_HTTP_SERVER_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace hansa::node::door {

struct HttpLimits {
  std::size_t connections = 128;                    // at once; one more is answered 503 and closed
  std::size_t head_bytes = 16 * 1024;               // beyond: 431
  std::size_t body_bytes = 1024 * 1024;             // beyond: 413, also of one that does not say its size
  absl::Duration request_time = absl::Seconds(10);  // from a request's first byte to its last; then the connection ends
  absl::Duration idle_time = absl::Seconds(60);     // without a request; then the connection ends
  absl::Duration write_time = absl::Seconds(30);    // for a piece of an answer to be taken; then the connection ends
  std::size_t answering = 8;                        // requests answered at once; more wait
  std::size_t large_bodies = 4;                     // read at once; one more is answered 503 and closed
  absl::Duration heartbeat = absl::Seconds(15);     // a stream that has nothing to say says so this often
  absl::Duration stream_pause = absl::Milliseconds(100);  // from what a stream said to what it says next
};

struct HttpRequest {
  std::string method;                                        // as it came, such as "GET"
  std::string path;                                          // begins with '/', as it came, without the query
  std::string query;                                         // behind '?', as it came; may be empty
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case, in the order they came
  std::string body;

  // The first header of that name (lower case); empty: there is none.
  absl::string_view Header(absl::string_view name) const;
};

// A body without an end, such as events as they come. While nothing is there it takes no thread.
class HttpStream {
 public:
  virtual ~HttpStream() = default;
  // What is there to send; empty: nothing yet; nullopt: the stream has ended. Called on the server's own thread: it
  // must not block.
  virtual std::optional<std::string> Take() = 0;
  // From now on `wake` is called, on any thread, whenever Take may have more to give; null: nobody any more. When it
  // returns, none that was given before is called.
  virtual void OnMore(std::function<void()> wake) = 0;
  // Said when there has been nothing to say for a while, so that whoever listens knows that the line is there.
  virtual std::string Heartbeat() const = 0;
};

struct HttpResponse {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers = {};  // without those of length, connection and encoding
  std::string body = {};
  // Where set, the body goes on with what it returns, piece by piece, until that is empty. If it fails, the connection
  // ends without the end of the body, so that nobody takes a part for the whole. Called as HttpHandler is.
  std::function<absl::StatusOr<std::string>()> more = nullptr;
  // Where set, the body goes on with what it gives until it or the connection ends; then it goes.
  std::shared_ptr<HttpStream> stream = nullptr;
};

// Called on threads of the server, several at once; may block. Must not throw.
using HttpHandler = std::function<HttpResponse(const HttpRequest&)>;

// How large a body may be, and how long all of it may take to come.
struct HttpRoom {
  std::size_t body_bytes = 0;
  absl::Duration request_time;
};
// Called as HttpHandler is, with a request that has no body yet, when its body is larger than HttpLimits has it, or
// does not say its size.
using HttpRoomOf = std::function<HttpRoom(const HttpRequest& head, const HttpRoom& usual)>;

class HttpServer {
 public:
  // Listens at `address`, an address in numbers with its port, such as 127.0.0.1:8080 or [::1]:0 (0: a free one).
  // Without `room` no body may be larger than `limits` has it.
  //   INVALID_ARGUMENT  not such an address
  //   UNAVAILABLE       it cannot be had: in use, not of this machine, or not allowed
  static absl::StatusOr<std::unique_ptr<HttpServer>> Start(const std::string& address, HttpHandler handler,
                                                           const HttpLimits& limits = {}, HttpRoomOf room = nullptr);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  // Where it listens, with the port it has.
  std::string address() const;
  // Takes no more, ends every connection, and returns when no handler is at work.
  void Stop();

 private:
  struct Inside;
  explicit HttpServer(std::unique_ptr<Inside> inside);

  std::unique_ptr<Inside> inside_;
};

}  // namespace hansa::node::door

#endif  // HANSA_NODE_DOOR_HTTP_SERVER_H_
