// A reference to a record has the bytes that an independent script gives it.
#include "gtest/gtest.h"
#include "hansa/v1/reference.pb.h"
#include "tests/replication/vectors.h"

namespace hansa::replication {
namespace {

TEST(ReferenceVectors, NamesMemberCollectionRecordAndEntry) {
  const Json row = ReadVectors("reference");
  v1::Reference reference;
  reference.set_member(row.at("member").get<std::uint32_t>());
  reference.set_collection(row.at("collection").get<std::uint32_t>());
  reference.set_record_id(BytesOf(row, "record"));
  reference.set_entry_hash(BytesOf(row, "entry_hash"));
  EXPECT_EQ(ToHex(reference.SerializeAsString()), row.at("bytes").get<std::string>());
}

}  // namespace
}  // namespace hansa::replication
