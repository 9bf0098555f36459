// The dialogue: topics, questions, answers, comments and marks, threads, and whom this node mutes: one answer for each
// method. As answers.h.
#ifndef HANSA_NODE_API_DIALOGUE_ANSWERS_H_
#define HANSA_NODE_API_DIALOGUE_ANSWERS_H_

#include "absl/status/status.h"
#include "node/api/api_parts.h"

namespace hansa::v1 {
class AddCommentRequest;
class AnswerQuestionRequest;
class AskRequest;
class GetThreadReply;
class GetThreadRequest;
class ListMutedRequest;
class ListQuestionsReply;
class ListQuestionsRequest;
class ListTopicsReply;
class ListTopicsRequest;
class MuteReply;
class MuteRequest;
class OpenTopicRequest;
class PublishedRecord;
class UnmuteRequest;
class WithdrawWordRequest;
}  // namespace hansa::v1

namespace hansa::node::api {

absl::Status Answer(ApiParts& parts, const v1::AskRequest& request, v1::PublishedRecord& reply);
absl::Status Answer(ApiParts& parts, const v1::AnswerQuestionRequest& request, v1::PublishedRecord& reply);
absl::Status Answer(ApiParts& parts, const v1::AddCommentRequest& request, v1::PublishedRecord& reply);
absl::Status Answer(ApiParts& parts, const v1::OpenTopicRequest& request, v1::PublishedRecord& reply);
absl::Status Answer(ApiParts& parts, const v1::WithdrawWordRequest& request, v1::PublishedRecord& reply);
absl::Status Answer(ApiParts& parts, const v1::ListTopicsRequest& request, v1::ListTopicsReply& reply);
absl::Status Answer(ApiParts& parts, const v1::ListQuestionsRequest& request, v1::ListQuestionsReply& reply);
absl::Status Answer(ApiParts& parts, const v1::GetThreadRequest& request, v1::GetThreadReply& reply);
absl::Status Answer(ApiParts& parts, const v1::MuteRequest& request, v1::MuteReply& reply);
absl::Status Answer(ApiParts& parts, const v1::UnmuteRequest& request, v1::MuteReply& reply);
absl::Status Answer(ApiParts& parts, const v1::ListMutedRequest& request, v1::MuteReply& reply);

}  // namespace hansa::node::api

#endif  // HANSA_NODE_API_DIALOGUE_ANSWERS_H_
