#include "node/page/embedded_page.h"

#ifdef HANSA_PAGE_ARCHIVE
asm(".section .rodata\n"
    ".balign 16\n"
    "hansa_page_begin:\n"
    ".incbin \"" HANSA_PAGE_ARCHIVE
    "\"\n"
    "hansa_page_end:\n"
    ".byte 0\n"
    ".previous\n"
    ".global hansa_page_begin\n"
    ".global hansa_page_end\n");
extern "C" const char hansa_page_begin[];
extern "C" const char hansa_page_end[];
#endif

namespace hansa::node::page {

absl::string_view EmbeddedPage() {
#ifdef HANSA_PAGE_ARCHIVE
  return {hansa_page_begin, static_cast<std::size_t>(hansa_page_end - hansa_page_begin)};
#else
  return {};
#endif
}

}  // namespace hansa::node::page
