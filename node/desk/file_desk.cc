#include "node/desk/file_desk.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "hansa/v1/practices.pb.h"
#include "node/desk/practice_records.h"
#include "node/domain/attachment.h"
#include "node/domain/record_form.h"
#include "node/files/files_named.h"
#include "node/node_folder.h"
#include "replication/check.h"

namespace hansa::node::desk {
namespace {

constexpr absl::string_view kAttaching = "attaching a file";
constexpr absl::string_view kFetching = "fetching a file";

// Two record ids are 32 random bytes.
std::string NewSalt() { return absl::StrCat(RandomRecordId().view(), RandomRecordId().view()); }

// The last part of a path, of whatever computer; never one that means a folder.
std::string SafeName(absl::string_view name) {
  const std::size_t slash = name.find_last_of("/\\");
  if (slash != absl::string_view::npos) name.remove_prefix(slash + 1);
  std::string safe;
  for (const char each : name) {
    if (!absl::ascii_iscntrl(static_cast<unsigned char>(each))) safe.push_back(each);
  }
  return safe.empty() || safe == "." || safe == ".." ? "file" : safe;
}

}  // namespace

absl::StatusOr<PublishedEntry> FileDesk::Attach(const FileToAttach& file) {
  v1::Attachment attachment;
  const std::string name = SafeName(file.name);
  const domain::AttachedFile attached{.name = name, .content = file.content, .salt = NewSalt()};
  HANSA_RETURN_IF_ERROR(While(kAttaching, domain::Attach(replication::SodiumCrypto(), attached, attachment)));
  attachment.set_description(file.description);
  attachment.set_language(file.language);
  attachment.set_licence(file.licence);
  HANSA_RETURN_IF_ERROR(While(kAttaching, domain::CheckRecordForm(attachment)));
  HANSA_RETURN_IF_ERROR(While(kAttaching, keeper_.Put(files::FileOf(attachment), file.content)));
  absl::StatusOr<PublishedEntry> entry = practices_.AddAttachment(file.id, attachment);
  if (!entry.ok()) keeper_.Abandon(files::FileOf(attachment).file);
  return entry;
}

absl::StatusOr<std::vector<FileDesk::Named>> FileDesk::NamedIn(absl::string_view id) const {
  HANSA_RETURN_IF_ERROR(node_.AwaitViews());
  const absl::StatusOr<ShownPractice> shown = practices_.Show(id, 0);
  HANSA_RETURN_IF_ERROR(shown.status());
  std::vector<Named> all;
  if (shown->content == nullptr) return all;
  for (const v1::Attachment& each : shown->content->attachments()) {
    Named named{{}, files::FileOf(each)};
    named.listed = {.name = SafeName(each.name()),
                    .size = each.size(),
                    .media_type = each.media_type(),
                    .description = each.description(),
                    .language = each.language(),
                    .licence = each.licence(),
                    .hash = named.file.file,
                    .standing = keeper_.StandingOf(named.file)};
    all.push_back(std::move(named));
  }
  return all;
}

absl::StatusOr<std::vector<ListedFile>> FileDesk::FilesOf(absl::string_view id) const {
  const absl::StatusOr<std::vector<Named>> named = NamedIn(id);
  HANSA_RETURN_IF_ERROR(named.status());
  std::vector<ListedFile> files;
  files.reserve(named->size());
  for (const Named& each : *named) files.push_back(each.listed);
  return files;
}

absl::StatusOr<FileDesk::Named> FileDesk::Find(absl::string_view id, absl::string_view name) const {
  absl::StatusOr<std::vector<Named>> named = NamedIn(id);
  HANSA_RETURN_IF_ERROR(named.status());
  for (Named& each : *named) {
    if (each.listed.name == name) return std::move(each);
  }
  return While(kFetching, NoFileCalled(name));
}

absl::StatusOr<ListedFile> FileDesk::Fetch(absl::string_view id, absl::string_view name) {
  absl::StatusOr<Named> named = Find(id, name);
  HANSA_RETURN_IF_ERROR(named.status());
  if (named->listed.standing.state == files::FileState::kHere) return named->listed;
  HANSA_RETURN_IF_ERROR(While(kFetching, keeper_.Ask(named->file.file)));
  named->listed.standing = keeper_.StandingOf(named->file);
  return named->listed;
}

absl::StatusOr<std::string> FileDesk::ReadChunk(absl::string_view id, absl::string_view name, std::uint32_t index) {
  const absl::StatusOr<Named> named = Find(id, name);
  HANSA_RETURN_IF_ERROR(named.status());
  if (index >= named->file.chunks.size()) {
    return absl::InvalidArgumentError(absl::StrCat(kFetching, ": the file has no part ", index));
  }
  absl::StatusOr<std::string> chunk = keeper_.Read(named->file, index);
  HANSA_RETURN_IF_ERROR(While(kFetching, chunk.status()));
  return chunk;
}

}  // namespace hansa::node::desk
