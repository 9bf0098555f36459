// Practices and news asked over the socket: what a follower is told, when it is told, and how waiting ends.
#include <grpcpp/channel.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/time/clock.h"
#include "hansa/v1/node.grpc.pb.h"
#include "node/api/api_server.h"
#include "node/api/socket_address.h"
#include "node/desk/following_desk.h"
#include "tests/testing/fake_node.h"
#include "tests/testing/temp_folder.h"

namespace hansa::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::uint32_t kPatienceMs = 30'000;

class FollowingAnswersTest : public ::testing::Test {
 protected:
  FollowingAnswersTest() {
    AdoptCurrentFramework(network_);
    network_.AdmitAuthority(germany_);
    network_.AdmitCity(CityNamed("de-bonn", "DEU"), germany_);
    network_.AdmitCity(CityNamed("de-aachen", "DEU"), germany_);
    bonn_.Refresh();
    aachen_.Refresh();
    server_ = Must(node::api::ApiServer::Start({.socket = socket_,
                                                .node = bonn_,
                                                .views = bonn_.views(),
                                                .catalogue = node::catalogue::CurrentCatalogue(),
                                                .today_year = [] { return 2026; }}));
    address_.emplace(Must(node::api::SocketAddress::ForDialling(socket_)));
  }

  // A client with a connection of its own.
  std::unique_ptr<v1::Node::Stub> Client() const {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    return v1::Node::NewStub(
        grpc::CreateCustomChannel(address_->target(), grpc::InsecureChannelCredentials(), arguments));
  }
  template <typename Request, typename Reply>
  using Method = grpc::Status (v1::Node::Stub::*)(grpc::ClientContext*, const Request&, Reply*);
  template <typename Request, typename Reply>
  grpc::Status Ask(Method<Request, Reply> method, const Request& request, Reply& reply) const {
    grpc::ClientContext context;
    return (Client().get()->*method)(&context, request, &reply);
  }
  void Follow(const std::string& member, const std::vector<std::string>& collections) {
    v1::FollowRequest request;
    request.set_member(member);
    for (const std::string& collection : collections) request.add_collections(collection);
    v1::FollowReply reply;
    ASSERT_TRUE(Ask(&v1::Node::Stub::Follow, request, reply).ok());
  }
  void AachenPublishes(const std::string& title) {
    v1::Practice practice;
    practice.set_title(title);
    practice.set_language("en");
    Must(aachen_.Publish(
        {{replication::kPractices, replication::kPractice, std::nullopt, false, practice.SerializeAsString()}}));
    bonn_.Receive(aachen_.units().back());
    Must(bonn_.AwaitViews());
  }
  // Waits from `after` on; the titles that came.
  std::vector<std::string> Await(std::uint64_t after) const {
    v1::AwaitNewsRequest request;
    request.set_after(after);
    request.set_patience_ms(kPatienceMs);
    v1::AwaitNewsReply reply;
    const grpc::Status status = Ask(&v1::Node::Stub::AwaitNews, request, reply);
    EXPECT_TRUE(status.ok()) << status.error_message();
    std::vector<std::string> titles;
    for (const v1::NewsItem& item : reply.news()) titles.push_back(item.title());
    return titles;
  }
  // Whether as many wait as may.
  bool IsFull() const {
    v1::AwaitNewsRequest request;
    v1::AwaitNewsReply reply;
    return Ask(&v1::Node::Stub::AwaitNews, request, reply).error_code() == grpc::StatusCode::RESOURCE_EXHAUSTED;
  }

  Network network_ = Network::Founded();
  Applicant germany_ = AuthorityOf("DEU");
  FakeNode bonn_{network_, CityNamed("de-bonn", "DEU")};
  FakeNode aachen_{network_, CityNamed("de-aachen", "DEU")};
  TempFolder folder_;
  std::string socket_ = folder_ / "run/hansa.sock";
  std::unique_ptr<node::api::ApiServer> server_;
  std::optional<node::api::SocketAddress> address_;  // for all clients; outlives their connections
};

TEST_F(FollowingAnswersTest, APracticeGoesThroughItsLife) {
  v1::AddPracticeRequest add;
  add.set_file("p.json");
  add.set_content(R"({"title": "Reading aloud", "language": "en", "year": 2024, "feature_ids": ["2.1.3"]})");
  v1::PublishedRecord added;
  ASSERT_TRUE(Ask(&v1::Node::Stub::AddPractice, add, added).ok());
  EXPECT_EQ(added.member(), "de-bonn");
  EXPECT_EQ(added.collection(), "practices");
  EXPECT_EQ(added.title(), "Reading aloud");
  EXPECT_THAT(added.id(), SizeIs(32));

  v1::RevisePracticeRequest revise;
  revise.set_id(added.id().substr(0, 6));
  revise.set_file("p.json");
  revise.set_content(R"({"title": "Reading together", "language": "en", "year": 2024, "feature_ids": ["2.1.3"]})");
  revise.set_reason("a better name");
  v1::PublishedRecord revised;
  ASSERT_TRUE(Ask(&v1::Node::Stub::RevisePractice, revise, revised).ok());
  EXPECT_EQ(revised.revision(), 2u);

  v1::ListPracticesRequest list;
  list.set_feature("2.1.3");
  v1::ListPracticesReply listed;
  ASSERT_TRUE(Ask(&v1::Node::Stub::ListPractices, list, listed).ok());
  ASSERT_THAT(listed.practices(), SizeIs(1));
  EXPECT_EQ(listed.practices(0).title(), "Reading together");
  EXPECT_EQ(listed.practices(0).year(), 2024u);

  v1::GetPracticeRequest get;
  get.set_id(added.id());
  get.set_revision(1);
  v1::GetPracticeReply got;
  ASSERT_TRUE(Ask(&v1::Node::Stub::GetPractice, get, got).ok());
  EXPECT_EQ(got.content().title(), "Reading aloud");
  ASSERT_THAT(got.revisions(), SizeIs(2));
  EXPECT_EQ(got.revisions(1).reason(), "a better name");
  EXPECT_THAT(got.revisions(1).entry_hash(), SizeIs(64));

  v1::WithdrawPracticeRequest withdraw;
  withdraw.set_id(added.id());
  v1::PublishedRecord withdrawn;
  ASSERT_TRUE(Ask(&v1::Node::Stub::WithdrawPractice, withdraw, withdrawn).ok());
  ASSERT_TRUE(Ask(&v1::Node::Stub::ListPractices, list, listed).ok());
  EXPECT_THAT(listed.practices(), IsEmpty());
}

TEST_F(FollowingAnswersTest, RefusalsCarryTheirCodes) {
  v1::GetPracticeRequest get;
  get.set_id("0123456789");
  v1::GetPracticeReply got;
  EXPECT_EQ(Ask(&v1::Node::Stub::GetPractice, get, got).error_code(), grpc::StatusCode::NOT_FOUND);
  v1::FollowRequest follow;
  follow.set_member("de-bonn");
  v1::FollowReply followed;
  EXPECT_EQ(Ask(&v1::Node::Stub::Follow, follow, followed).error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  v1::SetKeepRequest keep;
  keep.set_keep("some");
  v1::SetKeepReply kept;
  EXPECT_EQ(Ask(&v1::Node::Stub::SetKeep, keep, kept).error_code(), grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(FollowingAnswersTest, StatusAndListsSayWhomTheNodeFollowsAndWhatItKeeps) {
  Follow("de-aachen", {"offers", "practices"});
  v1::ListFollowingRequest list;
  v1::ListFollowingReply listed;
  ASSERT_TRUE(Ask(&v1::Node::Stub::ListFollowing, list, listed).ok());
  ASSERT_THAT(listed.following(), SizeIs(1));
  EXPECT_EQ(listed.following(0).member(), "de-aachen");
  EXPECT_THAT(listed.following(0).collections(), ElementsAre("practices", "offers"));
  v1::SetKeepRequest keep;
  keep.set_keep("followed");
  v1::SetKeepReply kept;
  ASSERT_TRUE(Ask(&v1::Node::Stub::SetKeep, keep, kept).ok());
  EXPECT_EQ(kept.keep(), "followed");
  v1::GetStatusRequest ask;
  v1::GetStatusReply status;
  ASSERT_TRUE(Ask(&v1::Node::Stub::GetStatus, ask, status).ok());
  EXPECT_EQ(status.keep(), "followed");
  EXPECT_EQ(status.following(), 1u);
  v1::UnfollowRequest unfollow;
  unfollow.set_member("de-aachen");
  v1::UnfollowReply unfollowed;
  ASSERT_TRUE(Ask(&v1::Node::Stub::Unfollow, unfollow, unfollowed).ok());
  EXPECT_TRUE(unfollowed.was_followed());
  EXPECT_THAT(unfollowed.words(), HasSubstr("are removed"));
}

TEST_F(FollowingAnswersTest, NewsIsListedWithAPlaceToGoOnFrom) {
  Follow("de-aachen", {});
  AachenPublishes("Reading aloud");
  v1::ListNewsRequest list;
  list.set_only_new(true);
  v1::ListNewsReply listed;
  ASSERT_TRUE(Ask(&v1::Node::Stub::ListNews, list, listed).ok());
  ASSERT_THAT(listed.news(), SizeIs(1));
  const v1::NewsItem& item = listed.news(0);
  EXPECT_EQ(item.member(), "de-aachen");
  EXPECT_EQ(item.collection(), "practices");
  EXPECT_EQ(item.kind(), "practice");
  EXPECT_EQ(item.title(), "Reading aloud");
  EXPECT_EQ(item.at_ms(), bonn_.now_ms.load());
  EXPECT_EQ(item.revision(), 1u);
  EXPECT_EQ(item.sequence(), 1u);
  AachenPublishes("Reading together");
  EXPECT_THAT(Await(listed.position()), ElementsAre("Reading together"));
}

TEST_F(FollowingAnswersTest, TwoWhoWaitAreBothToldWhenItComes) {
  Follow("de-aachen", {"practices"});
  std::vector<std::thread> waiting;
  waiting.reserve(2);
  for (int i = 0; i < 2; ++i) {
    waiting.emplace_back([this] { EXPECT_THAT(Await(0), ElementsAre("Reading aloud")); });
  }
  AachenPublishes("Reading aloud");
  for (std::thread& thread : waiting) thread.join();
}

// One who waits there would keep a thread of the door from others.
TEST_F(FollowingAnswersTest, NobodyWaitsForNewsThroughTheDoor) {
  for (const std::uint32_t patience_ms : {1U, 30'000U, 0U}) {
    grpc::ClientContext context;
    context.AddMetadata("hansa-account-bin", "kim");
    v1::AwaitNewsRequest request;
    request.set_patience_ms(patience_ms);
    v1::AwaitNewsReply reply;
    const grpc::Status status = Client()->AwaitNews(&context, request, &reply);
    EXPECT_EQ(status.error_code(), patience_ms == 0 ? grpc::StatusCode::OK : grpc::StatusCode::INVALID_ARGUMENT);
    EXPECT_THAT(status.error_message(), HasSubstr(patience_ms == 0 ? "" : "/events"));
  }
}

TEST_F(FollowingAnswersTest, ShuttingDownEndsTheWaiting) {
  const absl::Time begun = absl::Now();
  std::vector<std::thread> waiting;
  waiting.reserve(node::desk::kWaitingMax);
  for (int i = 0; i < node::desk::kWaitingMax; ++i) {
    waiting.emplace_back([this] {
      v1::AwaitNewsRequest request;
      request.set_patience_ms(kPatienceMs);
      v1::AwaitNewsReply reply;
      grpc::Status status;
      do {
        grpc::ClientContext context;
        status = Client()->AwaitNews(&context, request, &reply);
      } while (status.error_code() == grpc::StatusCode::RESOURCE_EXHAUSTED);
      EXPECT_TRUE(status.ok()) << status.error_message();
    });
  }
  while (!IsFull()) absl::SleepFor(absl::Milliseconds(5));
  server_->Shutdown(absl::Seconds(60));
  for (std::thread& thread : waiting) thread.join();
  EXPECT_LT(absl::Now() - begun, absl::Milliseconds(kPatienceMs));
}

TEST_F(FollowingAnswersTest, WhoeverGoesAwayMakesRoomForOthers) {
  const absl::Time begun = absl::Now();
  std::vector<grpc::ClientContext> contexts(node::desk::kWaitingMax);
  std::vector<std::thread> waiting;
  waiting.reserve(contexts.size());
  for (grpc::ClientContext& context : contexts) {
    waiting.emplace_back([this, &context] {
      v1::AwaitNewsRequest request;
      request.set_patience_ms(kPatienceMs);
      v1::AwaitNewsReply reply;
      EXPECT_EQ(Client()->AwaitNews(&context, request, &reply).error_code(), grpc::StatusCode::CANCELLED);
    });
  }
  // Each is there, or on its way; a call that never got there gives its place up all the same.
  absl::SleepFor(absl::Milliseconds(100));
  for (grpc::ClientContext& context : contexts) context.TryCancel();
  for (std::thread& thread : waiting) thread.join();
  while (IsFull()) absl::SleepFor(absl::Milliseconds(5));
  Follow("de-aachen", {});
  AachenPublishes("Reading aloud");
  EXPECT_THAT(Await(0), ElementsAre("Reading aloud"));
  EXPECT_LT(absl::Now() - begun, absl::Milliseconds(kPatienceMs));
}

}  // namespace
}  // namespace hansa::testing
