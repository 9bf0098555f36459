#include "node/daemon/disk_thread.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "node/daemon/kill_point.h"
#include "node/daemon/log.h"
#include "replication/check.h"

namespace hansa::node {
namespace {
constexpr std::size_t kTasksMax = 4096;
}  // namespace

DiskThread::DiskThread(const Parts& parts) : parts_(parts), tasks_(kTasksMax), thread_([this] { Run(); }) {}

void DiskThread::Stop() {
  tasks_.Close();
  if (thread_.joinable()) thread_.join();
}

void DiskThread::Run() {
  while (!tasks_.closed_and_empty()) {
    std::vector<replication::Commit> group;
    for (Task& task : tasks_.TakeAll(absl::InfiniteDuration())) {
      if (auto* commit = std::get_if<replication::Commit>(&task)) {
        group.push_back(std::move(*commit));
        continue;
      }
      // Order matters: a read may want what is being committed before it.
      WriteGroup(std::exchange(group, {}));
      if (const auto* read = std::get_if<replication::ReadUnit>(&task)) Read(*read);
      if (const auto* roots = std::get_if<replication::KeepRoots>(&task)) Keep(*roots);
      if (const auto* mark = std::get_if<replication::MarkOwnFeed>(&task)) Raise(*mark);
      if (const auto* drop = std::get_if<replication::DropFeeds>(&task)) Drop(*drop);
      if (const auto* done = std::get_if<std::function<void()>>(&task)) (*done)();
    }
    WriteGroup(group);
  }
}

void DiskThread::WriteGroup(const std::vector<replication::Commit>& group) {
  if (group.empty()) return;
  std::vector<replication::VerifiedUnit> units;
  units.reserve(group.size());
  for (const replication::Commit& commit : group) units.push_back(commit.unit);
  const absl::Status written = parts_.feeds.Append(units);
  if (absl::IsFailedPrecondition(written) && group.size() > 1) {
    // One unit does not follow what is stored: the others must not suffer for it.
    for (const replication::Commit& commit : group) WriteGroup({commit});
    return;
  }
  if (!written.ok()) {
    LogError("disk: %s", std::string(written.message()));
    for (const replication::Commit& commit : group) parts_.report(replication::CommitFailed{commit.commit, written});
    return;
  }
  KillPoint("after-write");
  const absl::Status marked = Mark(group);
  KillPoint("after-high-water");
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

void DiskThread::Raise(const replication::MarkOwnFeed& mark) {
  const storage::Mark shown{mark.shown.feed, mark.shown.len, mark.shown.head};
  const absl::Status recorded = parts_.high_water.Record({&shown, 1});
  if (!recorded.ok()) LogError("high-water file: %s", std::string(recorded.message()));
}

void DiskThread::Read(const replication::ReadUnit& read) {
  absl::StatusOr<replication::Bytes> unit = parts_.feeds.ReadUnit(read.feed, read.from);
  if (!unit.ok()) LogError("disk: reading a unit for a peer: %s", std::string(unit.status().message()));
  parts_.report(replication::UnitRead{read.session, read.feed, read.from, unit.ok() ? *std::move(unit) : ""});
}

void DiskThread::Keep(const replication::KeepRoots& roots) {
  const storage::Write write{storage::Table::kSettings, kRootsSetting, EncodeRoots(roots.documents)};
  const absl::Status kept = parts_.tables.Apply({&write, 1}, storage::Durability::kSynced);
  if (!kept.ok()) LogError("disk: keeping root documents: %s", std::string(kept.message()));
}

void DiskThread::Drop(const replication::DropFeeds& drop) {
  const absl::Status dropped = parts_.feeds.Drop(drop.feeds);
  // They are asked to go again at the next start.
  if (!dropped.ok()) LogError("disk: removing feeds that are not kept: %s", std::string(dropped.message()));
}

std::string EncodeRoots(const std::vector<replication::Bytes>& documents) {
  replication::ByteWriter writer;
  for (const replication::Bytes& document : documents) {
    writer.U32(static_cast<std::uint32_t>(document.size())).Raw(document);
  }
  return std::move(writer).bytes();
}

std::vector<replication::Bytes> DecodeRoots(const std::string& value) {
  std::vector<replication::Bytes> documents;
  replication::ByteReader reader(value);
  while (reader.remaining() > 0 && reader.ok()) {
    const std::uint32_t size = reader.U32();
    documents.emplace_back(reader.Raw(size));
  }
  return documents;
}

}  // namespace hansa::node
