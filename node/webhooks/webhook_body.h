// What is sent: the bodies, as JSON, and the ids by which a receiver knows what it has had already. Pure.
#ifndef HANSA_NODE_WEBHOOKS_WEBHOOK_BODY_H_
#define HANSA_NODE_WEBHOOKS_WEBHOOK_BODY_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "node/desk/following_desk.h"
#include "node/webhooks/webhook.h"

namespace hansa::node::webhooks {

// {"type":"hansa.news","timestamp","data"}: when it came here, and the item as `hansa news --json` has it, but for
// what only a list has. What was taken back is named by its kind and id, without its title.
std::string NewsBody(const desk::NewsPiece& piece);
// {"type":"hansa.test","timestamp","data":{"webhook"}}. `now_ms` is Unix milliseconds.
std::string TestBody(const Webhook& hook, std::uint64_t now_ms);

// The same for every attempt at the same piece for the same hook, after a restart too; of no two pieces alike. Letters,
// digits and underscores.
std::string NewsId(const Webhook& hook, const desk::NewsPiece& piece);
// `chance` is what tells one test from another, in hex.
std::string TestId(const Webhook& hook, absl::string_view chance);

// Whether the hook is to be told of it.
bool IsWanted(const Webhook& hook, const desk::NewsPiece& piece);
// Whether `text` is what a followed topic asks for: its feature, its action point in either case, or its words.
bool MeetsTopic(const desk::FollowedTopic& topic, absl::string_view text);

}  // namespace hansa::node::webhooks

#endif  // HANSA_NODE_WEBHOOKS_WEBHOOK_BODY_H_
