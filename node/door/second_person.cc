#include "node/door/second_person.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "node/domain/text.h"
#include "replication/check.h"

namespace hansa::node::door {
namespace {

using accounts::Proposal;
using accounts::ProposalBook;
using Json = nlohmann::ordered_json;

// A file that is larger is read at its own address.
constexpr std::size_t kShownFileBytesMax = 64 * 1024;
constexpr accounts::Role kLeast = accounts::Role::kPublisher;

HttpResponse Answered(const Json& json) {
  return {.status = 200,
          .headers = {{"content-type", "application/json"}},
          .body = json.dump(-1, ' ', false, Json::error_handler_t::replace)};
}

HttpResponse NotSo(const char* allowed) { return {.status = 405, .headers = {{"allow", allowed}}, .body = ""}; }

bool IsOwn(const Proposal& proposal, const Caller& caller) { return domain::SameName(proposal.by, caller.account); }

Json ProposalJson(const Proposal& proposal, const Caller& caller) {
  return {{"id", proposal.id},          {"method", proposal.method},
          {"by", proposal.by},          {"own", IsOwn(proposal, caller)},
          {"at_ms", proposal.at_ms},    {"bytes", proposal.bytes},
          {"tried", proposal.was_tried}};
}

accounts::Role NeedsOf(const Proposal& proposal) {
  return std::max(kLeast, Gateway::NeedsOf(proposal.method).value_or(accounts::Role::kAdministrator));
}

// What is known of a request once it was performed. Where whoever asked was not waited for any longer, or the node
// broke off, it may have been done.
ProposalBook::Outcome OutcomeOf(int http_status) {
  constexpr int kCancelled = 499;
  if (http_status == 200) return ProposalBook::Outcome::kDone;
  return http_status < kCancelled ? ProposalBook::Outcome::kNotDone : ProposalBook::Outcome::kUnknown;
}
const char* ResultOf(ProposalBook::Outcome outcome) {
  if (outcome == ProposalBook::Outcome::kDone) return "agreed";
  return outcome == ProposalBook::Outcome::kNotDone ? "refused" : "failed";
}

}  // namespace

absl::StatusOr<bool> SecondPerson::IsNeeded(const std::string& method, const Caller& caller) const {
  if (caller.account.empty() || !Gateway::Publishes(method)) return false;
  return parts_.reception.accounts().FourEyes();
}

HttpResponse SecondPerson::PutForward(const HttpRequest& request, const Caller& caller) const {
  const std::string method(Gateway::MethodOf(request.path));
  const absl::StatusOr<std::string> question = Gateway::QuestionOf(request);
  if (!question.ok()) return ConnectError(question.status(), caller.language);
  const absl::Status is_fixed = Gateway::CheckNamesWhatWasRead(method, *question);
  if (!is_fixed.ok()) return ConnectError(is_fixed, caller.language);
  const absl::StatusOr<Proposal> proposal = parts_.proposals.Add(method, *question, caller.account);
  if (!proposal.ok()) return ConnectError(proposal.status(), caller.language);
  Note(caller, *proposal, "put forward");
  Tell();
  HttpResponse response = ConnectError(
      absl::AbortedError("this was put forward and is not published yet; a second person has to agree to it"),
      caller.language);
  response.headers.emplace_back(kPutForwardHead, proposal->id);
  return response;
}

bool SecondPerson::IsOwnPath(absl::string_view path) {
  return path == kProposalsPath || absl::StartsWith(path, absl::StrCat(kProposalsPath, "/"));
}

HttpResponse SecondPerson::Answer(const HttpRequest& request, const Caller& caller) const {
  const absl::Status may = MayCall(caller, kLeast);
  if (!may.ok()) return ConnectError(may, caller.language);
  const bool is_read = request.method == "GET" || request.method == "HEAD";
  // "", "proposals", the number, what is to be done.
  const std::vector<std::string> parts = absl::StrSplit(request.path, '/');
  if (parts.size() == 2) return is_read ? List(caller) : NotSo("GET, HEAD");
  const absl::StatusOr<Proposal> proposal = parts_.proposals.Find(parts[2]);
  if (!proposal.ok()) return ConnectError(proposal.status(), caller.language);
  const absl::Status may_do = MayCall(caller, NeedsOf(*proposal));
  if (!may_do.ok()) return ConnectError(may_do, caller.language);
  const std::string act = parts.size() == 4 ? parts[3] : "";
  if (parts.size() == 3 && is_read) return Show(*proposal, caller);
  if (parts.size() == 3) return request.method == "DELETE" ? TakeOut(*proposal, caller) : NotSo("GET, HEAD, DELETE");
  if (act == "file") return is_read ? File(*proposal, caller) : NotSo("GET, HEAD");
  if (act == "agree") return request.method == "POST" ? Agree(*proposal, caller) : NotSo("POST");
  return ConnectError(absl::NotFoundError("there is nothing at this address"), caller.language);
}

HttpResponse SecondPerson::List(const Caller& caller) const {
  Json waiting = Json::array();
  for (const Proposal& proposal : parts_.proposals.List()) waiting.push_back(ProposalJson(proposal, caller));
  return Answered({{"proposals", std::move(waiting)}});
}

HttpResponse SecondPerson::Show(const Proposal& proposal, const Caller& caller) const {
  const absl::StatusOr<std::string> request = parts_.proposals.Request(proposal.id);
  if (!request.ok()) return ConnectError(request.status(), caller.language);
  const absl::StatusOr<std::string> text = Gateway::TextOf(proposal.method, *request, kShownFileBytesMax);
  if (!text.ok()) return ConnectError(text.status(), caller.language);
  Json json = ProposalJson(proposal, caller);
  json["request"] = Json::parse(*text, nullptr, /*allow_exceptions=*/false);
  const absl::StatusOr<std::string> file = Gateway::FileIn(proposal.method, *request);
  if (file.ok()) json["file_bytes"] = file->size();
  return Answered(json);
}

HttpResponse SecondPerson::File(const Proposal& proposal, const Caller& caller) const {
  const absl::StatusOr<std::string> request = parts_.proposals.Request(proposal.id);
  if (!request.ok()) return ConnectError(request.status(), caller.language);
  absl::StatusOr<std::string> file = Gateway::FileIn(proposal.method, *request);
  if (!file.ok()) return ConnectError(file.status(), caller.language);
  return {.status = 200,
          .headers = {{"content-type", "application/octet-stream"}, {"content-disposition", "attachment"}},
          .body = *std::move(file)};
}

absl::Status SecondPerson::CheckStillMay(const Proposal& proposal) const {
  const absl::StatusOr<accounts::Account> account = parts_.reception.accounts().Find(proposal.by);
  // One of the same name that was added since is somebody else's.
  const bool is_gone = account.ok() ? account->added_ms > proposal.at_ms : absl::IsNotFound(account.status());
  if (is_gone) {
    return absl::FailedPreconditionError(
        "whoever put this forward has no account here any more; decline it, and put it forward yourself if it is to be "
        "published");
  }
  if (!account.ok()) return account.status();
  if (account->role >= NeedsOf(proposal)) return absl::OkStatus();
  return absl::FailedPreconditionError(
      "whoever put this forward may not publish any more; decline it, and put it forward yourself if it is to be "
      "published");
}

HttpResponse SecondPerson::Agree(const Proposal& proposal, const Caller& caller) const {
  const absl::Status still_may = CheckStillMay(proposal);
  if (!still_may.ok()) {
    Note(caller, proposal, "refused");
    return ConnectError(still_may, caller.language);
  }
  absl::StatusOr<std::string> request = parts_.proposals.Begin(proposal.id, caller.account);
  if (!request.ok()) {
    Note(caller, proposal, "refused");
    return ConnectError(request.status(), caller.language);
  }
  HttpResponse response = parts_.gateway.Perform(proposal.method, *std::move(request), caller);
  const ProposalBook::Outcome outcome = OutcomeOf(response.status);
  const absl::Status ended = parts_.proposals.End(proposal.id, outcome);
  if (!ended.ok()) parts_.reception.Tell(ended);
  Note(caller, proposal, ResultOf(outcome));
  Tell();
  return response;
}

HttpResponse SecondPerson::TakeOut(const Proposal& proposal, const Caller& caller) const {
  const absl::StatusOr<Proposal> removed = parts_.proposals.Remove(proposal.id);
  if (absl::IsNotFound(removed.status()) || absl::IsAborted(removed.status())) {
    return ConnectError(removed.status(), caller.language);
  }
  // It waits no more even where its file could not be removed.
  Note(caller, proposal, IsOwn(proposal, caller) ? "taken back" : "declined");
  Tell();
  if (!removed.ok()) return ConnectError(removed.status(), caller.language);
  return Answered(ProposalJson(*removed, caller));
}

void SecondPerson::Note(const Caller& caller, const Proposal& proposal, const char* result) const {
  parts_.reception.Note({.account = caller.account,
                         .through = "page",
                         .what = proposal.method,
                         .about = IsOwn(proposal, caller) ? "" : proposal.by,
                         .result = result,
                         .from = "",
                         .proposal = proposal.id});
}

void SecondPerson::Tell() const {
  if (parts_.events != nullptr) parts_.events->Tell({.what = EventKind::kProposals});
}

}  // namespace hansa::node::door
