// Which database and which machine: what the high-water file compares, so that a restored copy or a cloned machine is
// noticed before anything is signed.
#ifndef HANSA_STORAGE_IDENTITY_H_
#define HANSA_STORAGE_IDENTITY_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "replication/bytes.h"

namespace hansa::storage {

// Drawn at random when a database is made; kept inside it for ever.
using DatabaseId = replication::FixedBytes<struct DatabaseIdTag, 16>;
// Says "the same machine" without naming it. Zero where the machine has no id.
using MachineId = replication::FixedBytes<struct MachineIdTag, 16>;

//   UNAVAILABLE  the system gave no random bytes
absl::StatusOr<DatabaseId> NewDatabaseId();

// From the text of /etc/machine-id, hashed because that text is a secret of the machine. Zero for blank text.
MachineId MachineIdFrom(absl::string_view machine_id_text);
MachineId ThisMachine();
// What no machine has, not even one without an id: for marks that no machine is to find its own.
MachineId NoMachine();

}  // namespace hansa::storage

#endif  // HANSA_STORAGE_IDENTITY_H_
