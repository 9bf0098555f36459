#include "node/wire/errands.h"

#include <utility>

namespace hansa::node::wire {

using Clock = std::chrono::steady_clock;

Errands::Errands() : thread_([this] { Work(); }) {}

Errands::~Errands() { Stop(); }

void Errands::RunAfter(std::chrono::milliseconds delay, std::function<void()> errand) {
  const std::lock_guard lock(mutex_);
  if (stopping_) return;
  errands_.emplace(Clock::now() + delay, std::move(errand));
  changed_.notify_one();
}

void Errands::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_one();
  }
  if (thread_.joinable()) thread_.join();
  errands_.clear();
}

void Errands::Work() {
  while (const std::function<void()> errand = Next()) errand();
}

std::function<void()> Errands::Next() {
  std::unique_lock lock(mutex_);
  for (;;) {
    const auto first = errands_.begin();
    if (first != errands_.end() && first->first <= Clock::now()) {
      std::function<void()> errand = std::move(first->second);
      errands_.erase(first);
      return errand;
    }
    if (stopping_) return nullptr;
    if (first == errands_.end()) {
      changed_.wait(lock);
    } else {
      changed_.wait_until(lock, first->first);
    }
  }
}

}  // namespace hansa::node::wire
