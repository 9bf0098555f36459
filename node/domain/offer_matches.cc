#include "node/domain/offer_matches.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "node/domain/text.h"

namespace hansa::node::domain {
namespace {

// In the order of `a`; words are the same however they are cased.
std::vector<std::string> InBoth(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  std::vector<std::string> both;
  for (const std::string& item : a) {
    const bool is_shared =
        std::any_of(b.begin(), b.end(), [&](const std::string& other) { return SameName(item, other); });
    if (is_shared) both.push_back(item);
  }
  return both;
}

bool IsFor(const OpenOffer& offer, replication::Member member) {
  return offer.addressed_to.empty() || offer.addressed_to.contains(member);
}

// Days that both name. Nothing: one of them names none.
struct Days {
  std::string first, last;
};
std::optional<Days> DaysOfBoth(const OpenOffer& a, const OpenOffer& b) {
  const bool has_none = (a.starts_on.empty() && a.ends_on.empty()) || (b.starts_on.empty() && b.ends_on.empty());
  if (has_none) return std::nullopt;
  // An open end is no earlier day.
  const bool is_open = a.ends_on.empty() || b.ends_on.empty();
  return Days{std::max(a.starts_on, b.starts_on),
              is_open ? std::max(a.ends_on, b.ends_on) : std::min(a.ends_on, b.ends_on)};
}

std::string DaysInWords(const Days& days) {
  if (days.last.empty()) return absl::StrCat("both have time from ", days.first);
  if (days.first.empty()) return absl::StrCat("both have time until ", days.last);
  return absl::StrCat("both have time from ", days.first, " to ", days.last);
}

// Reasons for which two fit; none: they do not.
std::vector<std::string> Reasons(const OpenOffer& offer, const OpenOffer& other) {
  const replication::Member author = offer.record.author, other_author = other.record.author;
  const bool can = offer.is_request != other.is_request && author != other_author && IsFor(offer, other_author) &&
                   IsFor(other, author);
  const std::optional<Days> days = DaysOfBoth(offer, other);
  if (!can || (days && !days->first.empty() && !days->last.empty() && days->last < days->first)) return {};
  std::vector<std::string> reasons;
  if (const auto features = InBoth(offer.features, other.features); !features.empty()) {
    reasons.push_back(absl::StrCat("both are about the features ", absl::StrJoin(features, ", ")));
  }
  if (const auto actions = InBoth(offer.actions, other.actions); !actions.empty()) {
    reasons.push_back(absl::StrCat("both are about the action points ", absl::StrJoin(actions, ", ")));
  }
  if (const auto topics = InBoth(offer.topics, other.topics); !topics.empty()) {
    reasons.push_back(absl::StrCat("both name the topics ", absl::StrJoin(topics, ", ")));
  }
  const bool is_to_author = other.addressed_to.contains(author),
             is_to_other = offer.addressed_to.contains(other_author);
  if (reasons.empty() && !is_to_author && !is_to_other) return {};
  if (!offer.kind.empty() && SameName(offer.kind, other.kind)) {
    reasons.push_back(absl::StrCat("both are of one kind: ", offer.kind));
  }
  if (const auto languages = InBoth(offer.working_languages, other.working_languages); !languages.empty()) {
    reasons.push_back(absl::StrCat("both work in ", absl::StrJoin(languages, ", ")));
  }
  if (is_to_author) reasons.push_back(absl::StrCat("it is addressed to ", offer.member_name));
  if (is_to_other) reasons.push_back(absl::StrCat("this offer is addressed to ", other.member_name));
  if (days) reasons.push_back(DaysInWords(*days));
  if (other.is_example) reasons.emplace_back("it is an example, for a demonstration");
  return reasons;
}

}  // namespace

std::vector<FittingOffer> MatchesOf(const OpenOffer& offer, const std::vector<OpenOffer>& others) {
  std::vector<const OpenOffer*> ordered;
  ordered.reserve(others.size());
  for (const OpenOffer& other : others) ordered.push_back(&other);
  std::sort(ordered.begin(), ordered.end(), [](const OpenOffer* a, const OpenOffer* b) {
    return std::tie(a->member_name, a->title, a->record) < std::tie(b->member_name, b->title, b->record);
  });
  std::vector<FittingOffer> matches;
  for (const OpenOffer* other : ordered) {
    std::vector<std::string> reasons = Reasons(offer, *other);
    if (!reasons.empty()) matches.push_back({other->record, std::move(reasons)});
  }
  return matches;
}

}  // namespace hansa::node::domain
