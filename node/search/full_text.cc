#include "node/search/full_text.h"

#include <xapian.h>

#include <map>
#include <unordered_map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace hansa::node::search {
namespace {

// Terms of a word as it is, of a word's stem in a language, and of a piece of a run. Xapian takes up to 245 bytes.
constexpr char kStem[] = "S";
constexpr char kPiece[] = "C";
constexpr std::size_t kFormBytesMax = 120;
// Words of one language whose terms are remembered.
constexpr std::size_t kTermsKept = 200'000;

// 'pt' of 'pt-BR', 'nb' of 'no': what the rules of stems go by.
std::string PrimaryOf(absl::string_view language) {
  return absl::AsciiStrToLower(language.substr(0, language.find('-')));
}

std::string Short(const std::string& form) {
  if (form.size() <= kFormBytesMax) return form;
  std::string kept;
  for (const std::string& character : CharactersOf(form)) {
    if (kept.size() + character.size() > kFormBytesMax) break;
    kept += character;
  }
  return kept;
}

bool IsOfLetters(const std::string& form) {
  for (const char c : form) {
    if (absl::ascii_isdigit(static_cast<unsigned char>(c))) return false;
  }
  return true;
}

}  // namespace

struct FullText::Inside {
  // What a language has rules for; a word without any is its own stem.
  const Xapian::Stem& StemOf(const std::string& primary) const {
    const auto known = stems.find(primary);
    if (known != stems.end()) return known->second;
    return stems.emplace(primary, Xapian::Stem(primary, true)).first->second;
  }
  // Languages without rules of their own share their terms.
  std::string GroupOf(const std::string& primary) const { return StemOf(primary).is_none() ? "" : primary; }

  // The terms of a word that is no run, in texts of a group; each once. Good until the next call.
  const std::vector<std::string>& StemsOf(const Word& word, const std::string& group) const {
    auto& known = terms[group];
    if (known.size() > kTermsKept) known.clear();
    const auto found = known.find(word.cased);
    return found != known.end() ? found->second : known.emplace(word.cased, MakeStems(word, group)).first->second;
  }
  std::vector<std::string> MakeStems(const Word& word, const std::string& group) const {
    const Xapian::Stem& stem = StemOf(group);
    const std::string prefix = absl::StrCat(kStem, group, ":");
    if (stem.is_none() || !IsOfLetters(word.form)) return {prefix + Short(word.form)};
    std::vector<std::string> made = {prefix + Short(Root(stem, word.form))};
    // A rule may go by an accent that not everybody types, so the word counts in both spellings.
    if (word.cased == word.form) return made;
    std::string other = prefix + Short(Folded(Root(stem, word.cased)));
    if (other != made.front()) made.push_back(std::move(other));
    return made;
  }
  // What the rules leave of a word when nothing more can be taken off: they make ciudad of ciudades, and ciud of
  // ciudad.
  static std::string Root(const Xapian::Stem& stem, std::string word) {
    constexpr int kTimesMax = 4;
    for (int i = 0; i < kTimesMax; ++i) {
      std::string shorter = stem(word);
      if (shorter == word) break;
      word = std::move(shorter);
    }
    return word;
  }

  // Of one word of a question: any of its terms in any language that there are texts of.
  Xapian::Query QueryOf(const Word& word) const {
    if (word.is_run) {
      const std::string bare = WithoutParticle(word.form);
      Xapian::Query query = AllOf(PairsOf(bare));
      return bare == word.form ? query : Xapian::Query(Xapian::Query::OP_AND_MAYBE, query, AllOf(PairsOf(word.form)));
    }
    std::set<std::string> any;
    for (const auto& [group, texts] : groups) {
      for (const std::string& term : StemsOf(word, group)) {
        if (database.term_exists(term)) any.insert(term);
      }
    }
    if (any.empty()) return Xapian::Query::MatchNothing;
    if (any.size() == 1) return Xapian::Query(*any.begin());
    return Xapian::Query(Xapian::Query::OP_SYNONYM, any.begin(), any.end());
  }
  static Xapian::Query AllOf(const std::vector<std::string>& pieces) {
    std::vector<Xapian::Query> parts;
    parts.reserve(pieces.size());
    for (const std::string& piece : pieces) parts.emplace_back(kPiece + piece);
    return Xapian::Query(Xapian::Query::OP_AND, parts.begin(), parts.end());
  }
  Xapian::Query QueryOf(const Wanted& wanted) const {
    std::vector<Xapian::Query> parts;
    parts.reserve(wanted.words.size());
    for (const Word& word : wanted.words) parts.push_back(QueryOf(word));
    return Xapian::Query(Xapian::Query::OP_AND, parts.begin(), parts.end());
  }

  Xapian::WritableDatabase database{std::string(), Xapian::DB_BACKEND_INMEMORY};
  mutable std::map<std::string, Xapian::Stem> stems;
  // By group and word: most words of a text were met before, and rules take long.
  mutable std::map<std::string, std::unordered_map<std::string, std::vector<std::string>>> terms;
  std::map<std::string, std::uint64_t> groups;  // texts in each, without those that have none
  std::map<TextId, std::string> group_of;
};

FullText::FullText() : inside_(std::make_unique<Inside>()) {}
FullText::~FullText() = default;
FullText::FullText(FullText&&) noexcept = default;
FullText& FullText::operator=(FullText&&) noexcept = default;

TextId FullText::Add(absl::string_view language, const std::vector<TextPiece>& pieces) {
  const std::string group = inside_->GroupOf(PrimaryOf(language));
  std::unordered_map<std::string, Xapian::termcount> counts;
  for (const TextPiece& piece : pieces) {
    for (const Word& word : piece.words) {
      if (word.is_run) {
        for (const std::string& part : PiecesOf(word.form)) counts[kPiece + part] += piece.weight;
      } else {
        for (const std::string& term : inside_->StemsOf(word, group)) counts[term] += piece.weight;
      }
    }
  }
  Xapian::Document document;
  for (const auto& [term, count] : counts) document.add_term(term, count);
  const TextId id = inside_->database.add_document(document);
  inside_->group_of[id] = group;
  ++inside_->groups[group];
  return id;
}

void FullText::Remove(TextId id) {
  const auto group = inside_->group_of.find(id);
  if (group == inside_->group_of.end()) return;
  inside_->database.delete_document(id);
  if (--inside_->groups[group->second] == 0) inside_->groups.erase(group->second);
  inside_->group_of.erase(group);
}

std::vector<TextMatch> FullText::Find(const Question& question) const {
  std::vector<TextMatch> matches;
  if (inside_->group_of.empty()) return matches;
  Xapian::Query query = Xapian::Query::MatchAll;
  for (const Wanted& wanted : question.all) query &= inside_->QueryOf(wanted);
  // Of a phrase, and of a run, it is only known later whether it stands there.
  for (const Wanted& wanted : question.none) {
    const bool is_certain = !wanted.is_phrase && !wanted.words.front().is_run;
    if (is_certain) query = Xapian::Query(Xapian::Query::OP_AND_NOT, query, inside_->QueryOf(wanted));
  }
  Xapian::Enquire enquire(inside_->database);
  enquire.set_query(query);
  enquire.set_docid_order(Xapian::Enquire::DONT_CARE);
  const Xapian::MSet found = enquire.get_mset(0, inside_->database.get_doccount());
  matches.reserve(found.size());
  for (auto match = found.begin(); match != found.end(); ++match) matches.push_back({*match, match.get_weight()});
  return matches;
}

std::vector<std::string> FullText::TermsOf(const Word& word, absl::string_view language) const {
  if (word.is_run) return {};
  return inside_->StemsOf(word, inside_->GroupOf(PrimaryOf(language)));
}

std::set<std::string> FullText::TermsOf(const Question& question) const {
  std::set<std::string> terms;
  for (const Wanted& wanted : question.all) {
    for (const Word& word : wanted.words) {
      if (word.is_run) continue;
      for (const auto& [group, texts] : inside_->groups) {
        const std::vector<std::string>& stems = inside_->StemsOf(word, group);
        terms.insert(stems.begin(), stems.end());
      }
    }
  }
  return terms;
}

}  // namespace hansa::node::search
