// Files that records name as people read them.
#ifndef HANSA_NODE_CLI_FILE_TEXTS_H_
#define HANSA_NODE_CLI_FILE_TEXTS_H_

#include <string>

#include "node/cli/table.h"

namespace hansa::v1 {
class FileCount;
class FileSummary;
class ListFilesReply;
}  // namespace hansa::v1

namespace hansa::node::cli {

// A section of a record's page; empty where there are none.
std::string TextOf(const v1::ListFilesReply& files, const Layout& layout);
// The same as a list, a line for each; there is one at least.
std::string ListText(const v1::ListFilesReply& files, const Layout& layout);
// '3 files, 2.4 MB; 1 of them here'; empty for none.
std::string CountText(const v1::FileCount& files, const words::Words& words);
// Whether it is here: 'here', '3 of 10 parts are here, the rest is coming', 'not here'.
std::string StandingText(const v1::FileSummary& file, const words::Words& words);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_FILE_TEXTS_H_
