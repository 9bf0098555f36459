// Files that belong to entries: their bytes travel apart from the feeds, in chunks, each of which proves by its hash
// that it is what the entry's author meant. What a file is called and which entry of which kind names it is not known
// here.
#ifndef HANSA_REPLICATION_FILES_H_
#define HANSA_REPLICATION_FILES_H_

#include <cstddef>
#include <cstdint>
#include <set>
#include <vector>

#include "replication/bytes.h"
#include "replication/crypto.h"
#include "replication/feed.h"

namespace hansa::replication {

inline constexpr std::size_t kChunkBytes = 262'144;  // of every chunk but the last, which has 1 to as many
inline constexpr std::uint32_t kChunksMax = 100;     // of one file: 25 MiB
inline constexpr std::size_t kFileBytesMax = kChunkBytes * kChunksMax;
inline constexpr std::size_t kFileSaltBytes = 32;

// A file that this node wants, and what each chunk of it must hash to.
struct WantedFile {
  FeedId feed;  // of the entry that names the file; its payload is held here
  Sequence seq;
  Hash file;                     // names it: two files of the same bytes have salts of their own
  Bytes salt;                    // 32 bytes
  std::uint64_t size = 0;        // 1 to kFileBytesMax bytes
  std::vector<Hash> chunks;      // as many as `size` takes
  std::set<std::uint32_t> held;  // those that are on the disk; below chunks.size()
};

// What the chunk at `index`, from 0, of a file with this salt is known by.
Hash ChunkHash(const Crypto& crypto, BytesView salt, std::uint32_t index, BytesView bytes);

// Whether the numbers of a wanted file go together: its size is in range, and salt, chunks and those held fit it.
bool IsWhole(const WantedFile& file);

// How many bytes its chunk at `index` has; 0 beyond the last one.
std::size_t ChunkSize(const WantedFile& file, std::uint32_t index);

// Whether these bytes are its chunk at `index`: of the right length and hash.
bool IsChunk(const Crypto& crypto, const WantedFile& file, std::uint32_t index, BytesView bytes);

}  // namespace hansa::replication

#endif  // HANSA_REPLICATION_FILES_H_
