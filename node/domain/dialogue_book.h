// How the dialogue stands, from the records held: which words stand under which record, which marks stand and by whom,
// which questions are answered. Promises: a pure function of the set of entries, so that nodes that hold the same
// entries show the same, in whatever order these came, and however often; nothing disappears in silence: what was taken
// back keeps its place as long as something stands under it, and a mark leaves the record as it is. Nothing here is
// counted, and nothing is ordered by anything but time, member and id.
#ifndef HANSA_NODE_DOMAIN_DIALOGUE_BOOK_H_
#define HANSA_NODE_DOMAIN_DIALOGUE_BOOK_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "node/domain/noted_record.h"
#include "replication/bytes.h"
#include "replication/strong_id.h"

namespace hansa::node::domain {

enum class WordKind { kTopic, kQuestion, kAnswer, kComment };
// As people and scripts read them: "topic", "question", "answer", "comment".
const char* WordKindName(WordKind kind);
std::optional<WordKind> WordKindOf(replication::Kind kind);
replication::Kind RecordKindOf(WordKind kind);

// What a comment says of a record beside its text; numbers as in the schema. Others are of later versions.
enum class WordMark {
  kNone = 0,
  kAnswered = 1,
  kOutdated = 2,
  kDisputed = 3,
  kOffTopic = 4,
  kDuplicate = 5,
  kAgainstRules = 6,
  kLifted = 7,
};
// "answered", …, "off-topic", …; empty for kNone; of one that this version does not know its number.
std::string MarkName(WordMark mark);
//   nullopt  none is called so; the empty one is no name
std::optional<WordMark> MarkNamed(absl::string_view name);
// All names, in the order of the schema.
const std::vector<std::string>& MarkNames();

// Whether `member` is a node of the secretariat: numbers 1 to 9.
bool IsSecretariat(replication::Member member);

struct WordFacts {
  WordKind kind = WordKind::kTopic;
  std::string title;     // of a topic or a question; empty: not given
  std::string text;      // Markdown
  std::string language;  // BCP 47
  std::vector<std::string> features;
  std::vector<std::string> actions;
  std::optional<NotedRecord> about;  // what it stands under; of an answer the question
  replication::Member asked_of;      // of a question, as it says; 0: not given
  WordMark mark = WordMark::kNone;
  std::vector<NotedRecord> see_also;
  std::string on_behalf_of;  // name of an organization; empty: the member itself
  std::size_t files = 0;     // how many it names
  friend bool operator==(const WordFacts&, const WordFacts&) = default;
};
// The title, else the first words of the text; empty where it says nothing.
std::string TitleOf(const WordFacts& facts);

// One entry.
struct SpokenEntry {
  NotedRecord record;
  NotedPlace place;
  WordKind kind = WordKind::kTopic;
  bool retracted = false;
  std::uint64_t claimed_ms = 0;   // when it was published, as its author says: Unix milliseconds
  std::optional<WordFacts> says;  // nullopt: it takes the record back, or cannot be read
};

enum class WordState { kStands, kWithdrawn, kUnreadable };

// A record of the dialogue as it stands.
struct SpokenWord {
  WordFacts facts;  // of what does not stand: those of the last revision that could be read, which say where it stood
  WordState state = WordState::kStands;
  NotedPlace place;             // of its last entry
  std::uint64_t first_ms = 0;   // when it was published first
  std::uint64_t revisions = 0;  // that are held
};

// Under a record and a mark: who put it, and by which comment. Of several by one member the last that it wrote.
using StandingMarks = std::map<std::pair<replication::Member, WordMark>, NotedRecord>;

struct DialogueBook {
  std::map<NotedRecord, SpokenWord> words;
  // By record what was said to it, in the order of first publication, then by author and id.
  std::map<NotedRecord, std::vector<NotedRecord>> under;
  // By record the marks that stand at it: until they are lifted by who put them. That a question is answered only its
  // author can say.
  std::map<NotedRecord, StandingMarks> marks;

  // nullptr if no such word is held.
  const SpokenWord* Find(const NotedRecord& record) const;
  const StandingMarks& MarksOf(const NotedRecord& record) const;
  // Whether a comment with a mark is the one by which the mark stands.
  bool IsPutBy(const NotedRecord& comment) const;
};

// The book of `entries`: all revisions of all records, in any order, with or without repetitions.
DialogueBook DialogueOf(absl::Span<const SpokenEntry> entries);

// Whom a question is put to: whom it names, else the author of the record that it is about. nullopt: all, also where it
// is about a record of its own author. Any node of the secretariat stands for the secretariat.
std::optional<replication::Member> AskedOf(const NotedRecord& question, const WordFacts& facts);

// Who answered, as far as the answers stand.
std::set<replication::Member> WhoAnswered(const DialogueBook& book, const NotedRecord& question);
// Whether whom it was put to has answered, or its author marked it so.
bool IsAnswered(const DialogueBook& book, const NotedRecord& question);

// A word in a thread.
struct ThreadLine {
  NotedRecord record;
  std::size_t depth = 1;     // 1: under the record itself; at most kThreadDepthMax
  bool is_left_out = false;  // its author is left out; it keeps its place for what stands under it
};
// What stands deeper is shown at this depth, after the word that it stands under.
inline constexpr std::size_t kThreadDepthMax = 32;

struct Thread {
  std::vector<ThreadLine> lines;  // each word after what it stands under
  std::size_t left_out = 0;       // words of those who are left out
};
// What was said to `root`, whatever it is. Words of `left_out`, and words that were taken back, are there only as long
// as a word of somebody else stands under them.
Thread ThreadUnder(const DialogueBook& book, const NotedRecord& root, const std::set<replication::Member>& left_out);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_DIALOGUE_BOOK_H_
