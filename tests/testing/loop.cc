#include "tests/testing/loop.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::testing {

using replication::Effects;
using replication::Event;
using replication::FeedRow;

namespace {

replication::FeedHeld HeldOf(const storage::HeldFeed& feed) {
  replication::FeedHeld held{feed.newest, feed.ended, feed.bytes};
  for (const storage::AbsentPayload& absent : feed.absent) held.absent.push_back({absent.seq, absent.header});
  return held;
}

}  // namespace

void LoopNode::Start() {
  replication::Roster roster(crypto_, root_);
  for (const replication::FeedAuthor& author : roster.RosterFeeds()) {
    const replication::FeedId feed = FeedIdOf(crypto_, roster.network(), author);
    const absl::StatusOr<std::vector<storage::StoredEntry>> held =
        disk_.ReadEntries(feed, replication::Sequence(1), 1'000'000);
    if (!held.ok()) continue;
    for (const storage::StoredEntry& stored : *held) roster.Fold(stored.entry);
  }
  replication::ReplicaStart start{
      pin(),
      keys_.writer,
      roster_writer_,
      *replication::BootId::From(Random(absl::StrCat(name_, " boot ", ++boots_)).view().substr(0, 16)),
      std::move(roster),
      {},
      kept};
  const std::vector<storage::HeldFeed> feeds = disk_.Feeds().value();
  for (const storage::HeldFeed& feed : feeds) {
    start.feeds.push_back(HeldOf(feed));
  }
  const std::vector<storage::StoredHeader> orders = disk_.ErasureHeaders().value();
  for (const storage::StoredHeader& order : orders) start.orders.push_back({order.feed, order.header});
  start.notes = notes_;
  start.lost_roster = lost_roster;
  start.chance = *replication::Seed::From(
      Random(absl::StrCat(name_, " chance ", boots_)).view().substr(0, replication::Seed::kSize));
  replica_ = std::make_unique<replication::Replica>(crypto_, std::move(start));
}

void LoopNode::KeepNote(const replication::Bytes& key, const replication::Bytes& value) {
  if (value.empty()) {
    notes_.erase(key);
  } else {
    notes_[key] = value;
  }
}

LoopNode& Loop::Add(const std::string& name, const replication::RootChain& root, const Applicant& keys,
                    Key roster_writer) {
  auto& node = nodes_[name];
  node = std::make_unique<LoopNode>(name, root, keys, std::move(roster_writer), crypto_);
  return *node;
}

void Loop::Dial(const std::string& from, const std::string& to) {
  const Link link{from, to, replication::SessionId(next_session_), replication::SessionId(next_session_ + 1), true};
  next_session_ += 2;
  links_.push_back(link);
  Step(*nodes_.at(to), replication::Connected{link.at_b, nodes_.at(from)->pin(), false});
  Step(*nodes_.at(from), replication::Connected{link.at_a, nodes_.at(to)->pin(), true});
}

void Loop::CutLink(Link& link) {
  if (!link.open) return;
  link.open = false;
  const std::size_t index = static_cast<std::size_t>(&link - links_.data());
  std::erase_if(in_transit_, [index](const InTransit& frame) { return frame.link == index; });
  if (!link.a_left) Step(*nodes_.at(link.a), replication::Disconnected{link.at_a});
  if (!link.b_left) Step(*nodes_.at(link.b), replication::Disconnected{link.at_b});
}

// A frame on a stalled stream goes nowhere; whoever says a last one has closed its side.
void Loop::Lose(Link& link, bool from_a, const replication::Frame& frame) {
  bool& left = from_a ? link.a_left : link.b_left;
  if (!std::holds_alternative<replication::CloseFrame>(frame) || left) return;
  left = true;
  Step(*nodes_.at(from_a ? link.a : link.b), replication::Disconnected{from_a ? link.at_a : link.at_b});
}

void Loop::Cut(const std::string& a, const std::string& b) {
  for (Link& link : links_) {
    if ((link.a == a && link.b == b) || (link.a == b && link.b == a)) CutLink(link);
  }
}

void Loop::CutAll() {
  for (Link& link : links_) CutLink(link);
}

void Loop::Stall(const std::string& a, const std::string& b) {
  for (Link& link : links_) {
    if ((link.a == a && link.b == b) || (link.a == b && link.b == a)) link.stalled = true;
  }
}

void Loop::Crash(const std::string& name) {
  for (Link& link : links_) {
    if (!link.open || (link.a != name && link.b != name)) continue;
    link.open = false;
    const std::size_t index = static_cast<std::size_t>(&link - links_.data());
    std::erase_if(in_transit_, [index](const InTransit& frame) { return frame.link == index; });
    const bool other_is_a = link.b == name;
    Step(*nodes_.at(other_is_a ? link.a : link.b), replication::Disconnected{other_is_a ? link.at_a : link.at_b});
  }
  // What was not on its disk is lost.
  std::erase_if(disk_tasks_, [&name](const DiskTask& task) { return task.node == name; });
  nodes_.at(name)->Start();
}

void Loop::Choose(const std::string& name, const replication::Interest& kept) {
  LoopNode& node = *nodes_.at(name);
  node.kept = kept;
  Step(node, replication::InterestChosen{kept});
}

void Loop::SetRoom(const std::string& name, bool for_peers) {
  Step(*nodes_.at(name), replication::RoomMoved{for_peers});
}

absl::Status Loop::Publish(const std::string& name, replication::Kind kind, const std::string& text) {
  replication::NewEntry entry;
  entry.kind = kind;
  entry.record = RecordNamed(absl::StrCat("record ", ++records_));
  entry.payload = replication::SaltedPayload{SaltNamed(absl::StrCat("salt ", records_)), text};
  return PublishEntry(name, entry);
}

absl::Status Loop::PublishEntry(const std::string& name, const replication::NewEntry& entry) {
  return PublishEntries(name, {entry});
}

absl::Status Loop::PublishEntries(const std::string& name, std::vector<replication::NewEntry> entries) {
  replication::PublishAsked asked;
  asked.publish = replication::PublishId(next_publish_++);
  asked.collection = replication::CollectionOf(entries.front().kind);
  asked.to_roster = asked.collection == replication::kRosterCollection;
  asked.entries = std::move(entries);
  const replication::PublishId id = asked.publish;
  Step(*nodes_.at(name), asked);
  while (!answers_.contains(id) && RunOne()) {
  }
  HANSA_CHECK(answers_.contains(id));
  return answers_.at(id);
}

void Loop::Step(LoopNode& node, const Event& event) {
  Perform(node, node.replica().Step(now_ + node.clock_ahead, event));
}

// Sessions are numbered two by two, as links are.
std::size_t Loop::LinkOf(replication::SessionId session) const {
  const std::size_t link = static_cast<std::size_t>((session.value() - 1) / 2);
  HANSA_CHECK(link < links_.size());  // else a frame for a session that never was
  return link;
}

void Loop::Want(const std::string& name, replication::WantedFile file) {
  LoopNode& node = *nodes_.at(name);
  file.held.clear();
  for (const auto& [id, bytes] : node.chunks) {
    if (id.first == file.file) file.held.insert(id.second);
  }
  Step(node, replication::FileWanted{std::move(file)});
}

void Loop::StopWanting(const std::string& name, const replication::Hash& file) {
  Step(*nodes_.at(name), replication::FileNotWanted{file});
}

bool Loop::PerformOfFiles(LoopNode& node, const replication::Effect& effect) {
  if (const auto* write = std::get_if<replication::WriteChunk>(&effect)) {
    disk_tasks_.push_back({node.name(), [this, &node, task = *write] {
                             node.chunks[{task.file, task.index}] = task.bytes;
                             Step(node, replication::ChunkWritten{task.file, task.index});
                           }});
    return true;
  }
  const auto* read = std::get_if<replication::ReadChunk>(&effect);
  if (read == nullptr) return false;
  disk_tasks_.push_back(
      {node.name(), [this, &node, task = *read] {
         const auto items = node.disk().ReadPayloads(task.feed, {&task.seq, 1});
         const bool is_named =
             items.ok() && !items->empty() && absl::StrContains(items->front().payload.payload, task.file.view());
         const auto held = node.chunks.find({task.file, task.index});
         const bool is_there = is_named && held != node.chunks.end();
         Step(node, replication::ChunkRead{task.session, task.file, task.index, is_there ? held->second : ""});
       }});
  return true;
}

void Loop::Perform(LoopNode& node, const Effects& effects) {
  for (const replication::Effect& effect : effects) {
    if (watcher_) watcher_(node.name(), effect);
    if (PerformOfFiles(node, effect)) continue;
    if (const auto* send = std::get_if<replication::Send>(&effect)) {
      const std::size_t link = LinkOf(send->session);
      if (links_[link].open) in_transit_.push_back({link, links_[link].a == node.name(), send->frame});
    } else if (const auto* close = std::get_if<replication::CloseSession>(&effect)) {
      const std::size_t link = LinkOf(close->session);
      if (!links_[link].open) continue;
      const bool says_why = close->last.code != replication::CloseCode::kNotGiven;
      if (says_why) in_transit_.push_back({link, links_[link].a == node.name(), close->last});
      if (!says_why) CutLink(links_[link]);
    } else if (const auto* commit = std::get_if<replication::Commit>(&effect)) {
      disk_tasks_.push_back({node.name(), [this, &node, task = *commit] {
                               const absl::Status written = node.disk().Append({&task.unit, 1});
                               if (written.ok()) return Step(node, replication::Committed{task.commit});
                               Step(node, replication::CommitFailed{task.commit, written});
                             }});
    } else if (const auto* read = std::get_if<replication::ReadUnit>(&effect)) {
      disk_tasks_.push_back(
          {node.name(), [this, &node, task = *read] {
             const absl::StatusOr<replication::Bytes> unit = node.disk().ReadUnit(task.feed, task.from, task.bytes_max);
             Step(node, replication::UnitRead{task.session, task.feed, task.from, unit.ok() ? *unit : ""});
           }});
    } else if (const auto* keep = std::get_if<replication::Keep>(&effect)) {
      disk_tasks_.push_back({node.name(), [this, &node, task = *keep] {
                               node.KeepNote(task.key, task.value);
                               Step(node, replication::Kept{task.keep});
                             }});
    } else if (const auto* payloads = std::get_if<replication::ReadPayloads>(&effect)) {
      disk_tasks_.push_back({node.name(), [this, &node, task = *payloads] {
                               const auto items = node.disk().ReadPayloads(task.feed, task.seqs);
                               replication::PayloadsRead answer{task.session, task.feed, {}};
                               if (items.ok()) answer.items = *items;
                               Step(node, answer);
                             }});
    } else if (const auto* header = std::get_if<replication::ReadHeader>(&effect)) {
      disk_tasks_.push_back({node.name(), [this, &node, task = *header] {
                               const absl::StatusOr<replication::Bytes> bytes =
                                   node.disk().ReadHeader(task.feed, task.seq);
                               Step(node, replication::HeaderRead{task.feed, task.seq, bytes.ok() ? *bytes : ""});
                             }});
    } else if (const auto* write = std::get_if<replication::WritePayloads>(&effect)) {
      disk_tasks_.push_back({node.name(), [this, &node, task = *write] {
                               HANSA_CHECK(node.disk().WritePayloads(task.feed, task.items).ok());
                               replication::PayloadsWritten written{task.feed, {}};
                               for (const replication::Payloads::Item& item : task.items)
                                 written.seqs.push_back(item.seq);
                               Step(node, written);
                             }});
    } else if (const auto* erase = std::get_if<replication::ErasePayloads>(&effect)) {
      disk_tasks_.push_back(
          {node.name(), [&node, task = *erase] { HANSA_CHECK(node.disk().ErasePayloads(task.feed, task.seqs).ok()); }});
    } else if (const auto* cut = std::get_if<replication::CutFeed>(&effect)) {
      disk_tasks_.push_back({node.name(), [this, &node, task = *cut] {
                               const std::optional<storage::HeldFeed> left = node.disk().CutFeed(task.seal).value();
                               replication::FeedWasCut done{task.seal.feed, std::nullopt};
                               if (left) done.left = HeldOf(*left);
                               Step(node, done);
                             }});
    } else if (const auto* quarantine = std::get_if<replication::DropQuarantine>(&effect)) {
      disk_tasks_.push_back(
          {node.name(), [&node, task = *quarantine] { HANSA_CHECK(node.disk().DropQuarantine(task.feed).ok()); }});
    } else if (const auto* drop = std::get_if<replication::DropFeeds>(&effect)) {
      disk_tasks_.push_back({node.name(), [&node, task = *drop] { HANSA_CHECK(node.disk().Drop(task.feeds).ok()); }});
    } else if (const auto* done = std::get_if<replication::PublishDone>(&effect)) {
      answers_[done->publish] = absl::OkStatus();
    } else if (const auto* refused = std::get_if<replication::PublishRefused>(&effect)) {
      answers_[refused->publish] = refused->why;
    }
  }
}

bool Loop::HasDiskTasks(const std::string& name) const {
  return std::any_of(disk_tasks_.begin(), disk_tasks_.end(),
                     [&name](const DiskTask& task) { return task.node == name; });
}

bool Loop::RunDiskTask() {
  const auto next = std::find_if(disk_tasks_.begin(), disk_tasks_.end(),
                                 [this](const DiskTask& task) { return !held_disks_.contains(task.node); });
  if (next == disk_tasks_.end()) return false;
  const DiskTask task = std::move(*next);
  disk_tasks_.erase(next);
  task.run();
  return true;
}

bool Loop::RunOne() {
  if (RunDiskTask()) return true;
  if (in_transit_.empty()) return false;
  InTransit moving = std::move(in_transit_.front());
  in_transit_.pop_front();
  Link& link = links_[moving.link];
  if (!link.open) return true;
  if (link.stalled) {
    Lose(link, moving.from_a, moving.frame);
    return true;
  }
  const std::string& from = moving.from_a ? link.a : link.b;
  const std::string& to = moving.from_a ? link.b : link.a;
  if (meddler_ && !meddler_(from, to, moving.frame)) {
    CutLink(link);
    return true;
  }
  ++frames_delivered_;
  if (ear_) ear_(from, to, moving.frame);
  const bool is_last = std::holds_alternative<replication::CloseFrame>(moving.frame);
  Step(*nodes_.at(to), replication::Received{moving.from_a ? link.at_b : link.at_a, std::move(moving.frame)});
  if (is_last) CutLink(link);
  return true;
}

void Loop::PassTime(absl::Duration by) {
  now_ += by;
  for (auto& [name, node] : nodes_) {
    if (DeadlineOf(*node) <= now_) Step(*node, replication::DeadlineReached{});
  }
}

void Loop::Settle(absl::Duration ahead) {
  constexpr int kStepsMax = 1'000'000;
  const absl::Time until = now_ + ahead;
  for (int steps = 0; steps < kStepsMax; ++steps) {
    if (RunOne()) continue;
    absl::Time next = absl::InfiniteFuture();
    for (auto& [name, node] : nodes_) next = std::min(next, DeadlineOf(*node));
    if (next > until) return;
    PassTime(std::max(next - now_, absl::Milliseconds(1)));
  }
  HANSA_CHECK(false && "it never comes to rest");
}

std::map<std::string, std::vector<FeedRow>> Loop::Heads() {
  std::map<std::string, std::vector<FeedRow>> heads;
  for (auto& [name, node] : nodes_) {
    const std::vector<storage::HeldFeed> feeds = node->disk().Feeds().value();
    for (const storage::HeldFeed& feed : feeds) {
      heads[name].push_back({feed.feed, feed.newest.len, feed.newest.head});
    }
  }
  return heads;
}

bool Loop::AllEqual(const std::set<std::string>& names) {
  const std::map<std::string, std::vector<FeedRow>> heads = Heads();
  return std::all_of(names.begin(), names.end(), [&](const std::string& name) {
    const auto mine = heads.find(name);
    const auto first = heads.find(*names.begin());
    return mine != heads.end() && first != heads.end() && mine->second == first->second;
  });
}

}  // namespace hansa::testing
