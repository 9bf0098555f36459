#include "node/report/report_remarks.h"

#include <cstddef>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "node/domain/comparable.h"

namespace hansa::node::report {
namespace {

std::string WordingOf(const words::Words& words, absl::string_view language) {
  if (absl::StartsWith(language, "ko")) return words("the value follows the Korean wording");
  if (absl::StartsWith(language, "en")) return words("the value follows the English wording");
  return std::string(language);
}

}  // namespace

std::vector<Remark> RemarksOf(const ReportWriting& writing, const catalogue::Measurement& measurement,
                              const domain::Observation& observation) {
  const words::Words& words = writing.words;
  std::vector<Remark> remarks;
  const auto add = [&](std::string label, std::string text, bool own_words) {
    if (!text.empty()) remarks.push_back({std::move(label), std::move(text), own_words});
  };
  if (!observation.value) add(words("No data"), observation.no_data_reason, true);
  for (const domain::ObservationAttribute& attribute : observation.attributes) {
    const catalogue::Attribute* const known = measurement.FindAttribute(attribute.key);
    add(known == nullptr ? attribute.key : known->label.In(writing.language()), writing.ChoiceOf(attribute.value),
        false);
  }
  add(words("Departure from the definition"), writing.DepartureOf(observation), !observation.derivation_note.empty());
  if (observation.value && domain::LanguagesDiffer(measurement)) {
    add(words("Wording followed"), WordingOf(words, observation.definition_language), false);
  }
  add(words("Note"), observation.note, true);
  return remarks;
}

std::string YearsText(const std::vector<int>& years) {
  std::string text;
  for (std::size_t first = 0; first < years.size();) {
    std::size_t last = first;
    while (last + 1 < years.size() && years[last + 1] == years[last] + 1) ++last;
    absl::StrAppend(&text, text.empty() ? "" : ", ", years[first]);
    if (last > first) absl::StrAppend(&text, last > first + 1 ? "–" : ", ", years[last]);
    first = last + 1;
  }
  return text;
}

}  // namespace hansa::node::report
