// Files that this node wants: what lacks of each, who is asked for it, what is on its way to the disk. Which peer may
// be asked for what is the session's to judge.
#ifndef HANSA_REPLICATION_FILE_TABLE_H_
#define HANSA_REPLICATION_FILE_TABLE_H_

#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "replication/credit_window.h"
#include "replication/events.h"
#include "replication/files.h"

namespace hansa::replication {

inline constexpr std::size_t kFilesWantedMax = 20'000;    // at once; most have one chunk
inline constexpr std::size_t kChunksInFlightMax = 2;      // asked of one session
inline constexpr std::size_t kChunksInFlightAllMax = 64;  // asked or on their way to the disk, of all sessions

// The session that a chunk came by, and what it cost the sender.
struct ChunkSource {
  SessionId session;
  FrameCost cost;
};

// Not thread-safe: one owner.
class FileTable {
 public:
  // Wants a file, after all that are wanted already. False: it is not new. One that is wanted keeps its place and what
  // is under way of it; one whose numbers do not go together, or of which nothing lacks, is not wanted any more; nor is
  // one that comes when kFilesWantedMax are wanted.
  bool Want(WantedFile file);
  void End(const Hash& file);
  template <typename Predicate>
  void EndIf(Predicate is_over) {
    for (auto next = wanted_.begin(); next != wanted_.end();) {
      const auto wanted = next++;
      if (is_over(wanted->second.file)) End(Hash(wanted->first));
    }
  }

  bool empty() const { return wanted_.empty(); }
  std::size_t size() const { return wanted_.size(); }
  // nullptr if it is not wanted.
  const WantedFile* Find(const Hash& file) const;
  std::vector<WantedFile> All() const;  // in the order wanted

  // In the order wanted: the first file after this place; places count from 1. nullptr: none.
  struct Place {
    std::uint64_t order = 0;
    const WantedFile* file = nullptr;
  };
  Place After(std::uint64_t order) const;
  // 0 if it is not wanted.
  std::uint64_t PlaceOf(const Hash& file) const;

  // The first chunk that is neither held, asked for nor on its way to the disk.
  std::optional<std::uint32_t> NextChunk(const Hash& file) const;
  bool MayAsk() const { return asked_.size() + writing_.size() < kChunksInFlightAllMax; }
  void Asked(const Hash& file, std::uint32_t index, SessionId session) { asked_[{file, index}] = session; }
  // It does not come from this session any more. False if that was not asked for it.
  bool Unasked(const Hash& file, std::uint32_t index, SessionId session);
  // A session has ended. True if it was asked for something.
  bool LetGo(SessionId session);

  // A chunk came. Those that lack and are what they must be go to the disk, asked for or not.
  enum class Verdict { kTaken, kNotLacking, kWrong };
  Verdict Take(const Crypto& crypto, const FileChunk& chunk, const ChunkSource& source, Effects& effects);
  // It is on the disk, or was refused there; nullopt if it was not on its way.
  std::optional<ChunkSource> Written(const ChunkWritten& written);

 private:
  using ChunkId = std::pair<Hash, std::uint32_t>;
  struct Wanted {
    std::uint64_t order = 0;
    WantedFile file;
  };
  bool Lacks(const WantedFile& file, std::uint32_t index) const;

  std::map<Hash, Wanted> wanted_;
  std::map<std::uint64_t, Hash> in_order_;
  std::map<ChunkId, SessionId> asked_;
  std::map<ChunkId, ChunkSource> writing_;
  std::uint64_t next_order_ = 1;
};

}  // namespace hansa::replication

#endif  // HANSA_REPLICATION_FILE_TABLE_H_
