// P7: on a disk that is nearly full a node fetches nothing that others publish, stays connected, goes on publishing,
// and fetches the rest once there is room.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "replication/collections.h"
#include "replication/replica.h"
#include "tests/testing/league.h"

namespace hansa::replication {
namespace {

using ::hansa::testing::League;
using ::hansa::testing::Loop;

constexpr char kEspoo[] = "fi-espoo";
constexpr char kTurku[] = "fi-turku";

class RoomTest : public ::testing::Test {
 protected:
  RoomTest() {
    for (const char* city : {kEspoo, kTurku}) loop_.Dial(city, "hub");
    loop_.Settle();
  }
  void Publish(const std::string& city, const std::string& text) {
    ASSERT_TRUE(loop_.Publish(city, kPractice, text).ok());
    loop_.Settle();
  }
  std::uint64_t At(const std::string& node, const std::string& author) {
    return league_.LengthAt(node, league_.FeedOf(author, kPractices));
  }

  League league_{{kEspoo, kTurku}};
  Loop& loop_ = league_.loop();
};

TEST_F(RoomTest, P7_WithoutRoomOwnWordsGoOutAndOthersWaitUntilThereIsSome) {
  Publish(kTurku, "one");
  ASSERT_EQ(At(kEspoo, kTurku), 1u);
  loop_.SetRoom(kEspoo, false);
  int asked = 0;
  loop_.Listen([&](const std::string& from, const std::string&, const Frame& frame) {
    asked += from == kEspoo && std::holds_alternative<Want>(frame) ? 1 : 0;
  });
  Publish(kTurku, "two");
  Publish(kEspoo, "its own");
  loop_.Settle(absl::Minutes(3));
  EXPECT_EQ(At("hub", kTurku), 2u);
  EXPECT_EQ(At("hub", kEspoo), 1u);
  EXPECT_EQ(At(kEspoo, kTurku), 1u);
  EXPECT_EQ(asked, 0);
  const std::vector<SessionView> sessions = loop_[kEspoo].replica().Sessions();
  ASSERT_EQ(sessions.size(), 1u);
  EXPECT_EQ(sessions.front().phase, Phase::kLive);
  EXPECT_EQ(sessions.front().behind_entries, 1u);
  loop_.SetRoom(kEspoo, true);
  loop_.Settle();
  EXPECT_EQ(At(kEspoo, kTurku), 2u);
  EXPECT_GT(asked, 0);
}

TEST_F(RoomTest, WithoutRoomTheRosterStillComes) {
  loop_.SetRoom(kEspoo, false);
  const ::hansa::testing::Applicant library =
      ::hansa::testing::ApplicantNamed("fi-library", MemberKind::kPartner, "FIN");
  const ::hansa::testing::RosterEntry entry = league_.network().EntryOf(league_.network().AdmissionOf(library));
  const RecordId record = ::hansa::testing::RecordNamed("record 1");  // the first that the loop gives out
  ASSERT_TRUE(loop_.Publish("hub", roster_kind::kMemberAdd, league_.network().PayloadOf(entry, record)).ok());
  loop_.Settle();
  EXPECT_NE(loop_[kEspoo].replica().roster().state().Find("fi-library"), nullptr);
}

}  // namespace
}  // namespace hansa::replication
