#include "node/daemon/roster_watch.h"

#include <gtest/gtest.h>

#include <atomic>

#include "storage/memory_store.h"
#include "tests/testing/roster.h"

namespace hansa::testing {
namespace {

using node::IsListConfirmed;
using node::NodeView;
using node::PeerView;
using node::RosterWatch;

constexpr absl::Duration kPause = absl::Milliseconds(2);

class RosterWatchTest : public ::testing::Test {
 protected:
  RosterWatch::Parts Parts() {
    return {tables_,
            [this] {
              ++looks_;
              return is_confirmed_.load();
            },
            [this] { return absl::FromUnixSeconds(now_); }};
  }
  // Until it has looked twice more: the first of them may have begun before what was changed.
  void AwaitLook() {
    const int before = looks_;
    while (looks_ < before + 2) absl::SleepFor(kPause);
  }

  storage::MemoryTables tables_;
  std::atomic<bool> is_confirmed_ = false;
  std::atomic<std::int64_t> now_ = 1'000'000;
  std::atomic<int> looks_ = 0;
};

TEST_F(RosterWatchTest, P15_AListThatNobodyConfirmsGrowsOld) {
  RosterWatch watch(Parts(), kPause);
  EXPECT_EQ(watch.Age(), absl::ZeroDuration());
  now_ += 15 * 24 * 3600;
  AwaitLook();
  EXPECT_EQ(watch.Age(), absl::Hours(15 * 24));
  is_confirmed_ = true;
  AwaitLook();
  EXPECT_EQ(watch.Age(), absl::ZeroDuration());
}

TEST_F(RosterWatchTest, P15_TheAgeOutlivesARestart) {
  is_confirmed_ = true;
  {
    RosterWatch watch(Parts(), kPause);
    now_ += 7200;
    AwaitLook();
    is_confirmed_ = false;
  }
  now_ += 3600;
  RosterWatch watch(Parts(), kPause);
  AwaitLook();
  EXPECT_EQ(watch.Age(), absl::Hours(1));
}

TEST_F(RosterWatchTest, AClockThatIsPutBackMakesNoNegativeAge) {
  RosterWatch watch(Parts(), kPause);
  now_ -= 5000;
  EXPECT_EQ(watch.Age(), absl::ZeroDuration());
}

TEST(ListConfirmed, OnlyByAnEqualNodeOfTheSecretariat) {
  Network network = Network::Founded();
  const Applicant authority = AuthorityOf("FIN");
  network.AdmitAuthority(authority);
  const Applicant espoo = CityNamed("fi-espoo", "FIN");
  const replication::Member own = network.AdmitCity(espoo, authority);
  NodeView view;
  view.roster = std::make_shared<const replication::Roster>(network.roster());
  view.member = own;
  EXPECT_FALSE(IsListConfirmed(view));

  PeerView peer;
  peer.member = authority.application.slug;
  peer.connected = true;
  peer.last_comparison_equal = true;
  view.peers = {peer};
  EXPECT_FALSE(IsListConfirmed(view));
  view.peers.front().member = network.hub().application.slug;
  EXPECT_TRUE(IsListConfirmed(view));
  view.peers.front().last_comparison_equal = false;
  EXPECT_FALSE(IsListConfirmed(view));
  view.peers.front().last_comparison_equal = true;
  view.peers.front().connected = false;
  EXPECT_FALSE(IsListConfirmed(view));
  view.peers.front().connected = true;
  view.member = replication::kFirstSecretariat;  // itself, met by another address
  EXPECT_FALSE(IsListConfirmed(view));
}

}  // namespace
}  // namespace hansa::testing
