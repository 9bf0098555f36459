#include "node/search/search_index.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <iterator>
#include <set>
#include <tuple>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "node/domain/text.h"
#include "node/search/excerpt.h"
#include "node/search/question.h"
#include "node/search/word_forms.h"

namespace hansa::node::search {
namespace {

using projection::RecordKey;

constexpr std::uint32_t kTitleWeight = 3;

// Sums of the same numbers in another order differ in their last digits; nothing else does.
double Rounded(double fit) { return std::round(fit * 1e9) / 1e9; }

bool Has(const std::vector<std::string>& values, const std::string& asked) {
  return asked.empty() || std::find(values.begin(), values.end(), asked) != values.end();
}

// Runs of the question as they are looked for in a text.
std::vector<std::string> RunsOf(const Question& words) {
  std::vector<std::string> runs;
  for (const Wanted& wanted : words.all) {
    for (const Word& word : wanted.words) {
      if (!word.is_run) continue;
      runs.push_back(word.form);
      runs.push_back(WithoutParticle(word.form));
    }
  }
  return runs;
}

// What must stand together in a text, and what must not: phrases, and runs of which only pieces are in the index.
class Standing {
 public:
  explicit Standing(const Question& words) {
    for (const Wanted& wanted : words.all) {
      if (wanted.is_phrase) {
        all_.push_back(AsItStands(wanted));
      } else if (wanted.words.front().is_run) {
        all_.push_back(WithoutParticle(wanted.words.front().form));
      }
    }
    for (const Wanted& wanted : words.none) {
      if (wanted.is_phrase || wanted.words.front().is_run) none_.push_back(AsItStands(wanted));
    }
  }

  bool IsAsAsked(const std::string& joined) const {
    const auto has = [&joined](const std::string& sought) {
      return memmem(joined.data(), joined.size(), sought.data(), sought.size()) != nullptr;
    };
    return std::all_of(all_.begin(), all_.end(), has) && std::none_of(none_.begin(), none_.end(), has);
  }

 private:
  std::vector<std::string> all_, none_;
};

// What is found in texts of `language`: words by their terms, and runs. All must outlive what it returns.
Looked LookedFor(const FullText& index, const std::string& language, const std::set<std::string>& terms,
                 const Question& words) {
  const auto is_found = [&](const Word& word) {
    const std::vector<std::string> known = index.TermsOf(word, language);
    return std::any_of(known.begin(), known.end(), [&](const std::string& term) { return terms.count(term) > 0; });
  };
  return {is_found, RunsOf(words)};
}

}  // namespace

const replication::MemberRecord* SearchIndex::Shown(const SearchContext& context, replication::Member member) {
  const auto& members = context.roster.state().members;
  const auto found = members.find(member);
  if (found == members.end()) return nullptr;
  const bool is_hidden = found->second.state == replication::MemberState::kSuspended && member != context.own;
  return is_hidden ? nullptr : &found->second;
}

std::uint64_t SearchIndex::Generation() const {
  absl::MutexLock lock(&mutex_);
  return generation_;
}

std::size_t SearchIndex::size() const {
  absl::MutexLock lock(&mutex_);
  return records_.size();
}

void SearchIndex::Clear() {
  absl::MutexLock lock(&mutex_);
  ++generation_;
  words_ = FullText();
  records_.clear();
  by_text_.clear();
  translations_.clear();
}

void SearchIndex::Forget(const RecordKey& record) {
  const auto found = records_.find(record);
  if (found == records_.end()) return;
  words_.Remove(found->second.id);
  by_text_[found->second.id] = nullptr;
  if (found->second.text.original) {
    const auto translated = translations_.find(*found->second.text.original);
    translated->second.erase(record);
    if (translated->second.empty()) translations_.erase(translated);
  }
  records_.erase(found);
}

void SearchIndex::Remove(std::uint64_t generation, const RecordKey& record) {
  absl::MutexLock lock(&mutex_);
  if (generation == generation_) Forget(record);
}

void SearchIndex::Put(std::uint64_t generation, IndexedRecord record) {
  Held held{.revision = record.revision, .text = std::move(record.text), .joined = {}, .order = {}, .id = 0};
  std::vector<TextPiece> pieces = {{WordsIn(held.text.title), kTitleWeight}, {WordsIn(held.text.summary)}};
  for (const std::string& part : held.text.parts) pieces.push_back({WordsIn(part)});
  for (const std::string& name : record.names) pieces.push_back({WordsIn(name), 0});
  for (const TextPiece& piece : pieces) held.joined += Joined(piece.words);
  held.order = Folded(held.text.title);
  absl::MutexLock lock(&mutex_);
  if (generation != generation_) return;
  Forget(record.key);
  held.id = words_.Add(held.text.language, pieces);
  if (held.text.original) translations_[*held.text.original][record.key] = held.text.language;
  const auto place = records_.emplace(record.key, std::move(held)).first;
  if (by_text_.size() <= place->second.id) by_text_.resize(place->second.id + 1);
  by_text_[place->second.id] = &*place;
}

std::optional<SearchIndex::Candidate> SearchIndex::CandidateOf(const Records::value_type& text,
                                                               const SearchContext& context) const {
  const replication::MemberRecord* author = Shown(context, text.first.member);
  if (author == nullptr) return std::nullopt;
  const auto& translated = text.second.text.original;
  if (!translated) return Candidate{&text, &text, author, 0};
  const auto original = records_.find(*translated);
  if (original == records_.end() || original->second.text.original) return std::nullopt;
  if (original->second.text.kind != text.second.text.kind) return std::nullopt;
  author = Shown(context, original->first.member);
  if (author == nullptr) return std::nullopt;
  return Candidate{&*original, &text, author, 0};
}

std::vector<SearchIndex::Candidate> SearchIndex::Fitting(const Question& words, const SearchContext& context) const {
  std::vector<Candidate> candidates;
  const Standing standing(words);
  for (const TextMatch& match : words_.Find(words)) {
    std::optional<Candidate> candidate = CandidateOf(*by_text_[match.id], context);
    if (!candidate || !standing.IsAsAsked(candidate->text->second.joined)) continue;
    candidate->fit = Rounded(match.fit);
    candidates.push_back(*candidate);
  }
  return candidates;
}

std::vector<SearchIndex::Candidate> SearchIndex::Everything(const SearchContext& context) const {
  std::vector<Candidate> candidates;
  for (const Records::value_type& text : records_) {
    const std::optional<Candidate> candidate = CandidateOf(text, context);
    if (candidate) candidates.push_back(*candidate);
  }
  return candidates;
}

bool SearchIndex::IsAskedFor(const Candidate& candidate, const SearchQuestion& question) {
  const RecordText& text = candidate.about();
  if (question.member && candidate.key().member != *question.member) return false;
  if (question.authors && !question.authors->contains(candidate.key().member)) return false;
  if (!question.kinds.empty() && !Has(question.kinds, text.kind)) return false;
  if (!Has(text.features, question.feature) || !Has(text.actions, question.action)) return false;
  if (!question.area_kind.empty() && text.area_kind != question.area_kind) return false;
  if (question.year && std::find(text.years.begin(), text.years.end(), *question.year) == text.years.end()) {
    return false;
  }
  const std::string& language = candidate.text->second.text.language;
  if (!question.language.empty() && !domain::IsOfLanguage(language, question.language)) return false;
  return (question.country.empty() || candidate.author->country == question.country) &&
         (question.region.empty() || candidate.author->region == question.region);
}

std::uint64_t SearchIndex::LeaveOut(const SearchContext& context, std::vector<Candidate>& found) {
  if (context.left_out.empty()) return 0;
  std::set<RecordKey> before, after;
  for (const Candidate& each : found) before.insert(each.key());
  std::erase_if(found, [&](const Candidate& each) {
    return context.left_out.contains(each.key().member) || context.left_out.contains(each.text->first.member);
  });
  for (const Candidate& each : found) after.insert(each.key());
  return before.size() - after.size();
}

void SearchIndex::KeepTheBest(std::vector<Candidate>& found) {
  // Only a translation can have a record in here twice.
  if (std::none_of(found.begin(), found.end(), [](const Candidate& each) { return each.is_translated(); })) return;
  std::sort(found.begin(), found.end(), [](const Candidate& a, const Candidate& b) {
    if (a.original != b.original) return a.key() < b.key();
    if (a.fit != b.fit) return a.fit > b.fit;
    if (a.is_translated() != b.is_translated()) return b.is_translated();
    return std::tie(a.text->second.text.language, a.text->first) <
           std::tie(b.text->second.text.language, b.text->first);
  });
  found.erase(std::unique(found.begin(), found.end(),
                          [](const Candidate& a, const Candidate& b) { return a.original == b.original; }),
              found.end());
}

bool SearchIndex::ComesBefore(const Candidate& a, const Candidate& b) {
  if (a.fit != b.fit) return a.fit > b.fit;
  const int by_title = a.original->second.order.compare(b.original->second.order);
  if (by_title != 0) return by_title < 0;
  return std::tie(a.author->name, a.key().id, a.key()) < std::tie(b.author->name, b.key().id, b.key());
}

FoundRecord SearchIndex::HitOf(const Candidate& candidate, const Question& words,
                               const std::set<std::string>& terms) const {
  const RecordText& original = candidate.about();
  FoundRecord hit{.key = candidate.key(),
                  .revision = candidate.original->second.revision,
                  .kind = original.kind,
                  .title = original.title,
                  .summary = original.summary,
                  .language = original.language,
                  .excerpt = {},
                  .year = original.years.size() == 1 ? original.years.front() : 0,
                  .features = original.features,
                  .actions = original.actions,
                  .found_in = {}};
  const RecordText& text = candidate.text->second.text;
  if (candidate.is_translated()) hit.found_in = text.language;
  std::vector<absl::string_view> parts;
  if (!text.summary.empty()) parts.push_back(text.summary);
  parts.insert(parts.end(), text.parts.begin(), text.parts.end());
  hit.excerpt = ExcerptOf(parts, LookedFor(words_, text.language, terms, words));
  return hit;
}

Found SearchIndex::Search(const SearchQuestion& question, const SearchContext& context) const {
  const Question words = ParseQuestion(question.text);
  const bool has_words = !words.all.empty() || !words.none.empty();
  absl::MutexLock lock(&mutex_);
  std::vector<Candidate> found = has_words ? Fitting(words, context) : Everything(context);
  found.erase(
      std::remove_if(found.begin(), found.end(), [&](const Candidate& each) { return !IsAskedFor(each, question); }),
      found.end());
  const std::uint64_t left_out = LeaveOut(context, found);
  KeepTheBest(found);
  const std::size_t first = std::min(question.offset, found.size());
  const std::size_t last = std::min(first + question.limit, found.size());
  std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(last), found.end(), ComesBefore);
  Found answer;
  answer.records = found.size();
  answer.left_out = left_out;
  answer.facets = FacetsOf(found, context);
  const std::set<std::string> terms = words_.TermsOf(words);
  for (std::size_t i = first; i < last; ++i) answer.hits.push_back(HitOf(found[i], words, terms));
  return answer;
}

}  // namespace hansa::node::search
