#include "storage/rocks_engine.h"

#include <rocksdb/db.h>
#include <rocksdb/options.h>
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "replication/check.h"
#include "storage/ballast.h"
#include "storage/files.h"
#include "storage/layout.h"
#include "storage/rocks_opening.h"
#include "storage/rocks_scrub.h"
#include "storage/rocks_status.h"

namespace hansa::storage {
namespace {

// Least free space with which it is worth trying to write again.
constexpr std::uint64_t kReopenFreeBytes = 2 * kBallastBytes;

rocksdb::Slice AsSlice(absl::string_view view) { return rocksdb::Slice(view.data(), view.size()); }
absl::string_view AsView(const rocksdb::Slice& slice) { return absl::string_view(slice.data(), slice.size()); }

}  // namespace

struct Engine::Batch::Content {
  explicit Content(const OpenedRocks& opened) : rocks(opened) {}
  const OpenedRocks& rocks;
  rocksdb::WriteBatch batch;
};

Engine::Batch::Batch(Engine& engine) {
  absl::ReaderMutexLock lock(&engine.db_mutex_);
  HANSA_CHECK(engine.rocks_ != nullptr);  // CheckWritable comes first
  content_ = std::make_unique<Content>(*engine.rocks_);
}
Engine::Batch::~Batch() = default;

void Engine::Batch::Put(Family family, absl::string_view key, absl::string_view value) {
  const rocksdb::Status put = content_->batch.Put(content_->rocks[family], AsSlice(key), AsSlice(value));
  HANSA_CHECK(put.ok());  // fails only for keys or values of 4 GiB
}

void Engine::Batch::Delete(Family family, absl::string_view key) {
  HANSA_CHECK(content_->batch.Delete(content_->rocks[family], AsSlice(key)).ok());
}

void Engine::Batch::DeleteRange(Family family, absl::string_view begin, absl::string_view end) {
  HANSA_CHECK(content_->batch.DeleteRange(content_->rocks[family], AsSlice(begin), AsSlice(end)).ok());
}

void Engine::Batch::DeleteBelow(Family family, absl::string_view end) {
  HANSA_CHECK(content_->batch.DeleteRange(content_->rocks[family], rocksdb::Slice(), AsSlice(end)).ok());
}

void Engine::Batch::NoteScrub(Family family, absl::string_view begin, absl::string_view end) {
  const ScrubNote note{kFamilyNames[static_cast<std::size_t>(family)], std::string(begin), std::string(end)};
  Put(Family::kMeta, absl::StrCat(kMetaScrub, EncodeScrubNote(note)), "");
}

void Engine::Batch::NoteScrubOfAll(Family family) {
  // No key that we write comes after it.
  constexpr std::size_t kLongerThanAnyRun = 64;
  NoteScrub(family, "", std::string(kLongerThanAnyRun, '\xff'));
}

Engine::Engine(const std::string& folder, std::optional<FolderLock> lock) : folder_(folder), lock_(std::move(lock)) {}

Engine::~Engine() { Close().IgnoreError(); }

absl::StatusOr<std::unique_ptr<Engine>> Engine::Open(const std::string& folder, Recovery recovery) {
  HANSA_RETURN_IF_ERROR(MakeFolder(folder));
  absl::StatusOr<FolderLock> lock = FolderLock::Take(folder);
  HANSA_RETURN_IF_ERROR(lock.status());
  std::unique_ptr<Engine> engine(new Engine(folder, *std::move(lock)));
  if (recovery == Recovery::kKeepWhole) HANSA_RETURN_IF_ERROR(CopyLogsAside(folder));
  {
    absl::MutexLock opening(&engine->db_mutex_);
    absl::Status opened = engine->OpenRocks(recovery);
    if (absl::IsResourceExhausted(opened) && DropBallast(folder)) {
      opened = engine->OpenRocks(Recovery::kLeaveInLog);
    }
    HANSA_RETURN_IF_ERROR(opened);
  }
  KeepBallast(folder);
  if (recovery == Recovery::kRefuseDamage) {
    absl::MutexLock writing(&engine->write_mutex_);
    HANSA_RETURN_IF_ERROR(engine->ScrubLeftOver());
  }
  return engine;
}

absl::StatusOr<std::unique_ptr<Engine>> Engine::OpenToRead(const std::string& folder) {
  std::unique_ptr<Engine> engine(new Engine(folder, std::nullopt));
  absl::StatusOr<std::unique_ptr<OpenedRocks>> opened = storage::OpenToRead(folder);
  HANSA_RETURN_IF_ERROR(opened.status());
  absl::MutexLock lock(&engine->db_mutex_);
  engine->rocks_ = *std::move(opened);
  return engine;
}

absl::StatusOr<std::unique_ptr<Engine>> Engine::OpenWholeToRead(const std::string& folder) {
  absl::StatusOr<FolderLock> lock = FolderLock::Take(folder);
  HANSA_RETURN_IF_ERROR(lock.status());
  std::unique_ptr<Engine> engine(new Engine(folder, *std::move(lock)));
  absl::StatusOr<std::unique_ptr<OpenedRocks>> opened = storage::OpenToRead(folder, Recovery::kRefuseDamage);
  HANSA_RETURN_IF_ERROR(opened.status());
  absl::MutexLock writing(&engine->write_mutex_);
  engine->failed_write_ = absl::FailedPreconditionError("it was opened to read alone");
  absl::MutexLock opening(&engine->db_mutex_);
  engine->rocks_ = *std::move(opened);
  HANSA_RETURN_IF_ERROR(engine->CheckLayout());
  return engine;
}

absl::Status Engine::OpenRocks(Recovery recovery) {
  absl::StatusOr<std::unique_ptr<OpenedRocks>> opened = OpenOrMake(folder_, recovery);
  HANSA_RETURN_IF_ERROR(opened.status());
  rocks_ = *std::move(opened);
  const absl::Status layout = CheckLayout();
  if (!layout.ok()) rocks_.reset();
  return layout;
}

absl::Status Engine::CheckLayout() {
  const rocksdb::ReadOptions read = MakeReadOptions();
  std::string version_text;
  std::string id_text;
  rocksdb::ColumnFamilyHandle* meta = (*rocks_)[Family::kMeta];
  rocksdb::Status got = rocks_->db->Get(read, meta, kMetaVersion, &version_text);
  if (got.ok()) got = rocks_->db->Get(read, meta, kMetaDatabaseId, &id_text);
  const std::optional<std::uint32_t> version = DecodeU32(version_text);
  const std::optional<DatabaseId> id = DatabaseId::From(id_text);
  if (version && *version > kLayoutVersion) {
    return absl::FailedPreconditionError(absl::StrCat("the store ", folder_, " was written by a newer Hansa (layout ",
                                                      *version, ", this one knows ", kLayoutVersion,
                                                      "); start it with that version"));
  }
  if (!got.ok() || !version || !id) {
    return absl::DataLossError(absl::StrCat("the store ", folder_, " does not say its version and id (", got.ToString(),
                                            "); it is damaged: restore a backup"));
  }
  id_ = *id;
  return absl::OkStatus();
}

void Engine::OnTrouble(std::function<void(const absl::Status&)> listener) {
  absl::MutexLock lock(&listener_mutex_);
  listener_ = std::move(listener);
}

absl::Status Engine::TellOfRead(absl::Status status) const {
  return absl::IsDataLoss(status) ? TellOfWrite(std::move(status)) : status;
}

absl::Status Engine::TellOfWrite(absl::Status status) const {
  if (status.ok()) return status;
  absl::MutexLock lock(&listener_mutex_);
  if (listener_) listener_(status);
  return status;
}

absl::Status Engine::CheckOpen() const {
  if (rocks_ != nullptr) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat("the store ", folder_, " is closed"));
}

absl::StatusOr<std::string> Engine::Get(Family family, absl::string_view key) const {
  absl::ReaderMutexLock lock(&db_mutex_);
  HANSA_RETURN_IF_ERROR(CheckOpen());
  std::string value;
  const rocksdb::Status got = rocks_->db->Get(MakeReadOptions(), (*rocks_)[family], AsSlice(key), &value);
  HANSA_RETURN_IF_ERROR(TellOfRead(FromRocks("read from the store", got)));
  return value;
}

absl::Status Engine::Visit(Family family, absl::string_view from, absl::string_view end,
                           absl::FunctionRef<bool(absl::string_view key, absl::string_view value)> visit) const {
  absl::ReaderMutexLock lock(&db_mutex_);
  HANSA_RETURN_IF_ERROR(CheckOpen());
  rocksdb::ReadOptions read = MakeReadOptions();
  const rocksdb::Slice bound = AsSlice(end);
  if (!end.empty()) read.iterate_upper_bound = &bound;
  const std::unique_ptr<rocksdb::Iterator> at(rocks_->db->NewIterator(read, (*rocks_)[family]));
  for (at->Seek(AsSlice(from)); at->Valid(); at->Next()) {
    if (!visit(AsView(at->key()), AsView(at->value()))) break;
  }
  return TellOfRead(FromRocks("read from the store", at->status()));
}

absl::Status Engine::VisitBack(Family family, absl::string_view down_to,
                               absl::FunctionRef<bool(absl::string_view key, absl::string_view value)> visit) const {
  absl::ReaderMutexLock lock(&db_mutex_);
  HANSA_RETURN_IF_ERROR(CheckOpen());
  const std::unique_ptr<rocksdb::Iterator> at(rocks_->db->NewIterator(MakeReadOptions(), (*rocks_)[family]));
  for (at->SeekToLast(); at->Valid() && AsView(at->key()) > down_to; at->Prev()) {
    if (!visit(AsView(at->key()), AsView(at->value()))) break;
  }
  return TellOfRead(FromRocks("read from the store", at->status()));
}

absl::StatusOr<std::optional<std::string>> Engine::LastKey(Family family) const {
  absl::ReaderMutexLock lock(&db_mutex_);
  HANSA_RETURN_IF_ERROR(CheckOpen());
  const std::unique_ptr<rocksdb::Iterator> at(rocks_->db->NewIterator(MakeReadOptions(), (*rocks_)[family]));
  at->SeekToLast();
  HANSA_RETURN_IF_ERROR(TellOfRead(FromRocks("read from the store", at->status())));
  if (!at->Valid()) return std::nullopt;
  return at->key().ToString();
}

absl::Status Engine::ReadEverything(const IsUnwanted& is_unwanted) const {
  for (std::size_t family = 0; family < kFamilyNames.size(); ++family) {
    bool is_given_up = false;
    HANSA_RETURN_IF_ERROR(Visit(static_cast<Family>(family), "", "", [&](absl::string_view, absl::string_view) {
      is_given_up = is_unwanted();
      return !is_given_up;
    }));
    if (is_given_up) return absl::CancelledError("given up before everything was read");
  }
  return absl::OkStatus();
}

absl::Status Engine::CheckWritable() const {
  if (failed_write_.ok()) {
    absl::ReaderMutexLock lock(&db_mutex_);
    return CheckOpen();
  }
  return absl::Status(
      failed_write_.code(),
      absl::StrCat("the store takes no writes until it is reopened, because one failed: ", failed_write_.message()));
}

absl::Status Engine::Commit(const Batch& batch, Durability durability) {
  HANSA_RETURN_IF_ERROR(CheckWritable());
  absl::ReaderMutexLock lock(&db_mutex_);
  rocksdb::WriteOptions write;
  write.sync = durability == Durability::kSynced;
  // INV-14 (P1): what a failed write left behind is unknown until the log is read again.
  failed_write_ = TellOfWrite(FromRocks("write to the store", rocks_->db->Write(write, &batch.content_->batch)));
  return failed_write_;
}

absl::Status Engine::Reopen() {
  absl::MutexLock copying(&copy_mutex_);
  absl::MutexLock writing(&write_mutex_);
  const absl::StatusOr<std::uint64_t> free = FreeBytes(folder_);
  HANSA_RETURN_IF_ERROR(free.status());
  if (*free < kReopenFreeBytes) {
    return absl::ResourceExhaustedError(absl::StrCat("the disk of ", folder_, " is full: ", *free,
                                                     " bytes are free, writing needs ", kReopenFreeBytes));
  }
  {
    absl::MutexLock opening(&db_mutex_);
    if (!lock_) return absl::FailedPreconditionError(absl::StrCat("the store ", folder_, " is closed"));
    rocks_.reset();
    failed_write_ = OpenRocks(Recovery::kRefuseDamage);
  }
  HANSA_RETURN_IF_ERROR(failed_write_);
  KeepBallast(folder_);
  return ScrubLeftOver();
}

absl::Status Engine::Replace(absl::FunctionRef<absl::Status()> replace) {
  absl::MutexLock copying(&copy_mutex_);
  absl::MutexLock writing(&write_mutex_);
  absl::Status replaced;
  {
    absl::MutexLock opening(&db_mutex_);
    if (!lock_) return absl::FailedPreconditionError(absl::StrCat("the store ", folder_, " is closed"));
    rocks_.reset();
    replaced = replace();
    failed_write_ = OpenRocks(Recovery::kRefuseDamage);
  }
  HANSA_RETURN_IF_ERROR(replaced);
  return failed_write_;
}

absl::Status Engine::Scrub() {
  HANSA_RETURN_IF_ERROR(CheckWritable());
  std::vector<ScrubNote> notes;
  std::vector<std::string> keys;
  // Keys that begin with it.
  HANSA_RETURN_IF_ERROR(
      Visit(Family::kMeta, kMetaScrub, absl::StrCat(kMetaScrub, "\xff"), [&](absl::string_view key, absl::string_view) {
        std::optional<ScrubNote> note = DecodeScrubNote(absl::StripPrefix(key, kMetaScrub));
        if (note) notes.push_back(*std::move(note));
        keys.emplace_back(key);
        return true;
      }));
  if (keys.empty()) return absl::OkStatus();
  if (notes.size() != keys.size()) {
    return absl::DataLossError(absl::StrCat("the store ", folder_,
                                            " does not say what is to be erased; it is damaged: "
                                            "restore a backup"));
  }
  HANSA_RETURN_IF_ERROR(RewriteNoted(notes));
  Batch done(*this);
  for (const std::string& key : keys) done.Delete(Family::kMeta, key);
  return Commit(done, Durability::kLazy);  // forgotten by a power cut, it is done again
}

absl::Status Engine::RewriteNoted(const std::vector<ScrubNote>& notes) {
  const absl::StatusOr<std::uint64_t> free = FreeBytes(folder_);
  HANSA_RETURN_IF_ERROR(free.status());
  {
    absl::ReaderMutexLock lock(&db_mutex_);
    HANSA_RETURN_IF_ERROR(CheckOpen());
    std::vector<ScrubRange> ranges;
    for (const ScrubNote& note : notes) {
      const auto name = std::find(kFamilyNames.begin(), kFamilyNames.end(), note.family);
      HANSA_CHECK(name != kFamilyNames.end());  // a newer program's families are refused
      ranges.push_back({rocks_->families[static_cast<std::size_t>(name - kFamilyNames.begin())], note.begin, note.end});
    }
    const std::uint64_t needed = BytesToRewrite(*rocks_->db, ranges) + kReopenFreeBytes;
    if (*free < needed) {
      return absl::ResourceExhaustedError(absl::StrCat("what was erased in ", folder_, " cannot leave the disk yet: ",
                                                       *free, " bytes are free, rewriting needs ", needed));
    }
    ++scrubs_;
    // INV-14: RocksDB takes a failed flush or compaction for a failed write.
    failed_write_ = TellOfWrite(RewriteRanges(*rocks_->db, rocks_->families, ranges));
    HANSA_RETURN_IF_ERROR(failed_write_);
  }
  // Once no reader holds an old file open. RocksDB leaves those that are newer than one it is just writing elsewhere.
  absl::MutexLock lock(&db_mutex_);
  purge_again_ = true;
  return PurgeFiles(*rocks_->db);
}

absl::Status Engine::PurgeAgain() {
  absl::MutexLock lock(&db_mutex_);
  if (rocks_ == nullptr || !std::exchange(purge_again_, false)) return absl::OkStatus();
  return PurgeFiles(*rocks_->db);
}

absl::Status Engine::ScrubLeftOver() {
  const absl::Status scrubbed = Scrub();
  return absl::IsResourceExhausted(scrubbed) ? absl::OkStatus() : scrubbed;
}

absl::Status Engine::DropSetAside() {
  std::error_code error;
  bool any = false;
  // The second is there if the process ended while it mended.
  for (const std::string& folder : {SetAsidePath(folder_), MendingPath(folder_)}) {
    if (!std::filesystem::exists(folder, error)) continue;
    HANSA_RETURN_IF_ERROR(RemoveFolder(folder));
    any = true;
  }
  return any ? SyncFolder(folder_) : absl::OkStatus();
}

absl::Status Engine::Close() {
  absl::MutexLock copying(&copy_mutex_);
  absl::MutexLock writing(&write_mutex_);
  absl::MutexLock closing(&db_mutex_);
  if (rocks_ == nullptr) {
    lock_.reset();
    return absl::OkStatus();
  }
  // Only saves the next opening the replay: what is not flushed is in the log.
  if (failed_write_.ok()) {
    rocks_->db->Flush(rocksdb::FlushOptions(), rocks_->families).PermitUncheckedError();
  }
  const absl::Status closed = rocks_->CloseAll();
  rocks_.reset();
  lock_.reset();
  // After a failed write RocksDB complains of it once more; whoever wrote has been told.
  return failed_write_.ok() ? closed : absl::OkStatus();
}

}  // namespace hansa::storage
