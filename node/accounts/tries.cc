#include "node/accounts/tries.h"

#include <algorithm>

namespace hansa::node::accounts {
namespace {

constexpr int kDoublingsMax = 6;  // 64 minutes is beyond the longest wait

absl::Duration WaitAfter(int wrong) {
  if (wrong < kTriesFree) return absl::ZeroDuration();
  return std::min(kTryWaitMost, kTryWaitFirst * (1 << std::min(wrong - kTriesFree, kDoublingsMax)));
}

}  // namespace

bool Tries::IsForgotten(const Tried& tried, absl::Time now) {
  return now - tried.last >= WaitAfter(tried.wrong) + kTriesWindow;
}

absl::Duration Tries::Wait(const std::string& who, absl::Time now) const {
  const auto found = tried_.find(who);
  if (found == tried_.end() || IsForgotten(found->second, now)) return absl::ZeroDuration();
  const absl::Duration whole = WaitAfter(found->second.wrong);
  // A clock that was put back makes nobody wait longer.
  return std::clamp(found->second.last + whole - now, absl::ZeroDuration(), whole);
}

void Tries::Count(const std::string& who, absl::Time now) {
  if (tried_.size() >= kTriedMax) DropOne(now);
  Tried& tried = tried_[who];
  if (IsForgotten(tried, now)) tried = {};
  ++tried.wrong;
  tried.last = now;
}

void Tries::DropOne(absl::Time now) {
  auto longest = tried_.begin();
  for (auto at = tried_.begin(); at != tried_.end();) {
    if (IsForgotten(at->second, now)) {
      at = tried_.erase(at);
      longest = tried_.begin();
    } else {
      if (at->second.last < longest->second.last) longest = at;
      ++at;
    }
  }
  if (tried_.size() >= kTriedMax) tried_.erase(longest);
}

void Tries::TakeBack(const std::string& who) {
  const auto found = tried_.find(who);
  if (found != tried_.end() && --found->second.wrong <= 0) tried_.erase(found);
}

void Tries::Forgive(const std::string& who) { tried_.erase(who); }

}  // namespace hansa::node::accounts
