// Every way a dial can end, and the words for it.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>
#include <string>

#include "node/wire/address.h"
#include "node/wire/wire.h"
#include "tests/node/wire/recorder.h"
#include "tests/node/wire/tls_client.h"

namespace hansa::node::wire {
namespace {

using replication::CloseCode;
using replication::CloseFrame;

class DialTest : public testing::Test {
 protected:
  DialTest() { hub_->AcceptOnly({city_.pin()}); }

  RecordedWire hub_{1};
  RecordedWire city_{2, ""};
};

TEST_F(DialTest, AWrongServerKeyIsRefusedInWords) {
  city_->Dial(hub_.address(), {city_.pin()});
  const std::optional<DialFailed> failed = city_.Failed();
  ASSERT_TRUE(failed.has_value());
  EXPECT_EQ(failed->address, hub_.address());
  EXPECT_EQ(failed->why.code(), absl::StatusCode::kUnauthenticated);
  EXPECT_EQ(std::string(failed->why.message()),
            "the key shown at " + hub_.address() + " is not the one expected: it showed pin " + hub_.pin().hex());
  EXPECT_EQ(hub_.opened_count(), 0u);
}

TEST_F(DialTest, AnyKeyWillDoWhenNoneIsExpected) {
  city_->Dial(hub_.address(), {});
  const std::optional<LinkOpened> opened = city_.Opened();
  ASSERT_TRUE(opened.has_value());
  EXPECT_EQ(opened->peer, hub_.pin());
}

TEST_F(DialTest, OneOfSeveralExpectedKeysWillDo) {
  city_->Dial(hub_.address(), {city_.pin(), hub_.pin()});
  EXPECT_TRUE(city_.Opened().has_value());
}

TEST_F(DialTest, AnUnlistedNodeIsToldThatItIsNotInTheRoster) {
  RecordedWire stranger(3, "");
  stranger->Dial(hub_.address(), {hub_.pin()});
  const std::optional<DialFailed> failed = stranger.Failed();
  ASSERT_TRUE(failed.has_value());
  EXPECT_EQ(failed->why.code(), absl::StatusCode::kPermissionDenied) << failed->why;
  EXPECT_NE(std::string(failed->why.message()).find("our key is not in its roster (yet)"), std::string::npos);
  EXPECT_EQ(hub_.opened_count(), 0u);
}

TEST_F(DialTest, TheListCanGrowAndShrink) {
  RecordedWire other(3, "");
  EXPECT_FALSE(other.DialOpens(hub_.address(), hub_.pin()));
  hub_->AcceptOnly({city_.pin(), other.pin()});
  EXPECT_TRUE(other.DialOpens(hub_.address(), hub_.pin()));
  hub_->AcceptOnly({city_.pin()});
  EXPECT_FALSE(other.DialOpens(hub_.address(), hub_.pin()));
  EXPECT_EQ(other.ended_count(), 0u) << "a link that is open stays";
}

TEST_F(DialTest, AClosedPortIsNamed) {
  std::string nobody;
  {
    RecordedWire gone(4);
    nobody = gone.address();
  }
  city_->Dial(nobody, {hub_.pin()});
  const std::optional<DialFailed> failed = city_.Failed();
  ASSERT_TRUE(failed.has_value());
  EXPECT_EQ(failed->why, absl::UnavailableError("nobody listens at " + nobody));
}

TEST_F(DialTest, ANodeWithTooManyConnectionsTurnsUsAwayInWords) {
  RecordedWire full(4, "127.0.0.1:0", {.connections = 0});
  full->AcceptOnly({city_.pin()});
  city_->Dial(full.address(), {full.pin()});
  const std::optional<DialFailed> failed = city_.Failed();
  ASSERT_TRUE(failed.has_value());
  EXPECT_EQ(failed->why.code(), absl::StatusCode::kUnavailable);
  EXPECT_NE(std::string(failed->why.message()).find("turned us away"), std::string::npos) << failed->why;
}

TEST_F(DialTest, ANameThatDoesNotExistIsNamed) {
  city_->Dial("no-such-node.invalid:7400", {hub_.pin()});
  const std::optional<DialFailed> failed = city_.Failed();
  ASSERT_TRUE(failed.has_value());
  EXPECT_EQ(failed->why.code(), absl::StatusCode::kNotFound) << failed->why;
}

TEST_F(DialTest, WhatIsNoAddressIsNamed) {
  for (const char* address : {"hub", "", "[::1]", "hub:0", "127.0.0.1:99999"}) {
    const std::size_t n = city_.failed_count();
    city_->Dial(address, {});
    const std::optional<DialFailed> failed = city_.Failed(n);
    ASSERT_TRUE(failed.has_value());
    EXPECT_EQ(failed->address, address);
    EXPECT_EQ(failed->why.code(), absl::StatusCode::kInvalidArgument) << failed->why;
  }
}

TEST_F(DialTest, AServerThatSaysNothingIsGivenUp) {
  RecordedWire impatient(5, "", {.dial = std::chrono::milliseconds(300)});
  // The kernel accepts into the backlog, nobody ever reads.
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in where{};
  where.sin_family = AF_INET;
  where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(where);
  ASSERT_EQ(bind(fd, reinterpret_cast<sockaddr*>(&where), size), 0);
  ASSERT_EQ(listen(fd, 8), 0);
  ASSERT_EQ(getsockname(fd, reinterpret_cast<sockaddr*>(&where), &size), 0);
  impatient->Dial("127.0.0.1:" + std::to_string(ntohs(where.sin_port)), {});
  const std::optional<DialFailed> failed = impatient.Failed();
  ASSERT_TRUE(failed.has_value());
  EXPECT_EQ(failed->why.code(), absl::StatusCode::kDeadlineExceeded) << failed->why;
  close(fd);
}

TEST_F(DialTest, NamesAndIpv6CanBeDialled) {
  const Address hub = *ParseAddress(hub_.address());
  EXPECT_TRUE(city_.DialOpens(Address{"localhost", hub.port}.text(), hub_.pin()));
  absl::StatusOr<std::unique_ptr<Wire>> probe =
      Wire::Start({.tls_seed = TestSeed(9), .listen = "[::1]:0", .sink = [](WireEvent) {}, .limits = {}});
  if (!probe.ok()) GTEST_SKIP() << "SKIPPED: no IPv6 loopback here: " << probe.status();
  (*probe)->Shutdown();
  RecordedWire six(6, "[::1]:0");
  six->AcceptOnly({city_.pin()});
  EXPECT_TRUE(city_.DialOpens(six.address(), six.pin()));
  EXPECT_EQ(six.Opened()->address.substr(0, 6), "[::1]:");
}

TEST_F(DialTest, ListeningWhereSomebodyListensIsRefusedInWords) {
  const absl::StatusOr<std::unique_ptr<Wire>> second =
      Wire::Start({.tls_seed = TestSeed(9), .listen = hub_.address(), .sink = [](WireEvent) {}, .limits = {}});
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_NE(std::string(second.status().message()).find("choose another port"), std::string::npos);
  EXPECT_FALSE(Wire::Start({.tls_seed = TestSeed(9), .listen = "203.0.113.1:0", .sink = {}, .limits = {}}).ok());
}

TEST_F(DialTest, PastTheCapANewcomerIsToldToComeAgain) {
  RecordedWire small(4, "127.0.0.1:0", {.inbound_links_of_one_key = 1});
  small->AcceptOnly({city_.pin()});
  ASSERT_TRUE(city_.DialOpens(small.address(), small.pin()));
  city_->Dial(small.address(), {small.pin()});
  const std::optional<FrameArrived> answer = city_.Frame();
  ASSERT_TRUE(answer.has_value());
  ASSERT_TRUE(std::holds_alternative<CloseFrame>(answer->frame));
  EXPECT_EQ(std::get<CloseFrame>(answer->frame).code, CloseCode::kBusy);
  EXPECT_GT(std::get<CloseFrame>(answer->frame).retry_after_s, 0u);
  EXPECT_TRUE(city_.Ended()->why.ok());
  EXPECT_EQ(small.opened_count(), 1u);

  city_->Close(city_.Opened(0)->link, std::nullopt);
  ASSERT_TRUE(small.Ended().has_value());
  EXPECT_TRUE(city_.DialOpens(small.address(), small.pin()));
  EXPECT_TRUE(small.Opened(1).has_value());
}

TEST_F(DialTest, ShutdownEndsDialsUnderWay) {
  RecordedWire other(3, "");
  for (int i = 0; i < 5; ++i) other->Dial(hub_.address(), {hub_.pin()});
  other->Shutdown();
  EXPECT_EQ(other.opened_count() + other.failed_count(), 5u);
  EXPECT_EQ(other.opened_count(), other.ended_count());
}

}  // namespace
}  // namespace hansa::node::wire
