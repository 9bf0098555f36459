// A few bytes kept back for the day the disk is full: RocksDB cannot even open on a full disk, so we drop the ballast,
// open, and serve what is held. Promise P7.
#ifndef HANSA_STORAGE_BALLAST_H_
#define HANSA_STORAGE_BALLAST_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"

namespace hansa::storage {

// What opening needed when it was tried on a full disk, doubled.
inline constexpr std::uint64_t kBallastBytes = 4 << 20;

// Reserves `folder`/ballast if it is not there and ample space is; otherwise does nothing.
void KeepBallast(const std::string& folder);
// True if there was a ballast and its space is free now.
bool DropBallast(const std::string& folder);

}  // namespace hansa::storage

#endif  // HANSA_STORAGE_BALLAST_H_
