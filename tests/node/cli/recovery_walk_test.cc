// Which step of the way back is done and which is next, from every place on it.
#include "node/cli/recovery_walk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace hansa::node::cli {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// A member that publishes, and has lost nothing.
RecoveryFacts Bristol() {
  RecoveryFacts facts{.folder = "data", .slug = "gb-bristol"};
  facts.is_set_up = facts.is_running = facts.has_roster = facts.is_present_key = facts.in_sync = true;
  facts.member = 11;
  facts.incarnation = 1;
  facts.key = "abcd";
  facts.fence = "open";
  facts.here = {{"practices", 1, 3}};
  return facts;
}

// Its folder made anew after its disk was lost: it knows nothing.
RecoveryFacts BristolAnew() {
  RecoveryFacts facts{.folder = "data", .is_set_up = true, .slug = "gb-bristol", .is_running = true};
  facts.key = "abcd";
  facts.fence = "locked";
  return facts;
}

// "done", "next", "later" of each step.
std::vector<std::string> States(const RecoveryFacts& facts) {
  std::vector<std::string> states;
  const Walk walk = WalkOf(facts);
  for (const WalkStep& step : walk.steps) {
    states.push_back(StepStateName(step.state));
    EXPECT_EQ(step.remedy.empty(), step.state == StepState::kDone) << step.name;
  }
  return states;
}
std::string Text(const RecoveryFacts& facts) { return TextOf(facts, WalkOf(facts), {}); }

TEST(RecoveryWalk, NothingWasLost) {
  RecoveryFacts facts = Bristol();
  EXPECT_EQ(WalkOf(facts).state, WalkState::kWell);
  EXPECT_THAT(States(facts), IsEmpty());
  EXPECT_THAT(Text(facts), AllOf(HasSubstr("nothing was lost; there is nothing to do\n"),
                                 HasSubstr("practices, incarnation 1: 3 entries")));
  facts.fence = "locked";
  EXPECT_THAT(Text(facts), HasSubstr("`hansa status` says why"));
  facts.is_running = false;
  facts.fence = "";
  EXPECT_THAT(Text(facts), HasSubstr("start the node: hansad --data data"));
}

TEST(RecoveryWalk, AnEmptyFolderIsTheFirstStep) {
  const RecoveryFacts facts{.folder = "data"};
  EXPECT_EQ(WalkOf(facts).state, WalkState::kNotSetUp);
  EXPECT_THAT(States(facts), ElementsAre("next", "later", "later", "later", "later", "later"));
  EXPECT_THAT(Text(facts), AllOf(HasSubstr("hansa init --data data"), Not(HasSubstr("what others hold"))));
}

TEST(RecoveryWalk, AFolderMadeAnewAsksByTheNumberThatItIsTold) {
  const RecoveryFacts facts = BristolAnew();
  EXPECT_EQ(WalkOf(facts).state, WalkState::kUnknown);
  EXPECT_THAT(States(facts), ElementsAre("done", "next", "later", "later", "later", "later"));
  EXPECT_THAT(Text(facts), HasSubstr("--member NUMBER --incarnation N"));
}

TEST(RecoveryWalk, WhoHasOnlyAppliedHasLostNothing) {
  RecoveryFacts facts = BristolAnew();
  facts.has_roster = true;
  EXPECT_EQ(WalkOf(facts).state, WalkState::kApplicant);
  EXPECT_THAT(States(facts), IsEmpty());
}

TEST(RecoveryWalk, TheRequestIsWritten) {
  RecoveryFacts facts = BristolAnew();
  facts.was_asked_for = true;
  EXPECT_EQ(WalkOf(facts).state, WalkState::kRecovering);
  EXPECT_THAT(States(facts), ElementsAre("done", "done", "next", "later", "later", "later"));
  EXPECT_THAT(Text(facts), HasSubstr("read out the new key when it calls: abcd"));
}

TEST(RecoveryWalk, ReinstatedFetchedSealedPublishing) {
  RecoveryFacts facts = Bristol();
  facts.incarnation = 2;
  facts.was_asked_for = true;
  facts.fence = "locked";
  facts.in_sync = false;
  facts.unsealed = {1};
  facts.peers = {{"int-uil", "hub:7400", true, false, 5, 900}, {"", "derby:7400", false, false, 0, 0}};
  EXPECT_THAT(States(facts), ElementsAre("done", "done", "done", "next", "later", "later"));
  EXPECT_THAT(Text(facts), AllOf(HasSubstr("int-uil: 5 entries (900 B) that are not here yet"),
                                 HasSubstr("derby:7400: not connected")));
  facts.in_sync = true;
  facts.peers = {{"int-uil", "hub:7400", true, true, 0, 0}};
  EXPECT_THAT(States(facts), ElementsAre("done", "done", "done", "done", "next", "later"));
  EXPECT_THAT(Text(facts),
              AllOf(HasSubstr("hansa recover -o ends.json"), HasSubstr("int-uil: holds all that is here")));
  facts.unsealed.clear();
  EXPECT_THAT(States(facts), ElementsAre("done", "done", "done", "done", "done", "next"));
  facts.fence = "open";
  EXPECT_EQ(WalkOf(facts).state, WalkState::kRecovered);
  EXPECT_THAT(States(facts), ElementsAre("done", "done", "done", "done", "done", "done"));
  EXPECT_THAT(Text(facts), HasSubstr("there is nothing left to do"));
}

TEST(RecoveryWalk, ARestoredCopyNeedsANewKeyThoughItsOwnIsTheRosters) {
  RecoveryFacts facts = Bristol();
  facts.fence = "recover";
  EXPECT_EQ(WalkOf(facts).state, WalkState::kRecovering);
  EXPECT_THAT(States(facts), ElementsAre("done", "next", "later", "later", "later", "later"));
  EXPECT_THAT(Text(facts), AllOf(HasSubstr("run `hansa recover -o request.json`"), Not(HasSubstr("NUMBER"))));
  facts.incarnation = 2;  // and once more after a recovery
  facts.was_asked_for = true;
  EXPECT_THAT(States(facts), ElementsAre("done", "next", "later", "later", "later", "later"));
}

TEST(RecoveryWalk, AStoppedNodeWhoseStoreIsBehind) {
  RecoveryFacts facts = Bristol();
  facts.is_running = facts.in_sync = false;
  facts.fence = "";
  facts.lost = "the feed ends at 1 in the store, but was published up to 2";
  EXPECT_THAT(States(facts), ElementsAre("done", "next", "later", "later", "later", "later"));
  EXPECT_THAT(Text(facts), AllOf(HasSubstr(facts.lost), HasSubstr("known once the node runs")));
}

TEST(RecoveryWalk, AMachineWhoseMemberGoesOnElsewhereAsksForNothing) {
  RecoveryFacts facts = Bristol();
  facts.incarnation = 2;
  facts.is_present_key = false;
  facts.is_earlier_key = true;
  facts.fence = "superseded";
  for (const bool is_running : {true, false}) {
    facts.is_running = is_running;
    EXPECT_EQ(WalkOf(facts).state, WalkState::kMoved);
    EXPECT_THAT(States(facts), IsEmpty());
    EXPECT_THAT(Text(facts), AllOf(HasSubstr("under a newer key on another machine"), HasSubstr("stop it for good"),
                                   Not(HasSubstr("request.json"))));
  }
  EXPECT_EQ(json::parse(JsonOf(facts, WalkOf(facts)))["state"], "moved");
}

TEST(RecoveryWalk, WhoWasEndedIsToldSo) {
  RecoveryFacts facts = Bristol();
  facts.ended = "retired";
  facts.fence = "locked";
  EXPECT_EQ(WalkOf(facts).state, WalkState::kEnded);
  EXPECT_THAT(Text(facts), AllOf(HasSubstr("no longer a member: it left the network"), Not(HasSubstr("publish"))));
  facts.ended = "compromised";
  facts.is_present_key = false;
  EXPECT_THAT(States(facts), IsEmpty());
  EXPECT_THAT(Text(facts), HasSubstr("its key is not trusted any more"));
}

TEST(RecoveryWalk, AKeyThatLiesInTheFolderWaitsForARestart) {
  RecoveryFacts facts = Bristol();
  facts.incarnation = 2;
  facts.was_asked_for = facts.key_waits = true;
  facts.fence = "superseded";
  EXPECT_THAT(States(facts), ElementsAre("done", "done", "done", "done", "done", "next"));
  EXPECT_THAT(Text(facts), HasSubstr("restart hansad"));
}

TEST(RecoveryWalk, ADamagedStoreIsMendedFirst) {
  RecoveryFacts facts{.folder = "data", .is_set_up = true, .slug = "gb-bristol"};
  facts.damage = "a table is damaged";
  EXPECT_EQ(WalkOf(facts).state, WalkState::kDamaged);
  EXPECT_THAT(Text(facts), AllOf(HasSubstr("start the node"), HasSubstr("a table is damaged")));
}

TEST(RecoveryWalk, TheSameForScripts) {
  RecoveryFacts facts = Bristol();
  facts.fence = "recover";
  const json all = json::parse(JsonOf(facts, WalkOf(facts)));
  EXPECT_EQ(all["state"], "recovering");
  EXPECT_EQ(all["here"], (json::array({{{"collection", "practices"}, {"incarnation", 1}, {"length", 3}}})));
  facts.peers = {{"", "127.0.0.1:7400", true, false, 0, 0}};
  const json peers = json::parse(JsonOf(facts, WalkOf(facts)))["peers"];
  EXPECT_TRUE(peers[0]["member"].is_null());  // an address is no member's name
  EXPECT_EQ(peers[0]["address"], "127.0.0.1:7400");
  EXPECT_EQ(all["steps"][1]["name"], "request");
  EXPECT_EQ(all["steps"][1]["state"], "next");
  EXPECT_TRUE(all["steps"][0]["do"].is_null());
}

TEST(RecoveryWalk, InKorean) {
  const words::Words korean(words::Language::kKorean);
  RecoveryFacts facts = Bristol();
  EXPECT_THAT(TextOf(facts, WalkOf(facts), {.words = korean}), HasSubstr("잃은 것이 없습니다; 할 일이 없습니다"));
  facts.fence = "recover";
  EXPECT_THAT(TextOf(facts, WalkOf(facts), {.words = korean}),
              AllOf(HasSubstr("[다음] 폴더에 새 키가 있고"), Not(HasSubstr("the folder"))));
}

}  // namespace
}  // namespace hansa::node::cli
