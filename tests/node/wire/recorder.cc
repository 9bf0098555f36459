#include "tests/node/wire/recorder.h"

#include <cstdio>
#include <cstdlib>
#include <utility>

#include "absl/time/time.h"
#include "tests/node/wire/tls_client.h"

namespace hansa::node::wire {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(30);

}  // namespace

RecordedWire::RecordedWire(std::uint8_t seed_byte, const std::string& listen, WireLimits limits, Consume consume)
    : consume_(consume) {
  absl::StatusOr<std::unique_ptr<Wire>> wire =
      Wire::Start({TestSeed(seed_byte), listen, [this](WireEvent event) { Write(std::move(event)); }, limits});
  if (!wire.ok()) {
    std::fprintf(stderr, "%s\n", wire.status().ToString().c_str());
    std::abort();
  }
  wire_ = *std::move(wire);
}

void RecordedWire::Write(WireEvent event) {
  std::optional<LinkId> consumed;
  {
    absl::MutexLock lock(&mutex_);
    if (auto* opened = std::get_if<LinkOpened>(&event)) told_.opened.push_back(*opened);
    if (auto* ended = std::get_if<LinkEnded>(&event)) told_.ended.push_back(*ended);
    if (auto* failed = std::get_if<DialFailed>(&event)) told_.failed.push_back(*failed);
    if (auto* frame = std::get_if<FrameArrived>(&event)) {
      if (consume_ == Consume::kAtOnce) consumed = frame->link;
      told_.frames.push_back(std::move(*frame));
    }
  }
  if (consumed) wire_->Consumed(*consumed);
}

template <typename Event>
std::optional<Event> RecordedWire::Wait(std::vector<Event> Told::*list, std::size_t n) {
  absl::MutexLock lock(&mutex_);
  const auto there = [&]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return (told_.*list).size() > n; };
  if (!mutex_.AwaitWithTimeout(absl::Condition(&there), kPatience)) return std::nullopt;
  return (told_.*list)[n];
}

template std::optional<LinkOpened> RecordedWire::Wait(std::vector<LinkOpened> Told::*, std::size_t);
template std::optional<FrameArrived> RecordedWire::Wait(std::vector<FrameArrived> Told::*, std::size_t);
template std::optional<LinkEnded> RecordedWire::Wait(std::vector<LinkEnded> Told::*, std::size_t);
template std::optional<DialFailed> RecordedWire::Wait(std::vector<DialFailed> Told::*, std::size_t);

bool RecordedWire::DialOpens(const std::string& address, const replication::Pin& expected) {
  absl::MutexLock lock(&mutex_);
  const std::size_t opened = told_.opened.size();
  const std::size_t before = opened + told_.failed.size();
  mutex_.Unlock();
  wire_->Dial(address, {expected});
  mutex_.Lock();
  const auto decided = [&]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return told_.opened.size() + told_.failed.size() > before;
  };
  mutex_.AwaitWithTimeout(absl::Condition(&decided), kPatience);
  return told_.opened.size() > opened;
}

}  // namespace hansa::node::wire
