// Every finding of the doctor, from the fact that gives it; and that what is as it should be gives none.
#include "node/desk/doctor_findings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "replication/collections.h"

namespace hansa::node::desk {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

template <typename... Facts>
std::vector<Finding> Found(const Facts&... facts) {
  Examination examination;
  (Judge(facts, examination), ...);
  EXPECT_THAT(examination.checks, SizeIs(sizeof...(facts)));
  for (const Check& check : examination.checks) EXPECT_TRUE(check.done) << check.name;
  for (const Finding& finding : examination.findings) {
    EXPECT_EQ(finding.check, examination.checks.back().name);
    EXPECT_NE(finding.remedy, "") << finding.what;
  }
  return examination.findings;
}

auto Says(FindingLevel level, const std::string& what, const std::string& remedy) {
  return AllOf(Field("level", &Finding::level, level), Field("what", &Finding::what, HasSubstr(what)),
               Field("remedy", &Finding::remedy, HasSubstr(remedy)));
}
auto IsProblem(const std::string& what, const std::string& remedy = "") {
  return Says(FindingLevel::kProblem, what, remedy);
}
auto IsDoubt(const std::string& what, const std::string& remedy = "") {
  return Says(FindingLevel::kDoubt, what, remedy);
}

auto IsNote(const std::string& what, const std::string& remedy = "") { return Says(FindingLevel::kNote, what, remedy); }

TEST(DoctorFindings, ADiskThatIsTooQuickOrTooSlow) {
  EXPECT_THAT(Found(SyncSpeed{"data", absl::Microseconds(49)}), ElementsAre(IsDoubt("may lie about syncs", "cache")));
  EXPECT_THAT(Found(SyncSpeed{"data", absl::Microseconds(50)}), IsEmpty());
  EXPECT_THAT(Found(SyncSpeed{"data", absl::Milliseconds(500)}), IsEmpty());
  EXPECT_THAT(Found(SyncSpeed{"data", absl::Milliseconds(501)}), ElementsAre(IsDoubt("is slow", "failing")));
}

TEST(DoctorFindings, ADiskThatFillsUp) {
  constexpr std::uint64_t kTotal = std::uint64_t{100} << 30;
  const storage::RoomLevels levels = storage::LevelsOf(kTotal);
  const auto with = [&](std::uint64_t free) { return Found(Space{"data", {.free = free, .total = kTotal}}); };
  EXPECT_THAT(with(levels.imports), IsEmpty());
  EXPECT_THAT(with(levels.imports - 1), ElementsAre(IsDoubt("no file is imported", "remove what is not needed")));
  EXPECT_THAT(with(levels.peers - 1), ElementsAre(IsProblem("is not fetched")));
  EXPECT_THAT(with(levels.own - 1), ElementsAre(IsProblem("nothing is published")));
  EXPECT_THAT(Found(Space{"data", {.free = kTotal, .total = kTotal, .has_names = false}}),
              ElementsAre(IsProblem("no more files")));
}

TEST(DoctorFindings, WhatOthersOnTheMachineMayReadOrDo) {
  const auto with = [](FileRole role, std::uint32_t mode) {
    return Found(FolderFiles{"hansa", {{"data/x", role, mode, "hansa"}}});
  };
  EXPECT_THAT(with(FileRole::kPrivateFolder, 0700), IsEmpty());
  EXPECT_THAT(with(FileRole::kPrivateFolder, 0750),
              ElementsAre(IsProblem("look into data/x (mode 0750)", "chmod 700")));
  EXPECT_THAT(with(FileRole::kKey, 0600), IsEmpty());
  EXPECT_THAT(with(FileRole::kKey, 0100640), ElementsAre(IsProblem("secret key data/x (mode 0640)", "chmod 600")));
  EXPECT_THAT(with(FileRole::kKey, 0604), SizeIs(1));
  EXPECT_THAT(with(FileRole::kSocket, 0660), IsEmpty());
  EXPECT_THAT(with(FileRole::kSocket, 0662), ElementsAre(IsProblem("give orders", "chmod 660")));
  EXPECT_THAT(with(FileRole::kOther, 0644), IsEmpty());
}

TEST(DoctorFindings, AFileThatBelongsToSomebodyElse) {
  EXPECT_THAT(Found(FolderFiles{"hansa", {{"data/db/lock", FileRole::kOther, 0600, "root"}}}),
              ElementsAre(IsProblem("belongs to root, the data folder to hansa", "chown hansa data/db/lock")));
}

TEST(DoctorFindings, AClockThatIsFarOff) {
  const absl::Time built = absl::FromUnixSeconds(1'790'000'000);
  const auto at = [&](absl::Duration since) { return Found(ClockFacts{built + since, built, {}, ""}); };
  EXPECT_THAT(at(absl::ZeroDuration()), IsEmpty());
  EXPECT_THAT(at(-absl::Hours(23)), IsEmpty());
  EXPECT_THAT(at(-absl::Hours(25)), ElementsAre(IsProblem("before this program was made", "decides nothing")));
  EXPECT_THAT(at(absl::Hours(24 * 3600)), IsEmpty());
  EXPECT_THAT(at(absl::Hours(24 * 3700)), ElementsAre(IsDoubt("ten years after", "decides nothing")));

  const auto claims = [&](absl::Duration ahead) {
    return Found(ClockFacts{built, built, {{built + ahead, "gb-bristol"}}, "gb-derby"});
  };
  EXPECT_THAT(claims(absl::Hours(23)), IsEmpty());
  EXPECT_THAT(claims(-absl::Hours(24 * 9999)), IsEmpty());
  EXPECT_THAT(claims(absl::Hours(25)), ElementsAre(IsDoubt("newest entry of gb-bristol", "compare this clock")));
}

TEST(DoctorFindings, WhoseClockItIsThatIsWrong) {
  const absl::Time built = absl::FromUnixSeconds(1'790'000'000);
  const absl::Duration day = absl::Hours(24);
  const auto says = [&](absl::Duration now, const std::vector<ClockFacts::Claim>& claims) {
    return Found(ClockFacts{built + now, built, claims, "gb-derby"});
  };
  // Nobody who runs this program can live to see it: it is the other's.
  EXPECT_THAT(says(day, {{built + 95 * 365 * day, "gb-bristol"}}),
              ElementsAre(IsNote("newest entry of gb-bristol", "tell gb-bristol to set its clock")));
  EXPECT_THAT(says(day, {{built + 95 * 365 * day, "roster"}}),
              ElementsAre(IsNote("newest entry of the list of members", "at the secretariat, set the clock")));
  // One stands alone, and another fits this clock; or two speak against it.
  EXPECT_THAT(says(day, {{built + 9 * day, "gb-bristol"}, {built, "int-uil"}}),
              ElementsAre(IsNote("newest entry of gb-bristol")));
  EXPECT_THAT(says(day, {{built + 9 * day, "gb-bristol"}, {built + 8 * day, "int-uil"}}),
              ElementsAre(IsDoubt("newest entry of gb-bristol", "compare this clock")));
  // What this node signed itself cannot be helped any more.
  EXPECT_THAT(says(day, {{built + 9 * day, "gb-derby"}, {built, "int-uil"}}),
              ElementsAre(IsNote("newest entry of this node", "nothing is to be done")));
  // Its own clock has run away from all that others said.
  EXPECT_THAT(says(500 * day, {{built + 500 * day, "gb-derby"}, {built, "int-uil"}}),
              ElementsAre(IsDoubt("newest entry of others, that of int-uil, claims", "compare this clock")));
  EXPECT_THAT(says(95 * 365 * day, {{built, "roster"}}), ElementsAre(IsDoubt("ten years after this program")));
  EXPECT_THAT(says(300 * day, {{built - 300 * day, "int-uil"}}), IsEmpty());  // a program that is new
  EXPECT_THAT(says(500 * day, {{built + 300 * day, "int-uil"}}), IsEmpty());
}

TEST(DoctorFindings, NotesAreNotFaults) {
  Examination examination;
  EXPECT_EQ(examination.Faults(), 0u);
  examination.findings.push_back({check::kClock, FindingLevel::kNote, "what", "do"});
  EXPECT_EQ(examination.Faults(), 0u);
  examination.findings.push_back({check::kClock, FindingLevel::kDoubt, "what", "do"});
  EXPECT_EQ(examination.Faults(), 1u);
  for (const FindingLevel level : {FindingLevel::kProblem, FindingLevel::kDoubt, FindingLevel::kNote}) {
    EXPECT_EQ(FindingLevelNamed(FindingLevelName(level)), level);
  }
}

TEST(DoctorFindings, AFileThatCannotBeRead) {
  Examination examination;
  JudgeFormats({{"data/charter.json", absl::OkStatus()},
                {"data/high_water", absl::FailedPreconditionError("a newer Hansa wrote it; start it with that one")},
                {"data/identity.json", absl::DataLossError("it is no identity")}},
               examination);
  EXPECT_THAT(examination.checks, ElementsAre(Check{check::kFormat}));
  EXPECT_THAT(examination.findings, ElementsAre(IsProblem("data/high_water: a newer Hansa wrote it", "start it with"),
                                                IsProblem("data/identity.json: it is no identity", "whole")));
}

TEST(DoctorFindings, WhatIsHeldIsNotWhatWasSigned) {
  VerifyReport report;
  EXPECT_THAT(Found(report), IsEmpty());
  report.problems.push_back({"gb-bristol", "practices", replication::Sequence(7), "an entry does not follow"});
  EXPECT_THAT(Found(report), ElementsAre(IsProblem(
                                 "gb-bristol in practices is not what was signed, from entry 7 on: an entry does not",
                                 "do not trust this disk")));
  report.problems.resize(25, report.problems.front());
  EXPECT_THAT(Found(report), SizeIs(21));
  EXPECT_THAT(Found(report).back(), IsProblem("in 5 more places", "hansa verify"));

  Examination examination;
  JudgeUnreadable(absl::DataLossError("a table is damaged; salvage it"), examination);
  EXPECT_THAT(examination.findings, ElementsAre(IsProblem("cannot be read: a table is damaged", "do not trust")));
}

TEST(DoctorFindings, ViewsThatDiffer) {
  EXPECT_THAT(Found(projection::IndexDifference{.rows = 12}), IsEmpty());
  EXPECT_THAT(Found(projection::IndexDifference{.rows = 12, .altered = 1, .missing = 2, .extra = 3}),
              ElementsAre(IsProblem("6 of 12 rows", "hansa reindex")));
}

TEST(DoctorFindings, TheWayToTheHub) {
  const auto met = [](HubDoor door) { return Found(std::vector<HubFact>{{"hub:7400", door, "no route"}}); };
  EXPECT_THAT(met(HubDoor::kPinned), IsEmpty());
  EXPECT_THAT(met(HubDoor::kOtherKey),
              ElementsAre(IsProblem("somebody between here and the hub opens the connection", "TLS")));
  EXPECT_THAT(met(HubDoor::kNoSuchName), ElementsAre(IsProblem("cannot be found", "look up names")));
  EXPECT_THAT(met(HubDoor::kRefused), ElementsAre(IsProblem("nobody listens at hub:7400", "is off")));
  EXPECT_THAT(met(HubDoor::kTimedOut), ElementsAre(IsProblem("does not answer in time", "network")));
  EXPECT_THAT(met(HubDoor::kNoTls), ElementsAre(IsProblem("shows no key", "firewall")));
  EXPECT_THAT(met(HubDoor::kFailed), ElementsAre(IsProblem("is closed: no route", "network")));
}

TEST(DoctorFindings, WhatWasSetAside) {
  EXPECT_THAT(Found(std::vector<SetAside>{}), IsEmpty());
  EXPECT_THAT(Found(std::vector<SetAside>{{"data/db/quarantine/1", 3 << 20, 4}}),
              ElementsAre(IsDoubt("data/db/quarantine/1, 3.0 MiB in 4 files", "hansa verify")));
}

TEST(DoctorFindings, ANodeThatDoesNotAnswer) {
  EXPECT_THAT(Found(NodeAnswer{"data", absl::OkStatus()}), IsEmpty());
  EXPECT_THAT(Found(NodeAnswer{"data", absl::UnavailableError("no node is running; start it")}),
              ElementsAre(IsProblem("no node answers in data: no node is running", "hansad --data data")));
  EXPECT_THAT(Found(NodeAnswer{"data", absl::UnavailableError("you may not use the socket; run as another"), true}),
              ElementsAre(IsDoubt("whether the node in data runs cannot be told: you may not", "as the user that")));
}

// Neighbours, and whether the node may publish.
class DoctorView : public ::testing::Test {
 protected:
  DoctorView() {
    view_.state = "member";
    view_.fence = Fence::kOpen;
    view_.slug = "gb-bristol";
    view_.member = replication::Member(11);
    AddPeer("int-uil", true).last_equal_root_s = 3;
  }
  PeerView& AddPeer(const std::string& member, bool connected) {
    PeerView peer;
    peer.member = member;
    peer.connected = connected;
    view_.peers.push_back(peer);
    return view_.peers.back();
  }
  std::vector<Finding> Peers() {
    Examination examination;
    JudgePeers(view_, {"int-uil"}, examination);
    EXPECT_THAT(examination.checks, ElementsAre(Check{check::kPeers}));
    return examination.findings;
  }
  std::vector<Finding> OfFence(Fence fence) {
    Examination examination;
    view_.fence = fence;
    JudgeFence(view_, examination);
    EXPECT_THAT(examination.checks, ElementsAre(Check{check::kFence}));
    return examination.findings;
  }

  NodeView view_;
};

TEST_F(DoctorView, AHealthyNodeGivesNothing) {
  EXPECT_THAT(Peers(), IsEmpty());
  EXPECT_THAT(OfFence(Fence::kOpen), IsEmpty());
}

TEST_F(DoctorView, NobodyIsKnownOrConnected) {
  view_.peers.clear();
  EXPECT_THAT(Peers(), ElementsAre(IsProblem("no other node is known", "hansa peer add")));
  AddPeer("gb-derby", false);
  EXPECT_THAT(Peers(), ElementsAre(IsProblem("none of the 1 nodes", "network")));
}

TEST_F(DoctorView, AnotherMembersMachineThatIsOffIsNoFindingTheHubsIs) {
  PeerView& derby = AddPeer("gb-derby", false);
  derby.away = true;
  derby.last_error = "nobody listens at 127.0.0.1:1";
  EXPECT_THAT(Peers(), IsEmpty());
  PeerView& hub = AddPeer("int-uil", false);
  hub.away = true;
  hub.last_error = "nobody listens at 127.0.0.1:2";
  EXPECT_THAT(Peers(), ElementsAre(IsDoubt("int-uil is not connected: nobody listens", "secretariat")));
}

TEST_F(DoctorView, ARefusedConnectionIsAFinding) {
  AddPeer("gb-derby", false).last_error = "the key shown is not the one expected";
  EXPECT_THAT(Peers(), ElementsAre(IsDoubt("gb-derby is not connected: the key shown", "gb-derby")));
}

TEST_F(DoctorView, AConnectionWithTrouble) {
  AddPeer("gb-derby", true);
  EXPECT_THAT(Peers(), ElementsAre(IsDoubt("gb-derby is connected, and what it holds was never", "hansa peers")));
  view_.peers.back().last_equal_root_s = 4;
  view_.peers.back().last_error = "did not answer a Ping";
  view_.peers.back().refusals = {{replication::Refusal::kBadSignature, 3}, {replication::Refusal::kUnknownFeed, 5}};
  EXPECT_THAT(Peers(),
              ElementsAre(IsDoubt("with gb-derby has trouble: did not answer"),
                          IsDoubt("gb-derby sent what had to be refused, 3 times", "nothing of it was taken")));
}

TEST_F(DoctorView, ForksAndClones) {
  view_.forks.push_back({{}, replication::Member(11), replication::kPractices, replication::Incarnation(1)});
  view_.forks.push_back({{}, replication::Member(12), replication::kPractices, replication::Incarnation(1)});
  view_.clones.push_back(replication::Member(12));
  EXPECT_THAT(Peers(), ElementsAre(IsProblem("two histories were signed by member 11", "hansa recover"),
                                   IsProblem("two histories were signed by member 12", "tell the secretariat"),
                                   IsProblem("member 12 was met running twice", "must stop for good")));
}

TEST_F(DoctorView, P15_AListOfMembersThatNobodyConfirms) {
  view_.list_age = node::kListOld - absl::Hours(1);
  EXPECT_THAT(Peers(), IsEmpty());
  view_.list_age = kListOld;
  EXPECT_THAT(Peers(), ElementsAre(IsDoubt("has confirmed the list of members for 14 days", "connect with the hub")));
  view_.list_age = kListVeryOld;
  EXPECT_THAT(Peers(), ElementsAre(IsProblem("has confirmed the list of members for 60 days", "ask the secretariat")));
}

TEST_F(DoctorView, DamageThatWasMended) {
  Examination examination;
  JudgeMended(view_, examination);
  EXPECT_THAT(examination.findings, IsEmpty());
  view_.disk.mended = 2;
  JudgeMended(view_, examination);
  EXPECT_THAT(examination.findings, ElementsAre(IsDoubt("and mended, 2 times", "have the disk looked at")));
}

TEST_F(DoctorView, WhatWasWrittenLastIsLostWithADamagedLog) {
  Examination examination;
  view_.disk.salvaged = 1;
  JudgeMended(view_, examination);
  EXPECT_THAT(examination.findings, ElementsAre(IsProblem("publications that waited, may be gone", "look for yours")));
}

TEST_F(DoctorView, P8_AListOfMembersThatItsWriterHasLost) {
  view_.state = "applicant";
  view_.list_signed_to = 12;
  view_.peers.clear();
  EXPECT_THAT(Peers(), IsEmpty());
  EXPECT_THAT(OfFence(Fence::kLocked), ElementsAre(IsProblem("of 12 entries are here", "hansa peer add")));
}

TEST_F(DoctorView, TheFence) {
  EXPECT_THAT(OfFence(Fence::kUnconfirmed), ElementsAre(IsDoubt("no hub in reach confirms", "reach the hub")));
  EXPECT_THAT(OfFence(Fence::kLocked), ElementsAre(IsDoubt("waits before it publishes", "goes out by itself")));
  EXPECT_THAT(OfFence(Fence::kRecover), ElementsAre(IsProblem("is behind what it signed", "hansa recover")));
  EXPECT_THAT(OfFence(Fence::kReadonly), ElementsAre(IsProblem("the disk refused a write", "make room")));
  EXPECT_THAT(OfFence(Fence::kSuperseded), ElementsAre(IsProblem("newer key on another machine", "stop this one")));
  view_.is_hub = true;
  EXPECT_THAT(OfFence(Fence::kUnconfirmed), IsEmpty());
}

TEST_F(DoctorView, KeysThatAreNotThoseOfTheList) {
  view_.state = "applicant";
  view_.has_other_keys = true;
  EXPECT_THAT(OfFence(Fence::kLocked),
              ElementsAre(IsProblem("gb-bristol is in the list of members under other keys", "run `hansa recover`")));
  view_.key_waits = true;
  EXPECT_THAT(OfFence(Fence::kLocked), ElementsAre(IsProblem("lies in its folder", "restart hansad")));
  EXPECT_THAT(OfFence(Fence::kSuperseded), ElementsAre(IsProblem("lies in its folder", "restart hansad")));
}

TEST_F(DoctorView, AnotherMachineUnderItsOwnKey) {
  view_.told_clone = true;
  view_.clones.push_back(view_.member);
  EXPECT_THAT(Peers(), IsEmpty());
  EXPECT_THAT(OfFence(Fence::kRecover),
              ElementsAre(IsProblem("met another machine under its key", "stop the other one for good")));
}

TEST_F(DoctorView, WhoIsNoMember) {
  view_.state = "applicant";
  EXPECT_THAT(OfFence(Fence::kLocked), ElementsAre(IsDoubt("its standing is applicant", "wait for the secretariat")));
  view_.state = "suspended";
  EXPECT_THAT(OfFence(Fence::kOpen), ElementsAre(IsDoubt("its standing is suspended", "ask the secretariat")));
}

TEST(DoctorFindings, AStoppedNodesStore) {
  const auto with = [](storage::Fence fence) {
    Examination examination;
    JudgeStopped({fence, std::nullopt, "detail"}, examination);
    return examination;
  };
  const Examination intact = with(storage::Fence::kIntact);
  EXPECT_THAT(intact.findings, IsEmpty());
  ASSERT_THAT(intact.checks, SizeIs(1));
  EXPECT_FALSE(intact.checks.front().done);
  EXPECT_NE(intact.checks.front().why_not, "");
  EXPECT_THAT(with(storage::Fence::kIdsDiffer).findings, ElementsAre(IsDoubt("copied or restored: detail")));
  for (const storage::Fence lost :
       {storage::Fence::kStoreBehind, storage::Fence::kDiverged, storage::Fence::kFileMissing}) {
    EXPECT_THAT(with(lost).findings, ElementsAre(IsProblem("is not in the store: detail", "hansa recover")));
  }
}

}  // namespace
}  // namespace hansa::node::desk
