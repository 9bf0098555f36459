#include "storage/rocks_opening.h"

#include <rocksdb/db.h>
#include <rocksdb/options.h>
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "replication/check.h"
#include "storage/files.h"
#include "storage/layout.h"
#include "storage/rocks_status.h"

namespace hansa::storage {
namespace {

std::string LogPath(const std::string& folder) { return absl::StrCat(folder, "/rocksdb.log"); }

std::vector<rocksdb::ColumnFamilyDescriptor> Descriptors(const rocksdb::Options& options) {
  std::vector<rocksdb::ColumnFamilyDescriptor> descriptors;
  descriptors.reserve(kFamilyNames.size());
  for (const char* name : kFamilyNames) descriptors.emplace_back(name, options);
  return descriptors;
}

absl::StatusOr<std::unique_ptr<OpenedRocks>> OpenIn(const std::string& path, const rocksdb::Options& options) {
  auto opened = std::make_unique<OpenedRocks>();
  rocksdb::DB* db = nullptr;
  const rocksdb::Status status = rocksdb::DB::Open(options, path, Descriptors(options), &opened->families, &db);
  opened->db.reset(db);
  HANSA_RETURN_IF_ERROR(FromRocks(absl::StrCat("open the store ", path), status));
  return opened;
}

// A whole database with its id, made aside and put in place by one rename: a crash leaves none or this.
absl::Status MakeNew(const std::string& folder) {
  const std::string aside = absl::StrCat(folder, "/rocksdb.new");
  std::error_code error;
  std::filesystem::remove_all(aside, error);
  HANSA_RETURN_IF_ERROR(MakeFolder(aside));
  rocksdb::Options options = MakeRocksOptions(LogPath(folder), Recovery::kRefuseDamage);
  options.create_if_missing = true;
  absl::StatusOr<std::unique_ptr<OpenedRocks>> opened = OpenIn(aside, options);
  HANSA_RETURN_IF_ERROR(opened.status());
  const absl::StatusOr<DatabaseId> id = NewDatabaseId();
  HANSA_RETURN_IF_ERROR(id.status());
  rocksdb::WriteBatch batch;
  rocksdb::ColumnFamilyHandle* meta = (**opened)[Family::kMeta];
  batch.Put(meta, kMetaVersion, EncodeU32(kLayoutVersion));
  batch.Put(meta, kMetaDatabaseId, id->str());
  batch.Put(meta, kMetaNextHandle, EncodeU32(1));
  batch.Put(meta, kMetaAbsents, "");
  rocksdb::WriteOptions synced;
  synced.sync = true;
  HANSA_RETURN_IF_ERROR(FromRocks("make a store", (*opened)->db->Write(synced, &batch)));
  HANSA_RETURN_IF_ERROR(FromRocks("make a store", (*opened)->db->Flush(rocksdb::FlushOptions(), meta)));
  HANSA_RETURN_IF_ERROR((*opened)->CloseAll());
  HANSA_RETURN_IF_ERROR(SyncFolder(aside));
  std::filesystem::rename(aside, RocksFolder(folder), error);
  if (error) return FileError("put in place", aside, error.value());
  return SyncFolder(folder);
}

// Column families that we do not know come from a newer program.
absl::Status CheckFamilies(const std::string& path, const rocksdb::Options& options) {
  std::vector<std::string> names;
  HANSA_RETURN_IF_ERROR(
      FromRocks(absl::StrCat("open the store ", path), rocksdb::DB::ListColumnFamilies(options, path, &names)));
  for (const std::string& name : names) {
    if (std::find(kFamilyNames.begin(), kFamilyNames.end(), name) == kFamilyNames.end()) {
      return absl::FailedPreconditionError(absl::StrCat("the store ", path,
                                                        " was written by a newer Hansa (it has a part named '", name,
                                                        "'); start it with that version"));
    }
  }
  return absl::OkStatus();
}

}  // namespace

OpenedRocks::OpenedRocks() = default;
OpenedRocks::~OpenedRocks() { CloseAll().IgnoreError(); }

absl::Status OpenedRocks::CloseAll() {
  if (db == nullptr) return absl::OkStatus();
  for (rocksdb::ColumnFamilyHandle* family : families) {
    db->DestroyColumnFamilyHandle(family).PermitUncheckedError();
  }
  families.clear();
  const rocksdb::Status closed = db->Close();
  db.reset();
  return FromRocks("close the store", closed);
}

std::string RocksFolder(const std::string& folder) { return absl::StrCat(folder, "/rocksdb"); }
std::string SetAsidePath(const std::string& folder) { return absl::StrCat(folder, "/quarantine"); }
std::string MendingPath(const std::string& folder) { return absl::StrCat(folder, "/mending"); }

absl::StatusOr<std::unique_ptr<OpenedRocks>> OpenOrMake(const std::string& folder, Recovery recovery) {
  const std::string path = RocksFolder(folder);
  std::error_code error;
  if (!std::filesystem::exists(path, error)) HANSA_RETURN_IF_ERROR(MakeNew(folder));
  const rocksdb::Options options = MakeRocksOptions(LogPath(folder), recovery);
  HANSA_RETURN_IF_ERROR(CheckFamilies(path, options));
  return OpenIn(path, options);
}

absl::StatusOr<std::unique_ptr<OpenedRocks>> OpenToRead(const std::string& folder, Recovery recovery) {
  const std::string path = RocksFolder(folder);
  const rocksdb::Options options = MakeRocksOptions(LogPath(folder), recovery);
  HANSA_RETURN_IF_ERROR(CheckFamilies(path, options));
  auto opened = std::make_unique<OpenedRocks>();
  rocksdb::DB* db = nullptr;
  const rocksdb::Status status =
      rocksdb::DB::OpenForReadOnly(options, path, Descriptors(options), &opened->families, &db);
  opened->db.reset(db);
  // A family that an older program did not have: only writing can add it.
  if (status.IsInvalidArgument() && recovery == Recovery::kRefuseDamage) {
    return absl::FailedPreconditionError(
        absl::StrCat("the store ", path, " was written by an older Hansa; start its node once"));
  }
  if (status.IsInvalidArgument()) return absl::DataLossError(absl::StrCat("cannot read the store ", path, " as it is"));
  HANSA_RETURN_IF_ERROR(FromRocks(absl::StrCat("open the store ", path), status));
  return opened;
}

absl::Status Repair(const std::string& folder) {
  const std::string path = RocksFolder(folder);
  rocksdb::Options options = MakeRocksOptions(LogPath(folder), Recovery::kKeepWhole);
  options.create_if_missing = true;
  HANSA_RETURN_IF_ERROR(FromRocks(absl::StrCat("repair the store ", path),
                                  rocksdb::RepairDB(path, options, Descriptors(options), options)));
  // Families of which nothing was left are made.
  absl::StatusOr<std::unique_ptr<OpenedRocks>> opened = OpenIn(path, options);
  HANSA_RETURN_IF_ERROR(opened.status());
  return (*opened)->CloseAll();
}

std::string NextSetAside(const std::string& folder) {
  std::error_code error;
  std::string aside;
  for (int n = 1; aside.empty() || std::filesystem::exists(aside, error); ++n) {
    aside = absl::StrCat(SetAsidePath(folder), "/", n);
  }
  return aside;
}

absl::Status CopyLogsAside(const std::string& folder) {
  std::error_code error;
  if (!std::filesystem::exists(RocksFolder(folder), error)) return absl::OkStatus();
  const std::string aside = NextSetAside(folder);
  HANSA_RETURN_IF_ERROR(MakeFolder(aside));
  for (const auto& file : std::filesystem::directory_iterator(RocksFolder(folder), error)) {
    const std::filesystem::path name = file.path().filename();
    const bool wanted = name.extension() == ".log" || name == "CURRENT" || name.string().rfind("MANIFEST-", 0) == 0;
    if (wanted) std::filesystem::copy_file(file.path(), std::filesystem::path(aside) / name, error);
    if (error) break;
  }
  if (error) return FileError("copy the store's log to", aside, error.value());
  return SyncFolder(aside);
}

}  // namespace hansa::storage
