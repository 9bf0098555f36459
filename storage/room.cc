#include "storage/room.h"

#include <algorithm>

#include "absl/strings/str_format.h"

namespace hansa::storage {
namespace {

constexpr std::uint64_t kMiB = 1024 * 1024;

// `spare` is added to each level.
Room RoomBy(const RoomLevels& levels, std::uint64_t free, std::uint64_t spare_part) {
  const auto with_spare = [spare_part](std::uint64_t level) {
    return spare_part == 0 ? level : level + level / spare_part;
  };
  if (free < with_spare(levels.own)) return Room::kNone;
  if (free < with_spare(levels.peers)) return Room::kOwnOnly;
  if (free < with_spare(levels.imports)) return Room::kNoImports;
  return Room::kAmple;
}

}  // namespace

const char* RoomName(Room room) {
  switch (room) {
    case Room::kAmple:
      return "ample";
    case Room::kNoImports:
      return "no-imports";
    case Room::kOwnOnly:
      return "own-only";
    case Room::kNone:
      return "none";
  }
  return "none";
}

RoomLevels LevelsOf(std::uint64_t total) {
  const std::uint64_t eighth = total / 8;
  return {std::min(512 * kMiB, 3 * eighth), std::min(256 * kMiB, 2 * eighth), std::min(128 * kMiB, eighth)};
}

Room RoomIn(const DiskSpace& space, Room before) {
  if (!space.has_names) return Room::kNone;
  const RoomLevels levels = LevelsOf(space.total);
  const Room now = RoomBy(levels, space.free, 0);
  if (now >= before) return now;
  return std::min(before, RoomBy(levels, space.free, 8));
}

std::string FreeOfTotal(const DiskSpace& space) {
  const auto in_mib = [](std::uint64_t bytes) { return static_cast<double>(bytes) / kMiB; };
  return absl::StrFormat("%.1f MiB of %.1f MiB", in_mib(space.free), in_mib(space.total));
}

}  // namespace hansa::storage
