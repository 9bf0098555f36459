// One stream between two nodes, whoever dialled: the part that does not depend on which side of
// gRPC it is. gRPC's reactions and our callers arrive on any thread; one of them at a time carries
// out what the Flow says, with no lock held, so that nothing is begun after the end and each end
// happens once.
#ifndef HANSA_NODE_WIRE_LINK_H_
#define HANSA_NODE_WIRE_LINK_H_

#include <memory>
#include <optional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "node/wire/flow.h"
#include "node/wire/switchboard.h"
#include "node/wire/wire_event.h"
#include "replication/frames.h"

namespace hansa::node::wire {

// Thread-safe. Owned by shared_ptr: gRPC's side keeps one until its last reaction.
class Link : public std::enable_shared_from_this<Link> {
 public:
  virtual ~Link() = default;

  LinkId id() const { return id_; }

  // False, and drops `frame`, when the link is ending or its queue is full. A frame too large for
  // its kind ends the link: the peer would refuse it.
  [[nodiscard]] bool Say(const replication::Frame& frame) ABSL_LOCKS_EXCLUDED(mutex_);
  // Sends what waits and `last`, then ends; cuts the stream if that takes longer than
  // `limits.goodbye`.
  void Close(const std::optional<replication::CloseFrame>& last) ABSL_LOCKS_EXCLUDED(mutex_);
  void Consumed() ABSL_LOCKS_EXCLUDED(mutex_);
  // Cuts the stream. `why` is what LinkEnded or DialFailed says, unless a reason stands already.
  void Abandon(absl::Status why) ABSL_LOCKS_EXCLUDED(mutex_);
  // The same, but only while the link has not opened.
  void AbandonUnlessOpen(absl::Status why) ABSL_LOCKS_EXCLUDED(mutex_);

 protected:
  Link(Flow::Side side, std::shared_ptr<Switchboard> switchboard);

  // Both ends are up: tells LinkOpened, then begins to read.
  void Opened(const replication::Pin& peer, std::string address) ABSL_LOCKS_EXCLUDED(mutex_);
  // A read is over; `bytes` is nullopt at the end of the stream.
  void ReadDone(std::optional<std::string> bytes) ABSL_LOCKS_EXCLUDED(mutex_);
  void WriteDone(bool ok) ABSL_LOCKS_EXCLUDED(mutex_);
  void Died() ABSL_LOCKS_EXCLUDED(mutex_);
  // The last reaction: nothing of gRPC is left. Tells LinkEnded if the link had opened; `status` is
  // why unless a reason stands already or we closed it ourselves.
  void Ended(absl::Status status) ABSL_LOCKS_EXCLUDED(mutex_);

  bool opened() const ABSL_LOCKS_EXCLUDED(mutex_);
  // The first reason given to Abandon() or found here; OK if there is none.
  absl::Status reason() const ABSL_LOCKS_EXCLUDED(mutex_);
  Switchboard& switchboard() { return *switchboard_; }

  // Carries out what the Flow says until there is nothing to do.
  void Pump() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  // What each step is on this side of gRPC. Called by one thread at a time and with no lock held;
  // may be followed by the matching reaction before it returns.
  virtual void BeginRead() = 0;
  virtual void BeginWrite(std::string bytes) = 0;
  virtual void BeginHalfClose() = 0;
  virtual void BeginCancel() = 0;
  virtual void Leave() = 0;

  void Perform(Flow::Step step, std::string bytes);
  // Ends the link because of what the peer sent, and tells the peer.
  void Refuse(const absl::Status& why) ABSL_LOCKS_EXCLUDED(mutex_);
  void CutAfterGoodbyeTime();

  const LinkId id_;
  const bool dialled_by_us_;
  const std::shared_ptr<Switchboard> switchboard_;

  mutable absl::Mutex mutex_;
  Flow flow_ ABSL_GUARDED_BY(mutex_);
  bool pumping_ ABSL_GUARDED_BY(mutex_) = false;
  bool opened_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Status reason_ ABSL_GUARDED_BY(mutex_);
  std::string address_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace hansa::node::wire

#endif  // HANSA_NODE_WIRE_LINK_H_
