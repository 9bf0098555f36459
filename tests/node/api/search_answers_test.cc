// Finding, asked over the socket: what was published is in the very next answer.
#include <grpcpp/channel.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "hansa/v1/node.grpc.pb.h"
#include "node/api/api_server.h"
#include "node/api/socket_address.h"
#include "tests/testing/fake_node.h"
#include "tests/testing/temp_folder.h"

namespace hansa::testing {
namespace {

class SearchAnswersTest : public ::testing::Test {
 protected:
  SearchAnswersTest() {
    AdoptCurrentFramework(network_);
    network_.AdmitAuthority(germany_);
    network_.AdmitCity(CityNamed("de-bonn", "DEU"), germany_);
    network_.AdmitCity(CityNamed("de-aachen", "DEU"), germany_);
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
  std::string Adds(const std::string& json) {
    v1::AddPracticeRequest request;
    request.set_file("practice.json");
    request.set_content(json);
    v1::PublishedRecord reply;
    EXPECT_TRUE(Ask(&v1::Node::Stub::AddPractice, request, reply).ok());
    return reply.id();
  }
  v1::SearchReply Searches(const std::string& text) {
    v1::SearchRequest request;
    request.set_text(text);
    v1::SearchReply reply;
    EXPECT_TRUE(Ask(&v1::Node::Stub::Search, request, reply).ok());
    return reply;
  }

  TempFolder folder_;
  std::string socket_ = folder_ / "run/hansa.sock";
  Network network_ = Network::Founded();
  Applicant germany_ = AuthorityOf("DEU");
  FakeNode bonn_{network_, CityNamed("de-bonn", "DEU")};
  std::unique_ptr<node::api::ApiServer> server_;
  std::optional<node::api::SocketAddress> address_;
  std::unique_ptr<v1::Node::Stub> stub_;
};

TEST_F(SearchAnswersTest, WhatWasPublishedIsFoundAtOnce) {
  EXPECT_EQ(Searches("reading").found(), 0u);
  const std::string id =
      Adds(R"({"title": "A city that reads", "language": "en", "year": 2021, "features": ["2.1.3"]})");
  const v1::SearchReply reply = Searches("reading");
  ASSERT_EQ(reply.hits_size(), 1);
  EXPECT_EQ(reply.found(), 1u);
  EXPECT_EQ(reply.unread(), 0u);
  const v1::SearchHit& hit = reply.hits(0);
  EXPECT_EQ(hit.record().id(), id);
  EXPECT_EQ(hit.record().member(), "de-bonn");
  EXPECT_EQ(hit.record().collection(), "practices");
  EXPECT_EQ(hit.record().kind(), "practice");
  EXPECT_EQ(hit.year(), 2021u);
  EXPECT_EQ(hit.features(0), "2.1.3");
  EXPECT_EQ(reply.facets(0).name(), "kind");
}

TEST_F(SearchAnswersTest, SimilarCitiesAndWhatCanBeLearnt) {
  Adds(R"({"title": "A city that reads", "language": "en", "features": ["2.1.3"]})");
  v1::FindSimilarReply similar;
  ASSERT_TRUE(Ask(&v1::Node::Stub::FindSimilar, v1::FindSimilarRequest(), similar).ok());
  EXPECT_EQ(similar.member(), "de-bonn");
  ASSERT_EQ(similar.cities_size(), 1);
  EXPECT_EQ(similar.cities(0).reasons(0), "in the same country, DEU");
  v1::LearnRequest request;
  request.set_part("2.1.3");
  v1::LearnReply learnt;
  ASSERT_TRUE(Ask(&v1::Node::Stub::Learn, request, learnt).ok());
  EXPECT_EQ(learnt.practices_size(), 1);
  request.set_part("0.0.0");
  EXPECT_EQ(Ask(&v1::Node::Stub::Learn, request, learnt).error_code(), grpc::StatusCode::NOT_FOUND);
}

// Figures that Bonn has published.
class PublishedFiguresTest : public SearchAnswersTest {
 protected:
  void Publishes(int year, const std::vector<std::string>& cells, std::size_t note = 0) {
    std::vector<node::domain::Observation> observations;
    for (const std::string& cell : cells) {
      observations.push_back(ObservationOf(cell, "5"));
      observations.back().note = std::string(note, 'x');
    }
    node::Publication publication{
        .collection = replication::kIndicators, .kind = replication::kIndicatorSet, .record = std::nullopt};
    publication.payload = Must(node::domain::EncodeIndicatorSet(SetOf(year, std::move(observations))));
    Must(bonn_.Publish({publication}).status());
  }
  // "1.2.2/unemployment-rate#total 2021"
  std::vector<std::string> Shown(bool latest_only) {
    v1::ShowPublishedIndicatorsRequest request;
    request.set_member("de-bonn");
    request.set_latest_only(latest_only);
    v1::ShowIndicatorsReply reply;
    EXPECT_TRUE(Ask(&v1::Node::Stub::ShowPublishedIndicators, request, reply).ok());
    std::vector<std::string> lines;
    for (const v1::IndicatorRow& row : reply.rows()) lines.push_back(absl::StrCat(row.cell(), " ", row.year()));
    return lines;
  }
};

TEST_F(PublishedFiguresTest, OfEachCellTheLatestYearAlone) {
  const std::string literacy = "1.1.1/adult-literacy-rate#total", unemployment = "1.2.2/unemployment-rate#total";
  Publishes(2021, {literacy, unemployment});
  Publishes(2023, {literacy});
  const std::string in_2021 = absl::StrCat(unemployment, " 2021"), in_2023 = absl::StrCat(literacy, " 2023");
  EXPECT_THAT(Shown(true), ::testing::ElementsAre(in_2021, in_2023));
  EXPECT_THAT(Shown(false), ::testing::ElementsAre(absl::StrCat(literacy, " 2021"), in_2021, in_2023));
}

TEST_F(PublishedFiguresTest, SeveralYearsAreNoMoreThanAnAnswerHolds) {
  constexpr std::size_t kNote = 2'000;
  std::vector<std::string> cells;
  for (const auto& cell : node::catalogue::CurrentCatalogue().cells()) cells.push_back(cell.id);
  for (std::size_t year = 0; year * cells.size() * kNote <= 4 * 1024 * 1024; ++year) {
    Publishes(1950 + static_cast<int>(year), cells, kNote);
  }
  v1::ShowPublishedIndicatorsRequest request;
  request.set_member("de-bonn");
  v1::ShowIndicatorsReply reply;
  const grpc::Status refused = Ask(&v1::Node::Stub::ShowPublishedIndicators, request, reply);
  EXPECT_EQ(refused.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_THAT(refused.error_message(), ::testing::HasSubstr("ask for one year at a time"));
  request.set_year(1950);
  EXPECT_TRUE(Ask(&v1::Node::Stub::ShowPublishedIndicators, request, reply).ok());
  EXPECT_EQ(reply.rows_size(), static_cast<int>(cells.size()));
  EXPECT_EQ(Shown(true).size(), cells.size());
}

}  // namespace
}  // namespace hansa::testing
