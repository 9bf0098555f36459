#include "node/api/file_answers.h"

#include <string>
#include <utility>
#include <vector>

#include "hansa/v1/node.pb.h"
#include "node/api/published_record.h"
#include "node/desk/file_desk.h"
#include "replication/check.h"

namespace hansa::node::api {
namespace {

void Put(const desk::ListedFile& file, v1::FileSummary& out) {
  out.set_name(file.name);
  out.set_size(file.size);
  out.set_media_type(file.media_type);
  out.set_description(file.description);
  out.set_language(file.language);
  out.set_licence(file.licence);
  out.set_hash(file.hash.hex());
  out.set_state(files::FileStateName(file.standing.state));
  out.set_chunks_here(file.standing.chunks_here);
  out.set_chunks(file.standing.chunks);
}

}  // namespace

absl::Status Answer(ApiParts& parts, const v1::AttachFileRequest& request, v1::PublishedRecord& reply) {
  const auto entry = parts.files.Attach({.id = request.id(),
                                         .name = request.file(),
                                         .content = request.content(),
                                         .description = request.description(),
                                         .language = request.language(),
                                         .licence = request.licence()});
  HANSA_RETURN_IF_ERROR(entry.status());
  api::Put(*entry, reply);
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::DetachFileRequest& request, v1::PublishedRecord& reply) {
  const auto entry = parts.practices.RemoveAttachment(request.id(), request.name());
  HANSA_RETURN_IF_ERROR(entry.status());
  api::Put(*entry, reply);
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::ListFilesRequest& request, v1::ListFilesReply& reply) {
  const auto files = parts.files.FilesOf(request.id());
  HANSA_RETURN_IF_ERROR(files.status());
  for (const desk::ListedFile& file : *files) Put(file, *reply.add_files());
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::FetchFileRequest& request, v1::FetchFileReply& reply) {
  const auto file = parts.files.Fetch(request.id(), request.name());
  HANSA_RETURN_IF_ERROR(file.status());
  Put(*file, *reply.mutable_file());
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::ReadFilePartRequest& request, v1::ReadFilePartReply& reply) {
  absl::StatusOr<std::string> bytes = parts.files.ReadChunk(request.id(), request.name(), request.index());
  HANSA_RETURN_IF_ERROR(bytes.status());
  reply.set_bytes(*std::move(bytes));
  return absl::OkStatus();
}

}  // namespace hansa::node::api
