#include "node/api/file_answers.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "hansa/v1/node.pb.h"
#include "node/api/published_record.h"
#include "node/desk/file_desk.h"
#include "node/desk/following_desk.h"
#include "node/desk/record_office.h"
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

void Put(const files::FileCount& files, v1::FileCount& out) {
  out.set_count(files.count);
  out.set_bytes(files.bytes);
  out.set_here(files.here);
  out.set_bytes_here(files.bytes_here);
}

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
  const auto entry = parts.files.Detach(request.id(), request.name());
  HANSA_RETURN_IF_ERROR(entry.status());
  api::Put(*entry, reply);
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::ListFilesRequest& request, v1::ListFilesReply& reply) {
  const auto files = parts.files.FilesOf({request.id(), request.revision()});
  HANSA_RETURN_IF_ERROR(files.status());
  for (const desk::ListedFile& file : *files) Put(file, *reply.add_files());
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::FetchFileRequest& request, v1::FetchFileReply& reply) {
  const auto file = parts.files.Fetch({request.id(), request.revision()}, request.name());
  HANSA_RETURN_IF_ERROR(file.status());
  Put(*file, *reply.mutable_file());
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::ReadFilePartRequest& request, v1::ReadFilePartReply& reply) {
  absl::StatusOr<std::string> bytes =
      parts.files.ReadChunk({request.id(), request.revision()}, request.name(), request.index());
  HANSA_RETURN_IF_ERROR(bytes.status());
  reply.set_bytes(*std::move(bytes));
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::CountFilesRequest& request, v1::FileCount& reply) {
  const NodeView view = parts.node.View();
  const auto member = desk::MemberNamed(view, request.member());
  HANSA_RETURN_IF_ERROR(member.status());
  const std::vector<std::string> names(request.collections().begin(), request.collections().end());
  const absl::StatusOr<std::vector<replication::Collection>> collections = desk::CollectionsNamed(names);
  HANSA_RETURN_IF_ERROR(collections.status());
  api::Put(parts.file_keeper.CountOf((*member)->number, *collections), reply);
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::ListHoldersRequest& request, v1::ListHoldersReply& reply) {
  HANSA_RETURN_IF_ERROR(parts.node.AwaitViews());
  const NodeView view = parts.node.View();
  const absl::StatusOr<projection::RecordView> record = desk::FindRecord(
      parts.views, {"looking who holds a record", request.id(), view.member,
                    [&](const projection::RecordView& each) { return each.key.member == view.member; },
                    [&](const projection::RecordView& other) {
                      return absl::StrCat(other.key.id.hex(), " is of ", desk::SlugOf(view, other.key.member),
                                          "; its own node can tell who holds it");
                    }});
  HANSA_RETURN_IF_ERROR(record.status());
  const projection::Position& newest = record->revisions.back().position;
  reply.set_sequence(newest.seq.value());
  reply.set_revision(static_cast<std::uint32_t>(record->revisions.size()));
  std::vector<HolderView> holders = parts.node.HoldersOf(newest.feed, newest.seq);
  std::sort(holders.begin(), holders.end(),
            [](const HolderView& a, const HolderView& b) { return a.member < b.member; });
  const absl::Time now = absl::Now();
  for (const HolderView& holder : holders) {
    v1::RecordHolder& out = *reply.add_holders();
    out.set_member(holder.member);
    out.set_known_ms(static_cast<std::uint64_t>(absl::ToUnixMillis(now - holder.age)));
    out.set_acknowledged(holder.acknowledged);
  }
  return absl::OkStatus();
}

}  // namespace hansa::node::api
