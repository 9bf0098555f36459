#include "node/api/version.h"

namespace hansa::node::api {

const char* Version() { return HANSA_VERSION; }
const char* BuildDay() { return HANSA_BUILD_DAY; }

}  // namespace hansa::node::api
