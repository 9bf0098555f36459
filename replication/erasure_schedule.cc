#include "replication/erasure_schedule.h"

#include <algorithm>
#include <deque>

#include "replication/planted.h"

namespace hansa::replication {

std::optional<ErasureSchedule::Alone> ErasureSchedule::AloneOf(const ErasureTarget& target,
                                                               const std::optional<Ordered>& ordered) {
  if (!ordered || !ordered->author || ordered->is_at_once) return std::nullopt;
  return Alone{ordered->author->received, ordered->author->place, target};
}

void ErasureSchedule::MarkStale(OfAuthor& author, const Alone& from) {
  author.stale_from = author.stale_from ? std::min(*author.stale_from, from) : from;
}

void ErasureSchedule::Set(const ErasureTarget& target, const std::optional<Ordered>& ordered) {
  Row& row = plan_.rows[target];
  if (const std::optional<Alone> before = AloneOf(target, row.ordered)) {
    OfAuthor& author = plan_.authors[row.ordered->author->by];
    author.alone.erase(*before);
    MarkStale(author, *before);
    plan_.stale_authors.insert(row.ordered->author->by);
  }
  row.ordered = ordered;
  if (const std::optional<Alone> now = AloneOf(target, ordered)) {
    OfAuthor& author = plan_.authors[ordered->author->by];
    author.alone.insert(*now);
    MarkStale(author, *now);
    plan_.stale_authors.insert(ordered->author->by);
  }
  plan_.stale_rows.insert(target);
}

void ErasureSchedule::Await(const ErasureTarget& target, bool is_awaited) {
  const auto found = plan_.rows.find(target);
  if (found == plan_.rows.end() || found->second.is_awaited == is_awaited) return;
  found->second.is_awaited = is_awaited;
  plan_.stale_rows.insert(target);
}

// Those before the first that has changed are as they were, and at most kOpenOrdersMax of them are still on hold then.
void ErasureSchedule::FindOpen(OfAuthor& author, std::set<ErasureTarget>& moved) {
  if (!author.stale_from) return;
  const Alone from = *author.stale_from;
  author.stale_from.reset();
  std::deque<absl::Duration> on_hold;
  const auto first_stale = author.open.lower_bound(from);
  for (auto before = first_stale; before != author.open.begin() && on_hold.size() < kOpenOrdersMax;) {
    on_hold.push_front((--before)->received);
  }
  const std::set<Alone> were_open(first_stale, author.open.end());
  author.open.erase(first_stale, author.open.end());
  for (auto order = author.alone.lower_bound(from); order != author.alone.end(); ++order) {
    while (!on_hold.empty() && on_hold.front() + kAuthorHold <= order->received) on_hold.pop_front();
    const bool is_open = on_hold.size() < kOpenOrdersMax;
    if (is_open) {
      on_hold.push_back(order->received);
      author.open.insert(author.open.end(), *order);
    }
    if (is_open != were_open.contains(*order)) moved.insert(order->target);
  }
}

std::optional<absl::Duration> ErasureSchedule::DueOf(const Plan& plan, const ErasureTarget& target,
                                                     const Ordered& ordered) {
  if (ordered.is_at_once || Planted(Bug::kEraseAtOnceByOneKey)) return absl::ZeroDuration();
  if (ordered.secretariat) return *ordered.secretariat + kSecretariatHold;
  if (!ordered.author) return std::nullopt;
  const bool is_open = plan.authors.at(ordered.author->by).open.contains(*AloneOf(target, ordered));
  return is_open ? std::optional(ordered.author->received + kAuthorHold) : std::nullopt;
}

const ErasureSchedule::Plan& ErasureSchedule::Settled() const {
  for (const Member author : std::exchange(plan_.stale_authors, {})) {
    FindOpen(plan_.authors.at(author), plan_.stale_rows);
    if (plan_.authors.at(author).alone.empty()) plan_.authors.erase(author);
  }
  for (const ErasureTarget& target : std::exchange(plan_.stale_rows, {})) {
    const auto found = plan_.rows.find(target);
    if (found == plan_.rows.end()) continue;
    Row& row = found->second;
    if (row.is_planned) plan_.planned.erase({*row.due_after, target});
    row.due_after = row.ordered ? DueOf(plan_, target, *row.ordered) : std::nullopt;
    row.is_planned = row.is_awaited && row.due_after.has_value();
    if (row.is_planned) plan_.planned.insert({*row.due_after, target});
    if (!row.ordered) plan_.rows.erase(found);
  }
  return plan_;
}

std::optional<absl::Duration> ErasureSchedule::DueAfter(const ErasureTarget& target) const {
  const Plan& plan = Settled();
  const auto found = plan.rows.find(target);
  return found == plan.rows.end() ? std::nullopt : found->second.due_after;
}

bool ErasureSchedule::WaitsForSecretariat(const ErasureTarget& target) const {
  const Plan& plan = Settled();
  const auto found = plan.rows.find(target);
  return found != plan.rows.end() && found->second.ordered && !found->second.due_after;
}

std::vector<ErasureTarget> ErasureSchedule::Due(absl::Duration ran) const {
  std::vector<ErasureTarget> due;
  for (const auto& [due_after, target] : Settled().planned) {
    if (due_after > ran) break;
    due.push_back(target);
  }
  return due;
}

absl::Duration ErasureSchedule::NextDue() const {
  const Plan& plan = Settled();
  return plan.planned.empty() ? absl::InfiniteDuration() : plan.planned.begin()->first;
}

}  // namespace hansa::replication
