// A node's own keys: shown, changed as planned, replaced after a loss; and a person's word for where a feed ends. Keys
// are read and made here; the node is asked for what the roster says.
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "hansa/v1/node.pb.h"
#include "node/charter.h"
#include "node/cli/command.h"
#include "node/cli/exit_code.h"
#include "node/cli/invocation.h"
#include "node/cli/member_life_texts.h"
#include "node/cli/own_life.h"
#include "node/cli/recovery_walk.h"
#include "node/cli/text_width.h"
#include "node/domain/text.h"
#include "node/membership/json_file.h"
#include "node/membership/new_key.h"
#include "node/membership/proposal.h"
#include "node/membership/recovery_file.h"
#include "node/membership/seal_request.h"
#include "node/node_folder.h"
#include "replication/check.h"
#include "replication/collections.h"
#include "replication/root_document.h"

namespace hansa::node::cli {
namespace {

using replication::PublicKey;

constexpr char kRecoverFence[] = "recover";  // as GetStatusReply says it
constexpr std::uint32_t kMemberMax = 0xFFFFFFFE;
constexpr std::uint32_t kIncarnationMax = 1'000'000;

// What a request for a new key is, and what to do with it.
absl::StatusOr<int> WriteKeyRequest(Invocation& invocation, const membership::NewKey& key) {
  const std::string path = invocation.values().Text("-o");
  const absl::StatusOr<std::string> charter_json =
      ReadFile(NodePaths(invocation.DataFolder()).charter, membership::kFileBytesMax);
  HANSA_RETURN_IF_ERROR(charter_json.status());
  const absl::StatusOr<Charter> charter = DecodeCharter(*charter_json);
  HANSA_RETURN_IF_ERROR(charter.status());
  const absl::StatusOr<membership::RecoveryFile> says = membership::ReadRecovery(key.request, NetworkOf(*charter));
  HANSA_RETURN_IF_ERROR(says.status());
  HANSA_RETURN_IF_ERROR(invocation.Write(path, key.request));
  const words::Words words = invocation.words();
  std::string text = words("wrote the request {0}: {1}, member {2}, asks to go on under a new key, incarnation {3}",
                           path, says->slug, says->says.member.value(), says->says.incarnation.value());
  absl::StrAppend(&text, "\n", words("the new key, to be read out when the secretariat calls: {0}", key.writer.hex()),
                  "\n",
                  key.was_there ? words("it was asked for before: the request is the same")
                                : words("the key before it was set aside in {0}; nothing is signed with it any more",
                                        NodePaths(invocation.DataFolder()).keys),
                  "\n",
                  words("next: send the request to the secretariat and start this node again; once the secretariat has "
                        "reinstated the member, and the node is up to date, run `hansa recover` once more"),
                  "\n");
  invocation.Report(JsonOf(WrittenRequest{.form = "recovery",
                                          .path = path,
                                          .slug = says->slug,
                                          .member = says->says.member.value(),
                                          .incarnation = says->says.incarnation.value(),
                                          .writer_key = key.writer.hex(),
                                          .was_there = key.was_there}),
                    text);
  return kDone;
}

absl::StatusOr<int> AskForKey(Invocation& invocation, const OwnLife& life) {
  const absl::StatusOr<membership::NewKey> key =
      membership::TakeNewKey({.folder = invocation.DataFolder(),
                              .member = replication::Member(life.member),
                              .present = replication::Incarnation(life.incarnation),
                              .present_writer = life.writer});
  HANSA_RETURN_IF_ERROR(key.status());
  return WriteKeyRequest(invocation, *key);
}

// Asks for the end of older feeds, as far as this node has got them back.
absl::StatusOr<int> AskForEnds(Invocation& invocation, const OwnLife& life) {
  if (!life.in_sync && !invocation.values().Has("--even-so")) {
    return absl::FailedPreconditionError(
        "this node is not up to date yet: what it has not got back would be left out for ever; wait until `hansa "
        "status --check` is content, or give --even-so");
  }
  const NodePaths paths(invocation.DataFolder());
  const absl::StatusOr<Identity> identity = ReadIdentity(paths.identity);
  HANSA_RETURN_IF_ERROR(identity.status());
  const absl::StatusOr<std::string> charter_json = ReadFile(paths.charter, membership::kFileBytesMax);
  HANSA_RETURN_IF_ERROR(charter_json.status());
  const absl::StatusOr<Charter> charter = DecodeCharter(*charter_json);
  HANSA_RETURN_IF_ERROR(charter.status());
  const absl::StatusOr<replication::Seed> seed = ReadKey(paths.writer_key);
  HANSA_RETURN_IF_ERROR(seed.status());
  const words::Words words = invocation.words();
  const std::string path = invocation.values().Text("-o");
  WrittenRequest request{.form = "seal-request",
                         .path = path,
                         .slug = identity->slug,
                         .member = life.member,
                         .incarnation = life.incarnation,
                         .writer_key = life.writer->hex()};
  std::vector<replication::SealList> lists;
  std::string text = absl::StrCat(words("wrote the request {0}:", path), "\n");
  for (const std::string& body : life.unsealed) {
    absl::StatusOr<replication::SealList> list = replication::DecodeSealConsent(body);
    HANSA_RETURN_IF_ERROR(list.status());
    request.ends.push_back(membership::InWords(replication::roster_kind::kSeal, Encode(*list)));
    absl::StrAppend(&text, "  ", Printable(words.Translated(request.ends.back())), "\n");
    lists.push_back(*std::move(list));
  }
  HANSA_RETURN_IF_ERROR(invocation.Write(path, membership::SignSealRequest(NetworkOf(*charter), identity->slug, lists,
                                                                           *replication::SodiumSigner(*seed))));
  absl::StrAppend(
      &text, words("next: send it to the secretariat; once it has ended the older feeds, this node may publish"), "\n");
  invocation.Report(JsonOf(request), text);
  return kDone;
}

absl::Status NotKnown(const std::string& folder) {
  return absl::InvalidArgumentError(
      absl::StrCat(folder,
                   " holds no list of members, so it does not know which member it is: ask the secretariat by "
                   "telephone for its number and its incarnation, and give them with --member and "
                   "--incarnation"));
}

// A key that works is not given up by mistake.
absl::Status CheckIsLost(const Invocation& invocation, const OwnLife& life) {
  if (life.fence == kRecoverFence || invocation.values().Has("--even-so")) return absl::OkStatus();
  if (!life.is_running) {
    return absl::FailedPreconditionError(
        "the key of this folder is the one in the list of members: start the node, and `hansa status` tells whether "
        "anything was lost; give --even-so if you know it without");
  }
  return absl::FailedPreconditionError(
      "this node does not say that it lost anything; for a new key as planned use `hansa key rotate`, or give "
      "--even-so");
}

// That it is a member still, and that a request from here takes the key from no other machine that works.
absl::Status CheckGoesOnHere(const Invocation& invocation, const OwnLife& life, const std::optional<PublicKey>& own) {
  if (!HowItEnded(life.state).empty()) {
    return absl::FailedPreconditionError(
        "this member's membership was ended, and no new key brings it back; ask the secretariat if that is wrong");
  }
  if (!life.IsEarlier(own) || invocation.values().Has("--even-so")) return absl::OkStatus();
  return absl::FailedPreconditionError(
      "this member goes on under a newer key on another machine, and a request from here would take the key away from "
      "that one: stop this one for good; if there is no such machine, ask the secretariat, then `hansa recover -o FILE "
      "--even-so`");
}

// How far it has come, and what is next; changes nothing.
absl::StatusOr<int> ShowWalk(Invocation& invocation) {
  for (const char* of_a_request : {"--member", "--incarnation", "--even-so"}) {
    if (!invocation.values().Has(of_a_request)) continue;
    return absl::InvalidArgumentError(absl::StrCat(of_a_request, " goes with -o; give -o FILE"));
  }
  const absl::StatusOr<RecoveryFacts> facts = GatherRecovery(invocation);
  HANSA_RETURN_IF_ERROR(facts.status());
  const Walk walk = WalkOf(*facts);
  invocation.Show(JsonOf(*facts, walk), TextOf(*facts, walk, invocation.layout()));
  return kDone;
}

absl::StatusOr<int> Recover(Invocation& invocation) {
  if (!invocation.values().Has("-o")) return ShowWalk(invocation);
  const std::string folder = invocation.DataFolder();
  absl::StatusOr<OwnLife> life = FindOwnLife(invocation);
  HANSA_RETURN_IF_ERROR(life.status());
  HANSA_RETURN_IF_ERROR(TakeWhatWasTold(invocation.values(), *life));
  const absl::StatusOr<std::optional<PublicKey>> own = PublicKeyAt(NodePaths(folder).writer_key);
  HANSA_RETURN_IF_ERROR(own.status());
  if (life->member == 0) {
    const std::optional<membership::NewKey> pending = membership::PendingKey(folder);
    return pending ? WriteKeyRequest(invocation, *pending) : NotKnown(folder);
  }
  HANSA_RETURN_IF_ERROR(CheckGoesOnHere(invocation, *life, *own));
  if (!life->writer || *own != life->writer) return AskForKey(invocation, *life);
  if (!life->unsealed.empty() && life->fence != kRecoverFence) return AskForEnds(invocation, *life);
  HANSA_RETURN_IF_ERROR(CheckIsLost(invocation, *life));
  return AskForKey(invocation, *life);
}

absl::StatusOr<int> KeyRotate(Invocation& invocation) {
  const std::string folder = invocation.DataFolder();
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  const absl::StatusOr<OwnLife> life = AskOwnLife(*node);
  HANSA_RETURN_IF_ERROR(life.status());
  const absl::StatusOr<std::optional<PublicKey>> own = PublicKeyAt(NodePaths(folder).writer_key);
  HANSA_RETURN_IF_ERROR(own.status());
  if (life->member == 0) {
    return absl::FailedPreconditionError("this node is not a member yet; it changes no key before it is admitted");
  }
  HANSA_RETURN_IF_ERROR(CheckGoesOnHere(invocation, *life, *own));
  const bool waits = *own != life->writer;  // it was rotated before, and not reinstated yet
  if (!waits) {
    v1::EndFeedsReply ended;
    HANSA_RETURN_IF_ERROR(node->Ask(v1::EndFeedsRequest(), ended));
  }
  return AskForKey(invocation, *life);
}

absl::StatusOr<int> KeyShow(Invocation& invocation) {
  const NodePaths paths(invocation.DataFolder());
  const absl::StatusOr<Identity> identity = ReadIdentity(paths.identity);
  HANSA_RETURN_IF_ERROR(identity.status());
  KeyReport report{.slug = identity->slug, .writer_key = ""};
  const absl::StatusOr<std::optional<PublicKey>> writer = PublicKeyAt(paths.writer_key);
  HANSA_RETURN_IF_ERROR(writer.status());
  if (*writer) report.writer_key = (*writer)->hex();
  const absl::StatusOr<std::optional<PublicKey>> tls = PublicKeyAt(paths.tls_key);
  HANSA_RETURN_IF_ERROR(tls.status());
  if (*tls) report.tls = {(*tls)->hex(), replication::PinOf(replication::SodiumCrypto(), **tls).hex()};
  const absl::StatusOr<std::optional<PublicKey>> roster = PublicKeyAt(paths.roster_key);
  HANSA_RETURN_IF_ERROR(roster.status());
  if (*roster) report.roster_key = (*roster)->hex();
  if (!identity->is_key_file()) {
    const absl::StatusOr<OwnLife> life = FindOwnLife(invocation);
    HANSA_RETURN_IF_ERROR(life.status());
    report.member = life->member;
    report.incarnation = life->incarnation;
    if (life->writer) report.is_present_key = *writer == life->writer;
    report.was_asked_for = membership::PendingKey(paths.folder).has_value();
  }
  invocation.Show(JsonOf(report), TextOf(report, invocation.layout()));
  return kDone;
}

absl::StatusOr<int> RosterConfirm(Invocation& invocation) {
  const std::string where = invocation.values().Text("LEN:HEAD");
  const std::vector<std::string> parts = absl::StrSplit(where, ':');
  std::uint64_t length = 0;
  const bool is_form = parts.size() == 2 && absl::SimpleAtoi(parts[0], &length) && length > 0 &&
                       replication::Hash::FromHexText(parts[1]).has_value();
  if (!is_form) {
    return absl::InvalidArgumentError(
        absl::StrCat(domain::Quoted(where),
                     " is not LEN:HEAD: a number of entries and the hash of the last, 64 hex "
                     "digits, as `hansa feeds roster --json` shows them elsewhere"));
  }
  v1::ConfirmFeedRequest request;
  request.set_collection(invocation.values().Has("--collection") ? invocation.values().Text("--collection")
                                                                 : replication::CollectionName({}));
  request.set_length(length);
  request.set_head(parts[1]);
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::ConfirmFeedReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  const words::Words words = invocation.words();
  invocation.Report(JsonOf(ConfirmedEnd{request.collection(), length, parts[1], reply.fence()}),
                    absl::StrCat(words("taken: the feed of {0} ends after entry {1}; publishing is {2}",
                                       words(request.collection()), Grouped(length), words(reply.fence())),
                                 "\n"));
  return kDone;
}

}  // namespace

std::vector<Command> RecoveryCommands() {
  const Option output{.name = "-o", .value = "FILE", .help = "where to write the request", .need = Need::kRequired};
  const Option even_so{.name = "--even-so", .help = "although nothing here says that it is time for it"};
  return {
      {.name = "recover",
       .summary =
           "after a disk loss, how far the way back is gone; with -o, ask the secretariat for the next step of it",
       .details =
           "With the node running or stopped, in its data folder. Without -o it changes nothing and tells what is held "
           "where, which steps are done, and what is next. With -o it asks the secretariat. First it makes a new key, "
           "sets the old one aside in "
           "the folder's keys, never overwriting one, and writes a request for it. A folder whose disk is gone is made "
           "anew with `hansa init` and the same name; its number and incarnation the secretariat tells by telephone. "
           "Once the member is reinstated and this node is up to date, the same command writes a request to end the "
           "older feeds at what it got back. Asking again writes the same request.",
       .example = "hansa recover -o request.json",
       .options = {{.name = "-o",
                    .value = "FILE",
                    .help = "where to write the request; without it, nothing is asked for"},
                   {.name = "--member",
                    .value = "NUMBER",
                    .help = "the member's number, where the folder does not know it",
                    .number = NumberRange{1, kMemberMax}},
                   {.name = "--incarnation",
                    .value = "N",
                    .help = "its present incarnation, where the folder does not know it",
                    .number = NumberRange{1, kIncarnationMax}},
                   even_so},
       .run = Recover},
      {.name = "key show",
       .summary = "this folder's public keys, and whether the list of members has them",
       .details = "Needs no running node. Secret keys are never shown.",
       .example = "hansa key show",
       .run = KeyShow},
      {.name = "key rotate",
       .summary = "change the key that signs this member's feeds, as planned",
       .details =
           "Ends every feed under the present key, which consents to the new one; then as `hansa recover`. Nothing "
           "can be published until the secretariat has reinstated the member and ended its older feeds.",
       .example = "hansa key rotate -o request.json",
       .options = {output},
       .run = KeyRotate},
      {.name = "roster confirm",
       .summary = "say where a feed that this node writes ends, when no other hub can confirm it",
       .details =
           "Compare first with what other members hold: `hansa feeds roster --json` on their nodes. A wrong word "
           "here makes two histories under one key, which nobody can mend but by a new key.",
       .example = "hansa roster confirm "
                  "41:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 --data league/hub",
       .arguments = {{"LEN:HEAD", "number of entries, and the hash of the last"}},
       .options = {{.name = "--collection",
                    .value = "COLLECTION",
                    .help = "another feed of this node than the roster"}},
       .run = RosterConfirm},
  };
}

}  // namespace hansa::node::cli
