// RocksDB's own diary. Ours because the library's aborts the process when the disk is full; ours never fails, never
// grows past its cap and loses lines rather than anything else.
#ifndef HANSA_STORAGE_ROCKS_LOG_H_
#define HANSA_STORAGE_ROCKS_LOG_H_

#include <cstddef>
#include <memory>
#include <string>

namespace rocksdb {
class Logger;
}

namespace hansa::storage {

inline constexpr std::size_t kRocksLogBytesMax = 1 << 20;

// Appends to `path`. At `bytes_max` the file becomes `path`.1, in place of an older one, and a new one begins: never
// more than two files, each at most `bytes_max` and one line long. Thread-safe.
std::shared_ptr<rocksdb::Logger> NewRocksLog(const std::string& path, std::size_t bytes_max);

}  // namespace hansa::storage

#endif  // HANSA_STORAGE_ROCKS_LOG_H_
