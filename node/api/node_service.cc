#include "node/api/node_service.h"

#include <grpcpp/server_context.h>

#include "hansa/v1/node.grpc.pb.h"
#include "node/api/answers.h"
#include "node/api/grpc_status.h"

namespace hansa::node::api {
namespace {

class NodeService final : public v1::Node::Service {
 public:
  explicit NodeService(ApiParts& parts) : parts_(parts) {}

  grpc::Status GetStatus(grpc::ServerContext* context, const v1::GetStatusRequest* request,
                         v1::GetStatusReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status ListMembers(grpc::ServerContext* context, const v1::ListMembersRequest* request,
                           v1::ListMembersReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status GetMember(grpc::ServerContext* context, const v1::GetMemberRequest* request,
                         v1::GetMemberReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status ListRosterEntries(grpc::ServerContext* context, const v1::ListRosterEntriesRequest* request,
                                 v1::ListRosterEntriesReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status ListPeers(grpc::ServerContext* context, const v1::ListPeersRequest* request,
                         v1::ListPeersReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status AddPeer(grpc::ServerContext* context, const v1::AddPeerRequest* request,
                       v1::AddPeerReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status RemovePeer(grpc::ServerContext* context, const v1::RemovePeerRequest* request,
                          v1::RemovePeerReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status ListFeeds(grpc::ServerContext* context, const v1::ListFeedsRequest* request,
                         v1::ListFeedsReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status Verify(grpc::ServerContext* context, const v1::VerifyRequest* request, v1::VerifyReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status Admit(grpc::ServerContext* context, const v1::AdmitRequest* request, v1::AdmitReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status ImportIndicators(grpc::ServerContext* context, const v1::ImportIndicatorsRequest* request,
                                v1::ImportIndicatorsReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status ShowIndicators(grpc::ServerContext* context, const v1::ShowIndicatorsRequest* request,
                              v1::ShowIndicatorsReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status CheckIndicators(grpc::ServerContext* context, const v1::CheckIndicatorsRequest* request,
                               v1::CheckIndicatorsReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status PublishIndicators(grpc::ServerContext* context, const v1::PublishIndicatorsRequest* request,
                                 v1::PublishIndicatorsReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status ListIndicatorHistory(grpc::ServerContext* context, const v1::ListIndicatorHistoryRequest* request,
                                    v1::ListIndicatorHistoryReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status Reindex(grpc::ServerContext* context, const v1::ReindexRequest* request,
                       v1::ReindexReply* reply) override {
    return Reply(context, *request, *reply);
  }

 private:
  // A question whose asker has gone meanwhile is not begun.
  template <typename Request, typename Answered>
  grpc::Status Reply(grpc::ServerContext* context, const Request& request, Answered& reply) {
    if (context->IsCancelled()) return grpc::Status::CANCELLED;
    return ToGrpc(Answer(parts_, request, reply));
  }

  ApiParts& parts_;
};

}  // namespace

std::shared_ptr<grpc::Service> MakeNodeService(ApiParts& parts) { return std::make_shared<NodeService>(parts); }

}  // namespace hansa::node::api
