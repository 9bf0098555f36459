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
    point.set_joins(year == 2022);
  }
  const std::string text = TextOf(learnt, Layout{});
  EXPECT_THAT(text, Not(HasSubstr("not joined")));
  EXPECT_THAT(text,
              AllOf(HasSubstr("Bristol (gb-bristol)\n"), HasSubstr("Work for all"),
                    HasSubstr("1.2.2/unemployment-rate#total: 2020 5.10, 2022 4.4 %"), Not(HasSubstr("guidance"))));
}

TEST(LearnTexts, SetValuesApartThatRestOnSomethingElseAndSayOnWhat) {
  v1::LearnReply learnt;
  v1::LearnSeries& series = *learnt.add_cities()->add_series();
  series.set_cell("1.2.4/participation-in-cultural-activities");
  series.set_unit("percent");
  for (const std::uint32_t year : {2018, 2019, 2020, 2021}) {
    v1::LearnPoint& point = *series.add_values();
    point.set_year(year);
    point.set_value("2.1");
    point.set_source_kind("official_data");
    point.set_source("culture office");
    point.set_joins(year == 2021);
  }
  series.mutable_values(0)->set_area("South West England");
  series.mutable_values(0)->set_level("region");
  series.mutable_values(1)->set_source_kind("survey");
  series.mutable_values(1)->set_match("proxy");
  series.mutable_values(1)->set_note("Counts cinema only.");
  EXPECT_THAT(TextOf(learnt, Layout{}),
              HasSubstr("  1.2.4/participation-in-cultural-activities: 2018 2.1 | 2019 2.1 | 2020 2.1, 2021 2.1 %\n"
                        "    2018: official_data: culture office; South West England (region)\n"
                        "    2019: survey: culture office; Counts cinema only.; definition: proxy\n"
                        "    2020–2021: official_data: culture office\n"
                        "read against the city's own earlier value; values that rest on another source or definition "
                        "are not joined\n"));
  const std::string json = JsonOf(learnt);
  for (const char* field : {"\"source_kind\": \"survey\"", "\"match\": \"proxy\"", "\"level\": \"region\"",
                            "\"note\": \"Counts cinema only.\"", "\"joins\": true"}) {
    EXPECT_THAT(json, HasSubstr(field));
  }
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
