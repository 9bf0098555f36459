#include "replication/roster.h"

#include <algorithm>
#include <utility>

#include "replication/check.h"
#include "replication/collections.h"
#include "replication/planted.h"

namespace hansa::replication {
namespace {

std::string SubjectOf(const RosterState& state, const RosterChange& change) {
  if (const auto* added = std::get_if<MemberAdded>(&change)) return added->member.slug;
  if (const auto* updated = std::get_if<MemberUpdated>(&change)) return updated->member.slug;
  if (const auto* begun = std::get_if<IncarnationBegun>(&change)) return state.Find(begun->member)->slug;
  if (const auto* sealed = std::get_if<IncarnationSealed>(&change)) return state.Find(sealed->member)->slug;
  if (const auto* revoked = std::get_if<MemberRevoked>(&change)) return state.Find(revoked->member)->slug;
  if (const auto* standing = std::get_if<StandingChanged>(&change)) return state.Find(standing->member)->slug;
  if (const auto* granted = std::get_if<KeyGranted>(&change)) return granted->key.code;
  return "";
}

// The slug in an application that was not accepted, for the reader of the log.
std::string SubjectOf(const RosterCase& entry) {
  if (entry.kind != roster_kind::kMemberAdd) return "";
  const absl::StatusOr<RosterPayload> payload = DecodeRosterPayload(entry.payload);
  if (!payload.ok()) return "";
  const absl::StatusOr<MemberAdd> add = DecodeMemberAdd(payload->body);
  if (!add.ok()) return "";
  const absl::StatusOr<Application> application = DecodeApplication(add->application.body);
  return application.ok() ? application->slug : "";
}

}  // namespace

Roster::Roster(const Crypto& crypto, RootChain root) : crypto_(crypto), root_(std::move(root)) {
  MeetRosters();
  Rebuild();
}

void Roster::Held::CutAtSeal(const Crypto& crypto) {
  if (!author.seal || tail.len < author.seal->len) return;
  std::size_t kept = author.seal->len.value();
  const Hash head = kept == 0 ? Hash() : EntryHash(crypto, entries[kept - 1]->header);
  if (head != author.seal->head) kept = 0;
  entries.resize(kept);
  tail = {Sequence(kept), kept == 0 ? Hash() : head};
}

// Takes over from the root documents which rosters there are, and where each ends.
void Roster::MeetRosters() {
  const std::vector<RosterLife> lives = root_.Rosters();
  for (std::size_t i = 0; i < lives.size(); ++i) {
    const RosterLife& life = lives[i];
    if (i == rosters_.size()) {
      const FeedAuthor author{kRosterWriter, kRosterCollection, life.number, life.writer, {}};
      rosters_.push_back({author, FeedIdOf(crypto_, network(), author)});
    }
    if (!life.seal) continue;
    Held& roster = rosters_[i];
    roster.author.seal = Checkpoint{roster.feed, life.seal->len, life.seal->head, life.seal->author_signature};
    roster.CutAtSeal(crypto_);
  }
}

const RosterLine& Roster::Fold(const Entry& entry) {
  const absl::StatusOr<EntryHeader> header = DecodeHeader(entry.header);
  HANSA_CHECK(header.ok());
  const auto roster =
      std::find_if(rosters_.begin(), rosters_.end(), [&](const Held& held) { return held.feed == header->feed; });
  HANSA_CHECK(roster != rosters_.end());
  const std::optional<Checkpoint>& seal = roster->author.seal;
  if (seal && header->seq > seal->len) {
    return SetAside(*header, *roster, "stands beyond the end that a root document gave this roster");
  }
  HANSA_CHECK(header->seq.value() == roster->tail.len.value() + 1 && header->prev == roster->tail.head);
  roster->entries.push_back(std::make_shared<const Entry>(entry));
  roster->tail = {header->seq, EntryHash(crypto_, entry.header)};
  if (roster->IsWhole() && roster->tail.head != seal->head) {
    roster->CutAtSeal(crypto_);
    FoldAnew();
    return SetAside(*header, *roster, "leads to another end than the one that a root document gave this roster");
  }
  const std::size_t judged_before = lines_.size();
  FoldWaiting();
  if (lines_.size() > judged_before) return lines_[judged_before];
  return SetAside(*header, *roster, "waits for the end of the roster before it");
}

const RosterLine& Roster::SetAside(const EntryHeader& header, const Held& roster, absl::string_view why) {
  set_aside_ = {
      header.seq, header.kind, false, std::string(why), header.claimed_time_ms, "", roster.author.incarnation};
  return set_aside_;
}

void Roster::FoldAnew() {
  state_ = RosterState();
  needs_upgrade_ = false;
  lines_.clear();
  for (Held& roster : rosters_) roster.judged = 0;
  Rebuild();
  FoldWaiting();
}

void Roster::FoldWaiting() {
  for (Held& roster : rosters_) {
    while (roster.judged < roster.entries.size()) JudgeNext(roster);
    if (!roster.IsWhole()) return;
    state_.writers_used.insert(roster.author.writer);  // nobody else's key, once it is not the roster's any more
  }
}

void Roster::JudgeNext(Held& roster) {
  const Entry& entry = *roster.entries[roster.judged++];
  const absl::StatusOr<EntryHeader> header = DecodeHeader(entry.header);
  HANSA_CHECK(header.ok());
  const RosterCase judged{header->seq, header->kind, header->schema_ver, header->record,
                          entry.payload ? BytesView(entry.payload->payload) : BytesView()};
  RosterLine line{header->seq, header->kind, false, "", header->claimed_time_ms, "", roster.author.incarnation};
  if (needs_upgrade_) {
    line.why_void = "stands behind an entry that only a newer version understands";
    lines_.push_back(line);
    return;
  }
  const RosterCourt court{crypto_, network(), root_.JudgeOf(roster.author.incarnation, header->seq)};
  const absl::StatusOr<RosterChange> change = Judge(court, state_, judged);
  line.valid = change.ok();
  if (change.ok()) {
    line.subject = SubjectOf(state_, *change);
    const bool has_effect = !Planted(Bug::kRosterEntrySkipped) || header->seq.value() % 3 != 0;
    if (has_effect) {
      Apply(judged, *change, state_);
      Reindex(*change);
    }
  } else {
    line.why_void = std::string(change.status().message());
    line.subject = SubjectOf(judged);
    needs_upgrade_ = change.status().code() == absl::StatusCode::kUnimplemented;
  }
  lines_.push_back(line);
}

absl::Status Roster::AppendRoot(SignedRoot next) {
  HANSA_RETURN_IF_ERROR(root_.Append(crypto_, std::move(next)));
  const RootDocument& newest = root_.newest();
  const bool begins_a_roster = newest.roster_incarnation != rosters_.back().author.incarnation;
  if (begins_a_roster) MeetRosters();
  if (begins_a_roster || newest.from_len < rosters_.back().tail.len) FoldAnew();
  return absl::OkStatus();
}

absl::Status Roster::WouldAccept(Kind kind, const RecordId& record, BytesView payload) const {
  if (needs_upgrade_) return absl::UnimplementedError("the roster needs a newer version of Hansa; upgrade it");
  if (!is_whole()) return absl::UnavailableError("the roster is not all here yet; connect to a hub and try again");
  const Sequence seq(rosters_.back().tail.len.value() + 1);
  const RosterCourt court{crypto_, network(), JudgeOfNext()};
  return Judge(court, state_, {seq, kind, 1, record, payload}).status();
}

const Roster::Held& Roster::NextToFold() const {
  for (const Held& roster : rosters_) {
    if (!roster.IsWhole()) return roster;
  }
  return rosters_.back();
}

bool Roster::is_whole() const { return &NextToFold() == &rosters_.back(); }

RosterPosition Roster::position() const {
  const FeedTail tail = is_whole() ? rosters_.back().tail : FeedTail();
  return {root_.newest().version, tail.len, tail.head};
}

const RootDocument& Roster::JudgeOfNext() const {
  return root_.JudgeOf(root_.newest().roster_incarnation, Sequence(position().len.value() + 1));
}

FeedAuthor Roster::AuthorOf(const Held& roster) const {
  FeedAuthor author = roster.author;
  const auto limit = state_.rights.find({MemberKind::kNotGiven, kRosterCollection});
  author.length_max = limit == state_.rights.end() ? kRosterEntriesMax : limit->second;
  return author;
}

std::vector<FeedAuthor> Roster::RosterFeeds() const {
  std::vector<FeedAuthor> authors;
  for (const Held& roster : rosters_) authors.push_back(AuthorOf(roster));
  return authors;
}

FeedAuthor Roster::NextFeedToFold() const { return AuthorOf(NextToFold()); }

const FeedAuthor* Roster::AuthorOf(const FeedId& feed) const {
  const auto found = feeds_.find(feed);
  return found == feeds_.end() ? nullptr : &found->second;
}

std::optional<FeedAuthor> Roster::PresentFeed(Member member, Collection collection) const {
  if (member == kRosterWriter) return collection == kRosterCollection ? std::optional(author()) : std::nullopt;
  const MemberRecord* record = state_.Find(member);
  if (record == nullptr || !record->is_live()) return std::nullopt;
  const auto right = state_.rights.find({record->kind, collection});
  if (right == state_.rights.end() || right->second.value() == 0) return std::nullopt;
  return FeedOf(member, record->present(), collection, right->second).second;
}

std::pair<FeedId, FeedAuthor> Roster::FeedOf(Member member, const IncarnationKeys& keys, Collection collection,
                                             Sequence limit) const {
  FeedAuthor author{member, collection, keys.number, keys.writer, limit};
  const FeedId feed = FeedIdOf(crypto_, network(), author);
  const auto seals = state_.seals.find({member, keys.number});
  if (seals == state_.seals.end()) return {feed, author};
  const auto seal = seals->second.find(collection);
  if (seal != seals->second.end()) {
    author.seal = seal->second;
  } else if (!Planted(Bug::kIncompleteSealList)) {
    author.seal = Checkpoint{feed, Sequence(0), Hash(), Signature()};
  }
  return {feed, author};
}

bool Roster::IsPastSealed(Member member) const {
  const MemberRecord* record = state_.Find(member);
  if (record == nullptr) return false;
  for (const IncarnationKeys& keys : record->incarnations) {
    if (keys.number < record->present().number && !state_.seals.contains({member, keys.number})) return false;
  }
  return true;
}

std::optional<Member> Roster::LiveMemberOf(const Pin& pin) const {
  const auto found = live_pins_.find(pin);
  return found == live_pins_.end() ? std::nullopt : std::optional<Member>(found->second);
}

std::set<Pin> Roster::PinsEverListed() const {
  std::set<Pin> pins;
  for (const auto& [key, owner] : state_.tls_owners) pins.insert(PinOf(crypto_, key));
  return pins;
}

std::set<Pin> Roster::PinsOf(Member member) const {
  std::set<Pin> pins;
  if (const MemberRecord* record = state_.Find(member)) {
    for (const PublicKey& key : record->present().tls) pins.insert(PinOf(crypto_, key));
  }
  return pins;
}

void Roster::Reindex(const RosterChange& change) {
  if (const auto* added = std::get_if<MemberAdded>(&change)) return Index(*state_.Find(added->member.number));
  if (const auto* updated = std::get_if<MemberUpdated>(&change)) return Index(*state_.Find(updated->member.number));
  if (const auto* begun = std::get_if<IncarnationBegun>(&change)) return Index(*state_.Find(begun->member));
  if (const auto* sealed = std::get_if<IncarnationSealed>(&change)) return Index(*state_.Find(sealed->member));
  if (const auto* revoked = std::get_if<MemberRevoked>(&change)) return Index(*state_.Find(revoked->member));
  if (std::holds_alternative<PolicyChanged>(change)) Rebuild();
}

void Roster::Rebuild() {
  feeds_.clear();
  live_pins_.clear();
  pins_of_.clear();
  for (const Held& roster : rosters_) feeds_[roster.feed] = AuthorOf(roster);
  for (const auto& [number, member] : state_.members) Index(member);
}

void Roster::Index(const MemberRecord& member) {
  for (const auto& [pair, limit] : state_.rights) {
    if (pair.first != member.kind || limit.value() == 0) continue;
    for (const IncarnationKeys& keys : member.incarnations) {
      const auto [feed, author] = FeedOf(member.number, keys, pair.second, limit);
      feeds_[feed] = author;
    }
  }
  std::vector<Pin>& pins = pins_of_[member.number];
  for (const Pin& pin : pins) live_pins_.erase(pin);
  pins.clear();
  if (!member.is_live()) return;
  for (const PublicKey& key : member.present().tls) pins.push_back(PinOf(crypto_, key));
  for (const Pin& pin : pins) live_pins_[pin] = member.number;
}

}  // namespace hansa::replication
