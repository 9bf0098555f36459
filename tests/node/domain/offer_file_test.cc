// What is special in files of offers: deadlines as people write them, kinds in their own words, words of standing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "hansa/v1/offers.pb.h"
#include "node/catalogue/current.h"
#include "node/domain/record_file.h"
#include "tests/testing/status_matchers.h"

namespace hansa::testing {
namespace {

using absl::StatusCode;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct OfferRead {
  v1::Offer offer;
  node::domain::FileRemarks remarks;
};
absl::StatusOr<OfferRead> TryWith(const std::string& more) {
  const std::string file = absl::StrCat(R"({"title": "T", "language": "en", )", more, "}");
  OfferRead read;
  auto remarks =
      node::domain::ReadOfferFile({.name = "o.json", .content = file}, node::catalogue::CurrentCatalogue(), read.offer);
  if (!remarks.ok()) return remarks.status();
  read.remarks = *std::move(remarks);
  return read;
}
OfferRead With(const std::string& more) { return Must(TryWith(more)); }

auto IsRefused(const std::string& how) { return StatusIs(StatusCode::kInvalidArgument, how); }

// "2030-03-31|17:00|Asia/Seoul"
std::string Deadline(const std::string& json) {
  const v1::Offer offer = With(absl::StrCat("\"deadline\": ", json)).offer;
  if (!offer.has_deadline()) return "none";
  return absl::StrCat(offer.deadline().date(), "|", offer.deadline().time(), "|", offer.deadline().zone());
}

TEST(OfferFileTest, ADeadlineIsADayOrATimeOfADayHereOrThere) {
  EXPECT_EQ(Deadline("\"2030-03-31\""), "2030-03-31||");
  EXPECT_EQ(Deadline("\"2030-03-31 17:00\""), "2030-03-31|17:00|");
  EXPECT_EQ(Deadline("\" 2030-03-31  17:00 Asia/Seoul \""), "2030-03-31|17:00|Asia/Seoul");
  EXPECT_EQ(Deadline(R"({"date": "2030-03-31", "zone": "Asia/Seoul"})"), "2030-03-31||Asia/Seoul");
  EXPECT_EQ(Deadline("null"), "none");
  EXPECT_EQ(Deadline("\"\""), "none") << "as with every other text";
}

TEST(OfferFileTest, ADeadlineThatIsNoneIsRefusedAndNoPartOfItIsLost) {
  EXPECT_THAT(TryWith(R"("deadline": "31.3.2030")"), IsRefused("o.json: deadline: date: '31.3.2030' is not a day"));
  EXPECT_THAT(TryWith(R"("deadline": "2030-02-30")"), IsRefused("'2030-02-30' is not a day"));
  EXPECT_THAT(TryWith(R"("deadline": "2030-03-31 5pm")"), IsRefused("deadline: time: '5pm' is not a time of day"));
  EXPECT_THAT(TryWith(R"("deadline": "2030-03-31 24:00")"), IsRefused("is not a time of day"));
  EXPECT_THAT(TryWith(R"("deadline": "2030-03-31 17:00 Asia/Seoul sharp")"), IsRefused("is not a time zone"));
  EXPECT_THAT(TryWith(R"("deadline": "2030-03-31 17:00 Asia/Soul")"),
              IsRefused("o.json: deadline: zone: 'Asia/Soul' is not a time zone"));
  EXPECT_THAT(TryWith(R"("deadline": 20300331)"), IsRefused("deadline: it is not an object"));
  EXPECT_THAT(TryWith(R"("deadline": {"time": "17:00"})"), IsRefused("deadline: date: it is not given"));
  EXPECT_THAT(TryWith(R"("valid_until": "2030-13-01")"), IsRefused("valid_until: '2030-13-01' is not a day"));
}

TEST(OfferFileTest, AKnownKindIsTakenHoweverItIsWritten) {
  for (const char* kind : {"study visit", "Study Visit", "study-visit", "study_visit", " STUDY VISIT "}) {
    const OfferRead read = With(absl::StrCat("\"kind\": \"", kind, "\""));
    EXPECT_EQ(read.offer.kind(), v1::OFFER_KIND_STUDY_VISIT) << kind;
    EXPECT_EQ(read.offer.kind_words(), "") << kind;
    EXPECT_THAT(read.remarks.warnings, IsEmpty()) << kind;
  }
}

TEST(OfferFileTest, AKindInOwnWordsIsFiledAndKept) {
  const OfferRead exchange = With(R"("kind": "City Exchange")");
  EXPECT_EQ(exchange.offer.kind(), v1::OFFER_KIND_EXCHANGE);
  EXPECT_EQ(exchange.offer.kind_words(), "City Exchange");
  EXPECT_THAT(exchange.remarks.warnings, ElementsAre(HasSubstr("filed under 'exchange'")));
  EXPECT_EQ(With(R"("kind": "nordic staff exchange")").offer.kind(), v1::OFFER_KIND_STAFF_EXCHANGE);
  EXPECT_EQ(With(R"("kind": "choir")").offer.kind(), v1::OFFER_KIND_OTHER);
  const OfferRead both = With(R"("kind": "event", "kind_words": "choir")");
  EXPECT_EQ(both.offer.kind(), v1::OFFER_KIND_EVENT);
  EXPECT_EQ(both.offer.kind_words(), "choir");
  EXPECT_THAT(TryWith(R"("kind": "choir", "kind_words": "choir")"),
              IsRefused("kind: 'choir' is not one of the choices"));
  EXPECT_THAT(TryWith(R"("kind": "")"), IsRefused("kind: '' is not one of the choices"));
}

TEST(OfferFileTest, TheStatusSaysWhetherItCanBeTakenUp) {
  const auto standing = [](const std::string& status) {
    return With(absl::StrCat("\"status\": \"", status, "\"")).offer.standing();
  };
  EXPECT_EQ(standing("open"), v1::OFFER_STANDING_UNSPECIFIED);
  EXPECT_EQ(standing("open-ended"), v1::OFFER_STANDING_UNSPECIFIED);
  EXPECT_EQ(standing("historical"), v1::OFFER_STANDING_HISTORICAL);
  EXPECT_EQ(standing("closed"), v1::OFFER_STANDING_HISTORICAL);
  EXPECT_EQ(standing("example"), v1::OFFER_STANDING_EXAMPLE);
  EXPECT_EQ(With(R"("standing": "example")").offer.standing(), v1::OFFER_STANDING_EXAMPLE);
  EXPECT_THAT(TryWith(R"("status": "old")"), IsRefused("status: 'old' is not one of the choices; write one of: open"));
  EXPECT_THAT(TryWith(R"("status": "open", "standing": "example")"), IsRefused("it means the same as standing"));
}

TEST(OfferFileTest, WhoOffersIsSaidOnce) {
  EXPECT_EQ(With(R"("city": "Bonn")").remarks.author_city, "Bonn");
  EXPECT_EQ(With(R"("offered_by_city": "Bonn")").remarks.author_city, "Bonn");
  EXPECT_THAT(TryWith(R"("offered_by_city": "Bonn", "city": "Bonn")"), IsRefused("it means the same as city"));
  EXPECT_THAT(TryWith(R"("addressed_to": [10])"), IsRefused("addressed_to: it cannot be given in a file"));
}

}  // namespace
}  // namespace hansa::testing
