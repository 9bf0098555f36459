#include "node/desk/learn_desk.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <variant>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "node/desk/framework_part.h"
#include "node/desk/offer_desk.h"
#include "node/desk/standing_texts.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::desk {
namespace {

using replication::MemberRecord;

LearntRecord LinkTo(const StandingText& standing, const MemberRecord& member) {
  return {standing.key,           member.slug,      standing.text.kind, standing.text.title,
          standing.text.language, standing.revision};
}

// Records with what they are sorted by.
class Sorted {
 public:
  // By the first key, then by the second, then by member and id.
  void Add(std::string first, std::string second, LearntRecord record) {
    rows_.emplace(std::tuple(std::move(first), std::move(second), record.member, record.key), std::move(record));
  }
  std::vector<LearntRecord> Take() {
    std::vector<LearntRecord> records;
    for (auto& [keys, record] : rows_) records.push_back(std::move(record));
    return records;
  }

 private:
  std::map<std::tuple<std::string, std::string, std::string, projection::RecordKey>, LearntRecord> rows_;
};

bool HaveOneInCommon(const std::vector<std::string>& some, const std::vector<std::string>& others) {
  return std::any_of(some.begin(), some.end(), [&](const std::string& each) {
    return std::find(others.begin(), others.end(), each) != others.end();
  });
}

// Days as keys; what has none comes last.
std::string DayKey(const std::string& day) { return day.empty() ? "~" : day; }

}  // namespace

bool LearnDesk::Part::IsAboutIt(const StandingText& standing) const {
  return HaveOneInCommon(standing.text.features, subjects.features) ||
         HaveOneInCommon(standing.text.actions, subjects.actions);
}

absl::StatusOr<LearnDesk::Part> LearnDesk::PartNamed(absl::string_view part) const {
  const catalogue::Coded coded = catalogue::FindCoded(catalogue_, part);
  if (std::holds_alternative<std::monostate>(coded)) {
    const std::string code = absl::AsciiStrToUpper(part);
    return absl::StartsWith(code, "BD") ? CheckAction(catalogue_, code) : CheckFeature(catalogue_, part);
  }
  return Part{catalogue::IdOf(coded), catalogue::NameOf(coded).en, catalogue::SubjectsOf(catalogue_, coded)};
}

// What stands in the city's own sets; the words of surveys and experts are with the indicators.
absl::Status LearnDesk::AddSeries(const replication::Roster& roster, const Part& part, replication::Member member,
                                  LearntCity& city) const {
  if (part.subjects.features.empty()) return absl::OkStatus();
  absl::StatusOr<std::vector<projection::PublishedObservation>> rows = views_.ObservationsOf(
      roster, {.member = member, .year = std::nullopt, .cell = std::nullopt, .standing = projection::Standing::kInSet});
  HANSA_RETURN_IF_ERROR(rows.status());
  std::map<std::size_t, LearntSeries> by_cell;
  for (projection::PublishedObservation& row : *rows) {
    const catalogue::Cell* cell = catalogue_.FindCell(row.observation.cell);
    if (cell == nullptr || !row.observation.value ||
        !HaveOneInCommon({cell->measurement->feature}, part.subjects.features))
      continue;
    LearntSeries& series = by_cell[cell->position];
    series.cell = cell->id;
    series.unit = row.observation.unit;
    series.points.push_back({row.subject.year, std::move(row.observation), row.revision});
  }
  for (auto& [position, series] : by_cell) {
    const catalogue::Measurement& measurement = *catalogue_.cells()[position].measurement;
    series.points = domain::SeriesOf(measurement, std::move(series.points)).points;
    city.series.push_back(std::move(series));
  }
  return absl::OkStatus();
}

absl::StatusOr<Learnt> LearnDesk::About(absl::string_view asked, Muting muting) const {
  const absl::StatusOr<Part> part = PartNamed(asked);
  HANSA_RETURN_IF_ERROR(part.status());
  const NodeView view = node_.View();
  const auto& members = view.roster->state().members;
  const absl::StatusOr<std::vector<ListedOffer>> open = offers_.List("", "open");
  HANSA_RETURN_IF_ERROR(open.status());
  std::set<std::pair<std::string, replication::RecordId>> can_be_taken_up;
  for (const ListedOffer& offer : *open) can_be_taken_up.emplace(offer.member, offer.id);
  const absl::StatusOr<std::vector<StandingText>> texts =
      StandingTexts(views_, node_.feeds(), view,
                    {replication::kPractices, replication::kOffers, replication::kDialogue, replication::kNotices,
                     replication::kStrategies});
  HANSA_RETURN_IF_ERROR(texts.status());
  const absl::StatusOr<std::set<replication::Member>> left_out = LeftOutHere(node_, muting);
  HANSA_RETURN_IF_ERROR(left_out.status());
  const std::string today = day_everywhere_();
  Sorted practices, offers, opportunities, guidance, dialogue;
  std::map<std::pair<std::string, std::string>, std::pair<replication::Member, Sorted>> cities;  // by name and slug
  std::size_t muted = 0;
  for (const StandingText& standing : *texts) {
    if (!part->IsAboutIt(standing)) continue;
    if (left_out->contains(standing.key.member)) {
      ++muted;
      continue;
    }
    const MemberRecord& member = members.at(standing.key.member);
    const search::RecordText& text = standing.text;
    LearntRecord link = LinkTo(standing, member);
    if (text.kind == "practice") {
      practices.Add(member.name, text.title, std::move(link));
    } else if (text.kind == "strategy") {
      auto& city = cities[{member.name, member.slug}];
      city.first = member.number;
      city.second.Add(DayKey(text.first_day), text.title, std::move(link));
    } else if (text.kind == "offer" && can_be_taken_up.contains({member.slug, standing.key.id})) {
      offers.Add(member.name, text.title, std::move(link));
    } else if (text.kind == "opportunity" && (text.last_day.empty() || text.last_day >= today)) {
      opportunities.Add(DayKey(text.first_day), text.title, std::move(link));
    } else if (text.kind == "guidance") {
      guidance.Add(text.title, "", std::move(link));
    } else if (text.kind == "topic" || text.kind == "question") {
      dialogue.Add(text.title, "", std::move(link));
    }
  }
  Learnt learnt{part->asked,          part->name,      practices.Take(), {},   offers.Take(),
                opportunities.Take(), guidance.Take(), dialogue.Take(),  muted};
  for (auto& [called, deeds] : cities) {
    LearntCity city{called.second, called.first, deeds.second.Take(), {}};
    HANSA_RETURN_IF_ERROR(AddSeries(*view.roster, *part, deeds.first, city));
    learnt.cities.push_back(std::move(city));
  }
  return learnt;
}

}  // namespace hansa::node::desk
