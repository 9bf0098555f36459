// Orders to erase, as the desk of a member or of the secretariat makes them.
#include "node/desk/erasure_desk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "node/node_folder.h"
#include "tests/testing/fake_node.h"
#include "tests/testing/temp_folder.h"

namespace hansa::testing {
namespace {

using absl::StatusCode;
using node::desk::EraseRequest;
using node::desk::Erasure;
using node::desk::ErasureDesk;
using node::membership::ErasureItem;
using replication::ErasureReason;
using ::testing::Each;
using ::testing::Field;
using ::testing::SizeIs;

constexpr StatusCode kRefused = StatusCode::kFailedPrecondition;

// Bonn's desk, Aachen's and the hub's; whatever one of them publishes arrives at all.
class ErasureDeskTest : public ::testing::Test {
 protected:
  struct Office {
    Office(const Network& network, Applicant who) : node(network, std::move(who)) {}
    FakeNode node;
    std::size_t told = 0;  // units that others have of it
  };

  ErasureDeskTest() {
    AdoptCurrentFramework(network_);
    network_.AdmitAuthority(germany_);
    network_.AdmitCity(CityNamed("de-bonn", "DEU"), germany_);
    network_.AdmitCity(CityNamed("de-aachen", "DEU"), germany_);
    for (Office* office : All()) office->node.Refresh();
  }

  std::vector<Office*> All() { return {&bonn_, &aachen_, &hub_}; }
  void Deliver() {
    for (Office* from : All()) {
      for (; from->told < from->node.units().size(); ++from->told) {
        for (Office* to : All()) {
          if (to != from) to->node.Receive(from->node.units()[from->told]);
        }
      }
    }
  }
  // A record of `revisions` entries.
  std::string Publishes(Office& office, int revisions = 1) {
    const replication::RecordId record = RecordNamed(absl::StrCat("record ", ++records_));
    for (int i = 0; i < revisions; ++i) {
      node::Publication publication{replication::kPractices, replication::kPractice, record};
      publication.payload = absl::StrCat("a name that nobody should have written ", i);
      Must(office.node.Publish({publication}));
    }
    Deliver();
    return record.hex();
  }
  absl::StatusOr<Erasure> TryOrder(Office& office, const EraseRequest& request) {
    ErasureDesk desk(office.node, office.node.views());
    absl::StatusOr<Erasure> erasure = desk.Order(request);
    Deliver();
    return erasure;
  }
  Erasure Order(Office& office, const std::string& id, std::vector<std::string> approvals = {}) {
    return Must(TryOrder(office, {.id = id, .approvals = std::move(approvals)}));
  }
  absl::StatusOr<Erasure> TryPropose(Office& office, const EraseRequest& request) {
    return ErasureDesk(office.node, office.node.views()).Propose(request);
  }
  // The approval of the `number`th officer, as a file.
  std::string ApprovedBy(int number, const node::membership::Proposal& proposal) {
    const std::string key = folder_ / absl::StrCat("officer-", number, ".key");
    std::filesystem::remove(key);
    Must(node::WriteKey(key, *replication::Seed::From(Random(absl::StrCat("officer ", number)).view())));
    return Must(node::membership::ApproveFile({node::membership::EncodeProposal(proposal), key}));
  }
  // The orders in an office's own feed, in order.
  std::vector<replication::EntryHeader> OrdersOf(const Office& office) {
    std::vector<replication::EntryHeader> headers;
    for (const replication::VerifiedUnit& unit : office.node.units()) {
      for (const replication::EntryHeader& header : unit.headers()) {
        if (header.kind == replication::kErasureOrder) headers.push_back(header);
      }
    }
    return headers;
  }

  Network network_ = Network::Founded({.officers = 3, .approvals = 2});
  Applicant germany_ = AuthorityOf("DEU");
  Office bonn_{network_, CityNamed("de-bonn", "DEU")};
  Office aachen_{network_, CityNamed("de-aachen", "DEU")};
  Office hub_{network_, network_.hub()};
  TempFolder folder_;
  int records_ = 0;
};

TEST_F(ErasureDeskTest, TheAuthorOrdersEveryRevisionOfItsRecord) {
  const std::string id = Publishes(bonn_, 2);
  const Erasure erasure = Order(bonn_, id);
  EXPECT_EQ(erasure.member, "de-bonn");
  ASSERT_THAT(erasure.entries, SizeIs(2));
  EXPECT_EQ(erasure.entries[0].hold, absl::Hours(14 * 24));
  const std::vector<replication::EntryHeader> orders = OrdersOf(bonn_);
  ASSERT_THAT(orders, SizeIs(2));
  for (std::size_t i = 0; i < orders.size(); ++i) {
    EXPECT_FALSE(orders[i].has_payload);
    EXPECT_EQ(orders[i].seq, erasure.entries[i].order);
    const replication::ErasureOrder order = *replication::OrderIn(orders[i]);
    EXPECT_EQ((ErasureItem{order.target, order.reason}), erasure.entries[i].item);
    EXPECT_EQ(order.target.seq.value(), i + 1);
    EXPECT_EQ(order.reason, ErasureReason::kPersonalData);
    const replication::VerifiedUnit& meant = bonn_.node.units()[i];
    EXPECT_EQ(order.target.feed, meant.unit().feed);
    EXPECT_EQ(order.target.entry, meant.end().head);
  }
}

TEST_F(ErasureDeskTest, TwiceIsOnce) {
  const std::string id = Publishes(bonn_);
  Order(bonn_, id);
  const Erasure again = Order(bonn_, id);
  EXPECT_TRUE(again.entries[0].already);
  EXPECT_EQ(again.entries[0].order, std::nullopt);
  EXPECT_THAT(OrdersOf(bonn_), SizeIs(1));
}

TEST_F(ErasureDeskTest, WhatCameAfterAnOrderIsOrderedByTheNext) {
  const std::string id = Publishes(bonn_);
  Order(bonn_, id);
  node::Publication more{replication::kPractices, replication::kPractice, replication::RecordId::FromHexText(id)};
  more.payload = "once more";
  Must(bonn_.node.Publish({more}));
  const Erasure next = Order(bonn_, id);
  ASSERT_THAT(next.entries, SizeIs(2));
  EXPECT_TRUE(next.entries[0].already);
  EXPECT_FALSE(next.entries[1].already);
  EXPECT_THAT(OrdersOf(bonn_), SizeIs(2));
}

TEST_F(ErasureDeskTest, TheSecretariatOrdersWhatIsAnybodysAndNobodyElseDoes) {
  const std::string id = Publishes(bonn_);
  EXPECT_THAT(TryOrder(aachen_, {.id = id}), StatusIs(kRefused, "the record is of de-bonn"));
  const Erasure erasure = Order(hub_, id);
  EXPECT_EQ(erasure.member, "de-bonn");
  EXPECT_EQ(erasure.entries[0].hold, absl::Hours(72));
  EXPECT_THAT(OrdersOf(aachen_), SizeIs(0));
}

TEST_F(ErasureDeskTest, BothSidesTogetherWaitForNothing) {
  const std::string first = Publishes(bonn_);
  Order(bonn_, first);
  EXPECT_EQ(Order(hub_, first).entries[0].hold, absl::ZeroDuration());
  const std::string second = Publishes(bonn_);
  Order(hub_, second);
  EXPECT_EQ(Order(bonn_, second).entries[0].hold, absl::ZeroDuration());
}

TEST_F(ErasureDeskTest, WithOfficersApprovalsItWaitsForNothing) {
  const std::string id = Publishes(bonn_, 2);
  const Erasure proposed = Must(TryPropose(bonn_, {.id = id}));
  EXPECT_EQ(proposed.approvals_needed, 2u);
  EXPECT_THAT(OrdersOf(bonn_), SizeIs(0));
  std::vector<std::string> approvals;
  for (const auto& entry : proposed.entries) {
    approvals.push_back(ApprovedBy(3, entry.proposal));
    approvals.push_back(ApprovedBy(1, entry.proposal));
  }
  const Erasure erasure = Order(bonn_, id, approvals);
  EXPECT_THAT(erasure.entries, Each(Field(&node::desk::EntryToErase::hold, absl::ZeroDuration())));
  for (const replication::EntryHeader& order : OrdersOf(bonn_)) {
    const replication::ErasureOrder given = *replication::OrderIn(order);
    const std::vector<replication::PublicKey> officers = PublicKeysOf(network_.officers());
    EXPECT_EQ(replication::ApprovalsOf(Network::crypto(), network_.id(), officers, given), 2u);
  }
}

TEST_F(ErasureDeskTest, TooFewApprovalsHurryNothing) {
  const std::string id = Publishes(bonn_);
  const auto proposal = Must(TryPropose(bonn_, {.id = id})).entries[0].proposal;
  const std::string one = ApprovedBy(1, proposal);
  const Erasure erasure = Order(bonn_, id, {one, one});
  EXPECT_THAT(erasure.entries[0].approvals, SizeIs(1));
  EXPECT_EQ(erasure.entries[0].hold, absl::Hours(14 * 24));
  // They come to the order that was given before.
  EXPECT_EQ(Order(bonn_, id, {one, ApprovedBy(2, proposal)}).entries[0].hold, absl::ZeroDuration());
  EXPECT_THAT(OrdersOf(bonn_), SizeIs(2));
}

TEST_F(ErasureDeskTest, ApprovalsOfSomethingElseAreRefused) {
  const std::string id = Publishes(bonn_);
  const auto proposal = Must(TryPropose(bonn_, {.id = id})).entries[0].proposal;
  const auto again = Must(TryPropose(bonn_, {.id = id})).entries[0].proposal;
  EXPECT_THAT(TryOrder(bonn_, {.id = id, .approvals = {ApprovedBy(1, proposal), ApprovedBy(2, again)}}),
              StatusIs(kRefused, "of another proposal"));
  EXPECT_THAT(TryOrder(bonn_, {.id = id, .reason = ErasureReason::kLaw, .approvals = {ApprovedBy(1, proposal)}}),
              StatusIs(kRefused, "leave it out"));
  EXPECT_THAT(TryOrder(bonn_, {.id = Publishes(bonn_), .approvals = {ApprovedBy(1, proposal)}}),
              StatusIs(kRefused, "leave it out"));
  EXPECT_THAT(TryOrder(bonn_, {.id = id, .approvals = {ApprovedBy(9, proposal)}}), StatusIs(kRefused, "no officer's"));
  EXPECT_THAT(TryOrder(bonn_, {.id = id, .approvals = {"{}"}}), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(OrdersOf(bonn_), SizeIs(0));
}

TEST_F(ErasureDeskTest, WhatCannotBeErasedIsSaid) {
  const std::string id = Publishes(bonn_);
  EXPECT_THAT(TryOrder(bonn_, {.id = "ffffffff"}), StatusIs(StatusCode::kNotFound, "no record here begins with"));
  EXPECT_THAT(TryOrder(bonn_, {.id = "xy"}), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(TryOrder(bonn_, {.id = id, .reason = ErasureReason::kLost}),
              StatusIs(kRefused, "only the secretariat says"));
  EXPECT_THAT(TryOrder(hub_, {.id = id, .reason = ErasureReason::kLost}),
              StatusIs(kRefused, "nothing of it is missing here"));
  Order(bonn_, id);
  EXPECT_THAT(TryOrder(bonn_, {.id = OrdersOf(bonn_)[0].record.hex()}), StatusIs(kRefused, "an order to erase itself"));
  bonn_.node.fence = node::Fence::kRecover;
  EXPECT_THAT(TryOrder(bonn_, {.id = Publishes(aachen_)}), StatusIs(kRefused));
}

}  // namespace
}  // namespace hansa::testing
