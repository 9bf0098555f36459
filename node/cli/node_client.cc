#include "node/cli/node_client.h"

#include <google/protobuf/message.h>
#include <grpcpp/client_context.h>
#include <grpcpp/completion_queue.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/channel_arguments.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "node/api/grpc_status.h"
#include "node/api/socket_address.h"
#include "replication/check.h"

namespace hansa::node::cli {
namespace {

namespace pb = google::protobuf;

// "hansa.v1.GetStatusRequest" → "/hansa.v1.Node/GetStatus".
std::string MethodOf(const pb::Message& request) {
  absl::string_view name = request.GetDescriptor()->name();
  HANSA_CHECK(absl::ConsumeSuffix(&name, "Request"));
  return absl::StrCat("/hansa.v1.Node/", name);
}

grpc::ChannelArguments Arguments() {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(-1);  // it is our own node
  arguments.SetMaxSendMessageSize(-1);
  // Addresses name open folders of this process: no connection of another client may be taken.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  return arguments;
}

}  // namespace

struct NodeClient::Inside {
  explicit Inside(api::SocketAddress where)
      : address(std::move(where)),
        stub(grpc::CreateCustomChannel(address.target(), grpc::InsecureChannelCredentials(), Arguments())) {}

  api::SocketAddress address;  // outlives the channel
  grpc::GenericStub stub;
};

absl::StatusOr<NodeClient> NodeClient::Dial(const std::string& socket) {
  absl::StatusOr<api::SocketAddress> address = api::SocketAddress::ForDialling(socket);
  if (!address.ok()) return address.status();
  return NodeClient(std::make_unique<Inside>(*std::move(address)));
}

NodeClient::NodeClient(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
NodeClient::NodeClient(NodeClient&&) noexcept = default;
NodeClient& NodeClient::operator=(NodeClient&&) noexcept = default;
NodeClient::~NodeClient() = default;

absl::Status NodeClient::Ask(const pb::Message& request, pb::Message& reply) {
  const std::string method = MethodOf(request);
  bool own_buffer = false;
  grpc::ByteBuffer question;
  const grpc::Status written =
      grpc::GenericSerialize<grpc::ProtoBufferWriter, pb::Message>(request, &question, &own_buffer);
  if (!written.ok()) return api::FromGrpc(written);

  grpc::ClientContext context;
  grpc::CompletionQueue done;
  const auto call = inside_->stub.PrepareUnaryCall(&context, method, question, &done);
  call->StartCall();
  grpc::ByteBuffer answer;
  grpc::Status status;
  call->Finish(&answer, &status, nullptr);
  void* tag = nullptr;
  bool came = false;
  HANSA_CHECK(done.Next(&tag, &came));
  if (status.ok()) status = grpc::GenericDeserialize<grpc::ProtoBufferReader, pb::Message>(&answer, &reply);
  if (status.error_code() == grpc::StatusCode::UNAVAILABLE) {
    return absl::UnavailableError("the node went away before it answered; see its log, start it again and ask again");
  }
  return api::FromGrpc(status);
}

}  // namespace hansa::node::cli
