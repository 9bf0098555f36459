#include "node/door/csp_reports.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace hansa::node::door {
namespace {

HttpResponse Say(int status, const char* line) {
  return {
      .status = status, .headers = {{"content-type", "text/plain; charset=utf-8"}}, .body = absl::StrCat(line, "\n")};
}

// Of CSP 3, and those that browsers still report by older names.
constexpr std::array<absl::string_view, 27> kDirectives = {"base-uri",
                                                           "block-all-mixed-content",
                                                           "child-src",
                                                           "connect-src",
                                                           "default-src",
                                                           "font-src",
                                                           "form-action",
                                                           "frame-ancestors",
                                                           "frame-src",
                                                           "img-src",
                                                           "manifest-src",
                                                           "media-src",
                                                           "navigate-to",
                                                           "object-src",
                                                           "plugin-types",
                                                           "prefetch-src",
                                                           "report-to",
                                                           "report-uri",
                                                           "require-trusted-types-for",
                                                           "sandbox",
                                                           "script-src",
                                                           "script-src-attr",
                                                           "script-src-elem",
                                                           "style-src",
                                                           "style-src-attr",
                                                           "style-src-elem",
                                                           "worker-src"};

// Such as "script-src-elem"; "unknown" where it says none. What a browser sends is whatever somebody had it send: names
// of directives alone reach the log.
std::string DirectiveIn(const std::string& body) {
  const auto json = nlohmann::json::parse(body, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object() || !json.contains("csp-report") || !json["csp-report"].is_object()) return "unknown";
  const auto& report = json["csp-report"];
  for (const char* const name : {"effective-directive", "violated-directive"}) {
    if (!report.contains(name) || !report[name].is_string()) continue;
    // The older of the two has the sources behind the name.
    const std::string said = report[name].get<std::string>();
    const std::string directive = said.substr(0, said.find_first_of(" \n"));
    if (std::find(kDirectives.begin(), kDirectives.end(), directive) != kDirectives.end()) return directive;
  }
  return "unknown";
}

}  // namespace

HttpResponse CspReports::Answer(const HttpRequest& request, Reached reached) {
  if (request.method != "POST") return {.status = 405, .headers = {{"allow", "POST"}}, .body = ""};
  if (!CheckSameOrigin(request, reached).ok()) return Say(403, "only pages of this node report here");
  if (request.body.size() > kBodyBytesMax) return Say(413, "a report is smaller than that");
  const std::string directive = DirectiveIn(request.body);
  bool is_new = false;
  {
    absl::MutexLock lock(&mutex_);
    const absl::Time now = options_.now();
    if (now < minute_ || now - minute_ >= absl::Minutes(1)) {
      minute_ = now;
      of_minute_ = 0;
    }
    if (++of_minute_ > kPerMinute) return Say(429, "too many reports; they are all the same by now");
    ++count_;
    is_new = directives_.size() < kDirectivesMax && directives_.insert(directive).second;
  }
  if (is_new) options_.told(absl::StrCat("the page's content security policy was broken: ", directive));
  return {.status = 204, .headers = {}, .body = ""};
}

std::uint64_t CspReports::count() const {
  absl::MutexLock lock(&mutex_);
  return count_;
}

}  // namespace hansa::node::door
