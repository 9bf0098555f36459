// The planted bugs by name.
#ifndef HANSA_TESTS_SIMULATION_BUGS_H_
#define HANSA_TESTS_SIMULATION_BUGS_H_

#include <optional>
#include <string>
#include <vector>

#include "replication/planted.h"

namespace hansa::simulation {

struct NamedBug {
  replication::Bug bug;
  const char* name;  // as in planted.h, without the k and with hyphens
};

// All but kNone, in the order of planted.h.
const std::vector<NamedBug>& NamedBugs();
std::optional<replication::Bug> BugNamed(const std::string& name);
std::string NameOf(replication::Bug bug);

}  // namespace hansa::simulation

#endif  // HANSA_TESTS_SIMULATION_BUGS_H_
