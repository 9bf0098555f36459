#include "tests/simulation/bad_member.h"

#include <algorithm>

#include "tests/simulation/forger.h"
#include "tests/simulation/world.h"

namespace hansa::simulation {

using namespace replication;  // NOLINT: every frame there is

namespace {

constexpr std::size_t kMemoryMax = 40;

void FlipOne(Bytes& bytes, Chance& chance) {
  if (bytes.empty()) return;
  bytes[chance.Below(bytes.size())] ^= static_cast<char>(1 << chance.Below(8));
}

std::optional<FeedId> FeedOf(const Frame& frame) {
  if (const auto* have = std::get_if<Have>(&frame)) return have->checkpoint.feed;
  if (const auto* unit = std::get_if<UnitFrame>(&frame)) {
    return unit->unit.size() < FeedId::kSize ? std::nullopt
                                             : FeedId::From(BytesView(unit->unit).substr(0, FeedId::kSize));
  }
  if (const auto* payloads = std::get_if<Payloads>(&frame)) return payloads->feed;
  return std::nullopt;
}

// A unit without some of its payloads, as it would be had they been erased.
void StripUnit(Bytes& bytes, Chance& chance) {
  absl::StatusOr<TransferUnit> unit = DecodeUnit(bytes);
  if (!unit.ok()) return;
  for (Entry& entry : unit->entries) {
    if (chance.OneIn(2)) entry.payload.reset();
  }
  bytes = EncodeUnit(*unit);
}

}  // namespace

BadMember::BadMember(World& world, Node& self, std::set<Fault> ways, Chance chance)
    : world_(world), self_(self), ways_(std::move(ways)), chance_(chance) {
  if (ways_.contains(Fault::kEquivocate) || ways_.contains(Fault::kBadUnits)) {
    forger_ = std::make_unique<Forger>(world, self, ways_, chance_.Split(7));
  }
}

BadMember::~BadMember() = default;

bool BadMember::Does(Fault way, std::uint64_t one_in) {
  if (!ways_.contains(way)) return false;
  if (world_.is_healing() && !world_.plan.Has(Fault::kStayBad)) return false;
  return chance_.OneIn(one_in);
}

std::vector<Frame> BadMember::Say(const Node& to, Frame frame) {
  const Unplanted unplanted;
  if (std::holds_alternative<CloseFrame>(frame)) return {std::move(frame)};
  if (Does(Fault::kWithhold, 1) && Withholds(frame)) return {};
  if (chance_.OneIn(3)) {
    memory_.push_back(frame);
    if (memory_.size() > kMemoryMax) memory_.pop_front();
  }
  if (Does(Fault::kNoCredit, 1)) {
    if (std::holds_alternative<Credit>(frame)) return {};
    // As little as makes the bounds count.
    auto* hello = std::get_if<Hello>(&frame);
    if (hello != nullptr && hello->credit != Credit()) hello->credit = {1, 1};
  }
  if (Does(Fault::kStrip, 3)) Strip(frame);
  if (Does(Fault::kLie, 6)) Lie(frame);
  if (Does(Fault::kOldRoster, 4)) Age(frame);
  if (Does(Fault::kAlter, 10)) Alter(frame);
  if (auto* hello = std::get_if<Hello>(&frame); hello != nullptr && Does(Fault::kWrongNetwork, 2)) {
    hello->network = chance_.Bytes<NetworkId>();
  }
  Frames said = {std::move(frame)};
  const bool forges = Does(Fault::kEquivocate, 1) || Does(Fault::kBadUnits, 1);
  if (forger_ != nullptr && forges) forger_->Change(to, said);
  if (Does(Fault::kReplay, 6)) Replay(said);
  if (Does(Fault::kFlood, 100)) Flood(said);
  return said;
}

bool BadMember::Withholds(const Frame& frame) {
  if (std::holds_alternative<FileChunk>(frame)) return chance_.OneIn(2);
  const std::optional<FeedId> feed = FeedOf(frame);
  if (!feed) return false;
  const auto [seen, is_first] = looked_at_.try_emplace(*feed, false);
  if (is_first) seen->second = chance_.OneIn(2);
  return seen->second;
}

void BadMember::Strip(Frame& frame) {
  if (auto* unit = std::get_if<UnitFrame>(&frame)) StripUnit(unit->unit, chance_);
  if (auto* have = std::get_if<Have>(&frame); have != nullptr && !have->unit.empty()) StripUnit(have->unit, chance_);
  if (auto* payloads = std::get_if<Payloads>(&frame)) payloads->items.clear();
  if (auto* chunk = std::get_if<FileChunk>(&frame)) chunk->bytes.clear();
}

void BadMember::Alter(Frame& frame) {
  if (auto* unit = std::get_if<UnitFrame>(&frame)) FlipOne(unit->unit, chance_);
  if (auto* have = std::get_if<Have>(&frame)) {
    if (!have->unit.empty() && chance_.OneIn(2)) {
      FlipOne(have->unit, chance_);
    } else {
      have->checkpoint.signature = chance_.Bytes<Signature>();
    }
  }
  if (auto* chunk = std::get_if<FileChunk>(&frame)) FlipOne(chunk->bytes, chance_);
  if (auto* docs = std::get_if<RootDocs>(&frame)) {
    for (Bytes& document : docs->documents) FlipOne(document, chance_);
  }
  if (auto* payloads = std::get_if<Payloads>(&frame)) {
    for (Payloads::Item& item : payloads->items) FlipOne(item.payload.payload, chance_);
  }
  if (auto* reply = std::get_if<TreeReply>(&frame)) {
    for (TreeReply::Node& node : reply->nodes) {
      if (!node.children.empty()) chance_.Pick(node.children) = chance_.Bytes<TreeDigest>();
    }
  }
}

void BadMember::Lie(Frame& frame) {
  const auto length = [this](Sequence len) {
    switch (chance_.Below(5)) {
      case 0:
        return Sequence(len.value() + 1 + chance_.Below(5));
      case 1:
        return Sequence(len.value() + 1 + chance_.Below(1'000'000));
      case 2:
        return Sequence(~std::uint64_t{0} - chance_.Below(2));
      case 3:
        return Sequence(chance_.Below(std::max(len.value(), len.value() + 1)));
      default:
        return len;
    }
  };
  if (auto* rows = std::get_if<Rows>(&frame)) {
    for (FeedRow& row : rows->rows) {
      if (!chance_.OneIn(3)) continue;
      row.len = length(row.len);
      if (chance_.OneIn(2)) row.head = chance_.Bytes<Hash>();
    }
    if (chance_.OneIn(4)) rows->last = !rows->last;
  } else if (auto* have = std::get_if<Have>(&frame)) {
    have->checkpoint.len = length(have->checkpoint.len);
    if (chance_.OneIn(3)) have->checkpoint.head = chance_.Bytes<Hash>();
    // About the hearer's own feeds, too.
    if (chance_.OneIn(3) && !self_.disk().contents.feeds.empty()) {
      auto feeds = self_.disk().contents.feeds;
      const auto& [id, feed] = chance_.Pick(feeds);
      if (feed.len() > 0)
        have->checkpoint = {id, Sequence(feed.len() + 1 + chance_.Below(9)), chance_.Bytes<Hash>(),
                            chance_.Bytes<Signature>()};
      have->unit.clear();
    }
  } else if (auto* ack = std::get_if<Ack>(&frame)) {
    ack->durable_through = length(ack->durable_through);
  } else if (auto* ping = std::get_if<Ping>(&frame)) {
    if (chance_.OneIn(2)) ping->root = chance_.Bytes<TreeDigest>();
    if (chance_.OneIn(3)) ping->scope = chance_.Bytes<ScopeId>();
    if (chance_.OneIn(4)) ping->roster.len = length(ping->roster.len);
    if (chance_.OneIn(4)) ping->roster.head = chance_.Bytes<Hash>();
  } else if (auto* root = std::get_if<ScopeRoot>(&frame)) {
    root->root = chance_.Bytes<TreeDigest>();
  } else if (auto* hello = std::get_if<Hello>(&frame)) {
    if (chance_.OneIn(2)) hello->predicted_root = chance_.Bytes<Hash>();
    if (chance_.OneIn(3)) hello->roster.len = length(hello->roster.len);
    if (chance_.OneIn(3)) hello->interest = chance_.Bytes<Hash>();
    if (chance_.OneIn(4)) hello->member = Member(static_cast<std::uint32_t>(chance_.Below(14)));
  } else if (auto* chunk = std::get_if<FileChunk>(&frame)) {
    if (chance_.OneIn(2)) chunk->index = static_cast<std::uint32_t>(chance_.Below(kChunksMax));
    if (chance_.OneIn(2)) chunk->bytes.resize(chance_.Below(chunk->bytes.size() + 2), 'x');
  } else if (auto* want = std::get_if<Want>(&frame)) {
    want->from = length(want->from);
  }
}

// Shows a roster position that it had long ago.
void BadMember::Age(Frame& frame) {
  RosterPosition* roster = nullptr;
  if (auto* hello = std::get_if<Hello>(&frame)) roster = &hello->roster;
  if (auto* ping = std::get_if<Ping>(&frame)) roster = &ping->roster;
  if (auto* wrong = std::get_if<WrongScope>(&frame)) roster = &wrong->roster;
  if (roster == nullptr) return;
  if (!old_roster_) old_roster_ = *roster;
  *roster = *old_roster_;
}

void BadMember::Replay(Frames& said) {
  if (memory_.empty()) return;
  const std::size_t times = 1 + chance_.Below(3);
  for (std::size_t i = 0; i < times; ++i) {
    const Frame& old = chance_.Pick(memory_);
    // A second Hello ends every session: now and then is enough.
    if (std::holds_alternative<Hello>(old) && !chance_.OneIn(8)) continue;
    said.push_back(old);
  }
}

void BadMember::Flood(Frames& said) {
  if (memory_.empty()) return;
  const Frame once = chance_.Pick(memory_);
  if (std::holds_alternative<Hello>(once)) return;
  for (std::size_t i = 0, times = 50 + chance_.Below(300); i < times; ++i) said.push_back(once);
}

}  // namespace hansa::simulation
