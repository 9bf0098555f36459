// The running node as the command line sees it: one question, one answer, over its Unix socket.
#ifndef HANSA_NODE_CLI_NODE_CLIENT_H_
#define HANSA_NODE_CLI_NODE_CLIENT_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace hansa::v1 {
class GetStatusRequest;
class GetStatusReply;
class ListMembersRequest;
class ListMembersReply;
class GetMemberRequest;
class GetMemberReply;
class ListRosterEntriesRequest;
class ListRosterEntriesReply;
class ListPeersRequest;
class ListPeersReply;
class AddPeerRequest;
class AddPeerReply;
class RemovePeerRequest;
class RemovePeerReply;
class ListFeedsRequest;
class ListFeedsReply;
class VerifyRequest;
class VerifyReply;
class AdmitRequest;
class AdmitReply;
class ImportIndicatorsRequest;
class ImportIndicatorsReply;
class ShowIndicatorsRequest;
class ShowIndicatorsReply;
class CheckIndicatorsRequest;
class CheckIndicatorsReply;
class PublishIndicatorsRequest;
class PublishIndicatorsReply;
class ListIndicatorHistoryRequest;
class ListIndicatorHistoryReply;
class ReindexRequest;
class ReindexReply;
}  // namespace hansa::v1

namespace hansa::node::cli {

// Movable. Not thread-safe.
class NodeClient {
 public:
  //   UNAVAILABLE  no node answers on the socket, and why
  static absl::StatusOr<NodeClient> Dial(const std::string& socket);

  NodeClient(NodeClient&&) noexcept;
  NodeClient& operator=(NodeClient&&) noexcept;
  ~NodeClient();

  // Each asks hansa.v1.Node and blocks until it answers, however long that takes. Errors are those
  // of node.proto.
  //   UNAVAILABLE  the node went away meanwhile
  absl::Status Ask(const v1::GetStatusRequest& request, v1::GetStatusReply& reply);
  absl::Status Ask(const v1::ListMembersRequest& request, v1::ListMembersReply& reply);
  absl::Status Ask(const v1::GetMemberRequest& request, v1::GetMemberReply& reply);
  absl::Status Ask(const v1::ListRosterEntriesRequest& request, v1::ListRosterEntriesReply& reply);
  absl::Status Ask(const v1::ListPeersRequest& request, v1::ListPeersReply& reply);
  absl::Status Ask(const v1::AddPeerRequest& request, v1::AddPeerReply& reply);
  absl::Status Ask(const v1::RemovePeerRequest& request, v1::RemovePeerReply& reply);
  absl::Status Ask(const v1::ListFeedsRequest& request, v1::ListFeedsReply& reply);
  absl::Status Ask(const v1::VerifyRequest& request, v1::VerifyReply& reply);
  absl::Status Ask(const v1::AdmitRequest& request, v1::AdmitReply& reply);
  absl::Status Ask(const v1::ImportIndicatorsRequest& request, v1::ImportIndicatorsReply& reply);
  absl::Status Ask(const v1::ShowIndicatorsRequest& request, v1::ShowIndicatorsReply& reply);
  absl::Status Ask(const v1::CheckIndicatorsRequest& request, v1::CheckIndicatorsReply& reply);
  absl::Status Ask(const v1::PublishIndicatorsRequest& request, v1::PublishIndicatorsReply& reply);
  absl::Status Ask(const v1::ListIndicatorHistoryRequest& request, v1::ListIndicatorHistoryReply& reply);
  absl::Status Ask(const v1::ReindexRequest& request, v1::ReindexReply& reply);

 private:
  struct Inside;
  explicit NodeClient(std::unique_ptr<Inside> inside);

  std::unique_ptr<Inside> inside_;
};

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_NODE_CLIENT_H_
