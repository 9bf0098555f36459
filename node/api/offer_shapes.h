// Offers and partnerships as the desk gives them, in the messages of the node's API.
#ifndef HANSA_NODE_API_OFFER_SHAPES_H_
#define HANSA_NODE_API_OFFER_SHAPES_H_

#include "node/desk/offer_desk.h"

namespace hansa::v1 {
class ConclusionSummary;
class OfferSummary;
class PartnershipSummary;
class ReplySummary;
class VerifyPartnershipReply;
}  // namespace hansa::v1

namespace hansa::node::api {

void Put(const desk::ListedOffer& offer, v1::OfferSummary& out);
void Put(const desk::ReplyView& reply, v1::ReplySummary& out);
void Put(const desk::ConclusionView& conclusion, v1::ConclusionSummary& out);
void Put(const desk::PartnershipView& partnership, v1::PartnershipSummary& out);
void Put(const desk::PartnershipProof& proof, v1::VerifyPartnershipReply& out);

}  // namespace hansa::node::api

#endif  // HANSA_NODE_API_OFFER_SHAPES_H_
