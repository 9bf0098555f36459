// More connections than there are descriptors: gRPC's own accept loop does not survive this, ours must.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <vector>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "tests/node/wire/recorder.h"
#include "tests/node/wire/tls_client.h"

namespace hansa::node::wire {
namespace {

constexpr int kStorm = 300;

class StormTest : public testing::Test {
 protected:
  ~StormTest() override { EndStorm(); }

  void Storm(const std::string& address) {
    for (int i = 0; i < kStorm; ++i) {
      const int fd = ConnectSilently(address);
      if (fd >= 0) storm_.push_back(fd);
    }
  }
  // The door takes connections in the order they came: when one more has been turned away, all before it are decided.
  static void WaitUntilTheDoorHasSeenAll(const std::string& address) {
    const int last = ConnectSilently(address);
    ASSERT_GE(last, 0);
    char byte = 0;
    EXPECT_LE(recv(last, &byte, 1, 0), 0);
    close(last);
  }
  void EndStorm() {
    for (const int fd : storm_) close(fd);
    storm_.clear();
  }
  // How many of the storm's connections were not reset.
  std::size_t StillIn() const {
    std::size_t in = 0;
    for (const int fd : storm_) {
      char byte = 0;
      if (recv(fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) ++in;
    }
    return in;
  }
  // Redials as a node does, until it is in or half a minute is over.
  static bool GetsIn(RecordedWire& member, RecordedWire& hub) {
    const absl::Time deadline = absl::Now() + absl::Seconds(30);
    while (absl::Now() < deadline) {
      if (member.DialOpens(hub.address(), hub.pin())) return true;
      absl::SleepFor(absl::Milliseconds(100));
    }
    return false;
  }

  std::vector<int> storm_;
};

TEST_F(StormTest, OneAddressHoldsOnlySoManyConnectionsAndAMemberGetsInAfterwards) {
  RecordedWire hub(1);
  RecordedWire member(2, "");
  hub->AcceptOnly({member.pin()});
  Storm(hub.address());
  WaitUntilTheDoorHasSeenAll(hub.address());
  EXPECT_LE(StillIn(), 8u);
  EndStorm();
  EXPECT_TRUE(GetsIn(member, hub));
}

TEST_F(StormTest, AMemberThatIsInStaysInThroughTheStorm) {
  RecordedWire hub(1);
  RecordedWire member(2, "");
  hub->AcceptOnly({member.pin()});
  ASSERT_TRUE(GetsIn(member, hub));
  Storm(hub.address());
  EXPECT_TRUE(hub->Say(hub.Opened()->link, replication::RootWant{1}));
  EXPECT_TRUE(member.Frame().has_value());
  EXPECT_EQ(member.ended_count(), 0u);
}

TEST_F(StormTest, SilentConnectionsAreDroppedWithoutBeingClosedByTheirOwner) {
  RecordedWire hub(1);
  RecordedWire member(2, "");
  hub->AcceptOnly({member.pin()});
  Storm(hub.address());
  EXPECT_TRUE(GetsIn(member, hub)) << "the handshake's time limit makes room while the storm still stands";
}

TEST_F(StormTest, RunningOutOfDescriptorsIsNotTheEnd) {
  // Every limit of the door lifted, so that the storm meets the kernel's.
  const WireLimits open_door{.connections = 100000,
                             .unproven_connections_of_one_address = 100000,
                             .new_connections_per_second_of_one_address = 100000};
  RecordedWire hub(1, "127.0.0.1:0", open_door);
  RecordedWire member(2, "");
  hub->AcceptOnly({member.pin()});
  ASSERT_TRUE(GetsIn(member, hub));

  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
  const int probe = dup(0);
  close(probe);
  // Both ends live in this process: the storm itself takes most of what is left.
  const rlimit low{static_cast<rlim_t>(probe) + 200, before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &low), 0);
  Storm(hub.address());
  EXPECT_LT(storm_.size(), static_cast<std::size_t>(kStorm)) << "the limit was not reached";
  EndStorm();
  EXPECT_TRUE(GetsIn(member, hub)) << "still under the low limit";
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
}

}  // namespace
}  // namespace hansa::node::wire
