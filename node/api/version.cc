#include "node/api/version.h"

namespace hansa::node::api {

const char* Version() { return HANSA_VERSION; }

}  // namespace hansa::node::api
