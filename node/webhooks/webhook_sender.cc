#include "node/webhooks/webhook_sender.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "node/webhooks/webhook_body.h"
#include "node/webhooks/webhook_retry.h"
#include "node/webhooks/webhook_signature.h"

namespace hansa::node::webhooks {
namespace {

// Rows that are no news to a hook are passed over; after so many reads the other hooks have their turn.
constexpr int kReadsMax = 64;
// What cannot be read now, or be written down, is tried again then.
constexpr absl::Duration kTrouble = absl::Seconds(10);
constexpr int kGone = 410;

std::uint64_t Milliseconds(absl::Time time) { return static_cast<std::uint64_t>(absl::ToUnixMillis(time)); }
absl::Time TimeOf(std::uint64_t unix_ms) { return absl::FromUnixMillis(static_cast<std::int64_t>(unix_ms)); }

}  // namespace

HttpAnswer Attempt(const Webhook& hook, const Delivery& delivery, absl::Time now, HttpPost& post) {
  const Signed what{delivery.id, absl::ToUnixSeconds(now), delivery.body};
  return post.Post({.url = hook.url,
                    .headers = {{"content-type", "application/json"},
                                {"webhook-id", what.id},
                                {"webhook-timestamp", absl::StrCat(what.timestamp_s)},
                                {"webhook-signature", SignaturesOf(what, hook, Milliseconds(now))}},
                    .body = what.body});
}

bool IsTaken(const HttpAnswer& answer) { return answer.status >= 200 && answer.status <= 299; }

std::string WhyNot(const HttpAnswer& answer) {
  if (answer.status == 0) return answer.fault;
  if (answer.status == kGone) return "the receiver says that it is gone for good (410)";
  const bool leads_on = answer.status >= 300 && answer.status <= 399;
  if (leads_on) return absl::StrCat("the receiver points elsewhere (", answer.status, "); give the hook that address");
  return absl::StrCat("the receiver answered ", answer.status);
}

absl::Time WebhookSender::Step() {
  absl::Time next = absl::InfiniteFuture();
  for (const Webhook& hook : parts_.book.List()) {
    if (parts_.is_ending()) return next;
    next = std::min(next, StepOf(hook));
  }
  return next;
}

absl::StatusOr<bool> WebhookSender::IsToBeTold(const Webhook& hook, const desk::News& news) const {
  if (news.pieces.empty() || !IsWanted(hook, news.pieces[0])) return false;
  if (hook.with_muted || news.pieces[0].is_own) return true;
  const absl::StatusOr<bool> is_muted = parts_.is_muted(news.pieces[0].member);
  if (!is_muted.ok()) return is_muted;
  return !*is_muted;
}

absl::Time WebhookSender::StepOf(const Webhook& hook) {
  if (hook.is_paused) return absl::InfiniteFuture();
  const absl::Time now = parts_.now();
  const absl::Time due = DueAt(TimeOf(hook.next_attempt_ms), now);
  if (due > now) return due;
  std::uint64_t at = hook.cursor;
  absl::Time next = now;
  for (int reads = 0; reads < kReadsMax; ++reads) {
    const absl::StatusOr<desk::News> news = parts_.next(at);
    if (!news.ok()) {
      next = now + kTrouble;
      break;
    }
    const absl::StatusOr<bool> is_to_be_told = IsToBeTold(hook, *news);
    if (!is_to_be_told.ok()) {
      next = now + kTrouble;
      break;
    }
    if (*is_to_be_told) return Send(hook, news->pieces[0], news->position);
    if (news->position == at) {
      next = absl::InfiniteFuture();
      break;
    }
    at = news->position;
  }
  if (at != hook.cursor) {
    parts_.book
        .Change(
            hook.id, [at](Webhook& each) { each.cursor = std::max(each.cursor, at); },
            storage::Durability::kLazy)
        .IgnoreError();  // what was passed over is passed over again
  }
  return next;
}

absl::Time WebhookSender::Send(const Webhook& hook, const desk::NewsPiece& piece, std::uint64_t position) {
  const HttpAnswer answer = Attempt(hook, {NewsId(hook, piece), NewsBody(piece)}, parts_.now(), parts_.post);
  if (!IsTaken(answer)) return parts_.is_ending() ? absl::InfiniteFuture() : Failed(hook, answer);
  const absl::Time now = parts_.now();
  const auto delivered = [&](Webhook& each) {
    each.cursor = std::max(each.cursor, position);
    ++each.delivered;
    each.delivered_ms = Milliseconds(now);
    each.failures = 0;
    each.failing_since_ms = 0;
    each.next_attempt_ms = 0;
    each.last_error.clear();
    if (each.older_until_ms <= Milliseconds(now)) each.older_secret.clear();
  };
  // What was not written is in the book all the same, and is sent again after a restart at worst.
  const absl::Status written = parts_.book.Change(hook.id, delivered, storage::Durability::kLazy);
  return written.ok() ? now : now + kTrouble;
}

absl::Time WebhookSender::Failed(const Webhook& hook, const HttpAnswer& answer) {
  const absl::Time now = parts_.now();
  const std::string why = WhyNot(answer);
  const std::uint32_t failures = hook.failures + 1;
  const absl::Time since = hook.failures == 0 ? now : std::min(TimeOf(hook.failing_since_ms), now);
  const bool is_over = answer.status == kGone || IsGivenUp(failures, since, now);
  const absl::Time again = now + PauseAfter(failures, parts_.chance(), answer.asked);
  const auto failed = [&](Webhook& each) {
    each.failures = failures;
    each.failing_since_ms = Milliseconds(since);
    each.next_attempt_ms = Milliseconds(again);
    each.last_error = why;
    each.is_paused = is_over;
  };
  parts_.book.Change(hook.id, failed, storage::Durability::kLazy).IgnoreError();  // it is in the book all the same
  if (failures == 1 || is_over) parts_.told({.hook = hook.id, .is_paused = is_over, .why = why});
  return is_over ? absl::InfiniteFuture() : again;
}

}  // namespace hansa::node::webhooks
