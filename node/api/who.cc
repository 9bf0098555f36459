#include "node/api/who.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "node/domain/suggestion.h"
#include "node/domain/text.h"

namespace hansa::node::api {
namespace {

constexpr char kRosterName[] = "roster";

absl::Status NobodyCalled(const NodeView& view, absl::string_view slug) {
  std::vector<std::string> slugs = {kRosterName};
  if (view.roster != nullptr) {
    for (const auto& [number, member] : view.roster->state().members) slugs.push_back(member.slug);
  }
  const std::string nearest = domain::Nearest(slug, slugs);
  return absl::NotFoundError(absl::StrCat(
      "no member is called ", domain::Quoted(slug), "; ",
      nearest.empty() ? std::string("`hansa members` lists them") : absl::StrCat("did you mean '", nearest, "'?")));
}

}  // namespace

std::string SlugOf(const NodeView& view, replication::Member member) {
  if (member == replication::kRosterWriter) return kRosterName;
  const replication::MemberRecord* known = view.roster == nullptr ? nullptr : view.roster->state().Find(member);
  return known != nullptr ? known->slug : absl::StrCat("member ", member.value());
}

absl::StatusOr<replication::Member> MemberCalled(const NodeView& view, absl::string_view slug) {
  if (slug.empty()) {
    if (view.member != replication::kMemberUnknown) return view.member;
    return absl::FailedPreconditionError(absl::StrCat(
        "this node, ", view.slug, ", is not a member yet; it is once the hub has admitted its application"));
  }
  if (slug == kRosterName) return replication::kRosterWriter;
  const replication::MemberRecord* known = view.roster == nullptr ? nullptr : view.roster->state().Find(slug);
  if (known == nullptr) return NobodyCalled(view, slug);
  return known->number;
}

}  // namespace hansa::node::api
