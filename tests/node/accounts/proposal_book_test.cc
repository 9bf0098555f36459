// What waits for a second person.
#include "node/accounts/proposal_book.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_folder.h"

namespace hansa::node::accounts {
namespace {

using hansa::testing::Must;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ProposalBookTest : public ::testing::Test {
 protected:
  ProposalBook Book() {
    return ProposalBook({.folder = folder_.path(), .now = [this] { return now_; }});
  }
  std::string PathOf(const std::string& id) const { return folder_ / absl::StrCat("accounts/proposals/", id); }

  const testing::TempFolder folder_;
  absl::Time now_ = absl::FromUnixSeconds(1'800'000'000);
};

TEST_F(ProposalBookTest, WhatIsPutForwardOutlivesARestartAsItWas) {
  const std::string request("a\nb\0c", 5);
  Proposal first;
  {
    ProposalBook book = Book();
    first = Must(book.Add("AddPractice", request, "kim"));
    now_ += absl::Seconds(1);
    Must(book.Add("Ask", "", "lee"));
  }
  testing::WriteFile(PathOf("not-one-of-ours"), "{}\n");
  for (const std::string& name : {first.id + "0", first.id.substr(1), std::string("0123456789ABCDEF")}) {
    testing::WriteFile(PathOf(name), testing::ReadFile(PathOf(first.id)));
  }
  testing::WriteFile(PathOf(first.id + ".01234567.new"), "half of it");
  const ProposalBook book = Book();
  const std::vector<Proposal> waiting = book.List();
  ASSERT_THAT(waiting, SizeIs(2));
  EXPECT_EQ(waiting[0], first);
  EXPECT_EQ(waiting[0].method, "AddPractice");
  EXPECT_EQ(waiting[0].by, "kim");
  EXPECT_EQ(waiting[0].at_ms, 1'800'000'000'000U);
  EXPECT_EQ(Must(book.Request(first.id)), request);
  EXPECT_EQ(Must(book.Request(waiting[1].id)), "");
  EXPECT_FALSE(std::filesystem::exists(PathOf(first.id + ".01234567.new")));
  EXPECT_TRUE(std::filesystem::exists(PathOf("not-one-of-ours")));
  struct stat about {};
  ASSERT_EQ(stat(PathOf(first.id).c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0600U);
}

TEST_F(ProposalBookTest, NobodyAgreesToWhatTheyPutForward) {
  ProposalBook book = Book();
  const std::string id = Must(book.Add("Ask", "x", "kim")).id;
  EXPECT_TRUE(absl::IsPermissionDenied(book.Begin(id, "kim").status()));
  EXPECT_TRUE(absl::IsPermissionDenied(book.Begin(id, "KIM").status())) << "however the name is written";
  EXPECT_EQ(Must(book.Begin(id, "lee")), "x");
}

TEST_F(ProposalBookTest, ItIsDoneOnceHoweverManyAgree) {
  ProposalBook book = Book();
  const std::string id = Must(book.Add("Ask", "x", "kim")).id;
  Must(book.Begin(id, "lee"));
  EXPECT_TRUE(absl::IsAborted(book.Begin(id, "ann").status()));
  EXPECT_TRUE(absl::IsAborted(book.Remove(id).status()));
  Must(book.End(id, ProposalBook::Outcome::kNotDone));
  EXPECT_FALSE(Must(book.Find(id)).was_tried);
  EXPECT_FALSE(Book().List().front().was_tried);
  EXPECT_EQ(Must(book.Begin(id, "ann")), "x") << "what could not be done waits on";
  Must(book.End(id, ProposalBook::Outcome::kDone));
  EXPECT_TRUE(absl::IsNotFound(book.Begin(id, "ann").status()));
  EXPECT_THAT(book.List(), IsEmpty());
  EXPECT_THAT(Book().List(), IsEmpty());
}

TEST_F(ProposalBookTest, WhatMayHaveBeenDoneIsKnownAsThatAfterARestart) {
  std::string id;
  {
    ProposalBook book = Book();
    id = Must(book.Add("Ask", "x", "kim")).id;
    Must(book.Begin(id, "lee"));
    EXPECT_FALSE(Must(book.Find(id)).was_tried);
  }
  ProposalBook book = Book();
  EXPECT_TRUE(Must(book.Find(id)).was_tried) << "the process died meanwhile";
  EXPECT_EQ(Must(book.Begin(id, "lee")), "x");
  Must(book.End(id, ProposalBook::Outcome::kNotDone));
  EXPECT_TRUE(Must(book.Find(id)).was_tried);
  Must(book.Remove(id));
  EXPECT_THAT(Book().List(), IsEmpty());
  EXPECT_TRUE(std::filesystem::is_empty(folder_ / "accounts/proposals"));
}

TEST_F(ProposalBookTest, WhatCannotBeRemovedIsSaidAndWaitsNoMore) {
  ProposalBook book = Book();
  const std::string done = Must(book.Add("Ask", "x", "kim")).id;
  const std::string removed = Must(book.Add("Ask", "x", "kim")).id;
  Must(book.Begin(done, "lee"));
  for (const std::string& id : {done, removed}) {
    std::filesystem::remove(PathOf(id));
    std::filesystem::create_directory(PathOf(id));  // no file, and not to be removed as one
  }
  EXPECT_FALSE(book.End(done, ProposalBook::Outcome::kDone).ok());
  EXPECT_FALSE(book.Remove(removed).ok());
  EXPECT_THAT(book.List(), IsEmpty());
  EXPECT_TRUE(absl::IsNotFound(book.Begin(done, "lee").status()));
}

TEST_F(ProposalBookTest, OneAccountDoesNotTakeAllTheRoom) {
  ProposalBook book = Book();
  const std::string most(kProposalBytesOfOneMax / 2, 'x');
  Must(book.Add("Ask", most, "kim"));
  const absl::Status refused = book.Add("Ask", most, "Kim").status();
  EXPECT_TRUE(absl::IsResourceExhausted(refused));
  EXPECT_THAT(std::string(refused.message()), ::testing::HasSubstr("48 MiB of one account"));
  Must(book.Add("Ask", most, "lee"));
}

TEST_F(ProposalBookTest, WhatIsTakenOutIsGone) {
  ProposalBook book = Book();
  const Proposal proposal = Must(book.Add("Ask", "x", "kim"));
  EXPECT_EQ(Must(book.Remove(proposal.id)), proposal);
  EXPECT_TRUE(absl::IsNotFound(book.Remove(proposal.id).status()));
  EXPECT_TRUE(absl::IsNotFound(book.Request("../accounts.json").status()));
  EXPECT_THAT(Book().List(), IsEmpty());
}

TEST_F(ProposalBookTest, WhatWasAlteredMeanwhileIsNotDone) {
  ProposalBook book = Book();
  const std::string id = Must(book.Add("Ask", "one", "kim")).id;
  const std::string file = testing::ReadFile(PathOf(id));
  for (const std::string& altered : {absl::StrCat(file, "more"), file.substr(0, file.size() - 3) + "two"}) {
    testing::WriteFile(PathOf(id), altered);
    EXPECT_TRUE(absl::IsDataLoss(book.Begin(id, "lee").status()));
  }
  testing::WriteFile(PathOf(id), file);
  EXPECT_EQ(Must(book.Begin(id, "lee")), "one");
}

TEST_F(ProposalBookTest, ThereAreOnlySoManyAndOnlySoMuch) {
  ProposalBook book = Book();
  for (std::size_t i = 0; i < kProposalsOfOneMax; ++i) Must(book.Add("Ask", "x", "kim"));
  EXPECT_TRUE(absl::IsResourceExhausted(book.Add("Ask", "x", "kim").status()));
  for (std::size_t i = kProposalsOfOneMax; i < kProposalsMax; ++i) {
    Must(book.Add("Ask", "x", absl::StrCat("account ", i / kProposalsOfOneMax)));
  }
  EXPECT_TRUE(absl::IsResourceExhausted(book.Add("Ask", "x", "lee").status()));
  Must(book.Remove(book.List().front().id));
  EXPECT_TRUE(absl::IsResourceExhausted(book.Add("Ask", std::string(kProposalBytesMax, 'x'), "lee").status()));
  Must(book.Add("Ask", "x", "lee"));
}

}  // namespace
}  // namespace hansa::node::accounts
