// A member with a listed key that does not keep to the protocol: it costs its own link and nothing else.
#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/support/channel_arguments.h>
#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "node/wire/frame_codec.h"
#include "node/wire/grpc_bytes.h"
#include "node/wire/pin_verifier.h"
#include "node/wire/stream_arguments.h"
#include "tests/node/wire/recorder.h"
#include "tests/node/wire/tls_client.h"

namespace hansa::node::wire {
namespace {

using replication::CloseCode;
using replication::CloseFrame;
using replication::RootWant;

// gRPC by hand: one connection, any method, any bytes.
class HostileMember {
 public:
  HostileMember(std::uint8_t seed_byte, const std::string& address) {
    const TlsIdentity identity = *MakeTlsIdentity(TestSeed(seed_byte));
    grpc::ChannelArguments arguments;
    arguments.SetSslTargetNameOverride(kTlsName);
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    arguments.SetMaxReceiveMessageSize(-1);
    arguments.SetMaxSendMessageSize(-1);
    channel_ = grpc::CreateCustomChannel(
        "dns:///" + address,
        PinnedChannelCredentials(identity, std::make_shared<ExpectedPins>(std::set<replication::Pin>())), arguments);
  }

  // Sends the messages on a stream of its own, reads the answers until the end, and returns how it ended.
  grpc::Status Sends(const std::vector<std::string>& messages, const std::string& method = kConverseMethod) {
    answers_.clear();
    grpc::GenericStub stub(channel_);
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
    grpc::CompletionQueue queue;
    const auto call = stub.PrepareCall(&context, method, &queue);
    call->StartCall(nullptr);
    bool ok = Next(queue);
    for (const std::string& message : messages) {
      if (!ok) break;
      call->Write(BufferOf(message), nullptr);
      ok = Next(queue);
    }
    for (;;) {
      grpc::ByteBuffer answer;
      call->Read(&answer, nullptr);
      if (!Next(queue)) break;
      answers_.push_back(*BytesOf(&answer));
    }
    grpc::Status status;
    call->Finish(&status, nullptr);
    Next(queue);
    queue.Shutdown();
    return status;
  }

  const std::vector<std::string>& answers() const { return answers_; }

 private:
  static bool Next(grpc::CompletionQueue& queue) {
    void* tag = nullptr;
    bool ok = false;
    return queue.Next(&tag, &ok) && ok;
  }

  std::shared_ptr<grpc::Channel> channel_;
  std::vector<std::string> answers_;
};

class HostilePeerTest : public testing::Test {
 protected:
  HostilePeerTest() {
    hub_->AcceptOnly({honest_.pin(), MakeTlsIdentity(TestSeed(3))->pin});
    EXPECT_TRUE(honest_.DialOpens(hub_.address(), hub_.pin()));
    EXPECT_TRUE(hub_.Opened().has_value());
  }

  void ExpectHonestLinkGoesOn() {
    EXPECT_EQ(honest_.ended_count(), 0u);
    const std::size_t n = honest_.frame_count();
    EXPECT_TRUE(hub_->Say(hub_.Opened()->link, RootWant{1}));
    EXPECT_TRUE(honest_.Frame(n).has_value());
  }

  void ExpectAnsweredBy(CloseCode code, const HostileMember& member) {
    ASSERT_EQ(member.answers().size(), 1u);
    const absl::StatusOr<replication::Frame> answer = DecodeFrame(member.answers().front());
    ASSERT_TRUE(answer.ok());
    ASSERT_TRUE(std::holds_alternative<CloseFrame>(*answer));
    EXPECT_EQ(std::get<CloseFrame>(*answer).code, code);
  }

  RecordedWire hub_{1};
  RecordedWire honest_{2, ""};
};

TEST_F(HostilePeerTest, P11_GarbageIsAnsweredByCloseAndEndsThatLinkAlone) {
  HostileMember member(3, hub_.address());
  EXPECT_TRUE(member.Sends({"this is no frame"}).ok());
  ExpectAnsweredBy(CloseCode::kProtocol, member);
  const std::optional<LinkEnded> ended = hub_.Ended();
  ASSERT_TRUE(ended.has_value());
  EXPECT_EQ(ended->why.code(), absl::StatusCode::kInvalidArgument) << ended->why;
  EXPECT_EQ(ended->link, hub_.Opened(1)->link);
  EXPECT_EQ(hub_.frame_count(), 0u);
  ExpectHonestLinkGoesOn();
}

TEST_F(HostilePeerTest, FramesBeforeTheGarbageArrive) {
  HostileMember member(3, hub_.address());
  EXPECT_TRUE(member.Sends({EncodeFrame(RootWant{5}), "", EncodeFrame(RootWant{6})}).ok());
  ASSERT_TRUE(hub_.Ended().has_value());
  EXPECT_EQ(hub_.Frame()->frame, replication::Frame(RootWant{5}));
  EXPECT_EQ(hub_.frame_count(), 1u);
}

TEST_F(HostilePeerTest, AFrameFromTheFutureIsAnsweredUnsupported) {
  HostileMember member(3, hub_.address());
  EXPECT_TRUE(member.Sends({std::string("\x9a\x06\x00", 3)}).ok());  // field 99, empty
  ExpectAnsweredBy(CloseCode::kUnsupported, member);
  EXPECT_EQ(hub_.Ended()->why.code(), absl::StatusCode::kUnimplemented);
}

TEST_F(HostilePeerTest, AControlFrameTooLargeEndsThatLinkAlone) {
  HostileMember member(3, hub_.address());
  EXPECT_TRUE(member.Sends({EncodeFrame(replication::RootDocs{{std::string(100000, 'd')}})}).ok());
  ExpectAnsweredBy(CloseCode::kProtocol, member);
  EXPECT_EQ(hub_.Ended()->why.code(), absl::StatusCode::kResourceExhausted);
  ExpectHonestLinkGoesOn();
}

TEST_F(HostilePeerTest, AMessageAboveOneMebibyteIsNotReadAtAll) {
  HostileMember member(3, hub_.address());
  EXPECT_EQ(member.Sends({std::string(16 * 1024 * 1024, 'x')}).error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_TRUE(hub_.Ended().has_value());
  EXPECT_EQ(hub_.frame_count(), 0u);
  ExpectHonestLinkGoesOn();
}

TEST_F(HostilePeerTest, OtherMethodsDoNotExist) {
  HostileMember member(3, hub_.address());
  for (const char* method :
       {"/hansa.v1.Replication/Other", "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
        "/grpc.channelz.v1.Channelz/GetServers", "/grpc.health.v1.Health/Check"}) {
    EXPECT_EQ(member.Sends({}, method).error_code(), grpc::StatusCode::UNIMPLEMENTED) << method;
  }
  EXPECT_EQ(hub_.opened_count(), 1u);
}

TEST_F(HostilePeerTest, AStreamOnAConnectionFromBeforeIsJudgedByTheListOfNow) {
  HostileMember member(3, hub_.address());
  EXPECT_TRUE(member.Sends({"no frame"}).ok());
  hub_->AcceptOnly({honest_.pin()});
  EXPECT_EQ(member.Sends({EncodeFrame(RootWant{5})}).error_code(), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(hub_.opened_count(), 2u);
  ExpectHonestLinkGoesOn();
}

}  // namespace
}  // namespace hansa::node::wire
