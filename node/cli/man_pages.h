// The manual pages, made from the table of commands: one on `hansa`, one on each of its commands, one on `hansad`.
#ifndef HANSA_NODE_CLI_MAN_PAGES_H_
#define HANSA_NODE_CLI_MAN_PAGES_H_

#include <string>
#include <vector>

#include "node/cli/table.h"

namespace hansa::node::cli {

struct PageFile {
  std::string path;  // below the folder of all pages, such as "man1/hansa-status.1" or "ko/man8/hansad.8"
  std::string text;
};

// In the language of `layout`. `date`, such as "2025-03-31", is the day that the pages bear.
std::vector<PageFile> ManPages(const Layout& layout, const std::string& date);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_MAN_PAGES_H_
