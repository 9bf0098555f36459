#include "node/desk/year_sheet.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"

namespace hansa::node::desk {
namespace {

using domain::DefinitionMatch;
using domain::Observation;
using domain::Problem;

bool DepartsWithoutNote(const Observation& observation) {
  const bool departs =
      observation.match == DefinitionMatch::kProxy || observation.match == DefinitionMatch::kApproximate;
  return departs && observation.value && observation.note.empty() && observation.derivation_note.empty();
}

}  // namespace

const Observation* FindPublished(const YearSheet& sheet, absl::string_view cell) {
  const auto found = std::find_if(sheet.published.begin(), sheet.published.end(),
                                  [&](const Observation& o) { return o.cell == cell; });
  return found == sheet.published.end() ? nullptr : &*found;
}

const Observation* FindStanding(const YearSheet& sheet, absl::string_view cell) {
  const auto found = std::find_if(sheet.drafts.begin(), sheet.drafts.end(),
                                  [&](const Draft& draft) { return draft.observation.cell == cell; });
  return found == sheet.drafts.end() ? FindPublished(sheet, cell) : &found->observation;
}

std::vector<Draft> ChangedDrafts(const catalogue::Catalogue& catalogue, const YearSheet& sheet) {
  std::vector<Observation> changed;
  for (const Draft& draft : sheet.drafts) {
    const Observation* published = FindPublished(sheet, draft.observation.cell);
    if (published == nullptr || *published != draft.observation) {
      changed.push_back(draft.observation);
    }
  }
  domain::SortInCatalogueOrder(catalogue, changed);
  std::vector<Draft> drafts;
  drafts.reserve(changed.size());
  for (Observation& observation : changed) drafts.push_back({sheet.year, std::move(observation)});
  return drafts;
}

domain::IndicatorSet CompleteSet(const catalogue::Catalogue& catalogue, const YearSheet& sheet) {
  std::vector<Observation> all;
  all.reserve(sheet.drafts.size() + sheet.published.size());
  for (const Draft& draft : sheet.drafts) all.push_back(draft.observation);
  const std::size_t drafts = all.size();
  for (const Observation& published : sheet.published) {
    const auto end = all.begin() + static_cast<std::ptrdiff_t>(drafts);
    const bool overlaid =
        std::any_of(all.begin(), end, [&](const Observation& draft) { return draft.cell == published.cell; });
    if (!overlaid) all.push_back(published);
  }
  return domain::MakeIndicatorSet(catalogue, sheet.year, std::move(all));
}

domain::CheckReport CheckForPublishing(const catalogue::Catalogue& catalogue, const domain::IndicatorSet& set,
                                       int today_year) {
  domain::CheckReport report = domain::CheckIndicatorSet(catalogue, set, today_year);
  for (const Observation& observation : set.observations) {
    if (!DepartsWithoutNote(observation)) continue;
    const auto is_the_doubt = [&](const Problem& problem) {
      return problem.cell == observation.cell && problem.column == "note";
    };
    report.warnings.erase(std::remove_if(report.warnings.begin(), report.warnings.end(), is_the_doubt),
                          report.warnings.end());
    report.errors.push_back(
        {"", 0, "note", observation.cell,
         absl::StrCat("the match is ", domain::Code(observation.match), " and no note says what differs"),
         "state the departure from the definition in a note"});
  }
  return report;
}

}  // namespace hansa::node::desk
