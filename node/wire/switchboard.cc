#include "node/wire/switchboard.h"

#include <utility>

#include "absl/time/time.h"
#include "node/wire/link.h"

namespace hansa::node::wire {

bool Switchboard::Admit(const replication::Pin& peer) {
  absl::MutexLock lock(&mutex_);
  if (closing_ || inbound_ >= limits_.inbound_links) return false;
  std::size_t& of_this_key = inbound_by_key_[peer];  // at least 1 after this, or it was there before
  if (of_this_key >= limits_.inbound_links_of_one_key) return false;
  ++of_this_key;
  ++inbound_;
  return true;
}

void Switchboard::Depart(const replication::Pin& peer) {
  absl::MutexLock lock(&mutex_);
  const auto found = inbound_by_key_.find(peer);
  if (found == inbound_by_key_.end()) return;
  --inbound_;
  if (--found->second == 0) inbound_by_key_.erase(found);
}

bool Switchboard::Enter(const std::shared_ptr<Link>& link) {
  absl::MutexLock lock(&mutex_);
  if (closing_) return false;
  links_.emplace(link->id(), Place{link});
  return true;
}

void Switchboard::Open(LinkId link) {
  absl::MutexLock lock(&mutex_);
  const auto found = links_.find(link);
  if (found != links_.end()) found->second.open = true;
}

void Switchboard::Exit(LinkId link) {
  Place gone;  // so that the link goes, if it does, without the lock
  absl::MutexLock lock(&mutex_);
  const auto found = links_.find(link);
  if (found == links_.end()) return;
  gone = std::move(found->second);
  links_.erase(found);
  if (links_.empty()) emptied_.Notify();
}

std::shared_ptr<Link> Switchboard::Find(LinkId link) const {
  absl::MutexLock lock(&mutex_);
  const auto found = links_.find(link);
  return found != links_.end() && found->second.open ? found->second.link : nullptr;
}

std::vector<std::shared_ptr<Link>> Switchboard::CloseDoors() {
  absl::MutexLock lock(&mutex_);
  closing_ = true;
  std::vector<std::shared_ptr<Link>> links;
  for (const auto& [id, place] : links_) links.push_back(place.link);
  return links;
}

bool Switchboard::WaitUntilEmpty(std::chrono::milliseconds patience) {
  absl::MutexLock lock(&mutex_);
  return emptied_.Await(mutex_, absl::FromChrono(patience),
                        [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return links_.empty(); });
}

}  // namespace hansa::node::wire
