// A network of a hub and three cities in which things go wrong: what tests of it do again and again.
#ifndef HANSA_TESTS_REPLICATION_REPAIR_LEAGUE_H_
#define HANSA_TESTS_REPLICATION_REPAIR_LEAGUE_H_

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "replication/collections.h"
#include "replication/erasure_order.h"
#include "tests/testing/league.h"

namespace hansa::replication {

inline constexpr char kEspoo[] = "fi-espoo";
inline constexpr char kTurku[] = "fi-turku";
inline constexpr char kOulu[] = "fi-oulu";
inline constexpr char kTwin[] = "the twin of fi-espoo";

class RepairLeague : public ::testing::Test {
 protected:
  void ConnectAll() {
    for (const char* city : {kEspoo, kTurku, kOulu}) loop_.Dial(city, "hub");
    loop_.Settle();
  }
  void Publish(const std::string& node, Kind kind, const std::string& text) {
    const absl::Status published = loop_.Publish(node, kind, text);
    ASSERT_TRUE(published.ok()) << published;
  }
  // Puts an entry into the roster, at the hub and in what the test knows of it.
  void Enter(::hansa::testing::RosterEntry entry) {
    ::hansa::testing::Network& network = league_.network();
    entry.record = network.RecordOf(entry);
    NewEntry fresh;
    fresh.kind = entry.kind;
    fresh.record = *entry.record;
    fresh.payload =
        SaltedPayload{::hansa::testing::SaltNamed(entry.record->view()), network.PayloadOf(entry, *entry.record)};
    const absl::Status entered = loop_.PublishEntry("hub", fresh);
    ASSERT_TRUE(entered.ok()) << entered;
    ASSERT_TRUE(network.Append(entry).valid) << network.roster().lines().back().why_void;
  }
  Member NumberOf(const std::string& slug) { return league_.network().roster().state().Find(slug)->number; }
  Hash HeadAt(const std::string& node, const FeedId& feed) { return loop_[node].disk().Feed(feed).value().newest.head; }
  // The seal of a feed as `node` holds it.
  Seal SealAt(const std::string& node, const FeedId& feed, Collection collection) {
    const Checkpoint end = loop_[node].disk().Feed(feed).value().newest;
    return {collection, end.len, end.head, end.signature};
  }
  // A second machine with the keys of Espoo, which knows the roster and has never met anybody.
  void StartTwin() {
    loop_.Add(kTwin, league_.network().roster().root(), league_.applicant(kEspoo));
    for (const VerifiedUnit& unit : league_.network().units()) {
      ASSERT_TRUE(loop_[kTwin].disk().Append({&unit, 1}).ok());
    }
    loop_[kTwin].Start();
  }
  // Espoo's key has signed two histories; the hub knows one of them, Turku the other, and they have not met since.
  void ForkEspoo() {
    for (const char* city : {kEspoo, kTurku}) loop_.Dial(city, "hub");
    loop_.Settle();
    loop_.Cut(kTurku, "hub");
    Publish(kEspoo, ::hansa::testing::kIndicatorSetKind, "one history");
    Publish(kEspoo, ::hansa::testing::kDialogueKind, "not concerned");
    loop_.Settle();
    loop_.Cut(kEspoo, "hub");
    StartTwin();
    Publish(kTwin, ::hansa::testing::kIndicatorSetKind, "another history");
    Publish(kTwin, ::hansa::testing::kIndicatorSetKind, "and on");
    loop_.Dial(kTwin, kTurku);
    loop_.Settle();
    loop_.Cut(kTwin, kTurku);
    ASSERT_EQ(league_.LengthAt("hub", feed_), 1u);
    ASSERT_EQ(league_.LengthAt(kTurku, feed_), 2u);
  }
  // Whatever units the hub sends to Turku from now on come without their payloads; of those that Turku then asks for
  // the hub gives none up to `withheld`. Espoo has published `count` entries.
  void PublishAndLeaveOut(int count, Sequence withheld) {
    for (const char* city : {kEspoo, kTurku}) loop_.Dial(city, "hub");
    loop_.Settle();
    loop_.Meddle([this, withheld](const std::string& from, const std::string& to, Frame& frame) {
      if (from != "hub" || to != kTurku) return true;
      if (auto* payloads = std::get_if<Payloads>(&frame)) {
        std::erase_if(payloads->items, [withheld](const Payloads::Item& item) { return item.seq <= withheld; });
      }
      auto* have = std::get_if<Have>(&frame);
      auto* answer = std::get_if<UnitFrame>(&frame);
      Bytes* encoded = have != nullptr ? &have->unit : answer != nullptr ? &answer->unit : nullptr;
      if (encoded == nullptr || encoded->empty()) return true;
      TransferUnit unit = DecodeUnit(*encoded).value();
      if (unit.feed == feed_) {
        for (Entry& entry : unit.entries) entry.payload.reset();
      }
      *encoded = EncodeUnit(unit);
      return true;
    });
    for (int i = 0; i < count; ++i) Publish(kEspoo, ::hansa::testing::kIndicatorSetKind, absl::StrCat("left out ", i));
    while (loop_.RunOne()) {
    }
    ASSERT_EQ(league_.LengthAt(kTurku, feed_), static_cast<std::uint64_t>(count));
  }
  void RenewEspoo() {
    const NewIncarnation renewal =
        league_.network().Renewal(NumberOf(kEspoo), 2, ::hansa::testing::NewKeysNamed("espoo 2"), nullptr);
    Enter({roster_kind::kIncarnation, Encode(renewal), league_.network().approvers(), std::nullopt});
  }
  NewEntry OrderFor(const std::string& node, const FeedId& feed, Sequence seq, const std::string& label) {
    const Bytes header = loop_[node].disk().ReadHeader(feed, seq).value();
    NewEntry order;
    order.kind = kErasureOrder;
    order.record = ::hansa::testing::RecordNamed(label);
    order.ext = {OrderItem({feed, seq, EntryHash(SodiumCrypto(), header)}, ErasureReason::kPersonalData)};
    return order;
  }
  bool HasPayload(const std::string& node, const FeedId& feed, Sequence seq) {
    return !loop_[node].disk().ReadPayloads(feed, {&seq, 1}).value().empty();
  }

  ::hansa::testing::League league_{{kEspoo, kTurku, kOulu}};
  ::hansa::testing::Loop& loop_ = league_.loop();
  const FeedId feed_ = league_.FeedOf(kEspoo, kIndicators);
};

}  // namespace hansa::replication

#endif  // HANSA_TESTS_REPLICATION_REPAIR_LEAGUE_H_
