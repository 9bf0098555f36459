#include "storage/identity.h"

#include <sys/random.h>

#include <array>
#include <cstdint>
#include <fstream>
#include <string>

#include "absl/strings/ascii.h"
#include "replication/crypto.h"

namespace hansa::storage {

using replication::ByteWriter;

absl::StatusOr<DatabaseId> NewDatabaseId() {
  DatabaseId id;
  if (getrandom(id.data(), DatabaseId::kSize, 0) != static_cast<ssize_t>(DatabaseId::kSize)) {
    return absl::UnavailableError("cannot draw a database id: the system gave no random bytes; try again");
  }
  return id;
}

MachineId MachineIdFrom(absl::string_view machine_id_text) {
  const absl::string_view text = absl::StripAsciiWhitespace(machine_id_text);
  if (text.empty()) return MachineId();
  const replication::Hash hash =
      replication::SodiumCrypto().Sha256(ByteWriter().Tag("hansa/machine/1").Raw(text).bytes());
  return *MachineId::From(hash.view().substr(0, MachineId::kSize));
}

MachineId ThisMachine() {
  std::ifstream file("/etc/machine-id");
  std::string line;
  std::getline(file, line);  // an absent or empty file leaves it blank
  return MachineIdFrom(line);
}

MachineId NoMachine() {
  std::array<std::uint8_t, MachineId::kSize> bytes;
  bytes.fill(0xff);
  return MachineId(bytes);
}

}  // namespace hansa::storage
