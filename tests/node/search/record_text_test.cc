#include "node/search/record_text.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hansa/v1/dialogue.pb.h"
#include "hansa/v1/kinds.pb.h"
#include "hansa/v1/notices.pb.h"
#include "hansa/v1/offers.pb.h"
#include "hansa/v1/practices.pb.h"
#include "hansa/v1/strategies.pb.h"
#include "tests/testing/roster.h"

namespace hansa::testing {
namespace {

using node::search::ReadRecordText;
using node::search::RecordText;
using ::testing::Contains;
using ::testing::ElementsAre;

template <typename Message>
std::optional<RecordText> Read(v1::Kind kind, const Message& message) {
  return ReadRecordText(replication::Kind(static_cast<std::uint16_t>(kind)), message.SerializeAsString());
}

template <typename Message>
Message Titled(const std::string& title) {
  Message message;
  message.set_title(title);
  message.set_language("en");
  message.mutable_subjects()->add_features("2.1.3");
  message.mutable_subjects()->add_tags("a tag");
  return message;
}

TEST(RecordText, OfAPracticeIsAllThatItSays) {
  v1::Practice practice = Titled<v1::Practice>("T");
  practice.set_summary("S");
  practice.set_problem("P");
  practice.set_done("D");
  practice.set_outcome("O");
  practice.set_year(2021);
  practice.set_area_kind(v1::AREA_KIND_METROPOLITAN_AREA);
  const auto text = Read(v1::KIND_PRACTICES_PRACTICE, practice);
  ASSERT_TRUE(text.has_value());
  EXPECT_EQ(text->kind, "practice");
  EXPECT_EQ(text->title, "T");
  EXPECT_EQ(text->summary, "S");
  EXPECT_THAT(text->parts, ElementsAre("P", "D", "O", "a tag"));
  EXPECT_THAT(text->years, ElementsAre(2021));
  EXPECT_THAT(text->features, ElementsAre("2.1.3"));
  EXPECT_EQ(text->area_kind, "metropolitan-area");
  EXPECT_FALSE(text->original.has_value());
}

TEST(RecordText, OfATranslationNamesWhatItTranslates) {
  v1::PracticeTranslation translation;
  translation.set_language("ko");
  translation.set_title("제목");
  translation.mutable_original()->set_member(12);
  translation.mutable_original()->set_collection(3);
  translation.mutable_original()->set_record_id(RecordNamed("practice").str());
  translation.mutable_original()->set_entry_hash(std::string(32, 'h'));
  const auto text = Read(v1::KIND_PRACTICES_TRANSLATION, translation);
  ASSERT_TRUE(text.has_value());
  EXPECT_EQ(text->kind, "practice");
  EXPECT_EQ(text->original->member.value(), 12u);
  EXPECT_EQ(text->original->id, RecordNamed("practice"));
}

TEST(RecordText, EveryKindThatIsFoundIsRead) {
  EXPECT_EQ(Read(v1::KIND_OFFERS_OFFER, Titled<v1::Offer>("T"))->kind, "offer");
  EXPECT_EQ(Read(v1::KIND_STRATEGIES_STRATEGY, Titled<v1::Strategy>("T"))->kind, "strategy");
  EXPECT_EQ(Read(v1::KIND_NOTICES_GUIDANCE, Titled<v1::Guidance>("T"))->kind, "guidance");
  EXPECT_EQ(Read(v1::KIND_NOTICES_OPPORTUNITY, Titled<v1::Opportunity>("T"))->kind, "opportunity");
  EXPECT_EQ(Read(v1::KIND_NOTICES_CALL_FOR_DATA, Titled<v1::CallForData>("T"))->kind, "call");
  EXPECT_EQ(Read(v1::KIND_NOTICES_RECOGNITION, Titled<v1::Recognition>("T"))->kind, "recognition");
  EXPECT_EQ(Read(v1::KIND_NOTICES_CLUSTER, Titled<v1::Cluster>("T"))->kind, "cluster");
  const auto topic = Read(v1::KIND_DIALOGUE_TOPIC, Titled<v1::Topic>("T"));
  EXPECT_EQ(topic->kind, "topic");
  EXPECT_THAT(topic->parts, Contains("a tag"));
  EXPECT_THAT(topic->features, ElementsAre("2.1.3"));
}

TEST(RecordText, AQuestionWithoutATitleIsCalledByItsFirstWords) {
  v1::Question question;
  question.set_language("en");
  question.set_asked_of(1);
  question.set_text("How did you begin?\nWe are small.");
  EXPECT_EQ(Read(v1::KIND_DIALOGUE_QUESTION, question)->title, "How did you begin?");
  question.set_text(std::string(100, 'x'));
  EXPECT_EQ(Read(v1::KIND_DIALOGUE_QUESTION, question)->title, std::string(80, 'x') + "…");
}

TEST(RecordText, AnOpportunityLastsAsLongAsOneCanGoThere) {
  v1::Opportunity opportunity = Titled<v1::Opportunity>("T");
  opportunity.mutable_deadline()->set_date("2025-01-31");
  EXPECT_EQ(Read(v1::KIND_NOTICES_OPPORTUNITY, opportunity)->last_day, "2025-01-31");
  opportunity.mutable_begins()->set_date("2025-05-01");
  EXPECT_EQ(Read(v1::KIND_NOTICES_OPPORTUNITY, opportunity)->last_day, "2025-05-01");
  opportunity.mutable_ends()->set_date("2025-05-03");
  const auto text = Read(v1::KIND_NOTICES_OPPORTUNITY, opportunity);
  EXPECT_EQ(text->first_day, "2025-05-01");
  EXPECT_EQ(text->last_day, "2025-05-03");
  EXPECT_THAT(text->years, ElementsAre(2025));
}

TEST(RecordText, WhatNobodyLooksForOrCannotBeReadHasNone) {
  v1::PracticeWithdrawal withdrawal;
  EXPECT_FALSE(Read(v1::KIND_PRACTICES_WITHDRAWAL, withdrawal).has_value());
  EXPECT_FALSE(Read(v1::KIND_PRACTICES_PRACTICE, v1::Practice()).has_value()) << "it breaks a rule of its form";
  EXPECT_FALSE(ReadRecordText(replication::kPractice, "no practice at all").has_value());
}

}  // namespace
}  // namespace hansa::testing
