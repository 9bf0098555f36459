// The server on its socket, asked as any gRPC client asks: raw bytes, no code of ours on the other side.
#include "node/api/api_server.h"

#include <grpcpp/channel.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/security/credentials.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "hansa/v1/node.pb.h"
#include "node/api/socket_address.h"
#include "tests/testing/fake_node.h"
#include "tests/testing/temp_folder.h"

namespace hansa::testing {
namespace {

using node::api::ApiServer;
using node::api::SocketAddress;
using ::testing::HasSubstr;
using ::testing::Not;

grpc::ByteBuffer BufferOf(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}
std::string BytesOf(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  std::string bytes;
  if (!buffer.Dump(&slices).ok()) return bytes;
  for (const grpc::Slice& slice : slices) bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  return bytes;
}

class ApiServerTest : public ::testing::Test {
 protected:
  std::unique_ptr<ApiServer> Start(const std::string& socket) {
    return Must(ApiServer::Start({.socket = socket,
                                  .node = node_,
                                  .views = node_.views(),
                                  .catalogue = node::catalogue::CurrentCatalogue(),
                                  .today_year = [] { return 2026; }}));
  }
  // Sends one message and reads one, as a stream of one; the status if none came.
  static absl::StatusOr<std::string> Ask(const std::string& socket, const std::string& method,
                                         const std::string& request) {
    const absl::StatusOr<SocketAddress> address = SocketAddress::ForDialling(socket);
    if (!address.ok()) return address.status();
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    grpc::GenericStub stub(grpc::CreateCustomChannel(address->target(), grpc::InsecureChannelCredentials(), arguments));
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
    grpc::CompletionQueue queue;
    const auto call = stub.PrepareCall(&context, method, &queue);
    const auto done = [&queue] {
      void* tag = nullptr;
      bool ok = false;
      return queue.Next(&tag, &ok) && ok;
    };
    grpc::ByteBuffer reply;
    call->StartCall(nullptr);
    bool got = done();
    if (got) call->WriteLast(BufferOf(request), grpc::WriteOptions(), nullptr);
    got = got && done();
    if (got) call->Read(&reply, nullptr);
    got = got && done();
    grpc::Status status;
    call->Finish(&status, nullptr);
    done();
    if (!got) return absl::Status(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
    return BytesOf(reply);
  }

  Network network_ = Network::Founded();
  FakeNode node_{network_, CityNamed("de-bonn", "DEU")};
  TempFolder folder_;
  std::string socket_ = folder_ / "run/hansa.sock";
};

TEST_F(ApiServerTest, AnswersOnItsSocket) {
  const auto server = Start(socket_);
  EXPECT_THAT(Must(Ask(socket_, "/hansa.v1.Node/GetStatus", "")), HasSubstr("de-bonn"));
}

TEST_F(ApiServerTest, AnswersWithinTheProcessAsOnItsSocket) {
  const auto server = Start(socket_);
  EXPECT_EQ(Must(server->Ask({.method = "ListMembers", .bytes = ""})),
            Must(Ask(socket_, "/hansa.v1.Node/ListMembers", "")));
  EXPECT_THAT(server->Ask({.method = "NoSuchMethod", .bytes = ""}), StatusIs(absl::StatusCode::kUnimplemented));
  EXPECT_THAT(server->Ask({.method = "GetMember", .bytes = std::string("\x0a\x07xx-none", 9)}),
              StatusIs(absl::StatusCode::kNotFound, "xx-none"));
  EXPECT_THAT(server->Ask({.method = "ListMembers", .bytes = "", .metadata = {}, .patience = absl::ZeroDuration()}),
              StatusIs(absl::StatusCode::kDeadlineExceeded));
  // A field that nobody knows, of 20 MiB: as large as a file may be.
  const std::string large = std::string("\xc2\x3e\x80\x80\x80\x0a", 6) + std::string(20 * 1024 * 1024, 'x');
  EXPECT_THAT(Must(server->Ask({.method = "GetStatus", .bytes = large})), HasSubstr("de-bonn"));
}

TEST_F(ApiServerTest, AnAccountSaysWhichYearAndDraftItPublishes) {
  const auto server = Start(socket_);
  const auto ask = [&server](const std::string& bytes, const std::string& account) {
    std::vector<std::pair<std::string, std::string>> metadata;
    if (!account.empty()) metadata.emplace_back("hansa-account-bin", account);
    return server->Ask({.method = "PublishIndicators", .bytes = bytes, .metadata = metadata}).status();
  };
  v1::PublishIndicatorsRequest request;
  EXPECT_THAT(ask(request.SerializeAsString(), "kim"), StatusIs(absl::StatusCode::kInvalidArgument, "which year"));
  request.set_year(2023);
  EXPECT_THAT(ask(request.SerializeAsString(), "kim"), StatusIs(absl::StatusCode::kInvalidArgument, "which year"));
  EXPECT_THAT(std::string(ask(request.SerializeAsString(), "").message()), Not(HasSubstr("which year")));
  request.set_draft("0123");
  EXPECT_THAT(std::string(ask(request.SerializeAsString(), "kim").message()), Not(HasSubstr("which year")));
}

TEST_F(ApiServerTest, OnlyOwnerAndGroupMayUseTheSocketAndOnlyTheOwnerItsFolder) {
  const auto server = Start(socket_);
  struct stat about {};
  ASSERT_EQ(stat(socket_.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0660u);
  ASSERT_EQ(stat((folder_ / "run").c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0700u);
}

TEST_F(ApiServerTest, APathOfAnyLengthWillDo) {
  std::string deep = folder_.path();
  for (int i = 0; i < 5; ++i) {
    deep += "/" + std::string(60, static_cast<char>('a' + i));
    ASSERT_EQ(mkdir(deep.c_str(), 0700), 0);
  }
  ASSERT_GT(deep.size(), 300u);
  const std::string socket = deep + "/run/hansa.sock";
  const auto server = Start(socket);
  EXPECT_THAT(Must(Ask(socket, "/hansa.v1.Node/GetStatus", "")), HasSubstr("de-bonn"));
}

TEST_F(ApiServerTest, SeveralServersOfOneProcessDoNotMixUpTheirClients) {
  FakeNode other(network_, CityNamed("de-aachen", "DEU"));
  const auto server = Start(socket_);
  const auto second = Must(ApiServer::Start({.socket = folder_ / "other/hansa.sock",
                                             .node = other,
                                             .views = other.views(),
                                             .catalogue = node::catalogue::CurrentCatalogue(),
                                             .today_year = nullptr}));
  EXPECT_THAT(Must(Ask(folder_ / "other/hansa.sock", "/hansa.v1.Node/GetStatus", "")), HasSubstr("de-aachen"));
  EXPECT_THAT(Must(Ask(socket_, "/hansa.v1.Node/GetStatus", "")), HasSubstr("de-bonn"));
}

TEST_F(ApiServerTest, ASocketLeftByADeadProcessIsReplaced) {
  ASSERT_EQ(mkdir((folder_ / "run").c_str(), 0700), 0);
  const int dead = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, socket_.c_str(), sizeof(address.sun_path) - 1);
  ASSERT_EQ(bind(dead, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
  close(dead);
  EXPECT_THAT(SocketAddress::ForDialling(socket_),
              StatusIs(absl::StatusCode::kUnavailable, "nobody listens on the socket"));
  const auto server = Start(socket_);
  EXPECT_THAT(Ask(socket_, "/hansa.v1.Node/GetStatus", ""), IsOk());
}

TEST_F(ApiServerTest, HealthCheckingSaysServing) {
  const auto server = Start(socket_);
  const std::string serving("\x08\x01", 2);
  const std::string node(
      "\x0a\x0d"
      "hansa.v1.Node");
  EXPECT_THAT(Ask(socket_, "/grpc.health.v1.Health/Check", ""), IsOkAndHolds(serving));
  EXPECT_THAT(Ask(socket_, "/grpc.health.v1.Health/Check", node), IsOkAndHolds(serving));
}

TEST_F(ApiServerTest, ReflectionListsTheServices) {
  const auto server = Start(socket_);
  const std::string list_services("\x3a\x00", 2);
  EXPECT_THAT(Must(Ask(socket_, "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", list_services)),
              HasSubstr("hansa.v1.Node"));
}

TEST_F(ApiServerTest, BytesThatAreNoQuestionAndMethodsThatAreNotThereAreRefused) {
  const auto server = Start(socket_);
  EXPECT_FALSE(Ask(socket_, "/hansa.v1.Node/GetMember", "\xFF\xFF\xFF").ok());
  EXPECT_THAT(Ask(socket_, "/hansa.v1.Node/NoSuchMethod", ""), StatusIs(absl::StatusCode::kUnimplemented));
  EXPECT_THAT(Ask(socket_, "/hansa.v1.Node/ImportIndicators", std::string(33 * 1024 * 1024, 'x')),
              StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_THAT(Ask(socket_, "/hansa.v1.Node/GetStatus", ""), IsOk());
}

TEST_F(ApiServerTest, AfterShutdownNobodyAnswers) {
  const auto server = Start(socket_);
  server->Shutdown(absl::Seconds(1));
  server->Shutdown(absl::Seconds(1));
  EXPECT_THAT(Ask(socket_, "/hansa.v1.Node/GetStatus", ""), StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(ApiServerTest, AFolderThatCannotBeMadeIsSaid) {
  const auto server = ApiServer::Start({.socket = folder_ / "no/such/run/hansa.sock",
                                        .node = node_,
                                        .views = node_.views(),
                                        .catalogue = node::catalogue::CurrentCatalogue(),
                                        .today_year = nullptr});
  EXPECT_THAT(server, StatusIs(absl::StatusCode::kNotFound, "cannot make the folder"));
}

}  // namespace
}  // namespace hansa::testing
