// The next version of the root document before it is signed, carried as a file to each holder of a root key; and the
// signatures that come back. Both are made offline: the file holds every version in force, so that a holder can see
// which network it is of and what would change. Whether the network has gone on meanwhile is for root_change.h to say.
#ifndef HANSA_NODE_MEMBERSHIP_ROOT_PROPOSAL_H_
#define HANSA_NODE_MEMBERSHIP_ROOT_PROPOSAL_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "replication/crypto.h"
#include "replication/root_document.h"

namespace hansa::node::membership {

// Every version in force as signed, ascending.
std::vector<replication::SignedRoot> VersionsOf(const replication::RootChain& chain);

// What comes next, and what it comes after.
struct RootProposal {
  replication::RootChain chain;  // every version in force, verified
  replication::Bytes body;       // of the next version
  replication::RootDocument next;
};

// `body` after `chain`, if it would be the next version once it is signed.
//   FAILED_PRECONDITION  it would not, and why
absl::StatusOr<RootProposal> RootProposalOf(replication::RootChain chain, replication::Bytes body);

// What `next` would change, in words.
std::string RootInWords(const replication::RootDocument& before, const replication::RootDocument& next);
std::string InWords(const RootProposal& proposal);

// Whether the bytes say that they are a root proposal, which root keys sign; the proposals that officers approve say
// something else.
bool SaysItIsARootProposal(absl::string_view bytes);

std::string EncodeRootProposal(const RootProposal& proposal);
//   INVALID_ARGUMENT     not a root proposal
//   FAILED_PRECONDITION  its words are not those of the body, its versions are not those of the network it names, or
//                        the body does not follow them
absl::StatusOr<RootProposal> DecodeRootProposal(absl::string_view bytes);

// Whether `key` is a root key of the newest version in force or of the next.
bool MaySign(const RootProposal& proposal, const replication::PublicKey& key);

// The file with the signatures of one key. A key that stands in both versions signs once for each.
//   FAILED_PRECONDITION  it stands in neither
absl::StatusOr<std::string> SignRoot(const RootProposal& proposal, const replication::Signer& key);

struct SignRootOptions {
  std::string proposal;  // bytes of the proposal file
  std::string key_file;  // path
};
// Show the holder of the key InWords() first.
// Errors as DecodeRootProposal, SignRoot and ReadKey; INVALID_ARGUMENT also for a file that is no key.
absl::StatusOr<std::string> SignRootFile(const SignRootOptions& options);

struct RootSignatures {
  replication::NetworkId network;
  replication::Bytes body;  // what was signed
  replication::RootDocument document;
  std::vector<replication::RootSignature> signatures;
};
//   INVALID_ARGUMENT     not signatures of a root document
//   FAILED_PRECONDITION  the version it names is not that of its body
absl::StatusOr<RootSignatures> DecodeRootSignatures(absl::string_view bytes);

}  // namespace hansa::node::membership

#endif  // HANSA_NODE_MEMBERSHIP_ROOT_PROPOSAL_H_
