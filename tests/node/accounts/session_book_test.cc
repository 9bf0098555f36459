// Who is signed in, for how long, and what ends it.
#include "node/accounts/session_book.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "tests/node/accounts/cheap_cost.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_folder.h"

namespace hansa::node::accounts {
namespace {

using hansa::testing::kCheap;
using hansa::testing::Must;
using ::testing::HasSubstr;
using ::testing::Not;

class SessionBookTest : public ::testing::Test {
 protected:
  SessionBookTest() { kim_ = Must(accounts_.Add({.name = "kim", .role = Role::kEditor})); }

  SessionBook Book() { return SessionBook({.folder = folder_.path(), .now = Clock()}, accounts_); }
  std::function<absl::Time()> Clock() {
    return [this] { return now_; };
  }

  const testing::TempFolder folder_;
  absl::Time now_ = absl::FromUnixSeconds(1'800'000'000);
  AccountBook accounts_{{.folder = folder_.path(), .now = Clock(), .cost = kCheap}};
  Account kim_;
};

TEST_F(SessionBookTest, ASessionIsWhoseItIs) {
  SessionBook book = Book();
  const SessionKey key = book.Begin(kim_);
  EXPECT_EQ(key.token.size(), 43U);
  EXPECT_EQ(book.Find(key.token)->name, "kim");
  EXPECT_EQ(book.Find(""), std::nullopt);
  EXPECT_EQ(book.Find(key.csrf), std::nullopt);
  EXPECT_NE(book.Begin(kim_).token, key.token);
  book.End(key.token);
  EXPECT_EQ(book.Find(key.token), std::nullopt);
}

TEST_F(SessionBookTest, WhatAPageSendsIsBoundToTheSessionAndNoWayToIt) {
  SessionBook book = Book();
  const SessionKey one = book.Begin(kim_);
  const SessionKey other = book.Begin(kim_);
  EXPECT_EQ(one.csrf, SessionBook::CsrfOf(one.token));
  EXPECT_NE(one.csrf, other.csrf);
  EXPECT_NE(one.csrf, one.token);
}

TEST_F(SessionBookTest, ItLastsOverALunchAndNotOverNight) {
  SessionBook book = Book();
  const SessionKey idle = book.Begin(kim_);
  now_ += kSessionIdleMax - absl::Seconds(1);
  EXPECT_TRUE(book.Find(idle.token).has_value());
  now_ += kSessionIdleMax - absl::Seconds(1);
  EXPECT_TRUE(book.Find(idle.token).has_value()) << "it was used meanwhile";
  now_ += kSessionIdleMax;
  EXPECT_FALSE(book.Find(idle.token).has_value());

  const SessionKey busy = book.Begin(kim_);
  for (absl::Duration past; past < kSessionLifeMax - absl::Hours(1); past += absl::Hours(1)) {
    now_ += absl::Hours(1);
    EXPECT_TRUE(book.Find(busy.token).has_value()) << past;
  }
  now_ += absl::Hours(1);
  EXPECT_FALSE(book.Find(busy.token).has_value());
}

TEST_F(SessionBookTest, WhoLooksWhetherItIsOpenDoesNotKeepItOpen) {
  SessionBook book = Book();
  const SessionKey key = book.Begin(kim_);
  EXPECT_FALSE(book.IsOpen(key.csrf));
  for (int i = 0; i < 4; ++i) {
    EXPECT_TRUE(book.IsOpen(key.token));
    now_ += kSessionIdleMax / 4;
  }
  EXPECT_FALSE(book.IsOpen(key.token)) << "nobody asked for anything meanwhile";
  const SessionKey another = book.Begin(kim_);
  Must(accounts_.ChangeRole("kim", Role::kReader, {}));
  EXPECT_FALSE(book.IsOpen(another.token));
}

TEST_F(SessionBookTest, AClockThatIsPutBackEndsNothing) {
  SessionBook book = Book();
  const SessionKey key = book.Begin(kim_);
  now_ -= absl::Hours(24 * 365);
  EXPECT_TRUE(book.Find(key.token).has_value());
}

TEST_F(SessionBookTest, ItOutlivesTheProcessAndIsKeptOnlyAsItsHash) {
  SessionKey key;
  {
    SessionBook book = Book();
    key = book.Begin(kim_);
  }
  EXPECT_EQ(Book().Find(key.token)->name, "kim");
  const std::string kept = testing::ReadFile(folder_ / "accounts/sessions.json");
  EXPECT_THAT(kept, HasSubstr("kim"));
  EXPECT_THAT(kept, Not(HasSubstr(key.token)));
  {
    SessionBook book = Book();
    book.End(key.token);
  }
  EXPECT_EQ(Book().Find(key.token), std::nullopt) << "what has ended does not come back";
}

TEST_F(SessionBookTest, AFileThatIsSpoiltMeansThatNobodyIsSignedIn) {
  const SessionKey key = Book().Begin(kim_);
  testing::WriteFile(folder_ / "accounts/sessions.json", "{\"hansa\": \"sessions\", \"sessions\": [{}]}");
  EXPECT_EQ(Book().Find(key.token), std::nullopt);
}

TEST_F(SessionBookTest, ItEndsWithThePasswordTheRoleOrTheAccount) {
  SessionBook book = Book();
  const SessionKey before_password = book.Begin(kim_);
  kim_ = Must(accounts_.SetPassword("kim", "a few words together"));
  EXPECT_EQ(book.Find(before_password.token), std::nullopt);

  const SessionKey before_role = book.Begin(kim_);
  kim_ = Must(accounts_.ChangeRole("kim", Role::kReader, {}));
  EXPECT_EQ(book.Find(before_role.token), std::nullopt);

  const SessionKey before_end = book.Begin(kim_);
  Must(accounts_.Remove("kim"));
  EXPECT_EQ(book.Find(before_end.token), std::nullopt);
  kim_ = Must(accounts_.Add({.name = "kim", .role = Role::kAdministrator}));
  EXPECT_EQ(book.Find(before_end.token), std::nullopt) << "another account of that name is not this one";
}

TEST_F(SessionBookTest, AnAccountHasNotTooManySessions) {
  SessionBook book = Book();
  const Account lee = Must(accounts_.Add({.name = "lee", .role = Role::kReader}));
  const SessionKey of_lee = book.Begin(lee);
  std::vector<SessionKey> keys;
  for (std::size_t i = 0; i < kSessionsOfOneMax + 1; ++i) {
    now_ += absl::Seconds(1);
    keys.push_back(book.Begin(kim_));
  }
  EXPECT_EQ(book.Find(keys.front().token), std::nullopt) << "the one idle longest";
  EXPECT_TRUE(book.Find(keys[1].token).has_value());
  EXPECT_TRUE(book.Find(keys.back().token).has_value());
  EXPECT_TRUE(book.Find(of_lee.token).has_value());
}

}  // namespace
}  // namespace hansa::node::accounts
