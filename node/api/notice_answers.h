// Notices, who took part and who joined a cluster: one answer for each method. As answers.h.
#ifndef HANSA_NODE_API_NOTICE_ANSWERS_H_
#define HANSA_NODE_API_NOTICE_ANSWERS_H_

#include "absl/status/status.h"
#include "node/api/api_parts.h"

namespace hansa::v1 {
class AddNoticeRequest;
class GetNoticeReply;
class GetNoticeRequest;
class JoinClusterRequest;
class LeaveClusterRequest;
class ListNoticesReply;
class ListNoticesRequest;
class ListTakenPartReply;
class ListTakenPartRequest;
class PublishedRecord;
class ReviseNoticeRequest;
class TakePartRequest;
class WithdrawNoticeRequest;
class WithdrawTakenPartRequest;
}  // namespace hansa::v1

namespace hansa::node::api {

absl::Status Answer(ApiParts& parts, const v1::AddNoticeRequest& request, v1::PublishedRecord& reply);
absl::Status Answer(ApiParts& parts, const v1::ReviseNoticeRequest& request, v1::PublishedRecord& reply);
absl::Status Answer(ApiParts& parts, const v1::WithdrawNoticeRequest& request, v1::PublishedRecord& reply);
absl::Status Answer(ApiParts& parts, const v1::ListNoticesRequest& request, v1::ListNoticesReply& reply);
absl::Status Answer(ApiParts& parts, const v1::GetNoticeRequest& request, v1::GetNoticeReply& reply);
absl::Status Answer(ApiParts& parts, const v1::TakePartRequest& request, v1::PublishedRecord& reply);
absl::Status Answer(ApiParts& parts, const v1::WithdrawTakenPartRequest& request, v1::PublishedRecord& reply);
absl::Status Answer(ApiParts& parts, const v1::ListTakenPartRequest& request, v1::ListTakenPartReply& reply);
absl::Status Answer(ApiParts& parts, const v1::JoinClusterRequest& request, v1::PublishedRecord& reply);
absl::Status Answer(ApiParts& parts, const v1::LeaveClusterRequest& request, v1::PublishedRecord& reply);

}  // namespace hansa::node::api

#endif  // HANSA_NODE_API_NOTICE_ANSWERS_H_
