// Numbers as people write them in their tables, understood as they were meant or refused with what to write instead.
// What could be two numbers is never guessed.
#ifndef HANSA_NODE_DOMAIN_WRITTEN_NUMBER_H_
#define HANSA_NODE_DOMAIN_WRITTEN_NUMBER_H_

#include <variant>

#include "absl/strings/string_view.h"
#include "node/domain/decimal.h"
#include "node/domain/problem.h"

namespace hansa::node::domain {

// What stands before the decimals in a file, as far as the file or its person says.
enum class DecimalSign {
  kPoint,        // 12.5, so that a comma parts thousands
  kComma,        // 12,5, so that a point parts thousands
  kPointUnsaid,  // 12.5 as far as anybody can tell, for nobody said so: a single comma may mean either
  kEither,       // as each number shows by itself
};

// A sign that there is no value, such as '..' or 'n/a'.
struct NoValue {
  friend bool operator==(const NoValue&, const NoValue&) = default;
};

// Reads one number; `percent` says whether the row's unit is percent, so that '95 %' is 95. Understood are digits of
// any script, a minus sign, groups of thousands parted by spaces, apostrophes or the sign that is not the decimal one,
// and one percent sign. The digits stay as they were written: 76,70 becomes 76.70. Only nought has no sign: -0.0 is
// 0.0.
std::variant<Decimal, NoValue, Explanation> ReadNumber(absl::string_view text, DecimalSign sign, bool percent);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_WRITTEN_NUMBER_H_
