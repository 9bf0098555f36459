#include "node/daemon/kill_point.h"

#include <csignal>
#include <cstdlib>
#include <cstring>

namespace hansa::node {

void KillPoint(const char* name) {
  static const char* const wanted = std::getenv("HANSA_KILLPOINT");
  if (wanted != nullptr && std::strcmp(wanted, name) == 0) std::raise(SIGKILL);
}

}  // namespace hansa::node
