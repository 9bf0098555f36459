#include "node/desk/report_desk.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "node/catalogue/current.h"
#include "node/desk/city_office.h"
#include "node/desk/record_office.h"
#include "node/desk/report_evidence.h"
#include "node/domain/indicator_codec.h"
#include "node/projection/entry_reading.h"
#include "node/report/report_content.h"
#include "node/report/report_input.h"
#include "replication/check.h"

namespace hansa::node::desk {
namespace {

using projection::RecordView;
using replication::MemberRecord;

constexpr absl::string_view kDoing = "making a report";

words::Language LanguageOf(absl::string_view tag) {
  return words::LanguageNamed(tag.substr(0, tag.find('-'))).value_or(words::Language::kEnglish);
}

report::ReportCity CityOf(const NodeView& view, const MemberRecord& member, absl::string_view language) {
  report::ReportCity city{.slug = member.slug, .name = member.name, .country = member.country, .network = view.network};
  for (const replication::LocalName& name : member.names) {
    if (absl::StartsWith(name.language, language)) city.name = name.text;
  }
  const catalogue::Country* const country = catalogue::KnownCountries().FindByIso3(member.country);
  if (country != nullptr) city.country_name = language == "ko" ? country->korean : country->name;
  return city;
}

// The city of that slug, or this one where it is empty. It lives as long as the view.
absl::StatusOr<const MemberRecord*> CityToReport(const NodeView& view, const std::string& slug) {
  if (slug.empty() && view.role != replication::MemberKindName(replication::MemberKind::kCity)) {
    return Refusal(kDoing, "only cities report, and this node's member is none; name the city with --member");
  }
  const absl::StatusOr<const MemberRecord*> member = MemberNamed(view, slug.empty() ? view.slug : slug);
  HANSA_RETURN_IF_ERROR(member.status());
  if ((*member)->kind != replication::MemberKind::kCity) {
    return absl::FailedPreconditionError(absl::StrCat(
        kDoing, ": ", (*member)->slug, " is no city, and only cities report; name one that `hansa members` lists"));
  }
  return member;
}

// The years for which there is something to report: a set, a survey, a rating, or the city's own account.
absl::StatusOr<std::set<int>> ReportableYears(const EvidenceSources& from, const std::vector<RecordView>& sets) {
  std::set<int> years;
  for (const RecordView& record : sets) {
    if (record.revisions.back().is_showable_set()) years.insert(record.revisions.back().subject->year);
  }
  const absl::StatusOr<std::set<int>> others = YearsWithReviews(from);
  HANSA_RETURN_IF_ERROR(others.status());
  years.insert(others->begin(), others->end());
  return years;
}

// Nothing stands for the year: what can be done.
absl::Status NothingStands(const NodeView& view, const MemberRecord& member, int year, const std::set<int>& years) {
  const std::string what = absl::StrCat(kDoing, ": ", member.slug, " has published nothing that stands for ", year);
  if (!years.empty()) {
    return absl::FailedPreconditionError(
        absl::StrCat(what, "; name a year that it has published: ", absl::StrJoin(years, ", ")));
  }
  if (member.number != view.member) {
    return absl::FailedPreconditionError(absl::StrCat(what, "; only the city itself can publish it"));
  }
  return absl::FailedPreconditionError(
      absl::StrCat(what, "; publish it first with `hansa indicators publish --year ", year, "`"));
}

// The record whose set speaks for the year: under our framework where there are several, and the last written of these.
const RecordView* Standing(const catalogue::Catalogue& catalogue, const std::vector<RecordView>& records, int year) {
  const auto rank = [&](const RecordView& record) {
    const projection::SetSubject& subject = *record.revisions.back().subject;
    const bool is_ours =
        subject.framework_id == catalogue.framework_id() && subject.framework_version == catalogue.version();
    return std::make_pair(is_ours, record.revisions.back().position);
  };
  const RecordView* found = nullptr;
  for (const RecordView& record : records) {
    const projection::Revision& last = record.revisions.back();
    if (!last.is_showable_set() || last.subject->year != year) continue;
    if (found == nullptr || rank(*found) < rank(record)) found = &record;
  }
  return found;
}

// What `record` says, and where it is signed. Both stay as they are where nothing stands.
absl::Status ReadSet(const storage::FeedStore& feeds, const RecordView* record, report::ReportInput& input) {
  if (record == nullptr) return absl::OkStatus();
  const projection::Revision& last = record->revisions.back();
  const absl::StatusOr<replication::Bytes> payload = projection::ReadPayload(feeds, last.position);
  HANSA_RETURN_IF_ERROR(payload.status());
  absl::StatusOr<domain::IndicatorSet> set = domain::DecodeIndicatorSet(*payload);
  HANSA_RETURN_IF_ERROR(set.status());
  input.set = *std::move(set);
  input.signed_set = {.record = record->key.id.hex(),
                      .revision = record->revisions.size(),
                      .entry = last.position.seq.value(),
                      .entry_hash = last.entry_hash.hex(),
                      .published_ms = last.claimed_time_ms};
  return absl::OkStatus();
}

// The city's answers over the years, one series for each cell and word.
absl::StatusOr<std::vector<report::OwnSeries>> SeriesOf(const NodeView& view, const catalogue::Catalogue& catalogue,
                                                        const projection::Views& views, replication::Member member) {
  absl::StatusOr<std::vector<projection::PublishedObservation>> published =
      views.ObservationsOf(*view.roster, {.member = member, .year = std::nullopt, .cell = std::nullopt});
  HANSA_RETURN_IF_ERROR(published.status());
  std::map<std::pair<std::size_t, std::string>, report::OwnSeries> by_cell_and_word;
  for (projection::PublishedObservation& row : *published) {
    const catalogue::Cell* const cell = catalogue.FindCell(row.observation.cell);
    if (cell == nullptr) continue;
    report::OwnSeries& own = by_cell_and_word[{cell->position, row.observation.word_of}];
    own.cell = cell;
    own.word = row.observation.word_of;
    own.points.push_back(
        {.year = row.subject.year, .observation = std::move(row.observation), .revision = row.revision});
  }
  std::vector<report::OwnSeries> series;
  series.reserve(by_cell_and_word.size());
  for (auto& [place, own] : by_cell_and_word) series.push_back(std::move(own));
  return series;
}

}  // namespace

absl::StatusOr<std::set<int>> ReportDesk::Years(const std::string& member) const {
  const NodeView view = node_.View();
  const bool is_city = view.role == replication::MemberKindName(replication::MemberKind::kCity);
  // A city that is not admitted yet has published nothing.
  if (member.empty() && is_city && view.member == replication::kMemberUnknown) return std::set<int>{};
  const absl::StatusOr<const MemberRecord*> city = CityToReport(view, member);
  HANSA_RETURN_IF_ERROR(city.status());
  const absl::StatusOr<std::vector<RecordView>> records = views_.SetsOf((*city)->number);
  HANSA_RETURN_IF_ERROR(records.status());
  return ReportableYears({node_, catalogue_, views_, **city}, *records);
}

absl::StatusOr<report::Document> ReportDesk::Make(const ReportRequest& request) const {
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(CheckYear(kDoing, request.year));
  const absl::StatusOr<const MemberRecord*> member = CityToReport(view, request.member);
  HANSA_RETURN_IF_ERROR(member.status());
  const absl::StatusOr<std::vector<RecordView>> records = views_.SetsOf((*member)->number);
  HANSA_RETURN_IF_ERROR(records.status());
  const EvidenceSources sources{node_, catalogue_, views_, **member};
  const absl::StatusOr<std::set<int>> years = ReportableYears(sources, *records);
  HANSA_RETURN_IF_ERROR(years.status());
  if (!years->contains(request.year)) return NothingStands(view, **member, request.year, *years);
  absl::StatusOr<std::vector<report::OwnSeries>> series = SeriesOf(view, catalogue_, views_, (*member)->number);
  HANSA_RETURN_IF_ERROR(series.status());
  const words::Language language = LanguageOf(request.language);
  report::ReportInput input{
      .city = CityOf(view, **member, words::LanguageTag(language)), .year = request.year, .series = *std::move(series)};
  HANSA_RETURN_IF_ERROR(ReadSet(node_.feeds(), Standing(catalogue_, *records, request.year), input));
  HANSA_RETURN_IF_ERROR(GatherEvidence(sources, input));
  return report::MakeReport(catalogue_, input, language);
}

}  // namespace hansa::node::desk
