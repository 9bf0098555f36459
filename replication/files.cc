#include "replication/files.h"

#include <algorithm>

namespace hansa::replication {

namespace {
constexpr char kChunkTag[] = "hansa/chunk/1";
}  // namespace

Hash ChunkHash(const Crypto& crypto, BytesView salt, std::uint32_t index, BytesView bytes) {
  return crypto.Sha256(ByteWriter().Tag(kChunkTag).Raw(salt).U32(index).Raw(bytes).bytes());
}

bool IsWhole(const WantedFile& file) {
  if (file.size == 0 || file.size > kFileBytesMax || file.salt.size() != kFileSaltBytes) return false;
  if (file.chunks.size() != (file.size + kChunkBytes - 1) / kChunkBytes) return false;
  return file.held.empty() || *file.held.rbegin() < file.chunks.size();
}

std::size_t ChunkSize(const WantedFile& file, std::uint32_t index) {
  const std::uint64_t begin = std::uint64_t{index} * kChunkBytes;
  return begin >= file.size ? 0 : static_cast<std::size_t>(std::min<std::uint64_t>(file.size - begin, kChunkBytes));
}

bool IsChunk(const Crypto& crypto, const WantedFile& file, std::uint32_t index, BytesView bytes) {
  if (index >= file.chunks.size() || bytes.empty() || bytes.size() != ChunkSize(file, index)) return false;
  return ChunkHash(crypto, file.salt, index, bytes) == file.chunks[index];
}

}  // namespace hansa::replication
