// The form of an endpoint: a table of what can be dialled and what cannot.
#include "node/membership/endpoint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/testing/status_matchers.h"

namespace hansa::node::membership {
namespace {

using hansa::testing::IsOk;
using hansa::testing::StatusIs;

TEST(Endpoints, AreHostAndPort) {
  for (const char* good : {"hub.example.org:7400", "localhost:1", "192.0.2.7:65535", "[2001:db8::7]:7400", "[::1]:80",
                           "a_b-c.example:22", "xn--oz.kr:5"}) {
    EXPECT_THAT(CheckEndpoint(good), IsOk()) << good;
  }
  for (const char* bad : {"",
                          ":",
                          "hub",
                          "hub:",
                          ":7400",
                          "hub:0",
                          "hub:65536",
                          "hub:99999999999",
                          "hub:+1",
                          "hub: 1",
                          "hub:7400 ",
                          " hub:7400",
                          "hub:74oo",
                          "2001:db8::7:7400",
                          "[2001:db8::7]",
                          "[hub]:7400",
                          "[]:1",
                          "[::1:7400",
                          "::1]:7400",
                          "hub..example:1",
                          "-hub:1",
                          "hub-:1",
                          "hub/x:1",
                          "http://hub:1",
                          "user@hub:1",
                          "1.2.3:4",
                          "1.2.3.4.5:6",
                          "hüb:1",
                          "a\nb:1"}) {
    EXPECT_THAT(CheckEndpoint(bad), StatusIs(absl::StatusCode::kInvalidArgument, "HOST:PORT")) << bad;
  }
  EXPECT_FALSE(CheckEndpoint(std::string(300, 'a') + ":1").ok());
}

}  // namespace
}  // namespace hansa::node::membership
