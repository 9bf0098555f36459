// A member asks to go on under a new key: after a lost disk, for a fence that closed for good, or as planned. The
// request is a file; it holds the body of a consent and every signature that an INCARNATION takes from the member.
#ifndef HANSA_NODE_MEMBERSHIP_RECOVERY_FILE_H_
#define HANSA_NODE_MEMBERSHIP_RECOVERY_FILE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/membership/approvals.h"
#include "replication/crypto.h"
#include "replication/roster.h"

namespace hansa::node::membership {

struct RecoveryFile {
  std::string slug;                                        // of the member that asks
  replication::Statement by_new_key;                       // over a tagged Consent, as its own new key signed it
  std::vector<replication::PossessionProof> possession;    // by the TLS keys, over the same body
  std::optional<replication::PossessionProof> by_old_key;  // consent of the key that it goes on from
  replication::Consent says;                               // what the body says
};

// Who asks, and with which keys.
struct NewLife {
  std::string slug;
  replication::Member member;
  replication::Incarnation incarnation;  // the one to begin
  const replication::Signer& writer;
  const replication::Signer& tls;
  const replication::Signer* old_writer;  // null where it is gone
};
RecoveryFile SignRecovery(const replication::NetworkId& network, const NewLife& life);

std::string EncodeRecovery(const replication::NetworkId& network, const RecoveryFile& file);
// Reads and verifies every signature, and that the copies for people say what was signed. Whether the old key is the
// member's is for the roster to say.
//   INVALID_ARGUMENT     not such a request
//   FAILED_PRECONDITION  altered, or for another network
absl::StatusOr<RecoveryFile> ReadRecovery(absl::string_view bytes, const replication::NetworkId& network);

struct ReinstateRequest {
  std::string slug;
  std::string request;  // bytes of the file
};
struct ReinstateDraft {
  EntryDraft entry;
  replication::Consent says;
  bool by_consent = false;  // of the member's present key; otherwise officers approve
};
//   NOT_FOUND            no such member
//   ALREADY_EXISTS       it goes on under that key already
//   FAILED_PRECONDITION  of another member, outdated, altered; or the member has ended
//   INVALID_ARGUMENT     not such a request
absl::StatusOr<ReinstateDraft> DraftReinstatement(const ReinstateRequest& request, const replication::Roster& roster);

}  // namespace hansa::node::membership

#endif  // HANSA_NODE_MEMBERSHIP_RECOVERY_FILE_H_
