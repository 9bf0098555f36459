// Greeting, roster first, and what ends a session. Comparing is in session_compare.cc, moving units in
// session_transfer.cc.
#include "replication/session.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "replication/collections.h"
#include "replication/planted.h"
#include "replication/session_times.h"

namespace hansa::replication {

const char* PhaseName(Phase phase) {
  switch (phase) {
    case Phase::kHello:
      return "hello";
    case Phase::kControl:
      return "control";
    case Phase::kLive:
      return "live";
    case Phase::kClosed:
      return "closed";
  }
  return "closed";
}

Session::Session(SessionId id, Pin peer, bool dialled_by_us, ReplicaState& state)
    : id_(id), peer_(peer), dialled_by_us_(dialled_by_us), state_(state) {}

Effects Session::Step(absl::Time now, const SessionEvent& event) {
  if (phase_ == Phase::kClosed) return {};
  now_ = now;
  effects_.clear();
  if (std::holds_alternative<Started>(event)) {
    answer_by_ = now_ + kHelloTimeout;
    if (dialled_by_us_) SendHello();
  } else if (const auto* arrived = std::get_if<FrameArrived>(&event)) {
    OnFrame(arrived->frame);
  } else if (const auto* ready = std::get_if<UnitReady>(&event)) {
    OnUnitReady(ready->read);
  } else if (const auto* payloads = std::get_if<PayloadsReady>(&event)) {
    OnPayloadsReady(payloads->read);
  } else if (const auto* chunk = std::get_if<ChunkReady>(&event)) {
    OnChunkReady(chunk->read);
  } else if (std::holds_alternative<FilesMoved>(event)) {
    OnFilesMoved();
  } else if (const auto* disposed = std::get_if<Disposed>(&event)) {
    Dispose(disposed->cost);
    PumpFiles();
  } else if (const auto* came = std::get_if<PayloadsCame>(&event)) {
    if (hello_ && MayShare(came->feed)) Acknowledge(came->feed);
  } else if (const auto* turned = std::get_if<FeedTurned>(&event)) {
    OnFeedTurned(turned->feed);
  } else if (const auto* grown = std::get_if<FeedGrew>(&event)) {
    OnFeedGrew(*grown);
  } else if (std::holds_alternative<RosterMoved>(event)) {
    OnRosterMoved();
  } else if (std::holds_alternative<InterestMoved>(event)) {
    OnInterestMoved();
  } else if (std::holds_alternative<Nudged>(event)) {
    if (hello_) CompareSoon();
  } else if (std::holds_alternative<RoomCame>(event)) {
    Pump();
  } else {
    OnTimePassed();
  }
  if (phase_ != Phase::kClosed && said_hello_) {
    if (const std::optional<Credit> grant = window_.GrantDue()) Say(*grant);
    NoteStall();
  }
  return std::move(effects_);
}

absl::Time Session::deadline() const {
  if (phase_ == Phase::kClosed) return absl::InfiniteFuture();
  absl::Time next = std::min({answer_by_, compare_at_, diff_deadline_, close_by_, FilesDeadline(), InterestDeadline()});
  for (const auto& [feed, in_flight] : in_flight_) next = std::min(next, in_flight.deadline);
  return next;
}

void Session::OnFrame(const Frame& frame) {
  const bool is_hello = std::holds_alternative<Hello>(frame);
  if (!hello_ && !is_hello && !std::holds_alternative<CloseFrame>(frame)) {
    return Close(CloseCode::kProtocol, absl::StrCat(FrameName(frame), " before Hello"));
  }
  const std::optional<FrameCost> cost = CostOf(frame);
  if (cost && !window_.Receive(*cost)) return Close(CloseCode::kOverrun, "sent more than it was given credit for");
  if (cost && cost->traffic == TrafficClass::kBulk) NoteBulkCame();
  std::visit([this](const auto& content) { On(content); }, frame);
}

void Session::SendHello() {
  Hello hello;
  hello.network = state_.roster.network();
  hello.member = state_.own_member().value_or(kMemberUnknown);
  hello.incarnation = state_.own_incarnation();
  hello.boot = state_.boot;
  hello.features = {kFilesFeature};
  hello.roster = state_.roster.position();
  hello.interest = InterestHash(state_.crypto, state_.interest);
  hello.assumed_peer_interest = InterestHash(state_.crypto, their_interest_.value_or(InterestInEverything()));
  const Standing standing = Stand();
  if (standing.is_live) {
    hello.predicted_root = PredictedRoot(state_.crypto, state_.own_pin, peer_, standing.scope, standing.root);
  }
  hello.credit = window_.granted();
  said_hello_ = true;
  said_prediction_ = hello.predicted_root;
  said_position_ = hello.roster;
  Say(std::move(hello));
  if (!state_.interest.everything) Say(state_.interest);
}

void Session::On(const Hello& hello) {
  if (hello_) return Close(CloseCode::kProtocol, "a second Hello");
  if (hello.protocol_min > kProtocolVersion || hello.protocol_max < kProtocolVersion) {
    return Close(CloseCode::kVersion, absl::StrCat("this node speaks protocol version ", kProtocolVersion));
  }
  if (hello.network != state_.roster.network()) {
    return Close(CloseCode::kNetwork, absl::StrCat("this node belongs to network ", state_.roster.network().hex()));
  }
  hello_ = hello;
  purse_.Grant(hello.credit);
  compare_at_ = now_ + kPingEvery;
  answer_by_ = absl::InfiniteFuture();
  if (hello.interest == InterestHash(state_.crypto, InterestInEverything())) their_interest_ = InterestInEverything();
  phase_ = Phase::kControl;
  their_roster_ = hello.roster;
  if (!said_hello_) SendHello();
  Greeted();
}

void Session::Greeted() {
  const Standing standing = Stand();
  const bool agree =
      HasInterest() && standing.is_live &&
      hello_->predicted_root == PredictedRoot(state_.crypto, peer_, state_.own_pin, standing.scope, standing.root);
  if (!agree) {
    MeetRoster(their_roster_);
    // We know more than our own Hello said: they must hear it.
    if (said_position_ != state_.roster.position()) CompareSoon();
    return;
  }
  // Two frames, and both know: equal.
  phase_ = Phase::kLive;
  Compare(standing.scope, standing.root);
  // Unless we learned something since our own Hello: then they do not know, and must hear it.
  const Hash prediction = PredictedRoot(state_.crypto, state_.own_pin, peer_, standing.scope, standing.root);
  if (said_prediction_ != prediction) SendPing();
}

void Session::MeetRoster(const RosterPosition& theirs) {
  their_roster_ = theirs;
  const RosterPosition mine = state_.roster.position();
  if (theirs.root_version > mine.root_version) {
    Say(RootWant{mine.root_version + 1});
  } else if (theirs.root_version == mine.root_version && !state_.roster.is_whole()) {
    const Checkpoint end = *state_.roster.NextFeedToFold().seal;  // older rosters first, each up to its end
    WantThrough(end.feed, end.len);
    Pump();
  } else if (theirs.root_version == mine.root_version && theirs.len > mine.len) {
    WantThrough(state_.roster.feed(), theirs.len);
    Pump();
  } else if (theirs.len == mine.len && theirs.head != mine.head) {
    last_error_ = "its roster has another history than ours";
  }
  if (phase_ == Phase::kControl) EnterLive();
}

void Session::EnterLive() {
  if (their_roster_ != state_.roster.position() || !state_.roster.is_whole()) return;
  if (state_.roster_signed_to) return;  // who has ended or changed keys since is not known here yet
  if (!member() && state_.roster.PinsEverListed().contains(peer_)) {
    return Close(CloseCode::kNotLive, "the key of this stream has ended by the roster");
  }
  if (!member() || !state_.own_member() || !HasInterest()) return;
  phase_ = Phase::kLive;
  const Standing standing = Stand();
  Say(ScopeRoot{standing.scope, standing.root});
  compare_at_ = now_ + kPingEvery;
}

// As many as one frame holds; who takes them asks for the next.
void Session::On(const RootWant& want) {
  RootDocs docs;
  std::size_t bytes = 0;
  for (Bytes& document : state_.roster.root().SignedFrom(std::max<std::uint32_t>(want.from_version, 1))) {
    bytes += document.size();
    if (!docs.documents.empty() && bytes > kRootDocsBytes) break;
    docs.documents.push_back(std::move(document));
  }
  Say(std::move(docs));
}

void Session::On(const RootDocs& docs) {
  bool is_news = false;
  absl::Status taken;
  for (const Bytes& document : docs.documents) {
    absl::StatusOr<SignedRoot> root = DecodeSignedRoot(document);
    const absl::StatusOr<RootDocument> body = root.ok() ? DecodeRootBody(root->body) : root.status();
    // Another session may have brought it meanwhile.
    if (body.ok() && body->version <= state_.roster.root().newest().version) continue;
    taken = root.ok() ? state_.roster.AppendRoot(*std::move(root)) : root.status();
    if (!taken.ok()) break;
    is_news = true;
  }
  // What was good of them is kept and followed, whatever came after it.
  if (is_news) {
    effects_.push_back(KeepRoots{state_.roster.root().SignedFrom(1)});
    state_.roots_moved = true;
  }
  if (!taken.ok()) {
    last_error_ = std::string(taken.message());
    return Close(CloseCode::kProtocol, "a root document that does not follow ours");
  }
  // Whoever gives nothing new of what it says it has is not asked for it again at once.
  if (is_news) MeetRoster(their_roster_);
}

void Session::On(const Interest& interest) {
  // The first one is what the Hello announced; later ones say that it has changed.
  if (!HasInterest() && InterestHash(state_.crypto, interest) != hello_->interest) {
    return Close(CloseCode::kProtocol, "an interest that its Hello did not announce");
  }
  if (HasInterest() && Planted(Bug::kScopeChangeIgnored)) return;
  // Each change costs a walk over all feeds: the first ones are followed at once, and what comes faster than that is
  // followed when its turn comes, the newest alone.
  interest_next_ = interest;
  FollowTheirInterest();
}

void Session::FollowTheirInterest() {
  if (!interest_next_ || (HasInterest() && now_ < interest_free_at_ - kInterestsAhead)) return;
  const bool is_news = HasInterest();
  if (is_news) interest_free_at_ = std::max(interest_free_at_, now_) + kInterestEvery;
  their_interest_ = *std::exchange(interest_next_, std::nullopt);
  if (is_news) ForgetUnshared();
  MeetRoster(their_roster_);
  if (is_news && phase_ == Phase::kLive) CompareSoon();
}

absl::Time Session::InterestDeadline() const {
  return interest_next_ ? interest_free_at_ - kInterestsAhead : absl::InfiniteFuture();
}

void Session::OnInterestMoved() {
  if (!said_hello_) return;  // the Hello will say it
  Say(state_.interest);
  ForgetUnshared();
  if (phase_ == Phase::kLive) CompareSoon();
}

// What was asked for or known of feeds that the two have no longer in common. What was equal before may not be now.
void Session::ForgetUnshared() {
  const auto is_unshared = [this](const auto& row) { return !MayShare(row.first); };
  std::vector<FeedId> unshared;
  for (const auto& row : wanted_) {
    if (is_unshared(row)) unshared.push_back(row.first);
  }
  for (const auto& row : in_flight_) {
    if (is_unshared(row)) unshared.push_back(row.first);
  }
  for (const FeedId& feed : unshared) StopFetching(feed);
  std::erase_if(haves_waiting_, [this](const FeedId& feed) { return !MayShare(feed); });
  std::erase_if(holds_, is_unshared);
  std::erase_if(acknowledged_, is_unshared);
  EndWalk();
  compared_equal_ = false;
  unequal_runs_ = 0;
}

void Session::OnFeedTurned(const FeedId& feed) {
  StopFetching(feed);
  holds_.erase(feed);
  acknowledged_.erase(feed);
  shunned_.erase(feed);
  if (!hello_) return;
  TellFork(feed);
  compared_equal_ = false;
  if (phase_ == Phase::kLive) CompareSoon();
  Pump();
}

Session::StoresOurs Session::stores_ours() const {
  const std::optional<Member> own = state_.own_member();
  if (!HasInterest() || !own) return StoresOurs::kNotKnown;
  if (their_interest_->everything) return StoresOurs::kYes;
  for (std::uint16_t number = kIndicators.value(); number <= kLastCollection.value(); ++number) {
    const std::optional<FeedAuthor> feed = state_.roster.PresentFeed(*own, Collection(number));
    if (feed && !Covers(*their_interest_, *feed)) return StoresOurs::kNo;
  }
  return StoresOurs::kYes;
}

bool Session::LeavesOut(const FeedId& feed) const {
  const FeedAuthor* author = state_.roster.AuthorOf(feed);
  return HasInterest() && author != nullptr && !Covers(*their_interest_, *author);
}

void Session::OnRosterMoved() {
  if (!hello_) return;
  if (phase_ == Phase::kLive && !member() && !Planted(Bug::kRevokedServed)) {
    // Its key has ended: it may still hear the roster that says so.
    phase_ = Phase::kControl;
    ForgetUnshared();
    close_by_ = now_ + kEndedKeyFor;
  }
  if (state_.roster.position().len > their_roster_.len || phase_ == Phase::kLive) CompareSoon();
  if (phase_ == Phase::kControl) MeetRoster(their_roster_);
}

void Session::On(const CloseFrame& close) {
  last_error_ = close.detail.empty() ? absl::StrCat("closed by the peer, code ", static_cast<int>(close.code))
                                     : absl::StrCat("closed by the peer: ", close.detail);
  phase_ = Phase::kClosed;
  effects_.push_back(CloseSession{id_, CloseFrame{}});
}

void Session::Close(CloseCode code, std::string detail) {
  if (last_error_.empty()) last_error_ = detail;
  phase_ = Phase::kClosed;
  effects_.push_back(CloseSession{id_, CloseFrame{code, std::move(detail), 0}});
}

void Session::OnTimePassed() {
  if (now_ >= answer_by_) {
    last_error_ = hello_ ? "did not answer a Ping" : "did not say Hello";
    return Close(CloseCode::kProtocol, last_error_);
  }
  if (now_ >= close_by_) return Close(CloseCode::kNotLive, "the key of this stream has ended by the roster");
  std::set<FeedId> late;
  for (const auto& [feed, in_flight] : in_flight_) {
    if (now_ >= in_flight.deadline) late.insert(feed);
  }
  for (const FeedId& feed : late) {
    last_error_ = "made no progress with a feed for 30 s";
    shunned_[feed] = now_ + kShunFor;
    ++stalls_;
    StopFetching(feed);
  }
  if (now_ >= diff_deadline_) {
    EndWalk();
    CompareSoon();
  }
  FollowTheirInterest();
  DropLateChunks();
  Pump();
  if (now_ >= compare_at_) SendPing();
}

}  // namespace hansa::replication
