#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "hansa/v1/node.pb.h"
#include "node/api/answers.h"
#include "node/desk/indicator_desk.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::api {
namespace {

// Code() gives a view of ours; a message takes a std::string.
template <typename Enum>
std::string CodeOf(Enum value) {
  return std::string(domain::Code(value));
}

template <typename Request>
std::optional<int> YearIn(const Request& request) {
  if (!request.has_year()) return std::nullopt;
  return static_cast<int>(request.year());
}

template <typename Problems>
void PutProblems(const std::vector<domain::Problem>& problems, Problems& out) {
  for (const domain::Problem& problem : problems) {
    v1::IndicatorProblem& row = *out.Add();
    row.set_file(problem.file);
    row.set_row(static_cast<std::uint64_t>(problem.row));
    row.set_column(problem.column);
    row.set_cell(problem.cell);
    row.set_what(problem.what);
    row.set_remedy(problem.remedy);
  }
}

// What the reports of import and check share.
template <typename Reply>
void PutReport(const desk::DraftReport& report, Reply& reply) {
  reply.set_ok(report.ok);
  reply.set_accepted(static_cast<std::uint64_t>(report.accepted));
  PutProblems(report.errors, *reply.mutable_errors());
  PutProblems(report.warnings, *reply.mutable_warnings());
  reply.mutable_completeness()->set_reported(static_cast<std::uint32_t>(report.completeness.reported));
  reply.mutable_completeness()->set_of(static_cast<std::uint32_t>(report.completeness.of));
  for (const int year : report.years) reply.add_years(static_cast<std::uint32_t>(year));
}

void Put(const domain::Observation& observation, v1::IndicatorRow& row) {
  row.set_cell(observation.cell);
  if (observation.value) row.set_value(observation.value->text());
  row.set_no_data_reason(observation.no_data_reason);
  row.set_unit(observation.unit);
  row.set_source_kind(CodeOf(observation.source_kind));
  row.set_source(observation.source);
  row.set_supplier(observation.supplier);
  row.set_licence(observation.licence);
  row.set_period(observation.period);
  row.set_area(observation.area);
  row.set_level(CodeOf(observation.level));
  row.set_match(CodeOf(observation.match));
  row.set_derivation_note(observation.derivation_note);
  row.set_definition_language(observation.definition_language);
  for (const domain::ObservationAttribute& attribute : observation.attributes) {
    v1::IndicatorAttribute& out = *row.add_attributes();
    out.set_key(attribute.key);
    out.set_value(attribute.value);
  }
  row.set_note(observation.note);
  row.set_approved_by(observation.approved_by);
}

void Put(const desk::PublishedSet& set, v1::PublishedSet& out) {
  out.set_id(set.id.hex());
  out.set_member(set.member);
  out.set_collection(replication::CollectionName(set.collection));
  out.set_sequence(set.sequence.value());
  out.set_year(static_cast<std::uint32_t>(set.year));
  out.set_revision(static_cast<std::uint32_t>(set.revision));
  out.set_queued(set.queued);
  for (const std::string& holder : set.held_by) out.add_held_by(holder);
  out.set_unchanged(set.unchanged);
  out.set_values(set.values);
}

void Put(const desk::HistoryRow& revision, const std::string& cell, v1::IndicatorRevision& out) {
  v1::IndicatorRow& row = *out.mutable_row();
  if (revision.observation) Put(*revision.observation, row);
  row.set_cell(cell);
  row.set_member(revision.member);
  row.set_year(static_cast<std::uint32_t>(revision.year));
  row.set_revision(static_cast<std::uint32_t>(revision.revision));
  row.set_published(true);
  out.set_published_ms(revision.claimed_time_ms);
  out.set_sequence(revision.sequence.value());
  out.set_incarnation(revision.incarnation.value());
  out.set_reason(revision.reason);
  out.set_id(revision.id.hex());
  out.set_withdrawn(revision.withdrawn);
  out.set_fault(revision.fault);
}

}  // namespace

absl::Status Answer(ApiParts& parts, const v1::ImportIndicatorsRequest& request, v1::ImportIndicatorsReply& reply) {
  if (const DiskView disk = parts.node.View().disk; disk.room != storage::Room::kAmple) {
    return absl::ResourceExhaustedError(absl::StrCat("the disk is filling up, ", storage::FreeOfTotal(disk.space),
                                                     " free: nothing was imported; free some space or enlarge the "
                                                     "disk, and try again"));
  }
  HANSA_RETURN_IF_ERROR(parts.node.AwaitViews());
  const auto report = parts.desk.Import({.file = request.file(),
                                         .bytes = request.content(),
                                         .year = YearIn(request),
                                         .skip_others = request.skip_others()});
  HANSA_RETURN_IF_ERROR(report.status());
  PutReport(*report, reply);
  reply.set_skipped(static_cast<std::uint64_t>(report->skipped));
  reply.set_unchanged(static_cast<std::uint64_t>(report->unchanged));
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::ShowIndicatorsRequest& request, v1::ShowIndicatorsReply& reply) {
  HANSA_RETURN_IF_ERROR(parts.node.AwaitViews());
  const auto rows = parts.desk.Show({.year = YearIn(request), .member = request.member()});
  HANSA_RETURN_IF_ERROR(rows.status());
  for (const desk::ShownObservation& shown : *rows) {
    v1::IndicatorRow& row = *reply.add_rows();
    Put(shown.observation, row);
    row.set_member(shown.member);
    row.set_year(static_cast<std::uint32_t>(shown.year));
    row.set_revision(static_cast<std::uint32_t>(shown.revision));
    row.set_published(shown.published);
  }
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::CheckIndicatorsRequest& request, v1::CheckIndicatorsReply& reply) {
  HANSA_RETURN_IF_ERROR(parts.node.AwaitViews());
  const auto report = parts.desk.Check(YearIn(request));
  HANSA_RETURN_IF_ERROR(report.status());
  PutReport(*report, reply);
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::PublishIndicatorsRequest& request, v1::PublishIndicatorsReply& reply) {
  HANSA_RETURN_IF_ERROR(parts.node.AwaitViews());
  const auto report = parts.desk.Publish({.year = YearIn(request), .reason = request.reason()});
  HANSA_RETURN_IF_ERROR(report.status());
  for (const desk::PublishedSet& set : report->sets) Put(set, *reply.add_sets());
  reply.set_words(report->words);
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::ListIndicatorHistoryRequest& request,
                    v1::ListIndicatorHistoryReply& reply) {
  HANSA_RETURN_IF_ERROR(parts.node.AwaitViews());
  const auto rows = parts.desk.History({.cell = request.cell(), .member = request.member()});
  HANSA_RETURN_IF_ERROR(rows.status());
  for (const desk::HistoryRow& row : *rows) Put(row, request.cell(), *reply.add_revisions());
  return absl::OkStatus();
}

}  // namespace hansa::node::api
