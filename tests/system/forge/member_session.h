// The member's side of a conversation, by hand: just enough of the protocol to be taken for a member that is in sync.
// It stores nothing and believes everything; what it says beyond the greeting is up to its caller.
#ifndef HANSA_TESTS_SYSTEM_FORGE_MEMBER_SESSION_H_
#define HANSA_TESTS_SYSTEM_FORGE_MEMBER_SESSION_H_

#include <deque>
#include <fstream>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "replication/frames.h"
#include "tests/system/forge/raw_link.h"

namespace hansa::forge {

// Thread-safe, for one caller at a time.
class MemberSession {
 public:
  struct Options {
    replication::Seed tls_seed;
    replication::NetworkId network;
    std::string address;  // host:port
    std::string record;   // every message heard is appended here as u32 length ‖ bytes; empty: nowhere
  };
  // Says Hello, claims to stand where the node stands, and waits until the node takes it for a live member.
  //   UNAVAILABLE and others  not let in; DEADLINE_EXCEEDED no answer; ABORTED the node closed, and why
  static absl::StatusOr<std::unique_ptr<MemberSession>> Begin(const Options& options);

  // The feeds that the node holds, as it says.
  absl::StatusOr<std::vector<replication::FeedRow>> Rows();
  // The unit that begins at `from`, encoded as it came.
  //   NOT_FOUND  the node will not give it
  absl::StatusOr<replication::Bytes> Fetch(const replication::FeedId& feed, replication::Sequence from);
  // Waits until the node says that it has `feed` on disk through `len`.
  absl::Status AwaitAck(const replication::FeedId& feed, replication::Sequence len);

  //   ABORTED  the stream has ended
  absl::Status Say(const replication::Frame& frame);
  bool ended() const { return link_->ended(); }

 private:
  MemberSession() = default;

  void Heard(const std::string& bytes) ABSL_LOCKS_EXCLUDED(mutex_);
  // Takes the first frame heard that `wanted` is true for, within kAnswerWithin.
  absl::StatusOr<replication::Frame> Await(const char* what, std::function<bool(const replication::Frame&)> wanted)
      ABSL_LOCKS_EXCLUDED(mutex_);
  absl::Status Greet(const replication::NetworkId& network);
  // Learns the node's scope as of now.
  absl::StatusOr<replication::ScopeId> AskScope();

  mutable absl::Mutex mutex_;
  std::deque<replication::Frame> heard_ ABSL_GUARDED_BY(mutex_);
  replication::RosterPosition their_roster_ ABSL_GUARDED_BY(mutex_);
  std::optional<replication::CloseFrame> closed_ ABSL_GUARDED_BY(mutex_);
  std::ofstream record_ ABSL_GUARDED_BY(mutex_);
  RawLink* talking_ ABSL_GUARDED_BY(mutex_) = nullptr;  // valid from the first frame on
  std::uint64_t next_nonce_ = 1;
  std::unique_ptr<RawLink> link_;  // last: its thread uses the others
};

}  // namespace hansa::forge

#endif  // HANSA_TESTS_SYSTEM_FORGE_MEMBER_SESSION_H_
