// What becomes of a member once it is in: set aside and shown again, ended. From what the secretariat asks for to the
// roster entry that does it; judged again by the roster's own law before it is signed.
#ifndef HANSA_NODE_MEMBERSHIP_MEMBER_CHANGE_H_
#define HANSA_NODE_MEMBERSHIP_MEMBER_CHANGE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/membership/approvals.h"
#include "replication/roster.h"
#include "storage/feed_store.h"

namespace hansa::node::membership {

// The member called `slug`. The pointer is good as long as the roster.
//   NOT_FOUND  nobody is; names the nearest
absl::StatusOr<const replication::MemberRecord*> MemberCalled(const replication::Roster& roster,
                                                              absl::string_view slug);

enum class StandingAct { kSuspend, kResume };
struct StandingRequest {
  std::string slug;
  StandingAct act = StandingAct::kSuspend;
  std::string note = {};  // a line for readers; may be empty
};
// Needs no approvals: the roster's key alone sets a member aside.
//   NOT_FOUND            no such member
//   ALREADY_EXISTS       it is suspended already, or it is not suspended
//   FAILED_PRECONDITION  it is no member any more
//   INVALID_ARGUMENT     the note cannot be shown, or is too long
absl::StatusOr<EntryDraft> DraftStanding(const StandingRequest& request, const replication::Roster& roster);

// Where one feed is to end; 0: nothing of it stands.
struct FeedEnd {
  replication::Collection collection;
  replication::Sequence len;
  friend bool operator==(const FeedEnd&, const FeedEnd&) = default;
};
// Reads COLLECTION:LEN.
//   INVALID_ARGUMENT  it is not that
absl::StatusOr<FeedEnd> ParseFeedEnd(absl::string_view text);

struct RevokeRequest {
  std::string slug;
  replication::RevokeReason reason = replication::RevokeReason::kNotGiven;
  std::vector<FeedEnd> ends = {};           // where feeds end earlier than what is held
  std::vector<std::string> approvals = {};  // bytes of approval files
};
struct RevokeDraft {
  EntryDraft entry;
  std::vector<std::string> warnings;  // a sentence each
};
// Ends each feed of the present incarnation where `request` says, else where `feeds` hold it now. With approvals: as it
// was approved, if that is what is asked for.
//   NOT_FOUND            no such member, or no entry of such a feed is held
//   ALREADY_EXISTS       it has ended for the same reason
//   FAILED_PRECONDITION  it has ended for another reason; its author did not sign a feed of that length; the approvals
//                        are of another change
//   INVALID_ARGUMENT     a feed is named twice, or is no member's; an approval cannot be read
absl::StatusOr<RevokeDraft> DraftRevocation(const RevokeRequest& request, const replication::Roster& roster,
                                            const storage::FeedStore& feeds);

}  // namespace hansa::node::membership

#endif  // HANSA_NODE_MEMBERSHIP_MEMBER_CHANGE_H_
