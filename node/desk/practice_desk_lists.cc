// What the desk shows of practices: by name and title, never by a value.
#include <algorithm>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "hansa/v1/practices.pb.h"
#include "node/desk/framework_part.h"
#include "node/desk/practice_desk.h"
#include "node/desk/practice_records.h"
#include "node/desk/record_office.h"
#include "node/domain/text.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::desk {
namespace {

using projection::RecordView;

bool Has(const google::protobuf::RepeatedPtrField<std::string>& values, const std::string& asked) {
  return asked.empty() || std::find(values.begin(), values.end(), asked) != values.end();
}

bool IsAskedFor(const v1::Practice& practice, const PracticeQuery& query) {
  return Has(practice.subjects().features(), query.feature) && Has(practice.subjects().action_points(), query.action);
}

}  // namespace

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

absl::StatusOr<ListedPractices> PracticeDesk::List(const PracticeQuery& asked) const {
  const NodeView view = node_.View();
  PracticeQuery query = asked;
  HANSA_RETURN_IF_ERROR(CheckQuery(view, query));
  // Only for what is found by its translations all practices held are read.
  std::optional<PracticeShelf> shelf;
  if (!query.language.empty()) {
    absl::StatusOr<PracticeShelf> read = PracticeShelf::Read(views_, node_.feeds(), view);
    HANSA_RETURN_IF_ERROR(read.status());
    shelf = *std::move(read);
  }
  const absl::StatusOr<std::set<replication::Member>> left_out = LeftOutHere(node_, query.muting);
  HANSA_RETURN_IF_ERROR(left_out.status());
  ListedPractices found;
  std::vector<ListedPractice>& practices = found.practices;
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
      ListedPractice listed = Listed(record, record.revisions.size(), member.slug, **practice);
      if (!query.language.empty() && !domain::IsOfLanguage(listed.language, query.language)) {
        const domain::PracticeRecord original{record.key.member, record.key.id};
        const std::optional<TranslationView> translated = shelf->TranslationInto(original, query.language, *left_out);
        if (!translated) {
          if (shelf->TranslationInto(original, query.language)) ++found.muted;
          continue;
        }
        listed.translated_title = translated->translation.title;
        listed.translated_language = translated->language;
      }
      if (left_out->contains(number)) {
        ++found.muted;
        continue;
      }
      practices.push_back(std::move(listed));
    }
  }
  std::sort(practices.begin(), practices.end(), [](const ListedPractice& a, const ListedPractice& b) {
    return std::tie(a.member, a.title, a.id) < std::tie(b.member, b.title, b.id);
  });
  return found;
}

}  // namespace hansa::node::desk
