#include "replication/frames.h"

namespace hansa::replication {

const char* FrameName(const Frame& frame) {
  static constexpr const char* kNames[] = {"Hello",      "RootWant",    "RootDocs",  "Interest",  "ScopeRoot",
                                           "WrongScope", "TreeQuery",   "TreeReply", "Rows",      "Want",
                                           "WantNack",   "WantPayload", "Payloads",  "Unit",      "Have",
                                           "Ack",        "Credit",      "ForkWant",  "ForkProof", "Claim",
                                           "ClaimReply", "Ping",        "Close",     "FileWant",  "FileChunk"};
  static_assert(std::variant_size_v<Frame> == std::size(kNames));
  return kNames[frame.index()];
}

}  // namespace hansa::replication
