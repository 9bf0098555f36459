#include "node/daemon/caretaker.h"

#include <utility>

#include "node/daemon/log.h"
#include "node/daemon/monotonic.h"

namespace hansa::node {

using storage::Room;

void Caretaker::Start() {
  thread_ = std::thread([this] { Run(); });
}

void Caretaker::Stop() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
    changed_.Notify();
  }
  if (thread_.joinable()) thread_.join();
}

void Caretaker::DiskRefused() {
  absl::MutexLock lock(&mutex_);
  tasks_.refused = told_ = true;
  changed_.Notify();
}

void Caretaker::Damaged() {
  absl::MutexLock lock(&mutex_);
  tasks_.damaged = told_ = true;
  changed_.Notify();
}

storage::DiskSpace Caretaker::space() const {
  absl::MutexLock lock(&mutex_);
  return space_;
}

Room Caretaker::room() const {
  absl::MutexLock lock(&mutex_);
  return room_;
}

bool Caretaker::is_refused() const {
  absl::MutexLock lock(&mutex_);
  return tasks_.refused;
}

void Caretaker::Run() {
  while (true) {
    Tasks tasks;
    {
      absl::MutexLock lock(&mutex_);
      const auto has_work = [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return stopping_ || told_; };
      if (has_looked_) changed_.Await(mutex_, pauses_.look, has_work);
      if (stopping_) return;
      told_ = false;
      tasks = tasks_;
    }
    LookAtSpace();
    TellWrites();
    if (tasks.damaged) Mend();
    if (tasks.refused) WriteAgain();
    TellWrites();
    Tidy();
  }
}

void Caretaker::LookAtSpace() {
  const absl::StatusOr<storage::DiskSpace> space = parts_.space();
  if (!space.ok()) return LogError("disk: %s", std::string(space.status().message()));
  const Room before = room();
  const Room now = storage::RoomIn(*space, before);
  {
    absl::MutexLock lock(&mutex_);
    space_ = *space;
    room_ = now;
  }
  if (has_looked_ && now == before) return;
  has_looked_ = true;
  parts_.room_moved(now, *space);
}

void Caretaker::TellWrites() {
  const bool taken = room() != Room::kNone && !is_refused();
  if (taken == writes_told_) return;
  writes_told_ = taken;
  parts_.writes_taken(taken);
}

void Caretaker::WriteAgain() {
  if (room() == Room::kNone || MonotonicNow() < write_again_at_) return;
  const absl::Status done = parts_.write_again();
  write_again_at_ = MonotonicNow() + pauses_.write_again;
  absl::MutexLock lock(&mutex_);
  if (done.ok()) {
    tasks_.refused = false;
    return;
  }
  LogError("disk: not written to yet: %s", std::string(done.message()));
  // What is damaged does not open however often it is tried.
  if (absl::IsDataLoss(done)) tasks_.damaged = told_ = true;
}

void Caretaker::Tidy() {
  if (MonotonicNow() < tidy_at_ || is_refused()) return;
  parts_.tidy();
  tidy_at_ = MonotonicNow() + pauses_.tidy;
}

void Caretaker::Mend() {
  if (MonotonicNow() < mend_at_) return;
  const absl::Status done = parts_.mend();
  mend_at_ = MonotonicNow() + pauses_.mend;
  if (!done.ok()) return LogError("disk: damage is not mended yet: %s", std::string(done.message()));
  absl::MutexLock lock(&mutex_);
  // Mending opens the store anew as well.
  tasks_.damaged = tasks_.refused = false;
}

}  // namespace hansa::node
