#include "node/desk/place_desk.h"

#include <string>
#include <vector>

#include "hansa/v1/indicators.pb.h"
#include "node/desk/news_words.h"
#include "node/desk/place_records.h"
#include "tests/node/desk/desk_fixture.h"

namespace hansa::testing {
namespace {

using absl::StatusCode;
using node::desk::NewsWords;
using node::desk::PlaceDesk;
using node::desk::PlaceSetting;
using node::desk::PublishedEntry;
using node::desk::ShownPlace;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class PlaceDeskTest : public DeskTest {
 protected:
  PublishedEntry Set(std::uint64_t population, int year = 2021) {
    return Must(places_.Set({.population = population, .year = year, .source = "Census"}));
  }
  absl::Status Refused(const PlaceSetting& setting) { return places_.Set(setting).status(); }
  // "de-bonn 313125 2021 Census r1".
  std::string Shown(const std::string& member = "") {
    const ShownPlace shown = Must(places_.Show(member));
    return absl::StrCat(shown.member, " ", shown.place.population, " ", shown.place.year, " ", shown.place.source, " r",
                        shown.place.revision);
  }
  // By Aachen, as its bytes arrive here.
  void AachenSets(const std::string& name, const std::string& payload) {
    node_.Receive(aachen_writer_->Publish({EntryOf(replication::kCityPlace, RecordNamed(name), payload)}));
    Must(node_.AwaitViews());
  }
  static std::string Message(std::uint64_t population) {
    v1::CityPlace place;
    place.set_population(population);
    place.set_source("register");
    return place.SerializeAsString();
  }
  NewsWords News() {
    const auto record = *Must(node::desk::PlaceRecordOf(node_.feeds(), node_.views(), bonn_number_));
    return node::desk::WordsOf(node_.feeds(), node_.views(), record.record, record.record.revisions.size() - 1);
  }

  PlaceDesk places_{node_, node_.views()};
};

TEST_F(PlaceDeskTest, ANumberIsSignedOnceWithItsYearAndSource) {
  const PublishedEntry entry = Set(313'125);
  EXPECT_EQ(entry.collection, replication::kIndicators);
  EXPECT_EQ(entry.revision, 1u);
  EXPECT_EQ(entry.title, "residents: 313,125 (2021)");
  EXPECT_EQ(News().kind, "place");
  EXPECT_EQ(News().title, "how many people live in the city") << "numbers of several cities are in no list";
  const PublishedEntry again = Set(313'125);
  EXPECT_TRUE(again.unchanged);
  EXPECT_EQ(again.id, entry.id);
  EXPECT_THAT(node_.units(), SizeIs(1));
  EXPECT_EQ(Shown(), "de-bonn 313125 2021 Census r1");
  EXPECT_EQ(Shown("de-bonn"), Shown());
}

TEST_F(PlaceDeskTest, WhatIsSaidLaterIsARevisionAlsoAfterAWithdrawal) {
  const PublishedEntry first = Set(313'125);
  const PublishedEntry second = Set(313'125, 0);
  EXPECT_EQ(second.id, first.id);
  EXPECT_EQ(second.revision, 2u);
  EXPECT_EQ(second.title, "residents: 313,125 (not dated)");
  const PublishedEntry gone = Must(places_.Withdraw());
  EXPECT_EQ(gone.revision, 3u);
  EXPECT_EQ(gone.title, second.title);
  EXPECT_TRUE(News().withdrawn);
  EXPECT_TRUE(Must(places_.Withdraw()).unchanged);
  EXPECT_THAT(places_.Show(""), StatusIs(StatusCode::kNotFound, "de-bonn has not said how many people live there"));
  const PublishedEntry anew = Set(313'125, 0);
  EXPECT_FALSE(anew.unchanged);
  EXPECT_EQ(anew.id, first.id);
  EXPECT_EQ(anew.revision, 4u);
}

TEST_F(PlaceDeskTest, WhatIsNoNumberYearOrSourceIsRefused) {
  EXPECT_THAT(
      Refused({.population = 0, .source = "Census"}),
      StatusIs(StatusCode::kInvalidArgument, "setting how many people live here: population: 0 is out of range"));
  EXPECT_THAT(Refused({.population = 1'000'000'001, .source = "Census"}),
              StatusIs(StatusCode::kInvalidArgument, "from 1 to 1000000000"));
  EXPECT_THAT(Refused({.population = 5, .year = 1899, .source = "Census"}),
              StatusIs(StatusCode::kInvalidArgument, "1899 is not a year"));
  EXPECT_THAT(Refused({.population = 5, .source = " \n"}), StatusIs(StatusCode::kInvalidArgument, "source: "));
  EXPECT_THAT(Refused({.population = 5, .source = std::string(301, 'x')}),
              StatusIs(StatusCode::kInvalidArgument, "source: it has 301 characters"));
  EXPECT_THAT(Refused({.population = 5, .source = "Census", .note = std::string(501, 'x')}),
              StatusIs(StatusCode::kInvalidArgument, "note: it has 501 characters"));
  EXPECT_THAT(node_.units(), IsEmpty());
}

TEST_F(PlaceDeskTest, WhoSaysItIsTheCityItself) {
  FakeNode authority(network_, germany_);
  PlaceDesk of_authority(authority, authority.views());
  EXPECT_THAT(of_authority.Set({.population = 5, .source = "Census"}),
              StatusIs(StatusCode::kFailedPrecondition, "this node's member is of kind authority"));
  EXPECT_THAT(of_authority.Show(""), StatusIs(StatusCode::kFailedPrecondition));
  EXPECT_THAT(places_.Show("commission-deu"), StatusIs(StatusCode::kFailedPrecondition, "is no city; name a city"));
  EXPECT_THAT(places_.Show("de-aachn"), StatusIs(StatusCode::kNotFound, "did you mean de-aachen?"));
  EXPECT_THAT(places_.Withdraw(), StatusIs(StatusCode::kNotFound, "this city has never said it"));
}

TEST_F(PlaceDeskTest, OfSeveralRecordsTheLastWrittenCounts) {
  AachenSets("one", Message(250'000));
  AachenSets("two", Message(260'000));
  EXPECT_EQ(Shown("de-aachen"), "de-aachen 260000 0 register r1");
  AachenSets("one", Message(270'000));
  EXPECT_EQ(Shown("de-aachen"), "de-aachen 270000 0 register r2");
}

TEST_F(PlaceDeskTest, WhatCannotBeReadSaysWhyAndCountsNowhere) {
  AachenSets("one", Message(250'000));
  AachenSets("one", Message(0));
  const ShownPlace shown = Must(places_.Show("de-aachen"));
  EXPECT_EQ(shown.place.population, 0u);
  EXPECT_THAT(shown.place.fault, HasSubstr("population: 0 is out of range"));
  EXPECT_THAT(Must(node::desk::PopulationsOf(node_.feeds(), node_.views(), network_.roster())), IsEmpty());
}

}  // namespace
}  // namespace hansa::testing
