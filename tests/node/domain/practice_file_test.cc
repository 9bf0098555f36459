// Practices that build on others, and translations, as files.
#include "node/domain/practice_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "hansa/v1/practices.pb.h"
#include "node/catalogue/current.h"
#include "tests/testing/status_matchers.h"

namespace hansa::testing {
namespace {

using absl::StatusCode;
using node::catalogue::CurrentCatalogue;
using node::domain::NamedOriginals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

absl::StatusOr<NamedOriginals> Read(const std::string& content, v1::Practice& practice) {
  NamedOriginals named;
  const auto remarks =
      node::domain::ReadPracticeFile({.name = "p.md", .content = content}, CurrentCatalogue(), practice, named);
  if (!remarks.ok()) return remarks.status();
  return named;
}
absl::StatusOr<v1::PracticeTranslation> Translation(const std::string& content) {
  v1::PracticeTranslation translation;
  const auto remarks =
      node::domain::ReadTranslationFile({.name = "t.md", .content = content}, CurrentCatalogue(), translation);
  if (!remarks.ok()) return remarks.status();
  return translation;
}

TEST(PracticeFile, NamesWhatItBuildsOnInEitherForm) {
  v1::Practice practice;
  EXPECT_THAT(Must(Read(R"(+++
title = "T"
language = "en"
[[built_on]]
practice = "8D1366908b71"
changed = "Streets."
[[built_on]]
practice = "0123456789abcdef0123456789abcdef"
outcome = "Twice as many."
+++
)",
                        practice)),
              ElementsAre("8d1366908b71", "0123456789abcdef0123456789abcdef"));
  ASSERT_EQ(practice.built_on_size(), 2);
  EXPECT_EQ(practice.built_on(0).changed(), "Streets.");
  EXPECT_EQ(practice.built_on(1).outcome(), "Twice as many.");
  EXPECT_FALSE(practice.built_on(0).has_practice()) << "which record it is, the desk knows";
  v1::Practice json;
  EXPECT_THAT(Must(Read(R"({"title": "T", "language": "en", "built_on": [{"practice": {"record_id":
    "0123456789abcdef0123456789abcdef", "member": 3}, "changed": "C"}]})",
                        json)),
              ElementsAre("0123456789abcdef0123456789abcdef"))
      << "as it was printed";
  v1::Practice none;
  EXPECT_THAT(Must(Read(R"({"title": "T", "language": "en", "built_on": null})", none)), IsEmpty());
}

TEST(PracticeFile, SaysWhatIsWrongWithIt) {
  v1::Practice practice;
  const auto with = [&](const std::string& built_on) {
    return Read(R"({"title": "T", "language": "en", "built_on": )" + built_on + "}", practice);
  };
  EXPECT_THAT(with("\"8d1366908b71\""), StatusIs(StatusCode::kInvalidArgument, "p.md: built_on: it is not a list"));
  EXPECT_THAT(with("[{}]"), StatusIs(StatusCode::kInvalidArgument, "built_on 1: it names no practice"));
  EXPECT_THAT(with(R"([{"practice": "8d13"}])"), StatusIs(StatusCode::kInvalidArgument, "6 to 32 hex digits"));
  EXPECT_THAT(with(R"([{"practice": 8}])"), StatusIs(StatusCode::kInvalidArgument, "6 to 32 hex digits"));
  EXPECT_THAT(with(R"([{"practice": "8d1366", "what": "x"}])"),
              StatusIs(StatusCode::kInvalidArgument, "there is no such field"));
  std::string six;
  for (int i = 0; i < 6; ++i) six += std::string(i == 0 ? "" : ", ") + R"({"practice": "8d1366"})";
  EXPECT_THAT(with("[" + six + "]"), StatusIs(StatusCode::kInvalidArgument, "built_on"));
}

TEST(TranslationFile, HasTheSectionsOfAPractice) {
  const v1::PracticeTranslation translation = Must(Translation(R"(+++
language = "ko"
title = "소리 내어 읽기"
method = "machine-checked"
tags = ["책"]
+++
## 문제
읽지 않는다.
## What was done
읽었다.
)"));
  EXPECT_EQ(translation.problem(), "읽지 않는다.");
  EXPECT_EQ(translation.done(), "읽었다.");
  EXPECT_EQ(translation.method(), v1::TRANSLATION_METHOD_MACHINE_CHECKED);
  EXPECT_THAT(translation.tags(), ElementsAre("책"));
  EXPECT_FALSE(translation.has_original());
}

TEST(TranslationFile, SaysWhatIsWrongWithIt) {
  EXPECT_THAT(Translation(R"({"title": "T"})"), StatusIs(StatusCode::kInvalidArgument, "t.md: language"));
  EXPECT_THAT(Translation(R"({"language": "ko", "tags": ["x"]})"),
              StatusIs(StatusCode::kInvalidArgument, "it translates nothing"));
  EXPECT_THAT(Translation(R"({"language": "ko", "title": "T", "original": {}})"),
              StatusIs(StatusCode::kInvalidArgument, "original: it cannot be given in a file"));
  EXPECT_THAT(Translation(R"({"language": "ko", "title": "T", "method": "magic"})"),
              StatusIs(StatusCode::kInvalidArgument, "method"));
  EXPECT_THAT(Translation(R"({"language": "ko", "title": "T", "year": 2025})"),
              StatusIs(StatusCode::kInvalidArgument, "there is no such field"));
}

}  // namespace
}  // namespace hansa::testing
