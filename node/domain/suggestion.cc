#include "node/domain/suggestion.h"

#include <algorithm>
#include <cstddef>
#include <numeric>

#include "absl/strings/ascii.h"

namespace hansa::node::domain {
namespace {

constexpr std::size_t kTextBytesMax = 128;

// Insertions, deletions and replacements of one byte that turn `a` into `b`.
std::size_t Distance(absl::string_view a, absl::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

}  // namespace

std::string Nearest(absl::string_view text, const std::vector<std::string>& candidates) {
  if (text.empty() || text.size() > kTextBytesMax) return "";
  const std::string lower = absl::AsciiStrToLower(text);
  std::size_t best = text.size() / 3 + 1;
  std::string nearest;
  for (const std::string& candidate : candidates) {
    const std::size_t longer = std::max(candidate.size(), lower.size());
    if (longer - std::min(candidate.size(), lower.size()) >= best) continue;
    const std::size_t distance = Distance(lower, absl::AsciiStrToLower(candidate));
    if (distance >= best) continue;
    best = distance;
    nearest = candidate;
  }
  return nearest;
}

}  // namespace hansa::node::domain
