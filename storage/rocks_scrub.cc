#include "storage/rocks_scrub.h"

#include <rocksdb/db.h>
#include <rocksdb/metadata.h>
#include <rocksdb/options.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "replication/check.h"
#include "storage/kill_point.h"
#include "storage/rocks_status.h"

namespace hansa::storage {
namespace {

// A compaction of RocksDB's own may move what is looked for beneath the one asked for; then it is asked for again.
constexpr int kRoundsMax = 4;
// Of one family; more than these are taken as one range that holds them all, or each file would be rewritten for each.
constexpr std::size_t kRangesMax = 4;

std::vector<rocksdb::LiveFileMetaData> FilesOf(rocksdb::DB& db, const ScrubRange& range) {
  std::vector<rocksdb::LiveFileMetaData> files;
  db.GetLiveFilesMetaData(&files);
  const auto is_elsewhere = [&](const rocksdb::LiveFileMetaData& file) {
    return file.column_family_name != range.family->GetName() || file.largestkey < range.begin ||
           file.smallestkey >= range.end;
  };
  files.erase(std::remove_if(files.begin(), files.end(), is_elsewhere), files.end());
  return files;
}

// In one level below the first, each key stands once: nothing that was overwritten is left.
bool IsOneRun(rocksdb::DB& db, const ScrubRange& range) {
  std::set<int> levels;
  for (const rocksdb::LiveFileMetaData& file : FilesOf(db, range)) levels.insert(file.level);
  return levels.empty() || (levels.size() == 1 && !levels.contains(0));
}

std::vector<ScrubRange> Joined(absl::Span<const ScrubRange> ranges) {
  std::map<rocksdb::ColumnFamilyHandle*, std::vector<ScrubRange>> by_family;
  for (const ScrubRange& range : ranges) by_family[range.family].push_back(range);
  std::vector<ScrubRange> joined;
  for (auto& [family, of_family] : by_family) {
    if (of_family.size() > kRangesMax) {
      ScrubRange all = of_family.front();
      for (const ScrubRange& range : of_family) {
        all.begin = std::min(all.begin, range.begin);
        all.end = std::max(all.end, range.end);
      }
      of_family = {std::move(all)};
    }
    joined.insert(joined.end(), of_family.begin(), of_family.end());
  }
  return joined;
}

absl::Status RewriteRange(rocksdb::DB& db, const ScrubRange& range) {
  rocksdb::CompactRangeOptions compact;
  compact.exclusive_manual_compaction = true;
  // The last level too, which is where old values rest.
  compact.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
  const rocksdb::Slice begin(range.begin);
  const rocksdb::Slice end(range.end);
  for (int round = 0; round < kRoundsMax; ++round) {
    HANSA_RETURN_IF_ERROR(
        FromRocks("rewrite files of the store", db.CompactRange(compact, range.family, &begin, &end)));
    if (IsOneRun(db, range)) return absl::OkStatus();
  }
  return absl::UnavailableError("the store was rewritten too often at the same time; start the node again");
}

}  // namespace

std::uint64_t BytesToRewrite(rocksdb::DB& db, absl::Span<const ScrubRange> ranges) {
  std::uint64_t bytes = 0;
  db.GetAggregatedIntProperty(rocksdb::DB::Properties::kCurSizeAllMemTables, &bytes);
  for (const ScrubRange& range : Joined(ranges)) {
    for (const rocksdb::LiveFileMetaData& file : FilesOf(db, range)) bytes += file.size;
  }
  return bytes;
}

absl::Status RewriteRanges(rocksdb::DB& db, absl::Span<rocksdb::ColumnFamilyHandle* const> families,
                           absl::Span<const ScrubRange> ranges) {
  const std::vector<rocksdb::ColumnFamilyHandle*> all(families.begin(), families.end());
  HANSA_RETURN_IF_ERROR(FromRocks("write to the store", db.Flush(rocksdb::FlushOptions(), all)));
  for (const ScrubRange& range : Joined(ranges)) {
    KillPoint("in-scrub");
    HANSA_RETURN_IF_ERROR(RewriteRange(db, range));
  }
  return absl::OkStatus();
}

absl::Status PurgeFiles(rocksdb::DB& db) {
  // Switching deletions on again looks through the whole folder.
  HANSA_RETURN_IF_ERROR(FromRocks("remove files of the store", db.DisableFileDeletions()));
  return FromRocks("remove files of the store", db.EnableFileDeletions(/*force=*/true));
}

}  // namespace hansa::storage
