#include "node/domain/dialogue_book.h"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "hansa/v1/kinds.pb.h"
#include "node/domain/text.h"

namespace hansa::node::domain {
namespace {

struct Named {
  const char* name;
  v1::Kind record_kind;
};
// In the order of WordKind.
constexpr Named kKinds[] = {{"topic", v1::KIND_DIALOGUE_TOPIC},
                            {"question", v1::KIND_DIALOGUE_QUESTION},
                            {"answer", v1::KIND_DIALOGUE_ANSWER},
                            {"comment", v1::KIND_DIALOGUE_COMMENT}};

// Those of a record that a word can be read of.
struct Revisions {
  std::map<NotedPlace, const SpokenEntry*> entries;
};

SpokenWord WordOf(const Revisions& revisions) {
  const SpokenEntry& last = *revisions.entries.rbegin()->second;
  SpokenWord word;
  word.place = last.place;
  word.first_ms = revisions.entries.begin()->second->claimed_ms;
  word.revisions = revisions.entries.size();
  word.facts.kind = last.kind;
  if (last.says && !last.retracted) {
    word.facts = *last.says;
    return word;
  }
  word.state = last.retracted ? WordState::kWithdrawn : WordState::kUnreadable;
  const auto read = std::find_if(revisions.entries.rbegin(), revisions.entries.rend(),
                                 [](const auto& each) { return each.second->says.has_value(); });
  if (read != revisions.entries.rend()) word.facts = *read->second->says;
  return word;
}

// The marks that one member put at one record, in the order in which it did.
using PutMarks = std::map<NotedPlace, std::pair<WordMark, NotedRecord>>;

void Lay(const PutMarks& put, replication::Member member, StandingMarks& marks) {
  std::map<WordMark, NotedRecord> standing;
  for (const auto& [place, what] : put) {
    if (what.first == WordMark::kLifted) {
      standing.clear();
    } else {
      standing.insert_or_assign(what.first, what.second);
    }
  }
  for (const auto& [mark, comment] : standing) marks.emplace(std::pair(member, mark), comment);
}

bool MayPut(const DialogueBook& book, const NotedRecord& about, replication::Member member, WordMark mark) {
  if (mark != WordMark::kAnswered) return true;
  const SpokenWord* const question = book.Find(about);
  return question != nullptr && question->facts.kind == WordKind::kQuestion && about.author == member;
}

}  // namespace

const char* WordKindName(WordKind kind) { return kKinds[static_cast<std::size_t>(kind)].name; }

std::optional<WordKind> WordKindOf(replication::Kind kind) {
  for (std::size_t i = 0; i < std::size(kKinds); ++i) {
    if (kKinds[i].record_kind == static_cast<int>(kind.value())) return static_cast<WordKind>(i);
  }
  return std::nullopt;
}

replication::Kind RecordKindOf(WordKind kind) {
  return replication::Kind(static_cast<std::uint16_t>(kKinds[static_cast<std::size_t>(kind)].record_kind));
}

const std::vector<std::string>& MarkNames() {
  static const auto* const names = new std::vector<std::string>{"answered",  "outdated",      "disputed", "off-topic",
                                                                "duplicate", "against-rules", "lifted"};
  return *names;
}

std::string MarkName(WordMark mark) {
  const auto number = static_cast<std::size_t>(mark);
  if (mark == WordMark::kNone) return "";
  return number <= MarkNames().size() ? MarkNames()[number - 1] : absl::StrCat(number);
}

std::optional<WordMark> MarkNamed(absl::string_view name) {
  const std::vector<std::string>& names = MarkNames();
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<WordMark>(found - names.begin() + 1);
}

bool IsSecretariat(replication::Member member) {
  constexpr std::uint32_t kFirst = 1, kLast = 9;
  return member.value() >= kFirst && member.value() <= kLast;
}

std::string TitleOf(const WordFacts& facts) {
  constexpr std::size_t kCharactersMax = 80;
  if (!facts.title.empty()) return facts.title;
  const std::string line = facts.text.substr(0, facts.text.find('\n'));
  if (CharacterCount(line) <= kCharactersMax) return line;
  std::size_t end = 0;
  for (std::size_t characters = 0; characters < kCharactersMax; ++characters) {
    do {
      ++end;
    } while (end < line.size() && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80);
  }
  return absl::StrCat(line.substr(0, end), "…");
}

const SpokenWord* DialogueBook::Find(const NotedRecord& record) const {
  const auto found = words.find(record);
  return found == words.end() ? nullptr : &found->second;
}

const StandingMarks& DialogueBook::MarksOf(const NotedRecord& record) const {
  static const auto* const none = new StandingMarks();
  const auto found = marks.find(record);
  return found == marks.end() ? *none : found->second;
}

bool DialogueBook::IsPutBy(const NotedRecord& comment) const {
  const SpokenWord* const word = Find(comment);
  if (word == nullptr || !word->facts.about) return false;
  const StandingMarks& standing = MarksOf(*word->facts.about);
  const auto found = standing.find(std::pair(comment.author, word->facts.mark));
  return found != standing.end() && found->second == comment;
}

DialogueBook DialogueOf(absl::Span<const SpokenEntry> entries) {
  std::map<NotedRecord, Revisions> records;
  for (const SpokenEntry& entry : entries) records[entry.record].entries.emplace(entry.place, &entry);
  DialogueBook book;
  for (const auto& [record, revisions] : records) book.words.emplace(record, WordOf(revisions));
  std::map<std::pair<NotedRecord, replication::Member>, PutMarks> put;
  for (const auto& [record, word] : book.words) {
    if (!word.facts.about) continue;
    const NotedRecord& about = *word.facts.about;
    if (about != record) book.under[about].push_back(record);
    const WordMark mark = word.facts.mark;
    if (word.state != WordState::kStands || mark == WordMark::kNone) continue;
    if (MayPut(book, about, record.author, mark)) put[{about, record.author}].try_emplace(word.place, mark, record);
  }
  for (auto& [about, words] : book.under) {
    std::sort(words.begin(), words.end(), [&](const NotedRecord& a, const NotedRecord& b) {
      const std::uint64_t a_ms = book.words.at(a).first_ms, b_ms = book.words.at(b).first_ms;
      return std::tie(a_ms, a.author, a.id) < std::tie(b_ms, b.author, b.id);
    });
  }
  for (const auto& [at, marks] : put) {
    StandingMarks standing;
    Lay(marks, at.second, standing);
    if (!standing.empty()) book.marks[at.first].merge(standing);
  }
  return book;
}

std::optional<replication::Member> AskedOf(const NotedRecord& question, const WordFacts& facts) {
  if (facts.asked_of.value() != 0) return facts.asked_of;
  if (!facts.about || facts.about->author == question.author) return std::nullopt;
  return facts.about->author;
}

std::set<replication::Member> WhoAnswered(const DialogueBook& book, const NotedRecord& question) {
  std::set<replication::Member> members;
  const auto found = book.under.find(question);
  if (found == book.under.end()) return members;
  for (const NotedRecord& record : found->second) {
    const SpokenWord& word = book.words.at(record);
    if (word.facts.kind == WordKind::kAnswer && word.state == WordState::kStands) members.insert(record.author);
  }
  return members;
}

bool IsAnswered(const DialogueBook& book, const NotedRecord& question) {
  const SpokenWord* const word = book.Find(question);
  if (word == nullptr) return false;
  if (book.MarksOf(question).contains(std::pair(question.author, WordMark::kAnswered))) return true;
  const std::optional<replication::Member> asked = AskedOf(question, word->facts);
  const std::set<replication::Member> by = WhoAnswered(book, question);
  return std::any_of(by.begin(), by.end(), [&](replication::Member member) {
    return !asked || member == *asked || (IsSecretariat(*asked) && IsSecretariat(member));
  });
}

Thread ThreadUnder(const DialogueBook& book, const NotedRecord& root, const std::set<replication::Member>& left_out) {
  // Each word has one place, so only a circle could come back to where it began.
  std::vector<ThreadLine> all;
  std::set<NotedRecord> met = {root};
  std::vector<ThreadLine> waiting = {{root, 0, false}};
  while (!waiting.empty()) {
    const ThreadLine at = waiting.back();
    waiting.pop_back();
    if (at.record != root) all.push_back(at);
    const auto under = book.under.find(at.record);
    if (under == book.under.end()) continue;
    const std::size_t depth = std::min(at.depth + 1, kThreadDepthMax);
    for (auto record = under->second.rbegin(); record != under->second.rend(); ++record) {
      if (met.insert(*record).second) waiting.push_back({*record, depth, left_out.contains(record->author)});
    }
  }
  Thread thread;
  // From the last to the first: whether something is shown under a word is known before the word is looked at.
  std::vector<bool> is_shown_at(kThreadDepthMax + 2, false);
  for (auto line = all.rbegin(); line != all.rend(); ++line) {
    const bool is_withdrawn = book.words.at(line->record).state == WordState::kWithdrawn;
    if (line->is_left_out && !is_withdrawn) ++thread.left_out;
    const bool has_words = is_shown_at[line->depth + 1];
    is_shown_at[line->depth + 1] = false;
    if (!has_words && (line->is_left_out || is_withdrawn)) continue;
    is_shown_at[line->depth] = true;
    thread.lines.push_back(*line);
  }
  std::reverse(thread.lines.begin(), thread.lines.end());
  return thread;
}

}  // namespace hansa::node::domain
