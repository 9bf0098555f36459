// Rows by chance: what a city could have published, with texts that files of every kind could lose.
#ifndef HANSA_TESTS_NODE_EXPORTS_DRAWN_ROWS_H_
#define HANSA_TESTS_NODE_EXPORTS_DRAWN_ROWS_H_

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "node/domain/text.h"
#include "tests/node/exports/rows.h"

namespace hansa::node::exports {

class Scribe {
 public:
  explicit Scribe(unsigned seed) : chance_(seed) {}

  std::size_t Below(std::size_t limit) { return std::uniform_int_distribution<std::size_t>(0, limit - 1)(chance_); }
  std::string Text(domain::Lines lines) {
    static const auto& pieces =
        *new std::vector<std::string>{"=", "+", "-", "@", "'",    "\"",      ",",        ";",     "\\",
                                      "a", "0", "%", "#", "NULL", "Ünïcode", "학습도시", "مدينة", "  "};
    std::string text;
    for (auto count = Below(5); count > 0; --count) text += pieces[Below(pieces.size())];
    if (lines == domain::Lines::kMany && Below(4) == 0) text += "\nsecond line";
    return hansa::testing::Must(domain::CleanText(text, lines));
  }

 private:
  std::mt19937 chance_;
};

inline void DrawAnswer(Scribe& scribe, const catalogue::Measurement& measurement, domain::Observation& o) {
  if (scribe.Below(5) == 0) {
    o.no_data_reason = absl::StrCat("because", scribe.Text(domain::Lines::kMany));
    return;
  }
  const bool whole = measurement.value_type == catalogue::ValueType::kInteger ||
                     measurement.value_type == catalogue::ValueType::kRating;
  const auto number = measurement.range.min + static_cast<std::int64_t>(scribe.Below(4));
  o.value = hansa::testing::Must(domain::Decimal::Parse(whole ? absl::StrCat(number) : absl::StrCat(number, ".70")));
  o.source_kind = *domain::ParseSourceKind(measurement.source_kinds[scribe.Below(measurement.source_kinds.size())]);
  o.unit = measurement.unit;
}

inline domain::Observation Drawn(Scribe& scribe, const catalogue::Cell& cell) {
  domain::Observation o;
  o.cell = cell.id;
  DrawAnswer(scribe, *cell.measurement, o);
  for (std::string* field : {&o.source, &o.supplier, &o.licence, &o.period, &o.area, &o.approved_by}) {
    *field = scribe.Text(domain::Lines::kOne);
  }
  o.derivation_note = scribe.Text(domain::Lines::kMany);
  o.note = scribe.Text(domain::Lines::kMany);
  o.level = static_cast<domain::AreaLevel>(scribe.Below(2));
  o.match = static_cast<domain::DefinitionMatch>(scribe.Below(5));
  if (scribe.Below(2) == 0) o.definition_language = "ko-KR";
  for (const std::string& code : TheCatalogue().attribute_codes()) {
    const catalogue::Attribute* attribute = cell.measurement->FindAttribute(code);
    if (attribute == nullptr || scribe.Below(3) == 0) continue;
    const bool is_year = attribute->type == catalogue::AttributeType::kYear;
    o.attributes.push_back({code, is_year ? "2021" : attribute->choices[scribe.Below(attribute->choices.size())]});
  }
  return o;
}

inline std::vector<ExportRow> DrawnRows(Scribe& scribe) {
  std::vector<ExportRow> rows;
  for (int year = 2019; year < 2022; ++year) {
    for (const catalogue::Cell& cell : TheCatalogue().cells()) {
      if (scribe.Below(2) == 0) continue;
      ExportRow row{"de-bonn", "Bonn", "DEU", "Europe and North America", "2013", year, 1, std::string(32, 'c'), {}};
      row.observation = Drawn(scribe, cell);
      rows.push_back(row);
    }
  }
  return rows;
}

}  // namespace hansa::node::exports

#endif  // HANSA_TESTS_NODE_EXPORTS_DRAWN_ROWS_H_
