// hansa-year --nodes 200 --seeds A:B: whole networks through a random year of peer learning each, from numbers.
// Promise: exits 1 where two nodes show different things, another order of arrival shows others, or a partnership is
// not proven with the charter alone; says which seed.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "tests/learning/proofs.h"
#include "tests/learning/year.h"

namespace hansa::learning {
namespace {

struct Asked {
  YearShape shape = {.seed = 1, .nodes = 200, .weeks = 52, .acts_a_week = 60};
  std::uint64_t first_seed = 1, last_seed = 1;
  int orders = 3;
};

double SecondsSince(std::chrono::steady_clock::time_point begun) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}

// Whether the seed went well.
bool Run(const Asked& asked, std::uint64_t seed) {
  const auto begun = std::chrono::steady_clock::now();
  YearShape shape = asked.shape;
  shape.seed = seed;
  Year year(shape);
  const double founded = SecondsSince(begun);
  year.Live();
  const double lived = SecondsSince(begun);
  year.Heal();
  const double healed = SecondsSince(begun);
  const YearFindings findings = year.Compare(asked.orders);
  const double compared = SecondsSince(begun);
  const ProofFindings proofs = ProvePartnerships(year, 5);
  absl::PrintF("seed %d: %d nodes, %d weeks\n", seed, shape.nodes, shape.weeks);
  for (const auto& [what, tried] : year.tried()) {
    absl::PrintF("  %-28s %6d done %5d unchanged %5d refused\n", what, tried.done, tried.unchanged, tried.refused);
  }
  for (const auto& [what, count] : findings.counted) absl::PrintF("  %-40s %12d\n", what, count);
  absl::PrintF("  frames %d; nodes compared %d, other orders of arrival %d\n", year.frames(), findings.nodes_compared,
               findings.orders_compared);
  absl::PrintF(
      "  partnerships verified %d, %d of them agreed, with %d signatures, bundles up to %d bytes; altered and refused "
      "%d\n",
      proofs.verified, proofs.agreed, proofs.signatures, proofs.bundle_bytes_max, proofs.altered);
  absl::PrintF("  seconds: founded %.1f, lived %.1f, healed %.1f, compared %.1f, proven %.1f\n", founded,
               lived - founded, healed - lived, compared - healed, SecondsSince(begun) - compared);
  for (const std::string& fault : {year.unfit(), findings.difference, proofs.fault}) {
    if (!fault.empty()) absl::PrintF("seed %d FAILED: %s\n", seed, fault);
  }
  return year.unfit().empty() && findings.difference.empty() && proofs.fault.empty();
}

int Usage() {
  absl::FPrintF(stderr, "usage: hansa-year [--nodes N] [--weeks N] [--acts N] [--orders N] [--seeds A:B]\n");
  return 2;
}

// False for what is not understood.
bool Read(const std::string& option, const std::string& value, Asked& asked) {
  if (option == "--seeds") {
    const std::vector<std::string> ends = absl::StrSplit(value, ':');
    return absl::SimpleAtoi(ends.front(), &asked.first_seed) && absl::SimpleAtoi(ends.back(), &asked.last_seed);
  }
  int number = 0;
  if (!absl::SimpleAtoi(value, &number) || number < 0) return false;
  if (option == "--nodes") asked.shape.nodes = std::max(number, 12);
  if (option == "--weeks") asked.shape.weeks = number;
  if (option == "--acts") asked.shape.acts_a_week = number;
  if (option == "--orders") asked.orders = number;
  return option == "--nodes" || option == "--weeks" || option == "--acts" || option == "--orders";
}

}  // namespace
}  // namespace hansa::learning

int main(int argc, char** argv) {
  hansa::learning::Asked asked;
  for (int i = 1; i < argc; i += 2) {
    if (i + 1 >= argc || !hansa::learning::Read(argv[i], argv[i + 1], asked)) return hansa::learning::Usage();
  }
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  bool all_well = true;
  for (std::uint64_t seed = asked.first_seed; seed <= asked.last_seed; ++seed) {
    all_well = hansa::learning::Run(asked, seed) && all_well;
  }
  return all_well ? 0 : 1;
}
