// What the desk shows of practices: by name and title, never by a value.
#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "hansa/v1/practices.pb.h"
#include "node/catalogue/current.h"
#include "node/desk/framework_part.h"
#include "node/desk/practice_desk.h"
#include "node/desk/practice_records.h"
#include "node/domain/slug.h"
#include "node/domain/text.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::desk {
namespace {

using projection::RecordView;
using projection::Revision;

absl::Status CheckCountry(absl::string_view country) {
  const catalogue::Countries& countries = catalogue::KnownCountries();
  if (country == domain::kInternational || countries.FindByIso3(country) != nullptr) return absl::OkStatus();
  const catalogue::Country* by_two = countries.FindByIso2(country);
  return absl::NotFoundError(absl::StrCat("there is no country ", domain::Quoted(country), "; ",
                                          by_two == nullptr
                                              ? std::string("write the three letters of ISO 3166-1, such as KOR")
                                              : absl::StrCat("did you mean ", by_two->iso3, "?")));
}

// 'en' is of 'en' and of 'en-GB', not of 'eng'.
bool IsOfLanguage(absl::string_view language, absl::string_view asked) {
  if (!absl::StartsWithIgnoreCase(language, asked)) return false;
  return language.size() == asked.size() || language[asked.size()] == '-';
}

bool Has(const google::protobuf::RepeatedPtrField<std::string>& values, const std::string& asked) {
  return asked.empty() || std::find(values.begin(), values.end(), asked) != values.end();
}

bool IsAskedFor(const v1::Practice& practice, const PracticeQuery& query) {
  return Has(practice.subjects().features(), query.feature) && Has(practice.subjects().action_points(), query.action) &&
         (query.language.empty() || IsOfLanguage(practice.language(), query.language));
}

ListedPractice Listed(const RecordView& record, std::uint64_t revision, const std::string& slug,
                      const v1::Practice& practice) {
  ListedPractice listed;
  listed.id = record.key.id;
  listed.member = slug;
  listed.title = practice.title();
  listed.summary = practice.summary();
  listed.language = practice.language();
  listed.year = static_cast<int>(practice.year());
  listed.features.assign(practice.subjects().features().begin(), practice.subjects().features().end());
  listed.actions.assign(practice.subjects().action_points().begin(), practice.subjects().action_points().end());
  listed.revision = revision;
  return listed;
}

}  // namespace

absl::Status PracticeDesk::CheckQuery(const NodeView& view, PracticeQuery& query) const {
  query.action = absl::AsciiStrToUpper(query.action);
  query.country = absl::AsciiStrToUpper(query.country);
  if (!query.feature.empty()) HANSA_RETURN_IF_ERROR(CheckFeature(catalogue_, query.feature));
  if (!query.action.empty()) HANSA_RETURN_IF_ERROR(CheckAction(catalogue_, query.action));
  if (!query.member.empty()) HANSA_RETURN_IF_ERROR(MemberNamed(view, query.member).status());
  if (!query.country.empty()) HANSA_RETURN_IF_ERROR(CheckCountry(query.country));
  if (query.language.empty() || domain::IsLanguageTag(query.language)) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("listing practices: ", domain::Quoted(query.language),
                                                 " is not a language; write its tag, such as ko or pt-BR"));
}

absl::StatusOr<std::vector<ListedPractice>> PracticeDesk::List(const PracticeQuery& asked) const {
  const NodeView view = node_.View();
  PracticeQuery query = asked;
  HANSA_RETURN_IF_ERROR(CheckQuery(view, query));
  std::vector<ListedPractice> practices;
  for (const auto& [number, member] : view.roster->state().members) {
    if (!query.member.empty() && query.member != member.slug) continue;
    if (!query.country.empty() && query.country != member.country) continue;
    const absl::StatusOr<std::vector<RecordView>> records = views_.RecordsOf(number, replication::kPractices);
    HANSA_RETURN_IF_ERROR(records.status());
    for (const RecordView& record : *records) {
      const absl::StatusOr<std::shared_ptr<v1::Practice>> practice =
          ReadPractice(node_.feeds(), record.revisions.back());
      if (absl::IsDataLoss(practice.status())) return practice.status();
      if (!practice.ok() || !IsAskedFor(**practice, query)) continue;
      practices.push_back(Listed(record, record.revisions.size(), member.slug, **practice));
    }
  }
  std::sort(practices.begin(), practices.end(), [](const ListedPractice& a, const ListedPractice& b) {
    return std::tie(a.member, a.title, a.id) < std::tie(b.member, b.title, b.id);
  });
  return practices;
}

absl::StatusOr<ShownPractice> PracticeDesk::Show(absl::string_view id, std::uint64_t revision) const {
  const NodeView view = node_.View();
  const absl::StatusOr<RecordView> record = Find("showing a practice", id, view.member);
  HANSA_RETURN_IF_ERROR(record.status());
  const std::uint64_t count = record->revisions.size();
  if (revision > count) {
    return absl::NotFoundError(absl::StrCat("showing a practice: ", record->key.id.hex(), " has no revision ", revision,
                                            "; its last is ", count));
  }
  const std::uint64_t wanted = revision == 0 ? count : revision;
  ShownPractice shown;
  shown.practice.id = record->key.id;
  shown.practice.member = SlugOf(view, record->key.member);
  shown.practice.revision = wanted;
  shown.withdrawn = IsWithdrawal(record->revisions.back());
  for (std::uint64_t number = 1; number <= count; ++number) {
    const Revision& each = record->revisions[number - 1];
    shown.revisions.push_back({number, each.position.seq, each.entry_hash, each.claimed_time_ms,
                               ReasonOf(node_.feeds(), each), IsWithdrawal(each)});
    if (number > wanted) continue;
    const absl::StatusOr<std::shared_ptr<v1::Practice>> practice = ReadPractice(node_.feeds(), each);
    if (practice.ok()) shown.practice = Listed(*record, wanted, shown.practice.member, **practice);
    if (number < wanted) continue;
    if (practice.ok()) {
      shown.content = *practice;
    } else if (!IsWithdrawal(each)) {
      shown.fault = std::string(practice.status().message());
    }
  }
  return shown;
}

}  // namespace hansa::node::desk
