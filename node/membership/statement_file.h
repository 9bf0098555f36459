// What every file with a signed statement has in common: the network it is for, the signed body as
// it was signed, who signed it and the signature.
#ifndef HANSA_NODE_MEMBERSHIP_STATEMENT_FILE_H_
#define HANSA_NODE_MEMBERSHIP_STATEMENT_FILE_H_

#include "absl/status/status.h"
#include "node/membership/json_file.h"
#include "replication/statement.h"

namespace hansa::node::membership {

// Puts "network", "body", "signer" and "signature".
void PutStatement(const replication::NetworkId& network, const replication::Statement& statement, JsonWriter& file);
replication::Statement StatementIn(const JsonReader& file);

//   FAILED_PRECONDITION  "network" names another network than `own`
absl::Status CheckNetwork(const JsonReader& file, const replication::NetworkId& own);

// The copy that people read must say what the signed body says.
//   FAILED_PRECONDITION  it says something else
absl::Status CheckCopy(const JsonReader& file, const char* key, absl::string_view signed_text);

}  // namespace hansa::node::membership

#endif  // HANSA_NODE_MEMBERSHIP_STATEMENT_FILE_H_
