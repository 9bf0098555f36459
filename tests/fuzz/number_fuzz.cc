// Numbers as people write them. The first byte says which sign stands before decimals and whether the row is in
// percent.
#include <string>
#include <variant>

#include "node/domain/written_number.h"
#include "replication/check.h"
#include "tests/fuzz/harness.h"

namespace hansa::node::domain {
namespace {

void HoldNumberToItsPromises(absl::string_view text, DecimalSign sign, bool percent) {
  const auto read = ReadNumber(text, sign, percent);
  if (const auto* fault = std::get_if<Explanation>(&read)) {
    HANSA_CHECK(!fault->rule.empty() && !fault->what.empty() && !fault->remedy.empty());
  } else if (const auto* number = std::get_if<Decimal>(&read)) {
    // What is understood is written as values are, and stays the same when it is read again.
    HANSA_CHECK(Decimal::Parse(number->text()).ok());
    const auto again = ReadNumber(number->text(), DecimalSign::kPoint, percent);
    HANSA_CHECK(std::holds_alternative<Decimal>(again) && std::get<Decimal>(again) == *number);
  }
}

}  // namespace
}  // namespace hansa::node::domain

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using hansa::node::domain::DecimalSign;
  if (size == 0) return 0;
  constexpr DecimalSign kSigns[] = {DecimalSign::kPoint, DecimalSign::kComma, DecimalSign::kEither,
                                    DecimalSign::kPointUnsaid};
  hansa::node::domain::HoldNumberToItsPromises({reinterpret_cast<const char*>(data) + 1, size - 1}, kSigns[data[0] % 4],
                                               (data[0] & 4) != 0);
  return 0;
}
