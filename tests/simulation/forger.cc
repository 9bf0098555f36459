#include "tests/simulation/forger.h"

#include <algorithm>

#include "replication/check.h"
#include "replication/collections.h"
#include "tests/simulation/world.h"

namespace hansa::simulation {

using replication::Checkpoint;
using replication::Entry;
using replication::EntryHeader;
using replication::FeedId;
using replication::FeedTail;
using replication::Frame;
using replication::Have;
using replication::NewEntry;
using replication::Sequence;
using replication::TransferUnit;
using replication::UnitFrame;

namespace {

NewEntry Something(const replication::FeedAuthor& author, Chance& chance) {
  NewEntry entry;
  entry.kind = replication::Kind(static_cast<std::uint16_t>(author.collection.value() * 256 + 1));
  entry.record = chance.Bytes<replication::RecordId>();
  entry.payload = Salted(chance, std::string(1 + chance.Below(300), 'x'));
  return entry;
}

}  // namespace

const FeedOnDisk* Forger::Own(const FeedId& feed) const {
  const auto found = self_.disk().contents.feeds.find(feed);
  if (found == self_.disk().contents.feeds.end() || found->second.len() == 0) return nullptr;
  const bool is_own = found->second.author.writer == self_.identity().keys.writer->public_key();
  return is_own ? &found->second : nullptr;
}

bool Forger::IsShownTheOther(const Node& to) {
  const auto [face, is_first] = faces_.try_emplace(&to, false);
  if (is_first) face->second = chance_.OneIn(2);
  return face->second;
}

// Its second history forks off at some checkpoint of the first.
Forger::Branch* Forger::BranchOf(const FeedId& feed) {
  const FeedOnDisk* own = Own(feed);
  if (own == nullptr) return nullptr;
  const auto [at, is_first] = branches_.try_emplace(feed);
  Branch& branch = at->second;
  if (is_first) {
    const std::uint64_t which = chance_.Below(own->checkpoints.size());
    branch.fork = which == 0 ? 0 : own->checkpoints[which - 1].len.value();
    branch.tail = {Sequence(branch.fork), branch.fork == 0 ? replication::Hash() : own->hashes[branch.fork - 1]};
    Grow(feed, *own, branch);
  } else if (chance_.OneIn(20)) {
    Grow(feed, *own, branch);
  }
  return branch.units.empty() ? nullptr : &branch;
}

void Forger::Grow(const FeedId& feed, const FeedOnDisk& own, Branch& branch) {
  std::vector<NewEntry> entries;
  for (std::uint64_t i = 0, count = 1 + chance_.Below(3); i < count; ++i) {
    entries.push_back(Something(own.author, chance_));
  }
  const absl::StatusOr<replication::VerifiedUnit> unit = replication::VerifiedUnit::Sign(
      world_.mint.crypto(), world_.founders.network(), own.author, *self_.identity().keys.writer, branch.tail, entries);
  if (!unit.ok()) return;  // at its limit
  branch.units.push_back(unit->unit());
  branch.tail = unit->tail();
  world_.oracle().Signed(unit->unit(), own.author);
  world_.oracle().Doubled(feed);
  world_.log.Line(self_.name(), " forges another ", world_.oracle().NameOf(feed), " ", unit->unit().from.value(), "..",
                  branch.tail.len.value());
}

// In place of `real`, what the other history has there; nullopt if it has nothing.
std::optional<TransferUnit> Forger::OtherUnit(const FeedOnDisk& own, const Branch& branch,
                                              const TransferUnit& real) const {
  const std::uint64_t from = real.from.value();
  if (from > branch.fork) {
    for (const TransferUnit& unit : branch.units) {
      if (unit.from == real.from) return unit;
    }
    return std::nullopt;
  }
  if (real.end.len.value() <= branch.fork) return real;
  const auto end = std::find_if(own.checkpoints.begin(), own.checkpoints.end(),
                                [&branch](const Checkpoint& each) { return each.len.value() == branch.fork; });
  if (end == own.checkpoints.end()) return std::nullopt;
  TransferUnit prefix = real;
  prefix.entries.resize(branch.fork - from + 1);
  prefix.end = *end;
  return prefix;
}

void Forger::ShowOther(Frame& frame) {
  if (auto* have = std::get_if<Have>(&frame)) {
    const Branch* branch = BranchOf(have->checkpoint.feed);
    if (branch == nullptr) return;
    have->checkpoint = branch->units.back().end;
    have->unit = chance_.OneIn(2) ? EncodeUnit(branch->units.back()) : replication::Bytes();
  } else if (auto* sent = std::get_if<UnitFrame>(&frame)) {
    const absl::StatusOr<TransferUnit> real = replication::DecodeUnit(sent->unit);
    if (!real.ok()) return;
    const Branch* branch = BranchOf(real->feed);
    if (branch == nullptr) return;
    const std::optional<TransferUnit> other = OtherUnit(*Own(real->feed), *branch, *real);
    if (other) {
      sent->unit = EncodeUnit(*other);
    } else {
      frame = replication::WantNack{real->feed, real->from, replication::NackReason::kNotHeld};
    }
  } else if (auto* rows = std::get_if<replication::Rows>(&frame)) {
    for (replication::FeedRow& row : rows->rows) {
      const Branch* branch = BranchOf(row.feed);
      if (branch != nullptr) row = {row.feed, branch->tail.len, branch->tail.head};
    }
  }
}

void Forger::Change(const Node& to, Frames& said) {
  if (ways_.contains(Fault::kEquivocate) && IsShownTheOther(to)) {
    for (Frame& frame : said) ShowOther(frame);
  }
  if (!ways_.contains(Fault::kBadUnits) || !chance_.OneIn(12)) return;
  const std::optional<TransferUnit> bad = Refusable();
  if (!bad) return;
  if (chance_.OneIn(2)) {
    said.emplace_back(UnitFrame{EncodeUnit(*bad)});
  } else {
    said.emplace_back(Have{bad->end, EncodeUnit(*bad)});
  }
}

// A unit that follows an own feed, signed, and wrong in one respect.
std::optional<TransferUnit> Forger::Refusable() {
  std::vector<FeedId> own_feeds;
  for (const auto& [id, feed] : self_.disk().contents.feeds) {
    if (Own(id) != nullptr) own_feeds.push_back(id);
  }
  if (own_feeds.empty()) return std::nullopt;
  const FeedId id = chance_.Pick(own_feeds);
  const FeedOnDisk& own = *Own(id);
  const std::uint64_t wrong = chance_.Below(6);
  const replication::Crypto& crypto = world_.mint.crypto();
  std::uint64_t seq = own.len() + 1;
  if (wrong == 1) seq += 1 + chance_.Below(3);                                            // begins beyond the end
  if (wrong == 2) seq = std::max<std::uint64_t>(seq, own.author.length_max.value() + 1);  // beyond the limit
  replication::SaltedPayload payload = Salted(chance_, std::string(1 + chance_.Below(200), 'y'));
  EntryHeader header;
  header.has_payload = true;
  header.more = wrong == 3;  // ends inside a batch
  header.kind = replication::Kind(static_cast<std::uint16_t>(own.author.collection.value() * 256 + 1));
  header.schema_ver = 1;
  header.seq = Sequence(seq);
  header.feed = id;
  header.prev = wrong == 0 ? chance_.Bytes<replication::Hash>() : own.hashes.back();  // another entry before it
  header.record = chance_.Bytes<replication::RecordId>();
  header.claimed_time_ms = self_.claimed_time_ms();
  header.payload_len = static_cast<std::uint32_t>(payload.payload.size());
  header.payload_commit = PayloadCommit(crypto, payload);
  if (wrong == 4) payload.payload.back() ^= 1;  // another payload than it committed to
  TransferUnit unit{id, Sequence(seq), {}, {}};
  unit.entries.push_back({EncodeHeader(header), std::move(payload)});
  const replication::Hash head = EntryHash(crypto, unit.entries.back().header);
  // A checkpoint over another head than the entry's.
  const replication::Hash vouched = wrong == 5 ? chance_.Bytes<replication::Hash>() : head;
  const replication::Bytes message =
      replication::CheckpointMessage(world_.founders.network(), id, Sequence(seq), vouched);
  unit.end = {id, Sequence(seq), vouched, self_.identity().keys.writer->Sign(message)};
  world_.oracle().Signed(unit, own.author);
  world_.oracle().Doubled(id);
  world_.log.Line(self_.name(), " forges ", world_.oracle().NameOf(id), " ", seq, ", wrong in respect ", wrong);
  return unit;
}

}  // namespace hansa::simulation
