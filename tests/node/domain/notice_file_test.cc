// Notices as people write them, taken or refused with the field and what to do.
#include "node/domain/notice_file.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "hansa/v1/notices.pb.h"
#include "node/catalogue/current.h"
#include "node/domain/notice_reading.h"
#include "tests/testing/status_matchers.h"

namespace hansa::testing {
namespace {

using namespace node::domain;  // NOLINT: what is tested
using absl::StatusCode;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

template <typename Notice>
struct Read {
  Notice notice;
  NamedByNotice named;
  FileRemarks remarks;
};

// An object with title and language; `more` are further members of it, each with a comma before it.
std::string Json(const std::string& more) { return absl::StrCat(R"({"title": "T", "language": "en")", more, "}"); }

absl::Status Try(NoticeKind kind, const std::string& text) {
  NamedByNotice named;
  return ReadNoticeFile(kind, {.name = "n.json", .content = text}, node::catalogue::CurrentCatalogue(),
                        *NewNotice(kind), named)
      .status();
}
template <typename Notice>
Read<Notice> Taken(NoticeKind kind, const std::string& text) {
  Read<Notice> read;
  read.remarks = Must(ReadNoticeFile(kind, {.name = "n.json", .content = text}, node::catalogue::CurrentCatalogue(),
                                     read.notice, read.named));
  return read;
}
auto Refused(const std::string& what) { return StatusIs(StatusCode::kInvalidArgument, what); }

TEST(NoticeFile, AnOpportunityIsTakenWithItsMoments) {
  const auto read = Taken<v1::Opportunity>(NoticeKind::kOpportunity, Json(R"(, "kind": "course",
      "deadline": "2027-03-31 17:00 Asia/Seoul", "begins": "2027-04-12", "ends": {"date": "2027-05-21"},
      "presence": "on site", "clusters": ["8D1366"], "features": ["2.1.3", "1.1.1"], "audience": {
        "countries": ["SEN", "KEN"], "regions": ["arab states"], "members": ["gb-derby"], "words": "Offices"})"));
  EXPECT_EQ(read.notice.kind(), v1::OPPORTUNITY_KIND_COURSE);
  EXPECT_EQ(read.notice.deadline().zone(), "Asia/Seoul");
  EXPECT_EQ(read.notice.ends().date(), "2027-05-21");
  EXPECT_THAT(read.notice.subjects().features(), ElementsAre("1.1.1", "2.1.3"));
  EXPECT_THAT(read.notice.audience().countries(), ElementsAre("KEN", "SEN"));
  EXPECT_THAT(read.notice.audience().regions(), ElementsAre("Arab States"));
  EXPECT_THAT(read.named.audience, ElementsAre("gb-derby"));
  EXPECT_THAT(read.remarks.clusters, ElementsAre("8d1366"));
  EXPECT_THAT(read.remarks.warnings, IsEmpty());
}

TEST(NoticeFile, AnAudienceMayBeWordsAlone) {
  const auto read = Taken<v1::Guidance>(NoticeKind::kGuidance, Json(R"(, "audience": "Cities by a river")"));
  EXPECT_EQ(read.notice.audience().words(), "Cities by a river");
}

TEST(NoticeFile, MarkdownHasItsTextUnderTheHead) {
  const auto read = Taken<v1::Cluster>(NoticeKind::kCluster,
                                       "+++\ntitle = \"Reading\"\nlanguage = \"en\"\nstarts_on = 2027-01-01\n"
                                       "coordinators = [\"gb-bristol\", \"gb-bristol\"]\n+++\n\nWhat it is.\n");
  EXPECT_EQ(read.notice.text(), "What it is.");
  EXPECT_EQ(read.notice.starts_on(), "2027-01-01");
  EXPECT_THAT(read.named.coordinators, ElementsAre("gb-bristol"));
}

TEST(NoticeFile, ADeadlineHasAZoneThatThereIs) {
  EXPECT_THAT(Try(NoticeKind::kOpportunity, Json(R"(, "deadline": "2027-03-31 17:00 Asia/Soul")")),
              Refused("n.json: deadline: zone: 'Asia/Soul' is not a time zone"));
  EXPECT_THAT(Try(NoticeKind::kCall, Json(R"(, "due": "2027-02-30")")),
              Refused("due: date: '2027-02-30' is not a day"));
  EXPECT_THAT(Try(NoticeKind::kCall, Json(R"(, "due": "2027-02-28 25:00 Asia/Seoul")")), Refused("is not a time"));
  const auto read = Taken<v1::CallForData>(NoticeKind::kCall, Json(R"(, "due": "2027-02-28 12:00")"));
  EXPECT_THAT(read.remarks.warnings, SizeIs(1)) << "a time without a zone counts for nothing";
}

TEST(NoticeFile, NothingEndsBeforeItBegins) {
  EXPECT_THAT(Try(NoticeKind::kOpportunity, Json(R"(, "begins": "2027-05-02", "ends": "2027-05-01")")),
              Refused("n.json: ends: 2027-05-01 is before it begins, 2027-05-02"));
  // 08:00 in Seoul is before 02:00 in Berlin, though its clock shows more.
  EXPECT_THAT(Try(NoticeKind::kOpportunity, Json(R"(, "begins": "2027-05-01 02:00 Europe/Berlin",
                  "ends": "2027-05-01 08:00 Asia/Seoul")")),
              Refused("is before it begins"));
  EXPECT_THAT(Try(NoticeKind::kCluster, Json(R"(, "starts_on": "2027-01-02", "ends_on": "2027-01-01")")),
              Refused("ends_on: 2027-01-01 is before the first day"));
  EXPECT_THAT(Try(NoticeKind::kCall, Json(R"(, "period_starts_on": "2026-01-01", "period_ends_on": "2025-12-31")")),
              Refused("period_ends_on: 2025-12-31 is before"));
}

TEST(NoticeFile, ACallAsksForWhatTheCatalogueHasInItsOrder) {
  const auto read = Taken<v1::CallForData>(NoticeKind::kCall, Json(R"(, "years": [2026, 2025, 2026],
      "cells": ["1.2.2/unemployment-rate#total", "1.1.1/adult-literacy-rate#total", "1.1.1/adult-literacy-rate"],
      "questions": [{"id": "a", "question": "What?", "words_max": 300}])"));
  EXPECT_THAT(read.notice.years(), ElementsAre(2025u, 2026u));
  EXPECT_THAT(read.notice.cells(), ElementsAre("1.1.1/adult-literacy-rate", "1.1.1/adult-literacy-rate#total",
                                               "1.2.2/unemployment-rate#total"));
  EXPECT_THAT(Try(NoticeKind::kCall, Json(R"(, "cells": ["1.1.1/adult-literacy-rat"])")),
              Refused("cells: there is no '1.1.1/adult-literacy-rat'; did you mean 1.1.1/adult-literacy-rate"));
  EXPECT_THAT(Try(NoticeKind::kCall, Json(R"(, "years": [1899])")), Refused("years: 1899 is out of range"));
  EXPECT_THAT(Try(NoticeKind::kCall, Json(R"(, "questions": [{"id": "a", "question": "?"}, {"id": "a",
                  "question": "!"}])")),
              Refused("questions 2: id: 'a' stands there twice"));
}

TEST(NoticeFile, WhatTheFrameworkAndTheWorldLackIsRefused) {
  EXPECT_THAT(Try(NoticeKind::kGuidance, Json(R"(, "features": ["9.9.9"])")), Refused("features: there is no '9.9.9'"));
  EXPECT_THAT(Try(NoticeKind::kGuidance, Json(R"(, "action_points": ["BD13.1"])")), Refused("action_points"));
  EXPECT_THAT(Try(NoticeKind::kGuidance, Json(R"(, "audience": {"countries": ["XXX"]})")), Refused("not a country"));
  EXPECT_THAT(Try(NoticeKind::kGuidance, Json(R"(, "audience": {"regions": ["Atlantis"]})")),
              Refused("audience: regions: there is no region 'Atlantis'"));
  EXPECT_THAT(Try(NoticeKind::kGuidance, R"({"title": "T"})"), Refused("language: it is not given"));
  EXPECT_THAT(Try(NoticeKind::kGuidance, Json(R"(, "clusters": ["8d1366"])")), Refused("clusters"));
  EXPECT_THAT(Try(NoticeKind::kGuidance, Json(R"(, "translation_of": "x")")), Refused("not the id of a record"));
  EXPECT_THAT(Try(NoticeKind::kGuidance, Json(R"(, "members": ["gb-derby"])")), Refused("'members': there is no such"));
}

TEST(NoticeFile, ARecognitionSaysWhoDecidedAndRanksNobody) {
  const std::string sound = R"(, "members": ["gb-swansea"], "decided_by": "Jury")";
  const auto read = Taken<v1::Recognition>(NoticeKind::kRecognition, Json(sound));
  EXPECT_THAT(read.named.members, ElementsAre("gb-swansea"));
  EXPECT_THAT(Try(NoticeKind::kRecognition, Json(R"(, "members": ["gb-swansea"])")),
              Refused("decided_by: it is not given; write which body or jury"));
  EXPECT_THAT(Try(NoticeKind::kRecognition, Json(R"(, "decided_by": "Jury")")), Refused("members: nobody"));
  for (const char* word : {"rank", "score", "points", "grade"}) {
    EXPECT_THAT(Try(NoticeKind::kRecognition, Json(absl::StrCat(sound, ", \"", word, "\": 1"))),
                Refused(absl::StrCat("'", word, "': recognition is thanks and no contest")));
  }
}

// Real calls, events and clusters, as they are told in the demo.
TEST(NoticeFile, TheRealOnesAreTakenAndSayWhereTheyAreFrom) {
  int taken = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(HANSA_SOURCE_DIR) + "/deploy/demo-data/notices")) {
    const std::string name = entry.path().filename().string();
    const NoticeKind kind = NoticeKindNamed(name.substr(0, name.find('-'))).value();
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    EXPECT_THAT(Try(kind, text), IsOk()) << name;
    EXPECT_NE(text.find("http"), std::string::npos) << name;
    ++taken;
  }
  EXPECT_GT(taken, 0);
}

TEST(NoticeReading, WhatIsPointedAtIsSaidWhicheverRevisionIsMeant) {
  v1::Opportunity a;
  a.set_title("T");
  a.add_clusters()->set_entry_hash("one");
  a.set_revision_reason("why");
  v1::Opportunity b = a;
  b.mutable_clusters(0)->set_entry_hash("two");
  b.clear_revision_reason();
  EXPECT_EQ(SaidBy(a), SaidBy(b));
  b.mutable_clusters(0)->set_member(7);
  EXPECT_NE(SaidBy(a), SaidBy(b));
}

}  // namespace
}  // namespace hansa::testing
