#include "node/summary/summary_comparison.h"

#include <cstdint>
#include <map>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "node/domain/observation.h"

namespace hansa::node::summary {
namespace {

// What a figure stands under.
using Place = std::tuple<std::string, domain::Grounds, std::string>;

Place PlaceOf(const PublishedCell& cell) { return {cell.cell, cell.group, cell.region}; }

// '1.1.1/adult-literacy-rate#total (official_data, ko, Africa)'. Of cells and of choices.
template <typename Figures>
std::string NameOf(const Figures& cell) {
  std::vector<std::string> parts;
  for (const absl::string_view part : {domain::Code(cell.group.source_kind), absl::string_view(cell.group.language),
                                       domain::Code(cell.group.departure), absl::string_view(cell.region)}) {
    if (!part.empty()) parts.emplace_back(part);
  }
  return parts.empty() ? cell.cell : absl::StrCat(cell.cell, " (", absl::StrJoin(parts, ", "), ")");
}

// Collects sentences about one thing after the other.
class Findings {
 public:
  // Empty: the whole summary.
  void About(std::string where) { where_ = std::move(where); }
  void Say(absl::string_view sentence) {
    if (said_.size() == kDifferencesMax) return;
    said_.push_back(where_.empty() ? std::string(sentence) : absl::StrCat(where_, ": ", sentence));
  }
  void Compare(absl::string_view what, const std::string& published, const std::string& computed) {
    if (published == computed) return;
    constexpr absl::string_view kNone = "no figure";
    Say(absl::StrCat(what, " was published as ", published.empty() ? kNone : published, ", and the feeds give ",
                     computed.empty() ? kNone : computed));
  }
  void Compare(absl::string_view what, std::uint64_t published, std::uint64_t computed) {
    Compare(what, absl::StrCat(published), absl::StrCat(computed));
  }
  std::vector<std::string> said() && { return std::move(said_); }

 private:
  std::string where_;
  std::vector<std::string> said_;
};

template <typename Figures>
void CompareWithheld(const Figures& published, const Figures& computed, Findings& findings) {
  if (published.withheld && !computed.withheld) findings.Say("it was withheld, and the cities are enough to give it");
  if (!published.withheld && computed.withheld) findings.Say("it was given, and the cities are too few for it");
}

void CompareLevels(const PublishedCell& published, const PublishedCell& computed, Findings& findings) {
  std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> levels;
  for (const PublishedLevel& level : published.levels) levels[level.level].first += level.count;
  for (const PublishedLevel& level : computed.levels) levels[level.level].second += level.count;
  for (const auto& [level, counts] : levels) {
    findings.Compare(absl::StrCat("the number of ratings at level ", level), counts.first, counts.second);
  }
}

void CompareCell(const PublishedCell& published, const PublishedCell& computed, Findings& findings) {
  findings.About(NameOf(computed));
  findings.Compare("the number of cities", published.n, computed.n);
  CompareWithheld(published, computed, findings);
  findings.Compare("the first quartile", published.spread.q1, computed.spread.q1);
  findings.Compare("the median", published.spread.median, computed.spread.median);
  findings.Compare("the third quartile", published.spread.q3, computed.spread.q3);
  findings.Compare("the mean", published.spread.mean, computed.spread.mean);
  CompareLevels(published, computed, findings);
  findings.Compare("the number of cities that moved up", published.movement.up, computed.movement.up);
  findings.Compare("the number of cities that moved down", published.movement.down, computed.movement.down);
  findings.Compare("the number of cities that stayed the same", published.movement.same, computed.movement.same);
  findings.Compare("the number of cities without data", published.no_data, computed.no_data);
}

void CompareCells(const PublishedSummary& published, const PublishedSummary& computed, Findings& findings) {
  std::map<Place, const PublishedCell*> found;
  for (const PublishedCell& cell : published.cells) {
    const bool is_new = found.emplace(PlaceOf(cell), &cell).second;
    findings.About(NameOf(cell));
    if (!is_new) findings.Say("it stands there twice");
  }
  for (const PublishedCell& cell : computed.cells) {
    const auto at = found.find(PlaceOf(cell));
    if (at == found.end()) {
      findings.About(NameOf(cell));
      findings.Say("the feeds give figures, and none were published");
    } else {
      CompareCell(*at->second, cell, findings);
      found.erase(at);
    }
  }
  for (const auto& [place, cell] : found) {
    findings.About(NameOf(*cell));
    findings.Say("figures were published, and the feeds give none");
  }
}

// What choices stand under: cell, attribute, group and region.
using ChoicesPlace = std::tuple<std::string, std::string, domain::Grounds, std::string>;

void CompareChoices(const PublishedSummary& published, const PublishedSummary& computed, Findings& findings) {
  std::map<ChoicesPlace, std::pair<PublishedChoices, PublishedChoices>> all;
  const auto place = [](const PublishedChoices& choices) {
    return ChoicesPlace(choices.cell, choices.attribute, choices.group, choices.region);
  };
  for (const PublishedChoices& choices : published.choices) all[place(choices)].first = choices;
  for (const PublishedChoices& choices : computed.choices) all[place(choices)].second = choices;
  for (const auto& [key, both] : all) {
    const auto& [first, second] = both;
    const std::string& attribute = std::get<1>(key);
    findings.About(NameOf(first.cell.empty() ? second : first));
    findings.Compare(absl::StrCat("the number of cities that answered ", attribute), first.n, second.n);
    CompareWithheld(first, second, findings);
    std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> counts;
    for (const PublishedChoice& choice : first.choices) counts[choice.choice].first += choice.count;
    for (const PublishedChoice& choice : second.choices) counts[choice.choice].second += choice.count;
    for (const auto& [choice, count] : counts) {
      findings.Compare(absl::StrCat("the number of cities that answered ", attribute, " with ", choice), count.first,
                       count.second);
    }
  }
}

void CompareRegions(const PublishedSummary& published, const PublishedSummary& computed, Findings& findings) {
  std::map<std::string, std::pair<PublishedRegion, PublishedRegion>> regions;
  for (const PublishedRegion& region : published.regions) regions[region.region].first = region;
  for (const PublishedRegion& region : computed.regions) regions[region.region].second = region;
  for (const auto& [name, counts] : regions) {
    findings.About(name);
    findings.Compare("the number of cities", counts.first.members, counts.second.members);
    findings.Compare("the number of cities that reported", counts.first.reporting, counts.second.reporting);
  }
}

}  // namespace

std::vector<std::string> DifferencesOf(const PublishedSummary& published, const PublishedSummary& computed) {
  Findings findings;
  if (published.inputs_digest != InputsDigest(published.inputs)) {
    findings.Say("the digest of what was read is not that of the feeds it names");
  }
  findings.Compare("the number of cities", published.members, computed.members);
  findings.Compare("the number of cities that reported", published.reporting, computed.reporting);
  CompareRegions(published, computed, findings);
  CompareCells(published, computed, findings);
  // A version that counted no choices published none.
  const bool has_choices = published.counts_choices || !published.choices.empty();
  if (has_choices) CompareChoices(published, computed, findings);
  std::vector<std::string> said = std::move(findings).said();
  const bool same = published.cells == computed.cells && published.regions == computed.regions &&
                    (!has_choices || published.choices == computed.choices);
  if (said.empty() && !same) said.emplace_back("the figures do not stand in the order of the catalogue");
  return said;
}

}  // namespace hansa::node::summary
