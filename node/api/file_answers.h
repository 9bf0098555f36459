// Files of records, and who holds records: one answer for each method. As answers.h.
#ifndef HANSA_NODE_API_FILE_ANSWERS_H_
#define HANSA_NODE_API_FILE_ANSWERS_H_

#include "absl/status/status.h"
#include "node/api/api_parts.h"

namespace hansa::v1 {
class AttachFileRequest;
class CountFilesRequest;
class DetachFileRequest;
class FetchFileReply;
class FetchFileRequest;
class FileCount;
class ListFilesReply;
class ListFilesRequest;
class ListHoldersReply;
class ListHoldersRequest;
class PublishedRecord;
class ReadFilePartReply;
class ReadFilePartRequest;
}  // namespace hansa::v1

namespace hansa::node::files {
struct FileCount;
}

namespace hansa::node::api {

void Put(const files::FileCount& files, v1::FileCount& out);

absl::Status Answer(ApiParts& parts, const v1::AttachFileRequest& request, v1::PublishedRecord& reply);
absl::Status Answer(ApiParts& parts, const v1::DetachFileRequest& request, v1::PublishedRecord& reply);
absl::Status Answer(ApiParts& parts, const v1::ListFilesRequest& request, v1::ListFilesReply& reply);
absl::Status Answer(ApiParts& parts, const v1::FetchFileRequest& request, v1::FetchFileReply& reply);
absl::Status Answer(ApiParts& parts, const v1::ReadFilePartRequest& request, v1::ReadFilePartReply& reply);
absl::Status Answer(ApiParts& parts, const v1::CountFilesRequest& request, v1::FileCount& reply);
absl::Status Answer(ApiParts& parts, const v1::ListHoldersRequest& request, v1::ListHoldersReply& reply);

}  // namespace hansa::node::api

#endif  // HANSA_NODE_API_FILE_ANSWERS_H_
