// How the secretariat admits an applicant: from the application, the recommendation and the
// officers' approvals to the roster entry that does it. Judged here in words for people, and again
// by the roster's own law before the entry is signed and at every node that reads it.
#ifndef HANSA_NODE_MEMBERSHIP_ADMISSION_H_
#define HANSA_NODE_MEMBERSHIP_ADMISSION_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "node/membership/approvals.h"
#include "node/membership/proposal.h"
#include "replication/roster.h"

namespace hansa::node::membership {

struct AdmitRequest {
  std::string application;  // bytes of the application file
  // Bytes of the recommendation file, for a city; of the grant file, for an authority's officer.
  std::optional<std::string> recommendation = {};
  std::vector<std::string> approvals = {};  // bytes of approval files
  // Paths; read only where approvals are missing.
  std::vector<std::string> officer_key_files = {};
};

// The entry as the officers are asked to approve it, under a new record id.
//   INVALID_ARGUMENT     a file is not what it should be
//   ALREADY_EXISTS       the same applicant with the same keys is admitted; the message has its
//                        number
//   FAILED_PRECONDITION  a rule stands against it; one line says which and what to do
absl::StatusOr<Proposal> ProposeAdmission(const AdmitRequest& request, const replication::Roster& roster);

// The entry with the approvals it needs: those of `request.approvals` first, then by officer keys
// at hand, no more than needed.
// Errors as ProposeAdmission and PrepareEntry.
absl::StatusOr<PreparedEntry> PrepareAdmission(const AdmitRequest& request, const replication::Roster& roster);

// Files named officer.key or officer-N.key beside `data_folder`, where a founding puts them;
// ascending by name.
std::vector<std::string> OfficerKeysBeside(const std::string& data_folder);

}  // namespace hansa::node::membership

#endif  // HANSA_NODE_MEMBERSHIP_ADMISSION_H_
