#include "node/webhooks/webhook_body.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "replication/bytes.h"
#include "replication/collections.h"
#include "replication/crypto.h"

namespace hansa::node::webhooks {
namespace {

using Json = nlohmann::ordered_json;

Json Moment(std::uint64_t unix_ms) {
  if (unix_ms == 0) return nullptr;
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", absl::FromUnixMillis(static_cast<std::int64_t>(unix_ms)),
                          absl::UTCTimeZone());
}

Json OrNull(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json TopicJson(const desk::FollowedTopic& topic) {
  return {{"feature", OrNull(topic.feature)}, {"action", OrNull(topic.action)},   {"text", OrNull(topic.text)},
          {"kinds", Json(topic.kinds)},       {"country", OrNull(topic.country)}, {"language", OrNull(topic.language)}};
}

// Written once, and sent as it was signed.
std::string Written(const char* type, std::uint64_t at_ms, Json data) {
  const Json body = {{"type", type}, {"timestamp", Moment(at_ms)}, {"data", std::move(data)}};
  return body.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string NewsBody(const desk::NewsPiece& piece) {
  Json topics = Json::array();
  for (const desk::FollowedTopic& topic : piece.topics) topics.push_back(TopicJson(topic));
  return Written(kNewsType, piece.at_ms,
                 {{"at", Moment(piece.at_ms)},
                  {"member", piece.member},
                  {"collection", replication::CollectionName(piece.collection)},
                  {"kind", piece.kind},
                  {"id", piece.id.hex()},
                  {"title", piece.withdrawn ? "" : piece.title},
                  {"revision", piece.revision},
                  {"withdrawn", piece.withdrawn},
                  {"topics", std::move(topics)}});
}

std::string TestBody(const Webhook& hook, std::uint64_t now_ms) {
  return Written(kTestType, now_ms, {{"webhook", hook.id}});
}

std::string NewsId(const Webhook& hook, const desk::NewsPiece& piece) {
  replication::ByteWriter writer;
  writer.Tag("hansa/webhook/1").Raw(hook.id).Raw(piece.feed.view()).U64(piece.sequence.value());
  return absl::StrCat("msg_", replication::SodiumCrypto().Sha256(writer.bytes()).hex().substr(0, 32));
}

std::string TestId(const Webhook& hook, absl::string_view chance) {
  return absl::StrCat("test_", hook.id, "_", chance);
}

bool MeetsTopic(const desk::FollowedTopic& topic, absl::string_view text) {
  return topic.feature == text || absl::EqualsIgnoreCase(topic.action, text) || topic.text == text;
}

bool IsWanted(const Webhook& hook, const desk::NewsPiece& piece) {
  const auto asks_for = [&](absl::string_view name) {
    return std::find(hook.on.begin(), hook.on.end(), name) != hook.on.end();
  };
  const bool for_own = asks_for(kOwn);
  const bool is_any = hook.on.size() == (for_own ? 1U : 0U);
  const bool is_on = for_own == piece.is_own && (is_any || asks_for(replication::CollectionName(piece.collection)));
  if (!is_on || hook.topics.empty()) return is_on;
  return std::any_of(hook.topics.begin(), hook.topics.end(), [&](const std::string& text) {
    return std::any_of(piece.topics.begin(), piece.topics.end(),
                       [&](const desk::FollowedTopic& topic) { return MeetsTopic(topic, text); });
  });
}

}  // namespace hansa::node::webhooks
