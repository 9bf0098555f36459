#include "node/api/offer_shapes.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "hansa/v1/node.pb.h"

namespace hansa::node::api {

void Put(const desk::ListedOffer& offer, v1::OfferSummary& out) {
  out.set_id(offer.id.hex());
  out.set_member(offer.member);
  out.set_title(offer.title);
  out.set_summary(offer.summary);
  out.set_state(offer.state);
  out.set_closed_because(offer.closed_because);
  out.set_direction(offer.direction);
  out.set_kind(offer.kind);
  for (const std::string& topic : offer.topics) out.add_topics(topic);
  out.set_valid_until(offer.valid_until);
  out.set_replies(static_cast<std::uint32_t>(offer.replies));
  out.set_standing(offer.standing);
  out.set_language(offer.language);
  out.set_revision(static_cast<std::uint32_t>(offer.revision));
  for (const replication::Hash& partnership : offer.partnerships) out.add_partnerships(partnership.hex());
}

void Put(const desk::ReplyView& reply, v1::ReplySummary& out) {
  out.set_id(reply.id.hex());
  out.set_member(reply.member);
  out.set_intent(reply.intent);
  out.set_text(reply.text);
  out.set_language(reply.language);
  out.set_published_ms(reply.claimed_time_ms);
}

void Put(const desk::ConclusionView& conclusion, v1::ConclusionSummary& out) {
  out.set_id(conclusion.id.hex());
  out.set_member(conclusion.member);
  out.set_how(conclusion.how);
  out.set_outcome(conclusion.outcome);
  out.set_language(conclusion.language);
  out.set_ended_on(conclusion.ended_on);
  out.set_published_ms(conclusion.claimed_time_ms);
}

void Put(const desk::PartnershipView& partnership, v1::PartnershipSummary& out) {
  out.set_id(partnership.id.hex());
  out.set_title(partnership.title);
  out.set_state(domain::StateName(partnership.state));
  if (partnership.offer) out.set_offer(partnership.offer->id.hex());
  out.set_offered_by(partnership.offered_by);
  out.set_offer_revision(static_cast<std::uint32_t>(partnership.offer_revision));
  for (const desk::PartyView& party : partnership.parties) {
    v1::PartySummary& shown = *out.add_parties();
    shown.set_member(party.member);
    shown.set_state(domain::StateName(party.state));
    if (party.acceptance) shown.set_acceptance(party.acceptance->hex());
    shown.set_key(party.key);
    shown.set_signed_ms(party.signed_ms);
    shown.set_needed(party.needed);
    shown.set_note(party.note);
    shown.set_approved_by(party.approved_by);
    shown.set_left_because(party.left_because);
    shown.set_membership(party.membership);
  }
  out.set_language(partnership.language);
  out.set_terms(partnership.terms);
  out.set_aim(partnership.aim);
  out.set_starts_on(partnership.starts_on);
  out.set_ends_on(partnership.ends_on);
  out.set_open_to_others(partnership.open_to_others);
  out.set_signing_closed(partnership.signing_closed);
  out.set_kind(partnership.kind);
  v1::Subjects& subjects = *out.mutable_subjects();
  for (const std::string& feature : partnership.features) subjects.add_features(feature);
  for (const std::string& point : partnership.action_points) subjects.add_action_points(point);
  for (const std::string& tag : partnership.tags) subjects.add_tags(tag);
  for (const desk::CarriedBy& organization : partnership.organizations) {
    v1::PartnershipOrganization& shown = *out.add_organizations();
    shown.set_name(organization.name);
    shown.set_member(organization.member);
    shown.set_role(organization.role);
    shown.set_country(organization.country);
    shown.set_web(organization.web);
  }
  for (const desk::ConclusionView& conclusion : partnership.conclusions) {
    Put(conclusion, *out.add_conclusions());
    if (conclusion.outcome.empty()) continue;
    out.add_outcomes(absl::StrCat(conclusion.member, ": ", conclusion.outcome));
  }
}

void Put(const desk::PartnershipProof& proof, v1::VerifyPartnershipReply& out) {
  Put(proof.partnership, *out.mutable_partnership());
  out.set_ok(proof.ok());
  for (const desk::SignatureCheck& check : proof.signatures) {
    v1::SignatureCheck& shown = *out.add_signatures();
    shown.set_member(check.member);
    shown.set_key(check.key);
    shown.set_signature(check.signature);
    shown.set_ok(check.ok);
    shown.set_what(check.what);
  }
  for (const std::string& problem : proof.problems) out.add_problems(problem);
  out.set_text_sha256(proof.partnership.id.hex());
}

}  // namespace hansa::node::api
