#include "node/membership/own_folder.h"

#include <utility>

#include "node/membership/json_file.h"
#include "replication/check.h"

namespace hansa::node::membership {

absl::StatusOr<OwnFolder> OpenOwnFolder(const std::string& folder) {
  const NodePaths paths(folder);
  absl::StatusOr<Identity> identity = ReadIdentity(paths.identity);
  HANSA_RETURN_IF_ERROR(identity.status());
  const absl::StatusOr<std::string> json = ReadFile(paths.charter, kFileBytesMax);
  HANSA_RETURN_IF_ERROR(json.status());
  absl::StatusOr<Charter> charter = DecodeCharter(*json);
  HANSA_RETURN_IF_ERROR(charter.status());
  const absl::StatusOr<replication::Seed> writer = ReadKey(paths.writer_key);
  HANSA_RETURN_IF_ERROR(writer.status());

  OwnFolder own;
  own.identity = *std::move(identity);
  own.network = NetworkOf(*charter);
  own.charter = *std::move(charter);
  own.writer = replication::SodiumSigner(*writer);
  if (!own.identity.is_key_file()) {
    const absl::StatusOr<replication::Seed> tls = ReadKey(paths.tls_key);
    HANSA_RETURN_IF_ERROR(tls.status());
    own.tls = replication::SodiumSigner(*tls);
  }
  return own;
}

}  // namespace hansa::node::membership
