// What RocksDB says, in our codes.
#include "storage/rocks_status.h"

#include <gtest/gtest.h>
#include <rocksdb/status.h>

#include "tests/testing/status_matchers.h"

namespace hansa::storage {
namespace {

using rocksdb::Status;
using testing::IsOk;
using testing::StatusIs;

TEST(RocksStatusTest, NamesWhatFailedAndWhatToDo) {
  EXPECT_THAT(FromRocks("read", Status::OK()), IsOk());
  EXPECT_THAT(FromRocks("read", Status::NotFound()), StatusIs(absl::StatusCode::kNotFound, "cannot read"));
  EXPECT_THAT(FromRocks("write", Status::NoSpace()), StatusIs(absl::StatusCode::kResourceExhausted, "free space"));
  EXPECT_THAT(FromRocks("write", Status::IOError("pwrite", "Disk quota exceeded")),
              StatusIs(absl::StatusCode::kResourceExhausted, "the disk is full"));
  EXPECT_THAT(FromRocks("read", Status::Corruption("checksum mismatch")),
              StatusIs(absl::StatusCode::kDataLoss, "checksum mismatch"));
  EXPECT_THAT(FromRocks("open", Status::PathNotFound("000012.sst")),
              StatusIs(absl::StatusCode::kDataLoss, "000012.sst"));
  EXPECT_THAT(FromRocks("open", Status::Busy()), StatusIs(absl::StatusCode::kFailedPrecondition, "another process"));
  EXPECT_THAT(FromRocks("open", Status::IOError("While lock file: x/LOCK: ", "Resource temporarily unavailable")),
              StatusIs(absl::StatusCode::kFailedPrecondition, "another process"));
  EXPECT_THAT(FromRocks("read", Status::IOError("pread", "Input/output error")),
              StatusIs(absl::StatusCode::kUnavailable, "the disk gave an error"));
}

}  // namespace
}  // namespace hansa::storage
