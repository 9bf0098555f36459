#include "tests/fuzz/file_promises.h"

#include <string>

#include "node/catalogue/current.h"
#include "node/domain/indicator_csv.h"
#include "node/domain/set_limits.h"
#include "node/importing/reading_answer.h"
#include "node/spreadsheet/table_file.h"
#include "replication/check.h"

namespace hansa::fuzz {

void HoldFileToItsPromises(absl::string_view bytes) {
  const node::spreadsheet::TableFile file = node::spreadsheet::ReadTableFile(bytes, {});
  if (file.fault) HANSA_CHECK(!file.fault->what.empty() && !file.fault->remedy.empty());
  const auto again = node::importing::ReadAnswer(node::importing::AnswerOf(file));
  HANSA_CHECK(again.ok() && node::importing::AnswerOf(*again) == node::importing::AnswerOf(file));
  const auto content = node::domain::ReadIndicatorTable(node::catalogue::CurrentCatalogue(), file.table,
                                                        {.file = "file", .city = "Osan", .country = "KOR"});
  for (const auto* problems : {&content.errors, &content.warnings}) {
    HANSA_CHECK(problems->size() <= node::domain::kProblemsMax + 1);
    for (const node::domain::Problem& problem : *problems) {
      HANSA_CHECK(!problem.what.empty() && !problem.remedy.empty());
    }
  }
  if (!content.errors.empty()) return;
  for (const node::domain::YearlyObservation& row : content.accepted) {
    HANSA_CHECK(node::domain::CheckLimits(row.observation).ok());
    HANSA_CHECK(row.year >= node::domain::kYearMin && row.year <= node::domain::kYearMax);
  }
}

}  // namespace hansa::fuzz
