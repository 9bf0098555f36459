#include "node/webhooks/http_post.h"

#include <curl/curl.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <atomic>

#include "absl/base/thread_annotations.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "node/webhooks/webhook_url.h"
#include "replication/check.h"

namespace hansa::node::webhooks {
namespace {

// What one POST carries through the library's callbacks.
struct Course {
  const std::atomic<bool>* cancelled = nullptr;
  std::size_t read = 0;       // bytes of the answer's body
  bool is_cut = false;        // it was longer than is read
  bool keeps_inside = false;  // own networks alone
  bool was_outside = false;   // an address outside was refused
};

std::size_t OnBody(char*, std::size_t size, std::size_t count, void* course_pointer) {
  auto& course = *static_cast<Course*>(course_pointer);
  course.read += size * count;
  course.is_cut = course.read > kAnswerBytesMax;
  return course.is_cut ? 0 : size * count;
}

int OnProgress(void* course_pointer, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<Course*>(course_pointer)->cancelled->load() ? 1 : 0;
}

std::string BytesOf(const curl_sockaddr& address) {
  const auto* const any = reinterpret_cast<const sockaddr*>(&address.addr);
  if (address.family == AF_INET) {
    const auto& four = reinterpret_cast<const sockaddr_in*>(any)->sin_addr;
    return std::string(reinterpret_cast<const char*>(&four), sizeof four);
  }
  if (address.family != AF_INET6) return "";
  const auto& six = reinterpret_cast<const sockaddr_in6*>(any)->sin6_addr;
  return std::string(reinterpret_cast<const char*>(&six), sizeof six);
}

// A name is judged by where it leads.
curl_socket_t OnSocket(void* course_pointer, curlsocktype, curl_sockaddr* address) {
  auto& course = *static_cast<Course*>(course_pointer);
  if (course.keeps_inside && !IsOwnNetwork(BytesOf(*address))) {
    course.was_outside = true;
    return CURL_SOCKET_BAD;
  }
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

std::string FaultOf(CURLcode code, const Course& course) {
  if (course.was_outside) return std::string(InTheClear().message());
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      return "the name of the host was not found";
    case CURLE_COULDNT_CONNECT:
      return "nobody answers there";
    case CURLE_OPERATION_TIMEDOUT:
      return "no answer came in time";
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
      return "its certificate is not trusted here";
    case CURLE_SSL_CONNECT_ERROR:
      return "no encrypted connection came about";
    case CURLE_ABORTED_BY_CALLBACK:
      return "the node is stopping";
    default:
      return absl::StrCat("the connection failed: ", curl_easy_strerror(code));
  }
}

class CurlPost final : public HttpPost {
 public:
  explicit CurlPost(std::string user_agent) : user_agent_(std::move(user_agent)) {
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    HANSA_CHECK(started == CURLE_OK);
    handle_ = curl_easy_init();
    HANSA_CHECK(handle_ != nullptr);
  }
  ~CurlPost() override { curl_easy_cleanup(handle_); }
  CurlPost(const CurlPost&) = delete;
  CurlPost& operator=(const CurlPost&) = delete;

  HttpAnswer Post(const HttpRequest& request) override ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    Course course{.cancelled = &cancelled_, .keeps_inside = !IsHttps(request.url)};
    curl_slist* headers = nullptr;
    for (const auto& [name, value] : request.headers) {
      headers = curl_slist_append(headers, absl::StrCat(name, ": ", value).c_str());
    }
    // The library asks for a word of consent before long bodies otherwise, and not every receiver gives it.
    headers = curl_slist_append(headers, "Expect:");
    Prepare(request, headers, course);
    const CURLcode code = curl_easy_perform(handle_);
    HttpAnswer answer = Read(code, course);
    curl_slist_free_all(headers);
    return answer;
  }

  void Cancel() override { cancelled_ = true; }

 private:
  template <typename Value>
  void Set(CURLoption option, Value value) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    HANSA_CHECK(curl_easy_setopt(handle_, option, value) == CURLE_OK);
  }

  void Prepare(const HttpRequest& request, curl_slist* headers, Course& course) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    curl_easy_reset(handle_);  // connections stay
    Set(CURLOPT_URL, request.url.c_str());
    Set(CURLOPT_PROTOCOLS_STR, "http,https");
    // In the clear nothing goes through a stranger's hands either.
    if (course.keeps_inside) Set(CURLOPT_PROXY, "");
    Set(CURLOPT_HTTPHEADER, headers);
    Set(CURLOPT_HEADEROPT, static_cast<long>(CURLHEADER_SEPARATE));  // none of ours is the proxy's business
    Set(CURLOPT_USERAGENT, user_agent_.c_str());
    Set(CURLOPT_POST, 1L);
    Set(CURLOPT_POSTFIELDS, request.body.data());
    Set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    Set(CURLOPT_FOLLOWLOCATION, 0L);
    Set(CURLOPT_NOSIGNAL, 1L);
    Set(CURLOPT_TIMEOUT_MS, static_cast<long>(absl::ToInt64Milliseconds(kPostTimeout)));
    Set(CURLOPT_WRITEFUNCTION, &OnBody);
    Set(CURLOPT_WRITEDATA, static_cast<void*>(&course));
    Set(CURLOPT_NOPROGRESS, 0L);
    Set(CURLOPT_XFERINFOFUNCTION, &OnProgress);
    Set(CURLOPT_XFERINFODATA, static_cast<void*>(&course));
    Set(CURLOPT_OPENSOCKETFUNCTION, &OnSocket);
    Set(CURLOPT_OPENSOCKETDATA, static_cast<void*>(&course));
  }

  HttpAnswer Read(CURLcode code, const Course& course) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    // What was said before the body was cut off counts.
    if (code != CURLE_OK && !course.is_cut) return {.status = 0, .fault = FaultOf(code, course)};
    long status = 0;
    curl_off_t asked_s = 0;
    curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(handle_, CURLINFO_RETRY_AFTER, &asked_s);
    return {
        .status = static_cast<int>(status), .fault = "", .asked = absl::Seconds(static_cast<std::int64_t>(asked_s))};
  }

  const std::string user_agent_;
  std::atomic<bool> cancelled_{false};
  absl::Mutex mutex_;
  CURL* handle_ ABSL_GUARDED_BY(mutex_) = nullptr;
};

}  // namespace

std::unique_ptr<HttpPost> MakeHttpPost(const std::string& user_agent) { return std::make_unique<CurlPost>(user_agent); }

}  // namespace hansa::node::webhooks
