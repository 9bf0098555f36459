// A hook: a program of the city that is told by HTTP what is new on this node. Values alone.
#ifndef HANSA_NODE_WEBHOOKS_WEBHOOK_H_
#define HANSA_NODE_WEBHOOKS_WEBHOOK_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace hansa::node::webhooks {

// So many hooks a node has at the most.
inline constexpr std::size_t kWebhooksMax = 20;
// Bytes of an address, and of each thing that a hook is narrowed down to; and how many of these it may have.
inline constexpr std::size_t kUrlBytesMax = 1000;
inline constexpr std::size_t kNarrowBytesMax = 200;
inline constexpr std::size_t kNarrowMax = 20;
// Bytes of a secret.
inline constexpr std::size_t kSecretBytes = 32;

// In `on`: what this node's own member publishes.
inline constexpr char kOwn[] = "own";

// Names of what is sent, as receivers read them; they never change.
inline constexpr char kNewsType[] = "hansa.news";
inline constexpr char kTestType[] = "hansa.test";

struct Webhook {
  std::string id = {};                   // 8 lower-case hex digits
  std::string url = {};                  // as CheckUrl lets it through
  std::vector<std::string> on = {};      // names of collections, none: every one; kOwn: of this member instead of news
  std::vector<std::string> topics = {};  // a feature, an action point or words that are followed; empty: whatever
  std::uint64_t added_ms = 0;            // Unix milliseconds, as all that end so; 0: never
  std::uint64_t cursor = 0;              // number in the journal of news up to which all was delivered or passed over
  std::uint64_t delivered = 0;           // so many since it was added
  std::uint64_t delivered_ms = 0;        // the last
  std::uint32_t failures = 0;            // attempts in a row; 0 while all is well
  std::uint64_t failing_since_ms = 0;    // the first of them
  std::uint64_t next_attempt_ms = 0;     // not before; 0: at once
  std::string last_error = {};           // of the last of them, one line
  bool is_paused = false;                // nothing is sent until a test succeeds
  std::string secret = {};               // kSecretBytes random bytes; never shown, logged or sent as they are
  std::string older_secret = {};         // the one before, signed with as well until then; or empty
  std::uint64_t older_until_ms = 0;
  bool with_muted = false;  // tells of what muted members publish as well

  friend bool operator==(const Webhook&, const Webhook&) = default;
};

}  // namespace hansa::node::webhooks

#endif  // HANSA_NODE_WEBHOOKS_WEBHOOK_H_
