#include "node/cli/indicator_words.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "hansa/v1/node.pb.h"
#include "node/catalogue/current.h"

namespace hansa::node::cli {

std::string NotesOf(const v1::IndicatorRow& row, const words::Words& words) {
  std::vector<std::string> parts;
  if (!row.note().empty()) parts.push_back(row.note());
  if (!row.derivation_note().empty()) parts.push_back(row.derivation_note());
  for (const v1::IndicatorAttribute& attribute : row.attributes()) {
    parts.push_back(absl::StrCat(attribute.key(), "=", attribute.value()));
  }
  if (!row.match().empty() && row.match() != "exact") {
    parts.push_back(words("definition: {0}", words(row.match())));
  }
  return absl::StrJoin(parts, "; ");
}

std::string ValueOf(const v1::IndicatorRow& row, const words::Words& words) {
  if (row.has_value()) return row.value();
  return row.no_data_reason().empty() ? words("not reported") : words("no data: {0}", row.no_data_reason());
}

std::string UnitOf(const std::string& id, const words::Words& words) {
  const catalogue::Unit* const unit = catalogue::CurrentCatalogue().FindUnit(id);
  return unit == nullptr ? id : unit->display.In(words::LanguageTag(words.language()));
}

std::string SourceOf(const v1::IndicatorRow& row, const words::Words& words) {
  const std::string source =
      row.source_kind().empty() ? row.source() : absl::StrCat(words(row.source_kind()), ": ", row.source());
  return row.word_of().empty() ? source : absl::StrCat(source, "; ", words.Translated(row.word_of()));
}

std::string PeriodOf(const v1::IndicatorRow& row) {
  return row.period().empty() ? absl::StrCat(row.year()) : row.period();
}

}  // namespace hansa::node::cli
