// News, offers and partnerships as JSON for scripts. As json_of.h.
#ifndef HANSA_NODE_CLI_PEER_LEARNING_JSON_H_
#define HANSA_NODE_CLI_PEER_LEARNING_JSON_H_

#include <cstdint>
#include <string>

namespace hansa::v1 {
class ExportBundleReply;
class FollowReply;
class GetOfferReply;
class ListFollowingReply;
class ListNewsReply;
class ListOffersReply;
class ListPartnershipsReply;
class NewsItem;
class PartnershipSummary;
class PublishedRecord;
class UnfollowReply;
class VerifyPartnershipReply;
}  // namespace hansa::v1

namespace hansa::node::cli {

std::string JsonOf(const v1::PublishedRecord& published);
std::string JsonOf(const v1::ListFollowingReply& following);
std::string JsonOfTopics(const v1::ListFollowingReply& following);
std::string JsonOf(const v1::FollowReply& followed);
std::string JsonOf(const v1::ListNewsReply& news);
// On one line, for a stream of them.
std::string JsonLineOf(const v1::NewsItem& item);
std::string JsonOf(const v1::ListOffersReply& offers);
std::string JsonOf(const v1::GetOfferReply& offer);
std::string JsonOf(const v1::ListPartnershipsReply& partnerships);
std::string JsonOf(const v1::PartnershipSummary& partnership);
std::string JsonOf(const v1::VerifyPartnershipReply& proof);
// {"member","was_followed","words","files"}; `whom`: a member, or a topic in words.
std::string JsonOf(const std::string& whom, const v1::UnfollowReply& reply);
// {"keep","feeds_removed"}
std::string JsonOfKeep(const std::string& keep, std::uint64_t feeds_removed);
// {"bundle": path, "partnership"}
std::string JsonOfBundle(const std::string& path, const v1::ExportBundleReply& bundle);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_PEER_LEARNING_JSON_H_
