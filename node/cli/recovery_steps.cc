// Which step of a recovery is done, and what is next: from the facts alone.
#include <string>

#include "absl/strings/str_cat.h"
#include "node/cli/recovery_walk.h"

namespace hansa::node::cli {
namespace {

constexpr char kRestart[] = "restart hansad, which takes the new key into use";

bool MaySign(const RecoveryFacts& facts) { return facts.fence == "open" || facts.fence == "unconfirmed"; }

bool IsReinstated(const RecoveryFacts& facts) { return facts.is_present_key && facts.incarnation > 1; }

// Something was lost that shows here, and no new key has made up for it.
bool IsLost(const RecoveryFacts& facts) {
  return facts.fence == "recover" || !facts.lost.empty() || (facts.member != 0 && !facts.is_present_key);
}

WalkState StateOf(const RecoveryFacts& facts) {
  if (!facts.is_set_up) return WalkState::kNotSetUp;
  if (!facts.ended.empty()) return WalkState::kEnded;
  if (!facts.damage.empty()) return WalkState::kDamaged;
  // Another request would take the key away from the machine that works.
  if (facts.is_earlier_key) return WalkState::kMoved;
  if (facts.member == 0) {
    if (facts.was_asked_for) return WalkState::kRecovering;
    return facts.has_roster ? WalkState::kApplicant : WalkState::kUnknown;
  }
  if (IsLost(facts) || !facts.unsealed.empty()) return WalkState::kRecovering;
  if (facts.incarnation == 1 || !facts.is_running) return WalkState::kWell;
  return facts.is_running && MaySign(facts) ? WalkState::kRecovered : WalkState::kRecovering;
}

std::string HowToSetUp(const RecoveryFacts& facts) {
  return absl::StrCat("run `hansa init --data ", facts.folder,
                      " --charter charter.json` with the kind, name and country of before, and the same --slug");
}

std::string HowToAsk(const RecoveryFacts& facts) {
  if (facts.member != 0) return "run `hansa recover -o request.json`";
  return "ask the secretariat by telephone for the member's number and incarnation, then run `hansa recover -o "
         "request.json --member NUMBER --incarnation N`";
}

std::string HowToBeReinstated(const RecoveryFacts& facts) {
  return absl::StrCat(
      "send the request to the secretariat (`hansa recover -o request.json` writes the same again), and "
      "read out the new key when it calls: ",
      facts.key, facts.is_running ? "" : "; then start the node");
}

std::string HowToFetch(const RecoveryFacts& facts) {
  if (facts.key_waits) return kRestart;
  if (!facts.is_running) return "start the node, and leave it connected with the hub or other members";
  return "leave the node running and connected: what was published comes back by itself; `hansa status` says when it "
         "is "
         "up to date";
}

std::string HowToPublish(const RecoveryFacts& facts) {
  if (facts.key_waits) return kRestart;
  if (!facts.is_running) return "start the node";
  return "leave the node running until the hub has confirmed that nothing is missing here";
}

}  // namespace

const char* WalkStateName(WalkState state) {
  switch (state) {
    case WalkState::kWell:
      return "well";
    case WalkState::kNotSetUp:
      return "not-set-up";
    case WalkState::kUnknown:
      return "unknown";
    case WalkState::kApplicant:
      return "applicant";
    case WalkState::kDamaged:
      return "damaged";
    case WalkState::kEnded:
      return "ended";
    case WalkState::kMoved:
      return "moved";
    case WalkState::kRecovering:
      return "recovering";
    case WalkState::kRecovered:
      return "recovered";
  }
  return "";
}

const char* StepStateName(StepState state) {
  return state == StepState::kDone ? "done" : state == StepState::kNext ? "next" : "later";
}

Walk WalkOf(const RecoveryFacts& facts) {
  Walk walk{.state = StateOf(facts), .steps = {}};
  const bool has_steps = walk.state == WalkState::kNotSetUp || walk.state == WalkState::kUnknown ||
                         walk.state == WalkState::kRecovering || walk.state == WalkState::kRecovered;
  if (!has_steps) return walk;
  bool all_done = true;
  // A step counts only once those before it are done.
  const auto add = [&](const char* name, bool done, const char* what, std::string remedy) {
    const bool is_next = all_done && !done;
    all_done = all_done && done;
    walk.steps.push_back({name,
                          all_done  ? StepState::kDone
                          : is_next ? StepState::kNext
                                    : StepState::kLater,
                          what, all_done ? "" : std::move(remedy)});
  };
  // A key that was lost as well, or is behind what it signed, needs another one, whatever was asked for before.
  const bool is_behind = facts.fence == "recover" || !facts.lost.empty();
  const bool is_reinstated = IsReinstated(facts) && !is_behind;
  const bool is_asked = is_reinstated || (facts.was_asked_for && !facts.is_present_key);
  add("set-up", facts.is_set_up, "the folder is set up under the member's name", HowToSetUp(facts));
  add("request", is_asked, "a new key lies in the folder, and the request for it is written", HowToAsk(facts));
  add("reinstated", is_reinstated, "the secretariat has reinstated the member under the new key",
      HowToBeReinstated(facts));
  add("fetched", facts.in_sync || (is_reinstated && facts.unsealed.empty()),
      "what was published before is fetched back from the others", HowToFetch(facts));
  add("sealed", facts.unsealed.empty(), "the secretariat has ended the older feeds at what came back",
      "run `hansa recover -o ends.json` and send what it writes to the secretariat; if that is done, wait for its "
      "answer");
  add("publish", facts.is_running && MaySign(facts), "the node may publish again", HowToPublish(facts));
  return walk;
}

}  // namespace hansa::node::cli
