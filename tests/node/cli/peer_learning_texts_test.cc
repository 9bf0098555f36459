// What members write in Markdown, of offers, of what is said to them, and of notices, as people read it.
#include "node/cli/peer_learning_texts.h"

#include <string>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "hansa/v1/node.pb.h"
#include "hansa/v1/node_notices.pb.h"
#include "node/cli/muted_words.h"
#include "node/cli/notice_texts.h"
#include "node/cli/partnership_texts.h"
#include "node/cli/strategy_texts.h"

namespace hansa::node::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kWritten[] = "Ask **all** of them.\n\n- the [library](https://example.org/l)\n- \x1b[31mthe school";
constexpr char kInLines[] = "Ask all of them.\n\n- the library (https://example.org/l)\n- ";

TEST(PeerLearningTexts, ARecordWithoutATitleIsNotTakenForOneThatIsTakenBack) {
  v1::PublishedRecord published;
  published.set_id("8d1366908b71");
  published.set_revision(2);
  EXPECT_THAT(TextOf(published, Act::kPublished, Layout{}),
              AllOf(HasSubstr("published: record 8d1366908b71, revision 2"), Not(HasSubstr("taken back"))));
  EXPECT_THAT(TextOf(published, Act::kWithdrawn, Layout{}), HasSubstr("taken back: record 8d1366908b71"));
  published.set_unchanged(true);
  EXPECT_THAT(TextOf(published, Act::kWithdrawn, Layout{}), HasSubstr("it stands like this already"));
}

TEST(PeerLearningTexts, WhatAnOfferAndItsRepliesSayIsMarkdown) {
  v1::GetOfferReply reply;
  reply.mutable_content()->set_text(kWritten);
  v1::ReplySummary& said = *reply.add_replies();
  said.set_member("gb-derby");
  said.set_text("We *come*.");
  v1::ReplySummary& declined = *reply.add_declines();
  declined.set_member("gb-bristol");
  declined.set_text("Not *now*");
  const std::string text = TextOf(reply, Layout{});
  EXPECT_THAT(text, AllOf(HasSubstr(kInLines), HasSubstr("We come.\n"), Not(HasSubstr("\x1b"))));
  EXPECT_THAT(text, HasSubstr(": Not *now*")) << "the reason of a decline is plain words";
}

TEST(PeerLearningTexts, AnOfferIsShownWithItsDaysAndWhatCameOfIt) {
  v1::GetOfferReply reply;
  v1::Offer& offer = *reply.mutable_content();
  offer.mutable_deadline()->set_date("2027-03-31");
  offer.mutable_deadline()->set_time("17:00");
  offer.mutable_deadline()->set_zone("Asia/Seoul");
  offer.set_starts_on("2027-05-01");
  offer.set_ends_on("2027-05-31");
  offer.set_partners(v1::PARTNER_COUNT_ONE);
  offer.set_places(3);
  offer.add_working_languages("en");
  offer.add_organizations()->set_name("City library");
  v1::ConclusionSummary& conclusion = *reply.add_conclusions();
  conclusion.set_member("gb-derby");
  conclusion.set_how("filled");
  conclusion.set_ended_on("2027-06-01");
  conclusion.set_outcome("Two *come*.");
  const std::string text = TextOf(reply, Layout{});
  for (const char* line : {"Apply until: 2027-03-31 17:00 Asia/Seoul\n", "Begins: 2027-05-01\n", "Ends: 2027-05-31\n",
                           "Partners: one\n", "Places there are: 3\n", "Languages: en\n",
                           "Organizations: City library\n", "concluded by gb-derby, 2027-06-01: filled\nTwo come.\n"}) {
    EXPECT_THAT(text, HasSubstr(line));
  }
}

TEST(PeerLearningTexts, APartnershipIsShownWithTheTextThatIsSigned) {
  v1::PartnershipSummary partnership;
  partnership.set_title("Exchange");
  partnership.set_state("in force");
  partnership.set_terms("We learn from each other.");
  partnership.set_aim("Festivals");
  partnership.set_starts_on("2027-05-01");
  partnership.set_ends_on("2027-05-31");
  v1::PartnershipOrganization& library = *partnership.add_organizations();
  library.set_name("City library");
  library.set_member("gb-derby");
  v1::PartySummary& party = *partnership.add_parties();
  party.set_member("gb-derby");
  party.set_state("left");
  party.set_approved_by("the council");
  party.set_left_because("It has ended here.");
  v1::ConclusionSummary& conclusion = *partnership.add_conclusions();
  conclusion.set_member("gb-bristol");
  conclusion.set_how("ended early");
  conclusion.set_ended_on("2027-05-20");
  const std::string text = TextOf(partnership, Layout{});
  for (const char* part :
       {"Exchange\n", "Begins: 2027-05-01\n", "Ends: 2027-05-31\n", "We learn from each other.\n", "Festivals\n",
        "City library (gb-derby)\n", "only the parties can sign it", "the council",
        "why gb-derby left: It has ended here.\n", "concluded by gb-bristol, 2027-05-20: ended early\n"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
  partnership.set_state("concluded");
  EXPECT_THAT(TextOf(partnership, Layout{}), Not(HasSubstr("can sign it")));
}

TEST(PeerLearningTexts, APartnershipThatTakesNobodySaysWhyAndWhoIsNoMember) {
  v1::PartnershipSummary partnership;
  partnership.set_state("in force");
  partnership.set_open_to_others(true);
  for (const auto& [slug, membership] : {std::pair("gb-bristol", "member"), std::pair("gb-derby", "retired")}) {
    v1::PartySummary& party = *partnership.add_parties();
    party.set_member(slug);
    party.set_state("signed");
    party.set_membership(membership);
  }
  EXPECT_EQ(PartiesOf(partnership, Layout{}), "gb-bristol, gb-derby (signed, no longer a member)");
  EXPECT_THAT(TextOf(partnership, Layout{}),
              AllOf(HasSubstr("any other member can join"), HasSubstr("signed, no longer a member")));
  partnership.set_signing_closed("the offer was taken back by its author");
  EXPECT_THAT(TextOf(partnership, Layout{}),
              AllOf(HasSubstr("nobody can sign it any more: the offer was taken back by its author\n"),
                    Not(HasSubstr("can join"))));
}

TEST(PeerLearningTexts, AnOfferThatCannotBeTakenUpSaysWhy) {
  v1::GetOfferReply reply;
  reply.mutable_offer()->set_closed_because("the offer is concluded; ask its author for a new one");
  for (const auto& [state, says] :
       {std::pair("closed", true), std::pair("agreed", true), std::pair("concluded", false)}) {
    reply.mutable_offer()->set_state(state);
    EXPECT_EQ(absl::StrContains(TextOf(reply, Layout{}), "the offer is concluded; ask"), says) << state;
  }
}

TEST(PeerLearningTexts, WhyARecordWasTakenBackIsSaid) {
  v1::GetOfferReply offer;
  v1::GetStrategyReply strategy;
  for (auto* revisions : {offer.mutable_revisions(), strategy.mutable_revisions()}) {
    revisions->Add()->set_revision(1);
    v1::RecordRevision& last = *revisions->Add();
    last.set_revision(2);
    last.set_withdrawn(true);
    last.set_reason("no budget any more");
  }
  Layout verbose;
  verbose.verbose = true;
  EXPECT_THAT(TextOf(offer, Layout{}), HasSubstr("Why it was taken back: no budget any more\n"));
  EXPECT_THAT(TextOf(offer, verbose), HasSubstr("taken back by its author: no budget any more"));
  EXPECT_THAT(TextOf(strategy, verbose), HasSubstr("taken back by its author: no budget any more"));
  offer.mutable_revisions(1)->clear_reason();
  EXPECT_THAT(TextOf(offer, Layout{}), Not(HasSubstr("Why it was")));
  EXPECT_THAT(TextOf(offer, verbose), AllOf(HasSubstr("taken back by its author"), Not(HasSubstr("author:"))));
}

TEST(PeerLearningTexts, WhatANoticeSaysIsMarkdown) {
  v1::GetNoticeReply guidance, call, cluster;
  guidance.mutable_guidance()->set_text(kWritten);
  call.mutable_call()->set_text(kWritten);
  cluster.mutable_cluster()->set_text(kWritten);
  for (const v1::GetNoticeReply* reply : {&guidance, &call, &cluster}) {
    EXPECT_THAT(TextOf(*reply, Layout{}), AllOf(HasSubstr(kInLines), Not(HasSubstr("\x1b"))));
  }
}

TEST(PeerLearningTexts, HowManyAreLeftOutIsSaidWithTheWayToSeeThem) {
  const words::Words words(words::Language::kEnglish);
  EXPECT_THAT(MutedLine(0, words), IsEmpty());
  EXPECT_THAT(MutedLine(1, words), AllOf(HasSubstr("1 is left out"), HasSubstr("--with-muted shows it")));
  EXPECT_THAT(MutedLine(2, words), HasSubstr("2 are left out"));
}

TEST(PeerLearningTexts, NewsSaysHowOftenARecordWasRevisedAndWhatWasHereBefore) {
  v1::ListNewsReply news;
  v1::NewsItem& item = *news.add_news();
  item.set_kind("practice");
  item.set_title("Reading");
  item.set_revision(3);
  item.set_entries(3);
  item.set_was_here(true);
  EXPECT_THAT(TextOf(news, Layout{}), AllOf(HasSubstr("before "), HasSubstr("practice, revised 2 times")));
  item.set_entries(1);
  EXPECT_THAT(LineOf(item, Layout{}), HasSubstr("practice, revision 3"));
  EXPECT_THAT(DigestText(news, {}, Layout{}), HasSubstr("- practice, revision 3: Reading"));
}

}  // namespace
}  // namespace hansa::node::cli
