// One applicant before the roster: the rules that stand against its admission, each in a line that
// says what to do about it. Pure.
#ifndef HANSA_NODE_MEMBERSHIP_CANDIDATE_H_
#define HANSA_NODE_MEMBERSHIP_CANDIDATE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "node/membership/application.h"
#include "replication/roster.h"

namespace hansa::node::membership {

// OK if neither slug nor keys have been used in the roster.
//   ALREADY_EXISTS       the same slug with the same key is admitted
//   FAILED_PRECONDITION  another has, or had, the slug or a key
absl::Status CheckUnused(const replication::Application& application, const replication::RosterState& state);

// The recommendation in `file`, for a city, by the authority of its country.
//   FAILED_PRECONDITION  absent, of another application, or by somebody else
//   INVALID_ARGUMENT     not a recommendation
absl::StatusOr<replication::Statement> RecommendationFor(const ApplicationFile& city,
                                                         const std::optional<std::string>& file,
                                                         const replication::Roster& roster);

// The grant in `file`, for the key of an authority's officer, by the authority of its country.
// Errors as RecommendationFor.
absl::StatusOr<replication::Statement> GrantFor(const ApplicationFile& officer, const std::optional<std::string>& file,
                                                const replication::Roster& roster);

// Officers' approvals that admitting such an applicant needs: none for cities, partners and
// authorities' officers, one for experts and survey agencies, `quorum` for all others.
std::uint32_t ApprovalsNeeded(const replication::Application& application, std::uint32_t quorum);

}  // namespace hansa::node::membership

#endif  // HANSA_NODE_MEMBERSHIP_CANDIDATE_H_
