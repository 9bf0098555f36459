// How much of a disk is left, and what is still taken: imports stop first, what others publish next, this member's own
// words last, before a write could fail. Promise P7. Pure.
#ifndef HANSA_STORAGE_ROOM_H_
#define HANSA_STORAGE_ROOM_H_

#include <cstdint>
#include <string>

namespace hansa::storage {

// What a disk has, as an ordinary user sees it.
struct DiskSpace {
  std::uint64_t free = 0;   // bytes
  std::uint64_t total = 0;  // bytes
  bool has_names = true;    // files can still be made on it
  friend bool operator==(const DiskSpace&, const DiskSpace&) = default;
};

// Each takes less than the one before it.
enum class Room {
  kAmple,      // everything
  kNoImports,  // no files into drafts
  kOwnOnly,    // and nothing that others publish, but the roster and what is to be erased
  kNone,       // nothing
};
// "ample", "no-imports", "own-only", "none".
const char* RoomName(Room room);

// Bytes free below which each is refused.
struct RoomLevels {
  std::uint64_t imports = 0;
  std::uint64_t peers = 0;
  std::uint64_t own = 0;
  friend bool operator==(const RoomLevels&, const RoomLevels&) = default;
};
// 512, 256 and 128 MiB; on a disk of less than 1 GiB three, two and one eighth of it.
RoomLevels LevelsOf(std::uint64_t total);

// What `space` allows, where `before` was allowed until now: more is taken again only with an eighth of a level to
// spare, so that it does not change with every file.
Room RoomIn(const DiskSpace& space, Room before);

// "3.2 MiB of 64.0 MiB".
std::string FreeOfTotal(const DiskSpace& space);

}  // namespace hansa::storage

#endif  // HANSA_STORAGE_ROOM_H_
