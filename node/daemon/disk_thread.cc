#include "node/daemon/disk_thread.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "node/daemon/log.h"
#include "node/membership/held_roster.h"
#include "replication/check.h"
#include "storage/file_chunks.h"
#include "storage/kill_point.h"

namespace hansa::node {
namespace {
constexpr std::size_t kTasksMax = 4096;

// One after the other, with their lengths.
std::string EncodeRoots(const std::vector<replication::Bytes>& documents) {
  replication::ByteWriter writer;
  for (const replication::Bytes& document : documents) {
    writer.U32(static_cast<std::uint32_t>(document.size())).Raw(document);
  }
  return std::move(writer).bytes();
}
}  // namespace

DiskThread::DiskThread(const Parts& parts) : parts_(parts), tasks_(kTasksMax), thread_([this] { Run(); }) {}

void DiskThread::Stop() {
  tasks_.Close();
  if (thread_.joinable()) thread_.join();
}

void DiskThread::Run() {
  while (!tasks_.closed_and_empty()) {
    for (Task& task : tasks_.TakeAll(absl::InfiniteDuration())) {
      // Order matters: a read may want what is being committed before it.
      if (!std::holds_alternative<replication::Commit>(task)) WriteGroup();
      if (!std::holds_alternative<replication::Keep>(task)) WriteNotes();
      if (!std::holds_alternative<replication::WriteChunk>(task)) WriteChunks();
      std::visit([this](auto& what) { Perform(std::move(what)); }, task);
    }
    WriteGroup();
    WriteNotes();
    WriteChunks();
  }
}

void DiskThread::WriteGroup() {
  if (!group_.empty()) Write(std::exchange(group_, {}));
}

void DiskThread::WriteNotes() {
  if (notes_.empty()) return;
  const std::vector<replication::Keep> notes = std::exchange(notes_, {});
  std::vector<storage::Write> writes;
  writes.reserve(notes.size());
  for (const replication::Keep& note : notes) {
    storage::Write write{storage::Table::kNotes, note.key, std::nullopt};
    if (!note.value.empty()) write.value = note.value;
    writes.push_back(std::move(write));
  }
  const absl::Status kept = parts_.tables.Apply(writes, storage::Durability::kSynced);
  if (!kept.ok()) {
    LogError("disk: keeping notes: %s", std::string(kept.message()));
    return Refused(kept);
  }
  for (const replication::Keep& note : notes) parts_.report(replication::Kept{note.keep});
}

void DiskThread::WriteChunks() {
  if (chunks_.empty()) return;
  const std::vector<replication::WriteChunk> chunks = std::exchange(chunks_, {});
  std::vector<storage::Write> writes;
  writes.reserve(chunks.size());
  for (const replication::WriteChunk& chunk : chunks) {
    writes.push_back({storage::Table::kFiles, storage::ChunkKey(chunk.file, chunk.index), chunk.bytes});
  }
  const absl::Status written = parts_.tables.Apply(writes, storage::Durability::kSynced);
  if (!written.ok()) LogError("disk: writing chunks of files: %s", std::string(written.message()));
  for (const replication::WriteChunk& chunk : chunks) {
    parts_.report(replication::ChunkWritten{chunk.file, chunk.index, written});
  }
}

void DiskThread::Write(const std::vector<replication::Commit>& group) {
  std::vector<replication::VerifiedUnit> units;
  units.reserve(group.size());
  for (const replication::Commit& commit : group) units.push_back(commit.unit);
  storage::KillPoint("before-write");
  const absl::Status written = parts_.feeds.Append(units);
  if (absl::IsFailedPrecondition(written) && group.size() > 1) {
    // One unit does not follow what is stored: the others must not suffer for it.
    for (const replication::Commit& commit : group) Write({commit});
    return;
  }
  if (!written.ok()) {
    LogError("disk: %s", std::string(written.message()));
    for (const replication::Commit& commit : group) parts_.report(replication::CommitFailed{commit.commit, written});
    return;
  }
  storage::KillPoint("after-write");
  const absl::Status marked = Mark(group);
  storage::KillPoint("after-high-water");
  for (const replication::Commit& commit : group) {
    // What others signed is durable whatever became of our mark.
    if (!commit.own || marked.ok()) {
      parts_.report(replication::Committed{commit.commit});
    } else {
      parts_.report(replication::CommitFailed{commit.commit, marked});
    }
  }
}

absl::Status DiskThread::Mark(const std::vector<replication::Commit>& group) {
  std::map<replication::FeedId, storage::Mark> marks;
  for (const replication::Commit& commit : group) {
    const replication::Checkpoint& end = commit.unit.end();
    if (commit.own) marks[end.feed] = {end.feed, end.len, end.head};
  }
  if (marks.empty()) return absl::OkStatus();
  std::vector<storage::Mark> list;
  list.reserve(marks.size());
  for (const auto& [feed, mark] : marks) list.push_back(mark);
  const absl::Status recorded = parts_.high_water.Record(list);
  if (recorded.ok()) return recorded;
  LogError("high-water file: %s", std::string(recorded.message()));
  return absl::UnavailableError(absl::StrCat("stored, but not marked as published (", recorded.message(),
                                             "); it may be published once the node has been started again"));
}

void DiskThread::Perform(const replication::MarkOwnFeed& mark) {
  const storage::Mark shown{mark.shown.feed, mark.shown.len, mark.shown.head};
  const absl::Status recorded = parts_.high_water.Record({&shown, 1});
  if (!recorded.ok()) LogError("high-water file: %s", std::string(recorded.message()));
}

void DiskThread::Perform(const replication::ReadUnit& read) {
  absl::StatusOr<replication::Bytes> unit = parts_.feeds.ReadUnit(read.feed, read.from, read.bytes_max);
  if (!unit.ok()) LogError("disk: reading a unit for a peer: %s", std::string(unit.status().message()));
  parts_.report(replication::UnitRead{read.session, read.feed, read.from, unit.ok() ? *std::move(unit) : ""});
}

void DiskThread::Perform(const replication::ReadPayloads& read) {
  absl::StatusOr<std::vector<replication::Payloads::Item>> items = parts_.feeds.ReadPayloads(read.feed, read.seqs);
  if (!items.ok()) LogError("disk: reading payloads for a peer: %s", std::string(items.status().message()));
  replication::PayloadsRead answer{read.session, read.feed, {}};
  if (items.ok()) answer.items = *std::move(items);
  parts_.report(std::move(answer));
}

// What is given of a file is given for the sake of an entry that names it: its hash stands in the payload, wherever.
absl::StatusOr<replication::Bytes> DiskThread::ReadOfFile(const replication::ReadChunk& read) const {
  const absl::StatusOr<std::vector<replication::Payloads::Item>> items =
      parts_.feeds.ReadPayloads(read.feed, {&read.seq, 1});
  HANSA_RETURN_IF_ERROR(items.status());
  if (items->empty() || !absl::StrContains(items->front().payload.payload, read.file.view()))
    return replication::Bytes();
  absl::StatusOr<std::string> chunk =
      parts_.tables.Get(storage::Table::kFiles, storage::ChunkKey(read.file, read.index));
  if (absl::IsNotFound(chunk.status())) return replication::Bytes();
  return chunk;
}

void DiskThread::Perform(const replication::ReadChunk& read) {
  absl::StatusOr<replication::Bytes> chunk = ReadOfFile(read);
  if (!chunk.ok()) LogError("disk: reading a chunk of a file for a peer: %s", std::string(chunk.status().message()));
  parts_.report(replication::ChunkRead{read.session, read.file, read.index, chunk.ok() ? *std::move(chunk) : ""});
}

void DiskThread::Perform(const replication::ReadHeader& read) {
  absl::StatusOr<replication::Bytes> header = parts_.feeds.ReadHeader(read.feed, read.seq);
  if (!header.ok()) LogError("disk: reading a header: %s", std::string(header.status().message()));
  parts_.report(replication::HeaderRead{read.feed, read.seq, header.ok() ? *std::move(header) : ""});
}

void DiskThread::Perform(const replication::WritePayloads& write) {
  const absl::Status written = parts_.feeds.WritePayloads(write.feed, write.items);
  if (!written.ok()) {
    LogError("disk: filling in payloads: %s", std::string(written.message()));
    // The feed may have been cut or dropped after this was asked for; what is still missing is fetched again.
    if (!absl::IsFailedPrecondition(written)) return Refused(written);
  }
  replication::PayloadsWritten report{write.feed, {}};
  std::vector<replication::Sequence>& seqs = written.ok() ? report.seqs : report.not_written;
  for (const replication::Payloads::Item& item : write.items) seqs.push_back(item.seq);
  parts_.report(std::move(report));
}

void DiskThread::Perform(const replication::ErasePayloads& erase) {
  const absl::Status erased =
      parts_.stale_views.Erase([&] { return parts_.feeds.ErasePayloads(erase.feed, erase.seqs); });
  if (erased.ok()) return;
  LogError("disk: erasing payloads: %s", std::string(erased.message()));
  Refused(erased);
}

void DiskThread::Perform(const replication::CutFeed& cut) {
  const absl::StatusOr<bool> set_anew = LowerMark(cut.seal);
  if (!set_anew.ok()) {
    LogError("high-water file: %s", std::string(set_anew.status().message()));
    return Refused(set_anew.status());
  }
  storage::KillPoint("in-cut");
  absl::MutexLock cutting(&cutting_);
  const absl::StatusOr<std::optional<storage::HeldFeed>> left = parts_.feeds.CutFeed(cut.seal);
  if (!left.ok()) {
    LogError("disk: cutting a feed: %s", std::string(left.status().message()));
    return Refused(left.status());
  }
  parts_.feed_cut();
  replication::FeedWasCut report{cut.seal.feed, std::nullopt};
  if (*left) report.left = FeedHeldOf(**left);
  if (*left && *set_anew) Perform(replication::MarkOwnFeed{(*left)->newest});
  parts_.report(std::move(report));
}

// The mark goes back before the feed is cut: a crash in between leaves the store ahead of it, which is fine.
absl::StatusOr<bool> DiskThread::LowerMark(const replication::Checkpoint& seal) {
  const std::vector<storage::Mark> marks = parts_.high_water.marks();
  const bool is_ours =
      std::any_of(marks.begin(), marks.end(), [&](const storage::Mark& mark) { return mark.feed == seal.feed; });
  if (!is_ours) return false;
  const absl::StatusOr<storage::HeldFeed> held = parts_.feeds.Feed(seal.feed);
  // Whether anything stays of a feed as long as the seal is known once it is cut: until then it has no mark.
  const bool reaches = held.ok() && seal.len <= held->newest.len;
  const storage::Mark end = reaches ? storage::Mark{seal.feed, {}, {}} : storage::Mark{seal.feed, seal.len, seal.head};
  HANSA_RETURN_IF_ERROR(parts_.high_water.Lower(end));
  return reaches;
}

void DiskThread::Perform(const replication::DropQuarantine& drop) {
  const absl::Status dropped = parts_.feeds.DropQuarantine(drop.feed);
  if (!dropped.ok()) LogError("disk: destroying what is in quarantine: %s", std::string(dropped.message()));
}

void DiskThread::Perform(const replication::KeepRoots& roots) {
  const storage::Write write{storage::Table::kSettings, membership::kRootsSetting, EncodeRoots(roots.documents)};
  roots_kept_ = parts_.tables.Apply({&write, 1}, storage::Durability::kSynced);
  if (roots_kept_.ok()) return;
  LogError("disk: keeping root documents: %s", std::string(roots_kept_.message()));
  Refused(roots_kept_);
}

void DiskThread::Perform(const replication::DropFeeds& drop) {
  const absl::Status dropped = parts_.feeds.Drop(drop.feeds);
  if (dropped.ok()) return;
  LogError("disk: removing feeds that are not kept: %s", std::string(dropped.message()));
  Refused(dropped);
}

absl::StatusOr<std::map<replication::Bytes, replication::Bytes>> ReadNotes(const storage::Tables& tables) {
  absl::StatusOr<std::vector<storage::KeyValue>> pairs = tables.Scan(storage::Table::kNotes, "", "", ~std::size_t{0});
  HANSA_RETURN_IF_ERROR(pairs.status());
  std::map<replication::Bytes, replication::Bytes> notes;
  for (storage::KeyValue& pair : *pairs) notes.emplace(std::move(pair.key), std::move(pair.value));
  return notes;
}

replication::FeedHeld FeedHeldOf(const storage::HeldFeed& held) {
  replication::FeedHeld feed{held.newest, held.ended, held.bytes};
  feed.absent.reserve(held.absent.size());
  for (const storage::AbsentPayload& absent : held.absent) feed.absent.push_back({absent.seq, absent.header});
  return feed;
}

}  // namespace hansa::node
