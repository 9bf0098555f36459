#include "storage/file_chunks.h"

#include <utility>

namespace hansa::storage {

using replication::ByteReader;
using replication::ByteWriter;
using replication::Hash;

std::string ChunkKeys(const Hash& file) {
  ByteWriter writer;
  writer.U8(static_cast<std::uint8_t>(kChunkKeyPrefix)).Raw(file.view());
  return std::move(writer).bytes();
}

std::string ChunkKey(const Hash& file, std::uint32_t index) {
  ByteWriter writer;
  writer.Raw(ChunkKeys(file)).U32(index);
  return std::move(writer).bytes();
}

std::optional<ChunkPosition> ChunkPositionIn(absl::string_view key) {
  ByteReader reader(key);
  if (reader.U8() != static_cast<std::uint8_t>(kChunkKeyPrefix)) return std::nullopt;
  ChunkPosition position;
  position.file = reader.Take<Hash>();
  position.index = reader.U32();
  if (!reader.at_end()) return std::nullopt;
  return position;
}

}  // namespace hansa::storage
