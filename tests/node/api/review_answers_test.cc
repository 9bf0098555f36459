// Reports, ratings and surveys asked over the socket.
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
#include "tests/testing/reviews.h"
#include "tests/testing/temp_folder.h"

namespace hansa::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kReport[] = R"({"title": "Learning in every street", "language": "en", "year": 2025})";
constexpr char kSurvey[] = R"({"agency": "Institute", "year": 2025, "language": "en",
  "values": [{"cell": "2.5.2/learning-to-live-together", "value": "61.4"}]})";

class ReviewAnswersTest : public ::testing::Test {
 protected:
  ReviewAnswersTest() {
    AdoptCurrentFramework(network_);
    LetCitiesWrite(network_, replication::kReviews);
    network_.AdmitAuthority(germany_);
    bonn_number_ = network_.AdmitCity(CityNamed("de-bonn", "DEU"), germany_);
    ListKey(network_, ExpertNamed("int-expert"));
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
  v1::PublishedRecord Submits() {
    v1::SubmitReportRequest request;
    request.set_file("report.json");
    request.set_content(kReport);
    request.add_features("2.6.1");
    v1::PublishedRecord reply;
    EXPECT_TRUE(Ask(&v1::Node::Stub::SubmitReport, request, reply).ok());
    return reply;
  }
  v1::GetReviewReply Shows(const std::string& id) {
    v1::GetReviewRequest request;
    request.set_id(id);
    v1::GetReviewReply reply;
    EXPECT_TRUE(Ask(&v1::Node::Stub::GetReview, request, reply).ok());
    return reply;
  }
  v1::ListReviewsReply Lists(const v1::ListReviewsRequest& request = {}) {
    v1::ListReviewsReply reply;
    EXPECT_TRUE(Ask(&v1::Node::Stub::ListReviews, request, reply).ok());
    return reply;
  }

  Network network_ = Network::Founded();
  Applicant germany_ = AuthorityOf("DEU");
  replication::Member bonn_number_;
  FakeNode bonn_{network_, CityNamed("de-bonn", "DEU")};
  TempFolder folder_;
  std::string socket_ = folder_ / "run/hansa.sock";
  std::unique_ptr<node::api::ApiServer> server_;
  std::optional<node::api::SocketAddress> address_;
  std::unique_ptr<v1::Node::Stub> stub_;
};

TEST_F(ReviewAnswersTest, AReportIsSubmittedShownAndTakenBack) {
  const v1::PublishedRecord submitted = Submits();
  EXPECT_EQ(submitted.collection(), "reviews");
  EXPECT_TRUE(Submits().unchanged());
  const v1::GetReviewReply shown = Shows(submitted.id().substr(0, 8));
  EXPECT_EQ(shown.report().title(), "Learning in every street");
  EXPECT_EQ(shown.member_number(), bonn_number_.value());
  EXPECT_EQ(shown.network(), network_.id().hex());
  EXPECT_EQ(shown.revisions(0).entry_hash().size(), 64u);
  EXPECT_THAT(shown.review().features(), ElementsAre("2.6.1"));
  EXPECT_FALSE(shown.review().has_rating());
  v1::WithdrawReviewRequest withdraw;
  withdraw.set_id(submitted.id());
  v1::PublishedRecord withdrawn;
  ASSERT_TRUE(Ask(&v1::Node::Stub::WithdrawReview, withdraw, withdrawn).ok());
  EXPECT_EQ(withdrawn.revision(), 2u);
  EXPECT_TRUE(Shows(submitted.id()).withdrawn());
  EXPECT_THAT(Lists().reviews(), IsEmpty());
}

TEST_F(ReviewAnswersTest, ARatingThatIsHeldIsShownWithWhatTheExpertSigned) {
  const v1::PublishedRecord report = Submits();
  const Rated rated{bonn_number_, *replication::RecordId::FromHexText(report.id()),
                    *replication::Hash::FromHexText(Shows(report.id()).revisions(0).entry_hash())};
  const Applicant expert = ExpertNamed("int-expert");
  node::Publication publication;
  publication.collection = replication::kReviews;
  publication.kind = replication::kReviewRating;
  publication.payload =
      Must(node::domain::EncodeRecord(SignedRating(network_, expert, RatingOf(rated, expert, 4), "We take it up.")));
  const std::string id = Must(bonn_.Publish({publication}))[0].record.hex();
  const v1::GetReviewReply shown = Shows(id);
  EXPECT_EQ(shown.review().rating(), 4u);
  EXPECT_EQ(shown.review().word_of(), "signed by expert int-expert");
  EXPECT_EQ(shown.rating().answer(), "We take it up.");
  EXPECT_EQ(shown.rating_body().reasons(), "Wide and lasting.");
  EXPECT_EQ(shown.fault(), "");
  v1::ListReviewsRequest ratings;
  ratings.set_kind("rating");
  ratings.set_year(2025);
  EXPECT_THAT(Lists(ratings).reviews(), SizeIs(1));
  ratings.set_year(2024);
  EXPECT_THAT(Lists(ratings).reviews(), IsEmpty());
  v1::PublishRatingRequest altered;
  altered.set_file("rating.json");
  altered.set_content("{}");
  v1::PublishedRecord reply;
  const grpc::Status refused = Ask(&v1::Node::Stub::PublishRating, altered, reply);
  EXPECT_EQ(refused.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(refused.error_message(), HasSubstr("rating.json"));
}

TEST_F(ReviewAnswersTest, ASurveyIsEnteredAndStandsAmongTheIndicators) {
  v1::EnterSurveyRequest request;
  request.set_file("survey.json");
  request.set_content(kSurvey);
  request.set_note("After the flood.");
  v1::PublishedRecord entered;
  ASSERT_TRUE(Ask(&v1::Node::Stub::EnterSurvey, request, entered).ok());
  EXPECT_EQ(Shows(entered.id()).survey_body().agency().name(), "Institute");
  v1::ShowIndicatorsReply rows;
  ASSERT_TRUE(Ask(&v1::Node::Stub::ShowIndicators, v1::ShowIndicatorsRequest(), rows).ok());
  ASSERT_THAT(rows.rows(), SizeIs(1));
  EXPECT_EQ(rows.rows(0).word_of(), "entered by the city");
  EXPECT_EQ(rows.rows(0).note(), "After the flood.");
  v1::ListProgressReply progress;
  ASSERT_TRUE(Ask(&v1::Node::Stub::ListProgress, v1::ListProgressRequest(), progress).ok());
  EXPECT_EQ(progress.cells(0).word_of(), "entered by the city");
}

}  // namespace
}  // namespace hansa::testing
