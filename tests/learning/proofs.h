// Every partnership of a year, verified from a bundle by somebody who has the charter and nothing else; and refused
// once a byte of it is another.
#ifndef HANSA_TESTS_LEARNING_PROOFS_H_
#define HANSA_TESTS_LEARNING_PROOFS_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "tests/learning/year.h"

namespace hansa::learning {

struct ProofFindings {
  std::string fault;  // empty: all hold, and none of the altered ones
  std::uint64_t verified = 0;
  std::uint64_t agreed = 0;  // of those: signed by all whom the text names; of the others each signature holds
  std::uint64_t signatures = 0;
  std::uint64_t altered = 0;  // bundles with one other byte, all of them refused
  std::uint64_t bundle_bytes_max = 0;
};

// `altered_max`: of so many partnerships each part is altered as well: a byte of the text, of a signature, of the list
// of members.
ProofFindings ProvePartnerships(Year& year, std::size_t altered_max);

}  // namespace hansa::learning

#endif  // HANSA_TESTS_LEARNING_PROOFS_H_
