#include "node/api/offer_answers.h"

#include "hansa/v1/node.pb.h"

namespace hansa::node::api {

absl::Status Answer(ApiParts&, const v1::PublishOfferRequest&, v1::PublishedRecord&) {
  return absl::UnimplementedError("PublishOffer");
}
absl::Status Answer(ApiParts&, const v1::ListOffersRequest&, v1::ListOffersReply&) {
  return absl::UnimplementedError("ListOffers");
}
absl::Status Answer(ApiParts&, const v1::GetOfferRequest&, v1::GetOfferReply&) {
  return absl::UnimplementedError("GetOffer");
}
absl::Status Answer(ApiParts&, const v1::ReplyToOfferRequest&, v1::PublishedRecord&) {
  return absl::UnimplementedError("ReplyToOffer");
}
absl::Status Answer(ApiParts&, const v1::AcceptOfferRequest&, v1::PublishedRecord&) {
  return absl::UnimplementedError("AcceptOffer");
}
absl::Status Answer(ApiParts&, const v1::DeclineOfferRequest&, v1::PublishedRecord&) {
  return absl::UnimplementedError("DeclineOffer");
}
absl::Status Answer(ApiParts&, const v1::LeavePartnershipRequest&, v1::PublishedRecord&) {
  return absl::UnimplementedError("LeavePartnership");
}
absl::Status Answer(ApiParts&, const v1::ConcludeOfferRequest&, v1::PublishedRecord&) {
  return absl::UnimplementedError("ConcludeOffer");
}
absl::Status Answer(ApiParts&, const v1::WithdrawOfferRequest&, v1::PublishedRecord&) {
  return absl::UnimplementedError("WithdrawOffer");
}
absl::Status Answer(ApiParts&, const v1::ListPartnershipsRequest&, v1::ListPartnershipsReply&) {
  return absl::UnimplementedError("ListPartnerships");
}
absl::Status Answer(ApiParts&, const v1::VerifyPartnershipRequest&, v1::VerifyPartnershipReply&) {
  return absl::UnimplementedError("VerifyPartnership");
}
absl::Status Answer(ApiParts&, const v1::ExportBundleRequest&, v1::ExportBundleReply&) {
  return absl::UnimplementedError("ExportBundle");
}

}  // namespace hansa::node::api
