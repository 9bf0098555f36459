#include "node/membership/statement_file.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "node/domain/text.h"
#include "replication/check.h"

namespace hansa::node::membership {

using replication::NetworkId;
using replication::PublicKey;
using replication::Signature;
using replication::Statement;

void PutStatement(const NetworkId& network, const Statement& statement, JsonWriter& file) {
  file.Hex("network", network.view())
      .Base64("body", statement.body)
      .Hex("signer", statement.signer.view())
      .Hex("signature", statement.signature.view());
}

Statement StatementIn(const JsonReader& file) {
  return {file.Base64("body"), file.Hex<PublicKey>("signer"), file.Hex<Signature>("signature")};
}

absl::Status CheckNetwork(const JsonReader& file, const NetworkId& own) {
  const NetworkId network = file.Hex<NetworkId>("network");
  HANSA_RETURN_IF_ERROR(file.status());
  if (network == own) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat("the file is for the network ", network.hex(),
                                                    " and this node belongs to ", own.hex(),
                                                    "; start from the same charter.json and make it again"));
}

absl::Status CheckCopy(const JsonReader& file, const char* key, absl::string_view signed_text) {
  const std::string copy = file.Text(key);
  HANSA_RETURN_IF_ERROR(file.status());
  if (copy == signed_text) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat("the file was altered: it shows the ", key, " ",
                                                    domain::Quoted(copy), " and ", domain::Quoted(signed_text),
                                                    " was signed; ask for the file again"));
}

}  // namespace hansa::node::membership
