// The architecture as a table: what each folder must not use, and why.
#ifndef HANSA_TESTS_TIDY_LAYERS_H_
#define HANSA_TESTS_TIDY_LAYERS_H_

#include <vector>

#include "tests/tidy/scan.h"

namespace hansa::tidy {

// Every rule of the project. Dependencies point one way: replication, storage, node, then deploy
// and tests.
std::vector<Rule> Layers();

}  // namespace hansa::tidy

#endif  // HANSA_TESTS_TIDY_LAYERS_H_
