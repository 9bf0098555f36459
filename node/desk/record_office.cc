#include "node/desk/record_office.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "node/catalogue/current.h"
#include "node/domain/suggestion.h"
#include "node/domain/text.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::desk {
namespace {

absl::Status Refusal(absl::string_view doing, absl::string_view why) {
  return absl::FailedPreconditionError(absl::StrCat(doing, ": ", why));
}

bool IsCalled(const replication::MemberRecord& member, absl::string_view name) {
  if (name == member.slug || domain::SameName(name, member.name)) return true;
  return std::any_of(member.names.begin(), member.names.end(),
                     [&](const replication::LocalName& local) { return domain::SameName(name, local.text); });
}

bool IsOf(const replication::MemberRecord& member, absl::string_view country) {
  if (absl::AsciiStrToUpper(country) == member.country) return true;
  const catalogue::Country* known = catalogue::KnownCountries().FindByIso3(member.country);
  return known != nullptr && (absl::AsciiStrToUpper(country) == known->iso2 || domain::SameName(country, known->name));
}

}  // namespace

absl::Status CheckMayPublish(absl::string_view doing, const NodeView& view, replication::Collection collection) {
  if (view.member == replication::kMemberUnknown) {
    return Refusal(doing, absl::StrCat(view.slug.empty() ? "this node" : view.slug,
                                       " is not a member of the network yet; publish once the secretariat has admitted "
                                       "it"));
  }
  if (view.roster->PresentFeed(view.member, collection)) return absl::OkStatus();
  return Refusal(doing, absl::StrCat("the network's policy does not let members of kind ", view.role, " write ",
                                     replication::CollectionName(collection), "; ask the secretariat"));
}

absl::Status CheckAuthor(absl::string_view doing, const NodeView& view, const domain::FileRemarks& remarks) {
  const replication::MemberRecord* own = view.roster->state().Find(view.member);
  if (own == nullptr) return absl::OkStatus();
  if (!remarks.author_city.empty() && !IsCalled(*own, remarks.author_city)) {
    return Refusal(doing,
                   absl::StrCat("the file is of ", domain::Quoted(remarks.author_city), ", and this node's member is ",
                                domain::Quoted(own->name), "; publish it on that member's own node"));
  }
  if (!remarks.author_country.empty() && !IsOf(*own, remarks.author_country)) {
    return Refusal(
        doing, absl::StrCat("the file is of the country ", domain::Quoted(remarks.author_country),
                            ", and this node's member is of ", own->country, "; publish it on that member's own node"));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> CleanReason(absl::string_view doing, absl::string_view reason, std::size_t characters_max) {
  absl::StatusOr<std::string> clean = domain::CleanText(reason, domain::Lines::kMany);
  if (!clean.ok()) {
    return absl::InvalidArgumentError(absl::StrCat(doing, ": the reason: ", clean.status().message()));
  }
  if (domain::CharacterCount(*clean) > characters_max) {
    return absl::InvalidArgumentError(
        absl::StrCat(doing, ": the reason is longer than ", characters_max, " characters; shorten it"));
  }
  return clean;
}

absl::StatusOr<const replication::MemberRecord*> MemberNamed(const NodeView& view, absl::string_view slug) {
  if (const replication::MemberRecord* member = view.roster->state().Find(slug)) return member;
  std::vector<std::string> slugs;
  for (const auto& [number, member] : view.roster->state().members) slugs.push_back(member.slug);
  const std::string nearest = domain::Nearest(slug, slugs);
  return absl::NotFoundError(
      absl::StrCat("there is no member ", domain::Quoted(slug), "; ",
                   nearest.empty() ? "see hansa members" : absl::StrCat("did you mean ", nearest, "?")));
}

std::string SlugOf(const NodeView& view, replication::Member member) {
  const replication::MemberRecord* known = view.roster->state().Find(member);
  return known == nullptr ? absl::StrCat("member ", member.value()) : known->slug;
}

}  // namespace hansa::node::desk
