// The status as an officer reads it.
#include <gmock/gmock.h>

#include <algorithm>
#include <string>

#include "hansa/v1/node.pb.h"
#include "node/cli/json_of.h"
#include "node/cli/texts.h"
#include "replication/transfer_unit.h"

namespace hansa::node::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

v1::GetStatusReply Osan() {
  v1::GetStatusReply status;
  status.set_member("kr-osan");
  status.set_name("오산시");
  status.set_role("city");
  status.set_network("League");
  status.set_state("member");
  status.set_fence("open");
  status.set_roster_length(9);
  status.set_now_ms(1'795'000'000'000);
  return status;
}

v1::PeerStatus& AddPeer(v1::GetStatusReply& status, const char* member, bool connected) {
  v1::PeerStatus& peer = *status.add_peers();
  peer.set_member(member);
  peer.set_address("127.0.0.1:7400");
  peer.set_state(connected ? "live" : "waiting");
  peer.set_connected(connected);
  return peer;
}

TEST(StatusTexts, InSyncNamesTheTimeAndTheMembers) {
  v1::GetStatusReply status = Osan();
  status.set_in_sync(true);
  status.set_in_sync_age_s(3);
  AddPeer(status, "int-uil", true);
  AddPeer(status, "int-uil", true);  // two connections to one member
  AddPeer(status, "fi-espoo", true);
  AddPeer(status, "de-bonn", false);
  EXPECT_THAT(SyncLine(status, {}), MatchesRegex("up to date as of [0-9:]+ with 2 members"));
}

TEST(StatusTexts, WaitingSaysForWhat) {
  v1::GetStatusReply status = Osan();
  EXPECT_THAT(SyncLine(status, {}), HasSubstr("no other node is known"));
  AddPeer(status, "", false).set_last_error("connection refused\x1b[31m");
  EXPECT_THAT(SyncLine(status, {}),
              AllOf(HasSubstr("none of 1 known node answers (connection refused"), Not(HasSubstr("\x1b"))));
  v1::PeerStatus& hub = AddPeer(status, "int-uil", true);
  hub.set_behind_entries(1200);
  hub.set_behind_bytes(34'000);
  EXPECT_EQ(SyncLine(status, {}), "receiving: 1,200 entries (34.0 kB) still to come from int-uil");
  hub.set_behind_entries(0);
  status.set_missing(1);
  EXPECT_THAT(SyncLine(status, {}), HasSubstr("waiting for the content of 1 entry, which"));
  status.set_missing(0);
  EXPECT_EQ(SyncLine(status, {}), "comparing with 1 member");
  status.set_roster_length(0);
  EXPECT_EQ(SyncLine(status, {}), "waiting for the list of members");
}

TEST(StatusTexts, OnlyMembersAreComparedWith) {
  v1::GetStatusReply status = Osan();
  AddPeer(status, "", true);  // an applicant, or somebody who was ended
  EXPECT_THAT(SyncLine(status, {}), HasSubstr("waiting for a member"));
  AddPeer(status, "int-uil", true);
  EXPECT_EQ(SyncLine(status, {}), "comparing with 1 member");
  status.set_in_sync(true);
  EXPECT_THAT(SyncLine(status, {}), HasSubstr("with 1 member"));
}

TEST(StatusTexts, NobodyMayPublishOnAFullDisk) {
  v1::GetStatusReply status = Osan();
  EXPECT_THAT(TextOf(status, {}), HasSubstr("\nmay publish\n"));
  status.mutable_disk()->set_room("own-only");
  EXPECT_THAT(TextOf(status, {}), HasSubstr("\nmay publish\n"));
  for (const char* fence : {"open", "unconfirmed", "locked"}) {
    status = Osan();
    status.set_fence(fence);
    status.mutable_disk()->set_room("none");
    EXPECT_THAT(TextOf(status, {}), AllOf(HasSubstr("publishes nothing: the disk is nearly full"),
                                          Not(HasSubstr("may publish")), Not(HasSubstr("waiting for the hub"))));
    status.mutable_disk()->set_room("ample");
    status.mutable_disk()->set_refuses_writes(true);
    EXPECT_THAT(TextOf(status, {}),
                AllOf(HasSubstr("publishes nothing: the disk refused a write"), Not(HasSubstr("may publish"))));
  }
}

TEST(StatusTexts, PlainWordsByDefaultAndTheProtocolsOwnWhenAsked) {
  v1::GetStatusReply status = Osan();
  status.set_fence("locked");
  const std::string plain = TextOf(status, {});
  EXPECT_THAT(plain,
              AllOf(HasSubstr("오산시 (kr-osan), city in League"), HasSubstr("waiting for the hub before publishing"),
                    Not(HasSubstr("fence")), Not(HasSubstr("roster"))));
  EXPECT_THAT(TextOf(status, {.columns = 0, .bold = false, .verbose = true}),
              AllOf(HasSubstr("fence"), HasSubstr("locked"), HasSubstr("9 entries")));
  status.set_state("applicant");
  EXPECT_THAT(TextOf(status, {}), HasSubstr("waiting for the secretariat to admit this node"));
}

TEST(StatusTexts, SaysWhatIsKept) {
  v1::GetStatusReply status = Osan();
  status.set_entries(1200);
  status.set_feeds(1);
  status.set_bytes(22'200);
  status.set_keep("all");
  EXPECT_THAT(TextOf(status, {}), HasSubstr("\nkeeps everything\nholds 1,200 entries in 1 feed, 22.2 kB\n"));
  status.set_keep("followed");
  status.set_following(2);
  EXPECT_THAT(TextOf(status, {}), HasSubstr("\nkeeps its own records and those of 2 followed members\n"));
}

TEST(StatusTexts, WhoIsNoMemberAnyMoreIsNotToldThatItMayPublish) {
  for (const char* state : {"applicant", "suspended", "retired", "compromised"}) {
    v1::GetStatusReply status = Osan();
    status.set_state(state);
    EXPECT_THAT(TextOf(status, {}), Not(HasSubstr("may publish"))) << state;
  }
}

TEST(StatusTexts, EveryFenceHasWords) {
  for (const char* fence : {"locked", "open", "unconfirmed", "recover", "readonly", "superseded"}) {
    v1::GetStatusReply status = Osan();
    status.set_fence(fence);
    EXPECT_THAT(TextOf(status, {}), Not(HasSubstr(std::string("publishing: ") + fence))) << fence;
  }
}

// What stands between the line about publishing and the one about what is held.
std::string Concerns(const v1::GetStatusReply& status, const Layout& layout = {}) {
  const std::string text = TextOf(status, layout);
  const std::string before = "may publish\n", after = "holds ";
  const std::size_t from = text.find(before) + before.size();
  return text.substr(from, text.find(after) - from);
}

TEST(StatusTexts, WhereThereIsNothingToTellThereIsNoLine) {
  v1::GetStatusReply status = Osan();
  AddPeer(status, "int-uil", true);
  status.mutable_erasures()->set_ordered(3);
  status.mutable_erasures()->set_done(3);
  EXPECT_EQ(Concerns(status), "");
  v1::ListPeersReply peers;
  *peers.mutable_peers() = status.peers();
  const std::string table = TextOf(peers, {});
  EXPECT_EQ(std::count(table.begin(), table.end(), '\n'), 2);  // title and row
}

TEST(StatusTexts, WhatWaitsToBePublishedIsTold) {
  v1::GetStatusReply status = Osan();
  status.mutable_outbox()->set_waiting(1);
  status.mutable_outbox()->set_oldest_s(60);
  EXPECT_THAT(Concerns(status), MatchesRegex("1 publication waits since [-0-9: ]+; it goes out by itself once .*\n"));
  status.mutable_outbox()->set_waiting(2);
  EXPECT_THAT(Concerns(status), MatchesRegex("2 publications wait, the oldest since [-0-9: ]+; they go out .*\n"));
}

TEST(StatusTexts, MissingContentIsToldOnce) {
  v1::GetStatusReply status = Osan();
  status.set_missing(3);
  AddPeer(status, "int-uil", true);
  EXPECT_THAT(SyncLine(status, {}), HasSubstr("the content of 3 entries"));
  EXPECT_EQ(Concerns(status), "");
  status.mutable_peers(0)->set_behind_entries(5);
  EXPECT_THAT(SyncLine(status, {}), HasSubstr("5 entries still to come"));
  EXPECT_THAT(Concerns(status), HasSubstr("the content of 3 entries"));
}

TEST(StatusTexts, TwoHistoriesAreToldToWhoeverCanDoSomething) {
  v1::GetStatusReply status = Osan();
  v1::ForkedFeed& fork = *status.add_forks();
  fork.set_member("de-bonn");
  fork.set_collection("practices");
  fork.set_incarnation(1);
  EXPECT_THAT(Concerns(status), AllOf(HasSubstr("by de-bonn for practices"), HasSubstr("tell de-bonn and the secr")));
  status.set_is_hub(true);
  EXPECT_THAT(Concerns(status), HasSubstr("then run `hansa reinstate` and `hansa seal`"));
  fork.set_member(status.member());
  EXPECT_THAT(Concerns(status), HasSubstr("by this member for practices, as from a copied or restored folder"));
  fork.set_member("roster");
  fork.set_collection("roster");
  EXPECT_THAT(Concerns(status), HasSubstr("two histories of the list of members"));
}

TEST(StatusTexts, ClonesAndErasuresAreTold) {
  v1::GetStatusReply status = Osan();
  status.add_clones("de-bonn");
  EXPECT_THAT(Concerns(status), HasSubstr("ask de-bonn to stop one of the two for good"));
  status.clear_clones();
  status.mutable_erasures()->set_open(3);
  status.mutable_erasures()->set_held_back(1);
  status.mutable_erasures()->set_done(4);
  EXPECT_THAT(Concerns(status), AllOf(HasSubstr("erasing: 2 entries hidden and still to be destroyed here, 4 done"),
                                      HasSubstr("erasing: 1 entry hidden beyond what one member may have on hold")));
  EXPECT_THAT(TextOf(status, {.columns = 0, .bold = false, .verbose = true}), HasSubstr("entries erased by order"));
}

TEST(StatusTexts, P8_WhatADamagedDiskTookForGoodIsSaid) {
  v1::GetStatusReply status = Osan();
  status.mutable_disk()->set_salvaged(1);
  EXPECT_THAT(TextOf(status, {}), HasSubstr("drafts, and publications that waited, may be gone"));
  status.set_state("applicant");
  status.set_fence("locked");
  status.set_roster_length(3);
  status.set_list_signed_to(12);
  status.clear_peers();
  status.set_in_sync(false);
  EXPECT_THAT(TextOf(status, {}),
              AllOf(HasSubstr("; 3 of 12 entries are here"), HasSubstr("hansa peer add"),
                    HasSubstr("waiting for the list of members\n"), Not(HasSubstr("not a member yet"))));
}

TEST(StatusTexts, WhichKeyIsWhereDecidesWhatIsToBeDone) {
  v1::GetStatusReply status = Osan();
  status.set_fence("superseded");
  EXPECT_THAT(TextOf(status, {}), HasSubstr("kr-osan goes on under a newer key on another machine"));
  status.set_key_waits(true);
  EXPECT_THAT(TextOf(status, {}), AllOf(HasSubstr("restart hansad"), Not(HasSubstr("another machine"))));
  status = Osan();
  status.set_fence("recover");
  status.add_clones("kr-osan");
  status.set_told_clone(true);
  EXPECT_THAT(TextOf(status, {}), AllOf(HasSubstr("a hub has met another machine under this node's key"),
                                        Not(HasSubstr("older than")), Not(HasSubstr("ask kr-osan"))));
}

v1::ListPeersReply OnePeer() {
  v1::ListPeersReply peers;
  v1::PeerStatus& peer = *peers.add_peers();
  peer.set_member("de-bonn");
  peer.set_address("127.0.0.1:7400");
  peer.set_state("live");
  peer.set_connected(true);
  return peers;
}

TEST(PeerTexts, WhatIsStillToComeIsToldByCollection) {
  v1::ListPeersReply peers = OnePeer();
  v1::CollectionLag& indicators = *peers.mutable_peers(0)->add_behind();
  indicators.set_collection("indicators");
  indicators.set_entries(1200);
  indicators.set_bytes(34'000);
  v1::CollectionLag& practices = *peers.mutable_peers(0)->add_behind();
  practices.set_collection("practices");
  practices.set_entries(1);
  EXPECT_THAT(TextOf(peers, {}),
              HasSubstr("\nstill to come from de-bonn: indicators 1,200 entries (34.0 kB), practices 1 entry\n"));
}

TEST(PeerTexts, AStallIsToldWhenItLasts) {
  v1::ListPeersReply peers = OnePeer();
  peers.mutable_peers(0)->set_stalled_s(2);
  peers.mutable_peers(0)->set_waiting(7);
  EXPECT_THAT(TextOf(peers, {}), Not(HasSubstr("pile up")));
  EXPECT_THAT(TextOf(peers, {.columns = 0, .bold = false, .verbose = true}), HasSubstr("pile up 2 s ago"));
  peers.mutable_peers(0)->set_stalled_s(40);
  EXPECT_THAT(TextOf(peers, {}), HasSubstr("\nmessages for de-bonn began to pile up 40 s ago and wait (7 now): "));
}

TEST(PeerTexts, RefusalsAreToldInPlainWordsIfTheSenderIsWrong) {
  v1::ListPeersReply peers = OnePeer();
  v1::RefusalCount& lagging = *peers.mutable_peers(0)->add_refusals();
  lagging.set_reason("not contiguous");
  lagging.set_count(3);
  EXPECT_THAT(TextOf(peers, {}), Not(HasSubstr("(3)")));
  const Layout verbose{.columns = 0, .bold = false, .verbose = true};
  EXPECT_THAT(TextOf(peers, verbose), HasSubstr("lagged behind: does not begin where the copy here ends (3)"));
  v1::RefusalCount& forged = *peers.mutable_peers(0)->add_refusals();
  forged.set_reason("bad signature");
  forged.set_count(1);
  forged.set_senders_fault(true);
  EXPECT_THAT(TextOf(peers, {}),
              HasSubstr("\nrefused from de-bonn, and nothing of it was kept: not signed by its author (1); if that"));
}

TEST(PeerTexts, EveryReasonHasPlainWordsInKorean) {
  for (int number = 0; number <= static_cast<int>(replication::Refusal::kForked); ++number) {
    const std::string reason = replication::RefusalName(static_cast<replication::Refusal>(number));
    v1::ListPeersReply peers = OnePeer();
    v1::RefusalCount& refusal = *peers.mutable_peers(0)->add_refusals();
    refusal.set_reason(reason);
    refusal.set_count(1);
    refusal.set_senders_fault(true);
    EXPECT_THAT(TextOf(peers, {}), Not(HasSubstr(": " + reason + " (1)"))) << reason;
    const std::string korean = TextOf(peers, {.words = words::Words(words::Language::kKorean)});
    EXPECT_THAT(korean.substr(korean.rfind("de-bonn") + 7), Not(MatchesRegex("(.|\n)*[a-z](.|\n)*"))) << korean;
  }
}

TEST(StatusTexts, JsonHasNumbersAsNumbersAndNullForWhatIsNotThere) {
  v1::GetStatusReply status = Osan();
  AddPeer(status, "", false);
  const std::string json = JsonOf(status);
  EXPECT_THAT(json,
              AllOf(HasSubstr("\"in_sync_age_s\": null"), HasSubstr("\"last_equal_root_s\": null"),
                    HasSubstr("\"missing\": 0"), HasSubstr("\"last_error\": null"), HasSubstr("\"in_sync\": false")));
  status.set_in_sync_age_s(1.23456);
  EXPECT_THAT(JsonOf(status), HasSubstr("\"in_sync_age_s\": 1.235"));
}

TEST(StatusTexts, BytesThatAreNotTextDoNotBreakJson) {
  EXPECT_THAT(JsonOf(absl::InternalError("bad \xFF bytes"), 1), HasSubstr("bad \xEF\xBF\xBD bytes"));
}

}  // namespace
}  // namespace hansa::node::cli
