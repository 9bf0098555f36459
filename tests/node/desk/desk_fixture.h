// A city's officer at the desk, in a network with one authority, a second city and a partner.
#ifndef HANSA_TESTS_NODE_DESK_DESK_FIXTURE_H_
#define HANSA_TESTS_NODE_DESK_DESK_FIXTURE_H_

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "node/desk/indicator_desk.h"
#include "tests/testing/fake_node.h"

namespace hansa::testing {

inline constexpr char kUnemployment[] = "1.2.2/unemployment-rate#total";
inline constexpr char kLiteracy[] = "1.1.1/adult-literacy-rate#total";
inline constexpr char kHeader[] = "cell,year,value,source,source_kind\n";

// "de-bonn 2023 1.1.1/adult-literacy-rate#total 98.5 r1", or "draft" for the revision.
inline std::string Line(const node::desk::ShownObservation& row) {
  const node::domain::Observation& o = row.observation;
  return absl::StrCat(row.member, " ", row.year, " ", o.cell, " ", o.value ? o.value->text() : o.no_data_reason, " ",
                      row.published ? absl::StrCat("r", row.revision) : "draft");
}

class DeskTest : public ::testing::Test {
 protected:
  DeskTest() {
    AdoptCurrentFramework(network_);
    network_.AdmitAuthority(germany_);
    bonn_number_ = network_.AdmitCity(bonn_, germany_);
    aachen_number_ = network_.AdmitCity(aachen_, germany_);
    node_.Refresh();
  }

  // A row as an officer would write it.
  static std::string Row(absl::string_view cell, int year, absl::string_view value) {
    return absl::StrCat(cell, ",", year, ",", value, ",city register,official_data\n");
  }
  node::desk::DraftReport Imports(absl::string_view csv) {
    return Must(desk_.Import({.file = "values.csv", .bytes = csv, .year = std::nullopt, .skip_others = false}));
  }
  void ImportsRow(absl::string_view cell, int year, absl::string_view value) {
    const auto report = Imports(absl::StrCat(kHeader, Row(cell, year, value)));
    ASSERT_TRUE(report.ok) << (report.errors.empty() ? "" : Line(report.errors[0]));
  }
  node::desk::PublishReport Publishes(std::optional<int> year = std::nullopt, const std::string& reason = "") {
    return Must(desk_.Publish({.year = year, .reason = reason}));
  }
  std::vector<std::string> Shown(const std::string& member = "", std::optional<int> year = std::nullopt) {
    std::vector<std::string> lines;
    for (const auto& row : Must(desk_.Show({.year = year, .member = member}))) {
      lines.push_back(Line(row));
    }
    return lines;
  }
  static std::string Line(const node::desk::ShownObservation& row) { return testing::Line(row); }
  static std::string Line(const node::domain::Problem& problem) { return node::domain::Line(problem); }
  // The other city's feed, as it arrives here.
  void AachenPublishes(int year, absl::string_view cell, absl::string_view value) {
    node_.Receive(aachen_writer_->Publish(
        {EntryOf(RecordNamed(absl::StrCat("aachen ", year)), SetOf(year, {ObservationOf(cell, value)}))}));
    Must(node_.AwaitViews());
  }
  void SetUp() override {
    aachen_writer_.emplace(network_.id(), *network_.roster().PresentFeed(aachen_number_, replication::kIndicators),
                           aachen_.writer);
  }

  Network network_ = Network::Founded();
  Applicant germany_ = AuthorityOf("DEU");
  Applicant bonn_ = CityNamed("de-bonn", "DEU");
  Applicant aachen_ = CityNamed("de-aachen", "DEU");
  replication::Member bonn_number_;
  replication::Member aachen_number_;
  std::optional<FeedWriter> aachen_writer_;
  FakeNode node_{network_, bonn_};
  node::desk::IndicatorDesk desk_{node_, node::catalogue::CurrentCatalogue(), node_.views(), [] { return 2026; },
                                  node::spreadsheet::ReadTableFile};
};

}  // namespace hansa::testing

#endif  // HANSA_TESTS_NODE_DESK_DESK_FIXTURE_H_
