// How the dialogue stands: by what is held, whatever came first.
#include "node/domain/dialogue_book.h"

#include <algorithm>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "replication/collections.h"
#include "tests/testing/roster.h"

namespace hansa::testing {
namespace {

using namespace node::domain;  // NOLINT: what is tested
using replication::Member;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

constexpr Member kHub{1}, kSecondHub{2}, kBonn{10}, kCork{11}, kEspoo{12};

NotedRecord Word(const std::string& name, Member author) { return {author, replication::kDialogue, RecordNamed(name)}; }
NotedRecord PracticeOf(Member author) { return {author, replication::kPractices, RecordNamed("practice")}; }
NotedPlace At(std::uint64_t sequence, std::uint32_t incarnation = 1) {
  return {replication::Incarnation(incarnation), replication::Sequence(sequence)};
}
WordFacts Says(WordKind kind, std::optional<NotedRecord> about = std::nullopt, WordMark mark = WordMark::kNone) {
  WordFacts facts;
  facts.kind = kind;
  facts.text = WordKindName(kind);
  facts.about = about;
  facts.mark = mark;
  return facts;
}
SpokenEntry Entry(const NotedRecord& record, std::uint64_t sequence, WordFacts facts) {
  const WordKind kind = facts.kind;
  return {record, At(sequence), kind, false, 1000 + sequence, std::move(facts)};
}
SpokenEntry TakesBack(const NotedRecord& record, std::uint64_t sequence, WordKind kind = WordKind::kComment) {
  return {record, At(sequence), kind, true, 1000 + sequence, std::nullopt};
}
SpokenEntry Asks(const NotedRecord& record, std::optional<NotedRecord> about, Member asked_of = Member(0)) {
  WordFacts facts = Says(WordKind::kQuestion, about);
  facts.asked_of = asked_of;
  return Entry(record, 1, facts);
}
SpokenEntry Answers(const NotedRecord& question, Member author, std::uint64_t sequence = 1) {
  return Entry(Word("answer", author), sequence, Says(WordKind::kAnswer, question));
}
SpokenEntry Marks(const std::string& name, Member author, std::uint64_t sequence, const NotedRecord& about,
                  WordMark mark) {
  return Entry(Word(name, author), sequence, Says(WordKind::kComment, about, mark));
}

std::vector<std::string> MarksAt(const DialogueBook& book, const NotedRecord& record) {
  std::vector<std::string> marks;
  for (const auto& [put, comment] : book.MarksOf(record)) {
    marks.push_back(absl::StrCat(put.first.value(), " ", MarkName(put.second)));
  }
  return marks;
}
// Each line of a thread: its depth, author and name, and what became of it.
std::vector<std::string> Lines(const DialogueBook& book, const Thread& thread,
                               const std::map<NotedRecord, std::string>& names) {
  std::vector<std::string> lines;
  for (const ThreadLine& line : thread.lines) {
    const bool is_withdrawn = book.words.at(line.record).state == WordState::kWithdrawn;
    lines.push_back(absl::StrCat(line.depth, " ", names.at(line.record), is_withdrawn ? " taken back" : "",
                                 line.is_left_out ? " left out" : ""));
  }
  return lines;
}

TEST(DialogueBook, KindsAndMarksHaveOneNameEach) {
  for (const WordKind kind : {WordKind::kTopic, WordKind::kQuestion, WordKind::kAnswer, WordKind::kComment}) {
    EXPECT_EQ(WordKindOf(RecordKindOf(kind)), kind);
  }
  EXPECT_EQ(WordKindOf(replication::kPractice), std::nullopt);
  for (const std::string& name : MarkNames()) EXPECT_EQ(MarkName(*MarkNamed(name)), name);
  EXPECT_EQ(MarkNamed(""), std::nullopt);
  EXPECT_EQ(MarkNamed("liked"), std::nullopt);
  EXPECT_EQ(MarkName(WordMark::kNone), "");
  EXPECT_EQ(MarkName(static_cast<WordMark>(12)), "12") << "of a later version";
}

TEST(DialogueBook, AWordIsCalledByItsTitleOrItsFirstWords) {
  WordFacts facts;
  facts.text = "How did you begin?\nWe are small.";
  EXPECT_EQ(TitleOf(facts), "How did you begin?");
  facts.title = "Beginning";
  EXPECT_EQ(TitleOf(facts), "Beginning");
  facts.title.clear();
  facts.text.clear();
  for (int i = 0; i < 100; ++i) facts.text += "물";
  EXPECT_EQ(TitleOf(facts), absl::StrCat(facts.text.substr(0, 80 * std::string("물").size()), "…"));
}

TEST(DialogueBook, TheLastEntryStandsAndTheFirstSaysWhen) {
  const NotedRecord topic = Word("t", kBonn);
  WordFacts second = Says(WordKind::kTopic);
  second.text = "Second";
  const DialogueBook book = DialogueOf({Entry(topic, 7, second), Entry(topic, 3, Says(WordKind::kTopic))});
  ASSERT_NE(book.Find(topic), nullptr);
  EXPECT_EQ(book.Find(topic)->facts.text, "Second");
  EXPECT_EQ(book.Find(topic)->first_ms, 1003u);
  EXPECT_EQ(book.Find(topic)->revisions, 2u);
  const SpokenEntry unread{topic, At(1, 2), WordKind::kTopic, false, 5, std::nullopt};
  const DialogueBook later = DialogueOf({unread, Entry(topic, 7, second)});
  EXPECT_EQ(later.Find(topic)->state, WordState::kUnreadable) << "an older revision does not speak for it";
}

TEST(DialogueBook, AQuestionAboutARecordIsAnsweredByItsAuthor) {
  const NotedRecord question = Word("q", kBonn);
  const SpokenEntry asks = Asks(question, PracticeOf(kCork));
  EXPECT_FALSE(IsAnswered(DialogueOf({asks}), question));
  EXPECT_FALSE(IsAnswered(DialogueOf({asks, Answers(question, kEspoo)}), question)) << "it was not asked";
  const DialogueBook book = DialogueOf({asks, Answers(question, kEspoo), Answers(question, kCork)});
  EXPECT_TRUE(IsAnswered(book, question));
  EXPECT_THAT(WhoAnswered(book, question), ElementsAre(kCork, kEspoo));
  EXPECT_FALSE(IsAnswered(
      DialogueOf({asks, Answers(question, kCork), TakesBack(Word("answer", kCork), 2, WordKind::kAnswer)}), question));
}

TEST(DialogueBook, WhomAQuestionNamesGoesBeforeTheAuthorOfTheRecord) {
  const NotedRecord question = Word("q", kBonn);
  const SpokenEntry asks = Asks(question, PracticeOf(kCork), kEspoo);
  EXPECT_EQ(AskedOf(question, *asks.says), kEspoo);
  EXPECT_FALSE(IsAnswered(DialogueOf({asks, Answers(question, kCork)}), question));
  EXPECT_TRUE(IsAnswered(DialogueOf({asks, Answers(question, kEspoo)}), question));
}

TEST(DialogueBook, AQuestionToAllIsAnsweredByAnybody) {
  const NotedRecord question = Word("q", kBonn);
  for (const SpokenEntry& asks : {Asks(question, std::nullopt), Asks(question, PracticeOf(kBonn))}) {
    EXPECT_EQ(AskedOf(question, *asks.says), std::nullopt);
    EXPECT_FALSE(IsAnswered(DialogueOf({asks}), question));
    EXPECT_TRUE(IsAnswered(DialogueOf({asks, Answers(question, kEspoo)}), question));
  }
}

TEST(DialogueBook, AnyNodeOfTheSecretariatAnswersForIt) {
  const NotedRecord question = Word("q", kBonn);
  const NotedRecord guidance{kHub, replication::kNotices, RecordNamed("g")};
  for (const SpokenEntry& asks : {Asks(question, std::nullopt, kHub), Asks(question, guidance)}) {
    EXPECT_TRUE(IsAnswered(DialogueOf({asks, Answers(question, kSecondHub)}), question));
    EXPECT_FALSE(IsAnswered(DialogueOf({asks, Answers(question, kCork)}), question));
  }
  EXPECT_FALSE(IsSecretariat(Member(0)));
  EXPECT_FALSE(IsSecretariat(Member(10)));
}

TEST(DialogueBook, OnlyWhoAskedMarksAQuestionAsAnswered) {
  const NotedRecord question = Word("q", kBonn), topic = Word("t", kBonn);
  const SpokenEntry asks = Asks(question, PracticeOf(kCork));
  const SpokenEntry by_other = Marks("m", kCork, 1, question, WordMark::kAnswered);
  const SpokenEntry by_asker = Marks("m", kBonn, 2, question, WordMark::kAnswered);
  const SpokenEntry no_question = Marks("n", kBonn, 3, topic, WordMark::kAnswered);
  EXPECT_FALSE(IsAnswered(DialogueOf({asks, by_other}), question));
  EXPECT_THAT(DialogueOf({asks, by_other}).marks, IsEmpty());
  const DialogueBook book =
      DialogueOf({asks, by_other, by_asker, Entry(topic, 4, Says(WordKind::kTopic)), no_question});
  EXPECT_TRUE(IsAnswered(book, question));
  EXPECT_THAT(MarksAt(book, question), ElementsAre("10 answered"));
  EXPECT_THAT(MarksAt(book, topic), IsEmpty());
  EXPECT_TRUE(book.IsPutBy(by_asker.record));
  EXPECT_FALSE(book.IsPutBy(by_other.record));
}

TEST(DialogueBook, AMarkStandsUntilItsMemberLiftsIt) {
  const NotedRecord practice = PracticeOf(kBonn);
  const SpokenEntry outdated = Marks("a", kCork, 1, practice, WordMark::kOutdated);
  const SpokenEntry disputed = Marks("b", kCork, 2, practice, WordMark::kDisputed);
  const SpokenEntry of_another = Marks("c", kEspoo, 1, practice, WordMark::kOutdated);
  const SpokenEntry lifts_nothing = Marks("d", kBonn, 9, practice, WordMark::kLifted);
  const SpokenEntry lifts = Marks("e", kCork, 3, practice, WordMark::kLifted);
  const SpokenEntry again = Marks("f", kCork, 4, practice, WordMark::kOutdated);
  EXPECT_THAT(MarksAt(DialogueOf({outdated, disputed, of_another, lifts_nothing}), practice),
              ElementsAre("11 outdated", "11 disputed", "12 outdated"));
  EXPECT_THAT(MarksAt(DialogueOf({lifts, outdated, disputed, of_another}), practice), ElementsAre("12 outdated"));
  const DialogueBook book = DialogueOf({again, lifts, outdated, of_another});
  EXPECT_THAT(MarksAt(book, practice), ElementsAre("11 outdated", "12 outdated"));
  EXPECT_TRUE(book.IsPutBy(again.record));
  EXPECT_FALSE(book.IsPutBy(outdated.record));
  EXPECT_THAT(MarksAt(DialogueOf({outdated, lifts, TakesBack(lifts.record, 5)}), practice), ElementsAre("11 outdated"))
      << "what lifted it was taken back";
  EXPECT_THAT(MarksAt(DialogueOf({outdated, TakesBack(outdated.record, 5)}), practice), IsEmpty());
  EXPECT_THAT(MarksAt(DialogueOf({outdated, Entry(outdated.record, 5, Says(WordKind::kComment, practice))}), practice),
              IsEmpty())
      << "revised into a plain comment";
}

TEST(DialogueBook, WhatWasTakenBackKeepsItsPlaceAsLongAsSomethingStandsUnderIt) {
  const NotedRecord question = Word("q", kBonn), answer = Word("a", kCork), comment = Word("c", kEspoo);
  const std::map<NotedRecord, std::string> names = {{question, "q"}, {answer, "a"}, {comment, "c"}};
  std::vector<SpokenEntry> entries = {
      Asks(question, PracticeOf(kCork)), Entry(answer, 2, Says(WordKind::kAnswer, question)),
      Entry(comment, 3, Says(WordKind::kComment, answer)), TakesBack(answer, 4, WordKind::kAnswer)};
  DialogueBook book = DialogueOf(entries);
  EXPECT_THAT(Lines(book, ThreadUnder(book, PracticeOf(kCork), {}), names),
              ElementsAre("1 q", "2 a taken back", "3 c"));
  entries.push_back(TakesBack(comment, 5));
  book = DialogueOf(entries);
  EXPECT_THAT(Lines(book, ThreadUnder(book, PracticeOf(kCork), {}), names), ElementsAre("1 q"));
}

TEST(DialogueBook, WhoIsLeftOutIsCountedAndKeepsAPlaceForTheWordsOfOthers) {
  const NotedRecord question = Word("q", kBonn), answer = Word("a", kCork), comment = Word("c", kEspoo),
                    other = Word("o", kCork);
  const std::map<NotedRecord, std::string> names = {{question, "q"}, {answer, "a"}, {comment, "c"}, {other, "o"}};
  const DialogueBook book = DialogueOf(
      {Asks(question, std::nullopt), Entry(answer, 2, Says(WordKind::kAnswer, question)),
       Entry(comment, 3, Says(WordKind::kComment, answer)), Entry(other, 4, Says(WordKind::kComment, comment))});
  const Thread all = ThreadUnder(book, question, {});
  EXPECT_THAT(Lines(book, all, names), ElementsAre("1 a", "2 c", "3 o"));
  EXPECT_EQ(all.left_out, 0u);
  const Thread some = ThreadUnder(book, question, {kCork});
  EXPECT_THAT(Lines(book, some, names), ElementsAre("1 a left out", "2 c"));
  EXPECT_EQ(some.left_out, 2u);
  EXPECT_THAT(ThreadUnder(book, question, {kCork, kEspoo}).lines, IsEmpty());
}

TEST(DialogueBook, ThreadsAreInTheOrderOfFirstPublication) {
  const NotedRecord practice = PracticeOf(kBonn), first = Word("x", kEspoo), second = Word("y", kBonn),
                    third = Word("z", kCork);
  const std::map<NotedRecord, std::string> names = {{first, "x"}, {second, "y"}, {third, "z"}};
  const WordFacts comment = Says(WordKind::kComment, practice);
  const DialogueBook book = DialogueOf(
      {Entry(third, 3, comment), Entry(second, 2, comment), Entry(first, 1, comment), Entry(first, 9, comment)});
  EXPECT_THAT(Lines(book, ThreadUnder(book, practice, {}), names), ElementsAre("1 x", "1 y", "1 z"));
}

TEST(DialogueBook, CirclesAndDepthsWithoutEndAreWalkedOnce) {
  const NotedRecord a = Word("a", kBonn), b = Word("b", kCork);
  const DialogueBook circle =
      DialogueOf({Entry(a, 1, Says(WordKind::kComment, b)), Entry(b, 1, Says(WordKind::kComment, a))});
  EXPECT_EQ(ThreadUnder(circle, a, {}).lines.size(), 1u);
  const DialogueBook itself = DialogueOf({Entry(a, 1, Says(WordKind::kComment, a))});
  EXPECT_THAT(ThreadUnder(itself, a, {}).lines, IsEmpty());
  std::vector<SpokenEntry> entries;
  NotedRecord above = PracticeOf(kBonn);
  for (std::uint64_t i = 1; i <= 2000; ++i) {
    const NotedRecord word = Word(absl::StrCat("w", i), kCork);
    entries.push_back(Entry(word, i, Says(WordKind::kComment, above)));
    above = word;
  }
  const Thread deep = ThreadUnder(DialogueOf(entries), PracticeOf(kBonn), {});
  ASSERT_EQ(deep.lines.size(), 2000u);
  EXPECT_EQ(deep.lines.back().depth, kThreadDepthMax);
  EXPECT_EQ(deep.lines.back().record, above);
}

// Everything a book says, as text.
std::string Told(const DialogueBook& book) {
  const auto name = [](const NotedRecord& record) { return absl::StrCat(record.author.value(), "/", record.id.hex()); };
  std::string told;
  for (const auto& [record, word] : book.words) {
    absl::StrAppend(&told, name(record), " ", static_cast<int>(word.state), " ", word.first_ms, " ", word.revisions,
                    " ", word.facts.text, IsAnswered(book, record) ? " answered" : "", "\n");
    for (const ThreadLine& line : ThreadUnder(book, record, {kCork}).lines) {
      absl::StrAppend(&told, "  ", line.depth, " ", name(line.record), line.is_left_out ? " left out" : "", "\n");
    }
  }
  for (const auto& [record, marks] : book.marks) {
    for (const auto& [put, comment] : marks) {
      absl::StrAppend(&told, name(record), " ", MarkName(put.second), " by ", name(comment), "\n");
    }
  }
  return told;
}

// Questions, answers, comments with and without marks, revisions and withdrawals at random; what cannot be read too.
std::vector<SpokenEntry> RandomEntries(std::mt19937& random) {
  const auto below = [&random](std::size_t end) { return random() % end; };
  std::vector<NotedRecord> spoken = {PracticeOf(kBonn)};
  std::vector<SpokenEntry> entries;
  for (std::uint64_t sequence = 1; sequence <= 60; ++sequence) {
    const Member member = std::vector<Member>{kHub, kBonn, kCork, kEspoo}[below(4)];
    const auto kind = static_cast<WordKind>(below(4));
    const NotedRecord record = Word(absl::StrCat("r", below(20)), member);
    SpokenEntry entry{
        record, At(sequence, 1 + static_cast<std::uint32_t>(below(2))), kind, below(8) == 0, below(50), std::nullopt};
    if (!entry.retracted && below(10) != 0) {
      entry.says = Says(kind, spoken[below(spoken.size())]);
      entry.says->text = absl::StrCat("text ", sequence);
      if (kind == WordKind::kComment) entry.says->mark = static_cast<WordMark>(below(8));
      if (kind == WordKind::kQuestion && below(2) == 0) entry.says->asked_of = kHub;
    }
    spoken.push_back(record);
    entries.push_back(std::move(entry));
  }
  return entries;
}

TEST(DialogueBook, InWhateverOrderEntriesComeTheBookIsTheSame) {
  for (unsigned seed = 1; seed <= 200; ++seed) {
    std::mt19937 random(seed);
    std::vector<SpokenEntry> entries = RandomEntries(random);
    const std::string told = Told(DialogueOf(entries));
    for (int round = 0; round < 5; ++round) {
      std::shuffle(entries.begin(), entries.end(), random);
      std::vector<SpokenEntry> twice = entries;
      twice.insert(twice.end(), entries.begin(), entries.begin() + 20);
      ASSERT_EQ(Told(DialogueOf(twice)), told) << "seed " << seed;
    }
  }
}

}  // namespace
}  // namespace hansa::testing
