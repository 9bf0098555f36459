#include "node/desk/target_desk.h"

#include <string>
#include <vector>

#include "hansa/v1/indicators.pb.h"
#include "tests/node/desk/desk_fixture.h"

namespace hansa::testing {
namespace {

using absl::StatusCode;
using node::desk::ListedTarget;
using node::desk::PublishedEntry;
using node::desk::TargetDesk;
using node::desk::TargetQuery;
using node::desk::TargetSetting;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class TargetDeskTest : public DeskTest {
 protected:
  PublishedEntry Set(const char* cell, const char* value, int by_year = 2030) {
    return Must(targets_.Set({.cell = cell, .value = value, .by_year = by_year}));
  }
  absl::Status Refused(const TargetSetting& setting) { return targets_.Set(setting).status(); }
  // "de-bonn 1.1.1/adult-literacy-rate#total 99 by 2030 r1", or the fault.
  std::vector<std::string> Listed(const TargetQuery& query = {}) {
    std::vector<std::string> lines;
    for (const ListedTarget& listed : Must(targets_.List(query))) {
      const auto& target = listed.target;
      lines.push_back(target.fault.empty() ? absl::StrCat(listed.member, " ", target.cell, " ", target.value, " by ",
                                                          target.by_year, " r", target.revision)
                                           : absl::StrCat(listed.member, " ", target.cell, " ! ", target.fault));
    }
    return lines;
  }
  // A target by Aachen, as its bytes arrive here.
  void AachenSets(const std::string& name, const std::string& payload) {
    node_.Receive(aachen_writer_->Publish({EntryOf(replication::kOwnTarget, RecordNamed(name), payload)}));
    Must(node_.AwaitViews());
  }
  static v1::OwnTarget Message(const char* cell, const char* value) {
    const auto& catalogue = node::catalogue::CurrentCatalogue();
    v1::OwnTarget target;
    target.set_cell(cell);
    target.set_value(value);
    target.set_unit("percent");
    target.set_by_year(2030);
    target.set_framework_id(catalogue.framework_id());
    target.set_framework_version(catalogue.version());
    target.set_catalogue_sha256(catalogue.sha256());
    return target;
  }

  TargetDesk targets_{node_, node::catalogue::CurrentCatalogue(), node_.views(), [this] { return today_year_; }};
  int today_year_ = 2025;
};

TEST_F(TargetDeskTest, ATargetIsSignedOnceAndItsDigitsStay) {
  const PublishedEntry entry = Set(kLiteracy, "99.50");
  EXPECT_EQ(entry.collection, replication::kIndicators);
  EXPECT_EQ(entry.revision, 1u);
  EXPECT_EQ(entry.title, absl::StrCat("target 99.50 by 2030 for ", kLiteracy));
  const PublishedEntry again = Set(kLiteracy, "99.50");
  EXPECT_TRUE(again.unchanged);
  EXPECT_EQ(again.id, entry.id);
  EXPECT_THAT(node_.units(), SizeIs(1));
  EXPECT_THAT(Listed(), ElementsAre(absl::StrCat("de-bonn ", kLiteracy, " 99.50 by 2030 r1")));
  EXPECT_EQ(Must(targets_.List({}))[0].target.unit, "percent");
}

TEST_F(TargetDeskTest, ASecondTargetForACellIsARevisionAlsoAfterAWithdrawal) {
  const PublishedEntry first = Set(kLiteracy, "98");
  const PublishedEntry second = Set(kLiteracy, "98", 2028);
  EXPECT_EQ(second.id, first.id);
  EXPECT_EQ(second.revision, 2u);
  EXPECT_NE(Set(kUnemployment, "4").id, first.id);
  const PublishedEntry gone = Must(targets_.Withdraw(kLiteracy));
  EXPECT_EQ(gone.revision, 3u);
  EXPECT_TRUE(Must(targets_.Withdraw(kLiteracy)).unchanged);
  EXPECT_THAT(Listed(), ElementsAre(absl::StrCat("de-bonn ", kUnemployment, " 4 by 2030 r1")));
  const PublishedEntry anew = Set(kLiteracy, "98", 2028);
  EXPECT_FALSE(anew.unchanged);
  EXPECT_EQ(anew.id, first.id);
  EXPECT_EQ(anew.revision, 4u);
}

TEST_F(TargetDeskTest, AValueIsReadAsAnImportReadsIt) {
  EXPECT_THAT(Set(kLiteracy, "95 %").title, HasSubstr("target 95 by"));
  EXPECT_THAT(Refused({.cell = kLiteracy, .value = "101", .by_year = 2030}),
              StatusIs(StatusCode::kInvalidArgument, "value: 101 is more than 100; give the number of percent"));
  EXPECT_THAT(Refused({.cell = kLiteracy, .value = "n/a", .by_year = 2030}),
              StatusIs(StatusCode::kInvalidArgument, "is no number"));
  EXPECT_THAT(Refused({.cell = kLiteracy, .value = "many", .by_year = 2030}), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(Refused({.cell = "1.1.1/adult-literacy-rate#totl", .value = "95", .by_year = 2030}),
              StatusIs(StatusCode::kNotFound, "did you mean 1.1.1/adult-literacy-rate#total?"));
  EXPECT_THAT(Refused({.cell = kLiteracy, .value = "95", .by_year = 1899}),
              StatusIs(StatusCode::kInvalidArgument, "1899 is not a year"));
  EXPECT_THAT(Refused({.cell = kLiteracy, .value = "95", .by_year = 2030, .note = std::string(2001, 'x')}),
              StatusIs(StatusCode::kInvalidArgument, "setting a target: note: it has 2001 characters"));
  EXPECT_THAT(Refused({.cell = kLiteracy, .value = "95", .by_year = 2030, .language = "german please"}),
              StatusIs(StatusCode::kInvalidArgument, "is not a language"));
  EXPECT_THAT(node_.units(), SizeIs(1));
}

TEST_F(TargetDeskTest, WhoSetsATargetIsTheCityItself) {
  FakeNode authority(network_, germany_);
  TargetDesk of_authority(authority, node::catalogue::CurrentCatalogue(), authority.views(), [] { return 2025; });
  EXPECT_THAT(of_authority.Set({.cell = kLiteracy, .value = "95", .by_year = 2030}),
              StatusIs(StatusCode::kFailedPrecondition, "this node's member is of kind authority"));
}

TEST_F(TargetDeskTest, WithdrawingWhatIsNotThereIsSaid) {
  EXPECT_THAT(targets_.Withdraw(kLiteracy), StatusIs(StatusCode::kNotFound, "this city has no target for"));
  EXPECT_THAT(targets_.Withdraw("nothing"), StatusIs(StatusCode::kNotFound, "there is no cell 'nothing'"));
}

TEST_F(TargetDeskTest, ListsAreInTheOrderOfTheFrameworkAndByMember) {
  Set(kUnemployment, "4");
  Set(kLiteracy, "99");
  AachenSets("a", Message(kLiteracy, "12").SerializeAsString());
  EXPECT_THAT(Listed(), ElementsAre(absl::StrCat("de-bonn ", kLiteracy, " 99 by 2030 r1"),
                                    absl::StrCat("de-bonn ", kUnemployment, " 4 by 2030 r1")));
  EXPECT_THAT(Listed({.member = "de-aachen"}), ElementsAre(absl::StrCat("de-aachen ", kLiteracy, " 12 by 2030 r1")));
  EXPECT_THAT(Listed({.part = "1.2"}), ElementsAre(absl::StrCat("de-bonn ", kUnemployment, " 4 by 2030 r1")));
  EXPECT_THAT(targets_.List({.part = "1.2.99"}), StatusIs(StatusCode::kNotFound));
  EXPECT_THAT(targets_.List({.member = "de-aachn"}), StatusIs(StatusCode::kNotFound, "did you mean de-aachen?"));
}

TEST_F(TargetDeskTest, WhatTheFrameworkCannotShowIsKeptAndSaysWhy) {
  v1::OwnTarget other = Message(kUnemployment, "4");
  other.set_framework_version("2030");
  AachenSets("other", other.SerializeAsString());
  AachenSets("gone", Message("9.9.9/gone", "4").SerializeAsString());
  AachenSets("high", Message(kLiteracy, "400").SerializeAsString());
  AachenSets("word", Message(kLiteracy, "many").SerializeAsString());
  AachenSets("bytes", "no target at all");
  const std::vector<std::string> lines = Listed({.member = "de-aachen"});
  ASSERT_THAT(lines, SizeIs(5));
  EXPECT_THAT(lines, Each(HasSubstr(" ! ")));
  EXPECT_THAT(lines, Contains(HasSubstr("there is no cell '9.9.9/gone'")));
  EXPECT_THAT(lines, Contains(HasSubstr("400 is more than 100")));
  EXPECT_THAT(lines, Contains(HasSubstr("which this program does not know")));
  EXPECT_THAT(Listed(), IsEmpty());
}

TEST_F(TargetDeskTest, OfTwoRecordsForACellTheLaterCounts) {
  AachenSets("one", Message(kLiteracy, "90").SerializeAsString());
  AachenSets("two", Message(kLiteracy, "91").SerializeAsString());
  EXPECT_THAT(Listed({.member = "de-aachen"}), ElementsAre(absl::StrCat("de-aachen ", kLiteracy, " 91 by 2030 r1")));
}

TEST_F(TargetDeskTest, AYearThatIsOverIsNoTargetUnlessItStoodThereAlready) {
  EXPECT_THAT(Refused({.cell = kLiteracy, .value = "95", .by_year = 2024}),
              StatusIs(StatusCode::kFailedPrecondition, "the year 2024 is over; name 2025 or a later one"));
  Set(kLiteracy, "95", 2025);
  today_year_ = 2026;
  EXPECT_EQ(Set(kLiteracy, "96", 2025).revision, 2u) << "a mend of what was meant";
  EXPECT_THAT(Refused({.cell = kLiteracy, .value = "95", .by_year = 2024}), StatusIs(StatusCode::kFailedPrecondition));
}

}  // namespace
}  // namespace hansa::testing
