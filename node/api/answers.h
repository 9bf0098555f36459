// What the node answers, one function for each method of hansa.v1.Node: reads a request, asks the
// node, fills in the reply. No gRPC here, so every door gives the same answers. Errors are those of
// node.proto.
#ifndef HANSA_NODE_API_ANSWERS_H_
#define HANSA_NODE_API_ANSWERS_H_

#include <functional>

#include "absl/status/status.h"
#include "node/api/api_parts.h"
#include "node/api/asker.h"

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
class GetRootRequest;
class GetRootReply;
class ProposeRootRequest;
class ProposeRootReply;
class TakeRootRequest;
class TakeRootReply;
class ImportIndicatorsRequest;
class ImportIndicatorsReply;
class ShowIndicatorsRequest;
class ShowPublishedIndicatorsRequest;
class ShowIndicatorsReply;
class CheckIndicatorsRequest;
class CheckIndicatorsReply;
class PublishIndicatorsRequest;
class PublishIndicatorsReply;
class ListIndicatorHistoryRequest;
class ListIndicatorHistoryReply;
class EditIndicatorRequest;
class MakeTemplateRequest;
class MakeTemplateReply;
class AssignCellsRequest;
class AssignCellsReply;
class ListDepartmentsRequest;
class ListDepartmentsReply;
class ExportIndicatorsRequest;
class ExportIndicatorsReply;
class DiscardIndicatorsRequest;
class DiscardIndicatorsReply;
class WithdrawIndicatorsRequest;
class PublishedSet;
class CompareIndicatorsRequest;
class CompareIndicatorsReply;
class ListProgressRequest;
class ListProgressReply;
class ListBesideRequest;
class ListBesideReply;
class GetCoverageRequest;
class GetCoverageReply;
class GetSummaryRequest;
class GetSummaryReply;
class ExamineRequest;
class ExamineReply;
class ReindexRequest;
class ReindexReply;
class BackupRequest;
class BackupReply;
}  // namespace hansa::v1

namespace hansa::node::api {

// status_answers.cc
absl::Status Answer(ApiParts& parts, const v1::GetStatusRequest& request, v1::GetStatusReply& reply);
absl::Status Answer(ApiParts& parts, const v1::ListPeersRequest& request, v1::ListPeersReply& reply);
absl::Status Answer(ApiParts& parts, const v1::AddPeerRequest& request, v1::AddPeerReply& reply);
absl::Status Answer(ApiParts& parts, const v1::RemovePeerRequest& request, v1::RemovePeerReply& reply);

// member_answers.cc
absl::Status Answer(ApiParts& parts, const v1::ListMembersRequest& request, v1::ListMembersReply& reply);
absl::Status Answer(ApiParts& parts, const v1::GetMemberRequest& request, v1::GetMemberReply& reply);
absl::Status Answer(ApiParts& parts, const v1::ListRosterEntriesRequest& request, v1::ListRosterEntriesReply& reply);

// admit_answers.cc
absl::Status Answer(ApiParts& parts, const v1::AdmitRequest& request, v1::AdmitReply& reply);

// root_answers.cc
absl::Status Answer(ApiParts& parts, const v1::GetRootRequest& request, v1::GetRootReply& reply);
absl::Status Answer(ApiParts& parts, const v1::ProposeRootRequest& request, v1::ProposeRootReply& reply);
absl::Status Answer(ApiParts& parts, const v1::TakeRootRequest& request, v1::TakeRootReply& reply);

// feed_answers.cc
absl::Status Answer(ApiParts& parts, const v1::ListFeedsRequest& request, v1::ListFeedsReply& reply);
absl::Status Answer(ApiParts& parts, const v1::VerifyRequest& request, v1::VerifyReply& reply);
absl::Status Answer(ApiParts& parts, const v1::ReindexRequest& request, v1::ReindexReply& reply);

// doctor_answers.cc
absl::Status Answer(ApiParts& parts, const v1::ExamineRequest& request, v1::ExamineReply& reply);

// backup_answers.cc: `is_gone` says whether the asker went away, and is asked now and then.
absl::Status Answer(ApiParts& parts, const v1::BackupRequest& request, const std::function<bool()>& is_gone,
                    v1::BackupReply& reply);

// indicator_answers.cc, indicator_file_answers.cc
absl::Status Answer(ApiParts& parts, const Asker& asker, const v1::ImportIndicatorsRequest& request,
                    v1::ImportIndicatorsReply& reply);
absl::Status Answer(ApiParts& parts, const v1::ShowIndicatorsRequest& request, v1::ShowIndicatorsReply& reply);
absl::Status Answer(ApiParts& parts, const v1::ShowPublishedIndicatorsRequest& request, v1::ShowIndicatorsReply& reply);
absl::Status Answer(ApiParts& parts, const v1::CheckIndicatorsRequest& request, v1::CheckIndicatorsReply& reply);
absl::Status Answer(ApiParts& parts, const v1::PublishIndicatorsRequest& request, v1::PublishIndicatorsReply& reply);
absl::Status Answer(ApiParts& parts, const v1::ListIndicatorHistoryRequest& request,
                    v1::ListIndicatorHistoryReply& reply);
absl::Status Answer(ApiParts& parts, const Asker& asker, const v1::EditIndicatorRequest& request,
                    v1::ImportIndicatorsReply& reply);
absl::Status Answer(ApiParts& parts, const v1::MakeTemplateRequest& request, v1::MakeTemplateReply& reply);
absl::Status Answer(ApiParts& parts, const Asker& asker, const v1::AssignCellsRequest& request,
                    v1::AssignCellsReply& reply);
absl::Status Answer(ApiParts& parts, const v1::ListDepartmentsRequest& request, v1::ListDepartmentsReply& reply);
absl::Status Answer(ApiParts& parts, const v1::ExportIndicatorsRequest& request, v1::ExportIndicatorsReply& reply);
absl::Status Answer(ApiParts& parts, const Asker& asker, const v1::DiscardIndicatorsRequest& request,
                    v1::DiscardIndicatorsReply& reply);
absl::Status Answer(ApiParts& parts, const v1::WithdrawIndicatorsRequest& request, v1::PublishedSet& reply);

// progress_answers.cc
absl::Status Answer(ApiParts& parts, const v1::CompareIndicatorsRequest& request, v1::CompareIndicatorsReply& reply);
absl::Status Answer(ApiParts& parts, const v1::ListProgressRequest& request, v1::ListProgressReply& reply);
absl::Status Answer(ApiParts& parts, const v1::ListBesideRequest& request, v1::ListBesideReply& reply);
absl::Status Answer(ApiParts& parts, const v1::GetCoverageRequest& request, v1::GetCoverageReply& reply);
absl::Status Answer(ApiParts& parts, const v1::GetSummaryRequest& request, v1::GetSummaryReply& reply);

}  // namespace hansa::node::api

#endif  // HANSA_NODE_API_ANSWERS_H_
