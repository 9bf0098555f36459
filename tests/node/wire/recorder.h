// Two nodes' worth of wire for tests: everything a Wire tells is written down, and tests wait for what they expect.
#ifndef HANSA_TESTS_NODE_WIRE_RECORDER_H_
#define HANSA_TESTS_NODE_WIRE_RECORDER_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "node/wire/wire.h"

namespace hansa::node::wire {

// A Wire and what it told. Waiting ends the test program's patience after 30 s by returning nullopt.
class RecordedWire {
 public:
  // `consume` says whether every frame is disposed of at once.
  enum class Consume { kAtOnce, kNever };

  explicit RecordedWire(std::uint8_t seed_byte, const std::string& listen = "127.0.0.1:0", WireLimits limits = {},
                        Consume consume = Consume::kAtOnce);

  Wire& operator*() { return *wire_; }
  Wire* operator->() { return wire_.get(); }
  const replication::Pin& pin() const { return wire_->pin(); }
  std::string address() const { return wire_->listen_address(); }

  // The nth event of its type (from 0), once there are that many.
  std::optional<LinkOpened> Opened(std::size_t n = 0) { return Wait(&Told::opened, n); }
  std::optional<FrameArrived> Frame(std::size_t n = 0) { return Wait(&Told::frames, n); }
  std::optional<LinkEnded> Ended(std::size_t n = 0) { return Wait(&Told::ended, n); }
  std::optional<DialFailed> Failed(std::size_t n = 0) { return Wait(&Told::failed, n); }
  // How many have been told by now.
  std::size_t opened_count() const { return Count(&Told::opened); }
  std::size_t frame_count() const { return Count(&Told::frames); }
  std::size_t ended_count() const { return Count(&Told::ended); }
  std::size_t failed_count() const { return Count(&Told::failed); }
  // Dials once, waits, and says whether that opened a link.
  bool DialOpens(const std::string& address, const replication::Pin& expected);

 private:
  struct Told {
    std::vector<LinkOpened> opened;
    std::vector<FrameArrived> frames;
    std::vector<LinkEnded> ended;
    std::vector<DialFailed> failed;
  };

  void Write(WireEvent event);
  template <typename Event>
  std::optional<Event> Wait(std::vector<Event> Told::*list, std::size_t n);
  template <typename Event>
  std::size_t Count(std::vector<Event> Told::*list) const {
    absl::MutexLock lock(&mutex_);
    return (told_.*list).size();
  }

  const Consume consume_;
  mutable absl::Mutex mutex_;
  Told told_ ABSL_GUARDED_BY(mutex_);
  std::unique_ptr<Wire> wire_;
};

}  // namespace hansa::node::wire

#endif  // HANSA_TESTS_NODE_WIRE_RECORDER_H_
