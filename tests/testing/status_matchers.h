// Matchers and a short cut for absl::Status and absl::StatusOr.
#ifndef HANSA_TESTS_TESTING_STATUS_MATCHERS_H_
#define HANSA_TESTS_TESTING_STATUS_MATCHERS_H_

#include <gmock/gmock.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace hansa::testing {

inline const absl::Status& StatusOf(const absl::Status& status) { return status; }
template <typename T>
const absl::Status& StatusOf(const absl::StatusOr<T>& result) {
  return result.status();
}

// EXPECT_THAT(store.Append(units), IsOk());
MATCHER(IsOk, negation ? "is not OK" : "is OK") {
  *result_listener << "says " << StatusOf(arg).ToString();
  return StatusOf(arg).ok();
}

// The code, whatever the message.
MATCHER_P(StatusIs, code, "has the code " + absl::StatusCodeToString(code)) {
  *result_listener << "says " << StatusOf(arg).ToString();
  return StatusOf(arg).code() == code;
}

// The code, and `part` somewhere in the message.
MATCHER_P2(StatusIs, code, part, "has the code " + absl::StatusCodeToString(code) + " and says '" + part + "'") {
  *result_listener << "says " << StatusOf(arg).ToString();
  return StatusOf(arg).code() == code && std::string(StatusOf(arg).message()).find(part) != std::string::npos;
}

// OK, and the value matches.
MATCHER_P(IsOkAndHolds, inner, "is OK and holds what matches") {
  if (!arg.ok()) {
    *result_listener << "says " << arg.status().ToString();
    return false;
  }
  return ::testing::ExplainMatchResult(inner, *arg, result_listener);
}

// The value; ends the test program with the status where a test has nothing left to say without it.
template <typename T>
T Must(absl::StatusOr<T> result) {
  if (!result.ok()) {
    std::fprintf(stderr, "a test cannot go on: %s\n", result.status().ToString().c_str());
    std::abort();
  }
  return *std::move(result);
}
inline void Must(const absl::Status& status) {
  if (status.ok()) return;
  std::fprintf(stderr, "a test cannot go on: %s\n", status.ToString().c_str());
  std::abort();
}

}  // namespace hansa::testing

#endif  // HANSA_TESTS_TESTING_STATUS_MATCHERS_H_
