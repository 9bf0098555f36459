// News and offers as people read them, in their language; partnerships are in partnership_texts.h. What cities wrote
// stays as they wrote it, without what could disturb a terminal. Nothing is ordered by a value.
#ifndef HANSA_NODE_CLI_PEER_LEARNING_TEXTS_H_
#define HANSA_NODE_CLI_PEER_LEARNING_TEXTS_H_

#include <string>

#include "absl/time/time.h"
#include "node/cli/table.h"

namespace hansa::v1 {
class GetOfferReply;
class ListFollowingReply;
class ListNewsReply;
class ListOffersReply;
class NewsItem;
class FollowedTopic;
class PublishedRecord;
}  // namespace hansa::v1

namespace hansa::node::cli {

// What an act led to.
enum class Act { kPublished, kWithdrawn, kReplied, kAccepted, kDeclined, kLeft, kConcluded, kJoined };
std::string TextOf(const v1::PublishedRecord& published, Act act, const Layout& layout);

std::string TextOf(const v1::ListFollowingReply& following, const Layout& layout);
// What it asks for, parted by commas.
std::string InWords(const v1::FollowedTopic& topic, const words::Words& words);
std::string TextOf(const v1::ListNewsReply& news, const Layout& layout);
std::string LineOf(const v1::NewsItem& item, const Layout& layout);
// What came between two times, by member and in the order in which it came: plain text, to be sent on as it is.
struct DigestSpan {
  absl::Time from, to;
};
std::string DigestText(const v1::ListNewsReply& news, const DigestSpan& span, const Layout& layout);
std::string TextOf(const v1::ListOffersReply& offers, const Layout& layout);
std::string TextOf(const v1::GetOfferReply& offer, const Layout& layout);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_PEER_LEARNING_TEXTS_H_
