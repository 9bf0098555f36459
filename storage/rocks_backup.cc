#include "storage/rocks_backup.h"

#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/metadata.h>
#include <rocksdb/utilities/backup_engine.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "replication/check.h"
#include "storage/ballast.h"
#include "storage/files.h"
#include "storage/layout.h"
#include "storage/rocks_engine.h"
#include "storage/rocks_opening.h"
#include "storage/rocks_status.h"

namespace hansa::storage {
namespace {

// Room left over after a copy and its restoring: for logs, manifests and the ballast of what is restored. Also what
// must be left on the store's own disk after a flush.
constexpr std::uint64_t kSpareBytes = 4 * kBallastBytes;
// A copy is begun again when something was erased meanwhile, so often at the most.
constexpr int kCopyRoundsMax = 5;
constexpr char kFilesAltered[] = "files are missing or altered";

std::string CopiesFolder(const std::string& folder) { return absl::StrCat(folder, "/store"); }

rocksdb::BackupEngineOptions MakeOptions(const std::string& folder) {
  rocksdb::BackupEngineOptions options(folder);
  // A table that has not changed is there once, under a name that no other table ever has.
  options.share_table_files = true;
  options.share_files_with_checksum = true;
  options.share_files_with_checksum_naming = static_cast<rocksdb::BackupEngineOptions::ShareFilesNaming>(
      rocksdb::BackupEngineOptions::kUseDbSessionId | rocksdb::BackupEngineOptions::kFlagIncludeFileSize);
  // A copy that was reported is there after a power cut.
  options.sync = true;
  // What was written and not flushed is in the log alone.
  options.backup_log_files = true;
  // RocksDB's own diary aborts the process when the disk is full; none is kept here.
  options.info_log = nullptr;
  return options;
}

absl::Status Damaged(const std::string& copies, absl::string_view how) {
  return absl::DataLossError(
      absl::StrCat("the backup ", copies, " is damaged (", how, "); check its disk, and use another folder"));
}

absl::Status Said(absl::string_view doing, const rocksdb::Status& status) {
  if (status.IsIncomplete()) return absl::CancelledError("given up before everything was copied");
  return FromRocks(doing, status);
}

// Tables of `db` that are not among the copies yet, in bytes, and all of them.
struct Sizes {
  std::uint64_t missing = 0;
  std::uint64_t all = 0;
};

Sizes SizesOf(rocksdb::DB& db, const std::string& folder) {
  std::vector<rocksdb::LiveFileMetaData> tables;
  db.GetLiveFilesMetaData(&tables);
  // Called after the table's number, the session that made it and its size: 000012_s0123456789ABCDEF_4711.sst.
  std::vector<std::string> copied;
  std::error_code error;
  for (const auto& file : std::filesystem::directory_iterator(folder + "/shared_checksum", error)) {
    copied.push_back(file.path().filename().string());
  }
  Sizes sizes;
  for (const rocksdb::LiveFileMetaData& table : tables) {
    const std::string number = std::filesystem::path(table.name).stem().string();
    const std::string end = absl::StrCat("_", table.size, ".sst");
    const bool is_there = std::any_of(copied.begin(), copied.end(), [&](const std::string& name) {
      return absl::StartsWith(name, number + "_") && absl::EndsWith(name, end);
    });
    sizes.all += table.size;
    if (!is_there) sizes.missing += table.size;
  }
  return sizes;
}

}  // namespace

std::string ScratchFolder(const std::string& folder) { return absl::StrCat(folder, "/scratch"); }

struct StoreCopies::Inside {
  std::string folder;  // of the engine
  std::unique_ptr<rocksdb::BackupEngine> engine;
};

StoreCopies::StoreCopies(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
StoreCopies::~StoreCopies() = default;

absl::StatusOr<std::unique_ptr<StoreCopies>> StoreCopies::Open(const std::string& all) {
  const std::string folder = CopiesFolder(all);
  HANSA_RETURN_IF_ERROR(MakeFolder(folder));
  rocksdb::BackupEngine* engine = nullptr;
  const rocksdb::IOStatus opened = rocksdb::BackupEngine::Open(MakeOptions(folder), rocksdb::Env::Default(), &engine);
  if (opened.IsCorruption()) return Damaged(folder, opened.ToString());
  HANSA_RETURN_IF_ERROR(Said(absl::StrCat("open the backup ", folder), opened));
  auto inside = std::make_unique<Inside>();
  inside->folder = folder;
  inside->engine.reset(engine);
  return std::unique_ptr<StoreCopies>(new StoreCopies(std::move(inside)));
}

absl::Status StoreCopies::CheckRoom(rocksdb::DB& db) const {
  const absl::StatusOr<std::uint64_t> free = FreeBytes(inside_->folder);
  HANSA_RETURN_IF_ERROR(free.status());
  std::uint64_t in_memory = 0;
  db.GetAggregatedIntProperty(rocksdb::DB::Properties::kCurSizeAllMemTables, &in_memory);
  const Sizes sizes = SizesOf(db, inside_->folder);
  const std::uint64_t needed = sizes.missing + sizes.all + 2 * in_memory + kSpareBytes;
  if (needed <= *free) return absl::OkStatus();
  const auto in_mib = [](std::uint64_t bytes) { return static_cast<double>(bytes) / (1024 * 1024); };
  return absl::ResourceExhaustedError(absl::StrFormat(
      "the disk of %s has no room for the backup: copying and restoring it need %.1f MiB and %.1f MiB are "
      "free; free some space there, or choose a folder on another disk",
      inside_->folder, in_mib(needed), in_mib(*free)));
}

absl::StatusOr<CopyNumber> StoreCopies::Add(rocksdb::DB& db, Unflushed unflushed, const IsUnwanted& is_unwanted) {
  rocksdb::CreateBackupOptions options;
  options.flush_before_backup = unflushed == Unflushed::kFlush;
  rocksdb::BackupEngine& engine = *inside_->engine;
  options.progress_callback = [&] {
    if (is_unwanted()) engine.StopBackup();
  };
  CopyNumber number = 0;
  const Sizes before = SizesOf(db, inside_->folder);
  const rocksdb::IOStatus made = engine.CreateNewBackup(options, &db, &number);
  HANSA_RETURN_IF_ERROR(Said(absl::StrCat("copy the store to ", inside_->folder), made));
  rocksdb::BackupInfo info;
  HANSA_RETURN_IF_ERROR(Said("read the backup", engine.GetBackupInfo(number, &info)));
  const std::uint64_t kept = before.all - before.missing;
  bytes_added_ = info.size - std::min<std::uint64_t>(info.size, kept);
  return number;
}

absl::Status StoreCopies::KeepOnly(std::optional<CopyNumber> number) {
  std::vector<rocksdb::BackupInfo> whole;
  inside_->engine->GetBackupInfo(&whole);
  const bool is_whole = std::any_of(whole.begin(), whole.end(),
                                    [&](const rocksdb::BackupInfo& info) { return info.backup_id == number; });
  // What is left of it may still be of use to somebody.
  if (number && !is_whole) return Damaged(inside_->folder, kFilesAltered);
  std::vector<rocksdb::BackupID> numbers;
  inside_->engine->GetCorruptedBackups(&numbers);
  for (const rocksdb::BackupInfo& info : whole) numbers.push_back(info.backup_id);
  for (const rocksdb::BackupID other : numbers) {
    if (other != number) HANSA_RETURN_IF_ERROR(Remove(other));
  }
  return Said(absl::StrCat("remove older files of ", inside_->folder), inside_->engine->GarbageCollect());
}

absl::Status StoreCopies::Remove(CopyNumber number) {
  return Said(absl::StrCat("remove an older copy from ", inside_->folder), inside_->engine->DeleteBackup(number));
}

absl::Status RestoreCopy(const std::string& copies, CopyNumber number, const std::string& folder) {
  rocksdb::BackupEngineReadOnly* engine = nullptr;
  const rocksdb::IOStatus opened =
      rocksdb::BackupEngineReadOnly::Open(MakeOptions(CopiesFolder(copies)), rocksdb::Env::Default(), &engine);
  const std::unique_ptr<rocksdb::BackupEngineReadOnly> owned(engine);
  HANSA_RETURN_IF_ERROR(Said(absl::StrCat("open the backup ", copies), opened));
  std::vector<rocksdb::BackupID> damaged;
  engine->GetCorruptedBackups(&damaged);
  if (std::find(damaged.begin(), damaged.end(), number) != damaged.end()) {
    return Damaged(copies, kFilesAltered);
  }
  HANSA_RETURN_IF_ERROR(MakeFolder(folder));
  const std::string rocks = absl::StrCat(folder, "/rocksdb");
  const rocksdb::IOStatus restored = engine->RestoreDBFromBackup(rocksdb::RestoreOptions(), number, rocks, rocks);
  if (restored.IsCorruption() || restored.IsPathNotFound()) return Damaged(copies, restored.ToString());
  HANSA_RETURN_IF_ERROR(Said(absl::StrCat("restore the backup ", copies), restored));
  HANSA_RETURN_IF_ERROR(SyncFolder(rocks));
  return SyncFolder(folder);
}

struct Engine::CopyStart {
  rocksdb::DB* db = nullptr;  // stays open as long as copy_mutex_ is held
  Unflushed unflushed = Unflushed::kFlush;
  std::uint64_t scrubs = 0;
};

absl::StatusOr<Engine::CopyStart> Engine::PrepareCopy() {
  absl::MutexLock writing(&write_mutex_);
  bool is_scrub_noted = false;
  HANSA_RETURN_IF_ERROR(
      Visit(Family::kMeta, kMetaScrub, absl::StrCat(kMetaScrub, "\xff"), [&](absl::string_view, absl::string_view) {
        is_scrub_noted = true;
        return false;
      }));
  // P19: erased bytes that are still in the files would be copied.
  if (is_scrub_noted) HANSA_RETURN_IF_ERROR(Scrub());
  const absl::StatusOr<std::uint64_t> free = FreeBytes(folder_);
  HANSA_RETURN_IF_ERROR(free.status());
  absl::ReaderMutexLock lock(&db_mutex_);
  HANSA_RETURN_IF_ERROR(CheckOpen());
  std::uint64_t in_memory = 0;
  rocks_->db->GetAggregatedIntProperty(rocksdb::DB::Properties::kCurSizeAllMemTables, &in_memory);
  // A flush that fails would end all writing (INV-14).
  const bool may_flush = failed_write_.ok() && *free >= in_memory + kSpareBytes;
  return CopyStart{rocks_->db.get(), may_flush ? Unflushed::kFlush : Unflushed::kCopyLog, scrubs_};
}

absl::StatusOr<CopyNumber> Engine::Copy(StoreCopies& copies, const IsUnwanted& is_unwanted) {
  absl::MutexLock copying(&copy_mutex_);
  for (int round = 0; round < kCopyRoundsMax; ++round) {
    const absl::StatusOr<CopyStart> start = PrepareCopy();
    HANSA_RETURN_IF_ERROR(start.status());
    HANSA_RETURN_IF_ERROR(copies.CheckRoom(*start->db));
    const absl::StatusOr<CopyNumber> number = copies.Add(*start->db, start->unflushed, is_unwanted);
    {
      absl::MutexLock writing(&write_mutex_);
      if (scrubs_ == start->scrubs) return number;
    }
    // P19: it may hold what was erased meanwhile, or lack a file that was removed for that.
    if (number.ok()) HANSA_RETURN_IF_ERROR(copies.Remove(*number));
    if (absl::IsCancelled(number.status())) return number;
  }
  return absl::UnavailableError(
      absl::StrCat("what is in ", folder_, " was being erased all the while it was copied; try again later"));
}

}  // namespace hansa::storage
