// The desk for files that records name, of whatever kind: attached from an officer's computer, fetched when somebody
// asks for them, and handed out chunk by chunk. Promises: what is handed out is what the author signed; a file is on
// the disk before the record that names it is signed; names are shown without folders and control characters, whatever
// the author wrote.
#ifndef HANSA_NODE_DESK_FILE_DESK_H_
#define HANSA_NODE_DESK_FILE_DESK_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/desk/dialogue_desk.h"
#include "node/desk/notice_desk.h"
#include "node/desk/offer_desk.h"
#include "node/desk/practice_desk.h"
#include "node/desk/record_files.h"
#include "node/desk/strategy_desk.h"
#include "node/files/file_keeper.h"
#include "node/projection/views.h"
#include "node/running_node.h"

namespace hansa::node::desk {

struct FileToAttach {
  std::string id;             // of an own practice, offer, notice, strategy, topic or answer: 6 to 32 hex digits
  std::string name;           // without folders
  absl::string_view content;  // 1 byte to 25 MiB
  std::string description = {}, language = {}, licence = {};
};

// A file of a record as it stands here.
struct ListedFile {
  std::string name;  // as it may be shown and saved
  std::uint64_t size = 0;
  std::string media_type, description, language, licence;
  replication::Hash hash;
  files::FileStanding standing;
};

// The files of a record, or one of them.
struct FilesOfRecord {
  std::string id;              // 6 to 32 hex digits; that of a translation of a practice is that of the practice
  std::uint64_t revision = 0;  // from 1; 0: the present one
};

// Thread-safe. Calls block on disk. Errors of ids as FindWithFiles, of revisions as AttachmentsIn.
class FileDesk {
 public:
  // Where own records are published.
  struct Desks {
    PracticeDesk& practices;
    OfferDesk& offers;
    NoticeDesk& notices;
    StrategyDesk& strategies;
    DialogueDesk& dialogue;
  };
  // All outlive the desk.
  FileDesk(RunningNode& node, const projection::Views& views, const Desks& desks, files::FileKeeper& keeper)
      : node_(node), views_(views), desks_(desks), keeper_(keeper) {}

  // A revision of an own record that names one file more.
  //   INVALID_ARGUMENT     empty, larger than 25 MiB, or its name or what is said of it cannot be used
  //   RESOURCE_EXHAUSTED   the disk is full; nothing was published
  //   ALREADY_EXISTS       it names one of this name
  //   FAILED_PRECONDITION  it names as many files as a record may, which is 10; and as SignWithFiles
  absl::StatusOr<PublishedEntry> Attach(const FileToAttach& file);
  // A revision that does not name the file any more; earlier ones still do.
  //   NOT_FOUND  the record names no file of this name
  absl::StatusOr<PublishedEntry> Detach(const std::string& id, absl::string_view name);
  // In the author's order.
  absl::StatusOr<std::vector<ListedFile>> FilesOf(const FilesOfRecord& record) const;
  // Asks for it, if it is not here, and says how it stands.
  //   NOT_FOUND  no file of this name
  absl::StatusOr<ListedFile> Fetch(const FilesOfRecord& record, absl::string_view name);
  // One chunk of a file that `FilesOf` names, from 0.
  //   NOT_FOUND  it is not here
  //   DATA_LOSS  it was altered on the disk, and is fetched again
  absl::StatusOr<std::string> ReadChunk(const FilesOfRecord& record, absl::string_view name, std::uint32_t index);

 private:
  struct Named {
    ListedFile listed;
    replication::WantedFile file;
  };
  absl::StatusOr<PublishedEntry> Change(const FilesChange& change);
  absl::StatusOr<std::vector<Named>> NamedIn(absl::string_view doing, const FilesOfRecord& record) const;
  absl::StatusOr<Named> Find(const FilesOfRecord& record, absl::string_view name) const;

  RunningNode& node_;
  const projection::Views& views_;
  const Desks desks_;
  files::FileKeeper& keeper_;
};

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_FILE_DESK_H_
