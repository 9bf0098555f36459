// A newcomer of a network whose root keys have signed many documents.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "replication/replica.h"
#include "tests/testing/league.h"

namespace hansa::replication {
namespace {

using ::hansa::testing::League;
using ::testing::Each;
using ::testing::Le;

// A hub whose root keys have signed many documents, and a newcomer that knows the first.
class ManyRootsTest : public ::testing::Test {
 protected:
  static constexpr std::uint32_t kRotations = 300;
  ManyRootsTest() {
    ::hansa::testing::Network& network = league_.network();
    const RootChain first = network.roster().root();
    const Sequence len = network.roster().position().len;
    for (std::uint32_t i = 0; i < kRotations; ++i) {
      HANSA_CHECK(network.AppendRoot(network.RootWithOfficers(network.approvers(), len)).ok());
    }
    loop_.Add("old hub", network.roster().root(), network.hub(), network.writer());
    for (const VerifiedUnit& unit : network.units()) HANSA_CHECK(loop_["old hub"].disk().Append({&unit, 1}).ok());
    loop_["old hub"].Start();
    loop_.Add("newcomer", first, league_.applicant("fi-espoo"));
  }
  std::uint32_t RootAtNewcomer() { return loop_["newcomer"].replica().roster().root().newest().version; }

  League league_{{"fi-espoo"}};
  ::hansa::testing::Loop& loop_ = league_.loop();
};

TEST_F(ManyRootsTest, ComeInAsManyFramesAsTheyNeed) {
  std::vector<std::size_t> frames;  // bytes of each
  loop_.Listen([&](const std::string&, const std::string&, const Frame& frame) {
    const auto* docs = std::get_if<RootDocs>(&frame);
    if (docs == nullptr) return;
    frames.push_back(0);
    for (const Bytes& document : docs->documents) frames.back() += document.size();
  });
  loop_.Dial("newcomer", "old hub");
  loop_.Settle();
  EXPECT_EQ(RootAtNewcomer(), kRotations + 1);
  EXPECT_EQ(loop_["newcomer"].replica().own_member(), Member(11));
  EXPECT_GT(frames.size(), 1u);
  EXPECT_THAT(frames, Each(Le(kRootDocsBytes)));
}

// What is good of what a peer gives is kept and followed, also when it is told off for the rest.
TEST_F(ManyRootsTest, GoodOnesBeforeABadOneAreKept) {
  std::size_t kept = 0;
  loop_.Watch([&](const std::string& name, const Effect& effect) {
    const auto* roots = std::get_if<KeepRoots>(&effect);
    if (name == "newcomer" && roots != nullptr) kept = roots->documents.size();
  });
  loop_.Meddle([&](const std::string&, const std::string&, Frame& frame) {
    auto* docs = std::get_if<RootDocs>(&frame);
    if (docs != nullptr && docs->documents.size() > 2) docs->documents[2] = "no root document";
    return true;
  });
  loop_.Dial("newcomer", "old hub");
  loop_.Settle();
  EXPECT_EQ(RootAtNewcomer(), 3u);
  EXPECT_EQ(kept, 3u);
}

TEST_F(ManyRootsTest, WhoGivesNoneOfThoseItSaysItHasIsNotAskedWithoutEnd) {
  int asked = 0;
  loop_.Meddle([&](const std::string&, const std::string&, Frame& frame) {
    if (auto* docs = std::get_if<RootDocs>(&frame)) docs->documents.clear();
    asked += std::holds_alternative<RootWant>(frame) ? 1 : 0;
    return asked < 100;
  });
  loop_.Dial("newcomer", "old hub");
  loop_.Settle(absl::Minutes(2));
  EXPECT_EQ(RootAtNewcomer(), 1u);
  EXPECT_GE(asked, 1);
  EXPECT_LE(asked, 5);
}

}  // namespace
}  // namespace hansa::replication
