// Officers' accounts on the page of this node, and the log of who did what. They can be changed whether the node runs
// or not, and before there is one: whoever may open the data folder may always let somebody in.
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "hansa/v1/node_accounts.pb.h"
#include "node/accounts/account_acts.h"
#include "node/accounts/audit_log.h"
#include "node/accounts/one_time_code.h"
#include "node/api/account_shapes.h"
#include "node/cli/command.h"
#include "node/cli/exit_code.h"
#include "node/cli/invocation.h"
#include "node/cli/record_page.h"
#include "node/cli/text_width.h"
#include "node/cli/user_json.h"
#include "node/cli/user_texts.h"
#include "node/domain/text.h"
#include "node/node_folder.h"
#include "replication/check.h"

namespace hansa::node::cli {
namespace {

constexpr std::uint32_t kLinesShown = 50;
constexpr std::uint32_t kLinesMax = 100'000;

// The accounts and the log of the data folder, without a node.
struct FolderAccounts {
  explicit FolderAccounts(Invocation& invocation)
      : book({.folder = invocation.DataFolder(), .now = absl::Now}),
        audit({.folder = invocation.DataFolder(), .now = absl::Now}),
        acts(book, audit, {}, [&invocation](const absl::Status& status) { invocation.Warn(status.message()); }) {}

  accounts::AccountBook book;
  accounts::AuditLog audit;
  accounts::AccountActs acts;
};

// Of the running node; of the folder where none runs.
template <typename Request, typename Reply>
absl::Status Ask(Invocation& invocation, const Request& request, Reply& reply) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  if (node.ok()) return node->Ask(request, reply);
  const bool is_elsewhere = !invocation.DataFolderIfNamed() || IsKeptOut(node.status());
  if (is_elsewhere) return node.status();
  return api::Do(FolderAccounts(invocation).acts, request, reply);
}

absl::StatusOr<int> Add(Invocation& invocation) {
  v1::AddAccountRequest request;
  request.set_name(invocation.values().Text("NAME"));
  request.set_role(invocation.values().Text("--role"));
  for (const std::string& department : invocation.values().Texts("--department")) request.add_departments(department);
  v1::AccountReply reply;
  HANSA_RETURN_IF_ERROR(Ask(invocation, request, reply));
  const words::Words words = invocation.words();
  const std::string name = Printable(reply.account().name());
  invocation.Report(JsonOf(reply.account()),
                    absl::StrCat(words("added {0} as {1}", name, words(reply.account().role())), "\n",
                                 words("next: hansa user link {0}", domain::Quoted(name)), "\n"));
  return kDone;
}

absl::StatusOr<int> List(Invocation& invocation) {
  v1::ListAccountsReply reply;
  HANSA_RETURN_IF_ERROR(Ask(invocation, v1::ListAccountsRequest(), reply));
  invocation.Show(JsonOf(reply), TextOf(reply, invocation.layout()));
  return kDone;
}

// Where the page of this node is: as named, else as the running node says; empty where it has none.
absl::StatusOr<std::string> PageAddress(Invocation& invocation) {
  const std::string named = invocation.values().Text("--url");
  if (!named.empty()) {
    if (absl::StartsWith(named, "https://") || absl::StartsWith(named, "http://")) {
      return std::string(absl::StripSuffix(named, "/"));
    }
    return absl::InvalidArgumentError(absl::StrCat(
        "--url ", domain::Quoted(named), " is not the address of a page; write such as https://learning.city.example"));
  }
  const absl::StatusOr<std::string> endpoints = ReadFile(NodePaths(invocation.DataFolder()).endpoints);
  if (!endpoints.ok()) return "";
  const auto json = nlohmann::json::parse(*endpoints, nullptr, /*allow_exceptions=*/false);
  const auto http = json.is_object() ? json.find("http") : json.end();
  if (!json.is_object() || http == json.end() || !http->is_string()) return "";
  return absl::StrCat("http://", http->get<std::string>());
}

absl::StatusOr<int> Link(Invocation& invocation) {
  // First, so that no link is made in vain.
  const absl::StatusOr<std::string> page = PageAddress(invocation);
  HANSA_RETURN_IF_ERROR(page.status());
  v1::LinkAccountRequest request;
  request.set_name(invocation.values().Text("NAME"));
  v1::LinkAccountReply reply;
  HANSA_RETURN_IF_ERROR(Ask(invocation, request, reply));
  const words::Words words = invocation.words();
  const std::string address = absl::StrCat(*page, reply.path());
  std::string text =
      absl::StrCat(words("whoever opens this chooses a password for {0}, once, until {1}; give it to nobody else:",
                         Printable(reply.account().name()), ClockTime(reply.account().link_until_ms())),
                   "\n", address, "\n");
  if (page->empty()) {
    absl::StrAppend(&text, words("put the address of the page before it; the page opens with hansad --http"), "\n");
  }
  // It is asked for, so that --quiet does not leave it out.
  invocation.Show(JsonOfLink(reply.account(), address), text);
  return kDone;
}

absl::StatusOr<int> Role(Invocation& invocation) {
  v1::ChangeAccountRequest request;
  request.set_name(invocation.values().Text("NAME"));
  request.set_role(invocation.values().Text("ROLE"));
  for (const std::string& department : invocation.values().Texts("--department")) request.add_departments(department);
  v1::AccountReply reply;
  HANSA_RETURN_IF_ERROR(Ask(invocation, request, reply));
  const words::Words words = invocation.words();
  invocation.Report(JsonOf(reply.account()),
                    absl::StrCat(words("{0} is {1} from now on, and has to sign in again",
                                       Printable(reply.account().name()), words(reply.account().role())),
                                 "\n"));
  return kDone;
}

absl::StatusOr<int> Remove(Invocation& invocation) {
  v1::RemoveAccountRequest request;
  request.set_name(invocation.values().Text("NAME"));
  v1::AccountReply reply;
  HANSA_RETURN_IF_ERROR(Ask(invocation, request, reply));
  invocation.Report(
      JsonOfRemovedAccount(reply.account().name()),
      absl::StrCat(invocation.words()("removed {0}; their sessions have ended", Printable(reply.account().name())),
                   "\n"));
  return kDone;
}

// It never passes through the node: the folder's owner writes it there.
absl::StatusOr<int> Password(Invocation& invocation) {
  FolderAccounts folder(invocation);
  const absl::StatusOr<accounts::Account> account = folder.book.Find(invocation.values().Text("NAME"));
  HANSA_RETURN_IF_ERROR(account.status());
  const words::Words words = invocation.words();
  const std::string password = invocation.ReadHidden(words("password for {0}: ", Printable(account->name)));
  HANSA_RETURN_IF_ERROR(accounts::CleanNewPassword(account->name, password).status());
  if (invocation.IsTyped() && invocation.ReadHidden(words("the same again: ")) != password) {
    return absl::InvalidArgumentError("the two are not the same; nothing was changed");
  }
  HANSA_RETURN_IF_ERROR(folder.acts.SetPassword(account->name, password).status());
  v1::AccountSummary summary;
  v1::ListAccountsReply all;
  HANSA_RETURN_IF_ERROR(api::Do(folder.acts, v1::ListAccountsRequest(), all));
  for (const v1::AccountSummary& each : all.accounts()) {
    if (each.name() == account->name) summary = each;
  }
  invocation.Report(JsonOf(summary),
                    absl::StrCat(words("{0} signs in with the new password from now on; their sessions "
                                       "have ended",
                                       Printable(account->name)),
                                 "\n"));
  return kDone;
}

// As Password: a secret is made on the folder itself.
absl::StatusOr<int> Codes(Invocation& invocation) {
  FolderAccounts folder(invocation);
  const std::string named = invocation.values().Text("NAME");
  const bool ends = invocation.values().Has("--off");
  const absl::StatusOr<accounts::Account> account = ends ? folder.acts.EndCodes(named) : folder.acts.StartCodes(named);
  HANSA_RETURN_IF_ERROR(account.status());
  const words::Words words = invocation.words();
  const std::string name = Printable(account->name);
  if (ends) {
    invocation.Report(JsonOfCodes(account->name, "", ""),
                      absl::StrCat(words("{0} signs in with the password alone from now on", name), "\n"));
    return kDone;
  }
  const std::string address = accounts::CodeAddress(account->name, account->code_secret);
  // It is asked for, so that --quiet does not leave it out.
  invocation.Show(JsonOfCodes(account->name, account->code_secret, address),
                  absl::StrCat(words("{0} signs in with the password and a code from now on; this goes into their "
                                     "authenticator app, and is not shown again:",
                                     name),
                               "\n", account->code_secret, "\n", address, "\n"));
  return kDone;
}

absl::StatusOr<int> FourEyes(Invocation& invocation) {
  const std::string word = invocation.values().Text("ON|OFF");
  if (word != "on" && word != "off") {
    return absl::InvalidArgumentError(
        absl::StrCat(domain::Quoted(word), " says neither; write hansa user four-eyes on, or off"));
  }
  v1::SetFourEyesRequest request;
  request.set_on(word == "on");
  v1::SetFourEyesReply reply;
  HANSA_RETURN_IF_ERROR(Ask(invocation, request, reply));
  const words::Words words = invocation.words();
  invocation.Report(
      JsonOf(reply),
      absl::StrCat(reply.on() ? words("what an account publishes on the page waits from now on until "
                                      "another one agrees")
                              : words("what an account publishes on the page goes out at once from now on"),
                   "\n"));
  return kDone;
}

absl::StatusOr<int> ShowLog(Invocation& invocation) {
  const absl::StatusOr<std::vector<accounts::AuditLine>> lines =
      FolderAccounts(invocation).audit.Read(invocation.values().Number("--lines").value_or(kLinesShown));
  HANSA_RETURN_IF_ERROR(lines.status());
  invocation.Show(JsonOf(*lines), TextOf(*lines, invocation.layout()));
  return kDone;
}

}  // namespace

std::vector<Command> UserCommands() {
  const Argument name{"NAME", "of the account, such as kim.jiyoung"};
  const Option department{.name = "--department",
                          .value = "D",
                          .help = "an editor of its cells alone, as `hansa indicators assign` gives them out",
                          .repeated = true};
  return {
      {.name = "user add",
       .summary = "add an account for the page of this node",
       .details = "A reader sees everything that this node has. An editor prepares figures. A publisher signs and "
                  "publishes for the city. An administrator cares for the node and its accounts.",
       .example = "hansa user add kim.jiyoung --role publisher",
       .arguments = {name},
       .options = {{.name = "--role",
                    .value = "ROLE",
                    .help = "reader, editor, publisher or administrator",
                    .need = Need::kRequired},
                   department},
       .run = Add},
      {.name = "user list", .summary = "the accounts of this node", .example = "hansa user list", .run = List},
      {.name = "user link",
       .summary = "a link by which somebody chooses their password, once",
       .details = "For the first time, and for whoever forgot the password or is kept out after wrong tries. It can be "
                  "used for a day; a newer one takes its place.",
       .example = "hansa user link kim.jiyoung --url https://learning.city.example",
       .arguments = {name},
       .options = {{.name = "--url",
                    .value = "ADDRESS",
                    .help = "where the page is for them; else as the running node says"}},
       .run = Link},
      {.name = "user role",
       .summary = "give an account another role",
       .example = "hansa user role kim.jiyoung administrator",
       .arguments = {name, {"ROLE", "reader, editor, publisher or administrator"}},
       .options = {department},
       .run = Role},
      {.name = "user passwd",
       .summary = "choose a password for an account",
       .details = "It is typed twice and not shown; or it is the first line of standard input. On the data folder "
                  "itself, whether the node runs or not.",
       .example = "hansa user passwd kim.jiyoung",
       .arguments = {name},
       .run = Password},
      {.name = "user code",
       .summary = "ask for a code of an authenticator app beside the password",
       .details =
           "Its secret is shown once. Another one takes its place; a link that its owner opens ends it. On the data "
           "folder itself, whether the node runs or not.",
       .example = "hansa user code kim.jiyoung",
       .arguments = {name},
       .options = {{.name = "--off", .help = "the password alone from now on"}},
       .run = Codes},
      {.name = "user remove",
       .summary = "remove an account and end its sessions",
       .example = "hansa user remove kim.jiyoung",
       .arguments = {name},
       .run = Remove},
      {.name = "user four-eyes",
       .summary = "have a second person agree to what is published on the page",
       .details = "What a publisher or an administrator publishes on the page then waits on this node until another of "
                  "them has read it and agrees. The command line of whoever owns this machine is not bound by it.",
       .example = "hansa user four-eyes on",
       .arguments = {{"ON|OFF", "on or off"}},
       .run = FourEyes},
      {.name = "audit log",
       .summary = "who signed in, and who did what on the page and to accounts",
       .details =
           "Each line holds the hash of the line before it, so that a change shows. What was written, published or "
           "typed is not in it.",
       .example = "hansa audit log --lines 20",
       .options = {{.name = "--lines",
                    .value = "N",
                    .help = "how many of the last lines; else 50",
                    .number = NumberRange{1, kLinesMax}}},
       .run = ShowLog},
  };
}

}  // namespace hansa::node::cli
