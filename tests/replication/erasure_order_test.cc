// An order in an entry's extensions, and what its officers' approvals are over.
#include "replication/erasure_order.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/replication/erasure_books.h"

namespace hansa::replication {
namespace {

using ::hansa::testing::Keys;
using ::hansa::testing::KeysNamed;
using ::hansa::testing::PublicKeysOf;
using ::hansa::testing::RecordNamed;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(ErasureOrderTest, IsReadFromAHeaderAsItWasWritten) {
  Books books;
  const ErasureTarget target = books.Entry(7);
  const EntryHeader header = books.HeaderOf(FeedNamed("erasures"), 1, target, ErasureReason::kRights, books.officers_);
  const std::optional<ErasureOrder> order = OrderIn(header);
  ASSERT_TRUE(order.has_value());
  EXPECT_EQ(order->target, target);
  EXPECT_EQ(order->reason, ErasureReason::kRights);
  EXPECT_EQ(order->record, header.record);
  EXPECT_THAT(order->item, SizeIs(58));
  EXPECT_EQ(ApprovalsOf(crypto(), books.network_, PublicKeysOf(books.officers_), *order), 3u);
}

TEST(ErasureOrderTest, AnEntryOfAnotherFormOrdersNothing) {
  Books books;
  const EntryHeader good = books.HeaderOf(FeedNamed("erasures"), 1, books.Entry(7));
  const Bytes item = OrderItem(books.Entry(7), ErasureReason::kLaw).value;
  EntryHeader with_payload = good, retracting = good, without = good, shorter = good, longer = good, nowhere = good;
  with_payload.has_payload = true;
  retracting.retract = true;
  without.ext = EncodeExt({{1, "recovered"}});
  shorter.ext = EncodeExt({{kErasureOrderItem, item.substr(1)}});
  longer.ext = EncodeExt({{kErasureOrderItem, item + "x"}});
  nowhere.ext = EncodeExt({OrderItem(Books::EntryOf(FeedNamed("feed"), 0), ErasureReason::kLaw)});
  ASSERT_TRUE(OrderIn(good).has_value());
  for (const EntryHeader& header : {with_payload, retracting, without, shorter, longer, nowhere}) {
    EXPECT_FALSE(OrderIn(header).has_value());
  }
}

TEST(ErasureOrderTest, ApprovalsOfAnotherFormCountForNothingAndTheOrderStands) {
  Books books;
  EntryHeader header = books.HeaderOf(FeedNamed("erasures"), 1, books.Entry(7));
  const ExtItem order = OrderItem(books.Entry(7), ErasureReason::kLaw);
  const std::vector<OrderApproval> approvals = books.Approve(header, order.value, books.officers_);
  std::string item = ApprovalsItem(approvals).value;
  header.ext = EncodeExt({order, {kOrderApprovalsItem, item + "x"}});
  ASSERT_TRUE(OrderIn(header).has_value());
  EXPECT_THAT(OrderIn(header)->approvals, IsEmpty());
  for (int i = 0; i < 2; ++i) item += ApprovalsItem(approvals).value;  // nine
  header.ext = EncodeExt({order, {kOrderApprovalsItem, item}});
  EXPECT_THAT(OrderIn(header)->approvals, IsEmpty());
}

TEST(ErasureOrderTest, OnlyDifferentOfficersOverThisVeryOrderCount) {
  Books books;
  const std::vector<PublicKey> officers = PublicKeysOf(books.officers_);
  const auto count = [&](const Keys& approvers, auto change) {
    EntryHeader header = books.HeaderOf(FeedNamed("erasures"), 1, books.Entry(7));
    const ExtItem order = OrderItem(books.Entry(7), ErasureReason::kLaw);
    EntryHeader approved = header;
    Bytes item = order.value;
    change(approved, item);
    header.ext = EncodeExt({order, ApprovalsItem(books.Approve(approved, item, approvers))});
    return ApprovalsOf(crypto(), books.network_, officers, *OrderIn(header));
  };
  const auto nothing = [](EntryHeader&, Bytes&) {};
  const Keys& keys = books.officers_;
  EXPECT_EQ(count({keys[0], keys[1]}, nothing), 2u);
  EXPECT_EQ(count({keys[0], keys[0]}, nothing), 1u);
  EXPECT_EQ(count(KeysNamed("stranger", 2), nothing), 0u);
  EXPECT_EQ(count(keys, [](EntryHeader& header, Bytes&) { header.record = RecordNamed("another"); }), 0u);
  EXPECT_EQ(count(keys, [](EntryHeader& header, Bytes&) { header.kind = Kind(258); }), 0u);
  EXPECT_EQ(count(keys, [](EntryHeader&, Bytes& item) { item.back() ^= 1; }), 0u);
}

}  // namespace
}  // namespace hansa::replication
