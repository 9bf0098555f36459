#include "replication/writer_fence.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "replication/planted.h"

namespace hansa::replication {
namespace {

// "claim/" ‖ u32 hub ‖ its boot id: u64 order ‖ u32 incarnation ‖ confirmed ‖ pending.
constexpr char kClaimKey[] = "claim/";
// Older notes name the hub alone and have no order.
constexpr std::size_t kUnorderedBytes = 4 + 2 * ClaimToken::kSize;
// "met/" ‖ u32 member.
constexpr char kMetKey[] = "met/";
// "recover/" ‖ writer key: more was signed under it than is held here.
constexpr char kRecoverKey[] = "recover/";
// "clone/" ‖ writer key: a hub has said so.
constexpr char kCloneKey[] = "clone/";
constexpr char kYes[] = "\1";

Bytes MemberKey(absl::string_view prefix, Member member) {
  return ByteWriter().Raw(prefix).U32(member.value()).bytes();
}
Bytes WriterKey(absl::string_view prefix, const PublicKey& writer) {
  return ByteWriter().Raw(prefix).Raw(writer.view()).bytes();
}

std::optional<Member> MemberIn(absl::string_view prefix, BytesView key) {
  if (!absl::StartsWith(key, prefix)) return std::nullopt;
  ByteReader reader(key.substr(prefix.size()));
  const Member member(reader.U32());
  return reader.at_end() ? std::optional(member) : std::nullopt;
}

}  // namespace

bool IsToRecover(const Notes& notes, const PublicKey& writer) { return notes.contains(WriterKey(kRecoverKey, writer)); }

WriterFence::WriterFence(const Crypto& crypto, const Start& start)
    : crypto_(crypto),
      chance_(start.chance),
      writer_(start.writer),
      roster_writer_(start.roster_writer),
      is_lost_(start.high_water == HighWaterFinding::kLost && !Planted(Bug::kSignWithoutHighWater)),
      is_foreign_(start.high_water == HighWaterFinding::kForeign) {
  if (IsToRecover(start.notes, writer_)) ahead_.insert(writer_);
  if (roster_writer_ && IsToRecover(start.notes, *roster_writer_)) ahead_.insert(*roster_writer_);
  told_clone_ = start.notes.contains(WriterKey(kCloneKey, writer_));
  for (const auto& [key, value] : start.notes) {
    if (const std::optional<Member> met = MemberIn(kMetKey, key)) met_.insert(*met);
    if (const std::optional<HubLife> hub = HubLifeIn(key)) {
      ByteReader reader(value);
      Tokens tokens;
      tokens.order = value.size() == kUnorderedBytes ? 1 : reader.U64();
      tokens.incarnation = Incarnation(reader.U32());
      tokens.confirmed = reader.Take<ClaimToken>();
      tokens.pending = reader.Take<ClaimToken>();
      tokens.is_kept = true;
      if (reader.at_end()) tokens_[*hub] = tokens;
    }
  }
}

void WriterFence::Meet(SessionId session, const PeerStanding& peer) {
  if (peer.member == standing_.member) return;  // the writer itself never counts
  sessions_[session].peer = peer;
  if (met_.size() >= kManyOthers || !met_.insert(peer.member).second) return;
  steps_.push_back(Note{MemberKey(kMetKey, peer.member), kYes});
}

void WriterFence::OwnAhead(const PublicKey& writer) {
  if (writer == writer_ || writer == roster_writer_) Recover(writer);
}

void WriterFence::Recover(const PublicKey& writer) {
  if (ahead_.insert(writer).second) steps_.push_back(Note{WriterKey(kRecoverKey, writer), kYes});
}

void WriterFence::ToldClone() {
  if (!std::exchange(told_clone_, true)) steps_.push_back(Note{WriterKey(kCloneKey, writer_), kYes});
}

void WriterFence::ConfirmedByPerson() {
  // A city has officers who give it a new incarnation; for the roster and its hub a person has the last word.
  const bool is_last_word = standing_.member && *standing_.member <= kLastSecretariat;
  if (is_last_word && std::exchange(told_clone_, false)) steps_.push_back(Note{WriterKey(kCloneKey, writer_), ""});
  if (const std::optional<SessionId> chosen = WitnessSession(); chosen && !IsSilent(*chosen)) return;
  confirmed_by_person_ = true;
  is_foreign_ = false;
  if (is_last_word) is_lost_ = false;
}

void WriterFence::AskAgain(SessionId session) {
  const auto found = sessions_.find(session);
  if (found != sessions_.end()) found->second.ask_again = found->second.is_no_witness;
}

void WriterFence::Kept(const Note& note) {
  const std::optional<HubLife> hub = HubLifeIn(note.key);
  const auto found = hub ? tokens_.find(*hub) : tokens_.end();
  if (found != tokens_.end() && note.value == Encode(found->second)) found->second.is_kept = true;
}

Bytes WriterFence::Encode(const Tokens& tokens) {
  ByteWriter writer;
  writer.U64(tokens.order).U32(tokens.incarnation.value());
  return std::move(writer.Raw(tokens.confirmed.view()).Raw(tokens.pending.view())).bytes();
}

Bytes WriterFence::KeyOf(const HubLife& hub) {
  return ByteWriter().Raw(kClaimKey).U32(hub.first.value()).Raw(hub.second.view()).bytes();
}

std::optional<WriterFence::HubLife> WriterFence::HubLifeIn(BytesView key) {
  if (!absl::StartsWith(key, kClaimKey)) return std::nullopt;
  ByteReader reader(key.substr(sizeof(kClaimKey) - 1));
  HubLife hub{Member(reader.U32()), BootId()};
  if (!reader.at_end()) hub.second = reader.Take<BootId>();
  return reader.at_end() ? std::optional(hub) : std::nullopt;
}

void WriterFence::KeepTokens(const HubLife& hub, Tokens& tokens) {
  tokens.is_kept = false;
  steps_.push_back(Note{KeyOf(hub), Encode(tokens)});
}

void WriterFence::On(SessionId session, const ClaimReply& reply) {
  const auto found = sessions_.find(session);
  if (found == sessions_.end() || !IsHub(found->second.peer.member)) return;
  Meeting& meeting = found->second;
  // A hub that sees two machines with one key says so to both, asked or not.
  const bool is_unasked = reply.answer == ClaimAnswer::kClone && reply.next.is_zero();
  if (is_unasked) return ToldClone();
  // A hub that was no witness answers once more when it has become one.
  const bool is_late = meeting.is_no_witness && reply.answer != ClaimAnswer::kNotAWitness &&
                       reply.next == TokensOf(meeting.peer).pending;
  if (!is_late && (!meeting.claimed || reply.next != *meeting.claimed)) return;
  meeting.claimed.reset();
  if (reply.answer == ClaimAnswer::kClone) return ToldClone();
  if (reply.answer != ClaimAnswer::kConfirmed) {
    meeting.is_no_witness = true;
    return;
  }
  // What is still on its way in other sessions comes too late to be answered.
  for (auto& [other, asked] : sessions_) {
    if (asked.peer.member == meeting.peer.member && asked.claimed == reply.next) asked.claimed.reset();
  }
  Tokens& tokens = TokensOf(meeting.peer);
  // Zero once another session with this hub has brought the same answer.
  const ClaimToken& newest = tokens.pending.is_zero() ? tokens.confirmed : tokens.pending;
  if (newest != reply.next) return;
  meeting.is_no_witness = false;
  // A pair from before this start may have been copied with the disk; only one that was not can tell us from a clone.
  meeting.is_confirmed = tokens.is_fresh;
  if (tokens.is_fresh) is_foreign_ = false;
  if (tokens.pending.is_zero()) return;
  tokens.confirmed = std::exchange(tokens.pending, ClaimToken());
  for (const auto& [life, known] : tokens_) {
    if (life.first == meeting.peer.member) tokens.order = std::max(tokens.order, known.order + 1);
  }
  KeepTokens({meeting.peer.member, meeting.peer.boot}, tokens);
}

std::vector<FenceStep> WriterFence::TakeSteps() {
  if (MayClaim()) {
    const std::optional<SessionId> chosen = WitnessSession();
    if (chosen) ClaimIn(*chosen, sessions_.at(*chosen));
    const std::optional<Member> present = witness();
    for (auto& [session, meeting] : sessions_) {
      const bool would_decide = IsHub(meeting.peer.member) && (!present || meeting.peer.member < *present);
      if (meeting.ask_again && would_decide) ClaimIn(session, meeting);
    }
  }
  return std::exchange(steps_, {});
}

void WriterFence::ClaimIn(SessionId session, Meeting& meeting) {
  if (meeting.is_confirmed || meeting.claimed || meeting.peer.word == PeerWord::kNone) return;
  Tokens& tokens = TokensOf(meeting.peer);
  if (tokens.pending.is_zero()) {
    ChooseNext(meeting.peer.member, tokens);
    KeepTokens({meeting.peer.member, meeting.peer.boot}, tokens);
  }
  if (!tokens.is_kept) return;
  meeting.claimed = tokens.pending;
  meeting.ask_again = false;
  steps_.push_back(SendClaim{session, {tokens.confirmed, tokens.pending, tokens.incarnation}});
}

// What follows a token is one token, at whichever life of the hub it is claimed: one that is over, while its stream
// seems open, must not lead elsewhere.
void WriterFence::ChooseNext(Member hub, Tokens& tokens) {
  for (const auto& [life, known] : tokens_) {
    const bool is_at_the_same = known.incarnation == tokens.incarnation && known.confirmed == tokens.confirmed;
    if (life.first != hub || !is_at_the_same || known.pending.is_zero()) continue;
    tokens.pending = known.pending;
    tokens.is_fresh = known.is_fresh;
    return;
  }
  tokens.pending = NewToken();
  tokens.is_fresh = true;
}

// A life of a hub that is met for the first time goes on from what this hub has confirmed last.
WriterFence::Tokens& WriterFence::TokensOf(const PeerStanding& hub) {
  const auto [life, is_new] = tokens_.try_emplace({hub.member, hub.boot});
  Tokens& tokens = life->second;
  if (is_new) {
    for (const auto& [other, known] : tokens_) {
      if (other.first != hub.member || known.incarnation != standing_.incarnation) continue;
      const bool says_more = known.order == tokens.order && !known.pending.is_zero();
      if (known.order > tokens.order || says_more) tokens = known;
    }
    tokens.is_kept = false;
    ForgetOldest(life->first);
  }
  if (tokens.incarnation != standing_.incarnation) {
    tokens = Tokens();
    tokens.incarnation = standing_.incarnation;
  }
  if (is_new && !tokens.pending.is_zero()) KeepTokens(life->first, tokens);
  return tokens;
}

// Of the other lives of this hub.
void WriterFence::ForgetOldest(const HubLife& present) {
  std::size_t others = 0;
  auto oldest = tokens_.end();
  for (auto life = tokens_.begin(); life != tokens_.end(); ++life) {
    if (life->first.first != present.first || life->first == present) continue;
    ++others;
    if (oldest == tokens_.end() || life->second.order < oldest->second.order) oldest = life;
  }
  if (others < kHubLivesKept) return;
  steps_.push_back(Note{KeyOf(oldest->first), ""});
  tokens_.erase(oldest);
}

ClaimToken WriterFence::NewToken() {
  const Hash grown = crypto_.Sha256(ByteWriter().Tag("hansa/claim/1").Raw(chance_.view()).U64(next_token_++).bytes());
  return *ClaimToken::From(grown.view().substr(0, ClaimToken::kSize));
}

Fence WriterFence::fence() const {
  const bool is_superseded = standing_.member && !standing_.holds_present_key;
  if (is_superseded) return Planted(Bug::kRecoveredWriterSigns) ? Fence::kOpen : Fence::kSuperseded;
  if (!ahead_.empty() || is_lost_ || told_clone_) return Fence::kRecover;
  if (disk_refused_) return Fence::kReadonly;
  if (!standing_.member || !standing_.older_sealed || !standing_.roster_is_whole) return Fence::kLocked;
  const std::optional<SessionId> chosen = WitnessSession();
  if (chosen && !(confirmed_by_person_ && IsSilent(*chosen))) {
    const bool is_confirmed = sessions_.at(*chosen).is_confirmed || Planted(Bug::kCloneBeforeFirstUse);
    return is_confirmed ? Fence::kOpen : Fence::kLocked;
  }
  if (confirmed_by_person_) return Fence::kUnconfirmed;
  return !is_foreign_ && MembersAgree() ? Fence::kUnconfirmed : Fence::kLocked;
}

std::optional<Member> WriterFence::witness() const {
  const std::optional<SessionId> chosen = WitnessSession();
  if (!chosen) return std::nullopt;
  return sessions_.at(*chosen).peer.member;
}

bool WriterFence::IsSilent(SessionId session) const { return sessions_.at(session).peer.word == PeerWord::kNone; }

bool WriterFence::IsHub(Member member) const {
  return member >= kFirstSecretariat && member <= kLastSecretariat && member != standing_.member;
}

bool WriterFence::MayClaim() const {
  const bool is_writer = standing_.member && standing_.holds_present_key && standing_.older_sealed;
  return is_writer && standing_.roster_is_whole && ahead_.empty() && !is_lost_ && !told_clone_ && !disk_refused_;
}

// The lowest hub's; of several with it the one that is confirmed, else the one that is asked, else the newest.
std::optional<SessionId> WriterFence::WitnessSession() const {
  std::optional<SessionId> chosen;
  for (const auto& [session, meeting] : sessions_) {
    if (!IsHub(meeting.peer.member) || meeting.is_no_witness) continue;
    const Meeting* best = chosen ? &sessions_.at(*chosen) : nullptr;
    const bool is_better = best == nullptr || meeting.peer.member < best->peer.member ||
                           (meeting.peer.member == best->peer.member && !best->is_confirmed &&
                            (meeting.is_confirmed || !best->claimed || meeting.claimed));
    if (is_better) chosen = session;
  }
  return chosen;
}

bool WriterFence::MembersAgree() const {
  std::set<Member> agree;
  for (const auto& [session, meeting] : sessions_) {
    if (meeting.peer.member == standing_.member) continue;
    if (meeting.peer.word == PeerWord::kNone) return false;
    if (meeting.peer.word == PeerWord::kAgrees) agree.insert(meeting.peer.member);
  }
  const std::size_t needed = met_.size() >= kManyOthers ? 2 : met_.empty() ? 0 : 1;
  return agree.size() >= needed;
}

}  // namespace hansa::replication
