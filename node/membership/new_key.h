// A new writer key in a data folder, and the request for it. The key that was there is set aside as
// keys/writer.key.old-1 and so on, never overwritten. Promise: interrupted at any moment and asked again, it ends with
// one new key and one request for it; while the secretariat has not reinstated the member, asking again gives the same
// request.
#ifndef HANSA_NODE_MEMBERSHIP_NEW_KEY_H_
#define HANSA_NODE_MEMBERSHIP_NEW_KEY_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "replication/roster_state.h"

namespace hansa::node::membership {

struct NewKeyOptions {
  std::string folder;  // of a node
  replication::Member member;
  replication::Incarnation present;                      // as the roster has it
  std::optional<replication::PublicKey> present_writer;  // likewise; nullopt: not known here
};

struct NewKey {
  std::string request;            // bytes of the file to send to the secretariat
  replication::PublicKey writer;  // the new key
  bool was_there = false;         // it was asked for before; the request is the same
  bool has_consent = false;       // an older key found in the folder consents
};

//   NOT_FOUND            nothing was set up there
//   FAILED_PRECONDITION  it is a key file, or others can read its keys
//   DATA_LOSS, RESOURCE_EXHAUSTED  a key is spoilt, the disk is full
absl::StatusOr<NewKey> TakeNewKey(const NewKeyOptions& options);

// The key in use in `folder` with the request for it; nullopt if it was not asked for, but came with `hansa init`.
std::optional<NewKey> PendingKey(const std::string& folder);

}  // namespace hansa::node::membership

#endif  // HANSA_NODE_MEMBERSHIP_NEW_KEY_H_
