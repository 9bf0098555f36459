// Golden transcripts: each file in tests/transcripts/ is a script, a line per event, with every frame that follows as
// an indented line. A change of behaviour shows as a difference there, to be read and agreed to.
// HANSA_UPDATE_TRANSCRIPTS=1 writes what is said now in place of what was said.
// Tests that hold a promise carry its number; they play a transcript and look at what it came to.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <utility>

#include "replication/credit_window.h"
#include "tests/replication/transcript_stage.h"

namespace hansa::replication {
namespace {

using ::testing::ElementsAre;

constexpr char kTranscripts[] = HANSA_SOURCE_DIR "/tests/transcripts";

std::vector<std::filesystem::path> Transcripts() {
  std::vector<std::filesystem::path> files;
  for (const auto& file : std::filesystem::directory_iterator(kTranscripts)) {
    if (file.path().extension() == ".txt") files.push_back(file.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string TextOf(const std::filesystem::path& path) {
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}
std::string Named(const std::string& name) { return TextOf(absl::StrCat(kTranscripts, "/", name, ".txt")); }

TEST(TranscriptTest, WhatIsSaidIsWhatTheTranscriptsSay) {
  const std::vector<std::filesystem::path> files = Transcripts();
  ASSERT_FALSE(files.empty());
  for (const std::filesystem::path& path : files) {
    const std::string golden = TextOf(path);
    const std::string played = Stage(golden).Play();
    if (std::getenv("HANSA_UPDATE_TRANSCRIPTS") != nullptr) std::ofstream(path) << played;
    EXPECT_EQ(played, golden) << path;
  }
}

TEST(TranscriptTest, P9_AFewDifferencesAmongHundredsOfFeedsAreFoundAndNothingElse) {
  Stage stage(Named("tree_walk"));
  std::set<FeedId> told;
  std::set<FeedId> fetched;
  std::size_t digests = 0;
  stage.Listen([&](const std::string&, const std::string&, const Frame& frame) {
    if (const auto* reply = std::get_if<TreeReply>(&frame)) digests += reply->nodes.size() * 16;
    if (const auto* want = std::get_if<Want>(&frame)) fetched.insert(want->feed);
    const auto* rows = std::get_if<Rows>(&frame);
    if (rows == nullptr) return;
    for (const FeedRow& row : rows->rows) told.insert(row.feed);
  });
  stage.Play();
  EXPECT_TRUE(stage.loop().AllEqual({"hub", "fi-espoo", "fi-turku"}));
  EXPECT_TRUE(stage.loop()["fi-turku"].replica().Sessions().front().newest_comparison_equal);
  fetched.erase(stage.league().network().roster().feed());
  EXPECT_THAT(fetched, ::testing::UnorderedElementsAre(stage.FeedNamed("fi-espoo/indicators"),
                                                       stage.FeedNamed("fi-espoo/practices"),
                                                       stage.FeedNamed("fi-espoo/dialogue")));
  // Down to the bucket of each: far from all feeds, by far fewer digests than there are.
  EXPECT_LE(told.size(), 3 * 16u);
  EXPECT_LE(digests, 16u + 3 * 16u);
}

TEST(TranscriptTest, P6_I8_AProvenForkIsKnownToAllWhoMeetAndNeverGrows) {
  Stage stage(Named("fork"));
  stage.Play();
  const FeedId feed = stage.FeedNamed("fi-espoo/indicators");
  for (const char* node : {"hub", "fi-turku", "third"}) {
    EXPECT_THAT(stage.loop()[node].replica().Forked(), ElementsAre(feed)) << node;
  }
  EXPECT_EQ(stage.league().LengthAt("hub", feed), 1u);
  EXPECT_EQ(stage.league().LengthAt("fi-turku", feed), 2u);
  EXPECT_EQ(stage.league().LengthAt("third", feed), 3u);
  // The feed alone: what else the author wrote has come.
  EXPECT_EQ(stage.league().LengthAt("hub", stage.FeedNamed("fi-espoo/dialogue")), 1u);
  EXPECT_EQ(stage.loop()["third"].replica().fence(), Fence::kRecover);
}

TEST(TranscriptTest, P6_I9_NobodyIsCalledForkedWhoseFramesProveNothing) {
  for (const std::filesystem::path& path : Transcripts()) {
    if (path.stem() == "fork") continue;
    Stage stage(TextOf(path));
    stage.Play();
    for (const char* node : {"hub", "fi-espoo", "fi-turku"}) {
      EXPECT_THAT(stage.loop()[node].replica().Forked(), ::testing::IsEmpty()) << node << " in " << path;
    }
  }
}

TEST(TranscriptTest, P14_I8_NothingBeyondASealStaysOutOfQuarantine) {
  Stage stage(Named("seal"));
  stage.Play();
  const FeedId feed = stage.FeedNamed("fi-espoo/indicators");
  for (const char* node : {"hub", "fi-turku"}) {
    const absl::StatusOr<storage::HeldFeed> held = stage.loop()[node].disk().Feed(feed);
    ASSERT_TRUE(held.ok()) << node;
    EXPECT_EQ(held->newest.len, Sequence(1)) << node;
    EXPECT_EQ(stage.loop()[node].disk().Quarantined(feed).value().entries, 1u) << node;
    EXPECT_EQ(stage.loop()[node].replica().feeds().Of(feed).durable.len, Sequence(1)) << node;
  }
  EXPECT_TRUE(stage.loop().AllEqual({"hub", "fi-turku"}));
  EXPECT_TRUE(stage.loop()["hub"].replica().Sessions().back().newest_comparison_equal);
}

// What one side has sent the other since their Hello, and how much it had been granted by then.
struct Account {
  std::map<TrafficClass, std::uint64_t> sent;
  Credit granted;

  std::uint64_t GrantedOf(TrafficClass traffic) const {
    return traffic == TrafficClass::kLive ? granted.live_bytes : granted.bulk_bytes;
  }
};

TEST(TranscriptTest, P12_I10_NobodySendsMoreThanItWasGrantedAndAllArrivesInTheEnd) {
  Stage stage(Named("credit"));
  std::map<std::pair<std::string, std::string>, Account> accounts;
  std::uint64_t bulk_to_turku = 0;
  stage.Listen([&](const std::string& from, const std::string& to, const Frame& frame) {
    Account& account = accounts[{from, to}];
    if (std::holds_alternative<Hello>(frame)) account.sent.clear();
    if (const auto* hello = std::get_if<Hello>(&frame)) accounts[{to, from}].granted = hello->credit;
    if (const auto* credit = std::get_if<Credit>(&frame)) accounts[{to, from}].granted = *credit;
    const std::optional<FrameCost> cost = CostOf(frame);
    if (!cost) return;
    account.sent[cost->traffic] += cost->bytes;
    EXPECT_LE(account.sent[cost->traffic], account.GrantedOf(cost->traffic)) << from << " to " << to;
    // What waits for the disk is within one window, however long that takes.
    EXPECT_LE(account.GrantedOf(cost->traffic), account.sent[cost->traffic] + WindowBytes(cost->traffic));
    if (to == "fi-turku" && cost->traffic == TrafficClass::kBulk) bulk_to_turku = account.sent[cost->traffic];
  });
  const std::string played = stage.Play();
  EXPECT_THAT(played, ::testing::HasSubstr("waits for credit"));
  EXPECT_GT(bulk_to_turku, WindowBytes(TrafficClass::kBulk));
  EXPECT_TRUE(stage.loop().AllEqual({"hub", "fi-espoo", "fi-turku"}));
  EXPECT_FALSE(stage.loop()["hub"].replica().Sessions().back().stalled_since.has_value());
}

}  // namespace
}  // namespace hansa::replication
