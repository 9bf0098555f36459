// What a city does for each feature of the framework, by whom and since when.
#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "hansa/v1/practices.pb.h"
#include "hansa/v1/strategies.pb.h"
#include "node/desk/framework_part.h"
#include "node/desk/linked_record.h"
#include "node/desk/practice_records.h"
#include "node/desk/strategy_desk.h"
#include "node/domain/text.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::desk {
namespace {

using projection::RecordView;

constexpr absl::string_view kListing = "listing what is done";

bool Names(const std::vector<std::string>& parts, const std::string& part) {
  return std::find(parts.begin(), parts.end(), part) != parts.end();
}

// Action points of a commitment, of one alone, or none.
std::vector<ChecklistRow> ActionRows(const catalogue::Catalogue& catalogue, const std::string& part) {
  std::vector<ChecklistRow> rows;
  for (const catalogue::Commitment& commitment : catalogue.commitments()) {
    for (const catalogue::ActionPoint& point : commitment.action_points) {
      if (part == commitment.id || part == point.id) rows.push_back({point.id, point.text.en, {}, {}});
    }
  }
  return rows;
}

// The features of a part, of an area, one alone, or all.
std::vector<ChecklistRow> FeatureRows(const catalogue::Catalogue& catalogue, absl::string_view part) {
  std::vector<ChecklistRow> rows;
  for (const catalogue::Feature& feature : catalogue.features()) {
    const bool is_in = part.empty() || feature.id == part || absl::StartsWith(feature.id, absl::StrCat(part, "."));
    if (is_in) rows.push_back({feature.id, feature.statement.en, {}, {}});
  }
  return rows;
}

absl::StatusOr<std::vector<ChecklistRow>> RowsOf(const catalogue::Catalogue& catalogue, absl::string_view part) {
  const std::string action = absl::AsciiStrToUpper(part);
  const bool is_action = absl::StartsWith(action, "BD");
  std::vector<ChecklistRow> rows = is_action ? ActionRows(catalogue, action) : FeatureRows(catalogue, part);
  if (!rows.empty()) return rows;
  HANSA_RETURN_IF_ERROR(is_action ? CheckAction(catalogue, action) : CheckFeature(catalogue, part));
  return absl::NotFoundError(absl::StrCat(kListing, ": there is no part ", domain::Quoted(part),
                                          " of the framework; `hansa catalogue` lists them"));
}

}  // namespace

absl::StatusOr<Checklist> StrategyDesk::ListChecklist(absl::string_view slug, absl::string_view part) const {
  const NodeView view = node_.View();
  const absl::StatusOr<const replication::MemberRecord*> city = MemberNamed(view, slug.empty() ? view.slug : slug);
  HANSA_RETURN_IF_ERROR(city.status());
  absl::StatusOr<std::vector<ChecklistRow>> rows = RowsOf(catalogue_, part);
  HANSA_RETURN_IF_ERROR(rows.status());
  Checklist list{(*city)->slug, *std::move(rows)};

  const absl::StatusOr<std::vector<RecordView>> strategies =
      views_.RecordsOf((*city)->number, replication::kStrategies);
  HANSA_RETURN_IF_ERROR(strategies.status());
  std::vector<ChecklistDeed> deeds;
  for (const RecordView& record : *strategies) {
    const absl::StatusOr<std::shared_ptr<v1::Strategy>> strategy = ReadStrategy(node_.feeds(), record.revisions.back());
    if (absl::IsDataLoss(strategy.status())) return strategy.status();
    if (!strategy.ok()) continue;
    ChecklistDeed& deed = deeds.emplace_back();
    deed.link = LinkTo(node_.feeds(), view, record);
    deed.strategy = Described(catalogue_, record.key.id, record.revisions.size(), **strategy);
    deed.responsible = (*strategy)->responsible();
    for (const v1::Organization& each : (*strategy)->participants()) deed.participants.push_back(each.name());
  }
  std::sort(deeds.begin(), deeds.end(),
            [](const ChecklistDeed& a, const ChecklistDeed& b) { return StandsBefore(a.strategy, b.strategy); });

  const absl::StatusOr<std::vector<RecordView>> practices = views_.RecordsOf((*city)->number, replication::kPractices);
  HANSA_RETURN_IF_ERROR(practices.status());
  struct About {
    LinkedRecord link;
    std::vector<std::string> parts;
  };
  std::vector<About> abouts;
  for (const RecordView& record : *practices) {
    const absl::StatusOr<std::shared_ptr<v1::Practice>> practice = ReadPractice(node_.feeds(), record.revisions.back());
    if (absl::IsDataLoss(practice.status())) return practice.status();
    if (!practice.ok()) continue;
    const v1::Subjects& subjects = (*practice)->subjects();
    About& about = abouts.emplace_back();
    about.link = LinkTo(node_.feeds(), view, record);
    about.parts.assign(subjects.features().begin(), subjects.features().end());
    about.parts.insert(about.parts.end(), subjects.action_points().begin(), subjects.action_points().end());
  }
  std::sort(abouts.begin(), abouts.end(), [](const About& a, const About& b) { return LinksBefore(a.link, b.link); });

  for (ChecklistRow& row : list.rows) {
    for (const ChecklistDeed& deed : deeds) {
      const StandingStrategy& strategy = deed.strategy;
      if (Names(strategy.features, row.part) || Names(strategy.actions, row.part)) row.deeds.push_back(deed);
    }
    for (const About& about : abouts) {
      if (Names(about.parts, row.part)) row.practices.push_back(about.link);
    }
  }
  return list;
}

}  // namespace hansa::node::desk
