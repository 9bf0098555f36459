// What the secretariat's officers approve: one entry that is not signed yet, of the roster or an order to erase,
// carried as a file to each officer; and the approvals that come back. Both are made offline. Whether an approver is an
// officer of the network is for the roster to say.
#ifndef HANSA_NODE_MEMBERSHIP_PROPOSAL_H_
#define HANSA_NODE_MEMBERSHIP_PROPOSAL_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "replication/crypto.h"
#include "replication/roster_messages.h"

namespace hansa::node::membership {

struct Proposal {
  replication::NetworkId network;
  replication::Kind kind;
  replication::RecordId record;  // the entry's record id, which every approval is bound to
  replication::Bytes body;       // of the entry's payload; of an order to erase, the value of its extension
  friend bool operator==(const Proposal&, const Proposal&) = default;
};

// What the entry would do, in words: read from the body itself, never from what a file says of it. (proposal_words.cc)
std::string InWords(replication::Kind kind, replication::BytesView body);

std::string EncodeProposal(const Proposal& proposal);
//   INVALID_ARGUMENT     not a proposal
//   FAILED_PRECONDITION  the words in the file are not those of the body
absl::StatusOr<Proposal> DecodeProposal(absl::string_view bytes);

struct ApprovalFile {
  replication::NetworkId network;
  replication::Kind kind;
  replication::RecordId record;
  replication::Hash body_hash;  // SHA-256 of the body approved
  replication::Approval approval;
  replication::Bytes body;  // what was approved
  friend bool operator==(const ApprovalFile&, const ApprovalFile&) = default;
};

// The approval of `proposal` by one officer key.
replication::Approval Approve(const Proposal& proposal, const replication::Signer& officer);

struct ApproveOptions {
  std::string proposal;          // bytes of the proposal file
  std::string officer_key_file;  // path
};
// An approval file. Show the officer InWords() first.
//   INVALID_ARGUMENT, FAILED_PRECONDITION as DecodeProposal; NOT_FOUND, FAILED_PRECONDITION,
//   DATA_LOSS as ReadKey
absl::StatusOr<std::string> ApproveFile(const ApproveOptions& options);

//   INVALID_ARGUMENT     not an approval
//   FAILED_PRECONDITION  the body it carries is not the one it approves
absl::StatusOr<ApprovalFile> DecodeApproval(absl::string_view bytes);

// OK if `file` is a true approval of `proposal`.
//   FAILED_PRECONDITION  of another network or proposal, or its signature is false
absl::Status CheckApproval(const Proposal& proposal, const ApprovalFile& file);

}  // namespace hansa::node::membership

#endif  // HANSA_NODE_MEMBERSHIP_PROPOSAL_H_
