#include "node/spreadsheet/workbook_reader.h"

#include <pugixml.hpp>

#include <array>
#include <map>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "node/domain/formula_guard.h"
#include "node/domain/problem_rules.h"
#include "node/domain/text.h"
#include "node/spreadsheet/number_format.h"
#include "node/spreadsheet/workbook_fault.h"
#include "replication/check.h"

namespace hansa::node::spreadsheet {
namespace {

using domain::Quoted;
namespace rule_id = domain::rule_id;

constexpr std::size_t kNamesCharactersMax = 400;

// Names without their prefix: programs differ in which they use.
absl::string_view LocalName(const pugi::xml_node& node) {
  const absl::string_view name = node.name();
  const std::size_t colon = name.find(':');
  return colon == absl::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node Child(const pugi::xml_node& parent, absl::string_view name) {
  for (const pugi::xml_node node : parent) {
    if (LocalName(node) == name) return node;
  }
  return {};
}

absl::string_view Attribute(const pugi::xml_node& node, const char* name) { return node.attribute(name).value(); }

int Number(absl::string_view text) {
  int number = 0;
  return absl::SimpleAtoi(text, &number) ? number : 0;
}

absl::Status Unreadable(absl::string_view part) {
  return WorkbookFault(rule_id::kUnreadableWorkbook,
                       absl::StrCat("the workbook's part ", Quoted(part), " cannot be read; save it again, or as CSV"));
}

absl::Status Load(const std::string& part, const std::string& content, pugi::xml_document& document) {
  constexpr unsigned kOptions = pugi::parse_default | pugi::parse_ws_pcdata_single | pugi::parse_doctype;
  const pugi::xml_parse_result result = document.load_buffer(content.data(), content.size(), kOptions);
  if (result.status == pugi::status_out_of_memory) {
    return WorkbookFault(rule_id::kWorkbookTooLarge,
                         "the workbook needs more memory than reading may take; split it by year");
  }
  if (!result) return Unreadable(part);
  for (const pugi::xml_node node : document) {
    if (node.type() != pugi::node_doctype) continue;
    return WorkbookFault(rule_id::kWorkbookEntities,
                         absl::StrCat("the workbook's part ", Quoted(part),
                                      " defines entities of its own; save the figures as a new workbook"));
  }
  return absl::OkStatus();
}

// Runs of a rich text, without the reading aids beside them.
std::string TextOf(const pugi::xml_node& node) {
  std::string text;
  for (const pugi::xml_node child : node) {
    const absl::string_view name = LocalName(child);
    if (name == "t") text += child.text().get();
    if (name == "r") text += Child(child, "t").text().get();
  }
  return text;
}

// Path of `target` as a part in `folder` names it.
std::string PartPath(absl::string_view folder, absl::string_view target) {
  if (absl::ConsumePrefix(&target, "/")) return std::string(target);
  while (absl::ConsumePrefix(&target, "../")) {
    folder = absl::StripSuffix(folder, "/");
    const std::size_t slash = folder.rfind('/');
    folder = slash == absl::string_view::npos ? "" : folder.substr(0, slash + 1);
  }
  return absl::StrCat(folder, target);
}

std::string FolderOf(absl::string_view part) {
  const std::size_t slash = part.rfind('/');
  return std::string(slash == absl::string_view::npos ? "" : part.substr(0, slash + 1));
}

// Column of a reference such as 'AB12', from 0; nullopt if it is none.
std::optional<std::size_t> ColumnOf(absl::string_view reference) {
  std::size_t column = 0;
  std::size_t letters = 0;
  while (letters < reference.size() && absl::ascii_isalpha(static_cast<unsigned char>(reference[letters])) &&
         letters < 4) {
    column = column * 26 +
             static_cast<std::size_t>(absl::ascii_toupper(static_cast<unsigned char>(reference[letters])) - 'A' + 1);
    ++letters;
  }
  if (letters == 0 || letters == 4) return std::nullopt;
  return column - 1;
}

// A formula that reaches beyond the workbook, or runs something.
bool ReachesOut(absl::string_view formula) {
  constexpr std::array<const char*, 8> kCalls = {"WEBSERVICE(", "FILTERXML(", "RTD(",       "CALL(",
                                                 "REGISTER",    "EXEC(",      "HYPERLINK(", "IMAGE("};
  if (absl::StrContains(formula, "[") || absl::StrContains(formula, "|") || absl::StrContains(formula, "://"))
    return true;
  const std::string upper = absl::AsciiStrToUpper(formula);
  for (const char* call : kCalls) {
    if (absl::StrContains(upper, call)) return true;
  }
  return false;
}

class Reader {
 public:
  Reader(ZipArchive archive, const SheetLimits& limits) : archive_(std::move(archive)), limits_(limits) {}

  absl::StatusOr<Workbook> Read(absl::string_view asked) {
    HANSA_RETURN_IF_ERROR(RefuseActiveParts());
    HANSA_RETURN_IF_ERROR(ReadBook(asked));
    HANSA_RETURN_IF_ERROR(ReadStyles());
    HANSA_RETURN_IF_ERROR(ReadSharedTexts());
    HANSA_RETURN_IF_ERROR(ReadSheet());
    return std::move(workbook_);
  }

 private:
  absl::Status RefuseActiveParts() const {
    for (const std::string& part : archive_.parts()) {
      const std::string lower = absl::AsciiStrToLower(part);
      if (absl::StrContains(lower, "vbaproject")) {
        return WorkbookFault(rule_id::kWorkbookMacros,
                             "the workbook holds macros; save it as an XLSX workbook without them");
      }
      if (absl::StrContains(lower, "externallink")) {
        return WorkbookFault(rule_id::kWorkbookLinks,
                             "the workbook is linked to other files; save its figures as values in a new workbook");
      }
    }
    return absl::OkStatus();
  }

  // Targets of a part's relationships, by their id; those of a type ending in `type` by that word.
  absl::StatusOr<std::map<std::string, std::string>> Relationships(const std::string& part) {
    const std::string folder = FolderOf(part);
    const std::string path = absl::StrCat(folder, "_rels/", part.substr(folder.size()), ".rels");
    std::map<std::string, std::string> targets;
    const absl::StatusOr<std::string> content = archive_.Read(path);
    if (absl::IsNotFound(content.status())) return targets;
    HANSA_RETURN_IF_ERROR(content.status());
    pugi::xml_document document;
    HANSA_RETURN_IF_ERROR(Load(path, *content, document));
    for (const pugi::xml_node relation : Child(document, "Relationships")) {
      if (Attribute(relation, "TargetMode") == "External") continue;
      const std::string target = PartPath(folder, Attribute(relation, "Target"));
      targets[std::string(Attribute(relation, "Id"))] = target;
      const absl::string_view type = Attribute(relation, "Type");
      targets[absl::StrCat("type ", type.substr(type.rfind('/') + 1))] = target;
    }
    return targets;
  }

  absl::Status ReadBook(absl::string_view asked) {
    const auto root = Relationships("");
    HANSA_RETURN_IF_ERROR(root.status());
    const auto main = root->find("type officeDocument");
    if (main == root->end()) {
      return WorkbookFault(rule_id::kUnknownForm, "the file is not an XLSX workbook; save it as one, or as CSV");
    }
    const absl::StatusOr<std::string> content = archive_.Read(main->second);
    HANSA_RETURN_IF_ERROR(content.status());
    pugi::xml_document document;
    HANSA_RETURN_IF_ERROR(Load(main->second, *content, document));
    auto targets = Relationships(main->second);
    HANSA_RETURN_IF_ERROR(targets.status());
    const pugi::xml_node book = Child(document, "workbook");
    const absl::string_view count_from = Attribute(Child(book, "workbookPr"), "date1904");
    days_ = count_from == "1" || count_from == "true" ? DayCount::k1904 : DayCount::k1900;
    for (const pugi::xml_node sheet : Child(book, "sheets")) {
      const absl::string_view state = Attribute(sheet, "state");
      const std::string name(Attribute(sheet, "name"));
      if ((state.empty() || state == "visible")) workbook_.sheets.push_back(name);
      const bool first = asked.empty() && workbook_.sheets.size() == 1 && sheet_path_.empty();
      if (!first && (asked.empty() || !domain::SameName(name, asked))) continue;
      for (const pugi::xml_attribute attribute : sheet.attributes()) {
        if (absl::EndsWith(attribute.name(), ":id")) sheet_path_ = (*targets)[attribute.value()];
      }
      workbook_.table.sheet = name;
    }
    if (workbook_.table.sheet.empty()) {
      return WorkbookFault(rule_id::kUnknownSheet,
                           absl::StrCat("the workbook has no sheet ", Quoted(asked), "; its sheets are ",
                                        domain::Shortened(absl::StrJoin(workbook_.sheets, ", "), kNamesCharactersMax)));
    }
    styles_path_ = (*targets)["type styles"];
    texts_path_ = (*targets)["type sharedStrings"];
    return absl::OkStatus();
  }

  absl::Status ReadStyles() {
    if (styles_path_.empty()) return absl::OkStatus();
    const absl::StatusOr<std::string> content = archive_.Read(styles_path_);
    HANSA_RETURN_IF_ERROR(content.status());
    pugi::xml_document document;
    HANSA_RETURN_IF_ERROR(Load(styles_path_, *content, document));
    const pugi::xml_node sheet = Child(document, "styleSheet");
    std::map<int, NumberFormat> own;
    for (const pugi::xml_node format : Child(sheet, "numFmts")) {
      own[Number(Attribute(format, "numFmtId"))] = ReadFormatCode(Attribute(format, "formatCode"));
    }
    for (const pugi::xml_node style : Child(sheet, "cellXfs")) {
      if (LocalName(style) != "xf") continue;
      const int id = Number(Attribute(style, "numFmtId"));
      const auto found = own.find(id);
      formats_.push_back(found == own.end() ? BuiltInFormat(id) : found->second);
    }
    return absl::OkStatus();
  }

  absl::Status ReadSharedTexts() {
    if (texts_path_.empty()) return absl::OkStatus();
    const absl::StatusOr<std::string> content = archive_.Read(texts_path_);
    HANSA_RETURN_IF_ERROR(content.status());
    pugi::xml_document document;
    HANSA_RETURN_IF_ERROR(Load(texts_path_, *content, document));
    for (const pugi::xml_node item : Child(document, "sst")) {
      if (LocalName(item) == "si") texts_.push_back(TextOf(item));
    }
    return absl::OkStatus();
  }

  absl::Status ReadSheet() {
    const absl::StatusOr<std::string> content = archive_.Read(sheet_path_);
    HANSA_RETURN_IF_ERROR(content.status());
    pugi::xml_document document;
    HANSA_RETURN_IF_ERROR(Load(sheet_path_, *content, document));
    std::int64_t number = 0;
    for (const pugi::xml_node row : Child(Child(document, "worksheet"), "sheetData")) {
      if (LocalName(row) != "row") continue;
      std::int64_t stated = 0;
      number = absl::SimpleAtoi(Attribute(row, "r"), &stated) && stated > number ? stated : number + 1;
      HANSA_RETURN_IF_ERROR(ReadRow(row, number));
    }
    return absl::OkStatus();
  }

  absl::Status ReadRow(const pugi::xml_node& row, std::int64_t number) {
    domain::TableRow read;
    read.row = number;
    std::size_t next = 0;
    for (const pugi::xml_node cell : row) {
      if (LocalName(cell) != "c") continue;
      const std::size_t column = ColumnOf(Attribute(cell, "r")).value_or(next);
      next = column + 1;
      absl::StatusOr<std::pair<std::string, bool>> text = CellText(cell, number, column);
      HANSA_RETURN_IF_ERROR(text.status());
      if (text->first.empty()) continue;
      if (number > limits_.rows_max + 1) {
        return About(rule_id::kTooManyRows, number, column,
                     absl::StrCat("is beyond the ", limits_.rows_max, " rows a file may have"), "split the file");
      }
      if (column >= limits_.columns_max) {
        return About(rule_id::kTooManyColumns, number, column,
                     absl::StrCat("is beyond the ", limits_.columns_max, " columns a file may have"),
                     "remove the columns that hold no values");
      }
      if (text->first.size() > limits_.cell_bytes_max) {
        return About(rule_id::kCellTooLong, number, column,
                     absl::StrCat("has more than ", limits_.cell_bytes_max, " bytes"), "shorten it");
      }
      bytes_ += text->first.size();
      if (bytes_ > limits_.bytes_max) {
        return About(rule_id::kWorkbookTooLarge, number, column,
                     absl::StrCat("comes after ", limits_.bytes_max, " bytes of text, which are the most"),
                     "split the file");
      }
      if (read.cells.size() <= column) read.cells.resize(column + 1);
      read.cells[column] = std::move(text->first);
      if (text->second && (read.numbers.empty() || read.numbers.back() < column)) read.numbers.push_back(column);
    }
    if (!read.cells.empty()) workbook_.table.rows.push_back(std::move(read));
    return absl::OkStatus();
  }

  // What the cell shows, and whether it is a number.
  absl::StatusOr<std::pair<std::string, bool>> CellText(const pugi::xml_node& cell, std::int64_t row,
                                                        std::size_t column) const {
    const absl::string_view type = Attribute(cell, "t");
    const pugi::xml_node formula = Child(cell, "f");
    const absl::string_view stored = Child(cell, "v").text().get();
    if (formula && ReachesOut(formula.text().get())) {
      return About(rule_id::kWorkbookLinks, row, column, "holds a formula that reaches beyond the workbook",
                   "put its value in the place of the formula");
    }
    if (formula && stored.empty() && type != "str") {
      return About(rule_id::kFormulaWithoutValue, row, column, "holds a formula without a value",
                   "open the workbook in your spreadsheet program and save it again");
    }
    if (type == "inlineStr") return std::pair(TextOf(Child(cell, "is")), false);
    if (type == "s") {
      std::size_t index = 0;
      if (!absl::SimpleAtoi(stored, &index) || index >= texts_.size()) return Unreadable(sheet_path_);
      return std::pair(texts_[index], false);
    }
    if (type == "b") return std::pair(std::string(stored == "1" ? "TRUE" : "FALSE"), false);
    // However a program names its fault, whoever reads the row must see that it is one.
    if (type == "e" && !domain::IsFormulaFault(stored)) return std::pair(std::string("#ERROR!"), false);
    if (type == "str" || type == "e" || type == "d") return std::pair(std::string(stored), false);
    if (stored.empty()) return std::pair(std::string(), false);
    const auto style = static_cast<std::size_t>(Number(Attribute(cell, "s")));
    const NumberFormat format = style < formats_.size() ? formats_[style] : NumberFormat();
    std::optional<std::string> shown = ShownNumber(stored, format, days_);
    if (!shown) return std::pair(std::string(stored), false);  // whoever reads the row says what is wrong
    return std::pair(*std::move(shown), format.kind != NumberFormat::Kind::kDate);
  }

  static absl::Status About(absl::string_view rule, std::int64_t row, std::size_t column, absl::string_view what,
                            absl::string_view remedy) {
    return WorkbookFault(rule, absl::StrCat("the cell ", domain::ColumnLetters(column), row, " ", what, "; ", remedy));
  }

  ZipArchive archive_;
  const SheetLimits limits_;
  Workbook workbook_;
  std::size_t bytes_ = 0;  // Of all texts so far.
  DayCount days_ = DayCount::k1900;
  std::string sheet_path_;
  std::string styles_path_;
  std::string texts_path_;
  std::vector<NumberFormat> formats_;  // By style.
  std::vector<std::string> texts_;
};

}  // namespace

absl::StatusOr<Workbook> ReadWorkbook(absl::string_view bytes, absl::string_view sheet, const ZipLimits& zip_limits,
                                      const SheetLimits& limits) {
  absl::StatusOr<ZipArchive> archive = ZipArchive::Open(bytes, zip_limits);
  HANSA_RETURN_IF_ERROR(archive.status());
  return Reader(*std::move(archive), limits).Read(sheet);
}

}  // namespace hansa::node::spreadsheet
