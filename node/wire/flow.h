// What one stream should do next, as a pure state machine: no gRPC, no lock, no clock. What is small and steers the
// conversation goes first; after it, three frames of what is new to one of what is old, so that neither starves.
// It keeps the rules that gRPC asks of us (one read and one write at a time, nothing after the end,
// exactly one end) and the two bounds: bytes that wait to be sent, and frames read that nobody has
// disposed of yet.
#ifndef HANSA_NODE_WIRE_FLOW_H_
#define HANSA_NODE_WIRE_FLOW_H_

#include <cstddef>
#include <deque>
#include <string>

namespace hansa::node::wire {

struct FlowLimits {
  std::size_t outgoing_bytes = 4 * 1024 * 1024;    // waiting to be sent
  std::size_t unconsumed_frames = 16;              // read and not yet disposed of
  std::size_t unconsumed_bytes = 2 * 1024 * 1024;  // the same, in bytes; passed by less than one frame
};

// What a frame is for its turn to be sent. Within each, order is kept.
enum class Lane { kControl, kLive, kBulk };

// Not thread-safe.
class Flow {
 public:
  enum class Side {
    kDialler,   // says that it has no more to send, then waits for the other side's end
    kAcceptor,  // its end ends the stream
  };
  enum class Step {
    kNothing,    // until something happens
    kRead,       // begin a read; tell ReadDone()
    kWrite,      // begin to write next_write(); tell WriteDone()
    kHalfClose,  // say that nothing more will be sent; tell WriteDone()
    kCancel,     // cut the stream; what is under way then fails
    kLeave,      // end: nothing may be begun after this
  };

  Flow(Side side, FlowLimits limits) : side_(side), limits_(limits) {}

  // The stream is up on both sides. Nothing is read or written before.
  void Open() { open_ = true; }
  // Queues an encoded frame. False, and drops it, when closing or when the queue would pass its
  // bound.
  [[nodiscard]] bool Say(std::string bytes, Lane lane);
  // Sends what waits, then `last` unless it is empty, then ends. What still arrives is thrown away.
  void Close(std::string last);
  // As Close(), and forgets what waits.
  void CloseAtOnce(std::string last);
  // Cuts the stream as soon as possible.
  void Cancel() { cancel_wanted_ = true; }

  // A frame of `size` bytes was read and is about to be handed on.
  void Arrived(std::size_t size);
  // The oldest frame handed on was disposed of.
  void Consumed();

  // A read is over. `ok` is false at the end of the stream.
  void ReadDone(bool ok);
  void WriteDone(bool ok);
  // The stream is dead, whether or not a read is under way to notice it.
  void Died() { read_over_ = true; }

  // Decides, and takes the decision as carried out.
  Step Next();
  // What to write after kWrite.
  std::string& next_write() { return next_write_; }

  bool closing() const { return closing_; }
  // Whether anything can still be said: false from Close on, or once the stream is broken.
  bool may_say() const { return !(closing_ || cancel_wanted_ || read_over_ || write_broken_); }
  bool left() const { return left_; }
  std::size_t outgoing_bytes() const { return outgoing_bytes_; }

 private:
  bool WindowOpen() const;
  bool MayLeave() const;

  const Side side_;
  const FlowLimits limits_;

  bool open_ = false;
  bool reading_ = false;
  bool writing_ = false;
  bool read_over_ = false;     // no read will succeed again
  bool write_broken_ = false;  // no write will succeed again
  bool closing_ = false;
  bool half_closed_ = false;
  bool cancel_wanted_ = false;
  bool cancelled_ = false;
  bool left_ = false;

  bool HasOutgoing() const;
  std::deque<std::string>& NextLane();

  std::deque<std::string> control_;
  std::deque<std::string> live_;
  std::deque<std::string> bulk_;
  std::string goodbye_;             // after all of them
  int live_in_a_row_ = 0;           // while bulk waits
  std::size_t outgoing_bytes_ = 0;  // sum over all of them
  std::string next_write_;
  std::deque<std::size_t> unconsumed_;  // sizes, oldest first
  std::size_t unconsumed_bytes_ = 0;    // sum over unconsumed_
};

}  // namespace hansa::node::wire

#endif  // HANSA_NODE_WIRE_FLOW_H_
