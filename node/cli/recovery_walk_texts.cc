#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "node/cli/json_parts.h"
#include "node/cli/recovery_walk.h"
#include "node/cli/text_width.h"
#include "node/cli/texts.h"

namespace hansa::node::cli {
namespace {

using json::Json;
using json::OrNull;

// How it stands, in a sentence or two.
std::string Verdict(const RecoveryFacts& facts, WalkState state, const words::Words& words) {
  switch (state) {
    case WalkState::kWell:
      if (!facts.is_running) {
        return words("nothing was lost; there is nothing to do but to start the node: hansad --data {0}", facts.folder);
      }
      return facts.fence == "open" || facts.fence == "unconfirmed"
                 ? words("nothing was lost; there is nothing to do")
                 : words("nothing was lost that shows here; `hansa status` says why the node does not publish yet");
    case WalkState::kNotSetUp:
      return words("nothing is set up in {0}: if its disk was lost, this is the way back", facts.folder);
    case WalkState::kUnknown:
      return words(
          "{0} has no list of members yet: if it is a new member, nothing was lost, and it waits until it is admitted; "
          "if "
          "its disk was lost, this is the way back",
          facts.slug);
    case WalkState::kApplicant:
      return words("{0} is not in the list of members: nothing of it was lost; wait until it is admitted", facts.slug);
    case WalkState::kDamaged:
      return words(
          "the store is damaged: start the node, which sets aside what is spoilt and fetches anew what others have; "
          "then "
          "run `hansa recover` again");
    case WalkState::kEnded:
      return facts.ended == "retired"
                 ? words(
                       "{0} is no longer a member: it left the network, and no key brings it back; ask the secretariat "
                       "if that is wrong",
                       facts.slug)
                 : words(
                       "{0} is no longer a member: its key is not trusted any more, and no other one brings it back; "
                       "ask the secretariat if that is wrong",
                       facts.slug);
    case WalkState::kMoved:
      return words(
          "{0} goes on under a newer key on another machine, and this one must not be used any more: stop it for good; "
          "a new request from here would take the key away from the machine that works (if there is no such machine, "
          "ask the secretariat, then `hansa recover -o FILE --even-so`)",
          facts.slug);
    case WalkState::kRecovering:
      return words("{0} is on the way from a loss, or a change of key, to publishing again", facts.slug);
    case WalkState::kRecovered:
      return words("{0} goes on under its key of incarnation {1}; there is nothing left to do", facts.slug,
                   facts.incarnation);
  }
  return "";
}

std::string HereLines(const RecoveryFacts& facts, const words::Words& words) {
  if (facts.member == 0) return "";
  std::string text = absl::StrCat(words("what is held here of its own:"), "\n");
  if (facts.here.empty()) absl::StrAppend(&text, "  ", words("nothing"), "\n");
  for (const FeedHere& feed : facts.here) {
    absl::StrAppend(
        &text, "  ",
        words("{0}, incarnation {1}: {2}", words(feed.collection), feed.incarnation, EntryCount(feed.length, words)),
        "\n");
  }
  return text;
}

std::string PeerLine(const PeerHolds& peer, const words::Words& words) {
  const std::string name = Printable(peer.member.empty() ? peer.address : peer.member);
  if (!peer.is_connected) return words("{0}: not connected, so what it holds is not known", name);
  if (peer.behind_entries > 0) {
    return words("{0}: {1} ({2}) that are not here yet", name, EntryCount(peer.behind_entries, words),
                 BytesInWords(peer.behind_bytes));
  }
  if (peer.is_equal) return words("{0}: holds all that is here, and nothing more", name);
  return words("{0}: connected; the comparison is under way", name);
}

std::string PeerLines(const RecoveryFacts& facts, const words::Words& words) {
  if (!facts.is_running) return absl::StrCat(words("what others hold is known once the node runs"), "\n");
  std::string text = absl::StrCat(words("what others hold:"), "\n");
  if (facts.peers.empty()) absl::StrAppend(&text, "  ", words("no other node is known"), "\n");
  for (const PeerHolds& peer : facts.peers) absl::StrAppend(&text, "  ", PeerLine(peer, words), "\n");
  return text;
}

std::string StepLines(const Walk& walk, const Layout& layout) {
  const words::Words& words = layout.words;
  std::string text = absl::StrCat(words("step by step:"), "\n");
  for (std::size_t i = 0; i < walk.steps.size(); ++i) {
    const WalkStep& step = walk.steps[i];
    const std::string state = words(StepStateName(step.state));
    absl::StrAppend(&text, "  ", i + 1, ". [", step.state == StepState::kNext ? Bold(state, layout) : state, "] ",
                    words.Translated(step.what), "\n");
    if (step.state == StepState::kNext) absl::StrAppend(&text, "     ", words.Translated(step.remedy), "\n");
  }
  return text;
}

}  // namespace

std::string TextOf(const RecoveryFacts& facts, const Walk& walk, const Layout& layout) {
  const words::Words& words = layout.words;
  std::string text = absl::StrCat(Verdict(facts, walk.state, words), "\n");
  if (!facts.lost.empty()) absl::StrAppend(&text, words.Translated(facts.lost), "\n");
  if (!facts.damage.empty()) absl::StrAppend(&text, words.Translated(facts.damage), "\n");
  absl::StrAppend(&text, HereLines(facts, words));
  if (walk.steps.empty()) return text;
  if (facts.is_set_up) absl::StrAppend(&text, PeerLines(facts, words));
  return absl::StrCat(text, StepLines(walk, layout));
}

std::string JsonOf(const RecoveryFacts& facts, const Walk& walk) {
  Json here = Json::array();
  for (const FeedHere& feed : facts.here) {
    here.push_back({{"collection", feed.collection}, {"incarnation", feed.incarnation}, {"length", feed.length}});
  }
  Json peers = Json::array();
  for (const PeerHolds& peer : facts.peers) {
    peers.push_back({{"member", OrNull(peer.member)},
                     {"address", OrNull(peer.address)},
                     {"connected", peer.is_connected},
                     {"equal", peer.is_equal},
                     {"behind_entries", peer.behind_entries},
                     {"behind_bytes", peer.behind_bytes}});
  }
  Json steps = Json::array();
  for (std::size_t i = 0; i < walk.steps.size(); ++i) {
    const WalkStep& step = walk.steps[i];
    steps.push_back({{"number", i + 1},
                     {"name", step.name},
                     {"state", StepStateName(step.state)},
                     {"what", step.what},
                     {"do", OrNull(step.remedy)}});
  }
  const Json all = {{"state", WalkStateName(walk.state)},
                    {"slug", OrNull(facts.slug)},
                    {"member", OrNull(std::uint64_t{facts.member})},
                    {"incarnation", OrNull(std::uint64_t{facts.incarnation})},
                    {"running", facts.is_running},
                    {"fence", OrNull(facts.fence)},
                    {"in_sync", facts.in_sync},
                    {"writer_key", OrNull(facts.key)},
                    {"is_present_key", facts.is_present_key},
                    {"was_asked_for", facts.was_asked_for},
                    {"lost", OrNull(facts.lost.empty() ? facts.damage : facts.lost)},
                    {"here", here},
                    {"peers", peers},
                    {"unsealed", facts.unsealed},
                    {"steps", steps}};
  return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace hansa::node::cli
