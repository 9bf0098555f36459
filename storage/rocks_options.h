// Every option of RocksDB that we set, in one function, each with its reason.
#ifndef HANSA_STORAGE_ROCKS_OPTIONS_H_
#define HANSA_STORAGE_ROCKS_OPTIONS_H_

#include <string>

namespace rocksdb {
struct Options;
struct ReadOptions;
}  // namespace rocksdb

namespace hansa::storage {

enum class Recovery {
  kRefuseDamage,  // what everyday opening does: a damaged log is an error
  kLeaveInLog,    // on a full disk: as above, but nothing of the log is written to tables, which takes as much space
  kKeepWhole,     // after damage, with the log copied aside: everything before the first damaged record
};

// Options of the database and of every column family in it. RocksDB's diary goes to `log_path`.
rocksdb::Options MakeRocksOptions(const std::string& log_path, Recovery recovery);
rocksdb::ReadOptions MakeReadOptions();

}  // namespace hansa::storage

#endif  // HANSA_STORAGE_ROCKS_OPTIONS_H_
