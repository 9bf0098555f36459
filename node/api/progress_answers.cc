#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hansa/v1/node.pb.h"
#include "node/api/answers.h"
#include "node/api/indicator_shapes.h"
#include "node/api/record_shapes.h"
#include "node/desk/network_desk.h"
#include "node/desk/progress_desk.h"
#include "replication/check.h"

namespace hansa::node::api {
namespace {

template <typename Number>
std::uint32_t Small(Number number) {
  return static_cast<std::uint32_t>(number);
}

desk::SetChoice ChoiceIn(const v1::SetChoice& choice) {
  return {static_cast<int>(choice.year()),
          choice.has_revision() ? std::optional<std::uint64_t>(choice.revision()) : std::nullopt};
}

void Put(const desk::SetChoice& choice, v1::SetChoice& out) {
  out.set_year(Small(choice.year));
  if (choice.revision) out.set_revision(*choice.revision);
}

// One side of a difference.
struct Side {
  const std::string& member;
  const desk::SetChoice& choice;
};

void Put(const domain::Observation& observation, const Side& side, v1::IndicatorRow& row) {
  api::Put(desk::ShownObservation{side.member, side.choice.year, observation, side.choice.revision.value_or(0), true},
           row);
}

const char* CodeOf(domain::Moved moved) {
  switch (moved) {
    case domain::Moved::kUp:
      return "up";
    case domain::Moved::kDown:
      return "down";
    case domain::Moved::kNowhere:
      return "same";
  }
  return "";
}

const char* CodeOf(domain::Meaning meaning) {
  switch (meaning) {
    case domain::Meaning::kTowards:
      return "towards";
    case domain::Meaning::kAway:
      return "away";
    case domain::Meaning::kNone:
      return "";
  }
  return "";
}

void Put(const desk::CellProgress& progress, const std::string& member, v1::CellProgress& out) {
  const domain::Series& series = progress.series;
  out.set_cell(progress.cell->id);
  out.set_unit(progress.cell->measurement->unit);
  if (!series.points.empty()) out.set_word_of(series.points.front().observation.word_of);
  for (const domain::SeriesPoint& point : series.points) {
    v1::ProgressPoint& shown = *out.add_series();
    api::Put(desk::ShownObservation{member, point.year, point.observation, point.revision, true}, *shown.mutable_row());
    shown.set_joins(point.joins);
  }
  if (progress.target) api::Put(*progress.target, member, *out.mutable_target());
  for (const desk::StandingStrategy& strategy : progress.strategies) api::Put(strategy, member, *out.add_strategies());
  if (!series.baseline || !series.latest) return;
  out.set_baseline_year(Small(series.points[*series.baseline].year));
  out.set_latest_year(Small(series.points[*series.latest].year));
  out.set_difference(series.difference);
  out.set_moved(CodeOf(series.moved));
  out.set_meaning(CodeOf(series.meaning));
}

template <typename Cells>
void PutCells(const std::vector<summary::CellCoverage>& cells, Cells& out) {
  for (const summary::CellCoverage& cell : cells) {
    v1::CellCoverage& row = *out.Add();
    row.set_cell(cell.cell);
    row.set_reporting(Small(cell.reporting));
    row.set_chosen(Small(cell.chosen));
  }
}

// `choices` are those of the catalogue.
void Put(const summary::AttributeCounts& counts, const std::vector<std::string>& choices, v1::AttributeCounts& out) {
  out.set_attribute(counts.attribute);
  out.set_n(Small(counts.n));
  out.set_withheld(counts.withheld);
  for (std::size_t i = 0; i < counts.counts.size(); ++i) {
    v1::ChoiceCount& choice = *out.add_choices();
    choice.set_choice(choices.at(i));
    choice.set_count(Small(counts.counts[i]));
  }
}

void Put(const catalogue::Catalogue& catalogue, const summary::CellSummary& cell, v1::CellSummary& out) {
  out.set_cell(cell.cell);
  out.set_source_kind(std::string(domain::Code(cell.group.source_kind)));
  out.set_language(cell.group.language);
  out.set_match(std::string(domain::Code(cell.group.departure)));
  out.set_n(Small(cell.n));
  out.set_withheld(cell.withheld);
  out.set_q1(cell.spread.q1);
  out.set_median(cell.spread.median);
  out.set_q3(cell.spread.q3);
  out.set_mean(cell.spread.mean);
  for (const std::size_t cities : cell.levels) out.add_levels(Small(cities));
  const catalogue::Measurement& measurement = *catalogue.FindCell(cell.cell)->measurement;
  for (const summary::AttributeCounts& counts : cell.attributes) {
    Put(counts, measurement.FindAttribute(counts.attribute)->choices, *out.add_attributes());
  }
  if (cell.movement_withheld) return;
  out.mutable_movement()->set_up(Small(cell.movement.up));
  out.mutable_movement()->set_same(Small(cell.movement.same));
  out.mutable_movement()->set_down(Small(cell.movement.down));
}

}  // namespace

absl::Status Answer(ApiParts& parts, const v1::CompareIndicatorsRequest& request, v1::CompareIndicatorsReply& reply) {
  HANSA_RETURN_IF_ERROR(parts.node.AwaitViews());
  const auto found = parts.progress.Difference(request.member(), ChoiceIn(request.before()), ChoiceIn(request.after()));
  HANSA_RETURN_IF_ERROR(found.status());
  reply.set_member(found->member);
  Put(found->before, *reply.mutable_before());
  Put(found->after, *reply.mutable_after());
  for (const desk::CellDifference& cell : found->cells) {
    v1::IndicatorDifference& out = *reply.add_cells();
    out.set_cell(cell.cell);
    if (cell.before) Put(*cell.before, {found->member, found->before}, *out.mutable_before());
    if (cell.after) Put(*cell.after, {found->member, found->after}, *out.mutable_after());
    for (const std::string& field : cell.fields) out.add_fields(field);
  }
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::ListProgressRequest& request, v1::ListProgressReply& reply) {
  HANSA_RETURN_IF_ERROR(parts.node.AwaitViews());
  const auto progress = parts.progress.ProgressOf(request.member(), request.part());
  HANSA_RETURN_IF_ERROR(progress.status());
  reply.set_member(progress->member);
  for (const desk::CellProgress& cell : progress->cells) Put(cell, progress->member, *reply.add_cells());
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::ListBesideRequest& request, v1::ListBesideReply& reply) {
  HANSA_RETURN_IF_ERROR(parts.node.AwaitViews());
  desk::BesideRequest asked{.part = request.part(), .members = {request.members().begin(), request.members().end()}};
  if (request.has_from_year()) asked.from = static_cast<int>(request.from_year());
  if (request.has_to_year()) asked.to = static_cast<int>(request.to_year());
  const auto beside = parts.progress.BesideEachOther(asked);
  HANSA_RETURN_IF_ERROR(beside.status());
  for (const std::string& member : beside->members) reply.add_members(member);
  for (const desk::ShownObservation& row : beside->rows) api::Put(row, *reply.add_rows());
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::GetCoverageRequest& request, v1::GetCoverageReply& reply) {
  HANSA_RETURN_IF_ERROR(parts.node.AwaitViews());
  const auto coverage = parts.network.Coverage(static_cast<int>(request.year()));
  HANSA_RETURN_IF_ERROR(coverage.status());
  reply.set_year(request.year());
  reply.set_members(Small(coverage->counts.members));
  reply.set_reporting(Small(coverage->counts.reporting));
  PutCells(coverage->counts.cells, *reply.mutable_cells());
  for (const summary::RegionCoverage& region : coverage->counts.by_region) {
    v1::RegionCoverage& out = *reply.add_by_region();
    out.set_region(region.region);
    out.set_members(Small(region.members));
    out.set_reporting(Small(region.reporting));
    PutCells(region.cells, *out.mutable_cells());
  }
  for (const std::string& slug : coverage->without_set) reply.add_without_set(slug);
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::GetSummaryRequest& request, v1::GetSummaryReply& reply) {
  HANSA_RETURN_IF_ERROR(parts.node.AwaitViews());
  const auto summary = parts.network.Summary(
      {.year = static_cast<int>(request.year()), .part = request.part(), .by_region = request.by_region()});
  HANSA_RETURN_IF_ERROR(summary.status());
  reply.set_year(request.year());
  reply.set_cities(Small(summary->cities));
  reply.set_inputs_digest(summary->inputs_digest);
  for (const desk::RegionSummary& region : summary->regions) {
    v1::RegionSummary& out = *reply.add_regions();
    out.set_region(region.region);
    for (const summary::CellSummary& cell : region.cells) Put(parts.catalogue, cell, *out.add_cells());
  }
  return absl::OkStatus();
}

}  // namespace hansa::node::api
