// The promise of the book: a pure function of the set of entries. Random histories in random order, with repetitions
// and in pieces, give one book; and that book is what a direct reading of the definitions gives.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "node/domain/offers_book.h"
#include "tests/node/domain/offers_chronicle.h"

namespace hansa::testing {
namespace {

using node::domain::AcceptanceFacts;
using node::domain::BookOf;
using node::domain::ConclusionFacts;
using node::domain::DeclineFacts;
using node::domain::LeavingFacts;
using node::domain::OfferFacts;
using node::domain::OffersBook;
using node::domain::OffersEntry;
using node::domain::OffersRecord;
using node::domain::ReplyFacts;
using replication::Hash;
using replication::Member;

constexpr std::uint32_t kSeeds = 800;
constexpr std::uint32_t kFirst = 10, kMembers = 5;

// Texts that everybody in these histories knows: equal hash, equal text.
std::vector<AcceptanceFacts> Texts() {
  const auto member = [](std::uint32_t n) { return Member(kFirst + n); };
  const OffersRecord first = OffersRecordOf(kFirst, "record 0"), second = OffersRecordOf(kFirst + 1, "record 1");
  return {{Random("text 0"), {member(0), member(1)}, false, first},
          {Random("text 1"), {member(0)}, true, first},
          {Random("text 2"), {member(1), member(2), member(3)}, false, second},
          {Random("text 3"), {member(2), member(3)}, true, std::nullopt},
          {Random("text 4"), {member(3), member(4)}, false, first}};
}

std::uint32_t Below(std::mt19937& chance, std::uint32_t n) { return static_cast<std::uint32_t>(chance() % n); }

// Anybody writes anything at any time, under few record ids, so that records change what they say.
std::vector<OffersEntry> RandomHistory(std::mt19937& chance, std::size_t length) {
  const std::vector<AcceptanceFacts> texts = Texts();
  OffersChronicle chronicle;
  const auto record = [&] { return absl::StrCat("record ", chance() % 4); };
  while (chronicle.entries().size() < length) {
    const std::uint32_t author = kFirst + Below(chance, kMembers);
    const OffersRecord other = OffersRecordOf(kFirst + Below(chance, 2), record());
    const AcceptanceFacts& text = texts[chance() % texts.size()];
    switch (chance() % 16) {
      case 0:
        chronicle.Renew(author);
        break;
      case 1:
        chronicle.TakeBack(author, record());
        break;
      case 2:
        chronicle.Write(author, record(), std::monostate());
        break;
      case 3:
        chronicle.Write(author, record(), ReplyFacts{other});
        break;
      case 4:
        chronicle.Write(author, record(), DeclineFacts{other});
        break;
      case 5:
      case 6:
        chronicle.Write(author, record(), LeavingFacts{text.text});
        break;
      case 7:
        chronicle.Write(author, record(), ConclusionFacts{text.text, text.offer});
        break;
      case 8:
        chronicle.Write(author, record(), ConclusionFacts{std::nullopt, other});
        break;
      case 9:
      case 10:
        chronicle.Write(author, record(),
                        OfferFacts{chance() % 8 == 0, chance() % 4 == 0, chance() % 2 == 0,
                                   chance() % 2 == 0 ? "" : absl::StrCat("20", 20 + Below(chance, 30), "-01-01")});
        break;
      default:
        chronicle.Write(author, record(), text);
    }
  }
  return chronicle.entries();
}

// The definitions of offers.proto and offers_book.h, one question at a time, each asked of all entries.
class Oracle {
 public:
  explicit Oracle(const std::vector<OffersEntry>& entries) : entries_(entries) {}

  bool IsLastWord(const OffersEntry& entry) const {
    return std::none_of(entries_.begin(), entries_.end(), [&](const OffersEntry& other) {
      return other.record == entry.record && entry.place < other.place;
    });
  }
  bool IsSignature(const OffersEntry& entry, const AcceptanceFacts& text) const {
    const auto* said = entry.retracted ? nullptr : std::get_if<AcceptanceFacts>(&entry.says);
    return said != nullptr && said->text == text.text &&
           (text.open_to_others || text.needed.contains(entry.record.author));
  }
  bool LeftAfter(const OffersEntry& signature, const Hash& text) const {
    return std::any_of(entries_.begin(), entries_.end(), [&](const OffersEntry& entry) {
      const auto* said = entry.retracted ? nullptr : std::get_if<LeavingFacts>(&entry.says);
      return said != nullptr && said->text == text && entry.record.author == signature.record.author &&
             signature.place < entry.place;
    });
  }
  bool EverSigned(Member member, const AcceptanceFacts& text) const {
    return std::any_of(entries_.begin(), entries_.end(), [&](const OffersEntry& entry) {
      return entry.record.author == member && IsSignature(entry, text);
    });
  }
  bool Stands(Member member, const AcceptanceFacts& text) const {
    return std::any_of(entries_.begin(), entries_.end(), [&](const OffersEntry& entry) {
      return entry.record.author == member && IsSignature(entry, text) && IsLastWord(entry) &&
             !LeftAfter(entry, text.text);
    });
  }
  // "" if nobody who may has signed.
  std::string StateOf(const AcceptanceFacts& text) const {
    std::size_t signers = 0, standing = 0;
    bool all = true, by_needed = false, by_all = true;
    for (std::uint32_t n = kFirst; n < kFirst + kMembers; ++n) {
      const Member member(n);
      signers += EverSigned(member, text) ? 1 : 0;
      standing += Stands(member, text) ? 1 : 0;
      if (text.needed.contains(member) && !EverSigned(member, text)) all = false;
      const bool concludes = Stands(member, text) && Concluded(member, text.text);
      if (concludes && text.needed.contains(member)) by_needed = true;
      if (Stands(member, text) && !concludes) by_all = false;
    }
    if (signers == 0) return "";
    if (!all || signers < 2) return "proposed";
    if (by_needed || (by_all && standing > 0)) return "concluded";
    return standing >= 2 ? "in force" : "ended";
  }
  std::string StateOf(Member member, const AcceptanceFacts& text) const {
    if (Stands(member, text)) return "signed";
    return EverSigned(member, text) ? "left" : "awaited";
  }
  // A no to `offer`, whose author has signed nothing that came of the offer since.
  bool StandsAsDecline(const OffersEntry& decline, const OffersRecord& offer) const {
    const auto* said = decline.retracted ? nullptr : std::get_if<DeclineFacts>(&decline.says);
    if (said == nullptr || said->declined != offer || !IsLastWord(decline)) return false;
    return std::none_of(entries_.begin(), entries_.end(), [&](const OffersEntry& entry) {
      if (entry.record.author != decline.record.author || !(decline.place < entry.place)) return false;
      for (const AcceptanceFacts& text : Texts()) {
        const bool came_of_it =
            text.offer == offer && (text.needed.contains(offer.author) || EverSigned(offer.author, text));
        if (came_of_it && IsSignature(entry, text)) return true;
      }
      return false;
    });
  }
  // "" if no revision of the record is an offer.
  std::string StateOf(const OffersRecord& offer) const {
    const OffersEntry* last = nullptr;
    const OffersEntry* last_offer = nullptr;
    bool concluded = false;
    for (const OffersEntry& entry : entries_) {
      const auto* end = entry.retracted ? nullptr : std::get_if<ConclusionFacts>(&entry.says);
      if (end != nullptr && !end->text && end->offer == offer && entry.record.author == offer.author) {
        concluded = concluded || IsLastWord(entry);
      }
      if (entry.record != offer) continue;
      if (last == nullptr || last->place < entry.place) last = &entry;
      if (entry.retracted || !std::holds_alternative<OfferFacts>(entry.says)) continue;
      if (last_offer == nullptr || last_offer->place < entry.place) last_offer = &entry;
    }
    if (last_offer == nullptr) return "";
    if (last->retracted) return "withdrawn";
    if (std::get<OfferFacts>(last_offer->says).is_past) return "past";
    if (concluded) return "concluded";
    for (const AcceptanceFacts& text : Texts()) {
      if (text.offer == offer && Stands(offer.author, text) && StateOf(text) == "in force") return "agreed";
    }
    return "open";
  }

 private:
  bool Concluded(Member member, const Hash& text) const {
    return std::any_of(entries_.begin(), entries_.end(), [&](const OffersEntry& entry) {
      const auto* said = entry.retracted ? nullptr : std::get_if<ConclusionFacts>(&entry.says);
      return said != nullptr && said->text == text && entry.record.author == member && IsLastWord(entry);
    });
  }

  const std::vector<OffersEntry>& entries_;
};

std::string BookTextOf(const std::vector<OffersEntry>& entries) { return BookText::Of(BookOf(entries)); }

TEST(OffersBookOrderTest, EveryOrderOfArrivalWithRepetitionsGivesTheSameBook) {
  for (std::uint32_t seed = 1; seed <= kSeeds; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 chance(seed);
    std::vector<OffersEntry> entries = RandomHistory(chance, 20 + chance() % 60);
    const std::string expected = BookTextOf(entries);
    for (int round = 0; round < 4; ++round) {
      std::shuffle(entries.begin(), entries.end(), chance);
      ASSERT_EQ(BookTextOf(entries), expected);
      std::vector<OffersEntry> repeated = entries;
      for (unsigned i = 0; i < entries.size() / 2; ++i) {
        const OffersEntry again = entries[chance() % entries.size()];
        repeated.insert(repeated.begin() + Below(chance, 20), again);
      }
      ASSERT_EQ(BookTextOf(repeated), expected);
    }
  }
}

TEST(OffersBookOrderTest, InPiecesEachBookIsTheOneOfWhatHasArrived) {
  for (std::uint32_t seed = 1; seed <= kSeeds / 4; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 chance(seed + 10'000);
    std::vector<OffersEntry> entries = RandomHistory(chance, 40);
    std::shuffle(entries.begin(), entries.end(), chance);
    std::vector<OffersEntry> arrived, otherwise;
    for (std::size_t at = 0; at < entries.size();) {
      const std::size_t piece = std::min<std::size_t>(1 + chance() % 7, entries.size() - at);
      const auto begin = entries.begin() + static_cast<std::ptrdiff_t>(at);
      arrived.insert(arrived.end(), begin, begin + static_cast<std::ptrdiff_t>(piece));
      otherwise.insert(otherwise.begin(), begin, begin + static_cast<std::ptrdiff_t>(piece));
      ASSERT_EQ(BookTextOf(arrived), BookTextOf(otherwise));
      at += piece;
    }
    ASSERT_EQ(BookTextOf(arrived), BookTextOf(entries));
  }
}

TEST(OffersBookOrderTest, TheBookIsWhatTheDefinitionsSay) {
  std::map<std::string, int> seen;
  for (std::uint32_t seed = 1; seed <= kSeeds; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 chance(seed + 20'000);
    const std::vector<OffersEntry> entries = RandomHistory(chance, 10 + chance() % 70);
    const OffersBook book = BookOf(entries);
    const Oracle oracle(entries);
    for (const AcceptanceFacts& text : Texts()) {
      const auto found = book.partnerships.find(text.text);
      ASSERT_EQ(found == book.partnerships.end() ? "" : StateName(found->second.state), oracle.StateOf(text));
      if (found == book.partnerships.end()) continue;
      ++seen[StateName(found->second.state)];
      for (std::uint32_t n = kFirst; n < kFirst + kMembers; ++n) {
        const auto party = found->second.parties.find(Member(n));
        const bool is_party = text.needed.contains(Member(n)) || oracle.EverSigned(Member(n), text);
        ASSERT_EQ(party != found->second.parties.end(), is_party);
        if (!is_party) continue;
        ASSERT_EQ(StateName(party->second.state), oracle.StateOf(Member(n), text));
        ASSERT_EQ(party->second.needed, text.needed.contains(Member(n)));
      }
    }
    for (const auto& [record, entry] : book.records) {
      const auto found = book.offers.find(record);
      ASSERT_EQ(found == book.offers.end() ? "" : StateName(found->second.state), oracle.StateOf(record));
      if (found == book.offers.end()) continue;
      ++seen[absl::StrCat("offer ", StateName(found->second.state))];
      std::set<OffersRecord> declines;
      for (const OffersEntry& each : entries) {
        if (oracle.StandsAsDecline(each, record)) declines.insert(each.record);
      }
      ASSERT_EQ(found->second.declines, declines);
    }
  }
  for (const char* state : {"proposed", "in force", "ended", "concluded", "offer open", "offer past", "offer agreed",
                            "offer concluded", "offer withdrawn"}) {
    EXPECT_GT(seen[state], 10) << "the histories never came to: " << state;
  }
}

}  // namespace
}  // namespace hansa::testing
