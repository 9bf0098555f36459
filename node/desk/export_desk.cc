#include "node/desk/export_desk.h"

#include <algorithm>
#include <atomic>
#include <future>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "node/desk/city_office.h"
#include "node/desk/framework_part.h"
#include "node/domain/text.h"
#include "node/exports/csvw_metadata.h"
#include "node/exports/export_format.h"
#include "node/exports/export_writer.h"
#include "node/exports/sdmx_structures.h"
#include "node/exports/xlsx_export.h"
#include "replication/check.h"

namespace hansa::node::desk {
namespace {

using exports::ExportFormat;
using exports::ExportRow;
using replication::MemberRecord;

constexpr char kWorkbook[] = "xlsx";
// A piece ends with the members that take it beyond this.
constexpr std::size_t kPieceBytes = 4 * 1024 * 1024;
// A member of ten years.
constexpr std::size_t kMemberBytesUsual = 256 * 1024;
// Members are read and written out so many at once, by so many threads at the most.
constexpr std::size_t kTogether = 8;
constexpr std::size_t kThreadsMax = 4;

bool Counts(const MemberRecord& member) {
  return member.kind == replication::MemberKind::kCity && member.state == replication::MemberState::kMember;
}

// By slug.
bool ComesFirst(const MemberRecord* a, const MemberRecord* b) { return a->slug < b->slug; }

absl::Status NothingPublished() {
  return absl::NotFoundError("nothing is published of it; see hansa network coverage for what is");
}

}  // namespace

absl::Status ExportDesk::Check(const ExportRequest& request, const NodeView& view) const {
  HANSA_RETURN_IF_ERROR(CheckYear("exporting", request.year));
  HANSA_RETURN_IF_ERROR(CheckPart(catalogue_, request.part));
  if (request.format != kWorkbook) HANSA_RETURN_IF_ERROR(exports::ParseExportFormat(request.format).status());
  if (request.member.empty()) return absl::OkStatus();
  const MemberRecord* member = view.roster->state().Find(request.member);
  if (member == nullptr || !Counts(*member)) {
    return absl::NotFoundError(
        absl::StrCat("no city of the network is called ", domain::Quoted(request.member), "; see hansa members"));
  }
  return absl::OkStatus();
}

std::vector<const MemberRecord*> ExportDesk::MembersOf(const replication::Roster& roster, const ExportRequest& request,
                                                       absl::string_view after) const {
  std::vector<const MemberRecord*> members;
  for (const auto& [number, member] : roster.state().members) {
    const bool is_asked_for = request.member.empty() || member.slug == request.member;
    if (Counts(member) && is_asked_for && member.slug > after) members.push_back(&member);
  }
  return members;
}

absl::Status ExportDesk::ForEachRowOf(const replication::Roster& roster, const MemberRecord& member,
                                      const ExportRequest& request,
                                      absl::FunctionRef<void(const ExportRow&)> take) const {
  ExportRow row;
  row.member = member.slug;
  row.name = member.name;
  row.country = member.country;
  row.region = member.region;
  std::optional<replication::RecordId> last;
  const auto take_one = [&](const projection::ObservedIn& in) {
    if (!request.part.empty()) {
      const catalogue::Cell* cell = catalogue_.FindCell(row.observation.cell);
      if (cell == nullptr || !IsPartOf(*cell, request.part)) return;
    }
    if (last != in.record) {
      row.framework_version = in.subject.framework_version;
      row.year = in.subject.year;
      row.revision = in.revision;
      row.record = in.record.hex();
      last = in.record;
    }
    take(row);
  };
  return views_.ForEachObservationOf(roster, member.number, request.year, row.observation, take_one);
}

absl::StatusOr<ExportDesk::Written> ExportDesk::WriteOne(const replication::Roster& roster, const MemberRecord& member,
                                                         const ExportRequest& request,
                                                         const exports::ExportWriter& writer) const {
  Written written;
  HANSA_RETURN_IF_ERROR(ForEachRowOf(roster, member, request, [&](const ExportRow& row) {
    if (written.rows == 0) written.bytes.reserve(kMemberBytesUsual);
    writer.AppendRow(row, written.bytes);
    ++written.rows;
  }));
  return written;
}

absl::StatusOr<std::vector<ExportDesk::Written>> ExportDesk::WriteOut(const replication::Roster& roster,
                                                                      const std::vector<const MemberRecord*>& members,
                                                                      const ExportRequest& request,
                                                                      const exports::ExportWriter& writer) const {
  std::vector<absl::StatusOr<Written>> written(members.size(), Written());
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < members.size(); i = next++) {
      written[i] = WriteOne(roster, *members[i], request, writer);
    }
  };
  const std::size_t threads = std::min({kThreadsMax, members.size(), std::size_t{std::thread::hardware_concurrency()}});
  std::vector<std::future<void>> helping;  // each waits for its thread when it goes
  helping.reserve(threads);
  for (std::size_t i = 1; i < threads; ++i) helping.push_back(std::async(std::launch::async, work));
  work();
  for (const std::future<void>& each : helping) each.wait();
  std::vector<Written> in_order;
  in_order.reserve(written.size());
  for (absl::StatusOr<Written>& each : written) {
    HANSA_RETURN_IF_ERROR(each.status());
    in_order.push_back(*std::move(each));
  }
  return in_order;
}

absl::StatusOr<ExportPiece> ExportDesk::Piece(const ExportRequest& request, const std::string& after) const {
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(Check(request, view));
  const bool workbook = request.format == kWorkbook;
  ExportPiece piece;
  std::vector<ExportRow> all;  // of a workbook, which is made at once
  absl::StatusOr<std::unique_ptr<exports::ExportWriter>> writer = nullptr;
  if (!workbook) {
    writer = exports::MakeExportWriter(request.format, {.catalogue = catalogue_, .prepared = now_()});
    HANSA_RETURN_IF_ERROR(writer.status());
    if (after.empty()) piece.bytes = (*writer)->Head();
  }
  std::vector<const MemberRecord*> members = MembersOf(*view.roster, request, after);
  auto next = members.begin();
  // A piece of all years has few members: they alone are put in order. Of one year or part it has many.
  const bool has_many = workbook || request.year.has_value() || !request.part.empty();
  if (has_many) std::sort(next, members.end(), ComesFirst);
  if (workbook) {
    for (; next != members.end() && all.size() <= exports::kXlsxRowsMax; ++next) {  // of too many it says so itself
      HANSA_RETURN_IF_ERROR(
          ForEachRowOf(*view.roster, **next, request, [&](const ExportRow& row) { all.push_back(row); }));
    }
    piece.rows = all.size();
  }
  while (!workbook && next != members.end()) {
    const auto end = next + std::min<std::ptrdiff_t>(kTogether, members.end() - next);
    if (!has_many) std::partial_sort(next, end, members.end(), ComesFirst);
    absl::StatusOr<std::vector<Written>> written = WriteOut(*view.roster, {next, end}, request, **writer);
    HANSA_RETURN_IF_ERROR(written.status());
    if (members.size() > kTogether && piece.bytes.capacity() < kPieceBytes)
      piece.bytes.reserve(kPieceBytes + kTogether * kMemberBytesUsual);
    for (const Written& each : *written) {
      piece.rows += each.rows;
      piece.bytes += each.bytes;
    }
    next = end;
    if (piece.bytes.size() < kPieceBytes || next == members.end()) continue;
    piece.next = (*(next - 1))->slug;
    return piece;
  }
  if (workbook) {
    absl::StatusOr<std::string> bytes = exports::XlsxExport(catalogue_, all, request.language);
    HANSA_RETURN_IF_ERROR(bytes.status());
    piece.bytes = *std::move(bytes);
  } else {
    piece.bytes += (*writer)->Tail();
  }
  return piece;
}

absl::StatusOr<ExportCompanion> ExportDesk::Companion(const ExportRequest& request, const std::string& file) const {
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(Check(request, view));
  if (request.format == kWorkbook) return ExportCompanion();
  switch (*exports::ParseExportFormat(request.format)) {
    case ExportFormat::kCsv:
      return ExportCompanion{absl::StrCat(file, exports::kCsvwEnding), exports::CsvwMetadata(catalogue_, file)};
    case ExportFormat::kSdmxCsv:
    case ExportFormat::kSdmxMl: {
      std::vector<const MemberRecord*> named = MembersOf(*view.roster, request);
      std::sort(named.begin(), named.end(), ComesFirst);
      std::vector<exports::SdmxMember> members;
      members.reserve(named.size());
      for (const MemberRecord* member : named) members.push_back({member->slug, member->name});
      return ExportCompanion{absl::StrCat(file, "-structures.xml"),
                             exports::SdmxStructures(catalogue_, members, now_())};
    }
    case ExportFormat::kJsonl:
      break;
  }
  return ExportCompanion();
}

absl::StatusOr<std::string> ExportDesk::FileName(const ExportRequest& request) const {
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(Check(request, view));
  exports::ExportFile file{
      .member = request.member, .first_year = 0, .last_year = 0, .revision = {}, .ending = kWorkbook};
  if (request.format != kWorkbook) {
    file.ending = std::string(exports::FileEnding(*exports::ParseExportFormat(request.format)));
  }
  for (const MemberRecord* member : MembersOf(*view.roster, request)) {
    const absl::StatusOr<std::vector<projection::RecordView>> sets = views_.SetsOf(member->number);
    HANSA_RETURN_IF_ERROR(sets.status());
    for (const projection::RecordView& set : *sets) {
      const projection::Revision& last = set.revisions.back();
      if (!last.is_showable_set()) continue;  // taken back, or of no year that could be read
      const int year = last.subject->year;
      if (request.year && year != *request.year) continue;
      file.first_year = file.first_year == 0 ? year : std::min(file.first_year, year);
      file.last_year = std::max(file.last_year, year);
      file.revision = set.revisions.size();
    }
    const absl::StatusOr<std::vector<projection::StandingWord>> words =
        views_.StandingWords(*view.roster, member->number, request.year);
    HANSA_RETURN_IF_ERROR(words.status());
    for (const projection::StandingWord& word : *words) {
      file.first_year = file.first_year == 0 ? word.year : std::min(file.first_year, word.year);
      file.last_year = std::max(file.last_year, word.year);
    }
  }
  if (file.first_year == 0) return NothingPublished();
  return exports::ExportFileName(file);
}

}  // namespace hansa::node::desk
