#include "node/domain/attachment.h"

#include <array>
#include <cstdint>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "hansa/v1/reference.pb.h"
#include "node/domain/record_form.h"
#include "replication/check.h"
#include "replication/files.h"

namespace hansa::node::domain {
namespace {

using replication::ByteWriter;

constexpr char kFileTag[] = "hansa/file/1";

std::string MediaTypeOf(absl::string_view name) {
  constexpr std::array<std::pair<const char*, const char*>, 9> kTypes = {{
      {".pdf", "application/pdf"},
      {".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
      {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
      {".odt", "application/vnd.oasis.opendocument.text"},
      {".ods", "application/vnd.oasis.opendocument.spreadsheet"},
      {".csv", "text/csv"},
      {".txt", "text/plain"},
      {".md", "text/markdown"},
      {".html", "text/html"},
  }};
  const std::string lower = absl::AsciiStrToLower(name);
  for (const auto& [ending, type] : kTypes) {
    if (absl::EndsWith(lower, ending)) return type;
  }
  return "";
}

}  // namespace

absl::Status Attach(const replication::Crypto& crypto, const AttachedFile& file, v1::Attachment& attachment) {
  if (file.content.empty()) return absl::InvalidArgumentError("the file is empty; attach the report itself");
  if (file.content.size() > replication::kFileBytesMax) {
    return absl::InvalidArgumentError("the file is larger than 25 MiB; attach a smaller one");
  }
  if (file.salt.size() != replication::kFileSaltBytes) return absl::InvalidArgumentError("the salt has not 32 bytes");
  attachment.set_hash(crypto.Sha256(ByteWriter().Tag(kFileTag).Raw(file.salt).Raw(file.content).bytes()).str());
  attachment.set_salt(file.salt);
  attachment.set_size(file.content.size());
  std::uint32_t index = 0;
  for (std::size_t at = 0; at < file.content.size(); at += replication::kChunkBytes) {
    const absl::string_view chunk = file.content.substr(at, replication::kChunkBytes);
    attachment.add_chunk_hashes(replication::ChunkHash(crypto, file.salt, index++, chunk).str());
  }
  attachment.set_media_type(MediaTypeOf(file.name));
  attachment.set_name(file.name);
  return CheckRecordForm(attachment);
}

}  // namespace hansa::node::domain
