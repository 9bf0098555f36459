// Officers' accounts, as people read them, in their language.
#ifndef HANSA_NODE_CLI_USER_TEXTS_H_
#define HANSA_NODE_CLI_USER_TEXTS_H_

#include <string>
#include <vector>

#include "node/cli/table.h"

namespace hansa::v1 {
class ListAccountsReply;
}
namespace hansa::node::accounts {
struct AuditLine;
}

namespace hansa::node::cli {

// By name.
std::string TextOf(const v1::ListAccountsReply& accounts, const Layout& layout);
// Oldest first; under a line that does not follow on the one before it stands that.
std::string TextOf(const std::vector<accounts::AuditLine>& lines, const Layout& layout);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_USER_TEXTS_H_
