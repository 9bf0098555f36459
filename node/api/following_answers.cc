#include "node/api/following_answers.h"

#include "hansa/v1/node.pb.h"

namespace hansa::node::api {

absl::Status Answer(ApiParts&, const v1::FollowRequest&, v1::FollowReply&) {
  return absl::UnimplementedError("Follow");
}
absl::Status Answer(ApiParts&, const v1::UnfollowRequest&, v1::UnfollowReply&) {
  return absl::UnimplementedError("Unfollow");
}
absl::Status Answer(ApiParts&, const v1::ListFollowingRequest&, v1::ListFollowingReply&) {
  return absl::UnimplementedError("ListFollowing");
}
absl::Status Answer(ApiParts&, const v1::ListNewsRequest&, v1::ListNewsReply&) {
  return absl::UnimplementedError("ListNews");
}
absl::Status Answer(ApiParts&, const v1::AwaitNewsRequest&, v1::AwaitNewsReply&) {
  return absl::UnimplementedError("AwaitNews");
}
absl::Status Answer(ApiParts&, const v1::SetKeepRequest&, v1::SetKeepReply&) {
  return absl::UnimplementedError("SetKeep");
}

}  // namespace hansa::node::api
