#include "node/door/site.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "node/door/data_address.h"
#include "node/door/heads.h"
#include "node/door/metrics.h"
#include "node/exports/csvw_metadata.h"
#include "node/exports/export_format.h"
#include "node/exports/web_feed.h"
#include "node/words/words.h"

namespace hansa::node::door {
namespace {

constexpr char kPlain[] = "text/plain; charset=utf-8";
constexpr char kWorkbook[] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
constexpr char kFeeds[] = "/feeds/";

HttpResponse Say(int status, const std::string& line) {
  return {.status = status, .headers = {{"content-type", kPlain}}, .body = absl::StrCat(line, "\n")};
}

int StatusOf(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kInvalidArgument:
      return 400;
    case absl::StatusCode::kNotFound:
      return 404;
    case absl::StatusCode::kFailedPrecondition:
      return 409;
    case absl::StatusCode::kResourceExhausted:
    case absl::StatusCode::kUnavailable:
      return 503;
    default:
      return 500;
  }
}
HttpResponse Say(const absl::Status& status) { return Say(StatusOf(status), std::string(status.message())); }

// The name that was asked, without its port, in lower case.
std::string NameOf(absl::string_view host) {
  const std::size_t bracket = host.rfind(']');
  const std::size_t colon = host.rfind(':');
  if (colon != absl::string_view::npos && (bracket == absl::string_view::npos || colon > bracket)) {
    host = host.substr(0, colon);
  }
  return absl::AsciiStrToLower(host);
}
bool IsOfThisMachine(const std::string& name) { return name == "localhost" || name == "127.0.0.1" || name == "[::1]"; }

std::string MediaTypeOf(const std::string& format) {
  const absl::StatusOr<exports::ExportFormat> known = exports::ParseExportFormat(format);
  return known.ok() ? std::string(exports::MediaType(*known)) : kWorkbook;
}

}  // namespace

Site::Site(const Parts& parts, SiteOptions options)
    : node_(parts.node),
      now_(parts.now),
      version_(parts.version),
      options_(std::move(options)),
      exports_(parts.node, parts.catalogue, parts.views, parts.now),
      feeds_(parts.node, parts.catalogue, parts.views) {}

HttpResponse Site::Answer(const HttpRequest& request) const {
  HttpResponse response = Route(request);
  const bool is_line = response.headers.size() == 1 && response.headers[0].second == kPlain;
  if (is_line && absl::StartsWith(request.Header("accept-language"), "ko")) {
    const absl::string_view line = absl::StripSuffix(response.body, "\n");
    response.body = absl::StrCat(words::Words(words::Language::kKorean).Translated(line), "\n");
  }
  AddSafeHeads(response);
  return response;
}

HttpResponse Site::Route(const HttpRequest& request) const {
  const std::string name = NameOf(request.Header("host"));
  const bool is_here = IsOfThisMachine(name);
  if (!is_here && std::find(options_.names.begin(), options_.names.end(), name) == options_.names.end()) {
    return Say(421, "this node is not known by that name; start hansad with --http-name and the name");
  }
  if (request.method != "GET" && request.method != "HEAD") {
    HttpResponse refused = Say(405, "this address can only be read");
    refused.headers.emplace_back("allow", "GET, HEAD");
    return refused;
  }
  if (request.path == "/healthz") return Health();
  if (request.path == "/metrics" && is_here) return Metrics();
  const bool is_data = absl::StartsWith(request.path, "/data/");
  if (!is_data && !absl::StartsWith(request.path, kFeeds)) return Say(404, "there is nothing at this address");
  if (!options_.is_open) {
    return Say(403,
               "nothing is shown here without signing in; start hansad with --http-open to show figures and feeds");
  }
  return is_data ? Figures(request) : Feed(request);
}

HttpResponse Site::Health() const {
  const bool refuses = node_.View().disk.refuses_writes;
  return refuses ? Say(503, "the disk refuses what is written") : Say(200, "ok");
}

HttpResponse Site::Metrics() const {
  return {.status = 200, .headers = {{"content-type", kMetricsMediaType}}, .body = MetricsText(node_.View(), version_)};
}

HttpResponse Site::Figures(const HttpRequest& request) const {
  std::optional<DataAddress> address = ReadDataAddress(request.path);
  if (!address) {
    return Say(404,
               "there are no figures at this address; write /data/, network or a member, -YEAR if wanted, and .csv, "
               ".sdmx.csv, .xml, .jsonl or .xlsx");
  }
  const absl::Status read = node_.AwaitViews();
  if (!read.ok()) return Say(read);
  desk::ExportRequest& asked = address->request;
  asked.language = std::string(request.Header("accept-language").substr(0, 2));
  const absl::StatusOr<desk::ExportCompanion> beside = exports_.Companion(asked, address->file);
  if (!beside.ok()) return Say(beside.status());
  if (address->is_beside) {
    if (beside->file != request.path.substr(request.path.rfind('/') + 1)) {
      return Say(404, "nothing of that name belongs beside these figures");
    }
    const bool is_json = absl::EndsWith(beside->file, ".json");
    return {.status = 200,
            .headers = {{"content-type", is_json ? "application/csvm+json" : "application/vnd.sdmx.structure+xml"}},
            .body = beside->bytes};
  }
  const absl::StatusOr<std::string> file = exports_.FileName(asked);
  if (!file.ok()) return Say(file.status());
  absl::StatusOr<desk::ExportPiece> first = exports_.Piece(asked, "");
  if (!first.ok()) return Say(first.status());
  HttpResponse response{
      .status = 200, .headers = {{"content-type", MediaTypeOf(asked.format)}}, .body = std::move(first->bytes)};
  AddSaveAs(*file, response);
  if (!beside->file.empty()) AddDescribedBy(beside->file, response);
  if (!first->next.empty()) {
    response.more = [this, asked, next = std::move(first->next)]() mutable -> absl::StatusOr<std::string> {
      if (next.empty()) return "";
      absl::StatusOr<desk::ExportPiece> piece = exports_.Piece(asked, next);
      if (!piece.ok()) return piece.status();
      next = std::move(piece->next);
      return std::move(piece->bytes);
    };
  }
  return response;
}

HttpResponse Site::Feed(const HttpRequest& request) const {
  absl::string_view name = request.path;
  absl::ConsumePrefix(&name, kFeeds);
  const bool is_atom = absl::ConsumeSuffix(&name, ".atom");
  if (!is_atom && !absl::ConsumeSuffix(&name, ".json")) {
    return Say(
        404, "there is no feed at this address; write /feeds/practices.atom or /feeds/ and a member's name and .json");
  }
  desk::WebFeedRequest asked{.feature = QueryValue(request.query, "feature"),
                             .action = QueryValue(request.query, "action"),
                             .language = std::string(request.Header("accept-language").substr(0, 2)),
                             .version = version_};
  if (name == "practices") {
    asked.kinds = {"practice"};
  } else if (name != "network") {
    asked.member = std::string(name);
  }
  const absl::Status read = node_.AwaitViews();
  if (!read.ok()) return Say(read);
  const absl::StatusOr<desk::MadeWebFeed> made = feeds_.Make(asked);
  if (!made.ok()) return Say(made.status());
  return {.status = 200,
          .headers = {{"content-type", is_atom ? exports::kAtomMediaType : exports::kJsonFeedMediaType}},
          .body = is_atom ? exports::AtomFeed(made->feed) : exports::JsonFeed(made->feed)};
}

}  // namespace hansa::node::door
