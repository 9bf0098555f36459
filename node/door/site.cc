#include "node/door/site.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "node/door/data_address.h"
#include "node/door/described_protos.h"
#include "node/door/heads.h"
#include "node/door/metrics.h"
#include "node/door/open_api.h"
#include "node/door/reader_language.h"
#include "node/exports/csvw_metadata.h"
#include "node/exports/export_format.h"
#include "node/exports/web_feed.h"
#include "node/membership/application.h"
#include "node/words/words.h"

namespace hansa::node::door {
namespace {

constexpr char kPlain[] = "text/plain; charset=utf-8";
constexpr char kWorkbook[] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
// A file that is sent here: the largest that a method takes, and what is said of it beside.
constexpr std::size_t kFileRoomBytes = 32 * 1024 * 1024;
constexpr absl::Duration kFileTime = absl::Seconds(60);
constexpr char kFeeds[] = "/feeds/";
constexpr char kApplyPath[] = "/setup/apply";

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

std::string MediaTypeOf(const std::string& format) {
  const absl::StatusOr<exports::ExportFormat> known = exports::ParseExportFormat(format);
  return known.ok() ? std::string(exports::MediaType(*known)) : kWorkbook;
}

// A text of the JSON that was sent; empty where it is not there.
absl::StatusOr<std::string> OptionalTextIn(const std::string& body, const char* name) {
  const auto json = nlohmann::json::parse(body, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) return absl::InvalidArgumentError("what was sent is not a JSON object");
  const auto found = json.find(name);
  if (found == json.end() || found->is_null()) return "";
  if (found->is_string()) return found->get<std::string>();
  return absl::InvalidArgumentError(absl::StrCat("a text ", name, " is missing in the JSON that was sent"));
}

std::optional<SignIn> SignInOf(const Site::Parts& parts, bool is_open) {
  if (parts.reception == nullptr) return std::nullopt;
  const auto card = [&node = parts.node]() -> NodeCard {
    const NodeView view = node.View();
    return {.slug = view.slug, .name = view.name, .role = view.role, .network = view.network};
  };
  return std::make_optional<SignIn>(*parts.reception, SignInOptions{.node = card, .is_open = is_open});
}

std::optional<SecondPerson> SecondPersonOf(const Site::Parts& parts) {
  if (parts.reception == nullptr || parts.gateway == nullptr || parts.proposals == nullptr) return std::nullopt;
  return std::make_optional<SecondPerson>(SecondPerson::Parts{
      .reception = *parts.reception, .proposals = *parts.proposals, .gateway = *parts.gateway, .events = parts.events});
}

}  // namespace

Site::Site(const Parts& parts, SiteOptions options)
    : node_(parts.node),
      now_(parts.now),
      version_(parts.version),
      options_(std::move(options)),
      exports_(parts.node, parts.catalogue, parts.views, parts.now),
      feeds_(parts.node, parts.catalogue, parts.views),
      gateway_(parts.gateway),
      pages_(parts.pages),
      events_(parts.events),
      csp_reports_(parts.csp_reports),
      sign_in_(SignInOf(parts, options_.is_open)),
      second_person_(SecondPersonOf(parts)) {}

HttpResponse Site::Answer(const HttpRequest& request) const {
  HttpResponse response = Route(request);
  const words::Language language = ReaderLanguage(request);
  const bool is_line = response.headers.size() == 1 && response.headers[0].second == kPlain;
  if (is_line && language != words::Language::kEnglish) {
    const absl::string_view line = absl::StripSuffix(response.body, "\n");
    response.body = absl::StrCat(words::Words(language).Translated(line), "\n");
  }
  AddSafeHeads(response);
  return response;
}

HttpResponse Site::Route(const HttpRequest& request) const {
  const absl::StatusOr<Reached> reached = ReachedBy(request, options_.names);
  if (!reached.ok()) return Say(kMisdirected, std::string(reached.status().message()));
  if (sign_in_ && SignIn::IsOwnPath(request.path)) return sign_in_->Answer(request, *reached);
  if (sign_in_ && request.path == kApplyPath) return Apply(request, *reached);
  if (second_person_ && SecondPerson::IsOwnPath(request.path)) return Proposals(request, *reached);
  if (csp_reports_ != nullptr && request.path == kCspReportPath) return csp_reports_->Answer(request, *reached);
  if (gateway_ != nullptr && !Gateway::MethodOf(request.path).empty()) return Call(request, *reached);
  return Read(request, *reached);
}

Caller Site::CallerOf(const HttpRequest& request, Reached reached) const {
  if (sign_in_) return sign_in_->CallerOf(request, reached);
  return {.role = options_.is_open ? accounts::Role::kPublic : accounts::Role::kNobody,
          .language = ReaderLanguage(request)};
}

HttpResponse Site::Call(const HttpRequest& request, Reached reached) const {
  const Caller caller = CallerOf(request, reached);
  const std::string method(Gateway::MethodOf(request.path));
  const std::optional<accounts::Role> needs = Gateway::NeedsOf(method);
  if (!needs) return ConnectError(absl::UnimplementedError("there is no method of that name here"), caller.language);
  // It says itself how it is asked.
  if (request.method != "POST") return gateway_->Answer(request, caller);
  const absl::Status may_change = CheckMayChange(request, reached);
  if (!may_change.ok()) return ConnectError(may_change, caller.language);
  if (!caller.account.empty() && !SignIn::HasCsrf(request, reached)) {
    return ConnectError(SignIn::NoCsrf(), caller.language);
  }
  const absl::Status may_call = MayCall(caller, *needs);
  if (may_call.ok() && second_person_) {
    const absl::StatusOr<bool> waits = second_person_->IsNeeded(method, caller);
    if (!waits.ok()) return ConnectError(waits.status(), caller.language);
    if (*waits) return second_person_->PutForward(request, caller);
  }
  HttpResponse response = may_call.ok() ? gateway_->Answer(request, caller) : ConnectError(may_call, caller.language);
  const bool is_noted = !caller.account.empty() && *needs > accounts::Role::kReader;
  if (is_noted) sign_in_->Note(caller, method, response.status);
  return response;
}

HttpResponse Site::Proposals(const HttpRequest& request, Reached reached) const {
  const Caller caller = CallerOf(request, reached);
  if (request.method != "GET" && request.method != "HEAD") {
    const absl::Status may_change = CheckMayChange(request, reached);
    if (!may_change.ok()) return ConnectError(may_change, caller.language);
    if (!caller.account.empty() && !SignIn::HasCsrf(request, reached)) {
      return ConnectError(SignIn::NoCsrf(), caller.language);
    }
  }
  return second_person_->Answer(request, caller);
}

// The same as `hansa apply -o`: a file to carry to whoever admits.
HttpResponse Site::Apply(const HttpRequest& request, Reached reached) const {
  const Caller caller = CallerOf(request, reached);
  if (request.method != "POST") return {.status = 405, .headers = {{"allow", "POST"}}, .body = ""};
  const absl::Status may_change = CheckMayChange(request, reached);
  if (!may_change.ok()) return ConnectError(may_change, caller.language);
  const absl::Status may = MayCall(caller, accounts::Role::kAdministrator);
  if (!may.ok()) return ConnectError(may, caller.language);
  if (!SignIn::HasCsrf(request, reached)) return ConnectError(SignIn::NoCsrf(), caller.language);
  const absl::StatusOr<std::string> mayor = OptionalTextIn(request.body, "mayor");
  if (!mayor.ok()) return ConnectError(mayor.status(), caller.language);
  const absl::StatusOr<std::string> file = membership::MakeApplication({.folder = options_.folder, .mayor = *mayor});
  if (!file.ok()) return ConnectError(file.status(), caller.language);
  sign_in_->Note(caller, "Apply", 200);
  HttpResponse response{.status = 200, .headers = {{"content-type", "application/json"}}, .body = *file};
  AddSaveAs(absl::StrCat("application-", node_.View().slug, ".json"), response);
  return response;
}

HttpResponse Site::Read(const HttpRequest& request, Reached reached) const {
  if (request.method != "GET" && request.method != "HEAD") {
    HttpResponse refused = Say(405, "this address can only be read");
    refused.headers.emplace_back("allow", "GET, HEAD");
    return refused;
  }
  if (request.path == "/healthz") return Health();
  if (request.path == "/metrics" && reached == Reached::kHere) return Metrics();
  if (gateway_ != nullptr && request.path == kOpenApiPath) return OpenApi();
  if (events_ != nullptr && request.path == "/events") return Events(request, reached);
  const bool is_data = absl::StartsWith(request.path, "/data/");
  if (!is_data && !absl::StartsWith(request.path, kFeeds)) {
    const bool is_page = pages_ != nullptr && Pages::Has(request.path);
    return is_page ? pages_->Answer(request) : Say(404, "there is nothing at this address");
  }
  if (CallerOf(request, reached).role < accounts::Role::kPublic) {
    return Say(403,
               "nothing is shown here without signing in; start hansad with --http-open to show figures and feeds");
  }
  return is_data ? Figures(request) : Feed(request);
}

HttpRoom Site::RoomFor(const HttpRequest& head, const HttpRoom& usual) const {
  const absl::string_view method = Gateway::MethodOf(head.path);
  const std::optional<accounts::Role> needs = Gateway::NeedsOf(method);
  const absl::StatusOr<Reached> reached = ReachedBy(head, options_.names);
  if (gateway_ == nullptr || !needs || !reached.ok() || head.method != "POST" || !Gateway::TakesFiles(head))
    return usual;
  const Caller caller = CallerOf(head, *reached);
  const bool may_send = CheckMayChange(head, *reached).ok() && !caller.account.empty() && MayCall(caller, *needs).ok();
  return may_send ? HttpRoom{.body_bytes = kFileRoomBytes, .request_time = kFileTime} : usual;
}

HttpResponse Site::OpenApi() const {
  static const std::string text = OpenApiText(DescribedProtos(), version_);  // one program, one description
  return {.status = 200, .headers = {{"content-type", "application/json"}}, .body = text};
}

HttpResponse Site::Events(const HttpRequest& request, Reached reached) const {
  const Caller caller = CallerOf(request, reached);
  if (caller.role == accounts::Role::kNobody) return Say(403, "sign in to be told what happens here");
  return EventsAnswer(*events_, request, caller.account,
                      caller.account.empty() ? nullptr : sign_in_->GoesOn(request, reached));
}

HttpResponse Site::Health() const {
  const bool refuses = node_.View().disk.refuses_writes;
  return refuses ? Say(503, "the disk refuses what is written") : Say(200, "ok");
}

HttpResponse Site::Metrics() const {
  const std::uint64_t reports = csp_reports_ == nullptr ? 0 : csp_reports_->count();
  return {.status = 200,
          .headers = {{"content-type", kMetricsMediaType}},
          .body = MetricsText(node_.View(), version_, reports)};
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
