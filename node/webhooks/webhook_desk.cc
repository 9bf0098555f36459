#include "node/webhooks/webhook_desk.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "node/domain/text.h"
#include "node/webhooks/webhook_body.h"
#include "node/webhooks/webhook_sender.h"
#include "node/webhooks/webhook_signature.h"
#include "node/webhooks/webhook_url.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::webhooks {
namespace {

constexpr std::size_t kIdDigits = 8;

std::uint64_t Milliseconds(absl::Time time) { return static_cast<std::uint64_t>(absl::ToUnixMillis(time)); }

std::vector<std::string> NamesOfCollections() {
  std::vector<std::string> names;
  for (replication::Collection each = replication::kIndicators; each <= replication::kStrategies;
       each = replication::Collection(static_cast<std::uint16_t>(each.value() + 1))) {
    names.push_back(replication::CollectionName(each));
  }
  return names;
}

std::vector<std::string> Sorted(std::vector<std::string> texts) {
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
  return texts;
}

}  // namespace

const char* StateName(const Webhook& hook) {
  if (hook.is_paused) return "paused";
  return hook.failures > 0 ? "retrying" : "delivering";
}

void JudgeHooks(const std::vector<Webhook>& hooks, absl::Time now, desk::Examination& examination) {
  if (hooks.empty()) return;
  examination.Made(kHooksCheck);
  for (const Webhook& hook : hooks) {
    if (hook.is_paused) {
      examination.findings.push_back(
          {kHooksCheck, desk::FindingLevel::kProblem,
           absl::StrCat("the hook ", hook.id, " is paused, and its receiver is told nothing: ", hook.last_error),
           absl::StrCat("see to the receiver, then run `hansa webhooks test ", hook.id,
                        "`, which lets it go on with what waits; or run `hansa webhooks remove ", hook.id, "`")});
      continue;
    }
    const absl::Time since = absl::FromUnixMillis(static_cast<std::int64_t>(hook.failing_since_ms));
    if (hook.failures == 0 || now - since < kFindingAfter) continue;
    examination.findings.push_back(
        {kHooksCheck, desk::FindingLevel::kDoubt,
         absl::StrCat("the receiver of the hook ", hook.id, " has taken nothing for a day: ", hook.last_error),
         "see to the receiver; the hook is paused when this has lasted for three days"});
  }
}

absl::Status WebhookDesk::CheckNarrowing(const NewWebhook& asked) const {
  if (asked.on.size() > kNarrowMax || asked.topics.size() > kNarrowMax) {
    return absl::InvalidArgumentError(
        absl::StrCat("a hook is narrowed down to ", kNarrowMax, " things at the most; add another hook for the rest"));
  }
  std::vector<std::string> names = NamesOfCollections();
  names.emplace_back(kOwn);
  for (const std::string& name : asked.on) {
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    return absl::InvalidArgumentError(
        absl::StrCat("there is no collection ", domain::Quoted(name), "; they are ", absl::StrJoin(names, ", ")));
  }
  const absl::StatusOr<std::vector<desk::FollowedTopic>> topics = parts_.topics();
  HANSA_RETURN_IF_ERROR(topics.status());
  for (const std::string& text : asked.topics) {
    const bool is_followed = !text.empty() && text.size() <= kNarrowBytesMax &&
                             std::any_of(topics->begin(), topics->end(),
                                         [&](const desk::FollowedTopic& topic) { return MeetsTopic(topic, text); });
    if (is_followed) continue;
    return absl::FailedPreconditionError(absl::StrCat("no topic is followed that asks for ", domain::Quoted(text),
                                                      "; follow it first, see `hansa help follow`"));
  }
  return absl::OkStatus();
}

absl::StatusOr<Webhook> WebhookDesk::Add(const NewWebhook& asked) {
  HANSA_RETURN_IF_ERROR(CheckUrl(asked.url));
  HANSA_RETURN_IF_ERROR(CheckNarrowing(asked));
  Webhook hook;
  hook.id = parts_.chance().substr(0, kIdDigits);
  hook.url = asked.url;
  hook.on = Sorted(asked.on);
  hook.topics = Sorted(asked.topics);
  hook.with_muted = asked.with_muted;
  hook.added_ms = Milliseconds(parts_.now());
  hook.cursor = parts_.journal_end();
  hook.secret = NewSecret();
  for (const Webhook& other : parts_.book.List()) {
    const bool is_same = other.url == hook.url && other.on == hook.on && other.topics == hook.topics &&
                         other.with_muted == hook.with_muted;
    if (!is_same) continue;
    return absl::FailedPreconditionError(
        absl::StrCat("the hook ", other.id, " is told the same at the same address already; nothing was added"));
  }
  HANSA_RETURN_IF_ERROR(parts_.book.Add(hook));
  parts_.wake();
  return hook;
}

absl::StatusOr<std::string> WebhookDesk::Remove(const std::string& id) {
  const absl::StatusOr<Webhook> hook = parts_.book.Find(id);
  HANSA_RETURN_IF_ERROR(hook.status());
  HANSA_RETURN_IF_ERROR(parts_.book.Remove(id));
  return hook->url;
}

absl::StatusOr<TestReport> WebhookDesk::Test(const std::string& id) {
  const absl::StatusOr<Webhook> hook = parts_.book.Find(id);
  HANSA_RETURN_IF_ERROR(hook.status());
  const absl::Time now = parts_.now();
  const Delivery delivery{TestId(*hook, parts_.chance()), TestBody(*hook, Milliseconds(now))};
  const HttpAnswer answer = Attempt(*hook, delivery, now, parts_.post);
  if (!IsTaken(answer)) return TestReport{.taken = false, .why_not = WhyNot(answer)};
  TestReport report{.taken = true};
  const auto go_on = [&](Webhook& each) {
    report.goes_on = each.is_paused || each.failures > 0;
    each.is_paused = false;
    each.failures = 0;
    each.failing_since_ms = 0;
    each.next_attempt_ms = 0;
    each.last_error.clear();
  };
  HANSA_RETURN_IF_ERROR(parts_.book.Change(id, go_on, storage::Durability::kSynced));
  parts_.wake();
  return report;
}

absl::StatusOr<Webhook> WebhookDesk::RotateSecret(const std::string& id) {
  const std::uint64_t until_ms = Milliseconds(parts_.now() + kOlderSecretLasts);
  const auto rotate = [&](Webhook& each) {
    each.older_secret = each.secret;
    each.older_until_ms = until_ms;
    each.secret = NewSecret();
  };
  HANSA_RETURN_IF_ERROR(parts_.book.Change(id, rotate, storage::Durability::kSynced));
  return parts_.book.Find(id);
}

}  // namespace hansa::node::webhooks
