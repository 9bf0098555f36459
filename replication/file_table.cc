#include "replication/file_table.h"

#include "replication/planted.h"

namespace hansa::replication {

bool FileTable::Want(WantedFile file) {
  const Hash name = file.file;
  if (!IsWhole(file) || file.held.size() == file.chunks.size()) {
    End(name);
    return false;
  }
  const auto found = wanted_.find(name);
  if (found != wanted_.end()) {
    found->second.file = std::move(file);
    return false;
  }
  if (wanted_.size() >= kFilesWantedMax) return false;
  in_order_.emplace(next_order_, name);
  wanted_.emplace(name, Wanted{next_order_++, std::move(file)});
  return true;
}

// What is asked for may still come, and nobody takes it; what is on its way to the disk is disposed of when it is
// there.
void FileTable::End(const Hash& file) {
  const auto found = wanted_.find(file);
  if (found == wanted_.end()) return;
  in_order_.erase(found->second.order);
  wanted_.erase(found);
  asked_.erase(asked_.lower_bound({file, 0}), asked_.upper_bound({file, kChunksMax}));
}

const WantedFile* FileTable::Find(const Hash& file) const {
  const auto found = wanted_.find(file);
  return found == wanted_.end() ? nullptr : &found->second.file;
}

std::vector<WantedFile> FileTable::All() const {
  std::vector<WantedFile> all;
  all.reserve(in_order_.size());
  for (const auto& [order, file] : in_order_) all.push_back(wanted_.at(file).file);
  return all;
}

FileTable::Place FileTable::After(std::uint64_t order) const {
  const auto next = in_order_.upper_bound(order);
  if (next == in_order_.end()) return {};
  return {next->first, &wanted_.at(next->second).file};
}

std::uint64_t FileTable::PlaceOf(const Hash& file) const {
  const auto found = wanted_.find(file);
  return found == wanted_.end() ? 0 : found->second.order;
}

bool FileTable::Lacks(const WantedFile& file, std::uint32_t index) const {
  return index < file.chunks.size() && !file.held.contains(index) && !writing_.contains({file.file, index});
}

std::optional<std::uint32_t> FileTable::NextChunk(const Hash& file) const {
  const WantedFile* wanted = Find(file);
  if (wanted == nullptr) return std::nullopt;
  for (std::uint32_t index = 0; index < wanted->chunks.size(); ++index) {
    if (Lacks(*wanted, index) && !asked_.contains({file, index})) return index;
  }
  return std::nullopt;
}

bool FileTable::Unasked(const Hash& file, std::uint32_t index, SessionId session) {
  const auto found = asked_.find({file, index});
  if (found == asked_.end() || found->second != session) return false;
  asked_.erase(found);
  return true;
}

bool FileTable::LetGo(SessionId session) {
  return std::erase_if(asked_, [session](const auto& asked) { return asked.second == session; }) > 0;
}

FileTable::Verdict FileTable::Take(const Crypto& crypto, const FileChunk& chunk, const ChunkSource& source,
                                   Effects& effects) {
  const WantedFile* wanted = Find(chunk.file);
  if (wanted == nullptr || !Lacks(*wanted, chunk.index)) return Verdict::kNotLacking;
  if (!IsChunk(crypto, *wanted, chunk.index, chunk.bytes) && !Planted(Bug::kChunkNotChecked)) return Verdict::kWrong;
  asked_.erase({chunk.file, chunk.index});
  writing_.emplace(ChunkId{chunk.file, chunk.index}, source);
  effects.push_back(WriteChunk{chunk.file, chunk.index, chunk.bytes});
  return Verdict::kTaken;
}

std::optional<ChunkSource> FileTable::Written(const ChunkWritten& written) {
  const auto found = writing_.find({written.file, written.index});
  if (found == writing_.end()) return std::nullopt;
  const ChunkSource source = found->second;
  writing_.erase(found);
  const auto wanted = wanted_.find(written.file);
  if (wanted != wanted_.end() && written.why.ok()) {
    WantedFile& file = wanted->second.file;
    file.held.insert(written.index);
    if (file.held.size() >= file.chunks.size()) End(written.file);
  }
  return source;
}

}  // namespace hansa::replication
