// A member goes on under a new key: the key in its folder, the request, and what the hub makes of it.
#include <sys/stat.h>

#include <filesystem>

#include "node/membership/held_roster.h"
#include "node/membership/new_key.h"
#include "node/membership/recovery_file.h"
#include "tests/node/membership/altered.h"
#include "tests/node/membership/life_fixture.h"

namespace hansa::node::membership {
namespace {

using hansa::testing::Alterations;
using hansa::testing::IsOk;
using hansa::testing::LifeTest;
using hansa::testing::Must;
using hansa::testing::Network;
using hansa::testing::Rubbish;
using hansa::testing::StatusIs;
using replication::Incarnation;
using replication::Member;
using replication::PublicKey;
using ::testing::SizeIs;

constexpr absl::StatusCode kRefused = absl::StatusCode::kFailedPrecondition;
constexpr absl::StatusCode kAlready = absl::StatusCode::kAlreadyExists;

class Recovery : public LifeTest {
 protected:
  // As one who knows the roster.
  NewKeyOptions Known(const std::string& folder) const {
    return {folder, bristol().number, bristol().present().number, bristol().present().writer};
  }
  // As one who was told by telephone.
  NewKeyOptions Told(const std::string& folder, std::uint32_t incarnation = 1) const {
    return {folder, bristol().number, Incarnation(incarnation), std::nullopt};
  }
  PublicKey KeyIn(const std::string& folder) const { return WriterIn(folder)->public_key(); }
  PublicKey KeyAt(const std::string& path) const {
    return replication::SodiumSigner(Must(ReadKey(path)))->public_key();
  }
  absl::StatusOr<ReinstateDraft> Draft(const std::string& request) const {
    return DraftReinstatement({"gb-bristol", request}, roster());
  }
  // A folder made anew, as after a lost disk.
  std::string FreshFolder() {
    const std::string folder = network_.folder() / "again";
    Must(InitNode({.folder = folder,
                   .charter_file = network_.founded().charter,
                   .kind = "city",
                   .slug = "gb-bristol",
                   .name = "The one called gb-bristol",
                   .country = "GBR",
                   .endpoints = {}}));
    return folder;
  }
};

TEST_F(Recovery, ANewKeyTakesThePlaceOfTheOldOneWhichIsSetAside) {
  const PublicKey before = KeyIn(bristol_);
  const NewKey key = Must(TakeNewKey(Known(bristol_)));
  EXPECT_FALSE(key.was_there);
  EXPECT_TRUE(key.has_consent);
  EXPECT_EQ(KeyIn(bristol_), key.writer);
  EXPECT_NE(key.writer, before);
  const NodePaths paths(bristol_);
  EXPECT_EQ(KeyAt(paths.writer_key + ".old-1"), before);
  EXPECT_FALSE(std::filesystem::exists(paths.writer_key + ".next"));
  struct stat about;
  ASSERT_EQ(stat(paths.writer_key.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0600u);
}

TEST_F(Recovery, AskingAgainGivesTheSameRequest) {
  const NewKey first = Must(TakeNewKey(Known(bristol_)));
  const NewKey again = Must(TakeNewKey(Known(bristol_)));
  EXPECT_TRUE(again.was_there);
  EXPECT_EQ(again.request, first.request);
  EXPECT_EQ(Must(TakeNewKey(Told(bristol_))).request, first.request);
  EXPECT_EQ(PendingKey(bristol_)->request, first.request);
  EXPECT_EQ(KeyIn(bristol_), first.writer);
  EXPECT_FALSE(std::filesystem::exists(NodePaths(bristol_).writer_key + ".old-2"));
}

TEST_F(Recovery, WhatWasInterruptedEndsWithOneKey) {
  const NodePaths paths(bristol_);
  const PublicKey before = KeyIn(bristol_);
  // Ended before the request was written.
  Must(WriteKey(paths.writer_key + ".next", RandomSeed()));
  const PublicKey made = KeyAt(paths.writer_key + ".next");
  // Ended after the old key was set aside.
  std::filesystem::create_hard_link(paths.writer_key, paths.writer_key + ".old-1");
  const NewKey key = Must(TakeNewKey(Known(bristol_)));
  EXPECT_EQ(key.writer, made);
  EXPECT_EQ(KeyIn(bristol_), made);
  EXPECT_EQ(KeyAt(paths.writer_key + ".old-1"), before);
  EXPECT_FALSE(std::filesystem::exists(paths.writer_key + ".old-2"));
  EXPECT_TRUE(Must(Draft(key.request)).by_consent);
}

TEST_F(Recovery, TheOldKeysConsentIsEnough) {
  const ReinstateDraft draft = Must(Draft(Must(TakeNewKey(Known(bristol_))).request));
  EXPECT_TRUE(draft.by_consent);
  EXPECT_EQ(draft.entry.approvals_needed, 0u);
  EXPECT_TRUE(network_.Publish(Must(PrepareEntry(draft.entry, {}, roster()))).valid);
  EXPECT_EQ(bristol().present().number, Incarnation(2));
  EXPECT_EQ(bristol().present().writer, KeyIn(bristol_));
}

TEST_F(Recovery, AFolderMadeAnewNeedsOfficers) {
  const NewKey key = Must(TakeNewKey(Told(FreshFolder())));
  const ReinstateDraft draft = Must(Draft(key.request));
  EXPECT_FALSE(draft.by_consent);  // by a key that is nobody's
  EXPECT_THAT(PrepareEntry(draft.entry, {}, roster()),
              StatusIs(kRefused, "letting gb-bristol go on under a new key needs one officer's approval"));
  EXPECT_TRUE(Make(draft.entry).valid);
  EXPECT_EQ(bristol().present().writer, key.writer);
  EXPECT_THAT(Draft(key.request), StatusIs(kAlready, "incarnation 2"));
}

TEST_F(Recovery, WhatWasToldWronglyIsToldAgainWithTheSameKey) {
  const std::string folder = FreshFolder();
  const NewKey wrong = Must(TakeNewKey(Told(folder, 4)));
  EXPECT_THAT(Draft(wrong.request), StatusIs(kRefused, "--incarnation 1"));
  const NewKey right = Must(TakeNewKey(Told(folder)));
  EXPECT_EQ(right.writer, wrong.writer);
  EXPECT_FALSE(right.was_there);
  EXPECT_TRUE(Make(Must(Draft(right.request)).entry).valid);
}

TEST_F(Recovery, ASecondLossTakesASecondKey) {
  const NewKey first = Must(TakeNewKey(Known(bristol_)));
  Make(Must(Draft(first.request)).entry);
  for (const NewKeyOptions& options : {Known(bristol_), Told(bristol_, 2)}) {
    const NewKey second = Must(TakeNewKey(options));
    EXPECT_NE(second.writer, first.writer);
    EXPECT_TRUE(Must(Draft(second.request)).by_consent);
  }
  EXPECT_EQ(KeyAt(NodePaths(bristol_).writer_key + ".old-2"), first.writer);
}

TEST_F(Recovery, AKeyThatIsGoneConsentsToNothing) {
  std::filesystem::remove(NodePaths(bristol_).writer_key);
  const NewKey key = Must(TakeNewKey(Known(bristol_)));
  EXPECT_FALSE(key.has_consent);
  EXPECT_FALSE(Must(Draft(key.request)).by_consent);
}

TEST_F(Recovery, OnlyANodesFolderTakesANewKey) {
  EXPECT_THAT(TakeNewKey(Told(network_.folder() / "nowhere")), StatusIs(absl::StatusCode::kNotFound));
  const std::string expert = network_.SetUp("expert", "int-expert", "INT");
  EXPECT_THAT(TakeNewKey(Told(expert)), StatusIs(kRefused, "key file"));
  ASSERT_EQ(chmod(NodePaths(bristol_).writer_key.c_str(), 0644), 0);
  EXPECT_THAT(TakeNewKey(Known(bristol_)), StatusIs(kRefused, "chmod 600"));
  EXPECT_EQ(PendingKey(network_.folder() / "nowhere"), std::nullopt);
}

TEST_F(Recovery, ARequestIsOfOneMember) {
  const std::string request = Must(TakeNewKey(Known(bristol_))).request;
  EXPECT_THAT(DraftReinstatement({"gb-natcom", request}, roster()), StatusIs(kRefused, "gb-natcom is member 10"));
  EXPECT_THAT(DraftReinstatement({"gb-derby", request}, roster()), StatusIs(absl::StatusCode::kNotFound));
  Make(Must(DraftRevocation({"gb-bristol", replication::RevokeReason::kRetired, {}, {}}, roster(), feeds_)).entry);
  EXPECT_THAT(Draft(request), StatusIs(kRefused, "cannot come back"));
}

TEST_F(Recovery, NoAlteredRequestIsTaken) {
  const std::string request = Must(TakeNewKey(Known(bristol_))).request;
  int tried = 0;
  for (const auto& file : Alterations(request, {"slug"})) {
    const auto read = ReadRecovery(file.bytes, network_.id());
    EXPECT_FALSE(read.ok()) << file.how;
    ++tried;
  }
  EXPECT_GT(tried, 300);
  for (const auto& file : Rubbish()) {
    EXPECT_THAT(ReadRecovery(file.bytes, network_.id()), StatusIs(absl::StatusCode::kInvalidArgument)) << file.how;
  }
  EXPECT_THAT(ReadRecovery(request, replication::NetworkId()), StatusIs(kRefused, "is for the network"));
}

TEST_F(Recovery, TheRosterOfAStoppedNodeIsReadFromItsFolder) {
  const replication::Roster held = Must(RosterHeldIn(network_.founded().hub_folder));
  EXPECT_NE(held.state().Find("int-uil"), nullptr);
  EXPECT_EQ(held.lines().size(), 4u);
  EXPECT_THAT(RosterHeldIn(bristol_), StatusIs(absl::StatusCode::kNotFound, "holds no list of members"));
  EXPECT_FALSE(std::filesystem::exists(NodePaths(bristol_).database));
  EXPECT_THAT(RosterHeldIn(network_.folder() / "nowhere"), StatusIs(absl::StatusCode::kNotFound, "hansa init"));
}

}  // namespace
}  // namespace hansa::node::membership
