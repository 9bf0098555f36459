// The desk for files of practices: attached from an officer's computer, fetched when somebody asks for them, and handed
// out chunk by chunk. Promises: what is handed out is what the author signed; a file is on the disk before the record
// that names it is signed; names are shown without folders and control characters, whatever the author wrote.
#ifndef HANSA_NODE_DESK_FILE_DESK_H_
#define HANSA_NODE_DESK_FILE_DESK_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/desk/practice_desk.h"
#include "node/files/file_keeper.h"
#include "node/running_node.h"

namespace hansa::node::desk {

struct FileToAttach {
  std::string id;             // of an own practice: 6 to 32 hex digits
  std::string name;           // without folders
  absl::string_view content;  // 1 byte to 25 MiB
  std::string description = {}, language = {}, licence = {};
};

// A file of a practice as it stands here.
struct ListedFile {
  std::string name;  // as it may be shown and saved
  std::uint64_t size = 0;
  std::string media_type, description, language, licence;
  replication::Hash hash;
  files::FileStanding standing;
};

// Thread-safe. Calls block on disk. Ids as PracticeDesk has them; the id of a translation is that of its original.
class FileDesk {
 public:
  // All outlive the desk.
  FileDesk(RunningNode& node, PracticeDesk& practices, files::FileKeeper& keeper)
      : node_(node), practices_(practices), keeper_(keeper) {}

  //   INVALID_ARGUMENT    empty, larger than 25 MiB, or its name or what is said of it cannot be used
  //   RESOURCE_EXHAUSTED  the disk is full; nothing was published
  // and as PracticeDesk::AddAttachment.
  absl::StatusOr<PublishedEntry> Attach(const FileToAttach& file);
  // In the author's order.
  absl::StatusOr<std::vector<ListedFile>> FilesOf(absl::string_view id) const;
  // Asks for it, if it is not here, and says how it stands.
  //   NOT_FOUND  no file of this name
  absl::StatusOr<ListedFile> Fetch(absl::string_view id, absl::string_view name);
  // One chunk of a file that `FilesOf` names, from 0.
  //   NOT_FOUND  it is not here
  //   DATA_LOSS  it was altered on the disk, and is fetched again
  absl::StatusOr<std::string> ReadChunk(absl::string_view id, absl::string_view name, std::uint32_t index);

 private:
  struct Named {
    ListedFile listed;
    replication::WantedFile file;
  };
  absl::StatusOr<std::vector<Named>> NamedIn(absl::string_view id) const;
  absl::StatusOr<Named> Find(absl::string_view id, absl::string_view name) const;

  RunningNode& node_;
  PracticeDesk& practices_;
  files::FileKeeper& keeper_;
};

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_FILE_DESK_H_
