#include "node/summary/published_summary.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hansa/v1/aggregates.pb.h"
#include "node/domain/observation.h"
#include "replication/check.h"
#include "replication/crypto.h"
#include "replication/statement.h"

namespace hansa::node::summary {
namespace {

using replication::Hash;

constexpr char kInputsTag[] = "hansa/inputs/1";

static_assert(v1::SOURCE_KIND_EXPERT_REVIEW == static_cast<int>(domain::SourceKind::kExpertReview));
static_assert(v1::DEFINITION_MATCH_APPROXIMATE == static_cast<int>(domain::DefinitionMatch::kApproximate));

template <typename Number>
std::uint32_t Small(Number number) {
  return static_cast<std::uint32_t>(number);
}

// As the record writes it.
std::uint32_t Written(replication::Incarnation incarnation) {
  return incarnation.value() <= 1 ? 0 : incarnation.value();
}

// Rounded up.
std::size_t Divided(std::size_t size, std::size_t by) { return (size + by - 1) / by; }

// The items of part `part`, from 0.
template <typename Item>
absl::Span<const Item> Share(absl::Span<const Item> items, std::size_t part, std::size_t size) {
  return part * size < items.size() ? items.subspan(part * size, size) : absl::Span<const Item>();
}

void Put(const domain::Grounds& group, const std::string& region, v1::NetworkSummary::Group& out) {
  out.set_source_kind(static_cast<v1::SourceKind>(group.source_kind));
  out.set_language(group.language);
  out.set_match(static_cast<v1::DefinitionMatch>(group.departure));
  out.set_region(region);
}

domain::Grounds GroupIn(const v1::NetworkSummary::Group& in) {
  return {static_cast<domain::SourceKind>(in.source_kind()), in.language(),
          static_cast<domain::DefinitionMatch>(in.match())};
}

void Put(const PublishedCell& cell, v1::NetworkSummary::Cell& out) {
  out.set_cell(cell.cell);
  Put(cell.group, cell.region, *out.mutable_group());
  out.set_n(Small(cell.n));
  out.set_withheld(cell.withheld);
  out.set_q1(cell.spread.q1);
  out.set_median(cell.spread.median);
  out.set_q3(cell.spread.q3);
  out.set_mean(cell.spread.mean);
  for (const PublishedLevel& level : cell.levels) {
    v1::NetworkSummary::Level& counted = *out.add_levels();
    counted.set_level(level.level);
    counted.set_count(Small(level.count));
  }
  out.set_moved_up(Small(cell.movement.up));
  out.set_moved_down(Small(cell.movement.down));
  out.set_stayed(Small(cell.movement.same));
  out.set_no_data(Small(cell.no_data));
}

PublishedCell CellIn(const v1::NetworkSummary::Cell& in) {
  PublishedCell cell;
  cell.cell = in.cell();
  cell.group = GroupIn(in.group());
  cell.region = in.group().region();
  cell.n = in.n();
  cell.withheld = in.withheld();
  cell.spread = {in.q1(), in.median(), in.q3(), in.mean()};
  for (const v1::NetworkSummary::Level& level : in.levels()) cell.levels.push_back({level.level(), level.count()});
  cell.movement = {.up = in.moved_up(), .same = in.stayed(), .down = in.moved_down()};
  cell.no_data = in.no_data();
  return cell;
}

void Put(const PublishedChoices& choices, v1::NetworkSummary::Choices& out) {
  out.set_cell(choices.cell);
  Put(choices.group, choices.region, *out.mutable_group());
  out.set_attribute(choices.attribute);
  out.set_n(Small(choices.n));
  out.set_withheld(choices.withheld);
  for (const PublishedChoice& choice : choices.choices) {
    v1::NetworkSummary::Choice& counted = *out.add_choices();
    counted.set_choice(choice.choice);
    counted.set_count(Small(choice.count));
  }
}

PublishedChoices ChoicesIn(const v1::NetworkSummary::Choices& in) {
  PublishedChoices choices{in.cell(), GroupIn(in.group()), in.group().region(), in.attribute(), in.n(), in.withheld(),
                           {}};
  for (const v1::NetworkSummary::Choice& choice : in.choices()) {
    choices.choices.push_back({choice.choice(), choice.count()});
  }
  return choices;
}

// A newer version may know more kinds.
bool IsKnown(const v1::NetworkSummary::Group& group) {
  return v1::SourceKind_IsValid(group.source_kind()) && v1::DefinitionMatch_IsValid(group.match());
}

// Everything but inputs, cells and choices.
v1::NetworkSummary HeadOf(const PublishedSummary& summary) {
  v1::NetworkSummary head;
  head.set_year(Small(summary.year));
  head.set_framework_id(summary.framework_id);
  head.set_framework_version(summary.framework_version);
  head.set_catalogue_sha256(summary.catalogue_sha256.str());
  head.mutable_roster()->set_root_version(summary.roster.root_version);
  head.mutable_roster()->set_length(summary.roster.len.value());
  head.mutable_roster()->set_head(summary.roster.head.str());
  head.set_inputs_digest(summary.inputs_digest.str());
  head.set_minimum(Small(summary.minimum));
  head.set_members(Small(summary.members));
  head.set_reporting(Small(summary.reporting));
  for (const PublishedRegion& region : summary.regions) {
    v1::NetworkSummary::RegionCount& out = *head.add_regions();
    out.set_region(region.region);
    out.set_members(Small(region.members));
    out.set_reporting(Small(region.reporting));
  }
  head.set_counts_choices(summary.counts_choices);
  return head;
}

PublishedSummary HeadIn(const v1::NetworkSummary& in) {
  PublishedSummary summary;
  summary.year = static_cast<int>(in.year());
  summary.framework_id = in.framework_id();
  summary.framework_version = in.framework_version();
  summary.catalogue_sha256 = Hash::From(in.catalogue_sha256()).value_or(Hash());
  summary.roster = {in.roster().root_version(), replication::Sequence(in.roster().length()),
                    Hash::From(in.roster().head()).value_or(Hash())};
  summary.inputs_digest = Hash::From(in.inputs_digest()).value_or(Hash());
  summary.minimum = in.minimum();
  summary.members = in.members();
  summary.reporting = in.reporting();
  for (const v1::NetworkSummary::RegionCount& region : in.regions()) {
    summary.regions.push_back({region.region(), region.members(), region.reporting()});
  }
  summary.counts_choices = in.counts_choices();
  return summary;
}

std::map<replication::Collection, std::vector<Input>> ByCollection(const std::vector<Input>& inputs) {
  std::map<replication::Collection, std::vector<Input>> by;
  for (const Input& input : inputs) by[input.collection].push_back(input);
  return by;
}

void AddInputs(const v1::NetworkSummary& part, std::vector<Input>& inputs) {
  for (const v1::NetworkSummary::Inputs& of : part.inputs()) {
    for (const v1::NetworkSummary::Input& feed : of.feeds()) {
      inputs.push_back({replication::Collection(static_cast<std::uint16_t>(of.collection())),
                        replication::Member(feed.member()),
                        replication::Incarnation(std::max<std::uint32_t>(feed.incarnation(), 1)),
                        replication::Sequence(feed.length())});
    }
  }
}

bool AreOfOneFeed(const Input& a, const Input& b) {
  return std::tie(a.collection, a.member, a.incarnation) == std::tie(b.collection, b.member, b.incarnation);
}

}  // namespace

Hash InputsDigest(absl::Span<const Input> inputs) {
  replication::ByteWriter writer;
  for (const Input& input : inputs) {
    writer.U16(input.collection.value()).U32(input.member.value()).U32(Written(input.incarnation));
    writer.U64(input.len.value());
  }
  return replication::SodiumCrypto().Sha256(replication::Tagged(kInputsTag, writer.bytes()));
}

std::vector<PublishedCell> PublishedCellsOf(const catalogue::Catalogue& catalogue, const catalogue::Cell& cell,
                                            absl::Span<const RegionFigures> regions) {
  const catalogue::Scale* const scale = catalogue.FindScale(cell.measurement->scale);
  std::set<int> points;  // of the scale, ascending, as CellSummary counts them
  for (std::size_t i = 0; scale != nullptr && i < scale->points.size(); ++i) points.insert(scale->points[i].value);
  std::map<std::pair<domain::Grounds, std::string>, PublishedCell> cells;
  const auto add = [&](const domain::Grounds& group, const std::string& region) -> PublishedCell& {
    PublishedCell& added = cells[{group, region}];
    added.cell = cell.id;
    added.group = group;
    added.region = region;
    return added;
  };
  for (const RegionFigures& figures : regions) {
    for (const CellSummary& of : figures.groups) {
      PublishedCell& added = add(of.group, figures.region);
      added.n = of.n;
      added.withheld = of.withheld;
      if (of.withheld) continue;
      added.spread = of.spread;
      if (!of.movement_withheld) added.movement = of.movement;
      for (std::size_t i = 0; !of.levels.empty() && i < scale->points.size(); ++i) {
        const int point = scale->points[i].value;
        const auto place = static_cast<std::size_t>(std::distance(points.begin(), points.find(point)));
        added.levels.push_back({absl::StrCat(point), of.levels.at(place)});
      }
    }
    if (figures.no_data == 0) continue;
    PublishedCell& added = add(domain::Grounds(), figures.region);
    if (!added.withheld) added.no_data = figures.no_data;
  }
  std::vector<PublishedCell> published;
  published.reserve(cells.size());
  for (auto& [key, each] : cells) published.push_back(std::move(each));
  return published;
}

std::vector<PublishedChoices> PublishedChoicesOf(const catalogue::Cell& cell, absl::Span<const RegionFigures> regions) {
  std::vector<PublishedChoices> published;
  for (const catalogue::Attribute& attribute : cell.measurement->attributes) {
    std::map<std::pair<domain::Grounds, std::string>, PublishedChoices> of_attribute;
    for (const RegionFigures& figures : regions) {
      for (const CellSummary& group : figures.groups) {
        for (const AttributeCounts& counts : group.attributes) {
          if (counts.attribute != attribute.code) continue;
          PublishedChoices& added = of_attribute[{group.group, figures.region}];
          added = {cell.id, group.group, figures.region, attribute.code, counts.n, counts.withheld, {}};
          for (std::size_t i = 0; i < counts.counts.size(); ++i) {
            added.choices.push_back({attribute.choices.at(i), counts.counts[i]});
          }
        }
      }
    }
    for (auto& [key, choices] : of_attribute) published.push_back(std::move(choices));
  }
  return published;
}

std::vector<v1::NetworkSummary> PartsOf(const PublishedSummary& summary) {
  const std::map<replication::Collection, std::vector<Input>> inputs = ByCollection(summary.inputs);
  std::size_t count = std::max<std::size_t>(Divided(summary.cells.size(), kCellsPerPart), 1);
  count = std::max(count, Divided(summary.choices.size(), kChoicesPerPart));
  for (const auto& [collection, of] : inputs) count = std::max(count, Divided(of.size(), kFeedsPerPart));
  std::vector<v1::NetworkSummary> parts(count, HeadOf(summary));
  for (std::size_t i = 0; i < count; ++i) {
    v1::NetworkSummary& part = parts[i];
    if (count > 1) {
      part.set_part(Small(i + 1));
      part.set_parts(Small(count));
    }
    for (const auto& [collection, of] : inputs) {
      const absl::Span<const Input> share = Share<Input>(of, i, kFeedsPerPart);
      if (share.empty()) continue;
      v1::NetworkSummary::Inputs& out = *part.add_inputs();
      out.set_collection(collection.value());
      for (const Input& input : share) {
        v1::NetworkSummary::Input& feed = *out.add_feeds();
        feed.set_member(input.member.value());
        feed.set_incarnation(Written(input.incarnation));
        feed.set_length(input.len.value());
      }
    }
    for (const PublishedCell& cell : Share<PublishedCell>(summary.cells, i, kCellsPerPart)) {
      Put(cell, *part.add_cells());
    }
    for (const PublishedChoices& choices : Share<PublishedChoices>(summary.choices, i, kChoicesPerPart)) {
      Put(choices, *part.add_choices());
    }
  }
  return parts;
}

absl::StatusOr<PublishedSummary> SummaryIn(absl::Span<const v1::NetworkSummary> parts) {
  const auto unfit = [](absl::string_view why) {
    return absl::InvalidArgumentError(absl::StrCat("its records do not make one summary: ", why));
  };
  std::map<std::uint32_t, const v1::NetworkSummary*> by_number;
  for (const v1::NetworkSummary& part : parts) by_number.emplace(std::max(part.part(), 1u), &part);
  if (by_number.empty()) return unfit("there is none");
  const std::uint32_t count = std::max(by_number.begin()->second->parts(), 1u);
  if (by_number.size() != parts.size()) return unfit("a part stands there twice");
  if (count != parts.size() || by_number.rbegin()->first != count) {
    return unfit(absl::StrCat("it has ", count, " parts, and ", parts.size(), " are held"));
  }
  PublishedSummary summary = HeadIn(*by_number.begin()->second);
  const PublishedSummary head = summary;
  for (const auto& [number, part] : by_number) {
    const bool agrees = HeadIn(*part) == head && std::max(part->parts(), 1u) == count;
    if (!agrees) return unfit(absl::StrCat("part ", number, " is of another summary than part 1"));
    AddInputs(*part, summary.inputs);
    for (const v1::NetworkSummary::Cell& cell : part->cells()) {
      if (!IsKnown(cell.group())) return unfit("it has groups that only a newer version knows");
      summary.cells.push_back(CellIn(cell));
    }
    for (const v1::NetworkSummary::Choices& choices : part->choices()) {
      if (!IsKnown(choices.group())) return unfit("it has groups that only a newer version knows");
      summary.choices.push_back(ChoicesIn(choices));
    }
  }
  std::sort(summary.inputs.begin(), summary.inputs.end());
  const auto twice = std::adjacent_find(summary.inputs.begin(), summary.inputs.end(), AreOfOneFeed);
  if (twice != summary.inputs.end()) return unfit("a feed is named twice");
  return summary;
}

}  // namespace hansa::node::summary
