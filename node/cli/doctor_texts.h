// What the doctor looked at and found, as people and scripts read it.
#ifndef HANSA_NODE_CLI_DOCTOR_TEXTS_H_
#define HANSA_NODE_CLI_DOCTOR_TEXTS_H_

#include <string>

#include "node/cli/table.h"
#include "node/desk/doctor_findings.h"

namespace hansa::node::cli {

std::string TextOf(const desk::Examination& examination, const Layout& layout);
// {"ok","checks":[{"name","done","why_not"}],"findings":[{"check","level","what","do"}]}
std::string JsonOf(const desk::Examination& examination);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_DOCTOR_TEXTS_H_
