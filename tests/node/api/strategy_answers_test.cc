// Targets and strategies asked over the socket: set, found beside the figures, taken back.
#include <grpcpp/channel.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <memory>
#include <optional>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hansa/v1/node.grpc.pb.h"
#include "node/api/api_server.h"
#include "node/api/socket_address.h"
#include "tests/testing/fake_node.h"
#include "tests/testing/temp_folder.h"

namespace hansa::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kLiteracy[] = "1.1.1/adult-literacy-rate#total";

class StrategyAnswersTest : public ::testing::Test {
 protected:
  StrategyAnswersTest() {
    AdoptCurrentFramework(network_);
    LetCitiesWrite(network_, replication::kStrategies);
    network_.AdmitAuthority(germany_);
    network_.AdmitCity(CityNamed("de-bonn", "DEU"), germany_);
    bonn_.Refresh();
    server_ = Must(node::api::ApiServer::Start({.socket = socket_,
                                                .node = bonn_,
                                                .views = bonn_.views(),
                                                .catalogue = node::catalogue::CurrentCatalogue(),
                                                .today_year = [] { return 2026; }}));
    address_.emplace(Must(node::api::SocketAddress::ForDialling(socket_)));
    stub_ = v1::Node::NewStub(grpc::CreateChannel(address_->target(), grpc::InsecureChannelCredentials()));
  }

  template <typename Request, typename Reply>
  using Method = grpc::Status (v1::Node::Stub::*)(grpc::ClientContext*, const Request&, Reply*);
  template <typename Request, typename Reply>
  grpc::Status Ask(Method<Request, Reply> method, const Request& request, Reply& reply) const {
    grpc::ClientContext context;
    return (stub_.get()->*method)(&context, request, &reply);
  }
  v1::PublishedRecord SetsTarget(const std::string& value) {
    v1::SetTargetRequest request;
    request.set_cell(kLiteracy);
    request.set_value(value);
    request.set_by_year(2030);
    request.set_approved_by("council");
    v1::PublishedRecord reply;
    EXPECT_TRUE(Ask(&v1::Node::Stub::SetTarget, request, reply).ok());
    return reply;
  }
  v1::PublishedRecord AddsStrategy(const std::string& title) {
    v1::AddStrategyRequest request;
    request.set_file("s.json");
    request.set_content(absl::StrCat(R"({"title": ")", title, R"(", "language": "en", "kind": "strategy",
        "starts_on": "2021-03-01", "features": ["1.1.1"], "cells": [")",
                                     kLiteracy, R"("]})"));
    v1::PublishedRecord reply;
    EXPECT_TRUE(Ask(&v1::Node::Stub::AddStrategy, request, reply).ok());
    return reply;
  }

  Network network_ = Network::Founded();
  Applicant germany_ = AuthorityOf("DEU");
  FakeNode bonn_{network_, CityNamed("de-bonn", "DEU")};
  TempFolder folder_;
  std::string socket_ = folder_ / "run/hansa.sock";
  std::unique_ptr<node::api::ApiServer> server_;
  std::optional<node::api::SocketAddress> address_;
  std::unique_ptr<v1::Node::Stub> stub_;
};

TEST_F(StrategyAnswersTest, ATargetIsSetListedAndTakenBack) {
  const v1::PublishedRecord set = SetsTarget("99.50");
  EXPECT_EQ(set.collection(), "indicators");
  EXPECT_EQ(set.title(), absl::StrCat("target 99.50 by 2030 for ", kLiteracy));
  EXPECT_TRUE(SetsTarget("99.50").unchanged());
  v1::ListTargetsReply listed;
  ASSERT_TRUE(Ask(&v1::Node::Stub::ListTargets, v1::ListTargetsRequest(), listed).ok());
  ASSERT_THAT(listed.targets(), SizeIs(1));
  const v1::TargetSummary& target = listed.targets(0);
  EXPECT_EQ(target.id(), set.id());
  EXPECT_EQ(target.value(), "99.50");
  EXPECT_EQ(target.unit(), "percent");
  EXPECT_EQ(target.by_year(), 2030u);
  EXPECT_EQ(target.approved_by(), "council");
  EXPECT_EQ(target.fault(), "");
  v1::WithdrawTargetRequest withdraw;
  withdraw.set_cell(kLiteracy);
  v1::PublishedRecord withdrawn;
  ASSERT_TRUE(Ask(&v1::Node::Stub::WithdrawTarget, withdraw, withdrawn).ok());
  EXPECT_EQ(withdrawn.revision(), 2u);
  ASSERT_TRUE(Ask(&v1::Node::Stub::ListTargets, v1::ListTargetsRequest(), listed).ok());
  EXPECT_THAT(listed.targets(), IsEmpty());
}

TEST_F(StrategyAnswersTest, AStrategyGoesThroughItsLife) {
  const v1::PublishedRecord added = AddsStrategy("Reading city");
  EXPECT_EQ(added.collection(), "strategies");
  v1::ReviseStrategyRequest revise;
  revise.set_id(added.id().substr(0, 8));
  revise.set_file("s.json");
  revise.set_content(R"({"title": "Reading region", "language": "en", "state": "finished"})");
  revise.set_reason("it grew");
  v1::PublishedRecord revised;
  ASSERT_TRUE(Ask(&v1::Node::Stub::ReviseStrategy, revise, revised).ok());
  v1::ListStrategiesReply listed;
  ASSERT_TRUE(Ask(&v1::Node::Stub::ListStrategies, v1::ListStrategiesRequest(), listed).ok());
  ASSERT_THAT(listed.strategies(), SizeIs(1));
  EXPECT_EQ(listed.strategies(0).title(), "Reading region");
  EXPECT_EQ(listed.strategies(0).state(), "finished");
  v1::GetStrategyRequest get;
  get.set_id(added.id());
  get.set_revision(1);
  v1::GetStrategyReply got;
  ASSERT_TRUE(Ask(&v1::Node::Stub::GetStrategy, get, got).ok());
  EXPECT_EQ(got.content().title(), "Reading city");
  EXPECT_THAT(got.strategy().cells(), ElementsAre(kLiteracy));
  ASSERT_THAT(got.revisions(), SizeIs(2));
  EXPECT_EQ(got.revisions(1).reason(), "it grew");
  v1::WithdrawStrategyRequest withdraw;
  withdraw.set_id(added.id());
  v1::PublishedRecord withdrawn;
  ASSERT_TRUE(Ask(&v1::Node::Stub::WithdrawStrategy, withdraw, withdrawn).ok());
  get.clear_revision();
  ASSERT_TRUE(Ask(&v1::Node::Stub::GetStrategy, get, got).ok());
  EXPECT_TRUE(got.withdrawn());
  EXPECT_FALSE(got.has_content());
}

TEST_F(StrategyAnswersTest, ProgressHasThemBesideTheFigures) {
  Must(bonn_.Publish({{replication::kIndicators, replication::kIndicatorSet, std::nullopt, false,
                       Must(node::domain::EncodeIndicatorSet(SetOf(2023, {ObservationOf(kLiteracy, "98")})))}}));
  SetsTarget("99.5");
  AddsStrategy("Reading city");
  v1::ListProgressReply progress;
  ASSERT_TRUE(Ask(&v1::Node::Stub::ListProgress, v1::ListProgressRequest(), progress).ok());
  ASSERT_THAT(progress.cells(), SizeIs(1));
  EXPECT_EQ(progress.cells(0).target().value(), "99.5");
  ASSERT_THAT(progress.cells(0).strategies(), SizeIs(1));
  EXPECT_EQ(progress.cells(0).strategies(0).starts_on(), "2021-03-01");
}

TEST_F(StrategyAnswersTest, RefusalsCarryTheirCodes) {
  v1::SetTargetRequest set;
  set.set_cell("nothing");
  v1::PublishedRecord reply;
  EXPECT_EQ(Ask(&v1::Node::Stub::SetTarget, set, reply).error_code(), grpc::StatusCode::NOT_FOUND);
  v1::AddStrategyRequest add;
  add.set_file("s.json");
  add.set_content("[]");
  EXPECT_EQ(Ask(&v1::Node::Stub::AddStrategy, add, reply).error_code(), grpc::StatusCode::INVALID_ARGUMENT);
}

}  // namespace
}  // namespace hansa::testing
