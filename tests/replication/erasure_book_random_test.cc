// Orders of many feeds, the roster and the entries they name become known in any order, with restarts between: what
// comes of it is the same.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <random>
#include <string>

#include "absl/strings/str_cat.h"
#include "replication/collections.h"
#include "replication/erasure_book.h"
#include "replication/statement.h"
#include "tests/testing/roster.h"

namespace hansa::replication {
namespace {

using ::hansa::testing::Key;
using ::hansa::testing::Keys;
using ::hansa::testing::KeysNamed;
using ::hansa::testing::PublicKeysOf;
using ::hansa::testing::Random;
using ::hansa::testing::RecordNamed;

constexpr Member kMembers[] = {Member(1), Member(2), Member(10), Member(11)};
constexpr int kEntriesOfEach = 12;

const Crypto& crypto() { return SodiumCrypto(); }

// What all of it is in the end: feeds, orders in the order of their feeds, entries.
struct World {
  explicit World(unsigned seed) : chance(seed) {
    for (const Member member : kMembers) {
      for (const Collection collection : {kErasures, kPractices}) {
        const FeedId feed =
            *FeedId::From(Random(absl::StrCat(member.value(), " ", collection.value())).view().substr(0, 16));
        FeedAuthor author;
        author.member = member;
        author.collection = collection;
        feeds.emplace(feed, author);
        if (collection == kErasures) continue;
        for (std::uint64_t seq = 1; seq <= kEntriesOfEach; ++seq) {
          entries.push_back({feed, Sequence(seq), Random(absl::StrCat(feed.hex(), seq))});
        }
      }
    }
    for (const auto& [feed, author] : feeds) {
      if (author.collection == kErasures) orders[feed] = OrdersOf(feed, author.member);
    }
  }

  std::vector<Bytes> OrdersOf(const FeedId& feed, Member by) {
    std::vector<Bytes> headers;
    const std::uint64_t count = chance() % 30;
    for (std::uint64_t seq = 1; seq <= count; ++seq) {
      ErasureTarget target = entries[chance() % entries.size()];
      // Authors mostly mind their own business.
      while (by >= kFirstOtherMember && feeds.at(target.feed).member != by && chance() % 10 != 0) {
        target = entries[chance() % entries.size()];
      }
      if (chance() % 8 == 0) target.entry = Random("another history");
      EntryHeader header;
      header.kind = Kind(257);
      header.seq = Sequence(seq);
      header.feed = feed;
      if (seq > 1) header.prev = Random("prev");
      header.record = RecordNamed(absl::StrCat(feed.hex(), seq));
      std::vector<ExtItem> items = {OrderItem(target, static_cast<ErasureReason>(1 + chance() % 5))};
      if (chance() % 6 == 0) {
        const Statement approval = SignStatement(crypto(), network, StatementType::kApproval, *officers.front(),
                                                 ApprovalBody(crypto(), header.kind, header.record, items[0].value));
        const OrderApproval approvals[] = {{approval.signer, approval.signature}};
        items.push_back(ApprovalsItem(approvals));
      }
      header.ext = EncodeExt(items);
      headers.push_back(EncodeHeader(header));
    }
    return headers;
  }

  std::mt19937 chance;
  NetworkId network;
  Keys officers = KeysNamed("officer", 1);
  std::map<FeedId, FeedAuthor> feeds;
  std::vector<ErasureTarget> entries;
  std::map<FeedId, std::vector<Bytes>> orders;
};

// A node to which all of it becomes known bit by bit.
class Reader {
 public:
  Reader(const World& world, unsigned seed) : world_(world), chance_(seed) {
    for (const auto& [feed, headers] : world.orders) left_[feed] = headers.size();
    for (const auto& [feed, author] : world.feeds) unknown_.push_back(feed);
  }

  // `pass` lets time pass between the steps.
  void Learn(absl::Duration pass) {
    while (!left_.empty() || !unknown_.empty()) {
      ran_ += pass;
      switch (chance_() % 8) {
        case 0:
          LearnFeed();
          break;
        case 1:
          if (chance_() % 4 == 0) Restart();
          break;
        case 2:
          Hold(world_.entries[chance_() % world_.entries.size()]);
          break;
        default:
          ReadOrder();
      }
    }
    HoldAll();
  }
  const ErasureBook& book() const { return *book_; }

 private:
  ErasureLaw Law() const { return {world_.network, known_, PublicKeysOf(world_.officers), 1}; }
  void LearnFeed() {
    if (unknown_.empty()) return;
    const auto which = unknown_.begin() + static_cast<std::ptrdiff_t>(chance_() % unknown_.size());
    known_.emplace(*which, world_.feeds.at(*which));
    unknown_.erase(which);
    book_->Judge(Law());
  }
  // The next of any feed.
  void ReadOrder() {
    if (left_.empty()) return;
    const auto which = std::next(left_.begin(), static_cast<std::ptrdiff_t>(chance_() % left_.size()));
    const std::vector<Bytes>& headers = world_.orders.at(which->first);
    if (which->second > 0) {
      read_.push_back(headers[headers.size() - which->second--]);
      Add(read_.back());
    }
    if (which->second == 0) left_.erase(which);
  }
  void Add(const Bytes& header) {
    if (const std::optional<Note> note = book_->Add(Law(), header, ran_)) notes_[note->key] = note->value;
  }
  void Hold(const ErasureTarget& entry) { book_->EntryIs(entry.feed, entry.seq, entry.entry); }
  // As a replica does: what the book asks for and is held here.
  void HoldAll() {
    for (const auto& [feed, seq] : book_->Unverified()) {
      for (const ErasureTarget& entry : world_.entries) {
        if (entry.feed == feed && entry.seq == seq) Hold(entry);
      }
    }
  }
  void Restart() {
    book_.emplace(crypto(), notes_);
    for (const Bytes& header : read_) Add(header);
    if (chance_() % 2 == 0) HoldAll();
  }

  const World& world_;
  std::mt19937 chance_;
  absl::Duration ran_ = absl::Hours(1);
  std::map<FeedId, std::size_t> left_;  // headers not read yet, counted from the end
  std::vector<FeedId> unknown_;
  std::map<FeedId, FeedAuthor> known_;
  std::vector<Bytes> read_;
  Notes notes_;
  std::optional<ErasureBook> book_{std::in_place, crypto(), Notes()};
};

class ErasureBookRandomTest : public ::testing::TestWithParam<unsigned> {
 protected:
  // All that does not depend on when orders came.
  void ExpectSame(const ErasureBook& a, const ErasureBook& b) {
    EXPECT_EQ(a.coverage(), b.coverage());
    EXPECT_EQ(a.Unverified(), b.Unverified());
    for (const auto& [feed, author] : world_.feeds) EXPECT_EQ(a.HiddenIn(feed), b.HiddenIn(feed));
    for (const ErasureTarget& entry : world_.entries) {
      EXPECT_EQ(a.Excuses(entry.feed, entry.seq, entry.entry), b.Excuses(entry.feed, entry.seq, entry.entry));
    }
    // Due at once, whatever the holds.
    EXPECT_EQ(a.Due(absl::ZeroDuration()), b.Due(absl::ZeroDuration()));
  }

  World world_{GetParam()};
};

TEST_P(ErasureBookRandomTest, TheOrderInWhichThingsBecomeKnownMakesNoDifference) {
  Reader first(world_, 1), second(world_, 2), third(world_, 3);
  first.Learn(absl::ZeroDuration());
  second.Learn(absl::ZeroDuration());
  third.Learn(absl::Hours(7));
  ExpectSame(first.book(), second.book());
  ExpectSame(first.book(), third.book());
  // With the same times of receipt also all holds, and what waits for the secretariat.
  EXPECT_EQ(first.book().NextDue(), second.book().NextDue());
  for (const absl::Duration ran : {absl::Hours(80), absl::Hours(400)}) {
    EXPECT_EQ(first.book().Due(ran), second.book().Due(ran));
    EXPECT_EQ(first.book().OpenOrders(ran).size(), second.book().OpenOrders(ran).size());
  }
}

TEST_P(ErasureBookRandomTest, NothingIsDestroyedThatIsNotHiddenAndExcused) {
  Reader reader(world_, 4);
  reader.Learn(absl::Hours(5));
  for (const ErasureTarget& target : reader.book().Due(absl::Hours(100'000))) {
    EXPECT_TRUE(reader.book().IsHidden(target.feed, target.seq));
    EXPECT_TRUE(reader.book().Excuses(target.feed, target.seq, target.entry));
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, ErasureBookRandomTest, ::testing::Range(1u, 101u));

}  // namespace
}  // namespace hansa::replication
