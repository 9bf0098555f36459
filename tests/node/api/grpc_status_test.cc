#include "node/api/grpc_status.h"

#include <grpcpp/support/status.h>

#include "tests/testing/status_matchers.h"

namespace hansa::node::api {
namespace {

TEST(GrpcStatus, EveryCodeAndItsTextComeThroughBothWays) {
  for (int code = 1; code <= 16; ++code) {
    const absl::Status ours(static_cast<absl::StatusCode>(code), "member gb-bristol; do this");
    const grpc::Status theirs = ToGrpc(ours);
    EXPECT_EQ(static_cast<int>(theirs.error_code()), code);
    EXPECT_EQ(FromGrpc(theirs), ours);
  }
  EXPECT_TRUE(ToGrpc(absl::OkStatus()).ok());
  EXPECT_THAT(FromGrpc(grpc::Status::OK), hansa::testing::IsOk());
}

TEST(GrpcStatus, TheCodesAreTheSameOnes) {
  EXPECT_EQ(ToGrpc(absl::FailedPreconditionError("x")).error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(ToGrpc(absl::UnavailableError("x")).error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(ToGrpc(absl::DataLossError("x")).error_code(), grpc::StatusCode::DATA_LOSS);
}

}  // namespace
}  // namespace hansa::node::api
