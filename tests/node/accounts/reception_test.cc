// Signing in and out, with who tries too often, and what is written down of it.
#include "node/accounts/reception.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "node/accounts/one_time_code.h"
#include "tests/node/accounts/cheap_cost.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_folder.h"

namespace hansa::node::accounts {
namespace {

using hansa::testing::kCheap;
using hansa::testing::Must;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kPassword[] = "a few words together";
constexpr char kOther[] = "other words together";
constexpr char kHome[] = "192.0.2.1";

class ReceptionTest : public ::testing::Test {
 protected:
  ReceptionTest() {
    Must(reception_.accounts().Add({.name = "kim", .role = Role::kPublisher}));
    Must(reception_.accounts().SetPassword("kim", kPassword));
  }

  bool SignsIn(const std::string& name, const std::string& password, const std::string& from = kHome) {
    return reception_.SignIn({.name = name, .password = password}, from).signed_in.ok();
  }
  std::vector<std::string> Log() const {
    std::vector<std::string> lines;
    const AuditLog log({.folder = folder_.path(), .now = absl::UnixEpoch});
    for (const AuditLine& line : Must(log.Read(100))) {
      lines.push_back(absl::StrCat(line.entry.account, ": ", line.entry.what, ", ", line.entry.result));
    }
    return lines;
  }

  const testing::TempFolder folder_;
  absl::Time now_ = absl::FromUnixSeconds(1'800'000'000);
  Reception reception_{{.folder = folder_.path(),
                        .now = [this] { return now_; },
                        .told = [](const absl::Status& status) { ADD_FAILURE() << status; },
                        .cost = kCheap}};
};

TEST_F(ReceptionTest, WhoSignsInIsKnownByTheSession) {
  const SignedIn signed_in = Must(reception_.SignIn({.name = "KIM", .password = kPassword}, kHome).signed_in);
  EXPECT_EQ(signed_in.account.name, "kim");
  EXPECT_EQ(reception_.AccountOf(signed_in.session.token)->role, Role::kPublisher);
  reception_.SignOut(signed_in.session.token);
  EXPECT_EQ(reception_.AccountOf(signed_in.session.token), std::nullopt);
  EXPECT_THAT(Log(), ElementsAre("kim: sign in, done", "kim: sign out, done"));
}

TEST_F(ReceptionTest, AWrongNameIsRefusedAsAWrongPasswordIs) {
  const absl::Status wrong_password = reception_.SignIn({.name = "kim", .password = kOther}, kHome).signed_in.status();
  const absl::Status wrong_name = reception_.SignIn({.name = "lee", .password = kPassword}, kHome).signed_in.status();
  EXPECT_TRUE(absl::IsPermissionDenied(wrong_password));
  EXPECT_EQ(wrong_password, wrong_name);
  EXPECT_THAT(Log(), ElementsAre("kim: sign in, refused", ": sign in, refused"));
}

TEST_F(ReceptionTest, WhatIsTypedIsNotWrittenDown) {
  SignsIn("my secret phrase", "kim");
  SignsIn("kim", kOther);
  const std::string log = testing::ReadFile(folder_ / "accounts/audit.jsonl");
  EXPECT_THAT(log, Not(HasSubstr("secret phrase"))) << "a password typed into the wrong field";
  EXPECT_THAT(log, Not(HasSubstr("words together")));
}

TEST_F(ReceptionTest, AfterFiveWrongTriesAtAnAccountEvenTheRightPasswordWaits) {
  for (int i = 0; i < kTriesFree; ++i) EXPECT_FALSE(SignsIn("kim", kOther, absl::StrCat("192.0.2.", i)));
  const SignInAnswer refused = reception_.SignIn({.name = "kim", .password = kPassword}, "192.0.2.77");
  EXPECT_TRUE(absl::IsResourceExhausted(refused.signed_in.status()));
  EXPECT_EQ(refused.wait, kTryWaitFirst);
  EXPECT_THAT(refused.signed_in.status().message(), HasSubstr("in a minute"));
  now_ += kTryWaitFirst;
  EXPECT_TRUE(SignsIn("kim", kPassword));
  EXPECT_FALSE(SignsIn("kim", kOther)) << "and all is forgiven";
  EXPECT_TRUE(SignsIn("kim", kPassword));
}

TEST_F(ReceptionTest, ItIsTheSameForANameThatNobodyHas) {
  for (int i = 0; i < kTriesFree; ++i) SignsIn("lee", kOther, absl::StrCat("192.0.2.", i));
  EXPECT_TRUE(absl::IsResourceExhausted(
      reception_.SignIn({.name = "LEE", .password = kOther}, "192.0.2.77").signed_in.status()));
}

TEST_F(ReceptionTest, AfterFiveWrongTriesFromAnAddressItWaitsForEveryAccount) {
  for (int i = 0; i < kTriesFree; ++i) SignsIn(absl::StrCat("name", i), kOther);
  EXPECT_FALSE(SignsIn("kim", kPassword));
  EXPECT_TRUE(SignsIn("kim", kPassword, "192.0.2.2"));
}

TEST_F(ReceptionTest, AnAccountOfOnesOwnGivesNoMoreTriesAtThoseOfOthers) {
  Must(reception_.accounts().Add({.name = "lee", .role = Role::kReader}));
  Must(reception_.accounts().SetPassword("lee", kPassword));
  for (int i = 0; i < kTriesFree; ++i) {
    EXPECT_TRUE(SignsIn("lee", kPassword)) << i;
    SignsIn(absl::StrCat("name", i), kOther);
  }
  EXPECT_FALSE(SignsIn("lee", kPassword));
}

TEST_F(ReceptionTest, AddressesOfOneNetworkCountAsOne) {
  for (int i = 0; i < kTriesFree; ++i) {
    SignsIn(absl::StrCat("name", i), kOther, absl::StrCat("2001:db8:1:2::", i));
  }
  EXPECT_FALSE(SignsIn("kim", kPassword, "2001:db8:1:2:ffff::1"));
  EXPECT_TRUE(SignsIn("kim", kPassword, "2001:db8:1:3::1"));
}

TEST_F(ReceptionTest, ALinkLetsInWhoHasToWait) {
  for (int i = 0; i < kTriesFree; ++i) SignsIn("kim", kOther, "198.51.100.1");
  EXPECT_FALSE(SignsIn("kim", kPassword));
  const std::string token = Must(reception_.accounts().IssueLink("kim")).token;
  const SignedIn signed_in = Must(reception_.SignInByLink(token, kOther, kHome).signed_in);
  EXPECT_EQ(reception_.AccountOf(signed_in.session.token)->name, "kim");
  EXPECT_TRUE(SignsIn("kim", kOther));
  EXPECT_THAT(Log().back(), "kim: sign in, done");
}

TEST_F(ReceptionTest, LinksThatAreNoneAreCountedAndShortPasswordsAreNot) {
  const std::string token = Must(reception_.accounts().IssueLink("kim")).token;
  for (int i = 0; i < 2 * kTriesFree; ++i) {
    EXPECT_TRUE(absl::IsInvalidArgument(reception_.SignInByLink(token, "short", kHome).signed_in.status()));
  }
  for (int i = 0; i < kTriesFree; ++i) {
    EXPECT_TRUE(absl::IsPermissionDenied(reception_.SignInByLink("none", kOther, kHome).signed_in.status()));
  }
  EXPECT_TRUE(absl::IsResourceExhausted(reception_.SignInByLink(token, kOther, kHome).signed_in.status()));
}

TEST_F(ReceptionTest, AnotherPasswordEndsEverySessionButTheNewOne) {
  const SignedIn elsewhere = Must(reception_.SignIn({.name = "kim", .password = kPassword}, kHome).signed_in);
  const SignedIn here = Must(reception_.SignIn({.name = "kim", .password = kPassword}, kHome).signed_in);
  EXPECT_TRUE(absl::IsPermissionDenied(
      reception_.ChangePassword(here.account, kOther, "third words together", kHome).signed_in.status()));
  EXPECT_TRUE(
      absl::IsInvalidArgument(reception_.ChangePassword(here.account, kPassword, "short", kHome).signed_in.status()));
  EXPECT_TRUE(reception_.AccountOf(here.session.token).has_value());
  const SignedIn changed = Must(reception_.ChangePassword(here.account, kPassword, kOther, kHome).signed_in);
  EXPECT_EQ(reception_.AccountOf(elsewhere.session.token), std::nullopt);
  EXPECT_EQ(reception_.AccountOf(here.session.token), std::nullopt);
  EXPECT_EQ(reception_.AccountOf(changed.session.token)->name, "kim");
  EXPECT_FALSE(SignsIn("kim", kPassword));
  EXPECT_TRUE(SignsIn("kim", kOther));
}

TEST_F(ReceptionTest, ACodeIsAskedForOnceThePasswordIsRight) {
  const std::string secret = Must(reception_.accounts().StartCodes("kim")).code_secret;
  const auto code_in = [&](absl::Duration later) { return CodeAt(*FromBase32(secret), StepAt(now_ + later)); };
  EXPECT_TRUE(absl::IsPermissionDenied(
      reception_.SignIn({.name = "kim", .password = kOther, .code = code_in({})}, kHome).signed_in.status()));
  EXPECT_TRUE(
      absl::IsFailedPrecondition(reception_.SignIn({.name = "kim", .password = kPassword}, kHome).signed_in.status()));
  EXPECT_TRUE(absl::IsPermissionDenied(
      reception_.SignIn({.name = "kim", .password = kPassword, .code = code_in(absl::Hours(1))}, kHome)
          .signed_in.status()));
  const std::string code = code_in({});
  const Typed right{.name = "kim", .password = kPassword, .code = code.substr(0, 3) + " " + code.substr(3)};
  EXPECT_TRUE(reception_.SignIn(right, kHome).signed_in.ok());
  EXPECT_TRUE(absl::IsPermissionDenied(reception_.SignIn(right, kHome).signed_in.status())) << "each is good once";
  EXPECT_TRUE(reception_.SignIn({.name = "kim", .password = kPassword, .code = code_in(absl::Seconds(30))}, kHome)
                  .signed_in.ok())
      << "a clock that is a little ahead";
  const std::string token = Must(reception_.accounts().IssueLink("kim")).token;
  EXPECT_TRUE(reception_.SignInByLink(token, kOther, kHome).signed_in.ok());
  EXPECT_TRUE(SignsIn("kim", kOther)) << "a link ends it, since the telephone may be lost";
}

TEST_F(ReceptionTest, WrongCodesAreWrongTries) {
  Must(reception_.accounts().StartCodes("kim"));
  for (int i = 0; i < kTriesFree; ++i) {
    EXPECT_TRUE(absl::IsPermissionDenied(
        reception_.SignIn({.name = "kim", .password = kPassword, .code = "abcdef"}, absl::StrCat("192.0.2.", i))
            .signed_in.status()));
  }
  EXPECT_TRUE(absl::IsResourceExhausted(
      reception_.SignIn({.name = "kim", .password = kPassword}, "192.0.2.99").signed_in.status()));
}

TEST_F(ReceptionTest, WhoIsSignedInHasCodesAskedForOnceTheirAppIsProven) {
  const SignedIn elsewhere = Must(reception_.SignIn({.name = "kim", .password = kPassword}, kHome).signed_in);
  const SignedIn here = Must(reception_.SignIn({.name = "kim", .password = kPassword}, kHome).signed_in);
  EXPECT_TRUE(absl::IsPermissionDenied(reception_.OfferCodes(here.account, kOther, kHome).offer.status()));
  EXPECT_TRUE(absl::IsFailedPrecondition(reception_.ConfirmCodes(here.account, "123456", kHome).signed_in.status()));
  const CodeOffer void_by_now = Must(reception_.OfferCodes(here.account, kPassword, kHome).offer);
  const CodeOffer offer = Must(reception_.OfferCodes(here.account, kPassword, kHome).offer);
  EXPECT_THAT(offer.address, HasSubstr(offer.secret));
  EXPECT_TRUE(SignsIn("kim", kPassword)) << "it does not count yet";
  const auto code_of = [&](const CodeOffer& one) { return CodeAt(*FromBase32(one.secret), StepAt(now_)); };
  EXPECT_TRUE(
      absl::IsPermissionDenied(reception_.ConfirmCodes(here.account, code_of(void_by_now), kHome).signed_in.status()));
  const SignedIn now = Must(reception_.ConfirmCodes(here.account, code_of(offer), kHome).signed_in);
  EXPECT_FALSE(now.account.code_secret.empty());
  EXPECT_EQ(reception_.AccountOf(elsewhere.session.token), std::nullopt);
  EXPECT_EQ(reception_.AccountOf(now.session.token)->name, "kim");
  const Typed again{.name = "kim", .password = kPassword, .code = code_of(offer)};
  EXPECT_TRUE(absl::IsPermissionDenied(reception_.SignIn(again, kHome).signed_in.status())) << "each is good once";
  const absl::Status has_codes = reception_.OfferCodes(now.account, kPassword, kHome).offer.status();
  EXPECT_TRUE(absl::IsFailedPrecondition(has_codes)) << has_codes;
  const auto end = [&](const std::string& password, const std::string& typed_code) {
    return reception_.EndCodes(now.account, {.name = "", .password = password, .code = typed_code}, "192.0.2.9")
        .account;
  };
  const std::string next = CodeAt(*FromBase32(offer.secret), StepAt(now_ + absl::Seconds(30)));
  EXPECT_TRUE(absl::IsPermissionDenied(end(kOther, next).status()));
  EXPECT_TRUE(absl::IsFailedPrecondition(end(kPassword, "").status())) << "the password alone does not do";
  EXPECT_TRUE(absl::IsPermissionDenied(end(kPassword, code_of(offer)).status())) << "that one was used";
  EXPECT_TRUE(Must(end(kPassword, next)).code_secret.empty());
  EXPECT_TRUE(reception_.AccountOf(now.session.token).has_value());
  EXPECT_TRUE(SignsIn("kim", kPassword));
  EXPECT_TRUE(absl::IsFailedPrecondition(end(kPassword, "").status()));
  const std::string log = testing::ReadFile(folder_ / "accounts/audit.jsonl");
  EXPECT_THAT(log, Not(HasSubstr(offer.secret)));
  EXPECT_THAT(log, HasSubstr("ask for codes"));
  EXPECT_THAT(log, HasSubstr("ask for no codes"));
}

TEST_F(ReceptionTest, AnOfferOfCodesIsVoidAfterAWhileAndGuessesAtItAreTries) {
  const SignedIn here = Must(reception_.SignIn({.name = "kim", .password = kPassword}, kHome).signed_in);
  const CodeOffer late = Must(reception_.OfferCodes(here.account, kPassword, kHome).offer);
  now_ += kOfferLife;
  EXPECT_TRUE(absl::IsFailedPrecondition(
      reception_.ConfirmCodes(here.account, CodeAt(*FromBase32(late.secret), StepAt(now_)), kHome).signed_in.status()));
  const CodeOffer offer = Must(reception_.OfferCodes(here.account, kPassword, kHome).offer);
  for (int i = 0; i < kTriesFree; ++i) {
    EXPECT_TRUE(absl::IsPermissionDenied(reception_.ConfirmCodes(here.account, "abcdef", kHome).signed_in.status()));
  }
  const SignInAnswer refused =
      reception_.ConfirmCodes(here.account, CodeAt(*FromBase32(offer.secret), StepAt(now_)), kHome);
  EXPECT_TRUE(absl::IsResourceExhausted(refused.signed_in.status()));
  EXPECT_GT(refused.wait, absl::ZeroDuration());
}

TEST_F(ReceptionTest, GuessesAtTheOldPasswordCountToo) {
  const SignedIn here = Must(reception_.SignIn({.name = "kim", .password = kPassword}, kHome).signed_in);
  for (int i = 0; i < kTriesFree; ++i) {
    reception_.ChangePassword(here.account, absl::StrCat("guess ", i), kOther, kHome).signed_in.IgnoreError();
  }
  EXPECT_TRUE(
      absl::IsResourceExhausted(reception_.ChangePassword(here.account, kPassword, kOther, kHome).signed_in.status()));
}

}  // namespace
}  // namespace hansa::node::accounts
