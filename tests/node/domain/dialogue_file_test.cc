// Topics as files, and words of the dialogue as bytes.
#include "node/domain/dialogue_file.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hansa/v1/dialogue.pb.h"
#include "node/catalogue/current.h"
#include "node/domain/dialogue_reading.h"
#include "node/domain/record_form.h"
#include "replication/collections.h"
#include "tests/testing/roster.h"
#include "tests/testing/status_matchers.h"

namespace hansa::testing {
namespace {

using namespace node::domain;  // NOLINT: what is tested
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr absl::StatusCode kInvalid = absl::StatusCode::kInvalidArgument;

struct ReadTopic {
  v1::Topic topic;
  std::string about;
};
absl::StatusOr<ReadTopic> TryRead(const std::string& content) {
  ReadTopic read;
  const absl::StatusOr<FileRemarks> remarks =
      ReadTopicFile({"topic.md", content}, node::catalogue::CurrentCatalogue(), read.topic, read.about);
  if (!remarks.ok()) return remarks.status();
  return read;
}

TEST(TopicFile, TheBodyIsTheTextAndSubjectsAreInOrder) {
  const ReadTopic read = Must(TryRead(R"(+++
title = "Learning at night"
language = "en"
features = ["2.1.3", "1.1.1"]
about = "8D1366908b71"
links = [{ url = "https://learning.example" }]
+++

Who opens schools in the evening?
)"));
  EXPECT_EQ(read.topic.title(), "Learning at night");
  EXPECT_EQ(read.topic.text(), "Who opens schools in the evening?");
  EXPECT_THAT(read.topic.subjects().features(), ElementsAre("1.1.1", "2.1.3"));
  EXPECT_EQ(read.about, "8d1366908b71");
  EXPECT_FALSE(read.topic.has_about()) << "which record that is the desk knows";
}

TEST(TopicFile, WhatDoesNotFitIsRefusedByItsName) {
  const auto refused = [](const std::string& more) {
    return std::string(TryRead(R"({"title": "T", "language": "en", )" + more + "}").status().message());
  };
  EXPECT_THAT(refused(R"("about": "practice")"), HasSubstr("topic.md: about: it is not the id of a record"));
  EXPECT_THAT(refused(R"("about": 12)"), HasSubstr("about: it is not the id of a record"));
  EXPECT_THAT(refused(R"("features": ["9.9.9"])"), HasSubstr("there is no '9.9.9'"));
  EXPECT_THAT(refused(R"("mayor": "N")"), HasSubstr("names of persons are not published"));
  EXPECT_THAT(refused(R"("clusters": ["8d1366908b71"])"), HasSubstr("clusters: it cannot be given in a file"));
  EXPECT_THAT(TryRead(R"({"title": "T"})"), StatusIs(kInvalid, "language"));
  EXPECT_THAT(TryRead(R"({"language": "en"})"), StatusIs(kInvalid, "title"));
}

v1::Question QuestionTo(std::uint32_t member) {
  v1::Question question;
  question.set_asked_of(member);
  question.set_text("How?");
  question.set_language("en");
  return question;
}

TEST(WordReading, AQuestionMayBePutToAnybodyOrToNobody) {
  for (const std::uint32_t member : {0u, 1u, 9u, 10u, 4'000'000u}) {
    const std::string bytes = Must(EncodeRecord(QuestionTo(member)));
    const auto facts = ReadWord(RecordKindOf(WordKind::kQuestion), bytes);
    ASSERT_TRUE(facts.has_value()) << member;
    EXPECT_EQ(facts->asked_of, replication::Member(member));
  }
}

TEST(WordReading, AQuestionKeepsTheOtherRulesOfItsSchema) {
  v1::Question question = QuestionTo(12);
  question.clear_language();
  EXPECT_THAT(EncodeRecord(question), StatusIs(kInvalid, "language"));
  EXPECT_FALSE(ReadWord(RecordKindOf(WordKind::kQuestion), question.SerializeAsString()).has_value());
  v1::Question read;
  EXPECT_THAT(DecodeRecord("\xff", read), StatusIs(kInvalid, "cannot be read"));
}

TEST(WordReading, WhatAnswersOrCommentsOnNothingCannotBeRead) {
  v1::Answer answer;
  answer.set_text("So.");
  answer.set_language("en");
  EXPECT_FALSE(ReadWord(RecordKindOf(WordKind::kAnswer), answer.SerializeAsString()).has_value());
  Point({{replication::Member(12), replication::kDialogue, RecordNamed("q")}, Random("entry")},
        *answer.mutable_question());
  PutSeeAlso({{{replication::Member(13), replication::kPractices, RecordNamed("p")}, Random("entry")}}, answer);
  const auto facts = ReadWord(RecordKindOf(WordKind::kAnswer), Must(EncodeRecord(answer)));
  ASSERT_TRUE(facts.has_value());
  EXPECT_EQ(facts->about, (NotedRecord{replication::Member(12), replication::kDialogue, RecordNamed("q")}));
  EXPECT_THAT(facts->see_also,
              ElementsAre(NotedRecord{replication::Member(13), replication::kPractices, RecordNamed("p")}));
}

}  // namespace
}  // namespace hansa::testing
