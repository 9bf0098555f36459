// A small network's erasure feeds, and a node that reads them.
#ifndef HANSA_TESTS_REPLICATION_ERASURE_BOOKS_H_
#define HANSA_TESTS_REPLICATION_ERASURE_BOOKS_H_

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "replication/collections.h"
#include "replication/erasure_book.h"
#include "replication/statement.h"
#include "tests/testing/roster.h"

namespace hansa::replication {

inline constexpr Member kHub{1}, kSecondHub{2}, kEspoo{10}, kTurku{11};
inline constexpr Kind kOrder{257};
inline constexpr absl::Duration kStart = absl::Hours(1000);  // this node has run before

inline const Crypto& crypto() { return SodiumCrypto(); }
inline FeedId FeedNamed(absl::string_view name) { return *FeedId::From(testing::Random(name).view().substr(0, 16)); }

// The feeds of a small network, and the officers' keys.
class Books {
 public:
  FeedId FeedOf(Member member, Collection collection, std::uint32_t incarnation = 1) {
    const FeedId feed = FeedNamed(absl::StrCat(member.value(), " ", collection.value(), " ", incarnation));
    FeedAuthor author;
    author.member = member;
    author.collection = collection;
    author.incarnation = Incarnation(incarnation);
    feeds_.emplace(feed, author);
    return feed;
  }
  // The entry `seq` of what Espoo publishes.
  ErasureTarget Entry(std::uint64_t seq, Member member = kEspoo) { return EntryOf(FeedOf(member, kPractices), seq); }
  static ErasureTarget EntryOf(const FeedId& feed, std::uint64_t seq) {
    return {feed, Sequence(seq), testing::Random(absl::StrCat(feed.hex(), " ", seq))};
  }

  ErasureLaw Law() const { return {network_, feeds_, testing::PublicKeysOf(officers_), approvals_}; }

  EntryHeader HeaderOf(const FeedId& erasures, std::uint64_t seq, const ErasureTarget& target,
                       ErasureReason reason = ErasureReason::kLaw, const testing::Keys& approvers = {}) const {
    EntryHeader header;
    header.kind = kOrder;
    header.seq = Sequence(seq);
    header.feed = erasures;
    if (seq > 1) header.prev = testing::Random("prev");
    header.record = testing::RecordNamed(absl::StrCat("order ", erasures.hex(), " ", seq));
    std::vector<ExtItem> items = {OrderItem(target, reason)};
    if (!approvers.empty()) items.push_back(ApprovalsItem(Approve(header, items.front().value, approvers)));
    header.ext = EncodeExt(items);
    return header;
  }
  std::vector<OrderApproval> Approve(const EntryHeader& header, const Bytes& item,
                                     const testing::Keys& approvers) const {
    std::vector<OrderApproval> approvals;
    for (const testing::Key& key : approvers) {
      const Statement statement = SignStatement(crypto(), network_, StatementType::kApproval, *key,
                                                ApprovalBody(crypto(), header.kind, header.record, item));
      approvals.push_back({statement.signer, statement.signature});
    }
    return approvals;
  }

  NetworkId network_ = *NetworkId::From(std::string(16, 'n'));
  testing::Keys officers_ = testing::KeysNamed("officer", 3);
  std::uint32_t approvals_ = 2;
  std::map<FeedId, FeedAuthor> feeds_;
};

class ErasureBookTest : public ::testing::Test {
 protected:
  ErasureBookTest() {
    for (const Member member : {kHub, kSecondHub, kEspoo, kTurku}) books_.FeedOf(member, kErasures);
    books_.FeedOf(kEspoo, kErasures, 2);
  }

  // The next entry of a member's erasure feed.
  void Add(const EntryHeader& header) {
    const Bytes bytes = EncodeHeader(header);
    added_.push_back(bytes);
    if (const std::optional<Note> note = book_->Add(books_.Law(), bytes, ran_)) Keep(*note);
  }
  void Order(Member by, const ErasureTarget& target, ErasureReason reason = ErasureReason::kLaw,
             const testing::Keys& approvers = {}) {
    const FeedId erasures = books_.FeedOf(by, kErasures);
    Add(books_.HeaderOf(erasures, ++ends_[erasures], target, reason, approvers));
  }
  void Holds(const ErasureTarget& target) { book_->EntryIs(target.feed, target.seq, target.entry); }
  void OrderHeld(Member by, const ErasureTarget& target, const testing::Keys& approvers = {}) {
    Order(by, target, ErasureReason::kLaw, approvers);
    Holds(target);
  }
  void Keep(const Note& note) {
    if (note.value.empty()) {
      notes_.erase(note.key);
    } else {
      notes_[note.key] = note.value;
    }
  }
  // As the node starts: notes, headers, then what is held.
  void Restart(const std::vector<ErasureTarget>& held) {
    book_.emplace(crypto(), notes_);
    for (const Bytes& header : added_) {
      if (const std::optional<Note> note = book_->Add(books_.Law(), header, ran_)) Keep(*note);
    }
    for (const ErasureTarget& target : held) Holds(target);
  }
  void Run(absl::Duration time) { ran_ += time; }
  std::vector<ErasureTarget> Due() { return book_->Due(ran_); }
  bool IsHidden(const ErasureTarget& target) { return book_->IsHidden(target.feed, target.seq); }
  bool Excuses(const ErasureTarget& target) { return book_->Excuses(target.feed, target.seq, target.entry); }

  Books books_;
  std::map<FeedId, std::uint64_t> ends_;
  std::vector<Bytes> added_;
  Notes notes_;
  absl::Duration ran_ = kStart;
  std::optional<ErasureBook> book_{std::in_place, crypto(), Notes()};
  const ErasureTarget entry_ = books_.Entry(1);
};

}  // namespace hansa::replication

#endif  // HANSA_TESTS_REPLICATION_ERASURE_BOOKS_H_
