// Strategies as people write them, and what they are told when something is wrong.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "hansa/v1/strategies.pb.h"
#include "node/catalogue/current.h"
#include "node/domain/record_file.h"
#include "tests/testing/status_matchers.h"

namespace hansa::testing {
namespace {

using absl::StatusCode;
using node::domain::FileRemarks;
using node::domain::NamedRecords;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kMarkdown[] = R"(+++
title = "Reading city"
city = "Bonn"
language = "en"
kind = "strategy"
state = "under way"
starts_on = 2021-03-01
ends_on = "2027-12-31"
features = ["2.1.3", "1.1.1"]
actions = ["BD12.5", "BD1.2"]
cells = ["1.2.2/unemployment-rate#total", "1.1.1/adult-literacy-rate#total"]
responsible = "Department of Education"
participants = [{ name = "City library", kind = "place of learning" }]
part_of = "8D1366908B71"
practices = ["0123456789abcdef0123456789abcdef", "abcdef"]
adopted_by = "City council"
adopted_on = "2021-01-20"
+++

## What it is
Reading, everywhere.

## Participation
Two assemblies.

## How it is monitored
Each spring.

## Findings
More do.

## 결과
Not over yet.
)";

struct Read {
  v1::Strategy record;
  NamedRecords named;
  FileRemarks remarks;
};

absl::StatusOr<Read> Try(const std::string& content) {
  Read read;
  absl::StatusOr<FileRemarks> remarks = node::domain::ReadStrategyFile(
      {.name = "s.md", .content = content}, node::catalogue::CurrentCatalogue(), read.record, read.named);
  if (!remarks.ok()) return remarks.status();
  read.remarks = *std::move(remarks);
  return read;
}
// The least that a strategy says, and `more` members of the object.
absl::StatusOr<Read> TryWith(const std::string& more) {
  return Try(absl::StrCat(R"({"title": "T", "language": "en")", more.empty() ? "" : ", ", more, "}"));
}

TEST(StrategyFile, MarkdownSaysAllThereIs) {
  const Read read = Must(Try(kMarkdown));
  const v1::Strategy& strategy = read.record;
  EXPECT_EQ(strategy.title(), "Reading city");
  EXPECT_EQ(strategy.kind(), v1::STRATEGY_KIND_STRATEGY);
  EXPECT_EQ(strategy.state(), v1::STRATEGY_STATE_UNDER_WAY);
  EXPECT_EQ(strategy.starts_on(), "2021-03-01");
  EXPECT_EQ(strategy.ends_on(), "2027-12-31");
  EXPECT_THAT(strategy.subjects().features(), ElementsAre("1.1.1", "2.1.3"));
  EXPECT_THAT(strategy.subjects().action_points(), ElementsAre("BD1.2", "BD12.5"));
  EXPECT_THAT(strategy.cells(), ElementsAre("1.1.1/adult-literacy-rate#total", "1.2.2/unemployment-rate#total"));
  EXPECT_EQ(strategy.responsible(), "Department of Education");
  EXPECT_EQ(strategy.participants(0).kind(), v1::ORGANIZATION_KIND_PLACE_OF_LEARNING);
  EXPECT_EQ(strategy.text(), "Reading, everywhere.");
  EXPECT_EQ(strategy.participation(), "Two assemblies.");
  EXPECT_EQ(strategy.monitoring(), "Each spring.");
  EXPECT_EQ(strategy.findings(), "More do.");
  EXPECT_EQ(strategy.outcome(), "Not over yet.");
  EXPECT_EQ(read.remarks.author_city, "Bonn");
  EXPECT_THAT(read.remarks.warnings, IsEmpty());
}

TEST(StrategyFile, RecordsThatItNamesAreForTheDeskToFind) {
  const Read read = Must(Try(kMarkdown));
  EXPECT_EQ(read.named.part_of, "8d1366908b71");
  EXPECT_THAT(read.named.practices, ElementsAre("0123456789abcdef0123456789abcdef", "abcdef"));
  EXPECT_FALSE(read.record.has_part_of());
  EXPECT_THAT(read.record.practices(), IsEmpty());
  EXPECT_EQ(Must(TryWith(R"("part_of": null, "practices": null)")).named.part_of, "");
}

TEST(StrategyFile, WhatIsNoRecordIdIsSaid) {
  for (const char* more : {R"("part_of": "Reading city")", R"("part_of": "12345")", R"("part_of": {"member": 3})"}) {
    EXPECT_THAT(TryWith(more), StatusIs(StatusCode::kInvalidArgument, "s.md: part_of: it is not the id of a record"));
  }
  EXPECT_THAT(TryWith(R"("practices": ["abcdef", "the festival"])"),
              StatusIs(StatusCode::kInvalidArgument, "practices 2: it is not the id of a record"));
  EXPECT_THAT(TryWith(R"("practices": "abcdef")"),
              StatusIs(StatusCode::kInvalidArgument, "practices: it is not a list"));
}

TEST(StrategyFile, CellsOfTheCatalogueOnlyEachOnce) {
  EXPECT_THAT(TryWith(R"("cells": ["1.1.1/adult-literacy-rate#totl"])"),
              StatusIs(StatusCode::kInvalidArgument, "did you mean 1.1.1/adult-literacy-rate#total?"));
  const Read twice =
      Must(TryWith(R"("cells": ["1.1.1/adult-literacy-rate#total", "1.1.1/adult-literacy-rate#total"])"));
  EXPECT_THAT(twice.record.cells(), ElementsAre("1.1.1/adult-literacy-rate#total"));
  EXPECT_THAT(twice.remarks.warnings, ElementsAre(HasSubstr("stands there twice")));
}

TEST(StrategyFile, ItDoesNotEndBeforeItStarts) {
  EXPECT_THAT(TryWith(R"("starts_on": "2024-05-01", "ends_on": "2024-04-30")"),
              StatusIs(StatusCode::kInvalidArgument, "ends_on: 2024-04-30 is before the first day, 2024-05-01"));
  EXPECT_THAT(TryWith(R"("starts_on": "2024-05-01", "ends_on": "2024-05-01")"), IsOk());
  EXPECT_THAT(TryWith(R"("ends_on": "2024-04-30")"), IsOk());
  EXPECT_THAT(TryWith(R"("starts_on": "May 2024")"), StatusIs(StatusCode::kInvalidArgument, "is not a day"));
}

TEST(StrategyFile, ARoleIsInChargeAndNoPersonIsNamed) {
  EXPECT_EQ(Must(TryWith(R"("responsible": "Head of adult learning")")).record.responsible(), "Head of adult learning");
  for (const char* more : {R"("mayor": "X Y")", R"("contact": {"name": "X Y"})"}) {
    EXPECT_THAT(TryWith(more), StatusIs(StatusCode::kInvalidArgument, "names of persons are not published"));
  }
}

TEST(StrategyFile, WhatAFileCannotGiveIsRefused) {
  EXPECT_THAT(TryWith(R"("attachments": [])"),
              StatusIs(StatusCode::kInvalidArgument, "attachments: it cannot be given"));
  EXPECT_THAT(TryWith(R"("state": "done")"), StatusIs(StatusCode::kInvalidArgument, "under way, finished, stopped"));
  EXPECT_THAT(TryWith(R"("summry": "x")"), StatusIs(StatusCode::kInvalidArgument, "did you mean summary?"));
  EXPECT_THAT(Try(R"({"language": "en"})"), StatusIs(StatusCode::kInvalidArgument, "title: it is not given"));
}

}  // namespace
}  // namespace hansa::testing
