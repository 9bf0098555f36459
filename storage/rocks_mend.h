// A damaged database is set aside, and another put in its place that holds what of it is whole. What is missing
// afterwards is known to be missing, and can be fetched from peers: payloads are absent, feeds are shorter. The list of
// members is shorter where a payload of it is lost: nobody can read it without.
// Fault it prevents: a rotten block that stops RocksDB from ever rewriting the table it lies in.
#ifndef HANSA_STORAGE_ROCKS_MEND_H_
#define HANSA_STORAGE_ROCKS_MEND_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "replication/crypto.h"
#include "storage/mend_report.h"
#include "storage/rocks_engine.h"

namespace hansa::storage {

// Copies to `fresh`, which holds nothing yet: of each feed everything up to the first entry that is not as it was
// stored, with payloads that are not whole made absent (of the list of members, up to the first payload that is not
// whole); what was cut off feeds; settings, drafts, news and notes, as
// far as they can be read. Views are left out, since feeds tell them again. Any error is about `fresh`, or about a disk
// that is at fault in another way than by damage.
absl::StatusOr<MendReport> CopyWhole(const Engine& damaged, const replication::Crypto& crypto, Engine& fresh);

// Puts a mended database in place of the one in `folder`, in one step; the damaged one goes to quarantine/<n>. The
// caller holds the folder's lock, and nobody has the database open. `known` is its id, where the caller knows it: a
// mended database is the same one.
//   RESOURCE_EXHAUSTED  no room for the copy; nothing has changed
absl::StatusOr<MendReport> MendFolder(const std::string& folder, const replication::Crypto& crypto,
                                      const std::optional<DatabaseId>& known = std::nullopt);

}  // namespace hansa::storage

#endif  // HANSA_STORAGE_ROCKS_MEND_H_
