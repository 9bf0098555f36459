// The page that this build carries, as node/page/build packs it.
#ifndef HANSA_NODE_PAGE_EMBEDDED_PAGE_H_
#define HANSA_NODE_PAGE_EMBEDDED_PAGE_H_

#include "absl/strings/string_view.h"

namespace hansa::node::page {

// An archive for door::Pages; empty: this build carries none. It lives as long as the process.
absl::string_view EmbeddedPage();

}  // namespace hansa::node::page

#endif  // HANSA_NODE_PAGE_EMBEDDED_PAGE_H_
