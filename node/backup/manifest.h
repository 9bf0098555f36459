// backup.json: what a backup holds, and a sum for each file beside the store. Form only; Promise: what is not such a
// file, or was altered where it counts, is no manifest or disagrees with what it describes.
#ifndef HANSA_NODE_BACKUP_MANIFEST_H_
#define HANSA_NODE_BACKUP_MANIFEST_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "replication/bytes.h"
#include "replication/roster.h"
#include "storage/identity.h"

namespace hansa::node::backup {

// One of the node's own files.
struct FileSum {
  std::string name;       // within the data folder: "charter.json", "keys/tls.key"
  replication::Hash sum;  // SHA-256
  friend bool operator==(const FileSum&, const FileSum&) = default;
};

struct Manifest {
  replication::NetworkId network;
  std::string member;  // slug
  storage::DatabaseId database;
  std::uint32_t copy = 0;     // number of the copy in store/, and of node.N/; from 1
  std::uint64_t made_ms = 0;  // Unix milliseconds, for display only
  std::uint64_t feeds = 0;
  std::uint64_t entries = 0;   // of all feeds
  replication::Hash contents;  // as storage::DigestOf
  std::vector<FileSum> files;  // ascending by name
  friend bool operator==(const Manifest&, const Manifest&) = default;
};

std::string EncodeManifest(const Manifest& manifest);
//   INVALID_ARGUMENT     not a manifest, and what is wrong with it
//   FAILED_PRECONDITION  of a newer Hansa
absl::StatusOr<Manifest> DecodeManifest(absl::string_view bytes);

}  // namespace hansa::node::backup

#endif  // HANSA_NODE_BACKUP_MANIFEST_H_
