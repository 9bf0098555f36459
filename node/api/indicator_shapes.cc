#include "node/api/indicator_shapes.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "hansa/v1/node.pb.h"
#include "node/domain/indicator_csv_writer.h"
#include "replication/collections.h"

namespace hansa::node::api {
namespace {

// Code() gives a view of ours; a message takes a std::string.
template <typename Enum>
std::string CodeOf(Enum value) {
  return std::string(domain::Code(value));
}

template <typename Problems>
void PutProblems(const std::vector<domain::Problem>& problems, Problems& out) {
  for (const domain::Problem& problem : problems) {
    v1::IndicatorProblem& row = *out.Add();
    row.set_file(problem.file);
    row.set_row(static_cast<std::uint64_t>(problem.row));
    row.set_column(problem.column);
    row.set_cell(problem.cell);
    row.set_rule(problem.rule);
    row.set_what(problem.what);
    row.set_remedy(problem.remedy);
  }
}

// Names of the columns in which the two say something else.
std::vector<std::string> Differing(const domain::Observation& before, const domain::Observation& after) {
  const std::vector<domain::Field> old_fields = domain::FieldsOf(before);
  const std::vector<domain::Field> new_fields = domain::FieldsOf(after);
  const auto has = [](const std::vector<domain::Field>& fields, const domain::Field& field) {
    return std::find(fields.begin(), fields.end(), field) != fields.end();
  };
  std::vector<std::string> columns;
  for (const domain::Field& field : new_fields) {
    if (!has(old_fields, field)) columns.push_back(field.first);
  }
  for (const domain::Field& field : old_fields) {
    const bool is_said = std::find(columns.begin(), columns.end(), field.first) != columns.end();
    if (!is_said && !has(new_fields, field)) columns.push_back(field.first);
  }
  return columns;
}

void Put(const desk::ChangedAnswer& change, v1::ChangedAnswer& out) {
  out.set_year(static_cast<std::uint32_t>(change.year));
  out.set_cell(change.draft.cell);
  if (change.published.value) out.set_published_value(change.published.value->text());
  out.set_published_no_data_reason(change.published.no_data_reason);
  if (change.draft.value) out.set_value(change.draft.value->text());
  out.set_no_data_reason(change.draft.no_data_reason);
  for (std::string& column : Differing(change.published, change.draft)) out.add_columns(std::move(column));
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
  for (const desk::ChangedAnswer& change : report.changes) Put(change, *reply.add_changes());
}

}  // namespace

void Put(const desk::DraftReport& report, v1::ImportIndicatorsReply& reply) {
  PutReport(report, reply);
  reply.set_skipped(static_cast<std::uint64_t>(report.skipped));
  reply.set_unchanged(static_cast<std::uint64_t>(report.unchanged));
  reply.set_dry_run(report.dry_run);
  for (const desk::ShownObservation& row : report.rows) Put(row, *reply.add_rows());
  if (report.read_as.kind.empty()) return;
  v1::ReadAs& read_as = *reply.mutable_read_as();
  read_as.set_kind(report.read_as.kind);
  read_as.set_encoding(report.read_as.encoding);
  read_as.set_separator(report.read_as.separator);
  read_as.set_decimal(report.read_as.decimal);
  read_as.set_sheet(report.read_as.sheet);
  for (const std::string& sheet : report.read_as.sheets) read_as.add_sheets(sheet);
}

void Put(const desk::DraftReport& report, v1::CheckIndicatorsReply& reply) {
  PutReport(report, reply);
  reply.set_draft(report.draft);
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
  row.set_word_of(observation.word_of);
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
  out.set_without_data(set.without_data);
  out.set_withdrawn(set.withdrawn);
}

void Put(const desk::ShownObservation& shown, v1::IndicatorRow& row) {
  Put(shown.observation, row);
  row.set_member(shown.member);
  row.set_year(static_cast<std::uint32_t>(shown.year));
  row.set_revision(static_cast<std::uint32_t>(shown.revision));
  row.set_published(shown.published);
  row.set_waits(shown.waits);
}

}  // namespace hansa::node::api
