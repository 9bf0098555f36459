#include "storage/rocks_database.h"

#include <utility>

#include "replication/check.h"
#include "storage/files.h"
#include "storage/folder_lock.h"
#include "storage/rocks_backup.h"
#include "storage/rocks_engine.h"
#include "storage/rocks_feeds.h"
#include "storage/rocks_mend.h"
#include "storage/rocks_tables.h"

namespace hansa::storage {

Database::Database(std::unique_ptr<Engine> engine, std::unique_ptr<FeedStore> feeds, const replication::Crypto& crypto)
    : crypto_(crypto),
      engine_(std::move(engine)),
      feeds_(std::move(feeds)),
      tables_(std::make_unique<RocksTables>(*engine_)) {}

Database::~Database() = default;

absl::StatusOr<std::unique_ptr<Database>> Database::Open(const std::string& folder, const replication::Crypto& crypto) {
  return OpenBy(folder, crypto, Recovery::kRefuseDamage);
}

absl::StatusOr<std::unique_ptr<Database>> Database::Salvage(const std::string& folder,
                                                            const replication::Crypto& crypto) {
  return OpenBy(folder, crypto, Recovery::kKeepWhole);
}

absl::StatusOr<std::unique_ptr<Database>> Database::OpenMended(const std::string& folder, MendReport& report,
                                                               const replication::Crypto& crypto) {
  {
    const absl::StatusOr<FolderLock> lock = FolderLock::Take(folder);
    HANSA_RETURN_IF_ERROR(lock.status());
    absl::StatusOr<MendReport> mended = MendFolder(folder, crypto);
    HANSA_RETURN_IF_ERROR(mended.status());
    report = *std::move(mended);
  }
  return OpenBy(folder, crypto, Recovery::kRefuseDamage);
}

absl::StatusOr<std::unique_ptr<Database>> Database::OpenToRead(const std::string& folder,
                                                               const replication::Crypto& crypto) {
  absl::StatusOr<std::unique_ptr<Engine>> engine = Engine::OpenWholeToRead(folder);
  HANSA_RETURN_IF_ERROR(engine.status());
  auto feeds = std::make_unique<RocksFeeds>(**engine, crypto);
  // An index that only writing can make is asked for, and is there but in stores of long ago.
  HANSA_RETURN_IF_ERROR(feeds->IndexAbsents());
  return std::unique_ptr<Database>(new Database(*std::move(engine), std::move(feeds), crypto));
}

absl::StatusOr<MendReport> Database::Mend() {
  absl::StatusOr<MendReport> report = absl::UnknownError("");
  HANSA_RETURN_IF_ERROR(engine_->Replace([&] {
    report = MendFolder(engine_->folder(), crypto_, engine_->id());
    return report.status();
  }));
  return report;
}

absl::StatusOr<std::unique_ptr<Database>> Database::OpenBy(const std::string& folder, const replication::Crypto& crypto,
                                                           Recovery recovery) {
  absl::StatusOr<std::unique_ptr<Engine>> engine = Engine::Open(folder, recovery);
  HANSA_RETURN_IF_ERROR(engine.status());
  auto feeds = std::make_unique<RocksFeeds>(**engine, crypto);
  HANSA_RETURN_IF_ERROR(feeds->IndexAbsents());
  return std::unique_ptr<Database>(new Database(*std::move(engine), std::move(feeds), crypto));
}

const DatabaseId& Database::id() const { return engine_->id(); }

void Database::OnTrouble(std::function<void(const absl::Status&)> listener) { engine_->OnTrouble(std::move(listener)); }

absl::Status Database::Reopen() { return engine_->Reopen(); }

absl::Status Database::ReadEverything(const IsUnwanted& is_unwanted) const {
  return engine_->ReadEverything(is_unwanted);
}

absl::StatusOr<ProvenCopy> Database::Backup(const std::string& copies, const IsUnwanted& is_unwanted) {
  const absl::StatusOr<std::vector<HeldFeed>> before = feeds_->Feeds();
  HANSA_RETURN_IF_ERROR(before.status());
  HANSA_RETURN_IF_ERROR(RemoveFolder(ScratchFolder(copies)));  // that of a crash
  const absl::StatusOr<std::unique_ptr<StoreCopies>> shelf = StoreCopies::Open(copies);
  HANSA_RETURN_IF_ERROR(shelf.status());
  const absl::StatusOr<CopyNumber> number = engine_->Copy(**shelf, is_unwanted);
  HANSA_RETURN_IF_ERROR(number.status());
  absl::StatusOr<Contents> contents = Prove(copies, *number, *before, is_unwanted);
  if (contents.ok()) return ProvenCopy{*number, *std::move(contents), (*shelf)->bytes_added()};
  (*shelf)->Remove(*number).IgnoreError();  // else whoever keeps one copy removes it
  return contents.status();
}

// What the copy restores to is what tells whether there is a copy (P20).
absl::StatusOr<Contents> Database::Prove(const std::string& copies, CopyNumber number,
                                         const std::vector<HeldFeed>& before, const IsUnwanted& is_unwanted) {
  const std::string scratch = ScratchFolder(copies);
  const auto prove = [&]() -> absl::StatusOr<Contents> {
    HANSA_RETURN_IF_ERROR(RestoreCopy(copies, number, scratch));
    const absl::StatusOr<std::unique_ptr<Database>> restored = Open(scratch, crypto_);
    HANSA_RETURN_IF_ERROR(restored.status());
    absl::StatusOr<Contents> contents = ReadContents(**restored, crypto_, is_unwanted);
    HANSA_RETURN_IF_ERROR(contents.status());
    HANSA_RETURN_IF_ERROR(CheckNothingLacks(**restored, *contents, before, *feeds_, crypto_));
    HANSA_RETURN_IF_ERROR((*restored)->Close());
    return contents;
  };
  absl::StatusOr<Contents> contents = prove();
  const absl::Status removed = RemoveFolder(scratch);
  if (contents.ok()) HANSA_RETURN_IF_ERROR(removed);
  return contents;
}

absl::Status Database::FinishErasing() {
  absl::MutexLock lock(&engine_->write_mutex());
  HANSA_RETURN_IF_ERROR(engine_->PurgeAgain());
  return engine_->Scrub();
}

absl::StatusOr<DiskSpace> Database::Space() const { return SpaceOf(engine_->folder()); }

absl::Status Database::Close() { return engine_->Close(); }

}  // namespace hansa::storage
