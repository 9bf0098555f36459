#include "node/api/indicator_answers.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "hansa/v1/node.pb.h"
#include "node/api/answers.h"
#include "node/api/draft_room.h"
#include "node/api/indicator_shapes.h"
#include "node/desk/indicator_desk.h"
#include "replication/check.h"

namespace hansa::node::api {
namespace {

// Of an answer about several years.
constexpr std::size_t kYearsBytesMax = 4 * 1024 * 1024;

template <typename Request>
std::optional<int> YearIn(const Request& request) {
  if (!request.has_year()) return std::nullopt;
  return static_cast<int>(request.year());
}

void PutRevision(const desk::HistoryRow& revision, v1::IndicatorRevision& out) {
  v1::IndicatorRow& row = *out.mutable_row();
  if (revision.observation) Put(*revision.observation, row);
  row.set_cell(revision.cell);
  row.set_word_of(revision.word_of);
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

absl::Status Answer(ApiParts& parts, const v1::ShowIndicatorsRequest& request, v1::ShowIndicatorsReply& reply) {
  HANSA_RETURN_IF_ERROR(parts.node.AwaitViews());
  const auto rows = parts.desk.Show(
      {.year = YearIn(request), .member = request.member(), .part = request.part(), .text = request.text()});
  HANSA_RETURN_IF_ERROR(rows.status());
  for (const desk::ShownObservation& shown : *rows) Put(shown, *reply.add_rows());
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::ShowPublishedIndicatorsRequest& request,
                    v1::ShowIndicatorsReply& reply) {
  if (request.member().empty()) {
    return absl::InvalidArgumentError("say in member whose values are asked for, by its short name");
  }
  HANSA_RETURN_IF_ERROR(parts.node.AwaitViews());
  const auto rows = parts.desk.ShowPublished({.year = YearIn(request),
                                              .member = request.member(),
                                              .part = request.part(),
                                              .latest_only = request.latest_only()});
  HANSA_RETURN_IF_ERROR(rows.status());
  std::size_t bytes = 0;
  for (const desk::ShownObservation& shown : *rows) {
    v1::IndicatorRow& row = *reply.add_rows();
    Put(shown, row);
    bytes += row.ByteSizeLong();
    if (!request.has_year() && bytes > kYearsBytesMax) {
      return absl::ResourceExhaustedError(
          absl::StrCat("what ", request.member(),
                       " has published is more than one answer holds; ask for one year at a "
                       "time, or for a part of the framework"));
    }
  }
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::CheckIndicatorsRequest& request, v1::CheckIndicatorsReply& reply) {
  HANSA_RETURN_IF_ERROR(parts.node.AwaitViews());
  const auto report = parts.desk.Check(YearIn(request));
  HANSA_RETURN_IF_ERROR(report.status());
  Put(*report, reply);
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::PublishIndicatorsRequest& request, v1::PublishIndicatorsReply& reply) {
  HANSA_RETURN_IF_ERROR(parts.node.AwaitViews());
  const auto report =
      parts.desk.Publish({.year = YearIn(request), .reason = request.reason(), .draft = request.draft()});
  HANSA_RETURN_IF_ERROR(report.status());
  for (const desk::PublishedSet& set : report->sets) Put(set, *reply.add_sets());
  reply.set_words(report->words);
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const Asker& asker, const v1::PublishIndicatorsRequest& request,
                    v1::PublishIndicatorsReply& reply) {
  const bool is_whole = request.has_year() && !request.draft().empty();
  if (!asker.account.empty() && !is_whole) {
    return absl::InvalidArgumentError(
        "say which year is published, and in draft what was looked at, as CheckIndicators gives it");
  }
  return Answer(parts, request, reply);
}

absl::Status Answer(ApiParts& parts, const v1::ListIndicatorHistoryRequest& request,
                    v1::ListIndicatorHistoryReply& reply) {
  HANSA_RETURN_IF_ERROR(parts.node.AwaitViews());
  const auto rows = parts.desk.History({.cell = request.cell(), .member = request.member(), .year = YearIn(request)});
  HANSA_RETURN_IF_ERROR(rows.status());
  for (const desk::HistoryRow& row : *rows) PutRevision(row, *reply.add_revisions());
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const Asker& asker, const v1::EditIndicatorRequest& request,
                    v1::ImportIndicatorsReply& reply) {
  HANSA_RETURN_IF_ERROR(CheckRoomForDrafts(parts));
  HANSA_RETURN_IF_ERROR(parts.node.AwaitViews());
  desk::EditRequest edit{
      .year = static_cast<int>(request.year()), .cell = request.cell(), .fields = {}, .departments = asker.departments};
  for (const v1::IndicatorField& field : request.fields()) edit.fields.emplace_back(field.column(), field.text());
  const auto report = parts.desk.Edit(edit);
  HANSA_RETURN_IF_ERROR(report.status());
  Put(*report, reply);
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const Asker& asker, const v1::DiscardIndicatorsRequest& request,
                    v1::DiscardIndicatorsReply& reply) {
  const auto cells = parts.desk.Discard(
      {.year = static_cast<int>(request.year()), .cell = request.cell(), .departments = asker.departments});
  HANSA_RETURN_IF_ERROR(cells.status());
  reply.set_cells(static_cast<std::uint64_t>(*cells));
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::WithdrawIndicatorsRequest& request, v1::PublishedSet& reply) {
  const auto set = parts.desk.Withdraw(static_cast<int>(request.year()), request.reason());
  HANSA_RETURN_IF_ERROR(set.status());
  Put(*set, reply);
  return absl::OkStatus();
}

}  // namespace hansa::node::api
