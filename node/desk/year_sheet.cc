#include "node/desk/year_sheet.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace hansa::node::desk {
namespace {

using domain::Observation;

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

std::vector<ChangedAnswer> ChangedAnswers(const catalogue::Catalogue& catalogue, const YearSheet& sheet) {
  std::vector<ChangedAnswer> answers;
  for (Draft& draft : ChangedDrafts(catalogue, sheet)) {
    const Observation* published = FindPublished(sheet, draft.observation.cell);
    if (published != nullptr) answers.push_back({sheet.year, *published, std::move(draft.observation)});
  }
  return answers;
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

}  // namespace hansa::node::desk
