// A sentence with places to fill in, {0} to {9}: filled, or recognised in a line that it was filled into.
#ifndef HANSA_NODE_WORDS_SENTENCE_FORM_H_
#define HANSA_NODE_WORDS_SENTENCE_FORM_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace hansa::node::words {

// `form` with its places filled; a place that `fillings` does not reach stays as it is.
std::string Filled(absl::string_view form, const std::vector<std::string>& fillings);

// Immutable. `form` must outlive it.
class SentenceForm {
 public:
  explicit SentenceForm(absl::string_view form);

  absl::string_view form() const { return form_; }
  // Bytes that are not places: the more, the surer a match.
  std::size_t literal_bytes() const { return literal_bytes_; }
  // Words of letters that are not places.
  std::size_t literal_words() const { return literal_words_; }
  bool has_places() const { return literals_.size() > 1; }
  // Whether place `number` stands between backticks: what it holds is typed, in every language alike.
  bool is_typed(std::size_t number) const;
  // Whether place `number` stands in parentheses, and so may hold anything.
  bool is_aside(std::size_t number) const;

  // What the places of `line` hold, by their number, if `line` is this sentence; each at least one byte, as short as
  // the text after it allows. A place that stands twice holds the same twice.
  std::optional<std::vector<std::string>> Match(absl::string_view line) const;

 private:
  // The text before place `number`, other places left out.
  std::string Before(std::size_t number) const;

  absl::string_view form_;
  std::vector<absl::string_view> literals_;  // around the places; one more than these
  std::vector<std::size_t> places_;          // their numbers, in the order of the sentence
  std::size_t literal_bytes_ = 0;
  std::size_t literal_words_ = 0;
};

}  // namespace hansa::node::words

#endif  // HANSA_NODE_WORDS_SENTENCE_FORM_H_
