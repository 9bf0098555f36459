// Histories of offers as the book takes them, written entry by entry, and a book as text, for all to compare.
#ifndef HANSA_TESTS_NODE_DOMAIN_OFFERS_CHRONICLE_H_
#define HANSA_TESTS_NODE_DOMAIN_OFFERS_CHRONICLE_H_

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "node/domain/offers_book.h"
#include "tests/testing/roster.h"

namespace hansa::testing {

using OffersSaying = decltype(node::domain::OffersEntry::says);

// Member `author`'s record of this name; others may use the name, and so the id, as well.
inline node::domain::OffersRecord OffersRecordOf(std::uint32_t author, absl::string_view name) {
  return {replication::Member(author), RecordNamed(name)};
}

// Gives each entry its place: authors write one after the other in feeds of their own.
class OffersChronicle {
 public:
  node::domain::OffersRecord Write(std::uint32_t author, absl::string_view record, OffersSaying says) {
    entries_.push_back({OffersRecordOf(author, record), NextPlace(author), false, std::move(says)});
    return entries_.back().record;
  }
  void TakeBack(std::uint32_t author, absl::string_view record) {
    entries_.push_back({OffersRecordOf(author, record), NextPlace(author), true, std::monostate()});
  }
  // From now on the author writes in the feed of its next incarnation, from its first entry on.
  void Renew(std::uint32_t author) {
    node::domain::OffersPlace& last = LastPlace(author);
    last = {replication::Incarnation(last.incarnation.value() + 1), replication::Sequence(0)};
  }
  const std::vector<node::domain::OffersEntry>& entries() const { return entries_; }

 private:
  node::domain::OffersPlace& LastPlace(std::uint32_t author) {
    const node::domain::OffersPlace before_first{replication::Incarnation(1), replication::Sequence(0)};
    return last_.try_emplace(author, before_first).first->second;
  }
  node::domain::OffersPlace NextPlace(std::uint32_t author) {
    node::domain::OffersPlace& last = LastPlace(author);
    last.seq = replication::Sequence(last.seq.value() + 1);
    return last;
  }

  std::vector<node::domain::OffersEntry> entries_;
  std::map<std::uint32_t, node::domain::OffersPlace> last_;
};

// All that a book holds, line by line: equal texts are equal books.
class BookText {
 public:
  static std::string Of(const node::domain::OffersBook& book) {
    std::string text;
    for (const auto& [record, line] : book.offers) {
      absl::StrAppend(&text, "offer ", Word(record), " ", StateName(line.state), Word(line.facts), " replies ",
                      Words(line.replies), " declines ", Words(line.declines), " conclusions ", Words(line.conclusions),
                      " partnerships");
      for (const replication::Hash& hash : line.partnerships) absl::StrAppend(&text, " ", Word(hash));
      absl::StrAppend(&text, "\n");
    }
    for (const auto& [hash, partnership] : book.partnerships) {
      absl::StrAppend(&text, "text ", Word(hash), " ", StateName(partnership.state), " of ",
                      partnership.offer ? Word(*partnership.offer) : "nothing", " conclusions ",
                      Words(partnership.conclusions), "\n");
      for (const auto& [member, party] : partnership.parties) {
        absl::StrAppend(&text, "  ", member.value(), " ", StateName(party.state), party.needed ? " needed" : "", " by ",
                        party.acceptance ? Word(*party.acceptance) : "nothing", " at ",
                        party.place ? Word(*party.place) : "no place", "\n");
      }
    }
    for (const auto& [record, entry] : book.records) {
      absl::StrAppend(&text, "record ", Word(record), " at ", Word(entry.place), entry.retracted ? " taken back" : "",
                      " says ", entry.says.index(), "\n");
    }
    return text;
  }

 private:
  static std::string Word(const replication::Hash& hash) { return hash.hex().substr(0, 8); }
  static std::string Word(const node::domain::OffersRecord& record) {
    return absl::StrCat(record.author.value(), "/", record.id.hex().substr(0, 8));
  }
  static std::string Word(const node::domain::OffersPlace& place) {
    return absl::StrCat(place.incarnation.value(), ".", place.seq.value());
  }
  static std::string Word(const node::domain::OfferFacts& facts) {
    return absl::StrCat(facts.is_past ? " past" : "", facts.is_example ? " example" : "", facts.for_one ? " one" : "",
                        " until ", facts.last_day);
  }
  static std::string Words(const std::set<node::domain::OffersRecord>& records) {
    std::vector<std::string> words;
    for (const node::domain::OffersRecord& record : records) words.push_back(Word(record));
    return absl::StrCat("[", absl::StrJoin(words, " "), "]");
  }
};

}  // namespace hansa::testing

#endif  // HANSA_TESTS_NODE_DOMAIN_OFFERS_CHRONICLE_H_
