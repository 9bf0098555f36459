#include "node/desk/file_desk.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "hansa/v1/reference.pb.h"
#include "node/domain/attachment.h"
#include "node/domain/record_form.h"
#include "node/domain/text.h"
#include "node/files/files_named.h"
#include "node/node_folder.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::desk {
namespace {

constexpr absl::string_view kAttaching = "attaching a file";
constexpr absl::string_view kDetaching = "detaching a file";
constexpr absl::string_view kListing = "listing files";
constexpr absl::string_view kFetching = "fetching a file";
constexpr int kFilesMax = 10;

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

absl::Status NoFileCalled(absl::string_view name) {
  return absl::NotFoundError(
      absl::StrCat("the record has no file called ", domain::Quoted(name), "; hansa files list names them"));
}

}  // namespace

absl::StatusOr<PublishedEntry> FileDesk::Change(const FilesChange& change) {
  HANSA_RETURN_IF_ERROR(node_.AwaitViews());
  const absl::StatusOr<projection::RecordView> record =
      FindWithFiles(change.doing, views_, node_.feeds(), node_.View(), change.id);
  HANSA_RETURN_IF_ERROR(record.status());
  const FilesChange whole{change.doing, record->key.id.hex(), change.change};
  if (record->key.collection == replication::kOffers) return desks_.offers.ChangeFiles(whole);
  if (record->key.collection == replication::kNotices) return desks_.notices.ChangeFiles(whole);
  if (record->key.collection == replication::kStrategies) return desks_.strategies.ChangeFiles(whole);
  if (record->key.collection == replication::kDialogue) return desks_.dialogue.ChangeFiles(whole);
  return desks_.practices.ChangeFiles(whole);  // and what stays as it was published is refused there
}

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
  absl::StatusOr<PublishedEntry> entry = Change(
      {kAttaching, file.id, [&](Attachments& files) -> absl::Status {
         for (const v1::Attachment& each : files) {
           if (each.name() != attachment.name()) continue;
           return absl::AlreadyExistsError(absl::StrCat("the record has a file called ", domain::Quoted(each.name()),
                                                        " already; detach it, or give this one another name"));
         }
         if (files.size() >= kFilesMax) {
           return absl::FailedPreconditionError("the record has 10 files, which is as many as it may; detach one");
         }
         *files.Add() = attachment;
         return absl::OkStatus();
       }});
  if (!entry.ok()) keeper_.Abandon(files::FileOf(attachment).file);
  return entry;
}

absl::StatusOr<PublishedEntry> FileDesk::Detach(const std::string& id, absl::string_view name) {
  return Change({kDetaching, id, [&](Attachments& files) -> absl::Status {
                   const auto is_it = [&](const v1::Attachment& each) {
                     return each.name() == name || SafeName(each.name()) == name;
                   };
                   const auto at = std::find_if(files.begin(), files.end(), is_it);
                   if (at == files.end()) return NoFileCalled(name);
                   files.erase(at);
                   return absl::OkStatus();
                 }});
}

absl::StatusOr<std::vector<FileDesk::Named>> FileDesk::NamedIn(absl::string_view doing,
                                                               const FilesOfRecord& record) const {
  HANSA_RETURN_IF_ERROR(node_.AwaitViews());
  const absl::StatusOr<projection::RecordView> found =
      FindWithFiles(doing, views_, node_.feeds(), node_.View(), record.id);
  HANSA_RETURN_IF_ERROR(found.status());
  // A revision of a translation is none of the practice that names the files: then those of the present one are meant.
  const bool is_itself = absl::StartsWith(found->key.id.hex(), absl::AsciiStrToLower(record.id));
  const absl::StatusOr<std::vector<v1::Attachment>> attachments =
      AttachmentsIn(doing, node_.feeds(), *found, is_itself ? record.revision : 0);
  HANSA_RETURN_IF_ERROR(attachments.status());
  std::vector<Named> all;
  for (const v1::Attachment& each : *attachments) {
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

absl::StatusOr<std::vector<ListedFile>> FileDesk::FilesOf(const FilesOfRecord& record) const {
  const absl::StatusOr<std::vector<Named>> named = NamedIn(kListing, record);
  HANSA_RETURN_IF_ERROR(named.status());
  std::vector<ListedFile> files;
  files.reserve(named->size());
  for (const Named& each : *named) files.push_back(each.listed);
  return files;
}

absl::StatusOr<FileDesk::Named> FileDesk::Find(const FilesOfRecord& record, absl::string_view name) const {
  absl::StatusOr<std::vector<Named>> named = NamedIn(kFetching, record);
  HANSA_RETURN_IF_ERROR(named.status());
  for (Named& each : *named) {
    if (each.listed.name == name) return std::move(each);
  }
  return While(kFetching, NoFileCalled(name));
}

absl::StatusOr<ListedFile> FileDesk::Fetch(const FilesOfRecord& record, absl::string_view name) {
  absl::StatusOr<Named> named = Find(record, name);
  HANSA_RETURN_IF_ERROR(named.status());
  if (named->listed.standing.state == files::FileState::kHere) return named->listed;
  HANSA_RETURN_IF_ERROR(While(kFetching, keeper_.Ask(named->file.file)));
  named->listed.standing = keeper_.StandingOf(named->file);
  return named->listed;
}

absl::StatusOr<std::string> FileDesk::ReadChunk(const FilesOfRecord& record, absl::string_view name,
                                                std::uint32_t index) {
  const absl::StatusOr<Named> named = Find(record, name);
  HANSA_RETURN_IF_ERROR(named.status());
  if (index >= named->file.chunks.size()) {
    return absl::InvalidArgumentError(absl::StrCat(kFetching, ": the file has no part ", index));
  }
  absl::StatusOr<std::string> chunk = keeper_.Read(named->file, index);
  HANSA_RETURN_IF_ERROR(While(kFetching, chunk.status()));
  return chunk;
}

}  // namespace hansa::node::desk
