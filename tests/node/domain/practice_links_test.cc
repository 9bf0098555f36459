// The promise of the links: a pure function of the set of entries. Random histories in random order, with repetitions,
// give the same links; and those are what a direct reading of the definitions gives.
#include "node/domain/practice_links.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "absl/strings/str_cat.h"
#include "hansa/v1/practices.pb.h"
#include "replication/collections.h"
#include "tests/node/domain/offers_chronicle.h"

namespace hansa::testing {
namespace {

using node::domain::BuiltUpon;
using node::domain::FactsOf;
using node::domain::LinksOf;
using node::domain::PracticeEntry;
using node::domain::PracticeFacts;
using node::domain::PracticeLinks;
using node::domain::PracticeRecord;
using node::domain::TranslationFacts;
using replication::Member;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Key;
using ::testing::UnorderedElementsAre;

constexpr std::uint32_t kSeeds = 500;

PracticeRecord Record(std::uint32_t author, const std::string& name) {
  const auto offer = OffersRecordOf(author, name);
  return {offer.author, offer.id};
}
BuiltUpon On(const PracticeRecord& original, const std::string& changed = "") {
  return {{original, Random("a revision")}, changed, ""};
}
PracticeEntry Entry(const PracticeRecord& record, std::uint64_t seq, decltype(PracticeEntry::says) says,
                    std::uint32_t incarnation = 1) {
  return {record, {replication::Incarnation(incarnation), replication::Sequence(seq)}, std::move(says)};
}
TranslationFacts Of(const PracticeRecord& original, const std::string& language) {
  return {{original, Random("a revision")}, language};
}

bool operator==(const PracticeLinks& a, const PracticeLinks& b) {
  const auto languages = [](const PracticeLinks& links) {
    std::map<PracticeRecord, std::pair<PracticeRecord, std::string>> said;
    for (const auto& [record, facts] : links.translated) said[record] = {facts.original.record, facts.language};
    return said;
  };
  return a.builds_on == b.builds_on && a.built_upon_by == b.built_upon_by && a.translations == b.translations &&
         languages(a) == languages(b);
}

TEST(PracticeLinks, WhoBuildsOnWhatIsKnownOnBothSides) {
  const PracticeRecord a = Record(10, "a"), b = Record(11, "b"), gone = Record(12, "gone");
  const PracticeLinks links =
      LinksOf({Entry(a, 1, PracticeFacts()), Entry(b, 1, PracticeFacts{{On(gone, "x"), On(a, "y")}})});
  ASSERT_THAT(links.builds_on, ElementsAre(Key(b)));
  EXPECT_EQ(links.builds_on.at(b)[0].practice.record, gone) << "in its author's order, held or not";
  EXPECT_EQ(links.builds_on.at(b)[1].changed, "y");
  EXPECT_THAT(links.built_upon_by.at(a), ElementsAre(b));
  EXPECT_THAT(links.built_upon_by.at(gone), ElementsAre(b));
}

TEST(PracticeLinks, TheLastEntryOfARecordSaysWhatStands) {
  const PracticeRecord a = Record(10, "a"), b = Record(11, "b"), ko = Record(11, "ko");
  std::vector<PracticeEntry> entries = {Entry(b, 1, PracticeFacts{{On(a)}}), Entry(b, 2, PracticeFacts()),
                                        Entry(ko, 3, Of(a, "ko")), Entry(ko, 1, Of(a, "ja"), 2)};
  EXPECT_THAT(LinksOf(entries).builds_on, IsEmpty());
  EXPECT_EQ(LinksOf(entries).translated.at(ko).language, "ja") << "a later incarnation comes last";
  entries.push_back(Entry(ko, 2, std::monostate(), 2));
  EXPECT_THAT(LinksOf(entries).translations, IsEmpty()) << "taken back, or erased";
}

TEST(PracticeLinks, NobodyBuildsOnTheirOwnOrTwiceOnOne) {
  const PracticeRecord a = Record(10, "a"), b = Record(11, "b"), own = Record(11, "own");
  const PracticeLinks links = LinksOf({Entry(b, 1, PracticeFacts{{On(own), On(a, "first"), On(a, "second")}})});
  ASSERT_EQ(links.builds_on.at(b).size(), 1u);
  EXPECT_EQ(links.builds_on.at(b)[0].changed, "first");
  EXPECT_THAT(links.built_upon_by, ElementsAre(Key(a)));
}

TEST(PracticeLinks, TheSameEntriesGiveTheSameLinksInAnyOrder) {
  for (std::uint32_t seed = 0; seed < kSeeds; ++seed) {
    std::mt19937 chance(seed);
    const auto below = [&](std::uint32_t n) { return static_cast<std::uint32_t>(chance() % n); };
    const auto any = [&] { return Record(10 + below(3), absl::StrCat("record ", below(3))); };
    std::vector<PracticeEntry> entries;
    std::map<Member, std::uint64_t> written;
    while (entries.size() < 30) {
      const PracticeRecord record = any();
      const std::uint64_t seq = ++written[record.author];
      switch (below(5)) {
        case 0:
          entries.push_back(Entry(record, seq, std::monostate()));
          break;
        case 1:
          entries.push_back(Entry(record, seq, Of(any(), below(2) == 0 ? "ko" : "fr")));
          break;
        default:
          entries.push_back(Entry(record, seq, PracticeFacts{{On(any(), absl::StrCat(seq)), On(any())}}));
      }
    }
    const PracticeLinks links = LinksOf(entries);
    // What the definitions say, asked of all entries one by one.
    std::map<PracticeRecord, std::set<PracticeRecord>> built_upon_by, translations;
    for (const PracticeEntry& entry : entries) {
      const bool is_last = std::none_of(entries.begin(), entries.end(), [&](const PracticeEntry& other) {
        return other.record == entry.record && entry.place < other.place;
      });
      if (!is_last) continue;
      if (const auto* practice = std::get_if<PracticeFacts>(&entry.says)) {
        for (const BuiltUpon& built : practice->built_on) {
          if (built.practice.record.author == entry.record.author) continue;
          built_upon_by[built.practice.record].insert(entry.record);
        }
      }
      if (const auto* translation = std::get_if<TranslationFacts>(&entry.says)) {
        translations[translation->original.record].insert(entry.record);
      }
    }
    ASSERT_EQ(links.built_upon_by, built_upon_by) << "seed " << seed;
    ASSERT_EQ(links.translations, translations) << "seed " << seed;
    for (int round = 0; round < 5; ++round) {
      std::vector<PracticeEntry> arrived = entries;
      for (int again = 0; again < 5; ++again) arrived.push_back(entries[below(30)]);
      std::shuffle(arrived.begin(), arrived.end(), chance);
      ASSERT_TRUE(LinksOf(arrived) == links) << "seed " << seed;
    }
  }
}

TEST(PracticeLinks, APointerThatIsNoneIsLeftOut) {
  const PracticeRecord a = Record(10, "a");
  v1::Practice practice;
  v1::Reference& good = *practice.add_built_on()->mutable_practice();
  good.set_member(10);
  good.set_collection(replication::kPractices.value());
  good.set_record_id(a.id.str());
  good.set_entry_hash(Random("a revision").str());
  *practice.add_built_on()->mutable_practice() = good;
  practice.mutable_built_on(1)->mutable_practice()->set_collection(replication::kOffers.value());
  *practice.add_built_on()->mutable_practice() = good;
  practice.mutable_built_on(2)->mutable_practice()->set_record_id("short");
  practice.add_built_on();
  EXPECT_EQ(FactsOf(Member(11), practice).built_on.size(), 1u);
  EXPECT_THAT(FactsOf(Member(10), practice).built_on, IsEmpty()) << "one's own";
  v1::PracticeTranslation translation;
  translation.set_language("ko");
  EXPECT_FALSE(FactsOf(translation));
  *translation.mutable_original() = good;
  EXPECT_EQ(FactsOf(translation)->original.record, a);
}

}  // namespace
}  // namespace hansa::testing
