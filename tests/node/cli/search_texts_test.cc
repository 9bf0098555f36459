// What was found, as people and scripts read it.
#include "node/cli/search_texts.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hansa/v1/node_search.pb.h"
#include "node/cli/search_json.h"

namespace hansa::node::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

v1::SearchReply Reply() {
  v1::SearchReply reply;
  v1::SearchHit& hit = *reply.add_hits();
  hit.mutable_record()->set_id("8d1366908b71aaaabbbbccccddddeeee");
  hit.mutable_record()->set_member("gb-bristol");
  hit.mutable_record()->set_kind("practice");
  hit.mutable_record()->set_title("Reading city");
  hit.mutable_record()->set_language("en");
  hit.mutable_record()->set_revision(2);
  hit.set_excerpt("All \x02libraries\x03 of \x1b[31mthe city");
  hit.set_found_in("ko");
  reply.set_found(30);
  reply.set_unread(1200);
  v1::SearchFacet& facet = *reply.add_facets();
  facet.set_name("kind");
  facet.add_values()->set_value("practice");
  facet.mutable_values(0)->set_records(30);
  return reply;
}

TEST(SearchTexts, WordsFoundAreBoldOnATerminalOnly) {
  EXPECT_THAT(TextOf(Reply(), Facets::kHidden, {.bold = true}), HasSubstr("All \x1b[1mlibraries\x1b[0m of"));
  const std::string plain = TextOf(Reply(), Facets::kHidden, {});
  EXPECT_THAT(plain, HasSubstr("  All libraries of"));
  EXPECT_THAT(plain, AllOf(Not(HasSubstr("\x1b")), Not(HasSubstr("\x02")), Not(HasSubstr("\u2063"))));
}

TEST(SearchTexts, ABrokenLineKeepsItsWidthWhateverIsBold) {
  v1::SearchReply reply = Reply();
  reply.mutable_hits(0)->set_excerpt(
      "\x02"
      "aaaa\x03 bbbb \x02"
      "cccc\x03 dddd eeee");
  const std::string narrow = TextOf(reply, Facets::kHidden, {.columns = 17, .bold = true});
  EXPECT_THAT(narrow, HasSubstr("  \x1b[1maaaa\x1b[0m bbbb \x1b[1mcccc\x1b[0m\n  dddd eeee\n"));
}

TEST(SearchTexts, SayHowManyThereAreAndInWhichLanguage) {
  const std::string text = TextOf(Reply(), Facets::kHidden, {});
  EXPECT_THAT(text, HasSubstr("1 of 30 records"));
  EXPECT_THAT(text, HasSubstr("en, ko"));
  EXPECT_THAT(text, Not(HasSubstr("kind: practice")));
  EXPECT_THAT(TextOf(Reply(), Facets::kShown, {}), HasSubstr("kind: practice (30)"));
  EXPECT_EQ(TextOf(v1::SearchReply(), Facets::kShown, {}),
            "nothing that this node holds has all of that; leave out a word or a bound\n");
}

TEST(SearchTexts, WarnOfWhatIsNotReadYet) {
  EXPECT_THAT(UnreadWarning(Reply(), words::Words()), HasSubstr("1,200 records"));
  EXPECT_EQ(UnreadWarning(v1::SearchReply(), words::Words()), "");
}

TEST(SearchJson, HasWhatPracticesListHasAndMore) {
  const std::string json = JsonOfPractices(Reply());
  for (const char* field :
       {"\"id\": \"8d13", "\"member\": \"gb-bristol\"", "\"title\": \"Reading city\"", "\"year\": null",
        "\"language\": \"en\"", "\"features\": []", "\"actions\": []", "\"revision\": 2", "\"found_in\": \"ko\""}) {
    EXPECT_THAT(json, HasSubstr(field));
  }
  EXPECT_THAT(JsonOf(Reply()), AllOf(HasSubstr("\"found\": 30"), HasSubstr("\"unread\": 1200"),
                                     HasSubstr("\"kind\": ["), Not(HasSubstr("u0002"))));
}

TEST(LearnTexts, HaveAPartOnlyForWhatThereIs) {
  v1::LearnReply learnt;
  learnt.set_part("2.1.3");
  EXPECT_THAT(TextOf(learnt, Layout{}), HasSubstr("nothing here is about it yet"));
  v1::LearnCity& city = *learnt.add_cities();
  city.set_member("gb-bristol");
  city.set_name("Bristol");
  city.add_deeds()->set_title("Work for all");
  city.mutable_deeds(0)->set_kind("strategy");
  v1::LearnSeries& series = *city.add_series();
  series.set_cell("1.2.2/unemployment-rate#total");
  series.set_unit("percent");
  for (const auto& [year, value] : {std::pair(2020, "5.10"), std::pair(2022, "4.4")}) {
    v1::LearnPoint& point = *series.add_values();
    point.set_year(static_cast<std::uint32_t>(year));
    point.set_value(value);
  }
  const std::string text = TextOf(learnt, Layout{});
  EXPECT_THAT(text,
              AllOf(HasSubstr("Bristol (gb-bristol)\n"), HasSubstr("Work for all"),
                    HasSubstr("1.2.2/unemployment-rate#total: 2020 5.10, 2022 4.4 %"), Not(HasSubstr("guidance"))));
}

TEST(SimilarTexts, GiveTheReasonsInTheReadersLanguage) {
  v1::FindSimilarReply similar;
  similar.set_member("de-bonn");
  EXPECT_THAT(TextOf(similar, Layout{}), HasSubstr("no city here is in circumstances like those of de-bonn"));
  v1::SimilarCity& city = *similar.add_cities();
  city.set_name("Aachen");
  city.set_member("de-aachen");
  city.add_reasons("in the same country, DEU");
  EXPECT_THAT(TextOf(similar, Layout{}), HasSubstr("  Aachen (de-aachen)\n    in the same country, DEU\n"));
  const Layout korean{.words = words::Words(words::Language::kKorean)};
  EXPECT_THAT(TextOf(similar, korean), HasSubstr("같은 국가, DEU"));
  city.add_reasons("about as many people: 472,465 (2021, from 'Census 2021') and 261,136 (not dated, from 'GeoNames')");
  EXPECT_THAT(TextOf(similar, korean), HasSubstr("사는 사람의 수가 비슷함: 472,465명(2021, 출처 'Census 2021')과 "
                                                 "261,136명(연도 없음, 출처 'GeoNames')"));
}

}  // namespace
}  // namespace hansa::node::cli
