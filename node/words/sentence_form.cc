#include "node/words/sentence_form.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"

namespace hansa::node::words {
namespace {

bool IsPlaceAt(absl::string_view form, std::size_t at) {
  return at + 2 < form.size() && form[at] == '{' && form[at + 1] >= '0' && form[at + 1] <= '9' && form[at + 2] == '}';
}

std::size_t PlaceNumber(absl::string_view form, std::size_t at) { return static_cast<std::size_t>(form[at + 1] - '0'); }

}  // namespace

std::string Filled(absl::string_view form, const std::vector<std::string>& fillings) {
  std::string filled;
  for (std::size_t at = 0; at < form.size(); ++at) {
    if (!IsPlaceAt(form, at) || PlaceNumber(form, at) >= fillings.size()) {
      filled.push_back(form[at]);
      continue;
    }
    filled += fillings[PlaceNumber(form, at)];
    at += 2;
  }
  return filled;
}

SentenceForm::SentenceForm(absl::string_view form) : form_(form) {
  std::size_t begin = 0;
  for (std::size_t at = 0; at < form.size(); ++at) {
    if (!IsPlaceAt(form, at)) continue;
    literals_.push_back(form.substr(begin, at - begin));
    places_.push_back(PlaceNumber(form, at));
    at += 2;
    begin = at + 1;
  }
  literals_.push_back(form.substr(begin));
  for (const absl::string_view literal : literals_) {
    literal_bytes_ += literal.size();
    bool in_word = false;
    for (const char c : literal) {
      const bool is_letter = absl::ascii_isalpha(static_cast<unsigned char>(c));
      if (is_letter && !in_word) ++literal_words_;
      in_word = is_letter;
    }
  }
}

std::string SentenceForm::Before(std::size_t number) const {
  std::string before;
  for (std::size_t i = 0; i < places_.size(); ++i) {
    before.append(literals_[i].data(), literals_[i].size());
    if (places_[i] == number) return before;
  }
  return "";
}

bool SentenceForm::is_typed(std::size_t number) const {
  const std::string before = Before(number);
  return std::count(before.begin(), before.end(), '`') % 2 == 1;
}

bool SentenceForm::is_aside(std::size_t number) const {
  const std::string before = Before(number);
  return std::count(before.begin(), before.end(), '(') > std::count(before.begin(), before.end(), ')');
}

std::optional<std::vector<std::string>> SentenceForm::Match(absl::string_view line) const {
  if (!has_places()) return line == form_ ? std::optional(std::vector<std::string>()) : std::nullopt;
  if (line.size() <= literal_bytes_ || !absl::ConsumePrefix(&line, literals_.front())) return std::nullopt;
  std::vector<std::string> fillings(1 + *std::max_element(places_.begin(), places_.end()));
  for (std::size_t i = 0; i < places_.size(); ++i) {
    const absl::string_view after = literals_[i + 1];
    std::size_t end = line.size();
    if (i + 1 < places_.size()) {
      end = line.find(after, 1);
    } else if (absl::EndsWith(line, after)) {
      end = line.size() - after.size();
    } else {
      return std::nullopt;
    }
    if (end == absl::string_view::npos || end == 0) return std::nullopt;
    const absl::string_view filling = line.substr(0, end);
    std::string& known = fillings[places_[i]];
    if (!known.empty() && known != filling) return std::nullopt;
    known = std::string(filling);
    line.remove_prefix(end + after.size());
  }
  return fillings;
}

}  // namespace hansa::node::words
