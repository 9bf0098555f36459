// charter.json: the round trip, and that nobody can pass another root document for the one signed.
#include "node/charter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/node/membership/altered.h"
#include "tests/node/membership/fixture.h"

namespace hansa::node {
namespace {

using hansa::testing::Alterations;
using hansa::testing::Must;
using hansa::testing::Network;
using hansa::testing::Rubbish;
using hansa::testing::StatusIs;

TEST(Charter, IsReadAsItWasWritten) {
  const Network network;
  EXPECT_EQ(Must(DecodeCharter(EncodeCharter(network.charter()))), network.charter());
  EXPECT_EQ(NetworkOf(network.charter()), network.id());
}

TEST(Charter, NoAlterationOfTheRootDocumentIsAccepted) {
  const Network network;
  int tried = 0;
  for (const auto& file : Alterations(EncodeCharter(network.charter()), {"name", "hubs"})) {
    EXPECT_THAT(DecodeCharter(file.bytes), StatusIs(absl::StatusCode::kInvalidArgument)) << file.how;
    ++tried;
  }
  EXPECT_GT(tried, 200);
}

TEST(Charter, HubsMustBeDialable) {
  const Network network;
  Charter charter = network.charter();
  charter.hubs[0].endpoint = "nowhere";
  EXPECT_THAT(DecodeCharter(EncodeCharter(charter)), StatusIs(absl::StatusCode::kInvalidArgument, "port"));
  charter = network.charter();
  charter.hubs[0].pins.clear();
  EXPECT_THAT(DecodeCharter(EncodeCharter(charter)), StatusIs(absl::StatusCode::kInvalidArgument, "no key"));
  charter.hubs.clear();
  EXPECT_THAT(DecodeCharter(EncodeCharter(charter)), StatusIs(absl::StatusCode::kInvalidArgument, "no hub"));
}

TEST(Charter, ANameThatCannotBeShownIsRefused) {
  const Network network;
  Charter charter = network.charter();
  for (const char* name : {"", "two\nlines", "a\u202eb"}) {
    charter.name = name;
    EXPECT_THAT(DecodeCharter(EncodeCharter(charter)), StatusIs(absl::StatusCode::kInvalidArgument, "name"));
  }
}

TEST(Charter, RubbishIsRefused) {
  for (const auto& file : Rubbish()) {
    EXPECT_THAT(DecodeCharter(file.bytes), StatusIs(absl::StatusCode::kInvalidArgument)) << file.how;
  }
}

}  // namespace
}  // namespace hansa::node
