// The framework, without any node.
#include <string>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "node/catalogue/coded.h"
#include "node/catalogue/current.h"
#include "node/cli/catalogue_texts.h"
#include "node/cli/command.h"
#include "node/cli/exit_code.h"
#include "node/cli/invocation.h"
#include "node/domain/suggestion.h"
#include "node/domain/text.h"

namespace hansa::node::cli {
namespace {

using catalogue::Catalogue;

absl::Status NoSuchRow(const Catalogue& all, const std::string& id) {
  std::vector<std::string> ids;
  for (const catalogue::Area& area : all.areas()) ids.push_back(area.id);
  for (const catalogue::Feature& feature : all.features()) ids.push_back(feature.id);
  for (const catalogue::Measurement& row : all.measurements()) ids.push_back(row.id);
  for (const catalogue::Cell& cell : all.cells()) ids.push_back(cell.id);
  const std::string nearest = domain::Nearest(id, ids);
  return absl::NotFoundError(absl::StrCat("nothing in the framework is called ", domain::Quoted(id), "; ",
                                          nearest.empty() ? std::string("`hansa catalogue` lists the features")
                                                          : absl::StrCat("did you mean ", nearest, "?")));
}

absl::StatusOr<int> ShowCatalogue(Invocation& invocation) {
  const Catalogue& all = catalogue::CurrentCatalogue();
  const CataloguePage page{all, invocation.language(), invocation.layout()};
  const std::string id = invocation.values().Text("ROW");
  if (!invocation.values().Has("ROW")) {
    invocation.Show(OverviewJson(all), OverviewText(page));
    return kDone;
  }
  const catalogue::Coded coded = catalogue::FindCoded(all, id);
  if (!std::holds_alternative<std::monostate>(coded)) {
    invocation.Show(CodedJson(all, coded), CodedText(page, coded));
    return kDone;
  }
  const catalogue::Measurement* row = all.FindMeasurement(id);
  const catalogue::Cell* cell = all.FindCell(id);
  if (row == nullptr && cell != nullptr) row = cell->measurement;
  if (row == nullptr) return NoSuchRow(all, id);
  invocation.Show(MeasurementJson(all, *row), MeasurementText(page, *row));
  return kDone;
}

}  // namespace

std::vector<Command> CatalogueCommands() {
  return {
      {.name = "catalogue",
       .summary = "the framework: features, measurements, definitions, units, checks",
       .details = "Needs no node. Where the languages of the framework say different things, both are shown "
                  "with the difference.",
       .example = "hansa catalogue 1.1.1 --lang ko",
       .arguments = {{"ROW",
                      "a part, area, feature, measurement or cell, or a commitment or action point such as BD1.2; all "
                      "features if left out",
                      Need::kOptional}},
       .run = ShowCatalogue},
  };
}

}  // namespace hansa::node::cli
