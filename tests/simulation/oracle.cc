// What a step may lead to: commits, publishing, erasing, cutting, the roster. What is said to others is in
// oracle_frames.cc.
#include "tests/simulation/oracle.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "replication/check.h"
#include "replication/collections.h"
#include "replication/scope.h"
#include "tests/simulation/capabilities.h"
#include "tests/simulation/world.h"

namespace hansa::simulation {

using replication::Commit;
using replication::Effect;
using replication::EntryHeader;
using replication::FeedAuthor;
using replication::FeedId;
using replication::Hash;
using replication::Sequence;

namespace {

constexpr std::uint16_t kOrderItem = 2;
constexpr std::uint16_t kApprovalsItem = 3;

// A hold is over after this much running time (protocol: erasure).
constexpr absl::Duration kSecretariatHold = absl::Hours(72);
constexpr absl::Duration kAuthorHold = absl::Hours(14 * 24);

// The entry that an order names.
struct Ordered {
  FeedId feed;
  std::uint64_t seq = 0;
  Hash entry;
};

std::optional<Ordered> OrderIn(const EntryOnDisk& entry) {
  const absl::StatusOr<std::vector<replication::ExtItem>> items = replication::DecodeExt(HeaderOf(*entry).ext);
  for (const replication::ExtItem& item : *items) {
    if (item.type != kOrderItem) continue;
    replication::ByteReader reader(item.value);
    Ordered ordered;
    ordered.feed = reader.Take<FeedId>();
    ordered.seq = reader.U64();
    ordered.entry = reader.Take<Hash>();
    return ordered;
  }
  return std::nullopt;
}

// The entry with its payload, whatever history else stands there.
bool HasPayload(const DiskContents& disk, const FeedId& feed, Sequence seq, const Hash& entry) {
  const FeedOnDisk* held = disk.Find(feed);
  if (held == nullptr || held->len() < seq.value() || held->hashes[seq.value() - 1] != entry) return false;
  return held->entries[seq.value() - 1]->payload.has_value();
}

}  // namespace

const Written* FeedTruth::Find(std::uint64_t seq, const Hash& hash) const {
  if (seq == 0 || seq > written.size()) return nullptr;
  for (const Written& entry : written[seq - 1]) {
    if (entry.hash == hash) return &entry;
  }
  return nullptr;
}

FeedTruth& Oracle::TruthOf(const FeedId& feed, const FeedAuthor& author) {
  FeedTruth& truth = feeds_[feed];
  if (truth.name.empty()) {
    truth.author = author;
    truth.name = world_.NameOf(author);
  }
  return truth;
}

std::string Oracle::NameOf(const FeedId& feed) const {
  const auto found = feeds_.find(feed);
  return found == feeds_.end() ? feed.hex().substr(0, 8) : found->second.name;
}

void Oracle::Signed(const replication::TransferUnit& unit, const FeedAuthor& author) {
  FeedTruth& truth = TruthOf(unit.feed, author);
  truth.vouched.emplace(unit.end.len.value(), unit.end.head);
  for (const replication::Entry& entry : unit.entries) {
    const EntryHeader header = HeaderOf(entry);
    const Hash hash = EntryHash(world_.mint.crypto(), entry.header);
    const std::uint64_t seq = header.seq.value();
    if (truth.written.size() < seq) truth.written.resize(seq);
    if (truth.Find(seq, hash) != nullptr) continue;
    truth.written[seq - 1].push_back({hash, header.prev, header.payload_commit});
    if (author.collection != replication::kErasures) continue;
    // Only the founders make approvals, and theirs are true.
    const absl::StatusOr<std::vector<replication::ExtItem>> items = replication::DecodeExt(header.ext);
    for (const replication::ExtItem& item : *items) {
      if (item.type == kApprovalsItem) approved_orders_.insert(hash);
    }
  }
}

void Oracle::Booted(const Node& node) {
  fences_.Booted(node);
  for (const auto& [id, feed] : node.disk().contents.feeds) {
    if (feed.len() > 0) TruthOf(id, feed.author);
  }
}

void Oracle::AfterStep(Node& node, const replication::Event& event, const replication::Effects& effects,
                       const std::shared_ptr<const Standing>& by) {
  const std::uint64_t said_missing = node.is_up() ? node.replica().missing() : 0;  // with what is planted
  const Unplanted unplanted;
  if (const auto* received = std::get_if<replication::Received>(&event)) {
    fences_.Heard(node, received->session, received->frame);
    credits_.Heard(received->session, received->frame);
  }
  if (node.is_honest()) CheckBurst(node, effects);
  if (node.is_honest() && !node.has_room()) CheckRoom(node, effects);
  replication::Fence fence = node.fence();
  for (const Effect& effect : effects) {
    if (const auto* commit = std::get_if<Commit>(&effect)) {
      if (commit->own) {
        Signed(commit->unit.unit(), commit->unit.author());
        fences_.Signs(node, *commit, fence);
      }
      if (node.is_honest()) CheckCommit(node, *commit);
    } else if (const auto* moved = std::get_if<replication::FenceMoved>(&effect)) {
      fence = moved->fence;
      fences_.Moved(node, *moved);
    }
    if (!node.is_honest()) continue;
    if (const auto* chunk = std::get_if<replication::WriteChunk>(&effect)) {
      if (!world_.library().IsTrue(*chunk)) {
        world_.Fail("I2", absl::StrCat(node.name(), " writes a chunk of a file that is not what its author meant"));
      }
    } else if (const auto* done = std::get_if<replication::PublishDone>(&effect)) {
      CheckDone(node, *done);
    } else if (const auto* erase = std::get_if<replication::ErasePayloads>(&effect)) {
      CheckErase(node, *erase);
    } else if (const auto* cut = std::get_if<replication::CutFeed>(&effect)) {
      CheckCut(node, *cut);
    } else if (const auto* close = std::get_if<replication::CloseSession>(&effect)) {
      CheckClose(node, event, *close);
    }
  }
  if (!node.is_honest()) return;
  CheckRoster(node);
  if (by != nullptr && by->node->is_honest()) CheckEqual(node, event, *by, said_missing);
  const replication::PublicKey writer = node.identity().keys.writer->public_key();
  if (IsLieOfAClone(node, event)) lied_to_.insert(writer);
  const bool is_excused = IsDamaged(writer) || lied_to_.contains(writer);
  if (node.replica().fence() == replication::Fence::kRecover && !is_excused) {
    world_.Fail("P6", node.name() + " believes that it has signed more than it holds, which is not so");
  }
  if (chance_.OneIn(64)) CheckViews(node);
}

// A hub has the power to say that somebody is a clone; one that lies can stop a writer, and nothing else.
bool Oracle::IsLieOfAClone(const Node& node, const replication::Event& event) const {
  const auto* received = std::get_if<replication::Received>(&event);
  const auto* reply = received == nullptr ? nullptr : std::get_if<replication::ClaimReply>(&received->frame);
  if (reply == nullptr || reply->answer != replication::ClaimAnswer::kClone) return false;
  const std::optional<replication::SessionView> view = node.replica().ViewOf(received->session);
  return view && std::any_of(world_.nodes().begin(), world_.nodes().end(),
                             [&view](const auto& each) { return each->pin() == view->peer && !each->is_honest(); });
}

// Everything that goes to an honest disk was signed by its author, follows what is there, and breaks no rule.
void Oracle::CheckCommit(const Node& node, const Commit& commit) {
  const replication::TransferUnit& unit = commit.unit.unit();
  const FeedAuthor* author = node.replica().roster().AuthorOf(unit.feed);
  FeedTruth& truth = TruthOf(unit.feed, commit.unit.author());
  const auto fail = [&](const char* promise, Sequence seq, const char* what) {
    world_.Fail(promise, absl::StrCat(node.name(), " takes ", truth.name, " ", seq.value(), ": ", what));
  };
  if (author == nullptr) return fail("P3", unit.from, "a feed that its roster does not name");
  if (unit.end.len > author->length_max) return fail("P3", unit.end.len, "beyond the policy's limit");
  if (author->seal && unit.end.len > author->seal->len) return fail("I8", unit.end.len, "beyond its seal");
  Hash before;
  for (const replication::Entry& entry : unit.entries) {
    const EntryHeader header = HeaderOf(entry);
    const Hash hash = EntryHash(world_.mint.crypto(), entry.header);
    const std::uint64_t seq = header.seq.value();
    if (truth.Find(seq, hash) == nullptr) return fail("P3", header.seq, "its author never signed it");
    if (&entry != &unit.entries.front() && header.prev != before) return fail("I1", header.seq, "a broken chain");
    // Elsewhere a payload may be left out on the way: it counts as missing then, and is asked for.
    const bool is_never_erased =
        author->collection == replication::kRosterCollection || author->collection == replication::kErasures;
    if (header.has_payload && !entry.payload && is_never_erased) {
      return fail("P3", header.seq, "a payload is absent that can never be erased");
    }
    if (entry.payload && PayloadCommit(world_.mint.crypto(), *entry.payload) != header.payload_commit) {
      return fail("P3", header.seq, "another payload than was signed");
    }
    before = hash;
  }
  if (!IsSignedBy(world_.mint.crypto(), node.replica().roster().network(), unit.end, author->writer)) {
    fail("P3", unit.end.len, "a checkpoint that its author did not sign");
  }
}

void Oracle::BeforeCommit(const Node& node, const Commit& commit, const FeedOnDisk* feed) {
  const Unplanted unplanted;
  const replication::TransferUnit& unit = commit.unit.unit();
  FeedTruth& truth = TruthOf(unit.feed, commit.unit.author());
  const std::uint64_t len = feed == nullptr ? 0 : feed->len();
  const Hash head = len == 0 ? Hash() : feed->hashes.back();
  const bool follows = unit.from.value() == len + 1 && commit.unit.headers().front().prev == head;
  if (!follows && !node.disk().has_failed()) {
    return world_.Fail("I10", absl::StrCat(node.name(), " writes ", truth.name, " from ", unit.from.value(),
                                           " on, which does not follow the ", len, " entries on its disk"));
  }
  if (!follows || !node.is_honest()) return;
  const replication::Crypto& crypto = world_.mint.crypto();
  for (const replication::Entry& entry : unit.entries) {
    const std::uint64_t seq = HeaderOf(entry).seq.value();
    const Hash hash = EntryHash(crypto, entry.header);
    if (truth.held.size() < seq) truth.held.resize(seq);
    if (commit.unit.author().collection == replication::kErasures) {
      orders_since_.try_emplace({&node, hash}, node.has_run());
    }
    Hash& first = truth.held[seq - 1];
    if (first.is_zero()) first = hash;
    if (first == hash) continue;
    truth.is_doubled = true;
    const replication::PublicKey& writer = truth.author.writer;
    // Only one who is allowed to have two histories may be held in two.
    if (!IsBad(writer) && !IsExcused(writer)) {
      world_.Fail("I1", absl::StrCat(node.name(), " holds another ", truth.name, " ", seq, " than others"));
    }
  }
}

void Oracle::CheckDone(const Node& node, const replication::PublishDone& done) {
  const replication::TransferUnit& unit = done.unit.unit();
  FeedTruth& truth = TruthOf(unit.feed, done.unit.author());
  const auto found = node.disk().contents.feeds.find(unit.feed);
  const std::uint64_t held = found == node.disk().contents.feeds.end() ? 0 : found->second.len();
  if (held < unit.end.len.value() || found->second.hashes[unit.end.len.value() - 1] != unit.end.head) {
    return world_.Fail("P1", absl::StrCat(node.name(), " confirms ", truth.name, " ", unit.end.len.value(),
                                          ", which is not on its disk"));
  }
  for (const replication::Entry& entry : unit.entries) {
    truth.done[HeaderOf(entry).seq.value()] = EntryHash(world_.mint.crypto(), entry.header);
    ++acknowledged_;
  }
}

Oracle::Orders Oracle::OrdersAt(const Node& node, const FeedId& feed, Sequence seq) const {
  Orders orders;
  const auto truth = feeds_.find(feed);
  if (truth == feeds_.end()) return orders;
  for (const auto& [id, held] : node.disk().contents.feeds) {
    if (held.author.collection != replication::kErasures) continue;
    for (std::size_t i = 0; i < held.entries.size(); ++i) {
      const std::optional<Ordered> ordered = OrderIn(held.entries[i]);
      if (!ordered || ordered->feed != feed || ordered->seq != seq.value()) continue;
      if (truth->second.Find(seq.value(), ordered->entry) == nullptr) continue;
      const auto since = orders_since_.find({&node, held.hashes[i]});
      const absl::Duration run =
          since == orders_since_.end() ? absl::InfiniteDuration() : node.has_run() - since->second;
      const bool is_authors = held.author.member == truth->second.author.member;
      const bool is_secretariats = held.author.member <= replication::kLastSecretariat;
      orders.by_author |= is_authors;
      orders.by_secretariat |= is_secretariats;
      orders.is_approved |= (is_authors || is_secretariats) && approved_orders_.contains(held.hashes[i]);
      if (is_authors) orders.held_for_author = std::max(orders.held_for_author, run);
      if (is_secretariats) orders.held_for_secretariat = std::max(orders.held_for_secretariat, run);
    }
  }
  return orders;
}

bool Oracle::MayErase(const Node& node, const FeedId& feed, Sequence seq) const {
  const Orders orders = OrdersAt(node, feed, seq);
  return (orders.by_author && orders.by_secretariat) || orders.is_approved ||
         (orders.by_secretariat && orders.held_for_secretariat >= kSecretariatHold) ||
         (orders.by_author && orders.held_for_author >= kAuthorHold);
}

bool Oracle::IsExcusedAbsent(const Node& node, const FeedId& feed, Sequence seq) const {
  // What an order was acted on for stays excused, although the order has gone beyond a seal since.
  if (ordered_once_.contains({&node, feed, seq.value()})) return true;
  const Orders orders = OrdersAt(node, feed, seq);
  return orders.by_author || orders.by_secretariat;
}

void Oracle::DiskHasLost(const Node& node, const DiskContents& before) {
  const DiskContents& now = node.disk().contents;
  for (const auto& [id, feed] : before.feeds) {
    FeedTruth& truth = TruthOf(id, feed.author);
    for (std::uint64_t at = 0; at < feed.len(); ++at) {
      const Hash& entry = feed.hashes[at];
      if (feed.entries[at]->payload && !HasPayload(now, id, Sequence(at + 1), entry)) truth.lost.insert(entry);
      if (at < truth.held.size() && truth.held[at] == entry && WasNeverShown(node, feed, at)) truth.held[at] = Hash();
    }
    if (feed.author.collection != replication::kErasures) continue;
    // An order that comes again is held anew.
    const FeedOnDisk* left = now.Find(id);
    for (std::uint64_t at = 0; at < feed.len(); ++at) {
      const bool is_left = left != nullptr && left->len() > at && left->hashes[at] == feed.hashes[at];
      if (!is_left) orders_since_.erase({&node, feed.hashes[at]});
    }
  }
}

void Oracle::Cloned(const Node& node, const Node& clone) {
  const auto orders = orders_since_;
  for (const auto& [order, since] : orders) {
    if (order.first == &node) orders_since_[{&clone, order.second}] = since;
  }
  const auto ordered = ordered_once_;
  for (const auto& [who, feed, seq] : ordered) {
    if (who == &node) ordered_once_.insert({&clone, feed, seq});
  }
}

// Written by its author and not marked yet, so that nobody was told of it; and now it is nowhere.
bool Oracle::WasNeverShown(const Node& node, const FeedOnDisk& feed, std::uint64_t at) const {
  const replication::PublicKey& writer = feed.author.writer;
  const bool is_own = writer == node.identity().keys.writer->public_key() ||
                      (node.roster_writer() != nullptr && writer == node.roster_writer()->public_key());
  if (!is_own || !node.disk().high_water) return false;
  const FeedId id = feed.checkpoints.back().feed;
  const auto mark = node.disk().high_water->marks.find(id);
  if (mark != node.disk().high_water->marks.end() && mark->second.len.value() > at) return false;
  return std::none_of(world_.nodes().begin(), world_.nodes().end(), [&](const std::unique_ptr<Node>& each) {
    const FeedOnDisk* held = each->disk().contents.Find(id);
    return held != nullptr && held->len() > at && held->hashes[at] == feed.hashes[at];
  });
}

bool Oracle::IsOutOfReach(const FeedId& feed, Sequence seq, const Hash& entry) const {
  const auto truth = feeds_.find(feed);
  if (truth == feeds_.end()) return false;
  bool is_explained =
      truth->second.lost.contains(entry) || truth->second.erased.contains(entry) || IsBad(truth->second.author.writer);
  const replication::Roster& roster = world_.hub().replica().roster();
  for (const std::unique_ptr<Node>& node : world_.nodes()) {
    if (!HasPayload(node->disk().contents, feed, seq, entry)) continue;
    const bool is_member = !node->is_retired && roster.LiveMemberOf(node->pin());
    const bool gives = node->is_honest() || !world_.plan.Has(Fault::kStayBad);
    if (gives && is_member) return false;
    is_explained = true;
  }
  return is_explained;
}

void Oracle::CheckErase(const Node& node, const replication::ErasePayloads& erase) {
  const FeedAuthor* author = node.replica().roster().AuthorOf(erase.feed);
  const bool is_untouchable = author == nullptr || author->collection == replication::kRosterCollection ||
                              author->collection == replication::kErasures;
  const FeedOnDisk* held = node.disk().contents.Find(erase.feed);
  for (const Sequence seq : erase.seqs) {
    if (!is_untouchable && MayErase(node, erase.feed, seq)) {
      const bool is_held = held != nullptr && held->len() >= seq.value();
      if (is_held) feeds_.at(erase.feed).erased.insert(held->hashes[seq.value() - 1]);
      continue;
    }
    world_.Fail("I11", absl::StrCat(node.name(), " destroys the payload of ", NameOf(erase.feed), " ", seq.value(),
                                    " without the orders that allow it now"));
  }
}

void Oracle::CheckCut(const Node& node, const replication::CutFeed& cut) {
  const FeedAuthor* author = node.replica().roster().AuthorOf(cut.seal.feed);
  const FeedOnDisk* held = node.disk().contents.Find(cut.seal.feed);
  if (author != nullptr && author->collection == replication::kErasures && held != nullptr) {
    const std::uint64_t len = cut.seal.len.value();
    const bool leads_there = len > 0 && held->len() >= len && held->hashes[len - 1] == cut.seal.head;
    for (std::size_t i = leads_there ? len : 0; i < held->entries.size(); ++i) {
      const std::optional<Ordered> ordered = OrderIn(held->entries[i]);
      if (ordered) ordered_once_.insert({&node, ordered->feed, ordered->seq});
    }
  }
  const bool is_sealed = author != nullptr && author->seal;
  if (is_sealed && author->seal->len == cut.seal.len && author->seal->head == cut.seal.head) return;
  // A branch that does not lead to the seal goes as a whole, and is fetched anew.
  if (is_sealed && cut.seal.len.value() == 0 && feeds_[cut.seal.feed].is_doubled) return;
  world_.Fail("I8", absl::StrCat(node.name(), " cuts ", NameOf(cut.seal.feed), " at ", cut.seal.len.value(),
                                 ", where its roster has no seal"));
}

// The roster never shrinks, skips or forks, and says what the same entries say to everybody (P15, I11).
void Oracle::CheckRoster(const Node& node) {
  const replication::Roster& roster = node.replica().roster();
  const replication::RosterPosition position = roster.position();
  const auto [known, is_new] = rosters_.try_emplace(&node, Seen{position, node.life()});
  if (!is_new && known->second.roster == position) return;
  const auto [before, life] = std::exchange(known->second, Seen{position, node.life()});
  // A root document that a crash took before it was on the disk comes again.
  const bool loses_root = position.root_version < before.root_version && node.life() == life;
  const bool shrinks = loses_root || position.len < before.len;
  if (!is_new && shrinks && !IsDamaged(node.identity().keys.writer->public_key())) {
    return world_.Fail(
        "P15", absl::StrCat(node.name(), "'s roster shrinks from ", before.len.value(), " to ", position.len.value()));
  }
  const FeedTruth& truth = TruthOf(roster.feed(), roster.author());
  if (position.len.value() > 0 && truth.Find(position.len.value(), position.head) == nullptr) {
    return world_.Fail("P15", node.name() + "'s roster ends in what was never signed");
  }
  if (roster.lines().size() != position.len.value()) {
    return world_.Fail("P15", absl::StrCat(node.name(), " has judged ", roster.lines().size(), " of ",
                                           position.len.value(), " roster entries"));
  }
  for (const auto& [number, member] : roster.state().members) {
    for (const replication::IncarnationKeys& keys : member.incarnations) {
      if (lawful_.contains(keys.writer)) continue;
      return world_.Fail("I11", absl::StrCat(node.name(), " takes for a key of member ", number.value(),
                                             " what nobody who may has given it"));
    }
  }
  auto [fold, is_first] = folds_.try_emplace({position.root_version, position.len.value()});
  if (is_first) {
    replication::Roster reference(world_.mint.crypto(), roster.root());
    const auto held = node.disk().contents.feeds.find(roster.feed());
    if (held == node.disk().contents.feeds.end() || held->second.len() < position.len.value()) {
      folds_.erase(fold);
      return;
    }
    for (std::uint64_t i = 0; i < position.len.value(); ++i) reference.Fold(*held->second.entries[i]);
    fold->second = reference.feeds();
  }
  if (fold->second != roster.feeds()) {
    world_.Fail("P15", absl::StrCat(node.name(), " reads other feeds from ", position.len.value(),
                                    " roster entries than they say"));
  }
}

}  // namespace hansa::simulation
