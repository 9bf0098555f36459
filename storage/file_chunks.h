// Where the chunks of a file lie in Table::kFiles.
#ifndef HANSA_STORAGE_FILE_CHUNKS_H_
#define HANSA_STORAGE_FILE_CHUNKS_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "replication/bytes.h"

namespace hansa::storage {

// Every key of a chunk begins with it. Other keys of the table begin otherwise.
inline constexpr char kChunkKeyPrefix = 'c';

// 'c' ‖ the file's hash: every chunk's key begins with it.
std::string ChunkKeys(const replication::Hash& file);
// 'c' ‖ the file's hash ‖ index as u32 big-endian. The value is the bytes of the chunk, as they are.
std::string ChunkKey(const replication::Hash& file, std::uint32_t index);

struct ChunkPosition {
  replication::Hash file;
  std::uint32_t index = 0;
};
// nullopt if `key` is no key of a chunk.
std::optional<ChunkPosition> ChunkPositionIn(absl::string_view key);

}  // namespace hansa::storage

#endif  // HANSA_STORAGE_FILE_CHUNKS_H_
