// Files come after feeds, from whoever holds them, chunk by chunk; what is not right is never written; and a file
// follows its entry.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "replication/file_table.h"
#include "replication/replica.h"
#include "tests/testing/league.h"

namespace hansa::replication {
namespace {

using ::hansa::testing::League;
using ::hansa::testing::Loop;

constexpr char kEspoo[] = "fi-espoo";
constexpr char kTurku[] = "fi-turku";

class FilesTest : public ::testing::Test {
 protected:
  FilesTest() {
    for (const char* city : {kEspoo, kTurku}) loop_.Dial(city, "hub");
    loop_.Settle();
  }

  // A record of Espoo's with a file of so many bytes, which is on Espoo's disk.
  WantedFile Attach(std::size_t size) {
    const Crypto& crypto = SodiumCrypto();
    WantedFile file;
    file.salt = ::hansa::testing::SaltNamed("file").str();
    file.size = size;
    std::string content;
    for (std::size_t i = 0; content.size() < size; ++i) content += std::to_string(i) + " ";
    content.resize(size);
    file.file = crypto.Sha256(ByteWriter().Tag("hansa/file/1").Raw(file.salt).Raw(content).bytes());
    for (std::uint32_t index = 0; index * kChunkBytes < size; ++index) {
      const std::string chunk = content.substr(index * kChunkBytes, kChunkBytes);
      file.chunks.push_back(ChunkHash(crypto, file.salt, index, chunk));
      loop_[kEspoo].chunks[{file.file, index}] = chunk;
    }
    EXPECT_TRUE(loop_.Publish(kEspoo, kPractice, "a record with the file " + file.file.str()).ok());
    loop_.Settle();
    file.feed = league_.FeedOf(kEspoo, kPractices);
    file.seq = Sequence(league_.LengthAt("hub", file.feed));
    return file;
  }
  std::size_t ChunksAt(const std::string& node) { return loop_[node].chunks.size(); }
  // Chunks asked for and given, from now on.
  void Count() {
    loop_.Listen([this](const std::string& from, const std::string&, const Frame& frame) {
      if (std::holds_alternative<FileWant>(frame)) ++asked_[from];
      const auto* chunk = std::get_if<FileChunk>(&frame);
      if (chunk != nullptr) ++(chunk->bytes.empty() ? refused_ : given_)[from];
    });
  }

  League league_{{kEspoo, kTurku}};
  Loop& loop_ = league_.loop();
  std::map<std::string, int> asked_;
  std::map<std::string, int> given_;
  std::map<std::string, int> refused_;
};

TEST_F(FilesTest, AFileComesChunkByChunkAndIsNotWantedAnyMore) {
  const WantedFile file = Attach(2 * kChunkBytes + 1);
  Count();
  loop_.Want("hub", file);
  loop_.Settle();
  EXPECT_EQ(loop_["hub"].chunks, loop_[kEspoo].chunks);
  EXPECT_EQ(given_[kEspoo], 3);
  EXPECT_THAT(loop_["hub"].replica().FilesWanted(), ::testing::IsEmpty());
}

TEST_F(FilesTest, WhoHasItNotSaysSoAndIsAskedAgainUntilItHas) {
  const WantedFile file = Attach(kChunkBytes + 7);
  Count();
  loop_.Want(kTurku, file);  // which knows the hub alone
  loop_.Settle();
  EXPECT_EQ(ChunksAt(kTurku), 0u);
  EXPECT_GT(refused_["hub"], 0);
  loop_.Want("hub", file);
  loop_.Settle(absl::Minutes(2));
  EXPECT_EQ(loop_[kTurku].chunks, loop_[kEspoo].chunks);
}

TEST_F(FilesTest, WhatNobodyHasIsNotAskedForInALoop) {
  const WantedFile file = Attach(7);
  loop_[kEspoo].chunks.clear();
  Count();
  loop_.Want("hub", file);
  loop_.Settle(absl::Minutes(60));
  EXPECT_GT(asked_["hub"], 2);
  EXPECT_LT(asked_["hub"], 3 * 60 + 20);  // two peers, about once a minute each
}

TEST_F(FilesTest, ItGoesOnWhereAnEarlierStreamAndAnEarlierLifeEnded) {
  const WantedFile file = Attach(4 * kChunkBytes);
  int left = 2;
  loop_.Meddle([&left](const std::string& from, const std::string&, const Frame& frame) {
    return !(from == kEspoo && std::holds_alternative<FileChunk>(frame)) || left-- > 0;
  });
  loop_.Want("hub", file);
  loop_.Settle();
  EXPECT_EQ(ChunksAt("hub"), 2u);
  loop_.Crash("hub");
  loop_.Meddle(nullptr);
  Count();
  loop_.Want("hub", file);
  loop_.Dial(kEspoo, "hub");
  loop_.Settle();
  EXPECT_EQ(loop_["hub"].chunks, loop_[kEspoo].chunks);
  EXPECT_EQ(given_[kEspoo], 2);
}

TEST_F(FilesTest, I2_AChunkThatIsNotRightIsNeverWrittenAndItsGiverIsLeftAloneForAWhile) {
  const WantedFile file = Attach(kChunkBytes + 1);
  loop_.Meddle([](const std::string& from, const std::string&, Frame& frame) {
    auto* chunk = std::get_if<FileChunk>(&frame);
    if (from == kEspoo && chunk != nullptr && !chunk->bytes.empty()) chunk->bytes[0] ^= 1;
    return true;
  });
  Count();
  loop_.Want("hub", file);
  loop_.Settle(absl::Seconds(30));
  EXPECT_EQ(ChunksAt("hub"), 0u);
  EXPECT_LE(given_[kEspoo], 2);
  std::uint64_t refused = 0;
  for (const SessionView& session : loop_["hub"].replica().Sessions()) {
    EXPECT_EQ(session.phase, Phase::kLive);
    for (const auto& [reason, count] : session.refusals) refused += reason == Refusal::kBadPayload ? count : 0;
  }
  EXPECT_GT(refused, 0u);
  loop_.Meddle(nullptr);
  loop_.Settle(absl::Minutes(5));
  EXPECT_EQ(loop_["hub"].chunks, loop_[kEspoo].chunks);
}

TEST_F(FilesTest, WithoutRoomNoFileIsFetched) {
  const WantedFile file = Attach(9);
  loop_.SetRoom("hub", false);
  Count();
  loop_.Want("hub", file);
  loop_.Settle(absl::Minutes(1));
  EXPECT_EQ(asked_["hub"], 0);
  loop_.SetRoom("hub", true);
  loop_.Settle();
  EXPECT_EQ(ChunksAt("hub"), 1u);
}

TEST_F(FilesTest, NothingIsAskedOfWhoDoesNotKnowFiles) {
  const WantedFile file = Attach(9);
  loop_.CutAll();
  loop_.Meddle([](const std::string& from, const std::string&, Frame& frame) {
    auto* hello = std::get_if<Hello>(&frame);
    if (from == kEspoo && hello != nullptr) hello->features.clear();
    return true;
  });
  loop_.Dial(kEspoo, "hub");
  loop_.Settle();
  Count();
  loop_.Want("hub", file);
  loop_.Settle(absl::Minutes(2));
  EXPECT_EQ(asked_["hub"], 0);
}

TEST_F(FilesTest, OnlyAnEntryThatNamesAFileGivesIt) {
  WantedFile file = Attach(9);
  ASSERT_TRUE(loop_.Publish(kEspoo, kPractice, "names nothing").ok());
  loop_.Settle();
  file.seq = Sequence(file.seq.value() + 1);
  Count();
  loop_.Want("hub", file);
  loop_.Settle();
  EXPECT_EQ(ChunksAt("hub"), 0u);
  EXPECT_GT(refused_[kEspoo], 0);
}

TEST_F(FilesTest, WhatIsNotWantedAnyMoreIsNotWritten) {
  const WantedFile file = Attach(3 * kChunkBytes);
  loop_.Meddle([this, &file](const std::string& from, const std::string&, const Frame& frame) {
    if (from == kEspoo && std::holds_alternative<FileChunk>(frame)) loop_.StopWanting("hub", file.file);
    return true;
  });
  loop_.Want("hub", file);
  loop_.Settle(absl::Minutes(1));
  EXPECT_EQ(ChunksAt("hub"), 0u);
}

TEST(FileTableTest, TakesWhatGoesTogetherAndKeepsTheOrder) {
  FileTable files;
  WantedFile file;
  file.salt = std::string(kFileSaltBytes, 's');
  file.size = kChunkBytes + 1;
  file.file = *Hash::From(std::string(Hash::kSize, '\x7'));
  EXPECT_FALSE(files.Want(file));  // its chunks are not as many as its size takes
  file.chunks.resize(2);
  EXPECT_TRUE(files.Want(file));
  EXPECT_FALSE(files.Want(file));
  WantedFile second = file;
  second.file = *Hash::From(std::string(Hash::kSize, '\x1'));
  second.held = {0};
  EXPECT_TRUE(files.Want(second));
  EXPECT_EQ(files.After(0).file->file, file.file);
  EXPECT_EQ(files.After(files.PlaceOf(file.file)).file->file, second.file);
  EXPECT_EQ(files.NextChunk(second.file), 1u);
  files.Asked(second.file, 1, SessionId(4));
  EXPECT_EQ(files.NextChunk(second.file), std::nullopt);
  EXPECT_TRUE(files.LetGo(SessionId(4)));
  EXPECT_EQ(files.NextChunk(second.file), 1u);
  second.held = {0, 1};
  EXPECT_FALSE(files.Want(second));
  EXPECT_EQ(files.size(), 1u);
}

TEST(FileTableTest, AChunkIsRightByLengthPlaceAndHash) {
  WantedFile file;
  file.salt = std::string(kFileSaltBytes, 's');
  file.size = kChunkBytes + 3;
  const std::string first(kChunkBytes, 'a');
  file.chunks = {ChunkHash(SodiumCrypto(), file.salt, 0, first), ChunkHash(SodiumCrypto(), file.salt, 1, "abc")};
  EXPECT_TRUE(IsWhole(file));
  EXPECT_TRUE(IsChunk(SodiumCrypto(), file, 0, first));
  EXPECT_TRUE(IsChunk(SodiumCrypto(), file, 1, "abc"));
  EXPECT_FALSE(IsChunk(SodiumCrypto(), file, 0, "abc"));
  EXPECT_FALSE(IsChunk(SodiumCrypto(), file, 1, "abd"));
  EXPECT_FALSE(IsChunk(SodiumCrypto(), file, 2, "abc"));
}

}  // namespace
}  // namespace hansa::replication
