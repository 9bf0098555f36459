// What an honest node says to others, and what it says of itself.
#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "replication/check.h"
#include "replication/collections.h"
#include "replication/fork_proof.h"
#include "replication/scope.h"
#include "tests/simulation/capabilities.h"
#include "tests/simulation/oracle.h"
#include "tests/simulation/world.h"

namespace hansa::simulation {

using replication::Checkpoint;
using replication::FeedAuthor;
using replication::FeedId;
using replication::FeedTail;
using replication::Frame;
using replication::Hash;

namespace {

constexpr Instant kEndedKeyGrace = 65 * kSecond;
// What waits for a peer's credit: pushes, and what it has asked for.
constexpr std::size_t kWaitingMax = 400 + 64;

bool IsChunkGiven(const Frame& frame) {
  const auto* chunk = std::get_if<replication::FileChunk>(&frame);
  return chunk != nullptr && !chunk->bytes.empty();
}

// What a member that the roster does not know, or not any more, may still be told.
bool IsControl(const Frame& frame, const FeedId& roster) {
  if (const auto* unit = std::get_if<replication::UnitFrame>(&frame)) {
    return absl::StartsWith(unit->unit, roster.view());
  }
  if (const auto* have = std::get_if<replication::Have>(&frame)) return have->checkpoint.feed == roster;
  if (const auto* rows = std::get_if<replication::Rows>(&frame)) return rows->rows.empty();
  return !std::holds_alternative<replication::Payloads>(frame) &&
         !std::holds_alternative<replication::FileWant>(frame) && !IsChunkGiven(frame) &&
         !std::holds_alternative<replication::TreeReply>(frame) &&
         !std::holds_alternative<replication::ScopeRoot>(frame);
}

const replication::Bytes* CarriedBytes(const Frame& frame) {
  if (const auto* unit = std::get_if<replication::UnitFrame>(&frame)) return &unit->unit;
  if (const auto* have = std::get_if<replication::Have>(&frame)) return &have->unit;
  if (const auto* payloads = std::get_if<replication::Payloads>(&frame)) {
    if (!payloads->items.empty()) return &payloads->items.front().payload.payload;
  }
  return nullptr;
}

}  // namespace

void Oracle::AboutToSend(const Node& from, const Node& to, const replication::Pin& pin, replication::SessionId session,
                         const Frame& frame) {
  const Unplanted unplanted;
  if (const auto* reply = std::get_if<replication::ClaimReply>(&frame)) fences_.Answers(from, to, session, *reply);
  if (const auto* have = std::get_if<replication::Have>(&frame)) Show(from, have->checkpoint);
  if (const auto* unit = std::get_if<replication::UnitFrame>(&frame)) {
    const auto feed = FeedId::From(replication::BytesView(unit->unit).substr(0, FeedId::kSize));
    const auto truth = feed ? feeds_.find(*feed) : feeds_.end();
    if (truth != feeds_.end() && from.IsOwn(truth->second.author)) {
      const absl::StatusOr<replication::TransferUnit> decoded = replication::DecodeUnit(unit->unit);
      if (decoded.ok()) Show(from, decoded->end);
    }
  }
  if (!from.is_honest()) return;
  if (const std::string fault = credits_.Sent(session, frame); !fault.empty()) {
    world_.Fail("I6", absl::StrCat(from.name(), " to ", to.name(), " ", fault));
  }
  if (const auto* have = std::get_if<replication::Have>(&frame)) {
    CheckClaim(from, have->checkpoint, "says that it holds");
    if (!have->unit.empty() && chance_.OneIn(4)) CheckServed(from, to, have->unit);
  } else if (const auto* unit = std::get_if<replication::UnitFrame>(&frame)) {
    CheckServed(from, to, unit->unit);
  } else if (const auto* ack = std::get_if<replication::Ack>(&frame)) {
    const FeedOnDisk* held = from.disk().contents.Find(ack->feed);
    if (held != nullptr ? held->len() < ack->durable_through.value() : ack->durable_through.value() > 0) {
      world_.Fail("P1", absl::StrCat(from.name(), " acknowledges ", NameOf(ack->feed), " ",
                                     ack->durable_through.value(), ", which is not on its disk"));
    }
  } else if (const auto* proof = std::get_if<replication::ForkProof>(&frame)) {
    CheckProof(from, *proof);
  }
  CheckPeerMayHear(from, to, pin, session, frame);
  const replication::Bytes* carried = CarriedBytes(frame);
  if (carried == nullptr || carried->empty() || !chance_.OneIn(48)) return;
  for (const std::string& draft : drafts_) {
    if (absl::StrContains(*carried, draft)) world_.Fail("P2", from.name() + " sends what stands in a draft");
  }
}

// A Have is of what is on the disk. A feed that was dropped meanwhile is no fault.
void Oracle::CheckClaim(const Node& from, const Checkpoint& said, const char* how) {
  const FeedOnDisk* held = from.disk().contents.Find(said.feed);
  const std::uint64_t len = said.len.value();
  const bool is_true = held != nullptr && len > 0 && held->len() >= len && held->hashes[len - 1] == said.head;
  if (is_true) return;
  const FeedTruth& truth = feeds_[said.feed];
  const bool was_true = held == nullptr && len > 0 && truth.held.size() >= len;
  if (was_true && !from.IsOwn(truth.author)) return;
  world_.Fail("P1",
              absl::StrCat(from.name(), " ", how, " ", NameOf(said.feed), " ", len, ", which is not on its disk"));
}

void Oracle::CheckServed(const Node& from, const Node& to, const replication::Bytes& bytes) {
  const absl::StatusOr<replication::TransferUnit> unit = replication::DecodeUnit(bytes);
  if (!unit.ok()) {
    return world_.Fail("P3", absl::StrCat(from.name(), " sends ", to.name(), " a unit that cannot be read"));
  }
  const auto found = feeds_.find(unit->feed);
  if (found == feeds_.end()) return world_.Fail("P3", from.name() + " serves a feed that nobody writes");
  const FeedTruth& truth = found->second;
  for (const replication::Entry& entry : unit->entries) {
    const std::uint64_t seq = HeaderOf(entry).seq.value();
    if (truth.Find(seq, EntryHash(world_.mint.crypto(), entry.header)) != nullptr) continue;
    return world_.Fail("P3", absl::StrCat(from.name(), " serves ", truth.name, " ", seq, ", which was never signed"));
  }
  CheckClaim(from, unit->end, "serves");
  const FeedAuthor* author = from.replica().roster().AuthorOf(unit->feed);
  if (author != nullptr && author->seal && unit->end.len > author->seal->len) {
    world_.Fail("I8", absl::StrCat(from.name(), " serves ", truth.name, " beyond its seal"));
  }
}

// Nothing but root documents and roster for a key that is not live in the speaker's roster (P14). A session that began
// with a live key may go on for a while.
void Oracle::CheckPeerMayHear(const Node& from, const Node& to, const replication::Pin& pin,
                              replication::SessionId session, const Frame& frame) {
  const replication::Roster& roster = from.replica().roster();
  if (roster.LiveMemberOf(pin)) {
    ended_since_[session] = kNever;
    return;
  }
  const auto began_live = ended_since_.find(session);
  if (began_live != ended_since_.end() && began_live->second == kNever) began_live->second = world_.timeline.now();
  if (IsControl(frame, roster.feed())) return;
  if (began_live != ended_since_.end()) {
    if (!kCore.drops_ended_keys || world_.timeline.now() - began_live->second <= kEndedKeyGrace) return;
  }
  world_.Fail("P14", absl::StrCat(from.name(), " serves ", to.name(), ", whose key is not live in its roster, a ",
                                  replication::FrameName(frame)));
}

// Nobody is accused of what it did not do (P6).
void Oracle::CheckProof(const Node& from, const replication::ForkProof& proof) {
  const auto found = feeds_.find(proof.a.feed);
  const auto was_signed = [&](const Checkpoint& end) {
    return found->second.vouched.contains({end.len.value(), end.head}) &&
           IsSignedBy(world_.mint.crypto(), world_.founders.network(), end, found->second.author.writer);
  };
  const bool is_true =
      found != feeds_.end() && proof.b.feed == proof.a.feed && was_signed(proof.a) && was_signed(proof.b) &&
      CheckForkProof(world_.mint.crypto(), world_.founders.network(), found->second.author, proof).ok();
  if (!is_true) return world_.Fail("P6", from.name() + " passes on a proof of a fork that is none");
  const replication::PublicKey writer = found->second.author.writer;
  if (IsBad(writer) || IsExcused(writer)) {
    found->second.is_doubled = true;
  } else {
    world_.Fail("I4", found->second.name + " has two histories, and its author is honest");
  }
}

// Back from `end` to what is known to be out. A second history is an accident, a crime, or a fault.
void Oracle::Show(const Node& author, const Checkpoint& end) {
  const auto found = feeds_.find(end.feed);
  if (found == feeds_.end() || !author.IsOwn(found->second.author)) return;
  FeedTruth& truth = found->second;
  std::uint64_t seq = end.len.value();
  Hash hash = end.head;
  if (truth.shown.size() < seq) truth.shown.resize(seq);
  while (seq > 0 && truth.shown[seq - 1] != hash) {
    const Written* entry = truth.Find(seq, hash);
    if (entry == nullptr) return;  // said of CheckServed's
    if (!truth.shown[seq - 1].is_zero()) {
      truth.is_doubled = true;
      if (!IsBad(truth.author.writer) && !IsExcused(truth.author.writer)) {
        return world_.Fail("I4", absl::StrCat(author.name(), " shows a second history of ", truth.name, " at ", seq));
      }
      return;
    }
    truth.shown[seq - 1] = hash;
    hash = entry->prev;
    --seq;
  }
}

// A session ends over a broken rule of the protocol, never over a unit that can be read but is refused (I9).
void Oracle::CheckClose(const Node& node, const replication::Event& event, const replication::CloseSession& close) {
  if (close.last.code != replication::CloseCode::kProtocol) return;
  const auto* received = std::get_if<replication::Received>(&event);
  if (received == nullptr) return;
  const replication::Bytes* unit = nullptr;
  if (const auto* frame = std::get_if<replication::UnitFrame>(&received->frame)) unit = &frame->unit;
  if (const auto* have = std::get_if<replication::Have>(&received->frame)) unit = &have->unit;
  if (unit == nullptr || unit->empty() || !replication::DecodeUnit(*unit).ok()) return;
  world_.Fail("I9", absl::StrCat(node.name(), " ends a session over one unit: ", close.last.detail));
}

// What waited for a session was bounded: one step never lets out more than so many pushes to one peer (I6).
void Oracle::CheckBurst(const Node& node, const replication::Effects& effects) {
  if (effects.size() <= kWaitingMax) return;
  std::map<replication::SessionId, std::size_t> pushes;
  for (const replication::Effect& effect : effects) {
    const auto* send = std::get_if<replication::Send>(&effect);
    if (send == nullptr || !std::holds_alternative<replication::Have>(send->frame)) continue;
    if (++pushes[send->session] <= kWaitingMax) continue;
    return world_.Fail("I6", node.name() + " lets out more pushes at once than may ever wait");
  }
}

// Who has no room asks for nothing that others publish (P7).
void Oracle::CheckRoom(const Node& node, const replication::Effects& effects) {
  for (const replication::Effect& effect : effects) {
    const auto* send = std::get_if<replication::Send>(&effect);
    if (send == nullptr) continue;
    const auto* want = std::get_if<replication::Want>(&send->frame);
    const FeedAuthor* author = want == nullptr ? nullptr : node.replica().roster().AuthorOf(want->feed);
    const bool is_needed = author == nullptr || author->collection == replication::kRosterCollection ||
                           author->collection == replication::kErasures ||
                           author->member == node.replica().own_member();
    if (!is_needed || std::holds_alternative<replication::WantPayload>(send->frame)) {
      return world_.Fail("P7", node.name() + " has no room and asks for what others publish");
    }
  }
}

// "Equal" is said when the rows of both are equal for what both store (P10).
void Oracle::CheckEqual(const Node& node, const replication::Event& event, const Standing& theirs,
                        std::uint64_t said_missing) {
  const auto& received = std::get<replication::Received>(event);
  const std::shared_ptr<const Standing> mine = node.standing();
  // Then nothing that it says can be wrong.
  const bool is_equal = mine->digest == theirs.digest && mine->roster == theirs.roster;
  if (is_equal && !kCore.payloads) return;
  const std::optional<replication::SessionView> view = node.replica().ViewOf(received.session);
  if (!view || view->last_equal != node.local_now() || !view->newest_comparison_equal) return;
  const auto fail = [&](const std::string& why) {
    world_.Fail("P10", absl::StrCat(node.name(), " believes to be equal with ", theirs.node->name(), ", but ", why));
  };
  if (mine->roster != theirs.roster) return fail("their rosters differ");
  const auto row = [](const Standing& standing, const FeedId& feed) {
    const auto found = standing.rows.find(feed);
    return found == standing.rows.end() ? FeedTail() : found->second;
  };
  for (const auto& [feed, author] : node.replica().roster().feeds()) {
    if (!Covers(mine->interest, author) || !Covers(theirs.interest, author)) continue;
    const FeedTail ours = row(*mine, feed);
    const FeedTail other = row(theirs, feed);
    if (ours.len == other.len && ours.head == other.head) continue;
    const bool is_proven = kCore.forks && feeds_[feed].is_doubled;
    if (!is_proven) {
      return fail(
          absl::StrCat(NameOf(feed), " has ", ours.len.value(), " entries here and ", other.len.value(), " there"));
    }
  }
  // In sync is who finds equal roots and misses nothing.
  if (!kCore.payloads || said_missing > 0) return;
  if (const std::optional<std::string> missing = world_.MissingPayload(node, World::Hopeless::kToo))
    fail(*missing + " is missing");
}

// What a node says of its peers: nobody is behind what was never written (P4).
void Oracle::CheckViews(const Node& node) {
  std::uint64_t most = 0;
  for (const auto& [feed, author] : node.replica().roster().feeds()) {
    const auto truth = feeds_.find(feed);
    if (truth == feeds_.end()) continue;
    const FeedOnDisk* held = node.disk().contents.Find(feed);
    const std::uint64_t have = held == nullptr ? 0 : held->len();
    if (truth->second.written.size() > have) most += truth->second.written.size() - have;
  }
  // What is on the disk may not have been reported yet.
  most += node.unreported_entries();
  for (const replication::SessionView& view : node.replica().Sessions()) {
    if (view.waiting > kWaitingMax) {
      world_.Fail("I6", absl::StrCat(node.name(), " lets ", view.waiting, " frames wait for one peer's credit"));
    }
    if (view.phase == replication::Phase::kClosed || view.behind_entries <= most) continue;
    world_.Fail("P4", absl::StrCat(node.name(), " believes to be ", view.behind_entries, " entries behind where ", most,
                                   " were written"));
  }
}

}  // namespace hansa::simulation
