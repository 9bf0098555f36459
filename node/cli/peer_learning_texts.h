// Practices, news, offers and partnerships as people read them, in their language. What cities wrote stays as they
// wrote it, without what could disturb a terminal. Nothing is ordered by a value.
#ifndef HANSA_NODE_CLI_PEER_LEARNING_TEXTS_H_
#define HANSA_NODE_CLI_PEER_LEARNING_TEXTS_H_

#include <string>

#include "node/cli/table.h"

namespace hansa::v1 {
class GetOfferReply;
class GetPracticeReply;
class ListFollowingReply;
class ListNewsReply;
class ListOffersReply;
class ListPartnershipsReply;
class ListPracticesReply;
class NewsItem;
class PublishedRecord;
class VerifyPartnershipReply;
}  // namespace hansa::v1

namespace hansa::node::cli {

// What an act led to.
enum class Act { kPublished, kWithdrawn, kReplied, kAccepted, kDeclined, kLeft, kConcluded };
std::string TextOf(const v1::PublishedRecord& published, Act act, const Layout& layout);

std::string TextOf(const v1::ListPracticesReply& practices, const Layout& layout);
std::string TextOf(const v1::GetPracticeReply& practice, const Layout& layout);
std::string TextOf(const v1::ListFollowingReply& following, const Layout& layout);
std::string TextOf(const v1::ListNewsReply& news, const Layout& layout);
std::string LineOf(const v1::NewsItem& item, const Layout& layout);
std::string TextOf(const v1::ListOffersReply& offers, const Layout& layout);
std::string TextOf(const v1::GetOfferReply& offer, const Layout& layout);
std::string TextOf(const v1::ListPartnershipsReply& partnerships, const Layout& layout);
std::string TextOf(const v1::VerifyPartnershipReply& proof, const Layout& layout);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_PEER_LEARNING_TEXTS_H_
