#include "node/files/file_thread.h"

#include <utility>

#include "absl/time/time.h"

namespace hansa::node::files {
namespace {

constexpr absl::Duration kBetweenPasses = absl::Seconds(1);

}  // namespace

FileThread::FileThread(FileKeeper& keeper, std::function<void(const absl::Status&)> failed)
    : keeper_(keeper), failed_(std::move(failed)), thread_([this] { Loop(); }) {}

void FileThread::Stop() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
    changed_.Notify();
  }
  if (thread_.joinable()) thread_.join();
}

void FileThread::Loop() {
  absl::Status last;
  while (true) {
    const absl::Status status = keeper_.Pass();
    if (!status.ok() && status != last) failed_(status);
    last = status;
    absl::MutexLock lock(&mutex_);
    if (changed_.Await(mutex_, kBetweenPasses, [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return stopping_; })) return;
  }
}

}  // namespace hansa::node::files
