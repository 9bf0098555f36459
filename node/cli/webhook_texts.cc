#include "node/cli/webhook_texts.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "hansa/v1/node_webhooks.pb.h"
#include "node/cli/record_page.h"
#include "node/cli/text_width.h"

namespace hansa::node::cli {
namespace {

// What it is told: "practices, offers; 2.1.3".
std::string ToldOf(const v1::WebhookSummary& hook, const words::Words& words) {
  std::vector<std::string> names;
  bool is_own = false;
  for (const std::string& name : hook.on()) {
    is_own = is_own || name == "own";
    if (name != "own") names.push_back(words(name));
  }
  std::string told = is_own ? words("what this member publishes") : names.empty() ? words("all news") : "";
  if (!names.empty()) absl::StrAppend(&told, told.empty() ? "" : ": ", absl::StrJoin(names, ", "));
  if (!hook.topics().empty()) absl::StrAppend(&told, "; ", Printable(absl::StrJoin(hook.topics(), ", ")));
  if (hook.with_muted()) absl::StrAppend(&told, "; ", words("also of muted members"));
  return told;
}

std::string WhyItWaits(const v1::WebhookSummary& hook, const words::Words& words) {
  const std::string why = words.Translated(hook.last_error());
  if (hook.state() == "paused") {
    return words("paused since nothing was taken: {0}; see to the receiver, then run `hansa webhooks test {1}`", why,
                 hook.id());
  }
  if (hook.failures() == 0) return "";
  return words("not taken since {0}: {1}; tried again at {2}", ClockTime(hook.failing_since_ms()), why,
               ClockTime(hook.next_attempt_ms()));
}

}  // namespace

std::string TextOf(const v1::AddWebhookReply& added, const Layout& layout) {
  const words::Words& words = layout.words;
  return absl::StrCat(words("hook {0} is told from now on: {1}", added.webhook().id(), ToldOf(added.webhook(), words)),
                      "\n", words("its receiver checks the signature with this secret, which is not shown again:"),
                      "\n", added.secret(), "\n");
}

std::string TextOf(const v1::ListWebhooksReply& hooks, const Layout& layout) {
  const words::Words& words = layout.words;
  if (hooks.webhooks().empty()) return absl::StrCat(words("this node has no hooks"), "\n");
  Table table({{words("id")},
               {words("state")},
               {words("what it is told")},
               {words("delivered"), Align::kRight},
               {words("last delivered")},
               {words("address")}});
  for (const v1::WebhookSummary& hook : hooks.webhooks()) {
    table.Add({hook.id(), words(hook.state()), ToldOf(hook, words), Grouped(hook.delivered()),
               hook.delivered_ms() == 0 ? "-" : ClockTime(hook.delivered_ms()), Printable(hook.url())});
    table.Under(WhyItWaits(hook, words));
  }
  return table.Text(layout);
}

std::string TextOf(const v1::TestWebhookReply& test, const Layout& layout) {
  const words::Words& words = layout.words;
  return absl::StrCat(
      words(test.goes_on() ? "the test was taken; the hook goes on with what waits" : "the test was taken"), "\n");
}

std::string TextOf(const v1::RotateWebhookSecretReply& rotated, const Layout& layout) {
  return absl::StrCat(
      layout.words("the new secret, which is not shown again; until {0} the older one is signed with as well:",
                   ClockTime(rotated.older_until_ms())),
      "\n", rotated.secret(), "\n");
}

}  // namespace hansa::node::cli
