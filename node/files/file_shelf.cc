#include "node/files/file_shelf.h"

#include <functional>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "replication/bytes.h"
#include "replication/check.h"
#include "storage/file_chunks.h"

namespace hansa::node::files {
namespace {

using replication::ByteReader;
using replication::ByteWriter;
using replication::Hash;
using storage::Table;

constexpr char kFilePrefix = 'f';
constexpr char kEntryPrefix = 'o';
constexpr std::size_t kPage = 500;
constexpr std::uint8_t kAsked = 1, kOwn = 2, kWhole = 4;

std::string KeyOf(char prefix, const Hash& file) { return absl::StrCat(std::string(1, prefix), file.view()); }

std::string EntryKey(const Hash& file, const NamingEntry& entry) {
  return ByteWriter()
      .U8(static_cast<std::uint8_t>(kEntryPrefix))
      .Raw(file.view())
      .Raw(entry.feed.view())
      .U64(entry.seq.value())
      .bytes();
}

std::string RowOf(const ShelvedFile& shelved) {
  ByteWriter row;
  row.U8(static_cast<std::uint8_t>((shelved.is_asked ? kAsked : 0) | (shelved.is_own ? kOwn : 0) |
                                   (shelved.is_whole ? kWhole : 0)));
  row.Raw(shelved.file.feed.view()).U64(shelved.file.seq.value()).Raw(shelved.file.salt).U64(shelved.file.size);
  for (const Hash& chunk : shelved.file.chunks) row.Raw(chunk.view());
  return row.bytes();
}

std::optional<ShelvedFile> FileIn(const storage::KeyValue& row) {
  ByteReader key(row.key);
  ByteReader value(row.value);
  ShelvedFile shelved;
  key.U8();
  shelved.file.file = key.Take<Hash>();
  const std::uint8_t flags = value.U8();
  shelved.is_asked = (flags & kAsked) != 0;
  shelved.is_own = (flags & kOwn) != 0;
  shelved.is_whole = (flags & kWhole) != 0;
  shelved.file.feed = value.Take<replication::FeedId>();
  shelved.file.seq = replication::Sequence(value.U64());
  shelved.file.salt = replication::Bytes(value.Raw(replication::kFileSaltBytes));
  shelved.file.size = value.U64();
  while (value.ok() && !value.at_end()) shelved.file.chunks.push_back(value.Take<Hash>());
  if (!key.at_end() || !value.ok() || !replication::IsWhole(shelved.file)) return std::nullopt;
  if (shelved.is_whole) {
    for (std::uint32_t i = 0; i < shelved.file.chunks.size(); ++i) shelved.file.held.insert(i);
  }
  return shelved;
}

absl::Status Damaged() {
  return absl::DataLossError("reading what is known of files: a row is damaged; restore the node from a backup");
}

// Every row under `prefix`, page by page.
absl::Status ForEach(const storage::Tables& tables, const std::string& prefix,
                     const std::function<absl::Status(const storage::KeyValue&)>& take) {
  std::string from;
  while (true) {
    const absl::StatusOr<std::vector<storage::KeyValue>> rows = tables.Scan(Table::kFiles, prefix, from, kPage);
    HANSA_RETURN_IF_ERROR(rows.status());
    for (const storage::KeyValue& row : *rows) HANSA_RETURN_IF_ERROR(take(row));
    if (rows->size() < kPage) return absl::OkStatus();
    from = absl::StrCat(rows->back().key, std::string(1, '\0'));
  }
}

}  // namespace

absl::StatusOr<std::map<Hash, ShelvedFile>> FileShelf::ReadAll() const {
  std::map<Hash, ShelvedFile> all;
  HANSA_RETURN_IF_ERROR(ForEach(tables_, std::string(1, kFilePrefix), [&](const storage::KeyValue& row) {
    std::optional<ShelvedFile> shelved = FileIn(row);
    if (!shelved) return Damaged();
    const Hash file = shelved->file.file;
    all.emplace(file, *std::move(shelved));
    return absl::OkStatus();
  }));
  HANSA_RETURN_IF_ERROR(ForEach(tables_, std::string(1, kEntryPrefix), [&](const storage::KeyValue& row) {
    ByteReader key(row.key);
    ByteReader value(row.value);
    key.U8();
    const Hash file = key.Take<Hash>();
    NamingEntry entry;
    entry.feed = key.Take<replication::FeedId>();
    entry.seq = replication::Sequence(key.U64());
    const NamedBy by{replication::Member(value.U32()), replication::Collection(value.U16())};
    if (!key.at_end() || !value.at_end()) return Damaged();
    if (const auto at = all.find(file); at != all.end()) at->second.entries[entry] = by;
    return absl::OkStatus();
  }));
  for (auto& [file, shelved] : all) {
    for (std::uint32_t i = 0; !shelved.is_whole && i < shelved.file.chunks.size(); ++i) {
      if (tables_.Get(Table::kFiles, storage::ChunkKey(file, i)).ok()) shelved.file.held.insert(i);
    }
    shelved.is_whole = shelved.file.held.size() == shelved.file.chunks.size();
  }
  return all;
}

absl::StatusOr<bool> FileShelf::IsEmpty() const {
  const absl::StatusOr<std::vector<storage::KeyValue>> rows = tables_.Scan(Table::kFiles, "", "", 1);
  HANSA_RETURN_IF_ERROR(rows.status());
  return rows->empty();
}

absl::StatusOr<std::vector<Hash>> FileShelf::WithChunks() const {
  std::vector<Hash> files;
  const std::string prefix(1, storage::kChunkKeyPrefix);
  std::string from;
  while (true) {
    const absl::StatusOr<std::vector<storage::KeyValue>> rows = tables_.Scan(Table::kFiles, prefix, from, 1);
    HANSA_RETURN_IF_ERROR(rows.status());
    if (rows->empty()) return files;
    const std::optional<storage::ChunkPosition> position = storage::ChunkPositionIn(rows->front().key);
    if (!position) return Damaged();
    files.push_back(position->file);
    from = absl::StrCat(storage::ChunkKeys(position->file), std::string(5, '\xff'));
  }
}

absl::Status FileShelf::Keep(const ShelvedFile& file) {
  const storage::Write write{Table::kFiles, KeyOf(kFilePrefix, file.file.file), RowOf(file)};
  return tables_.Apply({&write, 1}, storage::Durability::kSynced);
}

absl::Status FileShelf::KeepEntry(const Hash& file, const NamingEntry& entry, const NamedBy& by) {
  const storage::Write write{Table::kFiles, EntryKey(file, entry),
                             ByteWriter().U32(by.member.value()).U16(by.collection.value()).bytes()};
  return tables_.Apply({&write, 1}, storage::Durability::kSynced);
}

absl::Status FileShelf::ForgetEntry(const Hash& file, const NamingEntry& entry) {
  const storage::Write write{Table::kFiles, EntryKey(file, entry), std::nullopt};
  return tables_.Apply({&write, 1}, storage::Durability::kSynced);
}

absl::Status FileShelf::Put(const ShelvedFile& file, absl::string_view content) {
  std::vector<storage::Write> writes;
  writes.reserve(file.file.chunks.size() + 1);
  for (std::uint32_t i = 0; i < file.file.chunks.size(); ++i) {
    const absl::string_view chunk = content.substr(i * replication::kChunkBytes, replication::kChunkBytes);
    writes.push_back({Table::kFiles, storage::ChunkKey(file.file.file, i), std::string(chunk)});
  }
  writes.push_back({Table::kFiles, KeyOf(kFilePrefix, file.file.file), RowOf(file)});
  return tables_.Apply(writes, storage::Durability::kSynced);
}

absl::StatusOr<std::string> FileShelf::Read(const replication::WantedFile& file, std::uint32_t index) const {
  const std::string key = storage::ChunkKey(file.file, index);
  absl::StatusOr<std::string> chunk = tables_.Get(Table::kFiles, key);
  HANSA_RETURN_IF_ERROR(chunk.status());
  if (replication::IsChunk(crypto_, file, index, *chunk)) return chunk;
  const storage::Write write{Table::kFiles, key, std::nullopt};
  HANSA_RETURN_IF_ERROR(tables_.Apply({&write, 1}, storage::Durability::kSynced));
  return absl::DataLossError("a part of the file was altered on the disk; it is fetched again");
}

absl::Status FileShelf::Erase(const Hash& file) {
  absl::Status erased = tables_.Erase(Table::kFiles, storage::ChunkKeys(file));
  erased.Update(tables_.Erase(Table::kFiles, KeyOf(kEntryPrefix, file)));
  erased.Update(tables_.Erase(Table::kFiles, KeyOf(kFilePrefix, file)));
  return erased;
}

}  // namespace hansa::node::files
