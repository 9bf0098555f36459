// hansa-forge: a program of nobody's that speaks the wire format. It shows a stolen key, or none, and sends what a
// liar would send; it also writes down every message a node says to it. For the demo and the system tests.
//
//   hansa-forge converse --keys DIR --to HOST:PORT [--record FILE]
//     DIR is a member's data folder, whose TLS key is shown. Reads commands from standard input, one a line, and
//     answers each by one JSON object on a line: rows · fetch FEED FROM FILE · send FILE · send-root APPROVAL ·
//     await-ack FEED LEN · false-checkpoint FEED LEN · second-history FEED LEN · ended. The end of the input ends the
//     stream.
//   hansa-forge knock --to HOST:PORT
//     Shows a key that nobody listed, and says what came of it.
//   hansa-forge alter value FROM TO | hashes | signature, then UNIT OUT
//     Makes an altered copy of a unit.
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/synchronization/notification.h"
#include "node/charter.h"
#include "node/membership/root_proposal.h"
#include "node/node_folder.h"
#include "node/wire/wire.h"
#include "replication/check.h"
#include "tests/system/forge/altering.h"
#include "tests/system/forge/member_session.h"

namespace hansa::forge {
namespace {

using Json = nlohmann::ordered_json;
using Words = std::vector<std::string>;

constexpr int kFailed = 1;
constexpr int kUsage = 2;
constexpr int kNotLetIn = 5;

void Tell(const Json& what) { std::cout << what.dump() << std::endl; }

Json Failure(const absl::Status& why) { return {{"ok", false}, {"why", std::string(why.message())}}; }

absl::StatusOr<replication::FeedId> FeedIn(const std::string& text) {
  const auto feed = replication::FeedId::FromHexText(text);
  if (!feed) return absl::InvalidArgumentError(absl::StrCat("'", text, "' is no feed: 32 hex digits"));
  return *feed;
}

absl::StatusOr<replication::Sequence> SequenceIn(const std::string& text) {
  std::uint64_t value = 0;
  if (!absl::SimpleAtoi(text, &value)) return absl::InvalidArgumentError(absl::StrCat("'", text, "' is no number"));
  return replication::Sequence(value);
}

absl::StatusOr<Json> DoRows(MemberSession& session) {
  const absl::StatusOr<std::vector<replication::FeedRow>> rows = session.Rows();
  HANSA_RETURN_IF_ERROR(rows.status());
  Json list = Json::array();
  for (const replication::FeedRow& row : *rows) {
    list.push_back({{"feed", row.feed.hex()}, {"length", row.len.value()}, {"head", row.head.hex()}});
  }
  return Json{{"ok", true}, {"rows", list}};
}

absl::StatusOr<Json> DoFetch(MemberSession& session, const Words& words) {
  const absl::StatusOr<replication::FeedId> feed = FeedIn(words[1]);
  HANSA_RETURN_IF_ERROR(feed.status());
  const absl::StatusOr<replication::Sequence> from = SequenceIn(words[2]);
  HANSA_RETURN_IF_ERROR(from.status());
  const absl::StatusOr<replication::Bytes> unit = session.Fetch(*feed, *from);
  HANSA_RETURN_IF_ERROR(unit.status());
  const absl::StatusOr<replication::TransferUnit> decoded = replication::DecodeUnit(*unit);
  HANSA_RETURN_IF_ERROR(decoded.status());
  HANSA_RETURN_IF_ERROR(node::WriteFileAtomically(words[3], *unit, 0600));
  return Json{{"ok", true}, {"bytes", unit->size()}, {"through", decoded->end.len.value()}};
}

absl::StatusOr<Json> DoSend(MemberSession& session, const Words& words) {
  absl::StatusOr<std::string> unit = node::ReadFile(words[1]);
  HANSA_RETURN_IF_ERROR(unit.status());
  const std::size_t size = unit->size();
  HANSA_RETURN_IF_ERROR(session.Say(replication::UnitFrame{*std::move(unit)}));
  return Json{{"ok", true}, {"bytes", size}};
}

// The root document that was approved, with the signatures in that one file and no others.
absl::StatusOr<Json> DoSendRoot(MemberSession& session, const Words& words) {
  const absl::StatusOr<std::string> file = node::ReadFile(words[1]);
  HANSA_RETURN_IF_ERROR(file.status());
  const absl::StatusOr<node::membership::RootSignatures> approved = node::membership::DecodeRootSignatures(*file);
  HANSA_RETURN_IF_ERROR(approved.status());
  const replication::Bytes document = replication::EncodeSignedRoot({approved->body, approved->signatures});
  HANSA_RETURN_IF_ERROR(session.Say(replication::RootDocs{{document}}));
  return Json{{"ok", true}, {"signatures", approved->signatures.size()}};
}

absl::StatusOr<Json> DoAwaitAck(MemberSession& session, const Words& words) {
  const absl::StatusOr<replication::FeedId> feed = FeedIn(words[1]);
  HANSA_RETURN_IF_ERROR(feed.status());
  const absl::StatusOr<replication::Sequence> len = SequenceIn(words[2]);
  HANSA_RETURN_IF_ERROR(len.status());
  HANSA_RETURN_IF_ERROR(session.AwaitAck(*feed, *len));
  return Json{{"ok", true}};
}

// A checkpoint that names no entry there is. Signed by the author's key it proves a second history.
absl::StatusOr<Json> DoSayCheckpoint(MemberSession& session, const replication::NetworkId& network, const Words& words,
                                     const replication::Signer& signer) {
  const absl::StatusOr<replication::FeedId> feed = FeedIn(words[1]);
  HANSA_RETURN_IF_ERROR(feed.status());
  const absl::StatusOr<replication::Sequence> len = SequenceIn(words[2]);
  HANSA_RETURN_IF_ERROR(len.status());
  HANSA_RETURN_IF_ERROR(session.Say(replication::Have{MadeUpCheckpoint(network, *feed, *len, signer), ""}));
  return Json{{"ok", true}};
}

struct Command {
  std::size_t words;
  std::function<absl::StatusOr<Json>(const Words&)> act;
};

void Obey(MemberSession& session, const replication::NetworkId& network, const replication::Signer& writer) {
  const auto nobody = replication::SodiumSigner(node::RandomSeed());
  const std::map<std::string, Command> commands = {
      {"rows", {1, [&](const Words&) { return DoRows(session); }}},
      {"fetch", {4, [&](const Words& words) { return DoFetch(session, words); }}},
      {"send", {2, [&](const Words& words) { return DoSend(session, words); }}},
      {"send-root", {2, [&](const Words& words) { return DoSendRoot(session, words); }}},
      {"await-ack", {3, [&](const Words& words) { return DoAwaitAck(session, words); }}},
      {"false-checkpoint", {3, [&](const Words& words) { return DoSayCheckpoint(session, network, words, *nobody); }}},
      {"second-history", {3, [&](const Words& words) { return DoSayCheckpoint(session, network, words, writer); }}},
      {"ended",
       {1,
        [&](const Words&) {
          return Json{{"ok", true}, {"ended", session.ended()}};
        }}},
  };
  std::string line;
  while (std::getline(std::cin, line)) {
    const Words words = absl::StrSplit(line, ' ');
    const auto command = commands.find(words[0]);
    if (command == commands.end() || command->second.words != words.size()) {
      Tell(Failure(absl::InvalidArgumentError(absl::StrCat("not a command: ", line))));
      continue;
    }
    const absl::StatusOr<Json> answer = command->second.act(words);
    Tell(answer.ok() ? *answer : Failure(answer.status()));
  }
}

absl::StatusOr<replication::NetworkId> NetworkIn(const std::string& charter_path) {
  const absl::StatusOr<std::string> text = node::ReadFile(charter_path);
  HANSA_RETURN_IF_ERROR(text.status());
  const absl::StatusOr<node::Charter> charter = node::DecodeCharter(*text);
  HANSA_RETURN_IF_ERROR(charter.status());
  return node::NetworkOf(*charter);
}

int Converse(std::map<std::string, std::string>& options) {
  const node::NodePaths paths(options["--keys"]);
  const absl::StatusOr<replication::Seed> key = node::ReadKey(paths.tls_key);
  const absl::StatusOr<replication::Seed> writer = node::ReadKey(paths.writer_key);
  const absl::StatusOr<replication::NetworkId> network = NetworkIn(paths.charter);
  for (const absl::Status& read : {key.status(), writer.status(), network.status()}) {
    if (read.ok()) continue;
    Tell(Failure(read));
    return kFailed;
  }
  absl::StatusOr<std::unique_ptr<MemberSession>> session =
      MemberSession::Begin({*key, *network, options["--to"], options["--record"]});
  if (!session.ok()) {
    Tell(Failure(session.status()));
    return kNotLetIn;
  }
  Tell({{"ok", true}, {"opened", true}});
  Obey(**session, *network, *replication::SodiumSigner(*writer));
  return 0;
}

// One dial as a node would do it, so that what came of it is told in a node's words.
int Knock(std::map<std::string, std::string>& options) {
  struct Outcome {
    absl::Notification known;
    absl::Status status;
  };
  const auto outcome = std::make_shared<Outcome>();
  node::wire::Wire::Options wire_options;
  wire_options.tls_seed = node::RandomSeed();
  wire_options.sink = [outcome](const node::wire::WireEvent& event) {
    const auto* failed = std::get_if<node::wire::DialFailed>(&event);
    if (outcome->known.HasBeenNotified()) return;
    if (failed != nullptr) outcome->status = failed->why;
    outcome->known.Notify();
  };
  const absl::StatusOr<std::unique_ptr<node::wire::Wire>> wire = node::wire::Wire::Start(std::move(wire_options));
  if (!wire.ok()) {
    Tell(Failure(wire.status()));
    return kFailed;
  }
  (*wire)->Dial(options["--to"], {});
  outcome->known.WaitForNotification();
  Tell(outcome->status.ok() ? Json{{"ok", true}, {"opened", true}} : Failure(outcome->status));
  (*wire)->Shutdown();
  return outcome->status.ok() ? 0 : kNotLetIn;
}

int Alter(const Words& words) {
  const bool is_value = words[0] == "value" && words.size() == 5;
  const bool is_other = (words[0] == "hashes" || words[0] == "signature") && words.size() == 3;
  if (!is_value && !is_other) return kUsage;
  const absl::StatusOr<std::string> unit = node::ReadFile(words[words.size() - 2]);
  absl::StatusOr<replication::Bytes> altered = unit;
  if (unit.ok()) {
    altered = is_value               ? AlterPayload(*unit, words[1], words[2])
              : words[0] == "hashes" ? ComputeHashesAnew(*unit)
                                     : AlterSignature(*unit);
  }
  const absl::Status done = altered.ok() ? node::WriteFileAtomically(words.back(), *altered, 0600) : altered.status();
  Tell(done.ok() ? Json{{"ok", true}} : Failure(done));
  return done.ok() ? 0 : kFailed;
}

int Main(int argc, char** argv) {
  const Words words(argv + 1, argv + argc);
  if (words.size() > 1 && words[0] == "alter") return Alter({words.begin() + 1, words.end()});
  std::map<std::string, std::string> options;
  for (std::size_t i = 1; i + 1 < words.size(); i += 2) options[words[i]] = words[i + 1];
  if (words.size() > 1 && words[0] == "converse") return Converse(options);
  if (words.size() > 1 && words[0] == "knock") return Knock(options);
  std::cerr << "usage: hansa-forge converse --keys DIR --to HOST:PORT [--record FILE]\n"
               "       hansa-forge knock --to HOST:PORT\n"
               "       hansa-forge alter value FROM TO UNIT OUT | alter hashes UNIT OUT | alter signature UNIT OUT\n";
  return kUsage;
}

}  // namespace
}  // namespace hansa::forge

int main(int argc, char** argv) { return hansa::forge::Main(argc, argv); }
