#include "node/api/offer_answers.h"

#include <cstdint>
#include <set>
#include <string>
#include <utility>

#include "hansa/v1/node.pb.h"
#include "node/api/file_in.h"
#include "node/api/muting.h"
#include "node/api/offer_shapes.h"
#include "node/api/published_record.h"
#include "node/api/record_shapes.h"
#include "node/bundle/bundle.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::api {
namespace {

absl::Status Give(const absl::StatusOr<desk::PublishedEntry>& entry, const std::string& partnership,
                  v1::PublishedRecord& reply) {
  HANSA_RETURN_IF_ERROR(entry.status());
  Put(*entry, reply);
  reply.set_partnership(partnership);
  return absl::OkStatus();
}

void PutLink(const desk::ListedOffer& offer, v1::RecordLink& out) {
  out.set_id(offer.id.hex());
  out.set_member(offer.member);
  out.set_collection(replication::CollectionName(replication::kOffers));
  out.set_kind("offer");
  out.set_title(offer.title);
  out.set_language(offer.language);
  out.set_revision(static_cast<std::uint32_t>(offer.revision));
}

}  // namespace

absl::Status Answer(ApiParts& parts, const v1::PublishOfferRequest& request, v1::PublishedRecord& reply) {
  return Give(parts.offers.Publish(FileIn(request)), "", reply);
}

absl::Status Answer(ApiParts& parts, const v1::ReviseOfferRequest& request, v1::PublishedRecord& reply) {
  return Give(parts.offers.Revise({.id = request.id(),
                                   .file = FileIn(request),
                                   .reason = request.reason(),
                                   .of_revision = request.of_revision()}),
              "", reply);
}

absl::Status Answer(ApiParts& parts, const v1::ListOffersRequest& request, v1::ListOffersReply& reply) {
  HANSA_RETURN_IF_ERROR(parts.node.AwaitViews());
  auto offers = parts.offers.List(request.member(), request.state());
  HANSA_RETURN_IF_ERROR(offers.status());
  HANSA_RETURN_IF_ERROR(LeaveOutMuted(parts, request, *offers, reply));
  for (const desk::ListedOffer& offer : *offers) Put(offer, *reply.add_offers());
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::GetOfferRequest& request, v1::GetOfferReply& reply) {
  const auto shown = parts.offers.Show(request.id(), request.revision());
  HANSA_RETURN_IF_ERROR(shown.status());
  Put(shown->offer, *reply.mutable_offer());
  if (shown->content != nullptr) *reply.mutable_content() = *shown->content;
  reply.set_fault(shown->fault);
  for (const desk::PracticeRevision& each : shown->revisions) Put(each, *reply.add_revisions());
  for (const desk::ReplyView& each : shown->replies) Put(each, *reply.add_replies());
  for (const desk::ReplyView& each : shown->declines) Put(each, *reply.add_declines());
  for (const desk::PartnershipView& each : shown->partnerships) Put(each, *reply.add_partnerships());
  for (const desk::ConclusionView& each : shown->conclusions) Put(each, *reply.add_conclusions());
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::FindMatchesRequest& request, v1::FindMatchesReply& reply) {
  HANSA_RETURN_IF_ERROR(parts.node.AwaitViews());
  const auto matched = parts.offers.Matches(request.id());
  HANSA_RETURN_IF_ERROR(matched.status());
  const absl::StatusOr<std::set<replication::Member>> muted = desk::LeftOutHere(parts.node, MutingOf(request));
  HANSA_RETURN_IF_ERROR(muted.status());
  const std::set<std::string> left_out = desk::SlugsOf(parts.node.View(), *muted);
  std::set<std::pair<std::string, replication::RecordId>> muted_offers;
  for (const desk::MatchedOffer& each : *matched) {
    v1::OfferMatches& out = *reply.add_offers();
    PutLink(each.offer, *out.mutable_offer());
    out.set_direction(each.offer.direction);
    for (const desk::OfferMatch& match : each.matches) {
      if (left_out.contains(match.offer.member)) {
        muted_offers.emplace(match.offer.member, match.offer.id);
        continue;
      }
      v1::OfferMatch& fits = *out.add_matches();
      PutLink(match.offer, *fits.mutable_offer());
      fits.set_direction(match.offer.direction);
      fits.set_member_name(match.member_name);
      for (const std::string& reason : match.reasons) fits.add_reasons(reason);
      fits.set_valid_until(match.offer.valid_until);
    }
  }
  reply.set_muted(static_cast<std::uint32_t>(muted_offers.size()));
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::ReplyToOfferRequest& request, v1::PublishedRecord& reply) {
  return Give(parts.offers.Reply({request.id(), request.text(), request.language(), request.intent()}), "", reply);
}

absl::Status Answer(ApiParts& parts, const v1::AcceptOfferRequest& request, v1::PublishedRecord& reply) {
  std::string partnership;
  const auto entry = parts.offers.Accept(
      {request.id(), request.with(), request.note(), request.approved_by(), request.revision()}, partnership);
  return Give(entry, partnership, reply);
}

absl::Status Answer(ApiParts& parts, const v1::DeclineOfferRequest& request, v1::PublishedRecord& reply) {
  return Give(parts.offers.Decline({request.id(), request.reason()}), "", reply);
}

absl::Status Answer(ApiParts& parts, const v1::LeavePartnershipRequest& request, v1::PublishedRecord& reply) {
  std::string partnership;
  const auto entry = parts.offers.Leave({request.id(), request.reason()}, partnership);
  return Give(entry, partnership, reply);
}

absl::Status Answer(ApiParts& parts, const v1::ConcludeOfferRequest& request, v1::PublishedRecord& reply) {
  std::string partnership;
  const auto entry = parts.offers.Conclude({request.id(), request.how(), request.outcome()}, partnership);
  return Give(entry, partnership, reply);
}

absl::Status Answer(ApiParts& parts, const v1::WithdrawOfferRequest& request, v1::PublishedRecord& reply) {
  return Give(parts.offers.Withdraw({request.id(), request.reason()}), "", reply);
}

absl::Status Answer(ApiParts& parts, const v1::ListPartnershipsRequest& request, v1::ListPartnershipsReply& reply) {
  const auto partnerships = parts.offers.Partnerships(request.member());
  HANSA_RETURN_IF_ERROR(partnerships.status());
  for (const desk::PartnershipView& each : *partnerships) Put(each, *reply.add_partnerships());
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::VerifyPartnershipRequest& request, v1::VerifyPartnershipReply& reply) {
  const auto proof = parts.offers.Prove(request.id());
  HANSA_RETURN_IF_ERROR(proof.status());
  Put(*proof, reply);
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::ExportBundleRequest& request, v1::ExportBundleReply& reply) {
  const auto partnership = parts.offers.PartnershipNamed(request.partnership());
  HANSA_RETURN_IF_ERROR(partnership.status());
  const NodeView view = parts.node.View();
  const auto proof = parts.offers.Prove(partnership->hex());
  HANSA_RETURN_IF_ERROR(proof.status());
  std::set<replication::FeedId> feeds;
  for (const desk::PartyView& party : proof->partnership.parties) {
    const replication::MemberRecord* member = view.roster->state().Find(absl::string_view(party.member));
    for (const auto& [feed, author] : view.roster->feeds()) {
      const bool is_party = member != nullptr && author.member == member->number;
      if (is_party && author.collection == replication::kOffers) feeds.insert(feed);
    }
  }
  absl::StatusOr<std::string> bytes = bundle::WriteBundle(parts.node.feeds(), *view.roster, feeds);
  HANSA_RETURN_IF_ERROR(bytes.status());
  reply.set_bundle(*std::move(bytes));
  reply.set_partnership(partnership->hex());
  return absl::OkStatus();
}

}  // namespace hansa::node::api
