#include "node/wire/door_list.h"

#include <sys/stat.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace hansa::node::wire {
namespace {

// Above this many addresses, those whose allowance is whole again are forgotten.
constexpr std::size_t kAllowancesMax = 4096;

bool IsStillThere(const Connection& connection) {
  struct stat status {};
  return fstat(connection.fd, &status) == 0 && S_ISSOCK(status.st_mode) && status.st_ino == connection.inode;
}

}  // namespace

bool DoorList::Admit(const Connection& connection, Clock::time_point now) {
  absl::MutexLock lock(&mutex_);
  if (!TakeAllowance(connection.address, now)) return false;
  const auto unproven = [&]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    const auto found = unproven_by_address_.find(connection.address);
    return found == unproven_by_address_.end() ? 0 : found->second;
  };
  const auto full = [&]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return guests_.size() >= limits_.connections || unproven() >= limits_.unproven_of_one_address;
  };
  if (full()) ForgetTheGone();
  if (full()) return false;
  const auto [guest, is_new] = guests_.insert({connection.peer, Guest{connection}});
  if (!is_new) {  // the same port again: the connection before it has ended
    Forget(guest);
    guests_.insert({connection.peer, Guest{connection}});
  }
  ++unproven_by_address_[connection.address];
  return true;
}

void DoorList::Proven(const std::string& peer) {
  absl::MutexLock lock(&mutex_);
  const auto found = guests_.find(peer);
  if (found == guests_.end() || found->second.proven) return;
  Guest guest = found->second;
  Forget(found);
  guest.proven = true;
  guests_.insert({peer, std::move(guest)});
}

std::size_t DoorList::size() const {
  absl::MutexLock lock(&mutex_);
  return guests_.size();
}

void DoorList::ForgetTheGone() {
  for (auto guest = guests_.begin(); guest != guests_.end();) {
    const auto next = std::next(guest);
    if (!IsStillThere(guest->second.connection)) Forget(guest);
    guest = next;
  }
}

void DoorList::Forget(std::map<std::string, Guest>::iterator guest) {
  if (!guest->second.proven) {
    const auto count = unproven_by_address_.find(guest->second.connection.address);
    if (count != unproven_by_address_.end() && --count->second == 0) unproven_by_address_.erase(count);
  }
  guests_.erase(guest);
}

bool DoorList::TakeAllowance(const std::string& address, Clock::time_point now) {
  const double most = static_cast<double>(limits_.new_per_second_of_one_address);
  const auto refilled = [&](const Allowance& allowance) {
    const double seconds = std::chrono::duration<double>(now - allowance.as_of).count();
    return std::min(most, allowance.left + seconds * most);
  };
  if (allowances_.size() > kAllowancesMax) {
    std::erase_if(allowances_, [&](const auto& item) { return refilled(item.second) >= most; });
    if (allowances_.size() > kAllowancesMax && !allowances_.contains(address)) return false;
  }
  Allowance& allowance = allowances_.try_emplace(address, Allowance{most, now}).first->second;
  const double left = refilled(allowance);
  if (left < 1) return false;
  allowance = {left - 1, now};
  return true;
}

}  // namespace hansa::node::wire
