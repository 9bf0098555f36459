#include "node/wire/address.h"

#include <gtest/gtest.h>

#include <string>

namespace hansa::node::wire {
namespace {

TEST(AddressTest, NamesAndBothKindsOfAddressesAreRead) {
  EXPECT_EQ(*ParseAddress("hub.example.org:7400"), (Address{"hub.example.org", 7400}));
  EXPECT_EQ(*ParseAddress("192.0.2.7:1"), (Address{"192.0.2.7", 1}));
  EXPECT_EQ(*ParseAddress("[2001:db8::7]:65535"), (Address{"2001:db8::7", 65535}));
  EXPECT_EQ(*ParseAddress("localhost:0"), (Address{"localhost", 0}));
}

TEST(AddressTest, TextIsWhatWasRead) {
  for (const char* text : {"hub.example.org:7400", "192.0.2.7:1", "[2001:db8::7]:65535"}) {
    EXPECT_EQ(ParseAddress(text)->text(), text);
  }
}

TEST(AddressTest, WhatIsNoAddressIsRefusedWithTheReason) {
  const struct {
    const char* text;
    const char* why;
  } cases[] = {
      {"", "port is missing"},
      {"hub", "port is missing"},
      {":7400", "host is missing"},
      {"hub:", "port is not a number"},
      {"hub:65536", "port is not a number"},
      {"hub:-1", "port is not a number"},
      {"hub:+1", "port is not a number"},
      {"hub: 1", "port is not a number"},
      {"hub:99999999999999999999", "port is not a number"},
      {"2001:db8::7:7400", "brackets"},
      {"[2001:db8::7:7400", "bracket is missing"},
      {"[]:7400", "host is missing"},
      {"hub/x:7400", "no host has"},
      {"unix:/tmp/x:1", "brackets"},
      {"a b:7400", "no host has"},
  };
  for (const auto& [text, why] : cases) {
    const absl::StatusOr<Address> address = ParseAddress(text);
    ASSERT_FALSE(address.ok()) << text;
    EXPECT_EQ(address.status().code(), absl::StatusCode::kInvalidArgument) << text;
    EXPECT_NE(std::string(address.status().message()).find(why), std::string::npos) << address.status().message();
  }
  EXPECT_FALSE(ParseAddress(std::string(300, 'a') + ":1").ok());
}

TEST(AddressTest, WhatIsNoAddressIsSaidAgainOnlyAtItsBeginning) {
  for (const std::string& text :
       {std::string(20'000, 'a'), std::string(20'000, 'a') + ":1", std::string("a\x1B[2J:1")}) {
    const std::string message(ParseAddress(text).status().message());
    EXPECT_LT(message.size(), 300U);
    EXPECT_EQ(message.find('\x1B'), std::string::npos) << "nothing that a terminal would obey";
    EXPECT_NE(message.find("write HOST:PORT"), std::string::npos) << message;
  }
}

TEST(AddressTest, GrpcsNameOfAPeerBecomesAnAddress) {
  EXPECT_EQ(AddressOfGrpcPeer("ipv4:192.0.2.7:50123"), "192.0.2.7:50123");
  EXPECT_EQ(AddressOfGrpcPeer("ipv6:%5B::1%5D:50123"), "[::1]:50123");
  EXPECT_EQ(AddressOfGrpcPeer("ipv6:[::1]:50123"), "[::1]:50123");
  EXPECT_EQ(AddressOfGrpcPeer("unknown"), "unknown");
}

}  // namespace
}  // namespace hansa::node::wire
