// What every record has in common at the desk: who may publish it, whom its file says it is by, whom a slug means, and
// where it stands once it is published.
#ifndef HANSA_NODE_DESK_RECORD_OFFICE_H_
#define HANSA_NODE_DESK_RECORD_OFFICE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/domain/record_file.h"
#include "node/projection/views.h"
#include "node/running_node.h"

namespace hansa::node::desk {

// A record as it stands after publishing.
struct PublishedEntry {
  replication::RecordId id;
  std::string member;  // slug
  replication::Collection collection;
  replication::Sequence sequence;
  std::uint64_t revision = 0;  // from 1
  std::string title;
  bool unchanged = false;             // it stood like this before; nothing was signed
  bool queued = false;                // not signed yet: it waits until this node may sign
  std::vector<std::string> held_by;   // slugs of others known to hold it; empty when `unchanged`
  std::vector<std::string> warnings;  // a sentence each
};

// What a person is told of an entry that waits.
inline constexpr char kQueuedWords[] =
    "it waits, unsigned, until this node may publish, and is published by itself then; `hansa status` says why it "
    "waits";

// What a partner is told that would write what cities alone write.
inline constexpr char kPartnerWords[] =
    "a partner gives no data for a city and rates no city; it may publish practices, offers and notices, and take part "
    "in the dialogue";

// In each of these `doing` is what was asked for, such as 'adding a practice'.

//   FAILED_PRECONDITION  it has left the network, or its membership was ended
absl::Status CheckIsNotEnded(absl::string_view doing, const NodeView& view);

//   FAILED_PRECONDITION  its member goes on under a key that is not the one at hand, or another machine runs under it
absl::Status CheckHoldsKey(absl::string_view doing, const NodeView& view);

//   FAILED_PRECONDITION  not a member yet, or not any more, or without its present key, or the network's policy does
//   not let it write `collection`, or it is a
//                        partner and `collection` is of cities, whatever the policy says
absl::Status CheckMayPublish(absl::string_view doing, const NodeView& view, replication::Collection collection);

// What a file says of its author is what the roster says of this node's member, or nothing.
//   FAILED_PRECONDITION  another city or country
absl::Status CheckAuthor(absl::string_view doing, const NodeView& view, const domain::FileRemarks& remarks);

// A word that somebody gives with an act, fit to be signed; may be empty.
//   INVALID_ARGUMENT  longer than `characters_max`, or not fit
absl::StatusOr<std::string> CleanReason(absl::string_view doing, absl::string_view reason, std::size_t characters_max);

//   NOT_FOUND  ISO 3166-1 has no country with these three letters, in capitals, and it is not INT
absl::Status CheckCountry(absl::string_view country);

// The member called `slug`. The pointer is good as long as the roster of `view`.
//   NOT_FOUND  nobody is; names the nearest
absl::StatusOr<const replication::MemberRecord*> MemberNamed(const NodeView& view, absl::string_view slug);

// Revisions of a record, from 1: the one that somebody read, and the one that is there.
struct ReadRevision {
  std::uint64_t read = 0;  // 0: nobody said
  std::uint64_t present = 0;
};
// What somebody read is what an act would change or agree to.
//   FAILED_PRECONDITION  it has been revised since, or there is no such revision; the message names the present one
absl::Status CheckStillStands(absl::string_view doing, const replication::RecordId& id, const ReadRevision& revision);
// No revision of `id` waits unsigned, which no view shows: it would be written over unread. `view` is of before the
// views caught up, so that what leaves the outbox meanwhile is in one of the two.
//   FAILED_PRECONDITION  one waits
absl::Status CheckNoneWaits(absl::string_view doing, const NodeView& view, const replication::RecordId& id);

// FAILED_PRECONDITION 'doing: why'.
absl::Status Refusal(absl::string_view doing, absl::string_view why);
// `status` with 'doing: ' before its message; OK stays OK.
absl::Status While(absl::string_view doing, const absl::Status& status);

// What a member calls itself, by which lists are ordered; empty if the roster does not name it.
std::string NameOf(const NodeView& view, replication::Member member);
// The slug; 'member N' for one that the roster does not name.
std::string SlugOf(const NodeView& view, replication::Member member);

// Whether the roster says that the membership of `member` has ended; who is suspended is a member still.
bool HasEnded(const replication::Roster& roster, replication::Member member);
// Of a text that takes the signature of one whose membership has ended.
std::string PartyHasEnded(absl::string_view slug);

// A record that somebody asks for by its id.
struct SoughtRecord {
  absl::string_view doing;
  absl::string_view id;           // 6 to 32 hex digits
  replication::Member preferred;  // what this member wrote comes first: nobody can hide a record by using its id
  std::function<bool(const projection::RecordView&)> is_it;            // whether a record is of the kind that is meant
  std::function<std::string(const projection::RecordView&)> is_other;  // of one that is not: what it is, what to do
};
//   INVALID_ARGUMENT  not 6 to 32 hex digits, or several such records begin so
//   NOT_FOUND         none does, or it is a record of another kind
absl::StatusOr<projection::RecordView> FindRecord(const projection::Views& views, const SoughtRecord& sought);

// Signs `publication`, waits for the views and says where it stands, its title aside. `revisions` is how many the
// record has so far. Errors: as RunningNode::Publish.
absl::StatusOr<PublishedEntry> SignOne(RunningNode& node, const NodeView& view, Publication publication,
                                       std::size_t revisions);

// `record` of this node's member, for somebody whose act would change nothing; its title aside.
PublishedEntry Standing(const NodeView& view, const projection::RecordView& record);

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_RECORD_OFFICE_H_
