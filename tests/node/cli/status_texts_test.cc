// The status as an officer reads it.
#include <gmock/gmock.h>

#include "hansa/v1/node.pb.h"
#include "node/cli/json_of.h"
#include "node/cli/texts.h"

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
