// The accounts of a node in their file, changed by several at once.
#include "node/accounts/account_book.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/node/accounts/cheap_cost.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_folder.h"

namespace hansa::node::accounts {
namespace {

using hansa::testing::kCheap;
using hansa::testing::Must;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kPassword[] = "a few words together";

class AccountBookTest : public ::testing::Test {
 protected:
  AccountBook Book() {
    return AccountBook({.folder = folder_ / "node", .now = [this] { return now_; }, .cost = kCheap});
  }
  std::string File() const { return folder_ / "node/accounts/accounts.json"; }

  const testing::TempFolder folder_;
  absl::Time now_ = absl::FromUnixSeconds(1'800'000'000);
};

TEST_F(AccountBookTest, ThereIsNobodyBeforeSomebodyIsAdded) {
  AccountBook book = Book();
  EXPECT_THAT(Must(book.List()), IsEmpty());
  EXPECT_TRUE(absl::IsNotFound(book.Find("kim").status()));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "node")) << "looking makes no folder";
}

TEST_F(AccountBookTest, ASecondPersonIsAskedForWhereThereIsOne) {
  AccountBook book = Book();
  EXPECT_FALSE(Must(book.FourEyes()));
  Must(book.Add({.name = "kim", .role = Role::kPublisher}));
  Must(book.Add({.name = "ann", .role = Role::kEditor}));
  EXPECT_TRUE(absl::IsFailedPrecondition(book.SetFourEyes(true)));
  Must(book.Add({.name = "lee", .role = Role::kAdministrator}));
  EXPECT_TRUE(absl::IsFailedPrecondition(book.SetFourEyes(true))) << "neither can sign in yet";
  for (const char* const name : {"kim", "lee"}) Must(book.SetPassword(name, "a few words together"));
  Must(book.SetFourEyes(true));
  EXPECT_TRUE(Must(Book().FourEyes())) << "it is in the file";
  Must(book.Remove("lee"));
  EXPECT_TRUE(Must(book.FourEyes())) << "nobody gets around it by taking an account away";
  Must(book.SetFourEyes(false));
  EXPECT_FALSE(Must(Book().FourEyes()));
  EXPECT_EQ(Must(book.List()).size(), 2U);
}

TEST_F(AccountBookTest, AccountsAreKeptInAFileThatNobodyElseReads) {
  Must(Book().Add({.name = "lee", .role = Role::kReader}));
  Must(Book().Add({.name = "Kim", .role = Role::kAdministrator}));
  EXPECT_THAT(Must(Book().List()), ElementsAre(Field(&Account::name, "Kim"), Field(&Account::name, "lee")));
  EXPECT_EQ(Must(Book().Find("KIM")).role, Role::kAdministrator);
  struct stat about {};
  ASSERT_EQ(stat(File().c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0600U);
  chmod(File().c_str(), 0640);
  EXPECT_THAT(Book().List().status().message(), HasSubstr("chmod 600"));
}

TEST_F(AccountBookTest, ANameIsThereOnceHoweverItIsWritten) {
  Must(Book().Add({.name = "Jos\xc3\xa9", .role = Role::kReader}));
  EXPECT_TRUE(absl::IsAlreadyExists(Book().Add({.name = "jose\xcc\x81", .role = Role::kReader}).status()));
}

TEST_F(AccountBookTest, DepartmentsAreOfEditorsAlone) {
  EXPECT_TRUE(absl::IsInvalidArgument(
      Book().Add({.name = "kim", .role = Role::kPublisher, .departments = {"Schools"}}).status()));
  Must(Book().Add({.name = "kim", .role = Role::kEditor, .departments = {"Schools", " Schools ", "도서관"}}));
  EXPECT_THAT(Must(Book().Find("kim")).departments, ElementsAre("Schools", "도서관"));
  EXPECT_THAT(Must(Book().ChangeRole("kim", Role::kPublisher, {})).departments, IsEmpty());
}

TEST_F(AccountBookTest, WhatAnotherProcessChangesShowsAtOnce) {
  AccountBook one = Book();
  AccountBook other = Book();
  Must(one.Add({.name = "kim", .role = Role::kReader}));
  EXPECT_EQ(Must(other.Find("kim")).role, Role::kReader);
  Must(other.ChangeRole("kim", Role::kEditor, {}));
  EXPECT_EQ(Must(one.Find("kim")).role, Role::kEditor);
  Must(one.Remove("kim"));
  EXPECT_TRUE(absl::IsNotFound(other.Find("kim").status()));
}

TEST_F(AccountBookTest, ChangesAtTheSameTimeAreAllKept) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([this, i] {
      AccountBook book = Book();
      for (int j = 0; j < 5; ++j) Must(book.Add({.name = absl::StrCat("n", i, "-", j), .role = Role::kReader}));
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(Must(Book().List()).size(), 40U);
}

TEST_F(AccountBookTest, APasswordIsCheckedAndKeptOnlyAsItsHash) {
  AccountBook book = Book();
  Must(book.Add({.name = "kim", .role = Role::kReader}));
  EXPECT_EQ(Must(book.Check("kim", "")), std::nullopt) << "none was chosen yet";
  Must(book.SetPassword("kim", kPassword));
  EXPECT_EQ(Must(book.Check("Kim", kPassword))->name, "kim");
  EXPECT_EQ(Must(book.Check("kim", "a few words togethe")), std::nullopt);
  EXPECT_EQ(Must(book.Check("lee", kPassword)), std::nullopt);
  EXPECT_THAT(testing::ReadFile(File()), Not(HasSubstr("few words")));
}

TEST_F(AccountBookTest, EachChangeOfPasswordRoleOrDepartmentsHasItsStamp) {
  AccountBook book = Book();
  const std::string added = Must(book.Add({.name = "kim", .role = Role::kEditor})).stamp;
  const std::string chosen = Must(book.SetPassword("kim", kPassword)).stamp;
  const std::string bound = Must(book.ChangeRole("kim", Role::kEditor, {"Schools"})).stamp;
  EXPECT_EQ(Must(book.ChangeRole("kim", Role::kEditor, {"Schools"})).stamp, bound) << "nothing was changed";
  const std::string free = Must(book.ChangeRole("kim", Role::kPublisher, {})).stamp;
  EXPECT_EQ(Must(book.IssueLink("kim")).account.stamp, free) << "a link ends nothing";
  Must(book.Remove("kim"));
  const std::string again = Must(book.Add({.name = "kim", .role = Role::kPublisher})).stamp;
  EXPECT_EQ((std::set<std::string>{added, chosen, bound, free, again}).size(), 5U);
}

TEST_F(AccountBookTest, ALinkIsGoodOnceAndForADay) {
  AccountBook book = Book();
  Must(book.Add({.name = "kim", .role = Role::kReader}));
  const AccountBook::Link first = Must(book.IssueLink("kim"));
  EXPECT_EQ(first.token.size(), 43U);
  EXPECT_THAT(testing::ReadFile(File()), Not(HasSubstr(first.token)));
  const AccountBook::Link second = Must(book.IssueLink("kim"));
  EXPECT_TRUE(absl::IsPermissionDenied(book.TakeLink(first.token, kPassword).status())) << "a newer one was made";
  EXPECT_TRUE(absl::IsInvalidArgument(book.TakeLink(second.token, "short").status())) << "and it stays good";
  EXPECT_EQ(Must(book.TakeLink(second.token, kPassword)).name, "kim");
  EXPECT_TRUE(absl::IsPermissionDenied(book.TakeLink(second.token, kPassword).status())) << "it was used";
  EXPECT_TRUE(Must(book.Check("kim", kPassword)).has_value());

  const AccountBook::Link late = Must(book.IssueLink("kim"));
  now_ += kLinkLife;
  EXPECT_TRUE(absl::IsPermissionDenied(book.TakeLink(late.token, "some other words here").status()));
  EXPECT_TRUE(Must(book.Check("kim", kPassword)).has_value()) << "the password stands";
  EXPECT_TRUE(absl::IsPermissionDenied(book.TakeLink("", kPassword).status())) << "nobody's open link is none";
}

TEST_F(AccountBookTest, OfManyWhoUseALinkAtOnceOneDoes) {
  Must(Book().Add({.name = "kim", .role = Role::kReader}));
  const std::string token = Must(Book().IssueLink("kim")).token;
  std::atomic<int> taken{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] { taken += Book().TakeLink(token, kPassword).ok() ? 1 : 0; });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(taken, 1);
}

TEST_F(AccountBookTest, ASpoiltFileIsSaidAndNotWrittenOver) {
  Must(Book().Add({.name = "kim", .role = Role::kReader}));
  testing::WriteFile(File(), "{\"hansa\": \"accounts\", \"accounts\": [{\"name\": \"kim\"}]}");
  EXPECT_TRUE(absl::IsDataLoss(Book().List().status()));
  EXPECT_TRUE(absl::IsDataLoss(Book().Add({.name = "lee", .role = Role::kReader}).status()));
  EXPECT_THAT(testing::ReadFile(File()), HasSubstr("kim"));
}

TEST_F(AccountBookTest, WhatTheNodeCouldNotReadIsNotWritten) {
  if (geteuid() != 0) GTEST_SKIP() << "only root can write into the folder of another user";
  Must(Book().Add({.name = "kim", .role = Role::kReader}));
  ASSERT_EQ(chown((folder_ / "node").c_str(), 65534, 65534), 0);
  const absl::Status refused = Book().Add({.name = "lee", .role = Role::kReader}).status();
  EXPECT_TRUE(absl::IsFailedPrecondition(refused));
  EXPECT_THAT(refused.message(), HasSubstr("runuser -u nobody"));
  EXPECT_EQ(Must(Book().List()).size(), 1U);
}

TEST_F(AccountBookTest, ThereAreNotTooMany) {
  AccountBook book = Book();
  for (std::size_t i = 0; i < kAccountsMax; ++i) {
    Must(book.Add({.name = absl::StrCat("n", i), .role = Role::kReader}));
  }
  EXPECT_TRUE(absl::IsResourceExhausted(book.Add({.name = "one more", .role = Role::kReader}).status()));
  EXPECT_EQ(Must(book.List()).size(), kAccountsMax);
}

}  // namespace
}  // namespace hansa::node::accounts
