// What this node knows of the files that entries name, and their chunks, in Table::kFiles. Whole files are proven chunk
// by chunk whenever they are read. What a file is called is in the entry, not here.
#ifndef HANSA_NODE_FILES_FILE_SHELF_H_
#define HANSA_NODE_FILES_FILE_SHELF_H_

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "replication/crypto.h"
#include "replication/files.h"
#include "storage/tables.h"

namespace hansa::node::files {

// An entry that names a file.
struct NamingEntry {
  replication::FeedId feed;
  replication::Sequence seq;
  friend auto operator<=>(const NamingEntry&, const NamingEntry&) = default;
};
// Whose collection it is in.
struct NamedBy {
  replication::Member member;
  replication::Collection collection;
};

struct ShelvedFile {
  replication::WantedFile file;  // its entry is one of those below; `held` as far as it has been looked at
  bool is_asked = false;         // somebody on this node asked for it
  bool is_own = false;           // put here before it was published
  bool is_whole = false;         // every chunk is here
  std::map<NamingEntry, NamedBy> entries;
};

// Not thread-safe, save Read: one owner. `tables` and `crypto` outlive it. What writes gives RESOURCE_EXHAUSTED when
// the disk is full.
class FileShelf {
 public:
  FileShelf(storage::Tables& tables, const replication::Crypto& crypto) : tables_(tables), crypto_(crypto) {}

  // Everything known, by hash; looks which chunks of files that are not whole are here.
  //   DATA_LOSS  a row cannot be read
  absl::StatusOr<std::map<replication::Hash, ShelvedFile>> ReadAll() const;
  // Whether it has nothing at all.
  absl::StatusOr<bool> IsEmpty() const;
  // Files of which chunks are here.
  absl::StatusOr<std::vector<replication::Hash>> WithChunks() const;

  // Everything of `file` but its entries and chunks.
  absl::Status Keep(const ShelvedFile& file);
  absl::Status KeepEntry(const replication::Hash& file, const NamingEntry& entry, const NamedBy& by);
  absl::Status ForgetEntry(const replication::Hash& file, const NamingEntry& entry);
  // All chunks of an own file and what is known of it, in one synced write.
  absl::Status Put(const ShelvedFile& file, absl::string_view content);

  // A chunk that is what it must be. Thread-safe.
  //   NOT_FOUND  it is not here
  //   DATA_LOSS  it is not what it was: it is dropped
  absl::StatusOr<std::string> Read(const replication::WantedFile& file, std::uint32_t index) const;
  // Its chunks, and what is known of it, that last. When OK, nothing of it is in any file; otherwise as much as could
  // be is gone all the same, and the first error is returned.
  //   RESOURCE_EXHAUSTED  as Tables::Erase
  absl::Status Erase(const replication::Hash& file);

 private:
  storage::Tables& tables_;
  const replication::Crypto& crypto_;
};

}  // namespace hansa::node::files

#endif  // HANSA_NODE_FILES_FILE_SHELF_H_
