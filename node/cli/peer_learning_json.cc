#include "node/cli/peer_learning_json.h"

#include <nlohmann/json.hpp>

#include "hansa/v1/node.pb.h"
#include "node/cli/json_parts.h"
#include "node/domain/record_form.h"

namespace hansa::node::cli {
namespace {

using json::Array;
using json::ArrayOf;
using json::Json;
using json::Moment;
using json::OrNull;
using json::Text;

Json Followed(const v1::FollowedMember& followed) {
  return {{"member", followed.member()},
          {"collections", Array(followed.collections())},
          {"files", json::Files(followed.files())}};
}

Json TopicJson(const v1::FollowedTopic& topic) {
  return {{"feature", OrNull(topic.feature())}, {"action", OrNull(topic.action())},
          {"text", OrNull(topic.text())},       {"kinds", Array(topic.kinds())},
          {"country", OrNull(topic.country())}, {"language", OrNull(topic.language())}};
}

Json News(const v1::NewsItem& item) {
  return {{"at", Moment(item.at_ms())},
          {"member", item.member()},
          {"collection", item.collection()},
          {"kind", item.kind()},
          {"id", item.id()},
          {"title", item.title()},
          {"revision", item.revision()},
          {"withdrawn", item.withdrawn()},
          {"entries", item.entries()},
          {"was_here", item.was_here()},
          {"topics", ArrayOf(item.topics(), TopicJson)}};
}

Json Offer(const v1::OfferSummary& offer) {
  return {{"id", offer.id()},
          {"member", offer.member()},
          {"title", offer.title()},
          {"state", offer.state()},
          {"topics", Array(offer.topics())},
          {"valid_until", OrNull(offer.valid_until())},
          {"replies", offer.replies()},
          {"direction", offer.direction()},
          {"kind", OrNull(offer.kind())},
          {"standing", offer.standing()},
          {"language", OrNull(offer.language())},
          {"revision", offer.revision()},
          {"partnerships", Array(offer.partnerships())},
          {"summary", OrNull(offer.summary())},
          {"closed_because", OrNull(offer.closed_because())}};
}

Json Reply(const v1::ReplySummary& reply) {
  return {{"id", reply.id()},
          {"member", reply.member()},
          {"intent", OrNull(reply.intent())},
          {"text", OrNull(reply.text())},
          {"language", OrNull(reply.language())},
          {"published", Moment(reply.published_ms())}};
}

Json Party(const v1::PartySummary& party) {
  return {{"member", party.member()},
          {"state", party.state()},
          {"acceptance", OrNull(party.acceptance())},
          {"key", OrNull(party.key())},
          {"signed", Moment(party.signed_ms())},
          {"needed", party.needed()},
          {"note", OrNull(party.note())},
          {"approved_by", OrNull(party.approved_by())},
          {"left_because", OrNull(party.left_because())},
          {"membership", OrNull(party.membership())}};
}

Json Conclusion(const v1::ConclusionSummary& conclusion) {
  return {{"id", conclusion.id()},
          {"member", conclusion.member()},
          {"how", OrNull(conclusion.how())},
          {"outcome", OrNull(conclusion.outcome())},
          {"language", OrNull(conclusion.language())},
          {"ended_on", OrNull(conclusion.ended_on())},
          {"published", Moment(conclusion.published_ms())}};
}

Json Organization(const v1::PartnershipOrganization& organization) {
  return {{"name", organization.name()},
          {"member", OrNull(organization.member())},
          {"role", OrNull(organization.role())},
          {"country", OrNull(organization.country())},
          {"web", OrNull(organization.web())}};
}

Json Partnership(const v1::PartnershipSummary& partnership) {
  return {{"id", partnership.id()},
          {"title", partnership.title()},
          {"state", partnership.state()},
          {"offer", OrNull(partnership.offer())},
          {"offered_by", OrNull(partnership.offered_by())},
          {"parties", ArrayOf(partnership.parties(), Party)},
          {"language", OrNull(partnership.language())},
          {"terms", OrNull(partnership.terms())},
          {"aim", OrNull(partnership.aim())},
          {"starts_on", OrNull(partnership.starts_on())},
          {"ends_on", OrNull(partnership.ends_on())},
          {"open_to_others", partnership.open_to_others()},
          {"signing_closed", OrNull(partnership.signing_closed())},
          {"offer_revision", OrNull(partnership.offer_revision())},
          {"kind", OrNull(partnership.kind())},
          {"features", Array(partnership.subjects().features())},
          {"action_points", Array(partnership.subjects().action_points())},
          {"tags", Array(partnership.subjects().tags())},
          {"organizations", ArrayOf(partnership.organizations(), Organization)},
          {"conclusions", ArrayOf(partnership.conclusions(), Conclusion)},
          {"outcomes", Array(partnership.outcomes())}};
}

// The record with the names of files; null where there is none.
Json Content(bool has_content, const google::protobuf::Message& record) {
  if (!has_content) return nullptr;
  return Json::parse(domain::RecordJson(record), nullptr, false);
}

}  // namespace

std::string JsonOf(const v1::PublishedRecord& published) {
  return Text({{"id", published.id()},
               {"member", published.member()},
               {"collection", published.collection()},
               {"sequence", published.sequence()},
               {"revision", published.revision()},
               {"queued", published.queued()},
               {"held_by", Array(published.held_by())},
               {"title", OrNull(published.title())},
               {"partnership", OrNull(published.partnership())},
               {"unchanged", published.unchanged()},
               {"warnings", Array(published.warnings())}});
}

std::string JsonOf(const v1::ListFollowingReply& following) { return Text(ArrayOf(following.following(), Followed)); }

std::string JsonOfTopics(const v1::ListFollowingReply& following) {
  return Text(ArrayOf(following.topics(), TopicJson));
}

std::string JsonOf(const v1::FollowReply& followed) {
  Json json = followed.has_topic() ? TopicJson(followed.topic()) : Followed(followed.followed());
  json["already"] = followed.already();
  json["warning"] = OrNull(followed.warning());
  return Text(json);
}

std::string JsonOf(const v1::ListNewsReply& news) { return Text(ArrayOf(news.news(), News)); }

std::string JsonLineOf(const v1::NewsItem& item) {
  return News(item).dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string JsonOf(const v1::ListOffersReply& offers) { return Text(ArrayOf(offers.offers(), Offer)); }

std::string JsonOf(const v1::GetOfferReply& offer) {
  Json json = Offer(offer.offer());
  json["fault"] = OrNull(offer.fault());
  json["content"] = Content(offer.has_content(), offer.content());
  // `replies` counts them, as in the list.
  json["answers"] = ArrayOf(offer.replies(), Reply);
  json["declines"] = ArrayOf(offer.declines(), Reply);
  json["came_of_it"] = ArrayOf(offer.partnerships(), Partnership);
  json["conclusions"] = ArrayOf(offer.conclusions(), Conclusion);
  json["revisions"] = ArrayOf(offer.revisions(), json::Revision);
  return Text(json);
}

std::string JsonOf(const v1::ListPartnershipsReply& partnerships) {
  return Text(ArrayOf(partnerships.partnerships(), Partnership));
}

std::string JsonOf(const v1::PartnershipSummary& partnership) { return Text(Partnership(partnership)); }

std::string JsonOf(const v1::VerifyPartnershipReply& proof) {
  return Text({{"id", proof.partnership().id()},
               {"ok", proof.ok()},
               {"signatures", ArrayOf(proof.signatures(),
                                      [](const v1::SignatureCheck& check) {
                                        return Json{{"member", check.member()},
                                                    {"key", check.key()},
                                                    {"signature", check.signature()},
                                                    {"ok", check.ok()},
                                                    {"what", OrNull(check.what())}};
                                      })},
               {"problems", Array(proof.problems())},
               {"text_sha256", proof.text_sha256()},
               {"partnership", Partnership(proof.partnership())}});
}

std::string JsonOf(const std::string& whom, const v1::UnfollowReply& reply) {
  return Text({{"member", whom},
               {"was_followed", reply.was_followed()},
               {"words", OrNull(reply.words())},
               {"files", reply.has_files() ? json::Files(reply.files()) : Json(nullptr)}});
}

std::string JsonOfKeep(const std::string& keep, std::uint64_t feeds_removed) {
  return Text({{"keep", keep}, {"feeds_removed", feeds_removed}});
}

std::string JsonOfBundle(const std::string& path, const v1::ExportBundleReply& bundle) {
  return Text({{"bundle", path}, {"partnership", bundle.partnership()}});
}

}  // namespace hansa::node::cli
