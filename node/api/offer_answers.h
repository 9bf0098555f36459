// Offers and the partnerships that come of them: one answer for each method. As answers.h.
#ifndef HANSA_NODE_API_OFFER_ANSWERS_H_
#define HANSA_NODE_API_OFFER_ANSWERS_H_

#include "absl/status/status.h"
#include "node/api/api_parts.h"

namespace hansa::v1 {
class PublishOfferRequest;
class PublishedRecord;
class ReviseOfferRequest;
class ListOffersRequest;
class ListOffersReply;
class GetOfferRequest;
class GetOfferReply;
class FindMatchesRequest;
class FindMatchesReply;
class ReplyToOfferRequest;
class AcceptOfferRequest;
class DeclineOfferRequest;
class LeavePartnershipRequest;
class ConcludeOfferRequest;
class WithdrawOfferRequest;
class ListPartnershipsRequest;
class ListPartnershipsReply;
class VerifyPartnershipRequest;
class VerifyPartnershipReply;
class ExportBundleRequest;
class ExportBundleReply;
}  // namespace hansa::v1

namespace hansa::node::api {

absl::Status Answer(ApiParts& parts, const v1::PublishOfferRequest& request, v1::PublishedRecord& reply);
absl::Status Answer(ApiParts& parts, const v1::ReviseOfferRequest& request, v1::PublishedRecord& reply);
absl::Status Answer(ApiParts& parts, const v1::ListOffersRequest& request, v1::ListOffersReply& reply);
absl::Status Answer(ApiParts& parts, const v1::GetOfferRequest& request, v1::GetOfferReply& reply);
absl::Status Answer(ApiParts& parts, const v1::FindMatchesRequest& request, v1::FindMatchesReply& reply);
absl::Status Answer(ApiParts& parts, const v1::ReplyToOfferRequest& request, v1::PublishedRecord& reply);
absl::Status Answer(ApiParts& parts, const v1::AcceptOfferRequest& request, v1::PublishedRecord& reply);
absl::Status Answer(ApiParts& parts, const v1::DeclineOfferRequest& request, v1::PublishedRecord& reply);
absl::Status Answer(ApiParts& parts, const v1::LeavePartnershipRequest& request, v1::PublishedRecord& reply);
absl::Status Answer(ApiParts& parts, const v1::ConcludeOfferRequest& request, v1::PublishedRecord& reply);
absl::Status Answer(ApiParts& parts, const v1::WithdrawOfferRequest& request, v1::PublishedRecord& reply);
absl::Status Answer(ApiParts& parts, const v1::ListPartnershipsRequest& request, v1::ListPartnershipsReply& reply);
absl::Status Answer(ApiParts& parts, const v1::VerifyPartnershipRequest& request, v1::VerifyPartnershipReply& reply);
absl::Status Answer(ApiParts& parts, const v1::ExportBundleRequest& request, v1::ExportBundleReply& reply);

}  // namespace hansa::node::api

#endif  // HANSA_NODE_API_OFFER_ANSWERS_H_
