#include "node/cli/node_client.h"

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/channel_arguments.h>

#include <utility>

#include "absl/strings/match.h"
#include "hansa/v1/node.grpc.pb.h"
#include "node/api/grpc_status.h"
#include "node/api/socket_address.h"

namespace hansa::node::cli {
namespace {

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
        channel(grpc::CreateCustomChannel(address.target(), grpc::InsecureChannelCredentials(), Arguments())),
        node(v1::Node::NewStub(channel)) {}

  template <typename Method, typename Request, typename Reply>
  absl::Status Call(Method method, const Request& request, Reply& reply) {
    grpc::ClientContext context;
    absl::Status status = api::FromGrpc((node.get()->*method)(&context, request, &reply));
    if (absl::IsUnavailable(status)) {
      return absl::UnavailableError("the node went away before it answered; see its log, start it again and ask again");
    }
    return status;
  }

  api::SocketAddress address;  // outlives the channel
  std::shared_ptr<grpc::Channel> channel;
  std::unique_ptr<v1::Node::Stub> node;
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

absl::Status NodeClient::Ask(const v1::GetStatusRequest& request, v1::GetStatusReply& reply) {
  return inside_->Call(&v1::Node::Stub::GetStatus, request, reply);
}
absl::Status NodeClient::Ask(const v1::ListMembersRequest& request, v1::ListMembersReply& reply) {
  return inside_->Call(&v1::Node::Stub::ListMembers, request, reply);
}
absl::Status NodeClient::Ask(const v1::GetMemberRequest& request, v1::GetMemberReply& reply) {
  return inside_->Call(&v1::Node::Stub::GetMember, request, reply);
}
absl::Status NodeClient::Ask(const v1::ListRosterEntriesRequest& request, v1::ListRosterEntriesReply& reply) {
  return inside_->Call(&v1::Node::Stub::ListRosterEntries, request, reply);
}
absl::Status NodeClient::Ask(const v1::ListPeersRequest& request, v1::ListPeersReply& reply) {
  return inside_->Call(&v1::Node::Stub::ListPeers, request, reply);
}
absl::Status NodeClient::Ask(const v1::AddPeerRequest& request, v1::AddPeerReply& reply) {
  return inside_->Call(&v1::Node::Stub::AddPeer, request, reply);
}
absl::Status NodeClient::Ask(const v1::RemovePeerRequest& request, v1::RemovePeerReply& reply) {
  return inside_->Call(&v1::Node::Stub::RemovePeer, request, reply);
}
absl::Status NodeClient::Ask(const v1::ListFeedsRequest& request, v1::ListFeedsReply& reply) {
  return inside_->Call(&v1::Node::Stub::ListFeeds, request, reply);
}
absl::Status NodeClient::Ask(const v1::VerifyRequest& request, v1::VerifyReply& reply) {
  return inside_->Call(&v1::Node::Stub::Verify, request, reply);
}
absl::Status NodeClient::Ask(const v1::AdmitRequest& request, v1::AdmitReply& reply) {
  return inside_->Call(&v1::Node::Stub::Admit, request, reply);
}
absl::Status NodeClient::Ask(const v1::ImportIndicatorsRequest& request, v1::ImportIndicatorsReply& reply) {
  return inside_->Call(&v1::Node::Stub::ImportIndicators, request, reply);
}
absl::Status NodeClient::Ask(const v1::ShowIndicatorsRequest& request, v1::ShowIndicatorsReply& reply) {
  return inside_->Call(&v1::Node::Stub::ShowIndicators, request, reply);
}
absl::Status NodeClient::Ask(const v1::CheckIndicatorsRequest& request, v1::CheckIndicatorsReply& reply) {
  return inside_->Call(&v1::Node::Stub::CheckIndicators, request, reply);
}
absl::Status NodeClient::Ask(const v1::PublishIndicatorsRequest& request, v1::PublishIndicatorsReply& reply) {
  return inside_->Call(&v1::Node::Stub::PublishIndicators, request, reply);
}
absl::Status NodeClient::Ask(const v1::ListIndicatorHistoryRequest& request, v1::ListIndicatorHistoryReply& reply) {
  return inside_->Call(&v1::Node::Stub::ListIndicatorHistory, request, reply);
}
absl::Status NodeClient::Ask(const v1::ReindexRequest& request, v1::ReindexReply& reply) {
  return inside_->Call(&v1::Node::Stub::Reindex, request, reply);
}

}  // namespace hansa::node::cli
