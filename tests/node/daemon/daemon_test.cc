// A daemon on a real folder: what it refuses to start on, and what is there again after a restart.
#include "node/daemon/daemon.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "node/membership/found_network.h"
#include "replication/collections.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_folder.h"

namespace hansa::node {
namespace {

using ::hansa::testing::IsOk;
using ::hansa::testing::StatusIs;
using ::testing::SizeIs;

constexpr replication::Kind kGuidance{2049};

class DaemonTest : public ::testing::Test {
 protected:
  void SetUp() override {
    membership::FoundOptions options;
    options.name = "Test network";
    options.out = folder_.path() + "/network";
    options.hub = "127.0.0.1:7400";
    absl::StatusOr<membership::FoundedNetwork> founded = membership::FoundNetwork(options);
    ASSERT_THAT(founded.status(), IsOk());
    hub_ = founded->hub_folder;
  }
  absl::StatusOr<std::unique_ptr<Daemon>> StartHub() { return Daemon::Start({hub_, "127.0.0.1:0"}); }
  static Publication Guidance(const std::string& text) {
    return {replication::kNotices, kGuidance, std::nullopt, false, text};
  }

  ::hansa::testing::TempFolder folder_;
  std::string hub_;
};

TEST_F(DaemonTest, TheHubOfAFreshNetworkIsMemberOne) {
  absl::StatusOr<std::unique_ptr<Daemon>> hub = StartHub();
  ASSERT_THAT(hub.status(), IsOk());
  const NodeView view = (*hub)->View();
  EXPECT_EQ(view.member, replication::kFirstSecretariat);
  EXPECT_EQ(view.slug, "int-uil");
  EXPECT_EQ(view.network, "Test network");
  EXPECT_EQ(view.fence, Fence::kUnconfirmed);
  EXPECT_TRUE(view.is_hub);
  EXPECT_FALSE(view.in_sync);  // nobody is connected, so nobody agrees
  EXPECT_NE((*hub)->replication_address(), "");
}

TEST_F(DaemonTest, WhatWasPublishedIsThereAfterARestart) {
  absl::StatusOr<std::unique_ptr<Daemon>> hub = StartHub();
  ASSERT_THAT(hub.status(), IsOk());
  const absl::StatusOr<std::vector<Published>> published = (*hub)->Publish({Guidance("one"), Guidance("two")});
  ASSERT_THAT(published.status(), IsOk());
  ASSERT_THAT(*published, SizeIs(2));
  EXPECT_EQ((*published)[1].seq, replication::Sequence(2));
  (*hub)->Stop();
  hub = StartHub();
  ASSERT_THAT(hub.status(), IsOk());
  const absl::StatusOr<std::vector<Published>> third = (*hub)->Publish({Guidance("three")});
  ASSERT_THAT(third.status(), IsOk());
  EXPECT_EQ((*third)[0].seq, replication::Sequence(3));
}

TEST(Clock, NoNodeRunsBeforeTheTimesThatItSigns) {
  EXPECT_THAT(CheckClock(absl::UnixEpoch()), IsOk());
  EXPECT_THAT(CheckClock(absl::UnixEpoch() - absl::Seconds(1)),
              StatusIs(absl::StatusCode::kFailedPrecondition, "says 1969-12-31 23:59 UTC"));
}

TEST_F(DaemonTest, AFolderWithoutANodeIsRefused) {
  EXPECT_THAT(Daemon::Start({folder_.path() + "/nothing", ""}).status(), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(DaemonTest, ASecondNodeOnOneFolderIsRefused) {
  absl::StatusOr<std::unique_ptr<Daemon>> hub = StartHub();
  ASSERT_THAT(hub.status(), IsOk());
  EXPECT_THAT(StartHub().status(), StatusIs(absl::StatusCode::kFailedPrecondition));
}

TEST_F(DaemonTest, KeysThatOthersCanReadAreRefused) {
  std::filesystem::permissions(hub_ + "/keys/writer.key", std::filesystem::perms::others_read,
                               std::filesystem::perm_options::add);
  EXPECT_THAT(StartHub().status(), StatusIs(absl::StatusCode::kFailedPrecondition, "chmod"));
}

TEST_F(DaemonTest, TheCharterOfAnotherNetworkIsRefusedAndBothAreNamed) {
  membership::FoundOptions options;
  options.name = "Other network";
  options.out = folder_.path() + "/other";
  options.hub = "127.0.0.1:7401";
  const absl::StatusOr<membership::FoundedNetwork> other = membership::FoundNetwork(options);
  ASSERT_THAT(other.status(), IsOk());
  const auto put = [&](const std::string& charter) {
    std::filesystem::copy_file(charter, hub_ + "/charter.json", std::filesystem::copy_options::overwrite_existing);
  };
  const std::string own = folder_.path() + "/network/charter.json";
  // A store that no node has had yet does not say its own network's name.
  put(other->charter);
  EXPECT_THAT(StartHub().status(),
              StatusIs(absl::StatusCode::kFailedPrecondition, "'Other network' (" + other->network.hex() +
                                                                  "), and the store beside it is of another network"));
  put(own);
  {
    const absl::StatusOr<std::unique_ptr<Daemon>> hub = StartHub();
    ASSERT_THAT(hub.status(), IsOk());
  }
  put(other->charter);
  EXPECT_THAT(StartHub().status(), StatusIs(absl::StatusCode::kFailedPrecondition,
                                            "and the store beside it is of the network 'Test network'"));
  put(own);
  EXPECT_THAT(StartHub().status(), IsOk());
}

// A restored copy of the store: the high-water file knows better, and nothing is signed.
TEST_F(DaemonTest, P5_AStoreBehindItsHighWaterMarkSignsNothing) {
  std::filesystem::copy(hub_ + "/db", folder_.path() + "/old", std::filesystem::copy_options::recursive);
  {
    absl::StatusOr<std::unique_ptr<Daemon>> hub = StartHub();
    ASSERT_THAT(hub.status(), IsOk());
    ASSERT_THAT((*hub)->Publish({Guidance("one")}).status(), IsOk());
  }
  std::filesystem::remove_all(hub_ + "/db");
  std::filesystem::copy(folder_.path() + "/old", hub_ + "/db", std::filesystem::copy_options::recursive);
  absl::StatusOr<std::unique_ptr<Daemon>> hub = StartHub();
  ASSERT_THAT(hub.status(), IsOk());
  EXPECT_EQ((*hub)->View().fence, Fence::kRecover);
  EXPECT_THAT((*hub)->Publish({Guidance("another one")}).status(),
              StatusIs(absl::StatusCode::kFailedPrecondition, "behind what it has published"));
}

TEST_F(DaemonTest, AddedPeersSurviveARestart) {
  {
    absl::StatusOr<std::unique_ptr<Daemon>> hub = StartHub();
    ASSERT_THAT(hub.status(), IsOk());
    EXPECT_THAT((*hub)->AddPeer("127.0.0.1:1"), IsOk());
    EXPECT_THAT((*hub)->AddPeer("127.0.0.1:1"), IsOk());  // twice is once
    EXPECT_THAT((*hub)->AddPeer("no port"), StatusIs(absl::StatusCode::kInvalidArgument));
  }
  absl::StatusOr<std::unique_ptr<Daemon>> hub = StartHub();
  ASSERT_THAT(hub.status(), IsOk());
  EXPECT_THAT((*hub)->View().peers, SizeIs(1));
  EXPECT_THAT((*hub)->RemovePeer("127.0.0.1:1"), IsOk());
  EXPECT_THAT((*hub)->RemovePeer("127.0.0.1:1"), StatusIs(absl::StatusCode::kNotFound));
}

// The file of the store in which `bytes` stand as they are, and where.
std::optional<std::pair<std::string, std::size_t>> PlaceOf(const std::string& folder, const std::string& bytes) {
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder)) {
    if (file.path().extension() != ".sst") continue;
    const std::size_t at = ::hansa::testing::ReadFile(file.path().string()).find(bytes);
    if (at != std::string::npos) return std::pair(file.path().string(), at);
  }
  return std::nullopt;
}

TEST_F(DaemonTest, P8_DamageIsFoundAndMendedWhileItRuns) {
  std::string text;  // that does not compress
  for (int i = 0; i < 100; ++i) text += RandomRecordId().hex() + RandomRecordId().str();
  const std::vector<std::string> texts = {"one", text, "three"};
  {
    const absl::StatusOr<std::unique_ptr<Daemon>> hub = StartHub();
    ASSERT_THAT(hub.status(), IsOk());
    ASSERT_THAT((*hub)->Publish({Guidance(texts[0]), Guidance(texts[1]), Guidance(texts[2])}).status(), IsOk());
    (*hub)->Stop();
  }
  const auto place = PlaceOf(hub_ + "/db", text.substr(100, 12));
  ASSERT_TRUE(place);
  std::string table = ::hansa::testing::ReadFile(place->first);
  table[place->second] = static_cast<char>(table[place->second] ^ 1);
  ::hansa::testing::WriteFile(place->first, table);

  // Nobody asks for the entry: it is found because everything is read again.
  const absl::StatusOr<std::unique_ptr<Daemon>> hub = StartHub();
  ASSERT_THAT(hub.status(), IsOk());
  const absl::Time deadline = absl::Now() + absl::Minutes(2);
  while ((*hub)->View().disk.mended == 0 && absl::Now() < deadline) absl::SleepFor(absl::Milliseconds(10));
  ASSERT_EQ((*hub)->View().disk.mended, 1u);
  // Its process goes on; what is lost is known to be missing, and nothing false is shown.
  std::uint64_t absent = 0;
  const absl::StatusOr<std::vector<storage::HeldFeed>> held = (*hub)->feeds().Feeds();
  ASSERT_THAT(held.status(), IsOk());
  for (const storage::HeldFeed& feed : *held) {
    const absl::StatusOr<std::vector<storage::StoredEntry>> read =
        (*hub)->feeds().ReadEntries(feed.feed, replication::Sequence(1), 100);
    ASSERT_THAT(read.status(), IsOk());
    if (feed.author.collection != replication::kNotices) continue;
    ASSERT_THAT(*read, SizeIs(3));
    for (std::size_t i = 0; i < read->size(); ++i) {
      const std::optional<replication::SaltedPayload>& payload = (*read)[i].entry.payload;
      if (payload) {
        EXPECT_EQ(payload->payload, texts[i]);
      }
      absent += payload ? 0 : 1;
    }
  }
  // As many as lay in the block that had rotted.
  EXPECT_GE(absent, 1u);
  while ((*hub)->View().missing == 0 && absl::Now() < deadline) absl::SleepFor(absl::Milliseconds(10));
  EXPECT_EQ((*hub)->View().missing, absent);
  // Its history is whole, so it may publish.
  EXPECT_THAT((*hub)->Publish({Guidance("four")}).status(), IsOk());
}

// As where a block of the disk had rotted and only the payloads were set down as lost.
TEST_F(DaemonTest, P8_AListOfMembersIsNeverReadWithoutWhatIsInIt) {
  ASSERT_THAT(StartHub().status(), IsOk());
  std::uint64_t entries = 0;
  {
    const std::unique_ptr<storage::Database> store = ::hansa::testing::Must(storage::Database::Open(hub_ + "/db"));
    for (const storage::HeldFeed& feed : ::hansa::testing::Must(store->feeds().Feeds())) {
      if (feed.author.collection != replication::kRosterCollection) continue;
      entries = feed.newest.len.value();
      ASSERT_THAT(store->feeds().ErasePayloads(feed.feed, {replication::Sequence(1)}), IsOk());
    }
    ASSERT_THAT(store->Close(), IsOk());
  }
  ASSERT_GT(entries, 0u);
  const absl::StatusOr<std::unique_ptr<Daemon>> hub = StartHub();
  ASSERT_THAT(hub.status(), IsOk());
  const NodeView view = (*hub)->View();
  EXPECT_EQ(view.disk.mended, 1u);
  EXPECT_TRUE(view.roster->lines().empty());  // and not: all of them void
  EXPECT_EQ(view.list_signed_to, entries);
  EXPECT_EQ(view.fence, Fence::kLocked);
  EXPECT_THAT(FenceWords(view), ::testing::HasSubstr("members give it back as they connect"));
}

// A takeover writes one beside a node that runs: nothing was compared with the high-water file for it yet.
TEST_F(DaemonTest, P5_AKeyThatCameIntoTheFolderWaitsForTheNextStart) {
  const std::string key = hub_ + "/keys/roster.key";
  const std::string aside = folder_.path() + "/roster.key";
  std::filesystem::rename(key, aside);
  std::vector<std::string> texts;  // more than is kept in memory of what was read
  {
    const absl::StatusOr<std::unique_ptr<Daemon>> hub = StartHub();
    ASSERT_THAT(hub.status(), IsOk());
    for (int i = 0; i < 80; ++i) {
      texts.emplace_back();
      while (texts.back().size() < 200'000) texts.back() += RandomRecordId().str();
      ASSERT_THAT((*hub)->Publish({Guidance(texts.back())}).status(), IsOk());
    }
    (*hub)->Stop();
  }
  const absl::StatusOr<std::unique_ptr<Daemon>> hub = StartHub();
  ASSERT_THAT(hub.status(), IsOk());
  EXPECT_FALSE((*hub)->View().is_hub);
  std::filesystem::rename(aside, key);
  const auto place = PlaceOf(hub_ + "/db", texts.front().substr(100'000, 12));
  ASSERT_TRUE(place);
  std::string table = ::hansa::testing::ReadFile(place->first);
  table[place->second] = static_cast<char>(table[place->second] ^ 1);
  ::hansa::testing::WriteFile(place->first, table);
  for (const storage::HeldFeed& feed : ::hansa::testing::Must((*hub)->feeds().Feeds())) {
    (*hub)->feeds().ReadEntries(feed.feed, replication::Sequence(1), 100).status().IgnoreError();
  }
  const absl::Time deadline = absl::Now() + absl::Minutes(2);
  while ((*hub)->View().disk.mended == 0 && absl::Now() < deadline) absl::SleepFor(absl::Milliseconds(10));
  ASSERT_EQ((*hub)->View().disk.mended, 1u);
  EXPECT_FALSE((*hub)->View().is_hub);
  (*hub)->Stop();
  const absl::StatusOr<std::unique_ptr<Daemon>> next = StartHub();
  ASSERT_THAT(next.status(), IsOk());
  EXPECT_TRUE((*next)->View().is_hub);
}

}  // namespace
}  // namespace hansa::node
