// A member that goes on under a new key says where its older feeds end: as far as it has got them back. The request is
// a file that the secretariat publishes; its lists are signed by the new key.
#ifndef HANSA_NODE_MEMBERSHIP_SEAL_REQUEST_H_
#define HANSA_NODE_MEMBERSHIP_SEAL_REQUEST_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/membership/approvals.h"
#include "replication/crypto.h"
#include "replication/roster.h"
#include "storage/feed_store.h"

namespace hansa::node::membership {

// For each incarnation of `member` that has ended and is not sealed, ascending: where each feed ends in `feeds`.
absl::StatusOr<std::vector<replication::SealList>> SealListsHeld(const replication::MemberRecord& member,
                                                                 const replication::Roster& roster,
                                                                 const storage::FeedStore& feeds);

struct SealRequestFile {
  std::string slug;
  std::vector<replication::SealList> lists;  // each with a consent
};
// The file, with the consent of `writer` to each of `lists`.
std::string SignSealRequest(const replication::NetworkId& network, const std::string& slug,
                            std::vector<replication::SealList> lists, const replication::Signer& writer);
//   INVALID_ARGUMENT     not such a request
//   FAILED_PRECONDITION  altered, or for another network
absl::StatusOr<SealRequestFile> ReadSealRequest(absl::string_view bytes, const replication::NetworkId& network);

// Whether an end is taken although something that is held here lies beyond it.
enum class EvenSo { kNo, kYes };
struct SealAsk {
  std::string slug;
  std::string request;  // bytes of the file
  EvenSo even_so = EvenSo::kNo;
};
struct SealDrafts {
  std::vector<EntryDraft> entries;    // one for each list that is not in the roster yet
  std::vector<std::string> warnings;  // a sentence each
};
// With the member's consent where it is that of its present key and was not used before, otherwise for officers to
// approve.
//   NOT_FOUND            no such member
//   ALREADY_EXISTS       every list is in the roster
//   FAILED_PRECONDITION  of another member, altered, of an incarnation that has not ended; or more is held here than
//                        the request lets stand
//   INVALID_ARGUMENT     not such a request
absl::StatusOr<SealDrafts> DraftSeals(const SealAsk& ask, const replication::Roster& roster,
                                      const storage::FeedStore& feeds);

}  // namespace hansa::node::membership

#endif  // HANSA_NODE_MEMBERSHIP_SEAL_REQUEST_H_
