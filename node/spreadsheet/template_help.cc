#include "node/spreadsheet/template_help.h"

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "node/spreadsheet/indicator_template.h"
#include "node/spreadsheet/template_rows.h"
#include "node/spreadsheet/template_words.h"

namespace hansa::node::spreadsheet {
namespace {

// Writes lines of two cells, one under the other.
class HelpMaker {
 public:
  HelpMaker(const TemplateRequest& request, Sheet sheet)
      : catalogue_(request.catalogue),
        asked_(request.language),
        language_(TemplateLanguage(request.language)),
        sheet_(sheet) {}

  void Make() {
    sheet_.Width(1, 24);
    sheet_.Width(2, 34);
    sheet_.Width(3, 90);
    Heading(Words().how_to);
    if (!HasTemplateTexts(asked_)) Line(asked_, "", In(Words().other_language));
    for (const NamedCode& topic : HelpTopics()) Line(topic.code, In(topic.label), In(topic.meaning));
    Heading(Words().columns);
    for (const TemplateColumn& column : TemplateColumns(catalogue_)) {
      Line(column.code, In(column.label), AttributeMeaning(column));
    }
    Codes("source_kind", Sources());
    Codes("match", MatchCodes());
    Codes("level", LevelCodes());
    Codes("unit", Units());
    Scales();
    sheet_.Print({});
  }

 private:
  const std::string& In(const Text& text) const { return text.In(language_); }

  void Heading(const Text& text) {
    if (row_ > 0) ++row_;
    ++row_;
    for (const std::int64_t column : {1, 2, 3}) {
      sheet_.Text({row_, column}, column == 1 ? In(text) : "", Style::kHeader);
    }
  }

  void Line(absl::string_view code, absl::string_view label, absl::string_view meaning) {
    ++row_;
    sheet_.Text({row_, 1}, code, Style::kReference);
    sheet_.Text({row_, 2}, label, Style::kReference);
    sheet_.Text({row_, 3}, meaning, Style::kReference);
  }

  void Codes(absl::string_view column, const std::vector<NamedCode>& codes) {
    Heading({absl::StrCat(Words().codes_of.en, " '", column, "'"), absl::StrCat(Words().codes_of.ko, " ", column)});
    for (const NamedCode& code : codes) Line(code.code, In(code.label), In(code.meaning));
  }

  // What an attribute asks, and its codes with their names.
  std::string AttributeMeaning(const TemplateColumn& column) const {
    if (column.use != ColumnUse::kAttribute) return In(column.meaning);
    std::vector<std::string> lines = {In(column.meaning)};
    for (const catalogue::Measurement& measurement : catalogue_.measurements()) {
      const catalogue::Attribute* const attribute = measurement.FindAttribute(column.code);
      if (attribute == nullptr) continue;
      if (attribute->type == catalogue::AttributeType::kYear) lines.push_back(In(Words().four_digits));
      for (const std::string& choice : attribute->choices) lines.push_back(ChoiceLine(choice, language_));
      break;
    }
    return absl::StrJoin(lines, "\n");
  }

  std::vector<NamedCode> Sources() const {
    std::vector<NamedCode> codes;
    for (const catalogue::SourceKindLabel& kind : catalogue_.source_kinds()) {
      const bool by_experts = kind.code == "expert_review";
      codes.push_back({kind.code, kind.label, by_experts ? Words().by_experts : Text{}});
    }
    return codes;
  }

  std::vector<NamedCode> Units() const {
    std::vector<NamedCode> codes;
    for (const catalogue::Unit& unit : catalogue_.units()) codes.push_back({unit.id, unit.display, {}});
    return codes;
  }

  // The words of each scale, best first as the framework prints them.
  void Scales() {
    for (const catalogue::Scale& scale : catalogue_.scales()) {
      Heading({absl::StrCat(Words().scale.en, " ", scale.id), absl::StrCat(Words().scale.ko, " ", scale.id)});
      for (const catalogue::ScalePoint& point : scale.points) Line(absl::StrCat(point.value), In(point.label), "");
    }
  }

  const catalogue::Catalogue& catalogue_;
  const absl::string_view asked_;
  const absl::string_view language_;
  Sheet sheet_;
  std::int64_t row_ = 0;
};

}  // namespace

void WriteTemplateHelp(const TemplateRequest& request, WorkbookWriter& workbook) {
  HelpMaker(request, workbook.AddSheet(Words().help_sheet.In(TemplateLanguage(request.language)))).Make();
}

}  // namespace hansa::node::spreadsheet
