// hansa-raise-layout: makes a store that is not open look as if a newer Hansa had written it.
//
//   hansa-raise-layout DIR/db
//
// Adds one to the layout version that the store names, and prints the new one.
#include <rocksdb/db.h>
#include <rocksdb/options.h>

#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "replication/check.h"
#include "storage/layout.h"

namespace hansa::forge {
namespace {

absl::Status Checked(const rocksdb::Status& status) {
  return status.ok() ? absl::OkStatus() : absl::DataLossError(status.ToString());
}

// Every part has to be open for any to be written.
absl::StatusOr<std::unique_ptr<rocksdb::DB>> OpenAll(const std::string& path,
                                                     std::vector<rocksdb::ColumnFamilyHandle*>& handles) {
  std::vector<std::string> names;
  HANSA_RETURN_IF_ERROR(Checked(rocksdb::DB::ListColumnFamilies({}, path, &names)));
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  families.reserve(names.size());
  for (const std::string& name : names) families.emplace_back(name, rocksdb::ColumnFamilyOptions());
  rocksdb::DB* db = nullptr;
  HANSA_RETURN_IF_ERROR(Checked(rocksdb::DB::Open({}, path, families, &handles, &db)));
  return std::unique_ptr<rocksdb::DB>(db);
}

absl::StatusOr<std::uint32_t> Raise(rocksdb::DB& db) {
  std::string held;
  HANSA_RETURN_IF_ERROR(Checked(db.Get({}, storage::kMetaVersion, &held)));
  const std::optional<std::uint32_t> version = storage::DecodeU32(held);
  if (!version) return absl::DataLossError("the store names no version");
  rocksdb::WriteOptions synced;
  synced.sync = true;
  HANSA_RETURN_IF_ERROR(Checked(db.Put(synced, storage::kMetaVersion, storage::EncodeU32(*version + 1))));
  return *version + 1;
}

absl::StatusOr<std::uint32_t> RaiseIn(const std::string& path) {
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  absl::StatusOr<std::unique_ptr<rocksdb::DB>> db = OpenAll(path, handles);
  HANSA_RETURN_IF_ERROR(db.status());
  absl::StatusOr<std::uint32_t> raised = Raise(**db);
  for (rocksdb::ColumnFamilyHandle* handle : handles) delete handle;
  return raised;
}

int Main(int argc, const char* const* argv) {
  if (argc != 2) {
    std::cerr << "usage: hansa-raise-layout DIR/db\n";
    return 2;
  }
  const absl::StatusOr<std::uint32_t> raised = RaiseIn(absl::StrCat(argv[1], "/rocksdb"));
  if (!raised.ok()) {
    std::cerr << "hansa-raise-layout: " << std::string(raised.status().message()) << "\n";
    return 1;
  }
  std::cout << *raised << "\n";
  return 0;
}

}  // namespace
}  // namespace hansa::forge

int main(int argc, char** argv) { return hansa::forge::Main(argc, argv); }
