// Topics that this node follows: searches that are kept, so that what any member publishes about them is news here.
// Known to this node alone. A record is about a topic if the search for it would find the record.
#ifndef HANSA_NODE_DESK_FOLLOWED_TOPICS_H_
#define HANSA_NODE_DESK_FOLLOWED_TOPICS_H_

#include <cstddef>
#include <string>
#include <tuple>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/catalogue/catalogue.h"
#include "node/projection/record_rows.h"
#include "replication/roster.h"

namespace hansa::node::desk {

// So many are followed: what arrives is held against each of them.
inline constexpr std::size_t kTopicsMax = 100;

// What is empty is not asked for.
struct FollowedTopic {
  std::string feature = {};             // such as 2.1.3
  std::string action = {};              // such as BD1.2
  std::string text = {};                // as search::ParseQuestion
  std::vector<std::string> kinds = {};  // of search::SearchKinds(), ascending, each once
  std::string country = {};             // of the author, ISO 3166-1 alpha-3
  std::string language = {};            // BCP 47

  bool asks_nothing() const {
    return feature.empty() && action.empty() && text.empty() && kinds.empty() && country.empty() && language.empty();
  }
  friend bool operator==(const FollowedTopic&, const FollowedTopic&) = default;
};
// The order in which they are shown.
inline bool operator<(const FollowedTopic& a, const FollowedTopic& b) {
  return std::tie(a.feature, a.action, a.text, a.kinds, a.country, a.language) <
         std::tie(b.feature, b.action, b.text, b.kinds, b.country, b.language);
}

std::string EncodeTopics(const std::vector<FollowedTopic>& topics);
//   DATA_LOSS  `bytes` are not what EncodeTopics gives
absl::StatusOr<std::vector<FollowedTopic>> DecodeTopics(absl::string_view bytes);

// Those of `topics` that the record is about, in their order; none where it cannot be read or is looked for by nobody.
std::vector<FollowedTopic> TopicsOf(const std::vector<FollowedTopic>& topics, const replication::Roster& roster,
                                    const catalogue::Catalogue& catalogue, const projection::RecordKey& record,
                                    replication::Kind kind, const replication::Bytes& payload);

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_FOLLOWED_TOPICS_H_
