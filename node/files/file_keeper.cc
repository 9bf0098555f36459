#include "node/files/file_keeper.h"

#include <algorithm>

#include "replication/check.h"

namespace hansa::node::files {
namespace {

using replication::Hash;

}  // namespace

const char* FileStateName(FileState state) {
  if (state == FileState::kHere) return "here";
  return state == FileState::kComing ? "coming" : "not here";
}

FileKeeper::FileKeeper(RunningNode& node, const storage::FeedStore& stored, const projection::Views& views,
                       const replication::Crypto& crypto)
    : node_(node), stored_(stored), views_(views), shelf_(node.tables(), crypto) {
  node_.OnChunk([this](const Hash& file, std::uint32_t index) { OnChunk(file, index); });
}

FileKeeper::~FileKeeper() { node_.OnChunk(nullptr); }

void FileKeeper::OnChunk(const Hash& file, std::uint32_t index) {
  absl::MutexLock lock(&mutex_);
  const auto at = files_.find(file);
  if (at == files_.end()) {
    strays_.insert(file);
    ++stirred_;
    return;
  }
  ShelvedFile& shelved = at->second;
  shelved.file.held.insert(index);
  if (shelved.file.held.size() < shelved.file.chunks.size()) return;
  shelved.is_whole = true;
  completed_.insert(file);
  ++stirred_;
}

absl::Status FileKeeper::Put(const replication::WantedFile& file, absl::string_view content) {
  if (!replication::IsWhole(file) || file.size != content.size()) {
    return absl::InvalidArgumentError("keeping a file: its numbers do not go together; attach it again");
  }
  ShelvedFile shelved{.file = file, .is_own = true, .is_whole = true, .entries = {}};
  for (std::uint32_t i = 0; i < file.chunks.size(); ++i) shelved.file.held.insert(i);
  absl::MutexLock writing(&writing_);
  {
    absl::MutexLock lock(&mutex_);
    fresh_.insert(file.file);
  }
  HANSA_RETURN_IF_ERROR(shelf_.Put(shelved, content));
  absl::MutexLock lock(&mutex_);
  files_[file.file] = std::move(shelved);
  return absl::OkStatus();
}

void FileKeeper::Abandon(const Hash& file) {
  absl::MutexLock lock(&mutex_);
  fresh_.erase(file);
  ++stirred_;
}

bool FileKeeper::IsKnown(const Hash& file) const {
  absl::MutexLock lock(&mutex_);
  return files_.contains(file);
}

absl::Status FileKeeper::Ask(const Hash& file) {
  if (!IsKnown(file)) HANSA_RETURN_IF_ERROR(Pass());
  ShelvedFile shelved;
  {
    absl::MutexLock writing(&writing_);
    {
      absl::MutexLock lock(&mutex_);
      const auto at = files_.find(file);
      if (at == files_.end()) return absl::NotFoundError("no record held here names this file");
      shelved = at->second;
    }
    if (shelved.is_whole) return absl::OkStatus();
    if (!shelved.is_asked) {
      shelved.is_asked = true;
      HANSA_RETURN_IF_ERROR(shelf_.Keep(shelved));
    }
    absl::MutexLock lock(&mutex_);
    files_[file].is_asked = true;
    wanted_.insert(file);
    shelved = files_[file];
  }
  node_.WantFile(shelved.file);
  return absl::OkStatus();
}

FileStanding FileKeeper::StandingOf(const replication::WantedFile& file) const {
  FileStanding standing{FileState::kNotHere, 0, static_cast<std::uint32_t>(file.chunks.size())};
  absl::MutexLock lock(&mutex_);
  const auto at = files_.find(file.file);
  if (at == files_.end()) return standing;
  standing.chunks_here = static_cast<std::uint32_t>(at->second.file.held.size());
  if (at->second.is_whole) {
    standing.state = FileState::kHere;
  } else if (wanted_.contains(file.file)) {
    standing.state = FileState::kComing;
  }
  return standing;
}

FileTotals FileKeeper::Totals() const {
  FileTotals totals;
  absl::MutexLock lock(&mutex_);
  for (const auto& [file, shelved] : files_) {
    if (shelved.is_whole) {
      ++totals.here;
      totals.bytes_here += shelved.file.size;
    }
    if (shelved.is_whole || !wanted_.contains(file)) continue;
    ++totals.wanted;
    for (std::uint32_t i = 0; i < shelved.file.chunks.size(); ++i) {
      if (!shelved.file.held.contains(i)) totals.bytes += replication::ChunkSize(shelved.file, i);
    }
  }
  return totals;
}

FileCount FileKeeper::CountOf(replication::Member member,
                              const std::vector<replication::Collection>& collections) const {
  return CountEach({{member, collections}}).front();
}

std::vector<FileCount> FileKeeper::CountEach(const std::vector<FilesAsked>& asked) const {
  std::multimap<replication::Member, std::size_t> of;  // which of `asked`
  for (std::size_t i = 0; i < asked.size(); ++i) of.emplace(asked[i].member, i);
  std::vector<FileCount> counts(asked.size());
  absl::MutexLock lock(&mutex_);
  for (const auto& [file, shelved] : files_) {
    std::set<std::size_t> named;
    for (const auto& [entry, by] : shelved.entries) {
      const auto [first, end] = of.equal_range(by.member);
      for (auto each = first; each != end; ++each) {
        const std::vector<replication::Collection>& in = asked[each->second].collections;
        if (in.empty() || std::find(in.begin(), in.end(), by.collection) != in.end()) named.insert(each->second);
      }
    }
    for (const std::size_t i : named) {
      ++counts[i].count;
      counts[i].bytes += shelved.file.size;
      if (!shelved.is_whole) continue;
      ++counts[i].here;
      counts[i].bytes_here += shelved.file.size;
    }
  }
  return counts;
}

std::uint64_t FileKeeper::CountOnlyIn(const std::set<NamingEntry>& entries) const {
  absl::MutexLock lock(&mutex_);
  return static_cast<std::uint64_t>(std::count_if(files_.begin(), files_.end(), [&](const auto& row) {
    const auto& named_in = row.second.entries;
    return !named_in.empty() && std::all_of(named_in.begin(), named_in.end(),
                                            [&](const auto& entry) { return entries.contains(entry.first); });
  }));
}

ErasureRest FileKeeper::RestOf(const ErasuresView& now) const {
  absl::MutexLock lock(&mutex_);
  // What the shelf has is known once a pass has gone through.
  const bool is_known = erasures_followed_.has_value() || shelf_.IsEmpty().value_or(false);
  if (is_known && files_.empty() && strays_.empty()) return {};
  const std::uint64_t followed = std::min(erasures_followed_.value_or(0), now.done);
  return {now.done - followed, strays_.size()};
}

absl::StatusOr<std::string> FileKeeper::Read(const replication::WantedFile& file, std::uint32_t index) {
  absl::StatusOr<std::string> chunk = shelf_.Read(file, index);
  if (chunk.ok() || !(absl::IsDataLoss(chunk.status()) || absl::IsNotFound(chunk.status()))) return chunk;
  // What was thought to be here is not: it is wanted again.
  absl::MutexLock writing(&writing_);
  ShelvedFile shelved;
  {
    absl::MutexLock lock(&mutex_);
    const auto at = files_.find(file.file);
    if (at == files_.end() || at->second.file.held.erase(index) == 0) return chunk;
    at->second.is_whole = false;
    at->second.is_asked = true;
    completed_.erase(file.file);
    shelved = at->second;
    ++stirred_;
  }
  const absl::Status kept = shelf_.Keep(shelved);
  if (!kept.ok()) return kept;
  return chunk;
}

FileKeeper::Files FileKeeper::Copy() const {
  absl::MutexLock lock(&mutex_);
  return files_;
}

bool FileKeeper::IsWanted(const ShelvedFile& shelved, const NodeView& view,
                          const std::vector<Followed>& following) const {
  if (shelved.is_asked || (view.is_hub && !shelved.entries.empty())) return true;
  for (const auto& [entry, by] : shelved.entries) {
    if (by.member == view.member) return true;
    for (const Followed& followed : following) {
      if (followed.member == by.member &&
          std::binary_search(followed.collections.begin(), followed.collections.end(), by.collection)) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace hansa::node::files
