// What was found, as people read it: records with a piece of their text, cities in like circumstances, what can be
// learnt about a feature. As texts.h.
#ifndef HANSA_NODE_CLI_SEARCH_TEXTS_H_
#define HANSA_NODE_CLI_SEARCH_TEXTS_H_

#include <string>

#include "node/cli/table.h"

namespace hansa::v1 {
class FindSimilarReply;
class LearnReply;
class SearchReply;
}  // namespace hansa::v1

namespace hansa::node::cli {

// Whether what the records are about is listed too.
enum class Facets { kHidden, kShown };

// Words that were found are bold where the terminal understands that, and plain elsewhere.
std::string TextOf(const v1::SearchReply& found, Facets facets, const Layout& layout);
std::string TextOf(const v1::FindSimilarReply& similar, const Layout& layout);
std::string TextOf(const v1::LearnReply& learnt, const Layout& layout);

// That the index lacks records that are here; empty if it has all.
std::string UnreadWarning(const v1::SearchReply& found, const words::Words& words);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_SEARCH_TEXTS_H_
