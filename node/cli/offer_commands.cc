// Offers, what is said to them, and the partnerships that come of them.
#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "hansa/v1/node.pb.h"
#include "node/bundle/bundle.h"
#include "node/charter.h"
#include "node/cli/command.h"
#include "node/cli/exit_code.h"
#include "node/cli/file_commands.h"
#include "node/cli/invocation.h"
#include "node/cli/muted_words.h"
#include "node/cli/offer_matches_texts.h"
#include "node/cli/partnership_texts.h"
#include "node/cli/peer_learning_json.h"
#include "node/cli/peer_learning_texts.h"
#include "node/cli/practice_json.h"
#include "node/cli/publishing_acts.h"
#include "node/node_folder.h"
#include "replication/check.h"

namespace hansa::node::cli {
namespace {

// Of a question and its answer that are shown as they are.
template <typename Reply>
absl::StatusOr<int> Ask(Invocation& invocation, const google::protobuf::Message& request) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  Reply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  invocation.Show(JsonOf(reply), TextOf(reply, invocation.layout()));
  return kDone;
}

// A node that keeps only what it follows cannot tell what others signed: it says so rather than seem to know.
absl::Status SayWhatIsNotKept(Invocation& invocation) {
  if (invocation.json()) return absl::OkStatus();
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::GetStatusReply status;
  HANSA_RETURN_IF_ERROR(node->Ask(v1::GetStatusRequest(), status));
  if (status.keep() == "followed") {
    invocation.Warn(
        "this node keeps only what it follows, so it cannot tell what others have signed or replied; hansa keep all "
        "brings it here");
  }
  return absl::OkStatus();
}

absl::StatusOr<int> Publish(Invocation& invocation) {
  const std::string file = invocation.values().Text("FILE");
  absl::StatusOr<std::string> content = invocation.Read(file);
  HANSA_RETURN_IF_ERROR(content.status());
  v1::PublishOfferRequest request;
  request.set_file(NameOf(file));
  request.set_content(*std::move(content));
  return PublishedBy(invocation, request, Act::kPublished);
}

absl::StatusOr<int> List(Invocation& invocation) {
  v1::ListOffersRequest request;
  request.set_member(invocation.values().Text("--city"));
  request.set_state(invocation.values().Text("--state"));
  request.set_with_muted(invocation.values().Has("--with-muted"));
  HANSA_RETURN_IF_ERROR(SayWhatIsNotKept(invocation));
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::ListOffersReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  ShowList(invocation, JsonOf(reply), TextOf(reply, invocation.layout()), reply.muted());
  return kDone;
}

absl::StatusOr<int> Revise(Invocation& invocation) {
  const std::string file = invocation.values().Text("FILE");
  absl::StatusOr<std::string> content = invocation.Read(file);
  HANSA_RETURN_IF_ERROR(content.status());
  v1::ReviseOfferRequest request;
  request.set_id(invocation.values().Text("ID"));
  request.set_file(NameOf(file));
  request.set_content(*std::move(content));
  request.set_reason(invocation.values().Text("--reason"));
  return PublishedBy(invocation, request, Act::kPublished);
}

absl::StatusOr<int> Show(Invocation& invocation) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::GetOfferRequest request;
  request.set_id(invocation.values().Text("ID"));
  request.set_revision(invocation.values().Number("--revision").value_or(0));
  v1::GetOfferReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  HANSA_RETURN_IF_ERROR(ShowWithFiles(
      invocation, *node, {reply.offer().id(), request.revision(), JsonOf(reply), TextOf(reply, invocation.layout())}));
  return kDone;
}

absl::StatusOr<int> Matches(Invocation& invocation) {
  v1::FindMatchesRequest request;
  request.set_id(invocation.values().Text("ID"));
  request.set_with_muted(invocation.values().Has("--with-muted"));
  HANSA_RETURN_IF_ERROR(SayWhatIsNotKept(invocation));
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::FindMatchesReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  ShowList(invocation, JsonOf(reply), TextOf(reply, invocation.layout()), reply.muted());
  return kDone;
}

absl::StatusOr<int> Reply(Invocation& invocation) {
  v1::ReplyToOfferRequest request;
  request.set_id(invocation.values().Text("ID"));
  request.set_text(invocation.values().Text("TEXT"));
  request.set_intent(invocation.values().Text("--intent"));
  request.set_language(invocation.values().Text("--language"));
  return PublishedBy(invocation, request, Act::kReplied);
}

absl::StatusOr<int> Accept(Invocation& invocation) {
  v1::AcceptOfferRequest request;
  request.set_id(invocation.values().Text("ID"));
  request.set_with(invocation.values().Text("--with"));
  request.set_note(invocation.values().Text("--note"));
  request.set_approved_by(invocation.values().Text("--approved-by"));
  return PublishedBy(invocation, request, Act::kAccepted);
}

absl::StatusOr<int> Decline(Invocation& invocation) {
  v1::DeclineOfferRequest request;
  request.set_id(invocation.values().Text("ID"));
  request.set_reason(invocation.values().Text("--reason"));
  return PublishedBy(invocation, request, Act::kDeclined);
}

absl::StatusOr<int> Leave(Invocation& invocation) {
  v1::LeavePartnershipRequest request;
  request.set_id(invocation.values().Text("ID"));
  request.set_reason(invocation.values().Text("--reason"));
  return PublishedBy(invocation, request, Act::kLeft);
}

absl::StatusOr<int> Conclude(Invocation& invocation) {
  v1::ConcludeOfferRequest request;
  request.set_id(invocation.values().Text("ID"));
  request.set_how(invocation.values().Text("--how"));
  request.set_outcome(invocation.values().Text("--outcome"));
  return PublishedBy(invocation, request, Act::kConcluded);
}

absl::StatusOr<int> Withdraw(Invocation& invocation) {
  v1::WithdrawOfferRequest request;
  request.set_id(invocation.values().Text("ID"));
  request.set_reason(invocation.values().Text("--reason"));
  return PublishedBy(invocation, request, Act::kWithdrawn);
}

absl::StatusOr<Charter> CharterFor(Invocation& invocation) {
  const bool is_named = invocation.values().Has("--charter");
  const std::string file =
      is_named ? invocation.values().Text("--charter") : NodePaths(invocation.DataFolder()).charter;
  const absl::StatusOr<std::string> json = invocation.Read(file);
  if (!json.ok() && !is_named) {
    return absl::NotFoundError(
        absl::StrCat(json.status().message(), "; name the network's charter with --charter FILE"));
  }
  HANSA_RETURN_IF_ERROR(json.status());
  absl::StatusOr<Charter> charter = DecodeCharter(*json);
  return charter.ok() ? charter : About(file, charter.status());
}

absl::StatusOr<v1::VerifyPartnershipReply> Proof(Invocation& invocation) {
  const Values& values = invocation.values();
  v1::VerifyPartnershipReply reply;
  if (!values.Has("--bundle")) {
    v1::VerifyPartnershipRequest request;
    request.set_id(values.Text("--verify"));
    HANSA_RETURN_IF_ERROR(SayWhatIsNotKept(invocation));
    absl::StatusOr<NodeClient> node = invocation.Node();
    HANSA_RETURN_IF_ERROR(node.status());
    HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
    return reply;
  }
  const absl::StatusOr<Charter> charter = CharterFor(invocation);
  HANSA_RETURN_IF_ERROR(charter.status());
  const absl::StatusOr<std::string> bytes = invocation.Read(values.Text("--bundle"), bundle::kBundleBytesMax);
  HANSA_RETURN_IF_ERROR(bytes.status());
  const absl::Status verified = bundle::VerifyBundledPartnership(*charter, *bytes, values.Text("--verify"), reply);
  if (!verified.ok()) return About(NameOf(values.Text("--bundle")), verified);
  return reply;
}

// One of them, with the text that its parties sign.
absl::StatusOr<int> ShowPartnership(Invocation& invocation) {
  const Values& values = invocation.values();
  for (const char* other : {"--city", "--verify", "--bundle", "--charter"}) {
    if (!values.Has(other)) continue;
    return absl::InvalidArgumentError(
        absl::StrCat("an ID shows one partnership, and ", other, " does something else; leave out one of both"));
  }
  HANSA_RETURN_IF_ERROR(SayWhatIsNotKept(invocation));
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::VerifyPartnershipRequest request;
  request.set_id(values.Text("ID"));
  v1::VerifyPartnershipReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  invocation.Show(JsonOf(reply.partnership()), TextOf(reply.partnership(), invocation.layout()));
  return kDone;
}

absl::StatusOr<int> Partnerships(Invocation& invocation) {
  const Values& values = invocation.values();
  if (values.Has("ID")) return ShowPartnership(invocation);
  if (values.Has("--charter") && !values.Has("--bundle")) {
    return absl::InvalidArgumentError("--charter goes with --bundle FILE; say which bundle to check");
  }
  if (!values.Has("--verify")) {
    if (values.Has("--bundle")) {
      return absl::InvalidArgumentError("--bundle goes with --verify ID; say which partnership to check");
    }
    v1::ListPartnershipsRequest request;
    request.set_member(values.Text("--city"));
    HANSA_RETURN_IF_ERROR(SayWhatIsNotKept(invocation));
    return Ask<v1::ListPartnershipsReply>(invocation, request);
  }
  const absl::StatusOr<v1::VerifyPartnershipReply> proof = Proof(invocation);
  HANSA_RETURN_IF_ERROR(proof.status());
  invocation.Show(JsonOf(*proof), TextOf(*proof, invocation.layout()));
  if (proof->ok()) return kDone;
  invocation.Complain("this is not a partnership that all its parties have signed; see the list above");
  return kFailed;
}

absl::StatusOr<int> BundleExport(Invocation& invocation) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::ExportBundleRequest request;
  request.set_partnership(invocation.values().Text("--partnership"));
  v1::ExportBundleReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  const std::string file = invocation.values().Text("FILE");
  HANSA_RETURN_IF_ERROR(invocation.Write(file, reply.bundle()));
  invocation.Report(JsonOfBundle(file, reply),
                    absl::StrCat(invocation.words()("wrote {0}: partnership {1}, to be checked with the charter alone",
                                                    file, reply.partnership()),
                                 "\n"));
  return kDone;
}

}  // namespace

std::vector<Command> OfferCommands() {
  constexpr std::uint32_t kRevisionsMax = 1'000'000;
  const Argument offer{"ID", "record of an offer, or its first 6 digits and more"};
  const Argument either{"ID", "an offer or a partnership, or the first 6 digits and more"};
  const Option reason{.name = "--reason", .value = "TEXT", .help = "why; everyone can read it"};
  return {
      {.name = "offers publish",
       .summary = "publish an offer or a request: everyone in the network will see it",
       .details =
           "The file is a JSON object, or Markdown with a TOML head between lines of +++. An offer with status = "
           "\"historical\" is an account of the past; one with \"example\" is marked as such wherever it is shown.",
       .example = "hansa offers publish exchange.json",
       .arguments = {{"FILE", "a JSON object, or Markdown with a TOML head; or '-'"}},
       .run = Publish},
      {.name = "offers list",
       .summary = "the offers held, by city and title",
       .example = "hansa offers list --state open",
       .options = {{.name = "--state",
                    .value = "STATE",
                    .help = "only these: open, closed, past, agreed, concluded, withdrawn"},
                   {.name = "--city", .value = "MEMBER", .help = "of this member; its slug"},
                   WithMutedOption()},
       .run = List},
      {.name = "offers show",
       .summary = "one offer, what was said to it and what came of it",
       .example = "hansa offers show 5f0c2a91d3e4",
       .arguments = {offer},
       .options = {{.name = "--revision",
                    .value = "N",
                    .help = "an earlier revision, from 1",
                    .number = NumberRange{1, kRevisionsMax}}},
       .run = Show},
      {.name = "offers revise",
       .summary = "publish an offer anew; earlier versions stay readable",
       .details = "Whoever has accepted it stays with the text that was signed, and whoever accepts it from then on "
                  "signs the new one. Its files stay.",
       .example = "hansa offers revise 5f0c2a91d3e4 exchange.json --reason 'the dates have moved'",
       .arguments = {offer, {"FILE", "a JSON object, or Markdown with a TOML head; or '-'"}},
       .options = {{.name = "--reason", .value = "TEXT", .help = "why it is revised"}},
       .run = Revise},
      {.name = "offers matches",
       .summary = "open offers and requests of others that fit yours, each with the reasons",
       .details = "An offer fits a request if both have a subject in common, or if one is addressed to the other's "
                  "author. There is no score.",
       .example = "hansa offers matches 5f0c2a91d3e4",
       .arguments = {{"ID", "record of an offer, of whomever; all open ones of yours without it", Need::kOptional}},
       .options = {WithMutedOption()},
       .run = Matches},
      {.name = "offers reply",
       .summary = "say a word to an offer, for everyone to read",
       .example = "hansa offers reply 5f0c2a91d3e4 'We would like to take part.' --intent interested",
       .arguments = {{"ID", "an offer, or a reply to one"}, {"TEXT", "what to say"}},
       .options = {{.name = "--intent", .value = "WHAT", .help = "interested, question or answer"},
                   {.name = "--language", .value = "TAG", .help = "language of the text, such as ko"}},
       .run = Reply},
      {.name = "offers accept",
       .summary = "sign the text of a partnership",
       .details =
           "The text is drawn from the offer, so that all parties sign the same. A partnership is in force once its "
           "author and at least one other member have signed; the author accepts its own offer to sign it.",
       .example = "hansa offers accept 5f0c2a91d3e4 --approved-by 'head of the education department'",
       .arguments = {either},
       .options = {{.name = "--with",
                    .value = "MEMBER",
                    .help = "your choice, where several accepted an offer for one"},
                   {.name = "--note", .value = "TEXT", .help = "your own word, outside the text"},
                   {.name = "--approved-by", .value = "ROLE", .help = "who approved it: a role, never a person"}},
       .run = Accept},
      {.name = "offers decline",
       .summary = "say no to an offer, or to a reply to your own",
       .example = "hansa offers decline 5f0c2a91d3e4 --reason 'not this year'",
       .arguments = {{"ID", "an offer, or a reply to one"}},
       .options = {reason},
       .run = Decline},
      {.name = "offers leave",
       .summary = "leave a partnership; the others go on",
       .example = "hansa offers leave 5f0c2a91d3e4 --reason 'the project has ended here'",
       .arguments = {either},
       .options = {reason},
       .run = Leave},
      {.name = "offers conclude",
       .summary = "say that an offer or a partnership is over, and what came of it",
       .example = "hansa offers conclude 5f0c2a91d3e4 --outcome 'three visits and a handbook'",
       .arguments = {either},
       .options = {{.name = "--how",
                    .value = "HOW",
                    .help = "completed, ended early, continued otherwise, filled or without result"},
                   {.name = "--outcome", .value = "TEXT", .help = "what came of it"}},
       .run = Conclude},
      {.name = "offers withdraw",
       .summary = "take back an offer, a reply, an acceptance or a decline of yours",
       .example = "hansa offers withdraw 5f0c2a91d3e4",
       .arguments = {{"ID", "a record of yours, or its first 6 digits and more"}},
       .options = {reason},
       .run = Withdraw},
      {.name = "partnerships",
       .summary = "the partnerships that follow from what was signed; with --verify, a check of every signature",
       .details = "With ID that one alone, with the text that its parties sign. With --bundle no node is needed: the "
                  "charter and the file are enough. --verify exits 1 if something does not hold.",
       .example = "hansa partnerships --verify 5f0c2a91d3e4",
       .arguments = {{"ID", "a partnership, or the offer that led to it, or the first 6 digits and more",
                      Need::kOptional}},
       .options = {{.name = "--city", .value = "MEMBER", .help = "those that this member is party of"},
                   {.name = "--verify", .value = "ID", .help = "check this one, from the signed bytes"},
                   {.name = "--bundle", .value = "FILE", .help = "from this file instead of the node"},
                   {.name = "--charter", .value = "FILE", .help = "the network's charter, where no node's is at hand"}},
       .run = Partnerships},
      {.name = "bundle export",
       .summary = "write what proves a partnership into a file, for those without a node",
       .example = "hansa bundle export proof.bundle --partnership 5f0c2a91d3e4",
       .arguments = {{"FILE", "the file to write"}},
       .options = {{.name = "--partnership", .value = "ID", .help = "which one", .need = Need::kRequired}},
       .run = BundleExport},
  };
}

}  // namespace hansa::node::cli
