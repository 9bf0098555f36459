#include "node/daemon/disk_thread.h"

#include <map>

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
    }
    WriteGroup(group);
  }
}

void DiskThread::WriteGroup(const std::vector<replication::Commit>& group) {
  if (group.empty()) return;
  absl::Status written = WriteAndMark(group);
  if (written.ok()) {
    for (const replication::Commit& commit : group) parts_.report(replication::Committed{commit.commit});
    return;
  }
  if (group.size() == 1 || written.code() != absl::StatusCode::kFailedPrecondition) {
    LogError("disk: %s", std::string(written.message()));
    for (const replication::Commit& commit : group) {
      parts_.report(replication::CommitFailed{commit.commit, written});
    }
    return;
  }
  // One unit does not follow what is stored: the others must not suffer for it.
  for (const replication::Commit& commit : group) WriteGroup({commit});
}

absl::Status DiskThread::WriteAndMark(const std::vector<replication::Commit>& group) {
  std::vector<replication::VerifiedUnit> units;
  std::map<replication::FeedId, storage::Mark> marks;
  for (const replication::Commit& commit : group) {
    units.push_back(commit.unit);
    if (!commit.own) continue;
    const replication::Checkpoint& end = commit.unit.end();
    marks[end.feed] = {end.feed, end.len, end.head};
  }
  HANSA_RETURN_IF_ERROR(parts_.feeds.Append(units));
  KillPoint("after-write");
  if (marks.empty()) return absl::OkStatus();
  std::vector<storage::Mark> list;
  list.reserve(marks.size());
  for (const auto& [feed, mark] : marks) list.push_back(mark);
  // The entries are on disk; if the mark cannot be written the node must not say they are published.
  HANSA_RETURN_IF_ERROR(parts_.high_water.Record(list));
  KillPoint("after-high-water");
  return absl::OkStatus();
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
