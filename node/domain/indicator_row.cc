#include "node/domain/indicator_row.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <variant>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "node/domain/formula_guard.h"
#include "node/domain/indicator_csv_writer.h"
#include "node/domain/problem_rules.h"
#include "node/domain/text.h"
#include "node/domain/value_rules.h"
#include "node/domain/written_number.h"

namespace hansa::node::domain {
namespace {

using catalogue::Cell;
using catalogue::Measurement;

// Reads one row, field by field. Errors gather; nothing stops at the first of them but a row that
// is another's or names no cell.
class RowReader {
 public:
  RowReader(const RowContext& context, const TableRow& row) : context_(context), row_(row) {
    result_.observation.row = row.row;
    where_ = CellText();
  }

  IndicatorRow Read() {
    result_.fate = ReadFate();
    if (!result_.errors.empty()) result_.fate = RowFate::kRefused;
    return std::move(result_);
  }

 private:
  RowFate ReadFate() {
    if (!HasHeadersWidth()) return RowFate::kRefused;
    if (IsOthers()) return context_.input.skip_others ? RowFate::kSkipped : RowFate::kRefused;
    if (!result_.errors.empty()) return RowFate::kRefused;
    if (!Raw("word_of").empty()) return StandsElsewhere();
    const Cell* cell = ReadCell();
    if (cell == nullptr) return RowFate::kRefused;
    where_ = cell->id;
    observation().cell = cell->id;
    if (!ReadAnswer(*cell->measurement)) return RowFate::kUnchanged;
    ReadYear();
    ReadRevision();
    KeepWhatStands();
    ReadDetails(*cell->measurement);
    ReadAttributes(*cell->measurement);
    WarnOfPublishing(*cell->measurement);
    CompleteFromCatalogue(context_.catalogue, observation());
    return RowFate::kAccepted;
  }

  bool HasHeadersWidth() {
    const std::size_t width = context_.columns.count();
    const auto& cells = row_.cells;
    const bool only_blanks_more =
        cells.size() > width && std::all_of(cells.begin() + static_cast<std::ptrdiff_t>(width), cells.end(),
                                            [](const std::string& text) { return text.empty(); });
    if (cells.size() == width || only_blanks_more) return true;
    Error("", {rule_id::kRowWidth, absl::StrCat("the row has ", cells.size(), " cells, the header ", width),
               "check its commas, and put a cell that holds a comma in quotation marks"});
    return false;
  }

  bool IsOthers() {
    const std::string level = absl::AsciiStrToLower(Raw("level"));
    if (level == "country") {
      Others("level", "the row is about a whole country, which is never a city's value");
      return true;
    }
    const absl::string_view city = Raw("city");
    const absl::string_view country = Raw("country");
    const bool same_city = city.empty() || SameName(city, context_.input.city);
    const bool same_country = country.empty() || SameName(country, context_.input.country);
    if (same_city && same_country) return false;
    // A fault names nobody; what the other column names may still be another.
    const bool names_another = (!same_city && !IsFormulaFault(city)) || (!same_country && !IsFormulaFault(country));
    if (!names_another) {
      const char* const column = same_city ? "country" : "city";
      Error(column, FormulaFault(Raw(column)));
      return false;
    }
    Others(
        same_city ? "country" : "city",
        absl::StrCat("the row is about ", Quoted(absl::StrCat(city, country.empty() ? "" : ", ", country)),
                     ", and this node is ", Quoted(absl::StrCat(context_.input.city, ", ", context_.input.country))));
    return true;
  }

  // What an agency or an expert signed, or the city entered from an agency's report, is no part of the city's set.
  RowFate StandsElsewhere() {
    Warning("word_of", {rule_id::kWordOfAnother, "the answer stands in a survey or a rating of its own",
                        "the row is left out, and nothing needs to be done"});
    return RowFate::kElsewhere;
  }

  void Others(absl::string_view column, absl::string_view what) {
    if (context_.input.skip_others) return;
    Error(column,
          {rule_id::kOfAnother, std::string(what), "remove the row, or leave such rows out with --skip-others"});
  }

  // nullptr after an error.
  const Cell* ReadCell() {
    const bool by_cell = !Raw("cell").empty();
    const char* const column = by_cell ? "cell" : "measurement_id";
    const std::string id = by_cell ? Text("cell", kShortTextMax) : MeasurementCell();
    if (!result_.errors.empty()) return nullptr;
    if (id.empty()) {
      Error(column, {rule_id::kNoCell, "the row names no cell", "write one such as 1.1.1/adult-literacy-rate#female"});
      return nullptr;
    }
    const Cell* cell = context_.catalogue.FindCell(id);
    if (cell == nullptr) {
      Error(column,
            {rule_id::kUnknownCell, absl::StrCat("there is no cell ", Quoted(id)), CellAdvice(context_.catalogue, id)});
      return nullptr;
    }
    if (by_cell && Contradicts(*cell)) return nullptr;
    return cell;
  }

  // The cell that measurement_id and breakdown name together; empty after an error or without a
  // name.
  std::string MeasurementCell() {
    const std::string id = Text("measurement_id", kShortTextMax);
    const std::string part = Text("breakdown", kShortTextMax);
    const Measurement* measurement = context_.catalogue.FindMeasurement(id);
    if (id.empty() || part.empty() || measurement == nullptr) return id;
    const std::string cell = absl::StrCat(id, "#", part);
    if (context_.catalogue.FindCell(cell) != nullptr) return cell;
    Error("breakdown", measurement->breakdown.empty()
                           ? Explanation{rule_id::kUnknownBreakdown, absl::StrCat("the row ", id, " has no parts"),
                                         "leave the breakdown empty"}
                           : Explanation{rule_id::kUnknownBreakdown, absl::StrCat("the row has no part ", Quoted(part)),
                                         absl::StrCat("write one of ", absl::StrJoin(Parts(*measurement), ", "))});
    return "";
  }

  std::vector<std::string> Parts(const Measurement& measurement) const {
    std::vector<std::string> parts;
    for (const std::string& cell : measurement.cells) {
      parts.push_back(context_.catalogue.FindCell(cell)->member->code);
    }
    return parts;
  }

  // Whether measurement_id or breakdown, given beside `cell`, names another.
  bool Contradicts(const Cell& cell) {
    const absl::string_view id = Raw("measurement_id");
    const absl::string_view part = Raw("breakdown");
    const absl::string_view member =
        cell.member == nullptr ? absl::string_view() : absl::string_view(cell.member->code);
    if ((id.empty() || id == cell.measurement->id) && (part.empty() || part == member)) return false;
    Error("cell", {rule_id::kTwoCells,
                   absl::StrCat("the columns name two cells: ", cell.id, " and ",
                                Quoted(absl::StrCat(id, part.empty() ? "" : "#", part))),
                   "keep one of them"});
    return true;
  }

  void ReadYear() {
    const std::string text = Text("year", kShortTextMax);
    const std::optional<int>& asked = context_.input.year;
    if (text.empty()) {
      if (asked) result_.observation.year = *asked;
      if (!asked && context_.columns.Has("year")) {
        Error("year",
              {rule_id::kNoYear, "the row has no year", "write it in the column, or give --year for the whole file"});
      }
      return;
    }
    const std::optional<int> year = ParseYear(text);
    if (!year) {
      Error("year", {rule_id::kNotAYear, absl::StrCat(Quoted(text), " is not a year from 1900 to 2200"),
                     "write four digits, such as 2023"});
    } else if (asked && *year != *asked) {
      Error("year", {rule_id::kOtherYear, absl::StrCat("the row is of ", *year, ", and the import is of ", *asked),
                     "remove the row, or import without --year"});
    } else {
      result_.observation.year = *year;
    }
  }

  // What is no number there was made by nobody's program, and says nothing.
  void ReadRevision() {
    std::uint64_t revision = 0;
    if (absl::SimpleAtoi(Raw("revision"), &revision)) result_.observation.revision = revision;
  }

  // What no column of the file speaks of stays as it stands. An answer of another kind begins afresh: what was said of
  // a value says nothing of a reason for none. Only the wording that it follows stays in either case.
  void KeepWhatStands() {
    const PastValues* standing = context_.input.standing;
    const Observation* stands =
        standing == nullptr ? nullptr : standing->Find(result_.observation.year, observation().cell);
    if (stands == nullptr) return;
    const bool same_kind = stands->value.has_value() == observation().value.has_value();
    for (auto& [column, text] : FieldsOf(*stands)) {
      const bool is_answer = column == "cell" || column == "value" || column == "no_data_reason" || column == "word_of";
      if (is_answer || context_.columns.Has(column)) continue;
      if (same_kind || column == "language") kept_.emplace(column, std::move(text));
    }
  }

  // False if the row has neither a value nor a reason for none.
  bool ReadAnswer(const Measurement& measurement) {
    const std::string value = Text("value", kShortTextMax);
    observation().no_data_reason = Text("no_data_reason", kReasonMax, Lines::kMany);
    if (value.empty()) {
      if (!observation().no_data_reason.empty()) return true;
      if (!Raw("note").empty() && result_.errors.empty()) {
        Warning("value", {rule_id::kNoteAlone, "the row has a note and no value, so it changes nothing",
                          "give a value, or a no_data_reason"});
      }
      return false;
    }
    const auto number = ReadValue(measurement, value);
    if (std::holds_alternative<NoValue>(number)) {
      if (!observation().no_data_reason.empty()) return true;
      Warning("value", {rule_id::kSignOfNoValue,
                        absl::StrCat(Quoted(value), " is taken for an empty cell, which changes nothing"),
                        "to answer that there is no data, give a no_data_reason"});
      return false;
    }
    if (!observation().no_data_reason.empty()) {
      Error("no_data_reason",
            {rule_id::kValueAndReason, "the row has a value and a reason for no data", "keep one of them"});
    }
    if (const auto* fault = std::get_if<Explanation>(&number)) {
      Error("value", *fault);
      return true;
    }
    if (const auto fault = CheckValue(measurement, std::get<Decimal>(number))) Error("value", *fault);
    observation().value = std::get<Decimal>(number);
    return true;
  }

  std::variant<Decimal, NoValue, Explanation> ReadValue(const Measurement& measurement, absl::string_view text) const {
    const bool number = context_.columns.IsNumber(row_, "value");
    return ReadNumber(text, number ? DecimalSign::kPoint : context_.input.decimal_sign, measurement.unit == "percent");
  }

  void ReadDetails(const Measurement& measurement) {
    Observation& o = observation();
    o.unit = Text("unit", kShortTextMax);
    if (!o.unit.empty()) {
      if (const auto fault = CheckUnit(measurement, o.unit)) Error("unit", *fault);
    }
    o.source_kind = ReadCode("source_kind", ParseSourceKind, "official_data, survey, expert_review");
    o.level = ReadCode("level", ParseAreaLevel, "city, region");
    o.match = ReadCode("match", ParseDefinitionMatch, "exact, close, proxy, approximate");
    o.source = Text("source", kShortTextMax);
    o.supplier = Text("supplier", kShortTextMax);
    o.licence = Text("licence", kShortTextMax);
    o.period = Text("period", kShortTextMax);
    o.area = Text("area", kShortTextMax);
    o.approved_by = Text("approved_by", kShortTextMax);
    o.note = Text("note", kNoteMax, Lines::kMany);
    o.derivation_note = Text("derivation_note", kNoteMax, Lines::kMany);
    o.definition_language = Text("language", kShortTextMax);
    if (!o.definition_language.empty() && !IsLanguageTag(o.definition_language)) {
      Error("language", {rule_id::kLanguageTag, absl::StrCat(Quoted(o.definition_language), " is not a language tag"),
                         "write one such as ko or pt-BR"});
    }
    if (o.level == AreaLevel::kRegion && o.area.empty() && o.note.empty()) {
      Error("area", {rule_id::kRegionNamed, "the value is about a region, and nothing says which",
                     "name the region in the column 'area' or in the note"});
    }
  }

  template <typename Kind>
  Kind ReadCode(absl::string_view column, std::optional<Kind> (*parse)(absl::string_view), absl::string_view codes) {
    const std::string text = Text(column, kShortTextMax);
    if (const std::optional<Kind> kind = parse(text)) return *kind;
    Error(column, {rule_id::kUnknownCode, absl::StrCat(Quoted(text), " is not a known code"),
                   absl::StrCat("write one of: ", codes)});
    return Kind::kNotGiven;
  }

  void ReadAttributes(const Measurement& measurement) {
    for (const std::string& code : context_.catalogue.attribute_codes()) {
      const std::string text = Text(code, kShortTextMax);
      if (text.empty()) continue;
      const catalogue::Attribute* attribute = measurement.FindAttribute(code);
      if (attribute == nullptr) {
        Error(code, {rule_id::kAttributeOfTheRow, absl::StrCat("the row does not ask for '", code, "'"),
                     "leave it empty here"});
      } else if (const auto fault = CheckAttribute(*attribute, text)) {
        Error(code, *fault);
      } else {
        observation().attributes.push_back({code, text});
      }
    }
  }

  // What may stand in a draft and not, as it is, in a published set.
  void WarnOfPublishing(const Measurement& measurement) {
    const Observation& o = observation();
    if (!o.value) return;
    if (o.match == DefinitionMatch::kProxy || o.match == DefinitionMatch::kApproximate) {
      Warning("match", {rule_id::kDepartureStated,
                        absl::StrCat("the match is ", Code(o.match), ": not quite what the definition asks"),
                        "publishing needs the departure stated in a note"});
    }
    const bool by_experts_only = measurement.source_kinds == std::vector<std::string>{"expert_review"};
    if (by_experts_only || o.source_kind == SourceKind::kExpertReview) {
      Warning("source_kind", {rule_id::kSelfRated, "the value comes from a review, and a city does not rate itself",
                              "leave it out, for it cannot be published with the city's set"});
    }
  }

  // The field as it stands in the file, without white space around it and what guards it from a spreadsheet; what is
  // kept where the file has no such column.
  absl::string_view Raw(absl::string_view column) const {
    if (const auto kept = kept_.find(column); kept != kept_.end()) return kept->second;
    return Unguarded(absl::StripAsciiWhitespace(context_.columns.Text(row_, column)));
  }

  // The field made fit to be signed; empty after an error.
  std::string Text(absl::string_view column, std::size_t characters_max, Lines lines = Lines::kOne) {
    if (column != "value" && IsFormulaFault(Raw(column))) {  // ReadNumber says it of a value
      Error(column, FormulaFault(Raw(column)));
      return "";
    }
    absl::StatusOr<std::string> text = CleanText(Raw(column), lines);
    if (!text.ok()) {
      Error(column, Explain(rule_id::kUnfitText, text.status().message()));
      return "";
    }
    const std::size_t count = CharacterCount(*text);
    if (count <= characters_max) return std::move(text).value();
    Error(column,
          {rule_id::kTextTooLong,
           absl::StrCat("the text has ", count, " characters, and ", characters_max, " are the most"), "shorten it"});
    return "";
  }

  std::string CellText() const {
    const absl::string_view cell = Raw("cell");
    const absl::string_view part = Raw("breakdown");
    const std::string text =
        cell.empty() ? absl::StrCat(Raw("measurement_id"), part.empty() ? "" : "#", part) : std::string(cell);
    return text.substr(0, text.size() <= kCellShownMax ? text.size() : 0);
  }

  void Error(absl::string_view column, Explanation fault) { result_.errors.push_back(Said(column, std::move(fault))); }
  void Warning(absl::string_view column, Explanation fault) {
    result_.warnings.push_back(Said(column, std::move(fault)));
  }
  Problem Said(absl::string_view column, Explanation fault) const {
    return {context_.input.file,    row_.row, std::string(column), where_, std::move(fault.rule), std::move(fault.what),
            std::move(fault.remedy)};
  }

  Observation& observation() { return result_.observation.observation; }

  static constexpr std::size_t kCellShownMax = 128;

  const RowContext& context_;
  const TableRow& row_;
  std::string where_;                                     // The cell, for messages.
  std::map<std::string, std::string, std::less<>> kept_;  // What stands, by columns that the file lacks.
  IndicatorRow result_;
};

}  // namespace

IndicatorRow ReadIndicatorRow(const RowContext& context, const TableRow& row) { return RowReader(context, row).Read(); }

}  // namespace hansa::node::domain
