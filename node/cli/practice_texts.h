// Best practices as people read them, in their language: with what they build on, who built on them, and in other
// languages. What cities wrote stays as they wrote it, without what could disturb a terminal. Nothing is ordered by a
// value, and nobody is counted.
#ifndef HANSA_NODE_CLI_PRACTICE_TEXTS_H_
#define HANSA_NODE_CLI_PRACTICE_TEXTS_H_

#include <string>

#include "node/cli/table.h"

namespace hansa::v1 {
class GetPracticeReply;
class ListPracticesReply;
}  // namespace hansa::v1

namespace hansa::node::cli {

std::string TextOf(const v1::ListPracticesReply& practices, const Layout& layout);
std::string TextOf(const v1::GetPracticeReply& practice, const Layout& layout);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_PRACTICE_TEXTS_H_
