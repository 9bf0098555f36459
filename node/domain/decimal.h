// A number exactly as a person wrote it. 76.70 stays 76.70, and no binary fraction ever comes near
// it.
#ifndef HANSA_NODE_DOMAIN_DECIMAL_H_
#define HANSA_NODE_DOMAIN_DECIMAL_H_

#include <compare>
#include <cstdint>
#include <string>

#include "absl/numeric/int128.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace hansa::node::domain {

// Grammar: -?(0|[1-9][0-9]{0,14})(\.[0-9]{1,9})? in ASCII, nothing around it.
class Decimal {
 public:
  //   INVALID_ARGUMENT  `text` is anything else; the message quotes it and says what to write
  static absl::StatusOr<Decimal> Parse(absl::string_view text);

  // As written.
  const std::string& text() const { return text_; }
  // The number times 10^9, exact.
  absl::int128 billionths() const { return billionths_; }
  // True for 12 and for 12.00.
  bool is_whole() const;

  // By number: 1.5 and 1.50 compare as equal, and so do 0 and -0.
  friend std::strong_ordering Compare(const Decimal& a, const Decimal& b);
  // By number, with a whole one.
  friend std::strong_ordering Compare(const Decimal& a, std::int64_t b);

  // As written: 1.5 and 1.50 are two answers.
  friend bool operator==(const Decimal&, const Decimal&) = default;

 private:
  Decimal(std::string text, absl::int128 billionths) : text_(std::move(text)), billionths_(billionths) {}

  std::string text_;
  absl::int128 billionths_;
};

// A number of billionths in the grammar of Decimal, without trailing zeros; more than 15 digits before the stop are
// written too.
std::string TextOfBillionths(absl::int128 billionths);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_DECIMAL_H_
