#include "node/daemon/view_thread.h"

namespace hansa::node {

ViewThread::ViewThread(std::function<void()> pass) : pass_(std::move(pass)), thread_([this] { Loop(); }) {}

void ViewThread::Notify() {
  absl::MutexLock lock(&mutex_);
  ++asked_;
}

void ViewThread::AwaitPass() {
  absl::MutexLock lock(&mutex_);
  const std::uint64_t mine = ++asked_;
  const auto covered = [this, mine]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return stopping_ || done_ >= mine; };
  mutex_.Await(absl::Condition(&covered));
}

bool ViewThread::Run(const std::function<void()>& work) {
  absl::MutexLock lock(&mutex_);
  const auto free = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return stopping_ || work_ == nullptr; };
  mutex_.Await(absl::Condition(&free));
  if (stopping_) return false;
  work_ = &work;
  const auto finished = [this, &work]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return work_ != &work; };
  mutex_.Await(absl::Condition(&finished));
  return true;
}

void ViewThread::Stop() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  if (thread_.joinable()) thread_.join();
}

void ViewThread::Loop() {
  const auto something = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return stopping_ || work_ != nullptr || done_ < asked_;
  };
  while (true) {
    const std::function<void()>* work = nullptr;
    std::uint64_t covers = 0;
    {
      absl::MutexLock lock(&mutex_);
      mutex_.Await(absl::Condition(&something));
      if (stopping_ && work_ == nullptr) return;
      work = work_;
      covers = asked_;
    }
    if (work != nullptr) {
      (*work)();
      absl::MutexLock lock(&mutex_);
      work_ = nullptr;
      continue;
    }
    pass_();
    absl::MutexLock lock(&mutex_);
    done_ = covers;
  }
}

}  // namespace hansa::node
