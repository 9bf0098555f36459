// What a question to the node's own API may say of whoever asks, in gRPC's metadata. On the socket nothing is said.
#ifndef HANSA_NODE_API_CALLER_METADATA_H_
#define HANSA_NODE_API_CALLER_METADATA_H_

namespace hansa::node::api {

// A department whose cells alone the caller may change; once for each. Its ending lets gRPC pass any bytes.
inline constexpr char kDepartmentMetadata[] = "hansa-department-bin";
// The name of the account that asks through the page, for the log of who did what.
inline constexpr char kAccountMetadata[] = "hansa-account-bin";

}  // namespace hansa::node::api

#endif  // HANSA_NODE_API_CALLER_METADATA_H_
