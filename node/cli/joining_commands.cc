// Founding and joining: all of it offline, by files that people carry.
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "node/cli/command.h"
#include "node/cli/exit_code.h"
#include "node/cli/invocation.h"
#include "node/cli/json_of.h"
#include "node/cli/root_texts.h"
#include "node/cli/text_width.h"
#include "node/membership/application.h"
#include "node/membership/found_network.h"
#include "node/membership/init_node.h"
#include "node/membership/proposal.h"
#include "node/membership/recommendation.h"
#include "node/membership/root_proposal.h"
#include "replication/check.h"

namespace hansa::node::cli {
namespace {

constexpr std::uint32_t kKeysMax = 16;  // of the root, and of officers
constexpr char kHubSlug[] = "int-uil";

Option KeyCount(const char* name, const char* help) {
  return {.name = name, .value = "N", .help = help, .number = NumberRange{1, kKeysMax}};
}

const Argument kApplication{"APPLICATION", "the application file of the applicant"};
const Option kReason{.name = "--reason",
                     .value = "TEXT",
                     .help = "why; the words stay in the file and are not published",
                     .need = Need::kRequired};

Option Output(const char* help) { return {.name = "-o", .value = "FILE", .help = help, .need = Need::kRequired}; }

absl::StatusOr<int> Found(Invocation& invocation) {
  const Values& values = invocation.values();
  membership::FoundOptions options;
  options.name = values.Text("--name");
  options.out = values.Text("--out");
  options.hub = values.Text("--hub");
  options.root_keys = values.Number("--root-keys").value_or(1);
  options.threshold = values.Number("--threshold").value_or(1);
  options.officers = values.Number("--officers").value_or(1);
  options.approvals = values.Number("--approvals").value_or(1);
  options.language = values.Text("--language");
  const absl::StatusOr<membership::FoundedNetwork> network = membership::FoundNetwork(options);
  HANSA_RETURN_IF_ERROR(network.status());
  const words::Words words = invocation.words();
  const std::string lines[] = {
      words("founded {0}, network {1}", Printable(options.name), network->network.hex()),
      absl::StrCat("  ", words("for every member: {0}", network->charter)),
      absl::StrCat("  ", words("move away and keep safe: {0}", absl::StrJoin(network->root_keys, ", "))),
      absl::StrCat("  ", words("for the officers: {0}", absl::StrJoin(network->officer_keys, ", "))),
      words("start the hub with: hansad --data {0} --listen {1}", network->hub_folder, options.hub)};
  invocation.Report(JsonOf(*network, {.name = options.name, .hub = kHubSlug}),
                    absl::StrCat(absl::StrJoin(lines, "\n"), "\n"));
  return kDone;
}

absl::StatusOr<int> Init(Invocation& invocation) {
  const Values& values = invocation.values();
  membership::InitOptions options;
  options.folder = invocation.DataFolder();
  options.charter_file = values.Text("--charter");
  options.kind = values.Text("--kind");
  options.slug = values.Text("--slug");
  options.name = values.Text("--name");
  options.country = values.Text("--country");
  options.endpoints = values.Texts("--endpoint");
  const absl::StatusOr<membership::NodeSetUp> node = membership::InitNode(options);
  HANSA_RETURN_IF_ERROR(node.status());
  const words::Words words = invocation.words();
  const std::string done = words(node->was_there ? "is there already: {0} for {1} in {2}" : "set up {0} for {1} in {2}",
                                 node->identity.slug, Printable(node->network), options.folder);
  const std::string next = words("next: hansa apply -o application.json --data {0}", options.folder);
  invocation.Report(JsonOf(*node, options.folder), absl::StrCat(done, "\n", next, "\n"));
  return kDone;
}

// What is said of a file that was written.
struct Said {
  std::string wrote;
  std::string next;
};

// Writes a file that was made and says so.
absl::StatusOr<int> Keep(Invocation& invocation, const WrittenFile& file, const std::string& content,
                         const Said& said) {
  HANSA_RETURN_IF_ERROR(invocation.Write(file.path, content));
  invocation.Report(JsonOf(file), absl::StrCat(said.wrote, "\n", said.next, "\n"));
  return kDone;
}

absl::StatusOr<int> Apply(Invocation& invocation) {
  const Values& values = invocation.values();
  const absl::StatusOr<std::string> application =
      membership::MakeApplication({.folder = invocation.DataFolder(), .mayor = values.Text("--mayor")});
  HANSA_RETURN_IF_ERROR(application.status());
  const words::Words words = invocation.words();
  const std::string path = values.Text("-o");
  return Keep(invocation, {.form = "application", .path = path}, *application,
              {.wrote = words("wrote the application {0}", path),
               .next = words("next: a city sends it to the national authority of its country, all others to the "
                             "secretariat")});
}

using Opinion = absl::StatusOr<std::string> (*)(const membership::OpinionOptions&);

absl::StatusOr<int> GiveOpinion(Invocation& invocation, Opinion opinion, const char* form, const Said& said) {
  const Values& values = invocation.values();
  const absl::StatusOr<std::string> application = invocation.Read(values.Text("APPLICATION"));
  HANSA_RETURN_IF_ERROR(application.status());
  const absl::StatusOr<std::string> file =
      opinion({.folder = invocation.DataFolder(), .application = *application, .reason = values.Text("--reason")});
  if (!file.ok()) return About(NameOf(values.Text("APPLICATION")), file.status());
  return Keep(invocation, {.form = form, .path = values.Text("-o")}, *file, said);
}

absl::StatusOr<int> Recommend(Invocation& invocation) {
  const words::Words words = invocation.words();
  return GiveOpinion(invocation, membership::Recommend, "recommendation",
                     {.wrote = words("wrote the recommendation {0}", invocation.values().Text("-o")),
                      .next = words("next: send it to the secretariat together with the application")});
}

absl::StatusOr<int> Defer(Invocation& invocation) {
  const words::Words words = invocation.words();
  return GiveOpinion(invocation, membership::Defer, "deferral",
                     {.wrote = words("wrote the deferral {0}", invocation.values().Text("-o")),
                      .next = words("next: send it to the applicant and the secretariat; it is never published")});
}

// By a root key; what it would change is shown key by key.
absl::StatusOr<int> ApproveRoot(Invocation& invocation, const std::string& bytes) {
  const Values& values = invocation.values();
  const absl::StatusOr<membership::RootProposal> proposal = membership::DecodeRootProposal(bytes);
  if (!proposal.ok()) return About(NameOf(values.Text("PROPOSAL")), proposal.status());
  const absl::StatusOr<std::string> approval =
      membership::SignRootFile({.proposal = bytes, .key_file = values.Text("--key")});
  if (!approval.ok()) return About(values.Text("--key"), approval.status());
  const words::Words words = invocation.words();
  const std::string path = values.Text("-o");
  const std::string what = InWords(*proposal);
  const std::string wrote = words("wrote the approval {0}: {1}", path, Printable(words.Translated(what)));
  return Keep(invocation, {.form = "root-signature", .path = path, .words = what}, *approval,
              {.wrote = absl::StrCat(wrote, "\n", absl::StripSuffix(KeysOf(*proposal, words), "\n")),
               .next = words("next: send it to whoever wrote the proposal")});
}

absl::StatusOr<int> Approve(Invocation& invocation) {
  const Values& values = invocation.values();
  const absl::StatusOr<std::string> bytes = invocation.Read(values.Text("PROPOSAL"));
  HANSA_RETURN_IF_ERROR(bytes.status());
  if (membership::SaysItIsARootProposal(*bytes)) return ApproveRoot(invocation, *bytes);
  const absl::StatusOr<membership::Proposal> proposal = membership::DecodeProposal(*bytes);
  if (!proposal.ok()) return About(NameOf(values.Text("PROPOSAL")), proposal.status());
  const absl::StatusOr<std::string> approval =
      membership::ApproveFile({.proposal = *bytes, .officer_key_file = values.Text("--key")});
  HANSA_RETURN_IF_ERROR(approval.status());
  const words::Words words = invocation.words();
  const std::string path = values.Text("-o");
  const std::string what = membership::InWords(proposal->kind, proposal->body);
  return Keep(invocation, {.form = "approval", .path = path, .words = what}, *approval,
              {.wrote = words("wrote the approval {0}: {1}", path, Printable(words.Translated(what))),
               .next = words("next: send it to whoever wrote the proposal")});
}

}  // namespace

std::vector<Command> JoiningCommands() {
  return {
      {.name = "network found",
       .summary = "found a network: its keys, its charter and the hub's data folder",
       .details = "Needs no running node. Nothing is left behind if it fails. The strong form has several "
                  "root keys and officers, of which a number must sign together.",
       .example = "hansa network found --name 'Learning Cities' --out league --hub hub.example.org:7400",
       .options =
           {{.name = "--name", .value = "NAME", .help = "the network's name", .need = Need::kRequired},
            {.name = "--out", .value = "DIR", .help = "folder to write into", .need = Need::kRequired},
            {.name = "--hub", .value = "HOST:PORT", .help = "where members reach the hub", .need = Need::kRequired},
            KeyCount("--root-keys", "root keys to make; 1 if not given"),
            KeyCount("--threshold", "root keys that must sign together; 1 if not given"),
            KeyCount("--officers", "officers' keys to make; 1 if not given"),
            KeyCount("--approvals", "officers who must approve together; 1 if not given"),
            {.name = "--language", .value = "TAG", .help = "language of the name, such as 'en'"}},
       .run = Found},
      {.name = "init",
       .summary = "set up the data folder of a node, or the folder of a key",
       .details = "Needs no running node. KIND is city, partner, authority, expert, survey-agency or "
                  "secretariat. A slug is the country's two letters and a name, and is final. Doing it twice "
                  "changes nothing.",
       .example = "hansa init --charter charter.json --kind city --slug gb-bristol --name Bristol --country GBR",
       .options =
           {{.name = "--charter", .value = "FILE", .help = "the network's charter.json", .need = Need::kRequired},
            {.name = "--kind", .value = "KIND", .help = "what this node is", .need = Need::kRequired},
            {.name = "--slug", .value = "SLUG", .help = "name for ever, such as gb-bristol", .need = Need::kRequired},
            {.name = "--name", .value = "NAME", .help = "name in its own language", .need = Need::kRequired},
            {.name = "--country",
             .value = "ISO3",
             .help = "three letters such as GBR, or INT",
             .need = Need::kRequired},
            {.name = "--endpoint",
             .value = "HOST:PORT",
             .help = "where others may dial it; a city may leave it out",
             .repeated = true}},
       .run = Init},
      {.name = "apply",
       .summary = "write the signed application of this node",
       .details = "Needs no running node. The mayor's words stay in the file; the network gets their hash alone.",
       .example = "hansa apply --mayor 'We apply for membership.' -o application.json",
       .options = {{.name = "--mayor", .value = "TEXT", .help = "the mayor's words, for a city"},
                   Output("where to write the application")},
       .run = Apply},
      {.name = "recommend",
       .summary = "recommend a city of one's own country (national authorities)",
       .details = "Needs no running node. The reasons stay in the file.",
       .example = "hansa recommend application.json --reason 'Ready and willing' -o recommendation.json",
       .arguments = {kApplication},
       .options = {kReason, Output("where to write the recommendation")},
       .run = Recommend},
      {.name = "defer",
       .summary = "defer a city's application (national authorities)",
       .details = "Needs no running node. A deferral is a file for the applicant and the secretariat; it is "
                  "never published and can never be used as a recommendation.",
       .example = "hansa defer application.json --reason 'A plan for rural areas is missing' -o deferral.json",
       .arguments = {kApplication},
       .options = {kReason, Output("where to write the deferral")},
       .run = Defer},
      {.name = "approve",
       .summary = "approve a proposal with an officer's key, or with a root key",
       .details = "Needs no running node. Says what the proposal would do. Root keys approve what `hansa root` "
                  "proposes, officers all else.",
       .example = "hansa approve proposal.json --key officer.key -o approval.json",
       .arguments = {{"PROPOSAL", "the proposal file"}},
       .options = {{.name = "--key", .value = "FILE", .help = "the key to approve with", .need = Need::kRequired},
                   Output("where to write the approval")},
       .run = Approve},
  };
}

}  // namespace hansa::node::cli
