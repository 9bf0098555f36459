#include "node/door/setup_site.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/str_cat.h"
#include "node/domain/text.h"
#include "node/door/gateway.h"
#include "node/door/heads.h"
#include "node/door/reader_language.h"
#include "node/membership/init_node.h"
#include "replication/check.h"

namespace hansa::node::door {
namespace {

using nlohmann::ordered_json;

// What runs a node; the others are keys that sign, and need none.
constexpr std::array<const char*, 4> kKinds = {"city", "partner", "authority", "secretariat"};

HttpResponse Refused(const absl::Status& why, const HttpRequest& request) {
  return ConnectError(why, ReaderLanguage(request));
}

HttpResponse Answered(const ordered_json& json) {
  return {.status = 200,
          .headers = {{"content-type", "application/json"}},
          .body = json.dump(-1, ' ', false, ordered_json::error_handler_t::replace)};
}

absl::StatusOr<membership::InitOptions> OptionsIn(const std::string& body) {
  const ordered_json json = ordered_json::parse(body, nullptr, /*allow_exceptions=*/false);
  absl::Status fault;
  const auto text = [&json, &fault](const char* name) -> std::string {
    const auto found = json.is_object() ? json.find(name) : json.end();
    if (json.is_object() && found != json.end() && found->is_string()) return found->get<std::string>();
    fault.Update(absl::InvalidArgumentError(absl::StrCat("a text ", name, " is missing in the JSON that was sent")));
    return "";
  };
  membership::InitOptions options;
  options.charter = text("charter");
  options.kind = text("kind");
  options.slug = text("slug");
  options.name = text("name");
  options.country = text("country");
  HANSA_RETURN_IF_ERROR(fault);
  const bool has_endpoint = json.contains("endpoint") && json["endpoint"].is_string() && json["endpoint"] != "";
  if (has_endpoint) options.endpoints = {json["endpoint"].get<std::string>()};
  if (std::find(kKinds.begin(), kKinds.end(), options.kind) == kKinds.end()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "a node is of a city, partner, authority or secretariat, and not of the kind ", domain::Quoted(options.kind)));
  }
  return options;
}

}  // namespace

SetupSite::SetupSite(Parts parts)
    : parts_(std::move(parts)), sign_in_(parts_.reception, {.node = [] { return NodeCard(); }, .is_open = false}) {}

HttpResponse SetupSite::Answer(const HttpRequest& request) const {
  HttpResponse response = Route(request);
  AddSafeHeads(response);
  return response;
}

HttpResponse SetupSite::Route(const HttpRequest& request) const {
  const absl::StatusOr<Reached> reached = ReachedBy(request, parts_.names);
  if (!reached.ok()) {
    HttpResponse refused = Refused(reached.status(), request);
    refused.status = kMisdirected;
    return refused;
  }
  if (SignIn::IsOwnPath(request.path)) return sign_in_.Answer(request, *reached);
  if (request.path == kSetupPath) return SetUp(request, *reached);
  if (parts_.csp_reports != nullptr && request.path == kCspReportPath) {
    return parts_.csp_reports->Answer(request, *reached);
  }
  const bool is_read = request.method == "GET" || request.method == "HEAD";
  if (is_read && parts_.pages != nullptr && Pages::Has(request.path)) return parts_.pages->Answer(request);
  return Refused(absl::UnavailableError("this node is not set up yet; an administrator does that on its page"),
                 request);
}

HttpResponse SetupSite::SetUp(const HttpRequest& request, Reached reached) const {
  if (request.method != "POST") {
    return {.status = 405, .headers = {{"allow", "POST"}}, .body = ""};
  }
  const absl::Status may_change = CheckMayChange(request, reached);
  if (!may_change.ok()) return Refused(may_change, request);
  const Caller caller = sign_in_.CallerOf(request, reached);
  const absl::Status may = MayCall(caller, accounts::Role::kAdministrator);
  if (!may.ok()) return Refused(may, request);
  if (!SignIn::HasCsrf(request, reached)) return Refused(SignIn::NoCsrf(), request);
  absl::StatusOr<membership::InitOptions> options = OptionsIn(request.body);
  if (!options.ok()) return Refused(options.status(), request);
  options->folder = parts_.folder;
  absl::MutexLock lock(&mutex_);
  const absl::StatusOr<membership::NodeSetUp> node = membership::InitNode(*options);
  if (!node.ok()) return Refused(node.status(), request);
  sign_in_.Note(caller, "SetUp", 200);
  if (!is_set_up_) parts_.set_up();
  is_set_up_ = true;
  return Answered({{"member", node->identity.slug}, {"name", node->identity.name}, {"network", node->network}});
}

}  // namespace hansa::node::door
