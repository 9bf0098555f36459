#include "node/domain/offers_reading.h"

#include <algorithm>

#include "hansa/v1/offers.pb.h"
#include "node/domain/record_form.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::domain {
namespace {

using replication::Member;

// nullopt for one that points nowhere, or not at offers.
std::optional<OffersRecord> Pointed(const v1::Reference& reference) {
  const std::optional<replication::RecordId> id = replication::RecordId::From(reference.record_id());
  if (!id || reference.collection() != replication::kOffers.value()) return std::nullopt;
  return OffersRecord{Member(reference.member()), *id};
}

std::string Earlier(const std::string& a, const std::string& b) {
  if (a.empty() || b.empty()) return a + b;
  return std::min(a, b);
}

AcceptanceFacts FactsOf(const OffersAuthor& author, const v1::Acceptance& acceptance, const v1::AcceptanceBody& text) {
  AcceptanceFacts facts;
  facts.text = author.crypto.Sha256(acceptance.statement().body());
  for (const std::uint32_t party : text.parties()) facts.needed.insert(Member(party));
  facts.open_to_others = text.open_to_others();
  if (text.has_offer()) facts.offer = Pointed(text.offer());
  return facts;
}

template <typename Message>
std::optional<Message> Decoded(const replication::Bytes& payload) {
  Message message;
  if (!DecodeRecord(payload, message).ok()) return std::nullopt;
  return message;
}

decltype(OffersEntry::says) Read(const OffersAuthor& author, replication::Kind kind,
                                 const replication::Bytes& payload) {
  if (kind == replication::kOffer) {
    if (const auto offer = Decoded<v1::Offer>(payload)) return domain::FactsOf(*offer);
  } else if (kind == replication::kOfferReply) {
    const auto reply = Decoded<v1::OfferReply>(payload);
    const auto offer = reply ? Pointed(reply->offer()) : std::nullopt;
    if (offer) return ReplyFacts{*offer};
  } else if (kind == replication::kOfferDecline) {
    const auto decline = Decoded<v1::Decline>(payload);
    const auto declined = decline ? Pointed(decline->declined()) : std::nullopt;
    if (declined) return DeclineFacts{*declined};
  } else if (kind == replication::kOfferAcceptance) {
    const auto acceptance = Decoded<v1::Acceptance>(payload);
    v1::AcceptanceBody text;
    if (acceptance && CheckAcceptance(author, *acceptance, text).ok()) return FactsOf(author, *acceptance, text);
  } else if (kind == replication::kOfferLeaving) {
    const auto leaving = Decoded<v1::Leaving>(payload);
    const auto text = leaving ? replication::Hash::From(leaving->agreement_hash()) : std::nullopt;
    if (text) return LeavingFacts{*text};
  } else if (kind == replication::kOfferConclusion) {
    const auto conclusion = Decoded<v1::Conclusion>(payload);
    if (!conclusion) return std::monostate();
    ConclusionFacts facts;
    if (!conclusion->agreement_hash().empty()) facts.text = replication::Hash::From(conclusion->agreement_hash());
    if (conclusion->has_offer()) facts.offer = Pointed(conclusion->offer());
    return facts;
  }
  return std::monostate();
}

}  // namespace

OfferFacts FactsOf(const v1::Offer& offer) {
  OfferFacts facts;
  facts.is_past = offer.standing() == v1::OFFER_STANDING_HISTORICAL;
  facts.is_example = offer.standing() == v1::OFFER_STANDING_EXAMPLE;
  facts.for_one = offer.partners() == v1::PARTNER_COUNT_ONE;
  facts.last_day = Earlier(offer.deadline().date(), offer.valid_until());
  return facts;
}

OffersEntry ReadOffersEntry(const OffersAuthor& author, const replication::EntryHeader& header,
                            const std::optional<replication::Bytes>& payload) {
  OffersEntry entry;
  entry.record = {author.author.member, header.record};
  entry.place = {author.author.incarnation, header.seq};
  entry.retracted = header.retract || header.kind == replication::kOfferWithdrawal;
  if (!entry.retracted && payload) entry.says = Read(author, header.kind, *payload);
  return entry;
}

absl::StatusOr<replication::Statement> StatementOf(const v1::Acceptance& acceptance) {
  const std::optional<replication::PublicKey> signer = replication::PublicKey::From(acceptance.statement().signer_pk());
  const std::optional<replication::Signature> signature = replication::Signature::From(acceptance.statement().sig());
  if (!signer || !signature) return absl::InvalidArgumentError("it carries no signature");
  return replication::Statement{acceptance.statement().body(), *signer, *signature};
}

absl::Status ReadText(replication::BytesView body, v1::AcceptanceBody& text) {
  if (!replication::HasTag(replication::kAcceptanceTag, body)) {
    return absl::InvalidArgumentError("what was signed is no text of a partnership");
  }
  const absl::Status read = DecodeRecord(replication::WithoutTag(body), text);
  if (!read.ok()) return absl::InvalidArgumentError("what was signed is no text of a partnership that can be read");
  const int parties_min = text.open_to_others() ? 1 : 2;
  if (text.parties_size() < parties_min) return absl::InvalidArgumentError("the text names too few parties");
  return absl::OkStatus();
}

absl::Status CheckAcceptance(const OffersAuthor& author, const v1::Acceptance& acceptance, v1::AcceptanceBody& text) {
  const absl::StatusOr<replication::Statement> statement = StatementOf(acceptance);
  HANSA_RETURN_IF_ERROR(statement.status());
  HANSA_RETURN_IF_ERROR(ReadText(statement->body, text));
  if (statement->signer != author.author.writer) {
    return absl::UnauthenticatedError("it is signed by another key than its author's");
  }
  if (!IsSigned(author.crypto, author.network, replication::StatementType::kAcceptance, *statement)) {
    return absl::UnauthenticatedError("the signature does not hold");
  }
  const auto& parties = text.parties();
  const bool named = std::find(parties.begin(), parties.end(), author.author.member.value()) != parties.end();
  if (named || text.open_to_others()) return absl::OkStatus();
  return absl::FailedPreconditionError("its author is no party of the text");
}

}  // namespace hansa::node::domain
