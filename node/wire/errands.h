// One thread that does small things later: gives up a dial after its deadline, ends a link whose
// goodbye does not get through, takes down a channel outside its own callbacks.
#ifndef HANSA_NODE_WIRE_ERRANDS_H_
#define HANSA_NODE_WIRE_ERRANDS_H_

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <thread>

namespace hansa::node::wire {

// Thread-safe. An errand must not block, nor call Stop().
class Errands {
 public:
  Errands();
  // Stops first.
  ~Errands();

  Errands(const Errands&) = delete;
  Errands& operator=(const Errands&) = delete;

  void RunAfter(std::chrono::milliseconds delay, std::function<void()> errand);
  void Run(std::function<void()> errand) { RunAfter(std::chrono::milliseconds(0), std::move(errand)); }

  // Does what is due, drops the rest, and returns when the thread has ended. Later errands are
  // dropped.
  void Stop();

 private:
  void Work();
  // The next errand that is due; waits for one. Empty once stopped and nothing is due.
  std::function<void()> Next();

  // Not Abseil's: only these wait by a clock that nobody can set.
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;  // guarded by mutex_
  // By when they are due, in the order given where that is equal. Guarded by mutex_.
  std::multimap<std::chrono::steady_clock::time_point, std::function<void()>> errands_;
  std::thread thread_;
};

}  // namespace hansa::node::wire

#endif  // HANSA_NODE_WIRE_ERRANDS_H_
