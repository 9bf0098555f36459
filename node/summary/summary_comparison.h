// Where a published summary is not what the feeds give: in words, figure by figure.
#ifndef HANSA_NODE_SUMMARY_SUMMARY_COMPARISON_H_
#define HANSA_NODE_SUMMARY_SUMMARY_COMPARISON_H_

#include <cstddef>
#include <string>
#include <vector>

#include "node/summary/published_summary.h"

namespace hansa::node::summary {

// So many differences are told; more say nothing new.
inline constexpr std::size_t kDifferencesMax = 100;

// A sentence each, at most kDifferencesMax: first what concerns the whole, then regions by name, then cells in the
// order in which `computed` has them, which is that of the catalogue. Empty: every figure is the same, and in the same
// order. Which feeds are named is not compared, but that the digest is theirs.
std::vector<std::string> DifferencesOf(const PublishedSummary& published, const PublishedSummary& computed);

}  // namespace hansa::node::summary

#endif  // HANSA_NODE_SUMMARY_SUMMARY_COMPARISON_H_
