#include "node/desk/search_desk.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "node/catalogue/countries.h"
#include "node/desk/framework_part.h"
#include "node/desk/record_office.h"
#include "node/domain/text.h"
#include "replication/check.h"

namespace hansa::node::desk {
namespace {

// A search that waits longer for the index says what is missing instead.
constexpr absl::Duration kIndexPatience = absl::Seconds(2);

bool IsOneOf(const std::vector<std::string>& known, const std::string& asked) {
  return std::find(known.begin(), known.end(), asked) != known.end();
}

absl::Status CheckKind(const std::string& kind) {
  if (IsOneOf(search::SearchKinds(), kind)) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("searching: there is no kind of record ", domain::Quoted(kind),
                                                 "; it is one of ", absl::StrJoin(search::SearchKinds(), ", ")));
}
absl::Status CheckAreaKind(const std::string& kind) {
  if (kind.empty() || IsOneOf(search::AreaKinds(), kind)) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("searching: there is no kind of place ", domain::Quoted(kind),
                                                 "; it is one of ", absl::StrJoin(search::AreaKinds(), ", ")));
}

absl::StatusOr<std::string> RegionNamed(const std::string& asked) {
  for (const std::string& region : catalogue::UnescoRegions()) {
    if (absl::EqualsIgnoreCase(region, asked)) return region;
  }
  return absl::NotFoundError(absl::StrCat("there is no region ", domain::Quoted(asked), "; it is one of ",
                                          absl::StrJoin(catalogue::UnescoRegions(), ", ")));
}

}  // namespace

absl::StatusOr<search::SearchQuestion> SearchDesk::Checked(const NodeView& view, const SearchQuery& query) const {
  if (query.population_min && query.population_max && *query.population_min > *query.population_max) {
    return absl::InvalidArgumentError(absl::StrCat("searching: no population is both ", *query.population_min,
                                                   " at least and ", *query.population_max,
                                                   " at most; give the smaller number as --population-min"));
  }
  if (query.limit > kHitsMax) {
    return absl::InvalidArgumentError(
        absl::StrCat("searching: at most ", kHitsMax, " records are shown at once; narrow the search down"));
  }
  search::SearchQuestion question{.text = query.text,
                                  .kinds = query.kinds,
                                  .feature = query.feature,
                                  .action = absl::AsciiStrToUpper(query.action),
                                  .member = std::nullopt,
                                  .authors = std::nullopt,
                                  .country = absl::AsciiStrToUpper(query.country),
                                  .region = {},
                                  .language = query.language,
                                  .year = query.year,
                                  .area_kind = query.area_kind,
                                  .offset = query.offset,
                                  .limit = query.limit == 0 ? kHitsUsual : query.limit};
  for (const std::string& kind : query.kinds) HANSA_RETURN_IF_ERROR(CheckKind(kind));
  HANSA_RETURN_IF_ERROR(CheckAreaKind(query.area_kind));
  if (!question.feature.empty()) HANSA_RETURN_IF_ERROR(CheckFeature(catalogue_, question.feature));
  if (!question.action.empty()) HANSA_RETURN_IF_ERROR(CheckAction(catalogue_, question.action));
  if (!question.country.empty()) HANSA_RETURN_IF_ERROR(CheckCountry(question.country));
  if (!query.region.empty()) {
    absl::StatusOr<std::string> region = RegionNamed(query.region);
    HANSA_RETURN_IF_ERROR(region.status());
    question.region = *std::move(region);
  }
  if (!query.member.empty()) {
    const absl::StatusOr<const replication::MemberRecord*> member = MemberNamed(view, query.member);
    HANSA_RETURN_IF_ERROR(member.status());
    question.member = (*member)->number;
  }
  if (query.language.empty() || domain::IsLanguageTag(query.language)) return question;
  return absl::InvalidArgumentError(absl::StrCat("searching: ", domain::Quoted(query.language),
                                                 " is not a language; write its tag, such as ko or pt-BR"));
}

absl::StatusOr<std::set<replication::Member>> SearchDesk::AuthorsWithin(const NodeView& view,
                                                                        const SearchQuery& query) const {
  const auto kept = populations_.Get(views_, view.roster, [this](const replication::Roster& roster) {
    return PopulationsOf(node_.feeds(), views_, roster);
  });
  HANSA_RETURN_IF_ERROR(kept.status());
  if ((*kept)->shelf.empty()) {
    return absl::FailedPreconditionError(
        "searching: no city of this network has said how many people live there; search without --population-min and "
        "--population-max");
  }
  std::set<replication::Member> authors;
  for (const auto& [member, population] : (*kept)->shelf) {
    const bool is_within = population >= query.population_min.value_or(0) &&
                           (!query.population_max || population <= *query.population_max);
    if (is_within) authors.insert(member);
  }
  return authors;
}

absl::StatusOr<SearchAnswer> SearchDesk::Search(const SearchQuery& query) const {
  reader_.Await(kIndexPatience);
  const NodeView view = node_.View();
  absl::StatusOr<search::SearchQuestion> question = Checked(view, query);
  HANSA_RETURN_IF_ERROR(question.status());
  if (query.population_min || query.population_max) {
    absl::StatusOr<std::set<replication::Member>> authors = AuthorsWithin(view, query);
    HANSA_RETURN_IF_ERROR(authors.status());
    question->authors = *std::move(authors);
  }
  const absl::StatusOr<std::set<replication::Member>> left_out = LeftOutHere(node_, query.muting);
  HANSA_RETURN_IF_ERROR(left_out.status());
  SearchAnswer answer;
  answer.unread = reader_.unread();
  answer.found = reader_.index().Search(*question, {*view.roster, catalogue_, view.member, *left_out});
  return answer;
}

}  // namespace hansa::node::desk
