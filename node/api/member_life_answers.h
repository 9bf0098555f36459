// What becomes of members: set aside, ended, gone on under a new key, their records erased. As answers.h.
#ifndef HANSA_NODE_API_MEMBER_LIFE_ANSWERS_H_
#define HANSA_NODE_API_MEMBER_LIFE_ANSWERS_H_

#include "absl/status/status.h"
#include "node/api/api_parts.h"

namespace hansa::v1 {
class SuspendMemberRequest;
class ResumeMemberRequest;
class RevokeMemberRequest;
class ReinstateMemberRequest;
class SealMemberRequest;
class RosterChangeReply;
class ListRecoveriesRequest;
class ListRecoveriesReply;
class GetOwnLifeRequest;
class GetOwnLifeReply;
class EndFeedsRequest;
class EndFeedsReply;
class ConfirmFeedRequest;
class ConfirmFeedReply;
class EraseRecordRequest;
class EraseRecordReply;
}  // namespace hansa::v1

namespace hansa::node::api {

// member_life_answers.cc
absl::Status Answer(ApiParts& parts, const v1::SuspendMemberRequest& request, v1::RosterChangeReply& reply);
absl::Status Answer(ApiParts& parts, const v1::ResumeMemberRequest& request, v1::RosterChangeReply& reply);
absl::Status Answer(ApiParts& parts, const v1::RevokeMemberRequest& request, v1::RosterChangeReply& reply);
absl::Status Answer(ApiParts& parts, const v1::ReinstateMemberRequest& request, v1::RosterChangeReply& reply);
absl::Status Answer(ApiParts& parts, const v1::SealMemberRequest& request, v1::RosterChangeReply& reply);

// recovery_answers.cc
absl::Status Answer(ApiParts& parts, const v1::ListRecoveriesRequest& request, v1::ListRecoveriesReply& reply);
absl::Status Answer(ApiParts& parts, const v1::GetOwnLifeRequest& request, v1::GetOwnLifeReply& reply);
absl::Status Answer(ApiParts& parts, const v1::EndFeedsRequest& request, v1::EndFeedsReply& reply);
absl::Status Answer(ApiParts& parts, const v1::ConfirmFeedRequest& request, v1::ConfirmFeedReply& reply);

// erasure_answers.cc
absl::Status Answer(ApiParts& parts, const v1::EraseRecordRequest& request, v1::EraseRecordReply& reply);

}  // namespace hansa::node::api

#endif  // HANSA_NODE_API_MEMBER_LIFE_ANSWERS_H_
