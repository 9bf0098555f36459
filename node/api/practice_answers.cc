#include "node/api/practice_answers.h"

#include "hansa/v1/node.pb.h"

namespace hansa::node::api {

absl::Status Answer(ApiParts&, const v1::AddPracticeRequest&, v1::PublishedRecord&) {
  return absl::UnimplementedError("AddPractice");
}
absl::Status Answer(ApiParts&, const v1::RevisePracticeRequest&, v1::PublishedRecord&) {
  return absl::UnimplementedError("RevisePractice");
}
absl::Status Answer(ApiParts&, const v1::WithdrawPracticeRequest&, v1::PublishedRecord&) {
  return absl::UnimplementedError("WithdrawPractice");
}
absl::Status Answer(ApiParts&, const v1::ListPracticesRequest&, v1::ListPracticesReply&) {
  return absl::UnimplementedError("ListPractices");
}
absl::Status Answer(ApiParts&, const v1::GetPracticeRequest&, v1::GetPracticeReply&) {
  return absl::UnimplementedError("GetPractice");
}

}  // namespace hansa::node::api
