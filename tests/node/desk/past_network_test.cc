// The list of members and the views as they were at some moment.
#include "node/desk/past_network.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/testing/fake_node.h"

namespace hansa::testing {
namespace {

using absl::StatusCode;
using node::desk::CitiesOf;
using node::desk::InputFeed;
using node::desk::InputFeedsOf;
using node::desk::PastViews;
using node::desk::RosterAt;
using ::testing::ElementsAre;
using ::testing::SizeIs;

constexpr char kLiteracy[] = "1.1.1/adult-literacy-rate#total";

class PastNetworkTest : public ::testing::Test {
 protected:
  PastNetworkTest() {
    AdoptCurrentFramework(network_);
    network_.AdmitAuthority(germany_);
    bonn_number_ = network_.AdmitCity(bonn_, germany_);
    writer_.emplace(network_.id(), *network_.roster().PresentFeed(bonn_number_, replication::kIndicators),
                    bonn_.writer);
  }
  void Learns() {
    for (; learnt_ < network_.units().size(); ++learnt_) node_.Receive(network_.units()[learnt_]);
    node_.Refresh();
  }
  void BonnPublishes(int year, const char* value) {
    node_.Receive(
        writer_->Publish({EntryOf(RecordNamed(std::to_string(year)), SetOf(year, {ObservationOf(kLiteracy, value)}))}));
  }

  Network network_ = Network::Founded();
  Applicant germany_ = AuthorityOf("DEU");
  Applicant bonn_ = CityNamed("de-bonn", "DEU");
  replication::Member bonn_number_;
  std::optional<FeedWriter> writer_;
  FakeNode node_{network_, bonn_};
  std::size_t learnt_ = 0;
};

TEST_F(PastNetworkTest, TheListOfMembersIsAsItWas) {
  const replication::RosterPosition then = network_.roster().position();
  network_.AdmitCity(CityNamed("de-essen", "DEU"), germany_);
  Learns();
  const replication::Roster past = Must(RosterAt(node_.feeds(), node_.roster(), then));
  EXPECT_EQ(past.position(), then);
  EXPECT_THAT(CitiesOf(past), SizeIs(1));
  EXPECT_THAT(CitiesOf(node_.roster()), SizeIs(2));
  EXPECT_EQ(Must(RosterAt(node_.feeds(), node_.roster(), node_.roster().position())).position(),
            node_.roster().position());
}

TEST_F(PastNetworkTest, AlsoUnderAnEarlierRootDocument) {
  const replication::RosterPosition then = network_.roster().position();
  network_.AdmitCity(CityNamed("de-essen", "DEU"), germany_);
  network_.TakeOver(KeyNamed("another roster writer"), network_.roster().position().len);
  network_.AdmitCity(CityNamed("de-gotha", "DEU"), germany_);
  Learns();
  ASSERT_EQ(node_.roster().position().root_version, 2u);
  EXPECT_EQ(Must(RosterAt(node_.feeds(), node_.roster(), then)).position(), then);
  EXPECT_THAT(CitiesOf(node_.roster()), SizeIs(3));
}

TEST_F(PastNetworkTest, AnotherListOrOneThatIsNotHeldIsSaid) {
  Learns();
  replication::RosterPosition other = node_.roster().position();
  other.head = Random("another head");
  EXPECT_THAT(RosterAt(node_.feeds(), node_.roster(), other),
              StatusIs(StatusCode::kFailedPrecondition, "another list of members"));
  replication::RosterPosition later = node_.roster().position();
  later.len = replication::Sequence(later.len.value() + 5);
  EXPECT_THAT(RosterAt(node_.feeds(), node_.roster(), later),
              StatusIs(StatusCode::kFailedPrecondition, "this node has"));
  replication::RosterPosition next = node_.roster().position();
  next.root_version = 2;
  EXPECT_THAT(RosterAt(node_.feeds(), node_.roster(), next),
              StatusIs(StatusCode::kFailedPrecondition, "version 2 of the root document"));
}

TEST_F(PastNetworkTest, ViewsReadNoFurtherThanTheyAreTold) {
  Learns();
  BonnPublishes(2022, "90");
  BonnPublishes(2023, "91");
  std::vector<InputFeed> inputs = Must(InputFeedsOf(node_.roster(), CitiesOf(node_.roster()), node_.feeds()));
  ASSERT_THAT(inputs, ::testing::Not(::testing::IsEmpty()));
  ASSERT_EQ(inputs[0].input.collection, replication::kIndicators);
  EXPECT_EQ(inputs[0].input.len, replication::Sequence(2));
  inputs[0].input.len = replication::Sequence(1);
  BonnPublishes(2022, "10");  // comes meanwhile
  const auto past = Must(PastViews::Make(node_.feeds(), node::catalogue::CurrentCatalogue(), node_.roster(), inputs));
  std::vector<std::string> values;
  for (const auto& row : Must(past->views().ObservationsOf(node_.roster(), {}))) {
    values.push_back(row.observation.value->text());
  }
  EXPECT_THAT(values, ElementsAre("90"));
}

}  // namespace
}  // namespace hansa::testing
