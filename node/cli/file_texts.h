// Files of a practice as people read them.
#ifndef HANSA_NODE_CLI_FILE_TEXTS_H_
#define HANSA_NODE_CLI_FILE_TEXTS_H_

#include <string>

#include "node/cli/table.h"

namespace hansa::v1 {
class FileSummary;
class ListFilesReply;
}  // namespace hansa::v1

namespace hansa::node::cli {

// A section of a record's page; empty where there are none.
std::string TextOf(const v1::ListFilesReply& files, const Layout& layout);
// Whether it is here: 'here', '3 of 10 parts are here, the rest is coming', 'not here'.
std::string StandingText(const v1::FileSummary& file, const words::Words& words);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_FILE_TEXTS_H_
