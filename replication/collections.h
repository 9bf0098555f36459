// The collections and kinds known today, by number. Their frozen meaning is in proto/hansa/v1/kinds.proto;
// what is not listed here is stored and relayed all the same.
#ifndef HANSA_REPLICATION_COLLECTIONS_H_
#define HANSA_REPLICATION_COLLECTIONS_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "replication/strong_id.h"

namespace hansa::replication {

inline constexpr Collection kRosterCollection{0};
inline constexpr Collection kErasures{1};
inline constexpr Collection kIndicators{2};
inline constexpr Collection kPractices{3};
inline constexpr Collection kOffers{4};
inline constexpr Collection kAggregates{5};
inline constexpr Collection kReviews{6};
inline constexpr Collection kDialogue{7};
inline constexpr Collection kNotices{8};
inline constexpr Collection kStrategies{9};
inline constexpr Collection kLastCollection{255};

// Kinds of the roster. Numbers below kFirstSkippable are critical: a node that does not know one stops there.
namespace roster_kind {
inline constexpr Kind kPolicy{1};
inline constexpr Kind kMemberAdd{2};
inline constexpr Kind kMemberUpdate{3};
inline constexpr Kind kIncarnation{4};
inline constexpr Kind kSeal{5};
inline constexpr Kind kRevoke{6};
inline constexpr Kind kSuspend{7};
inline constexpr Kind kResume{8};
inline constexpr Kind kKey{9};
inline constexpr Kind kFirstSkippable{128};
inline constexpr Kind kSchema{128};
inline constexpr Kind kFramework{129};
inline constexpr Kind kNetworkInfo{130};
}  // namespace roster_kind

inline constexpr Kind kErasureOrder{257};
inline constexpr Kind kIndicatorSet{513};
inline constexpr Kind kOwnTarget{514};
inline constexpr Kind kCityPlace{515};
inline constexpr Kind kPractice{769};
inline constexpr Kind kPracticeTranslation{770};
inline constexpr Kind kPracticeWithdrawal{771};
inline constexpr Kind kOffer{1025};
inline constexpr Kind kOfferReply{1026};
inline constexpr Kind kOfferAcceptance{1027};
inline constexpr Kind kOfferLeaving{1028};
inline constexpr Kind kOfferConclusion{1029};
inline constexpr Kind kOfferWithdrawal{1030};
inline constexpr Kind kOfferDecline{1031};
inline constexpr Kind kNetworkSummary{1281};
inline constexpr Kind kReviewReport{1537};
inline constexpr Kind kReviewRating{1538};
inline constexpr Kind kSurveyResult{1539};
inline constexpr Kind kStrategy{2305};

constexpr Collection CollectionOf(Kind kind) { return Collection(kind.value() / 256); }

// "indicators", or the number as text for a collection not known yet.
std::string CollectionName(Collection collection);
// Understands what CollectionName gives; nullopt for anything else.
std::optional<Collection> CollectionNamed(absl::string_view name);

}  // namespace hansa::replication

#endif  // HANSA_REPLICATION_COLLECTIONS_H_
