// One stream to a node, by gRPC alone: any key, any bytes, and the very bytes that come back. It keeps to no rule of
// the protocol; what makes use of it decides what to keep to.
#ifndef HANSA_TESTS_SYSTEM_FORGE_RAW_LINK_H_
#define HANSA_TESTS_SYSTEM_FORGE_RAW_LINK_H_

#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "replication/crypto.h"

namespace hansa::forge {

// Thread-safe. One thread of its own.
class RawLink {
 public:
  // Told each message as it arrived, on the link's thread; may call Say.
  using Heard = std::function<void(const std::string& bytes)>;

  // Blocks until the node has taken the stream.
  //   UNAVAILABLE, PERMISSION_DENIED and others  it came to nothing, in gRPC's words
  static absl::StatusOr<std::unique_ptr<RawLink>> Open(const replication::Seed& tls_seed, const std::string& address,
                                                       Heard heard);
  // Ends the stream and waits until it has ended.
  ~RawLink();
  RawLink(const RawLink&) = delete;
  RawLink& operator=(const RawLink&) = delete;

  // Queues `bytes` as one message; false once the stream has ended.
  bool Say(const std::string& bytes) ABSL_LOCKS_EXCLUDED(mutex_);
  bool ended() const ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  struct Call;

  RawLink(std::unique_ptr<Call> call, Heard heard);
  void Run() ABSL_LOCKS_EXCLUDED(mutex_);
  void WriteNext() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const std::unique_ptr<Call> call_;
  const Heard heard_;
  mutable absl::Mutex mutex_;
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  bool leaving_ ABSL_GUARDED_BY(mutex_) = false;  // half-closes when nothing waits any more
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace hansa::forge

#endif  // HANSA_TESTS_SYSTEM_FORGE_RAW_LINK_H_
