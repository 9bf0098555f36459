#include "node/door/described_protos.h"

asm(".section .rodata\n"
    ".balign 16\n"
    ".global hansa_protos_begin\n"
    ".global hansa_protos_end\n"
    "hansa_protos_begin:\n"
    ".incbin \"" HANSA_DESCRIBED_PROTOS
    "\"\n"
    "hansa_protos_end:\n"
    ".byte 0\n"
    ".previous\n");
extern "C" const char hansa_protos_begin[];
extern "C" const char hansa_protos_end[];

namespace hansa::node::door {

absl::string_view DescribedProtos() {
  return {hansa_protos_begin, static_cast<std::size_t>(hansa_protos_end - hansa_protos_begin)};
}

}  // namespace hansa::node::door
