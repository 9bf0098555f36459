#include "node/membership/member_change.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "node/domain/suggestion.h"
#include "node/domain/text.h"
#include "node/membership/seals.h"
#include "node/node_folder.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::membership {
namespace {

using replication::Bytes;
using replication::Checkpoint;
using replication::MemberRecord;
using replication::MemberState;
using replication::Revoke;
using replication::RevokeReason;
using replication::Roster;
using replication::Seal;
using replication::Sequence;
using storage::FeedStore;
using storage::HeldFeed;
namespace roster_kind = replication::roster_kind;

constexpr std::size_t kNoteBytesMax = 2000;  // as the roster's law has it

absl::Status Refused(absl::string_view what) { return absl::FailedPreconditionError(what); }

absl::Status HasEnded(const MemberRecord& member) {
  return Refused(absl::StrCat(member.slug, " is no member of the network any more (",
                              replication::MemberStateName(member.state), "), and that is for good"));
}

MemberState StateAfter(RevokeReason reason) {
  return reason == RevokeReason::kCompromised ? MemberState::kCompromised : MemberState::kRetired;
}

// The author did not sign at `len`: where it did, nearest below and above.
absl::Status NotSignedAt(const HeldFeed& held, Sequence len, const std::vector<Checkpoint>& checkpoints) {
  const auto above = std::find_if(checkpoints.begin(), checkpoints.end(),
                                  [len](const Checkpoint& checkpoint) { return checkpoint.len > len; });
  const std::string cannot =
      absl::StrCat("the feed of ", replication::CollectionName(held.author.collection), " cannot end after entry ",
                   len.value(), ", since its author did not sign there");
  if (above == checkpoints.end()) {
    return Refused(absl::StrCat(cannot, "; the last that is held is ", held.newest.len.value()));
  }
  const std::uint64_t below = above == checkpoints.begin() ? 0 : std::prev(above)->len.value();
  return Refused(absl::StrCat(cannot, "; the nearest are ", below, " and ", above->len.value()));
}

// The seal of `held` where a person wants its end; nullopt: nothing of it stands.
absl::StatusOr<std::optional<Seal>> SealWhereAsked(const HeldFeed& held, Sequence len, const FeedStore& feeds) {
  if (len == Sequence()) return std::nullopt;
  const absl::StatusOr<std::vector<Checkpoint>> checkpoints = feeds.Checkpoints(held.feed);
  HANSA_RETURN_IF_ERROR(checkpoints.status());
  for (const Checkpoint& checkpoint : *checkpoints) {
    if (checkpoint.len == len) return SealAt(held.author.collection, checkpoint);
  }
  return NotSignedAt(held, len, *checkpoints);
}

absl::Status CheckEnds(const std::vector<FeedEnd>& ends, const std::vector<HeldFeed>& held) {
  std::set<replication::Collection> named;
  for (const FeedEnd& end : ends) {
    const std::string name = replication::CollectionName(end.collection);
    if (!named.insert(end.collection).second) {
      return absl::InvalidArgumentError(absl::StrCat("the feed of ", name, " is given two ends; give one"));
    }
    const bool is_held = std::any_of(held.begin(), held.end(),
                                     [&](const HeldFeed& feed) { return feed.author.collection == end.collection; });
    if (!is_held) {
      return absl::NotFoundError(
          absl::StrCat("no entry of the feed of ", name, " is held here, so it ends empty as it is; leave it out"));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Seal>> SealsAsked(const RevokeRequest& request, const Life& life, const Roster& roster,
                                             const FeedStore& feeds) {
  const absl::StatusOr<std::vector<HeldFeed>> held = FeedsHeldOf(life, roster, feeds);
  HANSA_RETURN_IF_ERROR(held.status());
  HANSA_RETURN_IF_ERROR(CheckEnds(request.ends, *held));
  std::vector<Seal> seals;
  for (const HeldFeed& feed : *held) {
    const auto asked = std::find_if(request.ends.begin(), request.ends.end(),
                                    [&](const FeedEnd& end) { return end.collection == feed.author.collection; });
    if (asked == request.ends.end()) {
      seals.push_back(SealAt(feed.author.collection, feed.newest));
      continue;
    }
    const absl::StatusOr<std::optional<Seal>> seal = SealWhereAsked(feed, asked->len, feeds);
    HANSA_RETURN_IF_ERROR(seal.status());
    if (*seal) seals.push_back(**seal);
  }
  return seals;
}

bool EndsAsAsked(const std::vector<Seal>& seals, const FeedEnd& end) {
  const auto found =
      std::find_if(seals.begin(), seals.end(), [&](const Seal& seal) { return seal.collection == end.collection; });
  return found == seals.end() ? end.len == Sequence() : found->len == end.len;
}

// What officers approved, as it stood when it was proposed: the member may have published more since.
absl::StatusOr<std::optional<Revoke>> Approved(const RevokeRequest& request, const MemberRecord& member) {
  if (request.approvals.empty()) return std::nullopt;
  const absl::StatusOr<ApprovalFile> approval = DecodeApproval(request.approvals.front());
  HANSA_RETURN_IF_ERROR(approval.status());
  absl::StatusOr<Revoke> revoke = replication::DecodeRevoke(approval->body);
  const bool is_asked_for = approval->kind == roster_kind::kRevoke && revoke.ok() && revoke->member == member.number &&
                            revoke->reason == request.reason &&
                            std::all_of(request.ends.begin(), request.ends.end(),
                                        [&](const FeedEnd& end) { return EndsAsAsked(revoke->seals, end); });
  if (is_asked_for) return *std::move(revoke);
  return Refused(absl::StrCat("the approvals are for this: ", InWords(approval->kind, approval->body),
                              "; ask for the same, or have a new proposal approved"));
}

absl::StatusOr<std::vector<std::string>> WarningsOf(const Revoke& revoke, const MemberRecord& member,
                                                    const Roster& roster, const FeedStore& feeds) {
  const absl::StatusOr<Differences> differences =
      Compare({member.number, member.present()}, revoke.seals, roster, feeds);
  HANSA_RETURN_IF_ERROR(differences.status());
  std::vector<std::string> warnings = differences->cut_off;
  for (const replication::IncarnationKeys& keys : UnsealedOf(member, roster.state())) {
    warnings.push_back(absl::StrCat("what ", member.slug, " wrote under its key of incarnation ", keys.number.value(),
                                    " has no end yet; `hansa recoveries` tells more"));
  }
  return warnings;
}

}  // namespace

absl::StatusOr<const MemberRecord*> MemberCalled(const Roster& roster, absl::string_view slug) {
  if (const MemberRecord* member = roster.state().Find(slug)) return member;
  std::vector<std::string> slugs;
  for (const auto& [number, member] : roster.state().members) slugs.push_back(member.slug);
  const std::string nearest = domain::Nearest(slug, slugs);
  return absl::NotFoundError(absl::StrCat(
      "no member is called ", domain::Quoted(slug), "; ",
      nearest.empty() ? std::string("`hansa members` lists them") : absl::StrCat("did you mean '", nearest, "'?")));
}

absl::StatusOr<EntryDraft> DraftStanding(const StandingRequest& request, const Roster& roster) {
  const absl::StatusOr<const MemberRecord*> found = MemberCalled(roster, request.slug);
  HANSA_RETURN_IF_ERROR(found.status());
  const MemberRecord& member = **found;
  if (!member.is_live()) return HasEnded(member);
  const bool suspends = request.act == StandingAct::kSuspend;
  if (member.state == (suspends ? MemberState::kSuspended : MemberState::kMember)) {
    return absl::AlreadyExistsError(
        absl::StrCat(member.slug, suspends ? " is suspended already" : " is not suspended"));
  }
  absl::StatusOr<std::string> note = domain::CleanText(request.note, domain::Lines::kOne);
  if (!note.ok()) return absl::InvalidArgumentError(absl::StrCat("the note: ", note.status().message()));
  if (note->size() > kNoteBytesMax) {
    return absl::InvalidArgumentError(absl::StrCat("the note is longer than ", kNoteBytesMax, " bytes; shorten it"));
  }
  const replication::Standing standing{member.number, *std::move(note)};
  return EntryDraft{
      {roster.network(), suspends ? roster_kind::kSuspend : roster_kind::kResume, RandomRecordId(), Encode(standing)},
      0,
      member.slug,
      absl::StrCat(suspends ? "suspending " : "ending the suspension of ", member.slug)};
}

absl::StatusOr<FeedEnd> ParseFeedEnd(absl::string_view text) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, ':');
  std::uint64_t len = 0;
  const bool is_form = parts.size() == 2 && absl::SimpleAtoi(parts[1], &len);
  const std::optional<replication::Collection> collection =
      is_form ? replication::CollectionNamed(parts[0]) : std::nullopt;
  if (!collection || *collection == replication::kRosterCollection || *collection > replication::kLastCollection) {
    return absl::InvalidArgumentError(absl::StrCat(domain::Quoted(text),
                                                   " is not COLLECTION:LEN; write for instance "
                                                   "practices:12, or practices:0 for nothing of it"));
  }
  return FeedEnd{*collection, Sequence(len)};
}

absl::StatusOr<RevokeDraft> DraftRevocation(const RevokeRequest& request, const Roster& roster,
                                            const FeedStore& feeds) {
  const absl::StatusOr<const MemberRecord*> found = MemberCalled(roster, request.slug);
  HANSA_RETURN_IF_ERROR(found.status());
  const MemberRecord& member = **found;
  if (member.state == StateAfter(request.reason)) {
    return absl::AlreadyExistsError(
        absl::StrCat(member.slug, " is no member of the network any more, as was asked for"));
  }
  if (!member.is_live()) return HasEnded(member);
  absl::StatusOr<std::optional<Revoke>> revoke = Approved(request, member);
  HANSA_RETURN_IF_ERROR(revoke.status());
  if (!*revoke) {
    absl::StatusOr<std::vector<Seal>> seals = SealsAsked(request, {member.number, member.present()}, roster, feeds);
    HANSA_RETURN_IF_ERROR(seals.status());
    *revoke = Revoke{member.number, request.reason, *std::move(seals)};
  }
  absl::StatusOr<std::vector<std::string>> warnings = WarningsOf(**revoke, member, roster, feeds);
  HANSA_RETURN_IF_ERROR(warnings.status());
  return RevokeDraft{{{roster.network(), roster_kind::kRevoke, RandomRecordId(), Encode(**revoke)},
                      roster.JudgeOfNext().approvals,
                      member.slug,
                      absl::StrCat("ending the membership of ", member.slug)},
                     *std::move(warnings)};
}

}  // namespace hansa::node::membership
