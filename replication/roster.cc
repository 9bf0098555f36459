#include "replication/roster.h"

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

Roster::Roster(const Crypto& crypto, RootChain root) : crypto_(crypto), root_(std::move(root)) { Rebuild(); }

const RosterLine& Roster::Fold(const Entry& entry) {
  entries_.push_back(std::make_shared<const Entry>(entry));
  FoldLast();
  return lines_.back();
}

void Roster::FoldAnew() {
  state_ = RosterState();
  tail_ = FeedTail();
  needs_upgrade_ = false;
  lines_.clear();
  Rebuild();
  const std::vector<std::shared_ptr<const Entry>> all = std::exchange(entries_, {});
  for (const std::shared_ptr<const Entry>& entry : all) {
    entries_.push_back(entry);
    FoldLast();
  }
}

void Roster::FoldLast() {
  const Entry& entry = *entries_.back();
  const absl::StatusOr<EntryHeader> header = DecodeHeader(entry.header);
  HANSA_CHECK(header.ok() && header->seq.value() == tail_.len.value() + 1 && header->prev == tail_.head);
  const RosterCase judged{header->seq, header->kind, header->schema_ver, header->record,
                          entry.payload ? BytesView(entry.payload->payload) : BytesView()};
  tail_ = {header->seq, EntryHash(crypto_, entry.header)};
  RosterLine line{header->seq, header->kind, false, "", header->claimed_time_ms, ""};
  if (needs_upgrade_) {
    line.why_void = "stands behind an entry that only a newer version understands";
    lines_.push_back(line);
    return;
  }
  const RosterCourt court{crypto_, network(), root_.JudgeOf(header->seq)};
  const absl::StatusOr<RosterChange> change = Judge(court, state_, judged);
  line.valid = change.ok();
  if (change.ok()) {
    line.subject = SubjectOf(state_, *change);
    if (Planted(Bug::kRosterEntrySkipped) && header->seq.value() % 3 == 0) return lines_.push_back(line);
    Apply(judged, *change, state_);
    Reindex(*change);
  } else {
    line.why_void = std::string(change.status().message());
    line.subject = SubjectOf(judged);
    needs_upgrade_ = change.status().code() == absl::StatusCode::kUnimplemented;
  }
  lines_.push_back(line);
}

absl::Status Roster::AppendRoot(SignedRoot next) {
  const absl::StatusOr<RootDocument> document = DecodeRootBody(next.body);
  HANSA_RETURN_IF_ERROR(document.status());
  if (document->roster_incarnation != root_.newest().roster_incarnation) {
    return absl::UnimplementedError("the network goes on under a new roster key, which this version does not follow");
  }
  HANSA_RETURN_IF_ERROR(root_.Append(crypto_, std::move(next)));
  if (document->from_len < tail_.len) FoldAnew();
  return absl::OkStatus();
}

absl::Status Roster::WouldAccept(Kind kind, const RecordId& record, BytesView payload) const {
  if (needs_upgrade_) return absl::UnimplementedError("the roster needs a newer version of Hansa; upgrade it");
  const Sequence seq(tail_.len.value() + 1);
  const RosterCourt court{crypto_, network(), root_.JudgeOf(seq)};
  return Judge(court, state_, {seq, kind, 1, record, payload}).status();
}

RosterPosition Roster::position() const { return {root_.newest().version, tail_.len, tail_.head}; }

FeedAuthor Roster::author() const {
  const auto limit = state_.rights.find({MemberKind::kNotGiven, kRosterCollection});
  return {kRosterWriter, kRosterCollection, root_.newest().roster_incarnation, root_.newest().roster_writer,
          limit == state_.rights.end() ? kRosterEntriesMax : limit->second};
}

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
  feeds_[feed()] = author();
  for (const auto& [number, member] : state_.members) Index(member);
}

void Roster::Index(const MemberRecord& member) {
  for (const auto& [pair, limit] : state_.rights) {
    if (pair.first != member.kind || limit.value() == 0) continue;
    for (const IncarnationKeys& keys : member.incarnations) {
      auto [feed, author] = FeedOf(member.number, keys, pair.second, limit);
      feeds_[feed] = std::move(author);
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
