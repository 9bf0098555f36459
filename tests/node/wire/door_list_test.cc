#include "node/wire/door_list.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <set>
#include <string>

namespace hansa::node::wire {
namespace {

using std::chrono::milliseconds;

class DoorListTest : public testing::Test {
 protected:
  ~DoorListTest() override {
    for (const int fd : open_) close(fd);
  }

  // A real socket that says it came from `address`.
  Connection Arrives(const std::string& address) {
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    open_.insert(fd);
    struct stat status {};
    EXPECT_EQ(fstat(fd, &status), 0);
    return {fd, status.st_ino, address + ":" + std::to_string(++port_), address};
  }
  void Ends(const Connection& connection) {
    open_.erase(connection.fd);
    close(connection.fd);
  }

  static constexpr DoorLimits kLimits{
      .connections = 4, .unproven_of_one_address = 2, .new_per_second_of_one_address = 5};
  DoorList list_{kLimits};
  DoorList::Clock::time_point now_ = DoorList::Clock::now();

 private:
  std::set<int> open_;
  int port_ = 1000;
};

TEST_F(DoorListTest, OneAddressGetsInOnlySoOftenBeforeItHasProvenItself) {
  const Connection first = Arrives("192.0.2.1");
  EXPECT_TRUE(list_.Admit(first, now_));
  EXPECT_TRUE(list_.Admit(Arrives("192.0.2.1"), now_));
  EXPECT_FALSE(list_.Admit(Arrives("192.0.2.1"), now_));
  EXPECT_TRUE(list_.Admit(Arrives("192.0.2.2"), now_));
  list_.Proven(first.peer);
  EXPECT_TRUE(list_.Admit(Arrives("192.0.2.1"), now_));
}

TEST_F(DoorListTest, AboveTheTotalNobodyGetsInUntilOneEnds) {
  const Connection first = Arrives("192.0.2.1");
  EXPECT_TRUE(list_.Admit(first, now_));
  EXPECT_TRUE(list_.Admit(Arrives("192.0.2.2"), now_));
  EXPECT_TRUE(list_.Admit(Arrives("192.0.2.3"), now_));
  EXPECT_TRUE(list_.Admit(Arrives("192.0.2.4"), now_));
  EXPECT_FALSE(list_.Admit(Arrives("192.0.2.5"), now_));
  Ends(first);
  EXPECT_TRUE(list_.Admit(Arrives("192.0.2.5"), now_));
  EXPECT_EQ(list_.size(), 4u);
}

TEST_F(DoorListTest, ADescriptorThatMeansSomethingElseByNowNoLongerCounts) {
  const Connection first = Arrives("192.0.2.1");
  EXPECT_TRUE(list_.Admit(first, now_));
  EXPECT_TRUE(list_.Admit(Arrives("192.0.2.1"), now_));
  const int fd = first.fd;
  Ends(first);
  const Connection successor = Arrives("192.0.2.1");
  ASSERT_EQ(successor.fd, fd) << "the kernel gives the lowest free number";
  EXPECT_TRUE(list_.Admit(successor, now_));
  EXPECT_EQ(list_.size(), 2u);
}

TEST_F(DoorListTest, ProvenConnectionsThatEndAreForgottenToo) {
  for (int i = 0; i < 20; ++i) {
    const Connection connection = Arrives("192.0.2.1");
    ASSERT_TRUE(list_.Admit(connection, now_)) << i;
    list_.Proven(connection.peer);
    list_.Proven(connection.peer);
    Ends(connection);
    now_ += milliseconds(200);
  }
}

TEST_F(DoorListTest, OneAddressComesOnlySoOftenASecond) {
  for (int i = 0; i < 5; ++i) {
    const Connection connection = Arrives("192.0.2.1");
    ASSERT_TRUE(list_.Admit(connection, now_)) << i;
    Ends(connection);
  }
  EXPECT_FALSE(list_.Admit(Arrives("192.0.2.1"), now_));
  EXPECT_TRUE(list_.Admit(Arrives("192.0.2.2"), now_));
  EXPECT_TRUE(list_.Admit(Arrives("192.0.2.1"), now_ + milliseconds(200)));
  EXPECT_FALSE(list_.Admit(Arrives("192.0.2.1"), now_ + milliseconds(200)));
}

}  // namespace
}  // namespace hansa::node::wire
