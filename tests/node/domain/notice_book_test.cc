// How notices stand: by what is held, whatever came first.
#include "node/domain/notice_book.h"

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
using ::testing::Key;
using ::testing::Pair;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

constexpr Member kHub{1}, kBonn{10}, kCork{11}, kEspoo{12};

NotedRecord Notice(const std::string& name, Member author = kHub) {
  return {author, replication::kNotices, RecordNamed(name)};
}
NotedRecord Said(const std::string& name, Member author) { return {author, replication::kDialogue, RecordNamed(name)}; }
NotedPlace At(std::uint64_t sequence, std::uint32_t incarnation = 1) {
  return {replication::Incarnation(incarnation), replication::Sequence(sequence)};
}
NoticeFacts Facts(NoticeKind kind, const std::string& title) {
  NoticeFacts facts;
  facts.kind = kind;
  facts.title = title;
  return facts;
}
NotedEntry Joins(const std::string& name, Member member, const NotedRecord& cluster, std::uint64_t sequence) {
  return {Said(name, member), At(sequence), false, JoinFacts{cluster}};
}
NotedEntry Leaves(const std::string& name, Member member, std::uint64_t sequence) {
  return {Said(name, member), At(sequence), true, {}};
}
absl::Time Utc(int year, int month, int day, int hour = 0) {
  return absl::FromCivil(absl::CivilHour(year, month, day, hour), absl::UTCTimeZone());
}

// Everything a book says, as text.
std::string Told(const NoticeBook& book) {
  const auto name = [](const NotedRecord& record) { return absl::StrCat(record.author.value(), "/", record.id.hex()); };
  std::string told;
  for (const auto& [record, facts] : book.notices) absl::StrAppend(&told, name(record), " ", facts.title, "\n");
  for (const auto& [record, facts] : book.taken_part) absl::StrAppend(&told, name(record), " took part\n");
  for (const auto& [cluster, joined] : book.joined) {
    for (const auto& [member, record] : joined) absl::StrAppend(&told, name(cluster), " has ", name(record), "\n");
  }
  for (const auto* lists : {&book.took_part, &book.translations, &book.of_cluster}) {
    for (const auto& [record, others] : *lists) {
      for (const NotedRecord& other : others) absl::StrAppend(&told, name(record), ": ", name(other), "\n");
    }
  }
  return told;
}

TEST(NoticeBook, TheLastEntryOfARecordStands) {
  const NotedRecord guidance = Notice("g");
  const NotedEntry first{guidance, At(1), false, Facts(NoticeKind::kGuidance, "First")};
  const NotedEntry second{guidance, At(2), false, Facts(NoticeKind::kGuidance, "Second")};
  const NotedEntry after_a_loss{guidance, At(1, 2), false, Facts(NoticeKind::kGuidance, "Third")};
  const NotedEntry taken_back{guidance, At(2, 2), true, {}};
  EXPECT_EQ(BookOf({second, first}).notices.at(guidance).title, "Second");
  EXPECT_EQ(BookOf({after_a_loss, first, second}).notices.at(guidance).title, "Third");
  EXPECT_THAT(BookOf({taken_back, first, after_a_loss, second}).notices, IsEmpty());
  const NotedEntry unread{guidance, At(3), false, {}};
  EXPECT_THAT(BookOf({first, unread}).notices, IsEmpty())
      << "an older revision does not speak for one that cannot be read";
}

TEST(NoticeBook, WhoJoinedAndHasNotLeftIsInTheCluster) {
  const NotedRecord cluster = Notice("c");
  const std::vector<NotedEntry> entries = {{cluster, At(1), false, Facts(NoticeKind::kCluster, "Reading")},
                                           Joins("b", kBonn, cluster, 1),
                                           Joins("c", kCork, cluster, 1),
                                           Leaves("c", kCork, 2),
                                           Joins("e", kEspoo, cluster, 1),
                                           Leaves("e", kEspoo, 2),
                                           Joins("e again", kEspoo, cluster, 3)};
  const NoticeBook book = BookOf(entries);
  EXPECT_THAT(book.joined.at(cluster),
              ElementsAre(Pair(kBonn, Said("b", kBonn)), Pair(kEspoo, Said("e again", kEspoo))));
}

TEST(NoticeBook, OfTwoWordsOfOneMemberTheLaterCounts) {
  const NotedRecord cluster = Notice("c");
  const std::vector<NotedEntry> entries = {Joins("later", kBonn, cluster, 5), Joins("earlier", kBonn, cluster, 2)};
  EXPECT_THAT(BookOf(entries).joined.at(cluster), ElementsAre(Pair(kBonn, Said("later", kBonn))));
}

TEST(NoticeBook, TranslationsStandUnderTheFirstOriginal) {
  const NotedRecord original = Notice("en"), korean = Notice("ko"), from_korean = Notice("ja", kBonn);
  NoticeFacts ko = Facts(NoticeKind::kGuidance, "ko"), ja = Facts(NoticeKind::kGuidance, "ja");
  ko.translation_of = original;
  ja.translation_of = korean;
  const NotedEntry entries[] = {{original, At(1), false, Facts(NoticeKind::kGuidance, "en")},
                                {korean, At(2), false, ko},
                                {from_korean, At(1), false, ja}};
  const NoticeBook book = BookOf(entries);
  EXPECT_THAT(book.translations, ElementsAre(Pair(original, UnorderedElementsAre(korean, from_korean))));
  EXPECT_EQ(book.OriginalOf(from_korean), original);
  EXPECT_EQ(book.OriginalOf(original), original);
}

TEST(NoticeBook, TranslationsInACircleEndSomewhere) {
  const NotedRecord a = Notice("a"), b = Notice("b");
  NoticeFacts of_a = Facts(NoticeKind::kGuidance, "a"), of_b = Facts(NoticeKind::kGuidance, "b");
  of_a.translation_of = b;
  of_b.translation_of = a;
  const NotedEntry entries[] = {{a, At(1), false, of_a}, {b, At(2), false, of_b}};
  const NoticeBook book = BookOf(entries);
  EXPECT_EQ(book.OriginalOf(a), std::min(a, b));
  EXPECT_EQ(book.OriginalOf(b), std::min(a, b));
}

TEST(NoticeBook, AnAudienceIsOfCountriesRegionsAndMembersAndElseEveryone) {
  const Addressee bonn{kBonn, "DEU", "Europe and North America"};
  EXPECT_TRUE(IsFor({}, bonn));
  EXPECT_TRUE(IsFor({{}, {}, {}, "Cities by a river"}, bonn)) << "words shut nobody out";
  EXPECT_TRUE(IsFor({{"DEU", "FRA"}, {}, {}, ""}, bonn));
  EXPECT_FALSE(IsFor({{"FRA"}, {}, {}, ""}, bonn));
  EXPECT_TRUE(IsFor({{"FRA"}, {"Europe and North America"}, {}, ""}, bonn));
  EXPECT_TRUE(IsFor({{"FRA"}, {}, {kBonn}, ""}, bonn));
  EXPECT_FALSE(IsFor({{}, {}, {kCork}, ""}, bonn));
  EXPECT_FALSE(IsFor({{"FRA"}, {}, {}, ""}, {replication::kMemberUnknown, "", ""})) << "nobody yet";
}

TEST(NoticeBook, ItIsOpenUntilItsDeadlineOrItsLastDayIsOver) {
  NoticeFacts course = Facts(NoticeKind::kOpportunity, "Course");
  EXPECT_EQ(StateOf(course, Utc(2027, 1, 1)), NoticeState::kEndless);
  course.begins = {"2027-04-12", "", ""};
  EXPECT_EQ(StateOf(course, Utc(2027, 4, 13, 11)), NoticeState::kOpen);
  EXPECT_EQ(StateOf(course, Utc(2027, 4, 13, 12)), NoticeState::kClosed);
  course.ends = {"2027-05-21", "", "Asia/Seoul"};
  EXPECT_EQ(StateOf(course, Utc(2027, 5, 21, 14)), NoticeState::kOpen);
  EXPECT_EQ(StateOf(course, Utc(2027, 5, 21, 15)), NoticeState::kClosed);
  course.deadline = {"2027-03-31", "17:00", "Asia/Seoul"};
  EXPECT_EQ(StateOf(course, Utc(2027, 3, 31, 7)), NoticeState::kOpen);
  EXPECT_EQ(StateOf(course, Utc(2027, 3, 31, 8)), NoticeState::kClosed);
  NoticeFacts thanks = Facts(NoticeKind::kRecognition, "Thanks");
  thanks.begins = {"2019-01-01", "", ""};
  EXPECT_EQ(StateOf(thanks, Utc(2027, 1, 1)), NoticeState::kEndless);
}

TEST(NoticeBook, AListIsByKindAndDeadlineThoseWithoutOneLast) {
  NoticeFacts soon = Facts(NoticeKind::kOpportunity, "Z"), later = Facts(NoticeKind::kOpportunity, "A");
  soon.deadline = {"2027-01-01", "", ""};
  later.begins = {"2027-02-01", "", ""};
  const NoticeFacts never = Facts(NoticeKind::kOpportunity, "A"), call = Facts(NoticeKind::kCall, "A");
  const NotedRecord record = Notice("x");
  EXPECT_TRUE(StandsBefore(record, soon, record, later));
  EXPECT_TRUE(StandsBefore(record, later, record, never));
  EXPECT_TRUE(StandsBefore(record, never, record, call));
  EXPECT_FALSE(StandsBefore(record, call, record, never));
}

// Notices, translations, revisions, joinings and leavings at random; what cannot be read too.
std::vector<NotedEntry> RandomEntries(std::mt19937& random) {
  const auto below = [&random](std::size_t end) { return random() % end; };
  std::vector<NotedRecord> notices;
  std::vector<NotedEntry> entries;
  for (std::uint64_t sequence = 1; sequence <= 40; ++sequence) {
    const Member member(10 + static_cast<std::uint32_t>(below(4)));
    const bool is_notice = below(2) == 0;
    const std::string name = absl::StrCat("r", below(8));
    NotedEntry entry{is_notice ? Notice(name, member) : Said(name, member),
                     At(sequence, 1 + static_cast<std::uint32_t>(below(2))),
                     below(6) == 0,
                     {}};
    if (is_notice) notices.push_back(entry.record);
    const NotedRecord about = notices.empty() ? Notice("nowhere") : notices[below(notices.size())];
    if (!entry.retracted && below(8) != 0) {
      if (is_notice) {
        NoticeFacts facts = Facts(NoticeKinds()[below(5)], absl::StrCat("t", sequence));
        if (below(3) == 0) facts.translation_of = about;
        if (below(3) == 0) facts.clusters = {about};
        entry.says = facts;
      } else if (below(2) == 0) {
        entry.says = JoinFacts{about};
      } else {
        entry.says = TakenPartFacts{about, "", ""};
      }
    }
    entries.push_back(std::move(entry));
  }
  return entries;
}

TEST(NoticeBook, AnyOrderOfArrivalGivesTheSame) {
  for (unsigned seed = 1; seed <= 200; ++seed) {
    std::mt19937 random(seed);
    std::vector<NotedEntry> entries = RandomEntries(random);
    const std::string told = Told(BookOf(entries));
    for (int turn = 0; turn < 3; ++turn) {
      std::shuffle(entries.begin(), entries.end(), random);
      entries.push_back(entries[random() % entries.size()]);  // repeated
      ASSERT_EQ(Told(BookOf(entries)), told) << "seed " << seed;
    }
  }
}

TEST(NoticeBook, EveryKindHasANameAndANumber) {
  for (const NoticeKind kind : NoticeKinds()) {
    EXPECT_EQ(NoticeKindNamed(NoticeKindName(kind)), kind);
    EXPECT_EQ(NoticeKindOf(RecordKindOf(kind)), kind);
  }
  EXPECT_EQ(NoticeKindNamed("notice"), std::nullopt);
  EXPECT_EQ(NoticeKindOf(replication::kOffer), std::nullopt);
}

}  // namespace
}  // namespace hansa::testing
