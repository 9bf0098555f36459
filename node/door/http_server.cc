#include "node/door/http_server.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <charconv>
#include <chrono>
#include <limits>
#include <optional>
#include <set>
#include <thread>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace hansa::node::door {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::size_t kReadBytes = 8 * 1024;
// Connections beyond the limit that are told so; more are closed without a word.
constexpr std::size_t kRefusedAtOnce = 16;
// What cannot be accepted now, for want of files it may be, is tried again then.
constexpr auto kAcceptPause = std::chrono::milliseconds(100);
constexpr unsigned kVersion11 = 11;

std::chrono::nanoseconds Nanoseconds(absl::Duration duration) { return absl::ToChronoNanoseconds(duration); }

std::string_view View(absl::string_view text) { return {text.data(), text.size()}; }

std::optional<tcp::endpoint> EndpointOf(const std::string& address) {
  const std::size_t colon = address.rfind(':');
  if (colon == std::string::npos) return std::nullopt;
  std::string host = address.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  std::uint16_t port = 0;
  const char* const end = address.data() + address.size();
  const auto [after, fault] = std::from_chars(address.data() + colon + 1, end, port);
  if (fault != std::errc() || after != end) return std::nullopt;
  error_code not_numbers;
  const asio::ip::address numbers = asio::ip::make_address(host, not_numbers);
  if (not_numbers) return std::nullopt;
  return tcp::endpoint(numbers, port);
}

std::string Shown(const tcp::endpoint& endpoint) {
  const std::string host = endpoint.address().to_string();
  return endpoint.address().is_v6() ? absl::StrCat("[", host, "]:", endpoint.port())
                                    : absl::StrCat(host, ":", endpoint.port());
}

// In the usual words for the status, such as "Not Found".
HttpResponse Fault(int status) {
  const auto words = http::obsolete_reason(static_cast<http::status>(status));
  return {.status = status,
          .headers = {{"content-type", "text/plain; charset=utf-8"}},
          .body = absl::StrCat(std::string(words.data(), words.size()), "\n")};
}

// What is said of a request that could not be read; nullopt: nothing, the other side is gone or too slow.
std::optional<HttpResponse> FaultOf(error_code error) {
  if (error == http::error::header_limit) return Fault(431);
  if (error == http::error::body_limit) return Fault(413);
  if (error == http::error::end_of_stream || error == http::error::partial_message) return std::nullopt;
  if (error.category() == make_error_code(http::error::bad_method).category()) return Fault(400);
  return std::nullopt;
}

// All but the body.
HttpRequest RequestOf(const http::request<http::string_body>& message) {
  HttpRequest request;
  request.method = std::string(message.method_string());
  const std::string target(message.target());
  const std::size_t question = target.find('?');
  request.path = target.substr(0, question);
  if (question != std::string::npos) request.query = target.substr(question + 1);
  for (const auto& field : message) {
    const auto name = field.name_string();
    const auto value = field.value();
    request.headers.emplace_back(absl::AsciiStrToLower(absl::string_view(name.data(), name.size())),
                                 std::string(value.data(), value.size()));
  }
  return request;
}

template <typename Message>
void SetHead(const HttpResponse& response, bool keeps_alive, unsigned version, Message& message) {
  message.version(version);
  message.result(static_cast<unsigned>(response.status));
  for (const auto& [name, value] : response.headers) message.insert(View(name), View(value));
  message.keep_alive(keeps_alive);
}

}  // namespace

absl::string_view HttpRequest::Header(absl::string_view name) const {
  const auto found = std::find_if(headers.begin(), headers.end(), [&](const auto& each) { return each.first == name; });
  return found == headers.end() ? absl::string_view() : absl::string_view(found->second);
}

struct HttpServer::Inside {
  Inside(HttpHandler answer, const HttpLimits& bounds, HttpRoomOf room_of)
      : handler(std::move(answer)),
        room(std::move(room_of)),
        limits(bounds),
        workers(std::max<std::size_t>(1, bounds.answering)) {}

  using Stream = beast::tcp_stream;

  // All three on a worker.
  asio::awaitable<HttpRoom> Room(const HttpRequest& head) {
    const HttpRoom usual{.body_bytes = limits.body_bytes, .request_time = limits.request_time};
    const auto asking = [this, &head, &usual]() -> asio::awaitable<HttpRoom> { co_return room(head, usual); };
    co_return co_await asio::co_spawn(workers, asking, asio::use_awaitable);
  }
  asio::awaitable<HttpResponse> Answer(const HttpRequest& request) {
    const auto answering = [this, &request]() -> asio::awaitable<HttpResponse> { co_return handler(request); };
    co_return co_await asio::co_spawn(workers, answering, asio::use_awaitable);
  }
  asio::awaitable<absl::StatusOr<std::string>> More(const HttpResponse& response) {
    const auto more = [&response]() -> asio::awaitable<absl::StatusOr<std::string>> { co_return response.more(); };
    co_return co_await asio::co_spawn(workers, more, asio::use_awaitable);
  }

  // False: the connection is of no more use.
  asio::awaitable<bool> Send(Stream& stream, const HttpResponse& response, bool is_head, bool keeps_alive,
                             unsigned version) {
    error_code error;
    stream.expires_after(Nanoseconds(limits.write_time));
    if (response.stream != nullptr && !is_head) co_return co_await SendStream(stream, response, version);
    if (response.more != nullptr && !is_head) co_return co_await SendPieces(stream, response, keeps_alive, version);
    if (is_head) {
      http::response<http::empty_body> message;
      SetHead(response, keeps_alive, version, message);
      if (response.more == nullptr && response.stream == nullptr) message.content_length(response.body.size());
      http::response_serializer<http::empty_body> serializer(message);
      co_await http::async_write_header(stream, serializer, asio::redirect_error(asio::use_awaitable, error));
    } else {
      http::response<http::string_body> message;
      SetHead(response, keeps_alive, version, message);
      message.body() = response.body;
      message.prepare_payload();
      co_await http::async_write(stream, message, asio::redirect_error(asio::use_awaitable, error));
    }
    co_return !error && keeps_alive;
  }

  asio::awaitable<bool> SendPieces(Stream& stream, const HttpResponse& response, bool keeps_alive, unsigned version) {
    error_code error;
    const bool in_chunks = version >= kVersion11;  // before, the end of the connection is the end of the body
    http::response<http::empty_body> message;
    SetHead(response, keeps_alive && in_chunks, version, message);
    if (in_chunks) message.chunked(true);
    http::response_serializer<http::empty_body> serializer(message);
    co_await http::async_write_header(stream, serializer, asio::redirect_error(asio::use_awaitable, error));
    absl::StatusOr<std::string> piece = response.body;
    if (piece->empty()) piece = co_await More(response);
    while (!error && piece.ok() && !piece->empty()) {
      if (!co_await SendPiece(stream, *piece, in_chunks)) co_return false;
      piece = co_await More(response);
    }
    if (error || !piece.ok() || !in_chunks) co_return false;
    stream.expires_after(Nanoseconds(limits.write_time));
    co_await asio::async_write(stream, http::make_chunk_last(), asio::redirect_error(asio::use_awaitable, error));
    co_return !error && keeps_alive;
  }

  // A piece of a body; false: the connection is of no more use.
  asio::awaitable<bool> SendPiece(Stream& stream, const std::string& piece, bool in_chunks) {
    error_code error;
    stream.expires_after(Nanoseconds(limits.write_time));
    const asio::const_buffer bytes(piece.data(), piece.size());
    if (in_chunks) {
      co_await asio::async_write(stream, http::make_chunk(bytes), asio::redirect_error(asio::use_awaitable, error));
    } else {
      co_await asio::async_write(stream, bytes, asio::redirect_error(asio::use_awaitable, error));
    }
    co_return !error;
  }

  // Says what `response.stream` gives until it has ended or nobody takes it.
  asio::awaitable<void> Speak(Stream& stream, HttpStream& source, asio::steady_timer& alarm, bool in_chunks) {
    error_code ended;
    while (!stopping) {
      const std::optional<std::string> piece = source.Take();
      if (!piece) break;
      if (piece->empty()) {
        alarm.expires_after(Nanoseconds(limits.heartbeat));
        co_await alarm.async_wait(asio::redirect_error(asio::use_awaitable, ended));
        if (ended) continue;  // woken
        if (!co_await SendPiece(stream, source.Heartbeat(), in_chunks)) co_return;
        continue;
      }
      if (!co_await SendPiece(stream, *piece, in_chunks)) co_return;
      asio::steady_timer pause(io, Nanoseconds(limits.stream_pause));
      co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, ended));
    }
    if (!in_chunks) co_return;
    stream.expires_after(Nanoseconds(limits.write_time));
    co_await asio::async_write(stream, http::make_chunk_last(), asio::redirect_error(asio::use_awaitable, ended));
  }
  // Returns when the other side has gone. What it says meanwhile is not heard.
  asio::awaitable<void> AwaitGone(Stream& stream) {
    error_code error;
    std::array<char, 512> unheard;
    while (!error) {
      co_await stream.socket().async_read_some(asio::buffer(unheard), asio::redirect_error(asio::use_awaitable, error));
    }
  }

  asio::awaitable<bool> SendStream(Stream& stream, const HttpResponse& response, unsigned version) {
    using asio::experimental::awaitable_operators::operator||;
    error_code error;
    const bool in_chunks = version >= kVersion11;
    http::response<http::empty_body> message;
    SetHead(response, false, version, message);
    if (in_chunks) message.chunked(true);
    http::response_serializer<http::empty_body> serializer(message);
    co_await http::async_write_header(stream, serializer, asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return false;
    const std::shared_ptr<HttpStream> source = response.stream;
    const auto alarm = std::make_shared<asio::steady_timer>(io);
    source->OnMore([this, alarm] { asio::post(io, [alarm] { alarm->cancel(); }); });
    streams.insert(source.get());
    co_await (Speak(stream, *source, *alarm, in_chunks) || AwaitGone(stream));
    streams.erase(source.get());
    source->OnMore(nullptr);
    co_return false;
  }

  // What is wrong with the size of a request's body, if anything; else the parser takes it, and the time it may take is
  // set. `is_large` says whether it is one of the large ones, which then counts as such.
  asio::awaitable<std::optional<HttpResponse>> MakeRoom(Stream& stream, const HttpRequest& head,
                                                        http::request_parser<http::string_body>& parser,
                                                        bool& is_large) {
    const boost::optional<std::uint64_t> length = parser.content_length();
    HttpRoom found{.body_bytes = limits.body_bytes, .request_time = limits.request_time};
    const bool fits = length ? *length <= limits.body_bytes : !parser.chunked();
    if (!fits && room != nullptr) found = co_await Room(head);
    if (length && *length > found.body_bytes) co_return Fault(413);
    if (!length) parser.body_limit(found.body_bytes);
    if (found.body_bytes <= limits.body_bytes) co_return std::nullopt;
    if (large >= limits.large_bodies) {
      HttpResponse busy = Fault(503);
      busy.headers.emplace_back("retry-after", "5");
      co_return busy;
    }
    ++large;
    is_large = true;
    stream.expires_after(Nanoseconds(found.request_time));
    co_return std::nullopt;
  }

  // The body of a request whose head is there; false: the connection is of no more use.
  asio::awaitable<bool> ReadBody(Stream& stream, beast::flat_buffer& buffer,
                                 http::request_parser<http::string_body>& parser) {
    error_code error;
    if (beast::iequals(parser.get()[http::field::expect], "100-continue")) {
      http::response<http::empty_body> go_on{http::status::continue_, parser.get().version()};
      co_await http::async_write(stream, go_on, asio::redirect_error(asio::use_awaitable, error));
    }
    if (!error && !parser.is_done()) {
      co_await http::async_read(stream, buffer, parser, asio::redirect_error(asio::use_awaitable, error));
    }
    if (error) co_await SendFault(stream, error);
    co_return !error;
  }
  asio::awaitable<void> SendFault(Stream& stream, error_code error) {
    const std::optional<HttpResponse> fault = FaultOf(error);
    if (fault) co_await Send(stream, *fault, false, false, kVersion11);
  }

  // One request and its answer; false: the connection is of no more use.
  asio::awaitable<bool> Exchange(Stream& stream, beast::flat_buffer& buffer) {
    error_code error;
    if (buffer.size() == 0) {
      stream.expires_after(Nanoseconds(limits.idle_time));
      const std::size_t read =
          co_await stream.async_read_some(buffer.prepare(kReadBytes), asio::redirect_error(asio::use_awaitable, error));
      if (error) co_return false;
      buffer.commit(read);
    }
    // Bounds all reads of this request together.
    stream.expires_after(Nanoseconds(limits.request_time));
    http::request_parser<http::string_body> parser;
    parser.header_limit(static_cast<std::uint32_t>(limits.head_bytes));
    parser.body_limit(std::numeric_limits<std::uint64_t>::max());  // until the head says what it is
    co_await http::async_read_header(stream, buffer, parser, asio::redirect_error(asio::use_awaitable, error));
    if (error) {
      co_await SendFault(stream, error);
      co_return false;
    }
    HttpRequest request = RequestOf(parser.get());
    bool is_large = false;
    const std::optional<HttpResponse> no_room = co_await MakeRoom(stream, request, parser, is_large);
    if (no_room) {
      co_await Send(stream, *no_room, false, false, kVersion11);
      co_return false;
    }
    const bool is_whole = co_await ReadBody(stream, buffer, parser);
    bool goes_on = false;
    if (is_whole) {
      stream.expires_never();  // the answer takes the time it takes
      const bool keeps_alive = parser.get().keep_alive() && !stopping;
      const bool is_head = parser.get().method() == http::verb::head;
      const unsigned version = parser.get().version();
      request.body = std::move(parser.get().body());
      const HttpResponse response = co_await Answer(request);
      goes_on = co_await Send(stream, response, is_head, keeps_alive, version);
    }
    if (is_large) --large;
    co_return goes_on;
  }

  asio::awaitable<void> Converse(tcp::socket socket) {
    error_code ignored;
    Stream stream(std::move(socket));
    beast::flat_buffer buffer;
    while (co_await Exchange(stream, buffer)) {
    }
    // What the other side still sends is taken for a while, so that it reads the answer before the connection goes.
    stream.socket().shutdown(tcp::socket::shutdown_send, ignored);
    error_code ended;
    std::size_t drained = 0;
    stream.expires_after(std::chrono::seconds(1));
    while (!ended && drained < 64 * kReadBytes) {
      buffer.clear();
      drained +=
          co_await stream.async_read_some(buffer.prepare(kReadBytes), asio::redirect_error(asio::use_awaitable, ended));
    }
    --connected;
  }

  asio::awaitable<void> Refuse(tcp::socket socket) {
    Stream stream(std::move(socket));
    stream.expires_after(std::chrono::seconds(1));
    HttpResponse busy = Fault(503);
    busy.headers.emplace_back("retry-after", "5");
    co_await Send(stream, busy, false, false, kVersion11);
    --refused;
  }

  asio::awaitable<void> Accept() {
    while (!stopping) {
      error_code error;
      tcp::socket socket(io);
      co_await acceptor.async_accept(socket, asio::redirect_error(asio::use_awaitable, error));
      if (error) {
        if (stopping) co_return;
        asio::steady_timer pause(io, kAcceptPause);
        co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
        continue;
      }
      if (connected < limits.connections) {
        ++connected;
        asio::co_spawn(io, Converse(std::move(socket)), asio::detached);
      } else if (refused < kRefusedAtOnce) {
        ++refused;
        asio::co_spawn(io, Refuse(std::move(socket)), asio::detached);
      }
    }
  }

  const HttpHandler handler;
  const HttpRoomOf room;  // null: every body is bounded by the limits
  const HttpLimits limits;
  asio::io_context io{1};
  tcp::acceptor acceptor{io};
  asio::thread_pool workers;
  std::atomic<bool> stopping = false;
  std::size_t connected = 0;  // of the server's thread alone, as the next
  std::size_t refused = 0;
  std::size_t large = 0;
  std::set<HttpStream*> streams;  // that wake the server
  std::thread thread;
};

HttpServer::HttpServer(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
HttpServer::~HttpServer() { Stop(); }

absl::StatusOr<std::unique_ptr<HttpServer>> HttpServer::Start(const std::string& address, HttpHandler handler,
                                                              const HttpLimits& limits, HttpRoomOf room) {
  const std::optional<tcp::endpoint> endpoint = EndpointOf(address);
  if (!endpoint) {
    return absl::InvalidArgumentError(absl::StrCat(
        address, " is no address to listen at; write one in numbers with its port, such as 127.0.0.1:8080"));
  }
  auto inside = std::make_unique<Inside>(std::move(handler), limits, std::move(room));
  error_code error;
  tcp::acceptor& acceptor = inside->acceptor;
  acceptor.open(endpoint->protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.bind(*endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error) {
    return absl::UnavailableError(absl::StrCat("the page cannot listen at ", address, ": ", error.message()));
  }
  asio::co_spawn(inside->io, inside->Accept(), asio::detached);
  Inside* const self = inside.get();
  inside->thread = std::thread([self] { self->io.run(); });
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(inside)));
}

std::string HttpServer::address() const {
  error_code error;
  return Shown(inside_->acceptor.local_endpoint(error));
}

void HttpServer::Stop() {
  if (!inside_->thread.joinable()) return;
  inside_->stopping = true;
  inside_->io.stop();
  inside_->thread.join();
  for (HttpStream* const stream : inside_->streams) stream->OnMore(nullptr);
  inside_->workers.join();
}

}  // namespace hansa::node::door
