// Files of indicators, in and out.
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hansa/v1/node.pb.h"
#include "node/api/answers.h"
#include "node/api/draft_room.h"
#include "node/api/file_in.h"
#include "node/api/indicator_shapes.h"
#include "node/desk/export_desk.h"
#include "node/desk/indicator_desk.h"
#include "node/domain/text.h"
#include "node/spreadsheet/indicator_template.h"
#include "replication/check.h"

namespace hansa::node::api {
namespace {

absl::StatusOr<std::optional<domain::DecimalSign>> SignIn(const std::string& decimal) {
  if (decimal.empty()) return std::nullopt;
  if (decimal == "point") return domain::DecimalSign::kPoint;
  if (decimal == "comma") return domain::DecimalSign::kComma;
  return absl::InvalidArgumentError(
      absl::StrCat(domain::Quoted(decimal), " does not say what stands before decimals; write point or comma"));
}

}  // namespace

// Drafts give way to what others publish, and that to own words.
absl::Status CheckRoomForDrafts(const ApiParts& parts) {
  if (const DiskView disk = parts.node.View().disk; disk.room != storage::Room::kAmple) {
    return absl::ResourceExhaustedError(
        absl::StrCat("the disk is filling up, ", storage::FreeOfTotal(disk.space),
                     " free: nothing was taken into the draft; free some space or enlarge the "
                     "disk, and try again"));
  }
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const Asker& asker, const v1::ImportIndicatorsRequest& request,
                    v1::ImportIndicatorsReply& reply) {
  if (!request.dry_run()) HANSA_RETURN_IF_ERROR(CheckRoomForDrafts(parts));
  const auto sign = SignIn(request.decimal());
  HANSA_RETURN_IF_ERROR(sign.status());
  HANSA_RETURN_IF_ERROR(parts.node.AwaitViews());
  desk::ImportRequest import;
  import.file = ShownName(request.file());
  import.bytes = request.content();
  if (request.has_year()) import.year = static_cast<int>(request.year());
  import.skip_others = request.skip_others();
  import.form = {.encoding = request.encoding(), .sheet = request.sheet()};
  import.decimal_sign = *sign;
  import.dry_run = request.dry_run();
  import.departments = asker.departments;
  const auto report = parts.desk.Import(import);
  HANSA_RETURN_IF_ERROR(report.status());
  Put(*report, reply);
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::MakeTemplateRequest& request, v1::MakeTemplateReply& reply) {
  using Format = desk::TemplateRequest::Format;
  if (request.format() != "csv" && request.format() != "xlsx") {
    return absl::InvalidArgumentError(
        absl::StrCat("there is no template of the format ", domain::Quoted(request.format()), "; ask for csv or xlsx"));
  }
  const std::string& language = request.language();
  if (!language.empty() && !domain::IsLanguageTag(language)) {
    return absl::InvalidArgumentError(
        absl::StrCat(domain::Quoted(language), " is not a language tag; write one such as ko or pt-BR"));
  }
  HANSA_RETURN_IF_ERROR(parts.node.AwaitViews());
  absl::StatusOr<std::string> content =
      parts.desk.Template({.year = static_cast<int>(request.year()),
                           .format = request.format() == "csv" ? Format::kCsv : Format::kXlsx,
                           .language = request.language(),
                           .department = request.department()});
  HANSA_RETURN_IF_ERROR(content.status());
  reply.set_content(*std::move(content));
  if (!language.empty() && !spreadsheet::HasTemplateTexts(language)) {
    reply.set_remark(
        absl::StrCat("there are no texts in ", language, ": titles, definitions and instructions are in English"));
  }
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::ExportIndicatorsRequest& request, v1::ExportIndicatorsReply& reply) {
  HANSA_RETURN_IF_ERROR(parts.node.AwaitViews());
  desk::ExportRequest asked{.format = request.format(),
                            .year = {},
                            .member = request.member(),
                            .part = request.part(),
                            .language = request.language()};
  if (request.has_year()) asked.year = static_cast<int>(request.year());
  if (request.after().empty()) {
    absl::StatusOr<std::string> file = request.file();
    if (request.file().empty()) file = parts.exports.FileName(asked);
    HANSA_RETURN_IF_ERROR(file.status());
    absl::StatusOr<desk::ExportCompanion> companion = parts.exports.Companion(asked, *file);
    HANSA_RETURN_IF_ERROR(companion.status());
    reply.set_file(*file);
    reply.set_companion_file(companion->file);
    reply.set_companion(std::move(companion->bytes));
  }
  absl::StatusOr<desk::ExportPiece> piece = parts.exports.Piece(asked, request.after());
  HANSA_RETURN_IF_ERROR(piece.status());
  reply.set_content(std::move(piece->bytes));
  reply.set_next(piece->next);
  reply.set_rows(piece->rows);
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const Asker& asker, const v1::AssignCellsRequest& request,
                    v1::AssignCellsReply& reply) {
  if (!asker.departments.empty()) {
    return absl::PermissionDeniedError(
        "your account is bound to a department, and cannot say which department fills in what; ask one that is not");
  }
  const auto cells = parts.desk.departments().Assign(parts.catalogue, request.part(), request.department());
  HANSA_RETURN_IF_ERROR(cells.status());
  reply.set_cells(static_cast<std::uint64_t>(*cells));
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::ListDepartmentsRequest&, v1::ListDepartmentsReply& reply) {
  const auto departments = parts.desk.departments().ByCell();
  HANSA_RETURN_IF_ERROR(departments.status());
  for (const catalogue::Cell& cell : parts.catalogue.cells()) {
    const auto found = departments->find(cell.id);
    if (found == departments->end()) continue;
    v1::AssignedCell& row = *reply.add_cells();
    row.set_cell(cell.id);
    row.set_department(found->second);
  }
  return absl::OkStatus();
}

}  // namespace hansa::node::api
