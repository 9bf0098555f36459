#include "storage/rocks_database.h"

#include <utility>

#include "replication/check.h"
#include "storage/files.h"
#include "storage/rocks_engine.h"
#include "storage/rocks_feeds.h"
#include "storage/rocks_tables.h"

namespace hansa::storage {

Database::Database(std::unique_ptr<Engine> engine, std::unique_ptr<FeedStore> feeds)
    : engine_(std::move(engine)), feeds_(std::move(feeds)), tables_(std::make_unique<RocksTables>(*engine_)) {}

Database::~Database() = default;

absl::StatusOr<std::unique_ptr<Database>> Database::Open(const std::string& folder, const replication::Crypto& crypto) {
  return OpenBy(folder, crypto, Recovery::kRefuseDamage);
}

absl::StatusOr<std::unique_ptr<Database>> Database::Salvage(const std::string& folder,
                                                            const replication::Crypto& crypto) {
  return OpenBy(folder, crypto, Recovery::kKeepWhole);
}

absl::StatusOr<std::unique_ptr<Database>> Database::OpenBy(const std::string& folder, const replication::Crypto& crypto,
                                                           Recovery recovery) {
  absl::StatusOr<std::unique_ptr<Engine>> engine = Engine::Open(folder, recovery);
  HANSA_RETURN_IF_ERROR(engine.status());
  auto feeds = std::make_unique<RocksFeeds>(**engine, crypto);
  HANSA_RETURN_IF_ERROR(feeds->IndexAbsents());
  return std::unique_ptr<Database>(new Database(*std::move(engine), std::move(feeds)));
}

const DatabaseId& Database::id() const { return engine_->id(); }

absl::Status Database::Reopen() { return engine_->Reopen(); }

absl::StatusOr<std::uint64_t> Database::FreeSpace() const { return FreeBytes(engine_->folder()); }

absl::Status Database::Close() { return engine_->Close(); }

}  // namespace hansa::storage
