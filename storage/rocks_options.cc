#include "storage/rocks_options.h"

#include <rocksdb/cache.h>
#include <rocksdb/env.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/options.h>
#include <rocksdb/sst_file_manager.h>
#include <rocksdb/table.h>

#include "storage/rocks_log.h"

namespace hansa::storage {
namespace {

// Dozens of nodes may run on one machine; a reader of feeds reads in order and gains little from a large cache.
constexpr std::size_t kBlockCacheBytes = 8 << 20;
constexpr std::size_t kLogBytesMax = 64 << 20;

rocksdb::BlockBasedTableOptions MakeTableOptions() {
  rocksdb::BlockBasedTableOptions table;
  // Runs of small entries are read in order: fewer, larger blocks and a smaller index.
  table.block_size = 16 * 1024;
  // A look-up of a key that is not there (a new feed, a new record) costs no read.
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  // Indexes and filters count against the cache, so that it bounds what reading costs in memory.
  table.cache_index_and_filter_blocks = true;
  table.pin_l0_filter_and_index_blocks_in_cache = true;
  table.block_cache = rocksdb::NewLRUCache(kBlockCacheBytes);
  return table;
}

// How what was acknowledged is found again.
void SetDurability(rocksdb::Options& options, Recovery recovery) {
  // The default silently drops synced records behind one flipped bit in the log. This one refuses to open.
  options.wal_recovery_mode = recovery == Recovery::kKeepWhole
                                  ? rocksdb::WALRecoveryMode::kPointInTimeRecovery
                                  : rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  // Damage is an error when it is read, not a guess.
  options.paranoid_checks = true;
  options.force_consistency_checks = true;
  // One ordinary log, written and synced by the write itself: what the recovery mode above was tried with.
  options.manual_wal_flush = false;
  options.recycle_log_file_num = 0;
  options.enable_pipelined_write = false;
  options.unordered_write = false;
  // Gives false alarms in this version, and does not watch the live log, which is the one that matters.
  options.track_and_verify_wals_in_manifest = false;
  // More than one flush at a time meets a fault in retrying them (mended in 7.9).
  options.max_background_flushes = 1;
  options.max_background_compactions = 1;
}

// For opening on a full disk: what the log holds stays in it, and in memory. Otherwise it is written to tables at once,
// which saves the next opening the replay but takes as much space as the log.
void LeaveInLog(rocksdb::Options& options) {
  options.avoid_flush_during_recovery = true;
  // Buffers that the log fits in: a full one would be flushed all the same.
  options.write_buffer_size = 2 * kLogBytesMax;
  options.db_write_buffer_size = 0;
}

// What one node may take from its machine.
void SetBounds(rocksdb::Options& options) {
  // Our share of the file descriptors; the rest belongs to connections.
  options.max_open_files = 512;
  // Of one column family, and of all together.
  options.write_buffer_size = 16 << 20;
  options.db_write_buffer_size = 32 << 20;
  // Most families hold next to nothing: take memory for them in small pieces.
  options.arena_block_size = 64 << 10;
  // Bounds what is replayed after a crash, and what a seldom written family keeps of the log.
  options.max_total_wal_size = kLogBytesMax;
  options.manifest_preallocation_size = 64 << 10;
  // No thread and no file that only gathers numbers nobody reads.
  options.stats_dump_period_sec = 0;
  options.stats_persist_period_sec = 0;
  options.keep_log_file_num = 5;
}

}  // namespace

rocksdb::Options MakeRocksOptions(const std::string& log_path, Recovery recovery) {
  rocksdb::Options options;
  // RocksDB's own diary aborts the process when the disk is full.
  options.info_log = NewRocksLog(log_path, kRocksLogBytesMax);
  // Polls for free space after the disk was full. Without a trash folder or a rate it starts no thread.
  options.sst_file_manager.reset(rocksdb::NewSstFileManager(options.env, options.info_log));
  // Made by us in a folder of its own: a missing CURRENT must never start an empty database over full files.
  options.create_if_missing = false;
  // A family that an older program did not have is added empty.
  options.create_missing_column_families = true;
  SetDurability(options, recovery);
  SetBounds(options);
  if (recovery == Recovery::kLeaveInLog) LeaveInLog(options);
  // As fast as none, two thirds of the space.
  options.compression = rocksdb::kLZ4Compression;
  options.level_compaction_dynamic_level_bytes = true;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(MakeTableOptions()));
  return options;
}

rocksdb::ReadOptions MakeReadOptions() {
  rocksdb::ReadOptions read;
  read.verify_checksums = true;  // P8: damage is noticed before it is served
  read.async_io = false;         // not trusted in this version
  return read;
}

}  // namespace hansa::storage
