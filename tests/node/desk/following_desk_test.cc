#include "node/desk/following_desk.h"

#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/synchronization/blocking_counter.h"
#include "hansa/v1/offers.pb.h"
#include "hansa/v1/practices.pb.h"
#include "tests/testing/fake_node.h"

namespace hansa::testing {
namespace {

using absl::StatusCode;
using node::Followed;
using node::Keep;
using node::desk::FollowedMember;
using node::desk::FollowingDesk;
using node::desk::Listing;
using node::desk::News;
using node::desk::NewsPiece;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

// "de-aachen practice: Reading aloud (r1)", with "withdrawn" behind it.
std::string Line(const NewsPiece& piece) {
  return absl::StrCat(piece.member, " ", piece.kind, ": ", piece.title, " (r", piece.revision, ")",
                      piece.withdrawn ? " withdrawn" : "");
}
std::vector<std::string> Lines(const News& news) {
  std::vector<std::string> lines;
  for (const NewsPiece& piece : news.pieces) lines.push_back(Line(piece));
  return lines;
}

// Bonn follows; Aachen and Dresden publish.
class FollowingDeskTest : public ::testing::Test {
 protected:
  FollowingDeskTest() {
    AdoptCurrentFramework(network_);
    network_.AdmitAuthority(germany_);
    for (FakeNode* each : {&bonn_, &aachen_, &dresden_}) {
      network_.AdmitCity(CityNamed(each->View().slug, "DEU"), germany_);
    }
    for (FakeNode* each : {&bonn_, &aachen_, &dresden_}) each->Refresh();
  }

  struct Entry {
    replication::Kind kind;
    replication::Bytes payload;
    std::optional<replication::RecordId> record = std::nullopt;
    bool retract = false;
  };
  // Publishes on `by` and brings it to Bonn, where the views read it.
  node::Published Publish(FakeNode& by, Entry entry) {
    const node::Published published = Must(
        by.Publish({{CollectionOf(entry.kind), entry.kind, entry.record, entry.retract, std::move(entry.payload)}}))[0];
    bonn_.Receive(by.units().back());
    Must(bonn_.AwaitViews());
    return published;
  }
  static replication::Bytes Practice(const std::string& title) {
    v1::Practice practice;
    practice.set_title(title);
    practice.set_language("en");
    return practice.SerializeAsString();
  }
  node::Published PublishPractice(FakeNode& by, const std::string& title) {
    return Publish(by, {.kind = replication::kPractice, .payload = Practice(title)});
  }
  v1::Reference To(FakeNode& author, const node::Published& published) {
    v1::Reference reference;
    reference.set_member(author.View().member.value());
    reference.set_collection(published.collection.value());
    reference.set_record_id(published.record.str());
    reference.set_entry_hash(published.entry_hash.str());
    return reference;
  }

  std::vector<std::string> Listed(Listing listing = Listing::kAll, std::uint64_t since_ms = 0) {
    return Lines(Must(desk_.ListNews(since_ms, listing)));
  }
  News Await(std::optional<std::uint64_t> after, absl::Duration patience = absl::ZeroDuration()) {
    return Must(desk_.AwaitNews({.after = after, .patience = patience, .is_gone = nullptr}));
  }

  // As many as may wait at once, each for `expected`; every one counts `all_wait` down once it waits.
  std::vector<std::thread> WaitersFor(absl::BlockingCounter& all_wait, const std::vector<std::string>& expected) {
    std::vector<std::thread> waiting;
    waiting.reserve(node::desk::kWaitingMax);
    for (int i = 0; i < node::desk::kWaitingMax; ++i) {
      waiting.emplace_back([this, &all_wait, expected] {
        bool waits = false;
        const auto is_gone = [&] {
          if (!std::exchange(waits, true)) all_wait.DecrementCount();
          return false;
        };
        const News news = Must(desk_.AwaitNews({.after = 0, .patience = absl::Seconds(30), .is_gone = is_gone}));
        EXPECT_EQ(Lines(news), expected);
      });
    }
    return waiting;
  }

  Network network_ = Network::Founded();
  Applicant germany_ = AuthorityOf("DEU");
  FakeNode bonn_{network_, CityNamed("de-bonn", "DEU")};
  FakeNode aachen_{network_, CityNamed("de-aachen", "DEU")};
  FakeNode dresden_{network_, CityNamed("de-dresden", "DEU")};
  FollowingDesk desk_{bonn_, node::catalogue::CurrentCatalogue(), bonn_.views()};
};

TEST_F(FollowingDeskTest, WhatIsPublishedAboutATopicIsNewsWhoeverPublishesIt) {
  const auto about = [](const std::string& title, const std::string& feature) {
    v1::Practice practice;
    practice.set_title(title);
    practice.set_language("en");
    practice.mutable_subjects()->add_features(feature);
    return practice.SerializeAsString();
  };
  Publish(aachen_, {.kind = replication::kPractice, .payload = about("From before", "2.1.3")});
  EXPECT_FALSE(Must(desk_.FollowTopic({.feature = "2.1.3"})));
  EXPECT_TRUE(Must(desk_.FollowTopic({.feature = "2.1.3"})));
  EXPECT_FALSE(Must(desk_.FollowTopic({.text = "bridges -rivers"})));
  Publish(aachen_, {.kind = replication::kPractice, .payload = about("Reading aloud", "2.1.3")});
  Publish(dresden_, {.kind = replication::kPractice, .payload = about("Another feature", "1.1.1")});
  Publish(dresden_, {.kind = replication::kPractice, .payload = about("A bridge of words", "1.1.1")});
  Publish(dresden_, {.kind = replication::kPractice, .payload = about("Bridges and rivers", "1.1.1")});
  Must(bonn_.Publish(
      {{replication::kPractices, replication::kPractice, std::nullopt, false, about("One's own", "2.1.3")}}));
  Must(bonn_.AwaitViews());
  const std::vector<std::string> expected = {"de-aachen practice: Reading aloud (r1)",
                                             "de-dresden practice: A bridge of words (r1)"};
  EXPECT_EQ(Listed(Listing::kNew), expected);
  EXPECT_THAT(Listed(Listing::kNew), IsEmpty());
  EXPECT_EQ(Lines(Await(0)), expected);
  EXPECT_THAT(Must(desk_.ListNews(0, Listing::kAll)).pieces[0].topics,
              ElementsAre(node::desk::FollowedTopic{.feature = "2.1.3"}));

  // Neither a rebuild of the views nor a restart makes it news again, or older records news.
  Must(bonn_.Reindex());
  FollowingDesk again(bonn_, node::catalogue::CurrentCatalogue(), bonn_.views());
  EXPECT_EQ(Listed(), expected);
  Publish(aachen_, {.kind = replication::kPractice, .payload = about("After it", "2.1.3")});
  EXPECT_THAT(Listed(Listing::kNew), ElementsAre("de-aachen practice: After it (r1)"));

  // Who is followed as well is told once.
  Must(desk_.Follow("de-aachen", {"practices"}));
  EXPECT_THAT(Listed(),
              ElementsAre("de-aachen practice: Reading aloud (r1)", "de-dresden practice: A bridge of words (r1)",
                          "de-aachen practice: After it (r1)", "de-aachen practice: From before (r1)"));
  EXPECT_TRUE(Must(desk_.UnfollowTopic({.text = "bridges -rivers"})));
  EXPECT_FALSE(Must(desk_.UnfollowTopic({.text = "bridges -rivers"})));
  EXPECT_THAT(Must(desk_.Topics()), ElementsAre(node::desk::FollowedTopic{.feature = "2.1.3"}));
  EXPECT_THAT(Listed(), Not(::testing::Contains(HasSubstr("A bridge of words"))));
}

TEST_F(FollowingDeskTest, ATopicThatAsksForNothingIsNone) {
  EXPECT_EQ(desk_.FollowTopic({}).status().code(), StatusCode::kInvalidArgument);
  for (std::size_t i = 0; i < node::desk::kTopicsMax; ++i) {
    Must(desk_.FollowTopic({.text = absl::StrCat("word", i)}));
  }
  EXPECT_EQ(desk_.FollowTopic({.text = "one more"}).status().code(), StatusCode::kFailedPrecondition);
  EXPECT_THAT(Must(desk_.Topics()), SizeIs(node::desk::kTopicsMax));
}

TEST_F(FollowingDeskTest, WhoNamesNothingFollowsAllThatMembersPublish) {
  const auto report = Must(desk_.Follow("de-aachen", {}));
  EXPECT_FALSE(report.already);
  EXPECT_EQ(report.followed.member, "de-aachen");
  EXPECT_THAT(report.followed.collections,
              ElementsAre("indicators", "practices", "offers", "reviews", "dialogue", "notices", "strategies"));
  EXPECT_TRUE(Must(desk_.Follow("de-aachen", {})).already);
}

TEST_F(FollowingDeskTest, FollowingAgainReplacesWhatWasFollowedOfTheMember) {
  Must(desk_.Follow("de-dresden", {"offers"}));
  Must(desk_.Follow("de-aachen", {"practices", "offers", "practices"}));
  EXPECT_THAT(desk_.Following(), ElementsAre(FollowedMember{"de-aachen", {"practices", "offers"}},
                                             FollowedMember{"de-dresden", {"offers"}}));
  EXPECT_FALSE(Must(desk_.Follow("de-aachen", {"notices"})).already);
  EXPECT_THAT(desk_.Following(),
              ElementsAre(FollowedMember{"de-aachen", {"notices"}}, FollowedMember{"de-dresden", {"offers"}}));
  const std::vector<Followed> kept = bonn_.Following();
  ASSERT_THAT(kept, SizeIs(2));
  EXPECT_LT(kept[0].member, kept[1].member);
}

TEST_F(FollowingDeskTest, WhoeverCannotBeFollowedIsSaid) {
  EXPECT_THAT(desk_.Follow("de-achen", {}), StatusIs(StatusCode::kNotFound, "did you mean de-aachen?"));
  EXPECT_THAT(desk_.Unfollow("nobody-at-all"), StatusIs(StatusCode::kNotFound, "see hansa members"));
  EXPECT_THAT(desk_.Follow("de-bonn", {}), StatusIs(StatusCode::kFailedPrecondition, "this node's own member"));
  EXPECT_THAT(desk_.Follow("de-aachen", {"practises"}),
              StatusIs(StatusCode::kInvalidArgument, "did you mean practices?"));
  for (const char* name : {"roster", "erasures", "200", "everything under the sun"}) {
    EXPECT_THAT(desk_.Follow("de-aachen", {"offers", name}), StatusIs(StatusCode::kInvalidArgument)) << name;
  }
  EXPECT_THAT(desk_.Follow("de-aachen", {"all"}),
              StatusIs(StatusCode::kInvalidArgument, "they are indicators, practices, offers, aggregates"));
  EXPECT_THAT(desk_.Following(), IsEmpty());
}

TEST_F(FollowingDeskTest, OfOneWhoHasLeftTheNetworkItIsSaidThatNothingNewComes) {
  EXPECT_EQ(Must(desk_.Follow("de-aachen", {})).warning, "");
  PublishPractice(dresden_, "Before it left");
  EndMembership(network_, dresden_.View().member, dresden_.units());
  bonn_.Refresh();
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(Must(desk_.Follow("de-dresden", {})).warning,
              "de-dresden is no longer a member of the network; nothing new comes from it");
  }
}

TEST_F(FollowingDeskTest, UnfollowingSaysWhatHappensToTheCopies) {
  Must(desk_.Follow("de-aachen", {}));
  const auto all = Must(desk_.Unfollow("de-aachen"));
  EXPECT_TRUE(all.was_followed);
  EXPECT_THAT(all.words, HasSubstr("stay here"));
  EXPECT_FALSE(Must(desk_.Unfollow("de-aachen")).was_followed);
  Must(desk_.Follow("de-aachen", {}));
  Must(desk_.SetKeep("followed"));
  EXPECT_THAT(Must(desk_.Unfollow("de-aachen")).words, HasSubstr("are removed"));
  EXPECT_THAT(desk_.Following(), IsEmpty());
}

TEST_F(FollowingDeskTest, KeepsAllOrWhatItFollows) {
  const auto first = Must(desk_.SetKeep("followed"));
  EXPECT_EQ(first.keep, Keep::kFollowed);
  EXPECT_FALSE(first.already);
  EXPECT_TRUE(Must(desk_.SetKeep("followed")).already);
  EXPECT_FALSE(Must(desk_.SetKeep("all")).already);
  EXPECT_THAT(desk_.SetKeep("some"), StatusIs(StatusCode::kInvalidArgument, "write all or followed"));
}

TEST_F(FollowingDeskTest, NewsIsWhatFollowedMembersPublishInTheOrderInWhichItCame) {
  Must(desk_.Follow("de-aachen", {"practices"}));
  PublishPractice(aachen_, "Reading aloud");
  PublishPractice(dresden_, "Not followed");
  Publish(aachen_, {.kind = replication::kIndicatorSet,
                    .payload = Must(node::domain::EncodeIndicatorSet(
                        SetOf(2020, {ObservationOf("1.1.1/adult-literacy-rate#total", "99")})))});
  PublishPractice(aachen_, "A library on wheels");
  EXPECT_THAT(Listed(),
              ElementsAre("de-aachen practice: Reading aloud (r1)", "de-aachen practice: A library on wheels (r1)"));
  const News news = Must(desk_.ListNews(0, Listing::kAll));
  EXPECT_EQ(news.position, 2u);
  EXPECT_EQ(news.pieces[0].at_ms, bonn_.now_ms.load());
  EXPECT_EQ(news.pieces[1].sequence.value(), 2u);
  EXPECT_EQ(news.pieces[1].collection, replication::kPractices);
}

TEST_F(FollowingDeskTest, EachPieceIsNewOnce) {
  PublishPractice(aachen_, "Was here");
  Must(desk_.Follow("de-aachen", {}));
  EXPECT_THAT(Listed(), ElementsAre("de-aachen practice: Was here (r1)"));
  EXPECT_TRUE(Must(desk_.ListNews(0, Listing::kAll)).pieces[0].was_here);
  EXPECT_THAT(Listed(Listing::kNew), IsEmpty());
  PublishPractice(aachen_, "Fresh");
  EXPECT_THAT(Listed(Listing::kNew), ElementsAre("de-aachen practice: Fresh (r1)"));
  EXPECT_THAT(Listed(Listing::kNew), IsEmpty());
  EXPECT_THAT(Listed(), SizeIs(2));
  EXPECT_FALSE(Must(desk_.ListNews(0, Listing::kAll)).pieces[1].was_here);
  Must(bonn_.Reindex());
  FollowingDesk again(bonn_, node::catalogue::CurrentCatalogue(), bonn_.views());  // as after a restart
  EXPECT_THAT(Must(again.ListNews(0, Listing::kNew)).pieces, IsEmpty());
  EXPECT_THAT(Must(again.ListNews(0, Listing::kAll)).pieces, SizeIs(2));
}

TEST_F(FollowingDeskTest, ListsWhatCameAfterATime) {
  Must(desk_.Follow("de-aachen", {}));
  PublishPractice(aachen_, "First");
  const std::uint64_t then = bonn_.now_ms;
  bonn_.now_ms += 1000;
  PublishPractice(aachen_, "Second");
  EXPECT_THAT(Listed(Listing::kAll, then), ElementsAre("de-aachen practice: Second (r1)"));
  EXPECT_THAT(Listed(Listing::kAll, then - 1), SizeIs(2));
  EXPECT_THAT(desk_.ListNews(then, Listing::kNew), StatusIs(StatusCode::kInvalidArgument, "give one of both"));
}

TEST_F(FollowingDeskTest, WhoIsNotFollowedAnyMoreLeavesTheListAndComesBackWhole) {
  Must(desk_.Follow("de-aachen", {}));
  PublishPractice(aachen_, "First");
  Must(desk_.Unfollow("de-aachen"));
  EXPECT_THAT(Listed(), IsEmpty());
  PublishPractice(aachen_, "Second");
  Must(desk_.Follow("de-aachen", {}));
  EXPECT_THAT(Listed(), SizeIs(2));
  EXPECT_THAT(Listed(Listing::kNew), ElementsAre("de-aachen practice: First (r1)"));
}

TEST_F(FollowingDeskTest, ARecordIsListedOnceAsItStandsAndToldPieceByPiece) {
  Must(desk_.Follow("de-aachen", {}));
  const node::Published first = PublishPractice(aachen_, "Reading aloud");
  Publish(aachen_, {.kind = replication::kPractice, .payload = Practice("Reading together"), .record = first.record});
  v1::PracticeWithdrawal withdrawal;
  withdrawal.set_language("en");
  Publish(aachen_, {.kind = replication::kPracticeWithdrawal,
                    .payload = withdrawal.SerializeAsString(),
                    .record = first.record,
                    .retract = true});
  EXPECT_THAT(Listed(), ElementsAre("de-aachen practice: Reading together (r3) withdrawn"));
  EXPECT_EQ(Must(desk_.ListNews(0, Listing::kAll)).pieces[0].entries, 3u);
  EXPECT_THAT(Lines(Await(0)),
              ElementsAre("de-aachen practice: Reading aloud (r1)", "de-aachen practice: Reading together (r2)",
                          "de-aachen practice: Reading together (r3) withdrawn"));
}

TEST_F(FollowingDeskTest, WhatWasHereBeforeDoesNotCountAmongWhatCame) {
  const node::Published first = PublishPractice(aachen_, "One");
  const auto revise = [&](const std::string& title) {
    Publish(aachen_, {.kind = replication::kPractice, .payload = Practice(title), .record = first.record});
  };
  revise("Two");
  revise("Three");
  Must(desk_.Follow("de-aachen", {}));
  EXPECT_EQ(Must(desk_.ListNews(0, Listing::kAll)).pieces[0].entries, 3u);  // all were here
  revise("Four");
  const auto pieces = Must(desk_.ListNews(0, Listing::kAll)).pieces;
  ASSERT_THAT(pieces, SizeIs(1));
  EXPECT_EQ(pieces[0].title, "Four");
  EXPECT_EQ(pieces[0].entries, 1u);
}

TEST_F(FollowingDeskTest, WhatHasNoTitleHasAFewWords) {
  Must(desk_.Follow("de-aachen", {}));
  Must(desk_.Follow("de-dresden", {}));
  Publish(aachen_, {.kind = replication::kIndicatorSet,
                    .payload = Must(node::domain::EncodeIndicatorSet(
                        SetOf(2020, {ObservationOf("1.1.1/adult-literacy-rate#total", "99"),
                                     ObservationOf("1.2.2/unemployment-rate#total", "5")})))});
  Publish(aachen_, {.kind = replication::kIndicatorSet,
                    .payload = Must(node::domain::EncodeIndicatorSet(
                        SetOf(2021, {ObservationOf("1.1.1/adult-literacy-rate#total", "99")})))});
  node::domain::Observation none = ObservationOf("1.2.2/unemployment-rate#total", "5");
  none.value.reset();
  none.no_data_reason = "not counted";
  Publish(aachen_, {.kind = replication::kIndicatorSet,
                    .payload = Must(node::domain::EncodeIndicatorSet(
                        SetOf(2022, {ObservationOf("1.1.1/adult-literacy-rate#total", "99"), none})))});
  v1::Offer offer;
  offer.set_title("A visit");
  offer.set_language("en");
  const node::Published offered = Publish(aachen_, {.kind = replication::kOffer, .payload = offer.SerializeAsString()});
  v1::OfferReply reply;
  *reply.mutable_offer() = To(aachen_, offered);
  reply.set_text("We come.");
  reply.set_language("en");
  const node::Published replied =
      Publish(dresden_, {.kind = replication::kOfferReply, .payload = reply.SerializeAsString()});
  v1::AcceptanceBody body;
  body.set_title("A visit of Dresden");
  body.set_language("en");
  body.add_parties(2);
  body.set_open_to_others(true);
  const replication::Statement statement =
      Must(dresden_.Sign(replication::StatementType::kAcceptance,
                         replication::ByteWriter().Tag("hansa/accept/1").Raw(body.SerializeAsString()).bytes()));
  v1::Acceptance acceptance;
  acceptance.mutable_statement()->set_body(statement.body);
  acceptance.mutable_statement()->set_signer_pk(statement.signer.str());
  acceptance.mutable_statement()->set_sig(statement.signature.str());
  const node::Published accepted =
      Publish(dresden_, {.kind = replication::kOfferAcceptance, .payload = acceptance.SerializeAsString()});
  v1::Leaving leaving;
  leaving.set_agreement_hash(replication::SodiumCrypto().Sha256(statement.body).str());
  *leaving.mutable_acceptance() = To(dresden_, accepted);
  Publish(dresden_, {.kind = replication::kOfferLeaving, .payload = leaving.SerializeAsString()});
  v1::Conclusion conclusion;
  *conclusion.mutable_offer() = To(aachen_, offered);
  Publish(aachen_, {.kind = replication::kOfferConclusion, .payload = conclusion.SerializeAsString()});
  v1::Decline decline;
  *decline.mutable_declined() = To(dresden_, replied);
  Publish(aachen_, {.kind = replication::kOfferDecline, .payload = decline.SerializeAsString()});
  reply.mutable_offer()->set_record_id(std::string(16, 'x'));
  Publish(dresden_, {.kind = replication::kOfferReply, .payload = reply.SerializeAsString()});
  Publish(dresden_, {.kind = replication::Kind(1099), .payload = "of a kind that comes later"});
  EXPECT_THAT(
      Listed(),
      ElementsAre("de-aachen indicator set: 2 values for 2020 (r1)", "de-aachen indicator set: 1 value for 2021 (r1)",
                  "de-aachen indicator set: 1 value for 2022, 1 without data (r1)", "de-aachen offer: A visit (r1)",
                  "de-dresden reply: reply to A visit (r1)", "de-dresden acceptance: accepted A visit of Dresden (r1)",
                  "de-dresden leaving: left A visit of Dresden (r1)", "de-aachen conclusion: concluded A visit (r1)",
                  "de-aachen decline: declined A visit (r1)",
                  "de-dresden reply: reply to an offer that is not held here (r1)",
                  "de-dresden kind 1099: its content cannot be shown here (r1)"));
}

TEST_F(FollowingDeskTest, WaitingWithoutPatienceSaysWhatIsThere) {
  Must(desk_.Follow("de-aachen", {}));
  PublishPractice(aachen_, "First");
  const News from_now = Await(std::nullopt);
  EXPECT_THAT(from_now.pieces, IsEmpty());
  EXPECT_EQ(from_now.position, 1u);
  PublishPractice(aachen_, "Second");
  const News next = Await(from_now.position);
  EXPECT_THAT(Lines(next), ElementsAre("de-aachen practice: Second (r1)"));
  EXPECT_THAT(Await(next.position).pieces, IsEmpty());
  EXPECT_THAT(Lines(Await(0)), SizeIs(2));
  EXPECT_EQ(Await(1'000'000).position, 2u);  // as after a power cut that took the last rows
}

TEST_F(FollowingDeskTest, WhatWasHereIsNoNewsToThoseWhoWait) {
  PublishPractice(aachen_, "Was here");
  Must(desk_.Follow("de-aachen", {}));
  EXPECT_THAT(Await(0).pieces, IsEmpty());
  PublishPractice(aachen_, "Fresh");
  EXPECT_THAT(Lines(Await(0)), ElementsAre("de-aachen practice: Fresh (r1)"));
}

TEST_F(FollowingDeskTest, EverybodyWhoWaitsIsToldAtOnce) {
  Must(desk_.Follow("de-aachen", {}));
  absl::BlockingCounter all_wait(node::desk::kWaitingMax);
  std::vector<std::thread> waiting = WaitersFor(all_wait, {"de-aachen practice: Reading aloud (r1)"});
  all_wait.Wait();
  PublishPractice(aachen_, "Reading aloud");
  for (std::thread& thread : waiting) thread.join();
}

TEST_F(FollowingDeskTest, OnlySoManyMayWaitAndStoppingEndsThemAll) {
  absl::BlockingCounter all_wait(node::desk::kWaitingMax);
  std::vector<std::thread> waiting = WaitersFor(all_wait, {});
  all_wait.Wait();
  EXPECT_THAT(desk_.AwaitNews({.after = std::nullopt, .patience = absl::ZeroDuration(), .is_gone = nullptr}),
              StatusIs(StatusCode::kResourceExhausted, "8 wait on this node already"));
  desk_.StopWaiting();
  for (std::thread& thread : waiting) thread.join();
  EXPECT_THAT(Await(std::nullopt, absl::Seconds(30)).pieces, IsEmpty());
}

TEST_F(FollowingDeskTest, WhoHasGoneIsNotWaitedFor) {
  EXPECT_THAT(desk_.AwaitNews({.after = std::nullopt, .patience = absl::Seconds(30), .is_gone = [] { return true; }}),
              IsOk());
}

TEST_F(FollowingDeskTest, AListThatTheViewsMissedIsTakenUpAtTheNextStart) {
  Must(bonn_.SetFollowing({Followed{aachen_.View().member, {replication::kPractices}}}));
  PublishPractice(aachen_, "Before");
  EXPECT_THAT(Listed(), IsEmpty());
  FollowingDesk again(bonn_, node::catalogue::CurrentCatalogue(), bonn_.views());
  PublishPractice(aachen_, "After");
  EXPECT_THAT(Listed(), SizeIs(2));
  EXPECT_THAT(Listed(Listing::kNew), ElementsAre("de-aachen practice: After (r1)"));
}

}  // namespace
}  // namespace hansa::testing
