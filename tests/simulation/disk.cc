#include "tests/simulation/disk.h"

#include <algorithm>
#include <limits>

#include "absl/strings/match.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::simulation {

using replication::Bytes;
using replication::Checkpoint;
using replication::Commit;
using replication::Entry;
using replication::EntryHeader;
using replication::Event;
using replication::FeedHeld;
using replication::Sequence;

namespace {

constexpr std::size_t kBatchMax = 64;
constexpr std::size_t kGroupMax = 32;

FeedOnDisk* Find(DiskContents& contents, const replication::FeedId& feed) {
  const auto found = contents.feeds.find(feed);
  return found == contents.feeds.end() ? nullptr : &found->second;
}

const Entry* EntryAt(const FeedOnDisk* feed, Sequence seq) {
  if (feed == nullptr || seq.value() == 0 || seq.value() > feed->len()) return nullptr;
  return feed->entries[seq.value() - 1].get();
}

bool IsWrite(const DiskTask& task) {
  return !std::holds_alternative<replication::ReadUnit>(task) &&
         !std::holds_alternative<replication::ReadPayloads>(task) &&
         !std::holds_alternative<replication::ReadHeader>(task) &&
         !std::holds_alternative<replication::ReadChunk>(task);
}

}  // namespace

EntryHeader HeaderOf(const Entry& entry) {
  absl::StatusOr<EntryHeader> header = replication::DecodeHeader(entry.header);
  HANSA_CHECK(header.ok());
  return *std::move(header);
}

std::optional<FeedHeld> HeldOf(const FeedOnDisk& feed) {
  if (feed.entries.empty()) return std::nullopt;
  FeedHeld held{feed.checkpoints.back(), feed.ended, 0, {}};
  for (const EntryOnDisk& entry : feed.entries) {
    const EntryHeader header = HeaderOf(*entry);
    held.bytes += replication::CountedBytes(header);
    if (header.has_payload && !entry->payload) held.absent.push_back({header.seq, entry->header});
  }
  return held;
}

void Disk::Begin() {
  HANSA_CHECK(!is_busy_ && !waiting_.empty());
  is_busy_ = true;
  const std::size_t most = std::min(waiting_.size(), kBatchMax);
  const std::size_t count = chance_.OneIn(4) ? chance_.Below(most) + 1 : most;
  in_work_.assign(std::make_move_iterator(waiting_.begin()),
                  std::make_move_iterator(waiting_.begin() + static_cast<std::ptrdiff_t>(count)));
  waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(count));
}

std::vector<Event> Disk::Finish() {
  is_busy_ = false;
  Events events = Apply(std::numeric_limits<std::uint64_t>::max());
  in_work_.clear();
  return events;
}

void Disk::Crash() {
  if (is_busy_) {
    const auto writes = static_cast<std::uint64_t>(std::count_if(in_work_.begin(), in_work_.end(), IsWrite));
    // A high-water mark is a write of its own. Reports die with the process.
    (void)Apply(chance_.Below(2 * writes + 1));
  }
  in_work_.clear();
  waiting_.clear();
  is_busy_ = false;
  for (const replication::VerifiedUnit& unit : unsure_) {
    if (!Append(unit).ok()) break;
  }
  unsure_.clear();
}

std::vector<Event> Disk::Apply(std::uint64_t writes) {
  Events events;
  std::vector<const Commit*> group;
  const auto write_group = [&] {
    if (group.empty() || writes == 0) return;
    --writes;
    // Without another write left, the crash comes before the high-water file.
    const bool marks_too = writes > 0;
    const bool has_own = std::any_of(group.begin(), group.end(), [](const Commit* commit) { return commit->own; });
    if (marks_too && has_own) --writes;
    WriteGroup(group, marks_too ? Marks::kWritten : Marks::kLost, events);
    group.clear();
  };
  for (const DiskTask& task : in_work_) {
    if (const auto* commit = std::get_if<Commit>(&task)) {
      group.push_back(commit);
      if (group.size() == kGroupMax) write_group();
      if (writes == 0) return events;
      continue;
    }
    write_group();
    if (writes == 0) return events;
    if (IsWrite(task)) --writes;
    std::optional<Event> event = std::visit([this](const auto& what) { return Perform(what); }, task);
    if (event) events.push_back(*std::move(event));
  }
  write_group();
  return events;
}

absl::Status Disk::MayWrite() {
  if (is_latched_) return absl::UnavailableError("the disk has failed before; start again");
  if (is_full) {
    has_failed_ = true;
    return absl::ResourceExhaustedError("no space left on the disk");
  }
  return absl::OkStatus();
}

void Disk::WriteGroup(const std::vector<const Commit*>& group, Marks marks, Events& events) {
  absl::Status may = MayWrite();
  if (may.ok() && next_sync_fails) {
    next_sync_fails = false;
    has_failed_ = is_latched_ = true;
    may = absl::UnavailableError("the disk could not be synced");
    // Nobody knows whether it is there; nobody sees it before the next start.
    if (chance_.OneIn(2)) {
      for (const Commit* commit : group) unsure_.push_back(commit->unit);
    }
  }
  for (const Commit* commit : group) {
    absl::Status written = may;
    if (written.ok()) {
      const auto found = contents.feeds.find(commit->unit.unit().feed);
      before_commit(*commit, found == contents.feeds.end() ? nullptr : &found->second);
      written = Append(commit->unit);
    }
    if (!written.ok()) {
      has_failed_ = true;
      events.push_back(replication::CommitFailed{commit->commit, written});
      continue;
    }
    if (commit->own && marks == Marks::kWritten) Mark(commit->unit.end());
    events.push_back(replication::Committed{commit->commit});
  }
}

absl::Status Disk::Append(const replication::VerifiedUnit& unit) {
  FeedOnDisk& feed = contents.feeds[unit.unit().feed];
  const bool follows = unit.unit().from.value() == feed.len() + 1 && !feed.ended &&
                       unit.headers().front().prev == (feed.hashes.empty() ? replication::Hash() : feed.hashes.back());
  if (!follows) {
    if (feed.entries.empty() && feed.quarantine.empty()) contents.feeds.erase(unit.unit().feed);
    return absl::FailedPreconditionError("does not follow what is stored");
  }
  feed.author = unit.author();
  for (const Entry& entry : unit.unit().entries) {
    feed.entries.push_back(std::make_shared<const Entry>(entry));
    feed.hashes.push_back(EntryHash(crypto_, entry.header));
  }
  feed.checkpoints.push_back(unit.end());
  feed.ended = unit.tail().ended;
  return absl::OkStatus();
}

void Disk::Mark(const Checkpoint& end) {
  if (!high_water) return;
  Checkpoint& mark = high_water->marks[end.feed];
  if (mark.len < end.len) mark = end;
}

std::optional<Event> Disk::Perform(const replication::ReadUnit& read) {
  replication::UnitRead answer{read.session, read.feed, read.from, Bytes()};
  const FeedOnDisk* feed = Find(contents, read.feed);
  if (EntryAt(feed, read.from) == nullptr) return answer;
  replication::TransferUnit unit{read.feed, read.from, {}, {}};
  std::size_t counted = 0;
  std::size_t fits = 0;  // entries up to the last checkpoint that fits
  auto next_end = feed->checkpoints.begin();
  while (next_end->len < read.from) ++next_end;
  for (std::uint64_t seq = read.from.value(); next_end != feed->checkpoints.end(); ++seq) {
    const Entry& entry = *feed->entries[seq - 1];
    counted += replication::CountedBytes(HeaderOf(entry));
    const bool is_over = counted > read.bytes_max || unit.entries.size() == replication::kUnitEntriesMax;
    if (is_over && fits > 0) break;
    unit.entries.push_back(entry);
    if (seq != next_end->len.value()) continue;
    fits = unit.entries.size();
    unit.end = *next_end++;
  }
  HANSA_CHECK(fits > 0);
  unit.entries.resize(fits);
  answer.unit = EncodeUnit(unit);
  return answer;
}

std::optional<Event> Disk::Perform(const replication::ReadPayloads& read) {
  replication::PayloadsRead answer{read.session, read.feed, {}};
  for (const Sequence seq : read.seqs) {
    const Entry* entry = EntryAt(Find(contents, read.feed), seq);
    if (entry != nullptr && entry->payload) answer.items.push_back({seq, *entry->payload});
  }
  return answer;
}

std::optional<Event> Disk::Perform(const replication::ReadHeader& read) {
  const Entry* entry = EntryAt(Find(contents, read.feed), read.seq);
  return replication::HeaderRead{read.feed, read.seq, entry == nullptr ? Bytes() : entry->header};
}

std::optional<Event> Disk::Perform(const replication::WritePayloads& write) {
  if (const absl::Status may = MayWrite(); !may.ok()) return replication::WriteFailed{may};
  replication::PayloadsWritten answer{write.feed, {}};
  FeedOnDisk* feed = Find(contents, write.feed);
  for (const replication::Payloads::Item& item : write.items) {
    const Entry* entry = EntryAt(feed, item.seq);
    if (entry == nullptr || entry->payload) {
      answer.not_written.push_back(item.seq);
      continue;
    }
    feed->entries[item.seq.value() - 1] = std::make_shared<const Entry>(Entry{entry->header, item.payload});
    answer.seqs.push_back(item.seq);
  }
  return answer;
}

std::optional<Event> Disk::Perform(const replication::ReadChunk& read) {
  const Entry* entry = EntryAt(Find(contents, read.feed), read.seq);
  const bool is_named =
      entry != nullptr && entry->payload && absl::StrContains(entry->payload->payload, read.file.view());
  const auto held = contents.chunks.find({read.file, read.index});
  const bool is_there = is_named && held != contents.chunks.end();
  return replication::ChunkRead{read.session, read.file, read.index, is_there ? *held->second : Bytes()};
}

std::optional<Event> Disk::Perform(const replication::WriteChunk& write) {
  const absl::Status may = MayWrite();
  if (may.ok()) contents.chunks[{write.file, write.index}] = std::make_shared<const Bytes>(write.bytes);
  return replication::ChunkWritten{write.file, write.index, may};
}

std::optional<Event> Disk::Perform(const replication::ErasePayloads& erase) {
  if (const absl::Status may = MayWrite(); !may.ok()) return replication::WriteFailed{may};
  FeedOnDisk* feed = Find(contents, erase.feed);
  for (const Sequence seq : erase.seqs) {
    const Entry* entry = EntryAt(feed, seq);
    if (entry == nullptr || !entry->payload) continue;
    feed->entries[seq.value() - 1] = std::make_shared<const Entry>(Entry{entry->header, std::nullopt});
  }
  return std::nullopt;
}

std::optional<Event> Disk::Perform(const replication::CutFeed& cut) {
  if (const absl::Status may = MayWrite(); !may.ok()) return replication::WriteFailed{may};
  replication::FeedWasCut answer{cut.seal.feed, std::nullopt};
  FeedOnDisk* feed = Find(contents, cut.seal.feed);
  if (feed == nullptr) return answer;
  const std::uint64_t len = cut.seal.len.value();
  const bool reaches = feed->len() >= len;
  const bool leads_there = len == 0 || (reaches && feed->hashes[len - 1] == cut.seal.head);
  const std::uint64_t stays = !reaches ? feed->len() : leads_there ? len : 0;
  for (std::uint64_t at = stays; at < feed->len(); ++at) feed->quarantine.push_back(feed->entries[at]);
  if (stays < feed->len()) feed->ended = false;
  feed->entries.resize(stays);
  feed->hashes.resize(stays);
  std::erase_if(feed->checkpoints, [stays](const Checkpoint& end) { return end.len.value() > stays; });
  const bool needs_seal = stays > 0 && (feed->checkpoints.empty() || feed->checkpoints.back().len.value() < stays);
  if (needs_seal) feed->checkpoints.push_back(cut.seal);
  answer.left = HeldOf(*feed);
  // What has gone beyond a seal is not missed at the next start.
  if (reaches && high_water && high_water->marks.erase(cut.seal.feed) > 0 && answer.left) Mark(answer.left->newest);
  return answer;
}

std::optional<Event> Disk::Perform(const replication::DropFeeds& drop) {
  if (const absl::Status may = MayWrite(); !may.ok()) return replication::WriteFailed{may};
  for (const replication::FeedId& feed : drop.feeds) contents.feeds.erase(feed);
  return std::nullopt;
}

std::optional<Event> Disk::Perform(const replication::DropQuarantine& drop) {
  FeedOnDisk* feed = Find(contents, drop.feed);
  if (feed != nullptr && MayWrite().ok()) feed->quarantine.clear();
  return std::nullopt;
}

std::optional<Event> Disk::Perform(const replication::Keep& keep) {
  if (const absl::Status may = MayWrite(); !may.ok()) return replication::WriteFailed{may};
  if (keep.value.empty()) {
    contents.notes.erase(keep.key);
  } else {
    contents.notes[keep.key] = keep.value;
  }
  return replication::Kept{keep.keep};
}

std::optional<Event> Disk::Perform(const replication::KeepRoots& roots) {
  if (const absl::Status may = MayWrite(); !may.ok()) return replication::WriteFailed{may};
  contents.roots = roots.documents;
  return std::nullopt;
}

std::optional<Event> Disk::Perform(const replication::MarkOwnFeed& mark) {
  if (MayWrite().ok()) Mark(mark.shown);
  return std::nullopt;
}

std::optional<Disk::Rotten> Disk::RotOne() {
  std::vector<Rotten> candidates;
  for (const auto& [id, feed] : contents.feeds) {
    // Nobody may ever take these without their payloads: where only one disk has them, the feed is at its end. The
    // roster loses its end: RotRoster.
    const bool is_law =
        feed.author.member == replication::kRosterWriter || feed.author.collection == replication::kErasures;
    if (is_law) continue;
    for (std::uint64_t at = 0; at < feed.len(); ++at) {
      if (feed.entries[at]->payload) candidates.push_back({id, Sequence(at + 1)});
    }
  }
  if (candidates.empty()) return std::nullopt;
  const Rotten rotten = chance_.Pick(candidates);
  EntryOnDisk& entry = contents.feeds.at(rotten.feed).entries[rotten.seq.value() - 1];
  entry = std::make_shared<const Entry>(Entry{entry->header, std::nullopt});
  return rotten;
}

std::uint64_t Disk::RotRoster(const replication::FeedId& roster) {
  const auto found = contents.feeds.find(roster);
  if (found == contents.feeds.end() || found->second.len() == 0) return 0;
  FeedOnDisk& feed = found->second;
  const std::uint64_t rotten = chance_.Below(feed.len());  // entries before it
  std::erase_if(feed.checkpoints, [rotten](const Checkpoint& end) { return end.len.value() > rotten; });
  const std::uint64_t left = feed.checkpoints.empty() ? 0 : feed.checkpoints.back().len.value();
  const std::uint64_t lost = feed.len() - left;
  feed.entries.resize(left);
  feed.hashes.resize(left);
  feed.ended = false;
  if (left == 0 && feed.quarantine.empty()) contents.feeds.erase(found);
  return lost;
}

}  // namespace hansa::simulation
