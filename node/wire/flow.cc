#include "node/wire/flow.h"

#include <utility>

namespace hansa::node::wire {
namespace {
constexpr int kLiveForOneBulk = 3;
}  // namespace

bool Flow::Say(std::string bytes, Lane lane) {
  if (!may_say()) return false;
  if (outgoing_bytes_ + bytes.size() > limits_.outgoing_bytes) return false;
  outgoing_bytes_ += bytes.size();
  std::deque<std::string>& queue = lane == Lane::kControl ? control_ : lane == Lane::kLive ? live_ : bulk_;
  queue.push_back(std::move(bytes));
  return true;
}

bool Flow::HasOutgoing() const { return !(control_.empty() && live_.empty() && bulk_.empty() && goodbye_.empty()); }

std::deque<std::string>& Flow::NextLane() {
  if (!control_.empty()) return control_;
  const bool bulk_has_waited = !bulk_.empty() && live_in_a_row_ >= kLiveForOneBulk;
  if (live_.empty() || bulk_has_waited) {
    live_in_a_row_ = 0;
    return bulk_;
  }
  ++live_in_a_row_;
  return live_;
}

void Flow::Close(std::string last) {
  if (closing_) return;
  closing_ = true;
  if (last.empty()) return;
  outgoing_bytes_ += last.size();  // a goodbye is small and may pass the bound
  goodbye_ = std::move(last);
}

void Flow::CloseAtOnce(std::string last) {
  if (closing_) return;
  for (std::deque<std::string>* lane : {&control_, &live_, &bulk_}) lane->clear();
  outgoing_bytes_ = 0;
  Close(std::move(last));
}

void Flow::Arrived(std::size_t size) {
  unconsumed_.push_back(size);
  unconsumed_bytes_ += size;
}

void Flow::Consumed() {
  if (unconsumed_.empty()) return;
  unconsumed_bytes_ -= unconsumed_.front();
  unconsumed_.pop_front();
}

void Flow::ReadDone(bool ok) {
  reading_ = false;
  if (!ok) read_over_ = true;
}

void Flow::WriteDone(bool ok) {
  writing_ = false;
  next_write_.clear();
  if (!ok) write_broken_ = true;
}

bool Flow::WindowOpen() const {
  return unconsumed_.size() < limits_.unconsumed_frames && unconsumed_bytes_ < limits_.unconsumed_bytes;
}

bool Flow::MayLeave() const {
  if (writing_) return false;
  if (side_ == Side::kDialler) return read_over_ && !reading_;
  return read_over_ || write_broken_ || (closing_ && !HasOutgoing());
}

Flow::Step Flow::Next() {
  if (left_) return Step::kNothing;
  if (cancel_wanted_ && !cancelled_) {
    cancelled_ = true;
    return Step::kCancel;
  }
  if (MayLeave()) {
    left_ = true;
    return Step::kLeave;
  }
  if (!open_ || read_over_) return Step::kNothing;
  // Once the stream is ending, only a read tells when it has ended: the window no longer counts.
  const bool ending = closing_ || write_broken_ || cancelled_;
  if (!reading_ && (ending || WindowOpen())) {
    reading_ = true;
    return Step::kRead;
  }
  if (writing_ || write_broken_) return Step::kNothing;
  if (HasOutgoing()) {
    writing_ = true;
    std::deque<std::string>& lane = NextLane();
    if (lane.empty()) {
      next_write_ = std::exchange(goodbye_, std::string());
    } else {
      next_write_ = std::move(lane.front());
      lane.pop_front();
    }
    outgoing_bytes_ -= next_write_.size();
    return Step::kWrite;
  }
  if (side_ == Side::kDialler && closing_ && !half_closed_) {
    half_closed_ = writing_ = true;
    return Step::kHalfClose;
  }
  return Step::kNothing;
}

}  // namespace hansa::node::wire
