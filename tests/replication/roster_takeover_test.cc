// A new roster: root keys end the one before at a seal and hand its pen to another key. The state is the fold over all
// rosters in order, each up to its seal, in whatever order documents and entries come.
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "replication/replica.h"
#include "replication/roster.h"
#include "tests/replication/roster_verdict.h"
#include "tests/testing/roster.h"
#include "tests/testing/status_matchers.h"

namespace hansa::replication {
namespace {

using testing::Applicant;
using testing::ApplicantNamed;
using testing::AuthorityOf;
using testing::CityNamed;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::Key;
using testing::KeyNamed;
using testing::Must;
using testing::Network;
using testing::Random;
using testing::StatusIs;

Applicant PartnerNamed(absl::string_view slug) { return ApplicantNamed(slug, MemberKind::kPartner, "INT"); }

// The network id needs no roster: what everybody starts with.
Roster Newcomer(const Network& network) {
  const std::vector<Bytes> documents = network.roster().root().SignedFrom(1);
  return Roster(SodiumCrypto(), Must(RootChain::Begin(SodiumCrypto(), Must(DecodeSignedRoot(documents.front())))));
}
void TakeRoots(const Network& network, Roster& roster) {
  for (const Bytes& document : network.roster().root().SignedFrom(roster.root().newest().version + 1)) {
    Must(roster.AppendRoot(Must(DecodeSignedRoot(document))));
  }
}
// What has been written in one of the roster's feeds, also beyond its seal.
std::vector<Entry> EntriesOf(const Network& network, const FeedId& feed) {
  std::vector<Entry> entries;
  for (const VerifiedUnit& unit : network.units()) {
    if (unit.end().feed == feed) entries.push_back(unit.unit().entries.front());
  }
  return entries;
}
void FoldAll(const std::vector<Entry>& entries, Roster& roster) {
  for (const Entry& entry : entries) roster.Fold(entry);
}

class TakeoverTest : public ::testing::Test {
 protected:
  TakeoverTest() : old_feed_(network_.roster().feed()) { network_.AdmitAuthority(finland_); }
  Sequence Length() const { return network_.roster().position().len; }
  void TakeOver() { network_.TakeOver(new_writer_, Length()); }
  std::string Admitted(const Applicant& partner) {
    return Verdict(network_, network_.EntryOf(network_.AdmissionOf(partner)));
  }
  bool Has(const std::string& slug) const { return network_.roster().state().Find(slug) != nullptr; }

  Network network_ = Network::Founded();
  Applicant finland_ = AuthorityOf("FIN");
  Key old_writer_ = network_.writer();
  Key new_writer_ = KeyNamed("roster writer 2");
  FeedId old_feed_;
};

TEST_F(TakeoverTest, TheStateGoesOnAndTheNewFeedBeginsAtOne) {
  const std::size_t members = network_.roster().state().members.size();
  TakeOver();
  EXPECT_EQ(network_.roster().position().root_version, 2u);
  EXPECT_EQ(network_.roster().position().len, Sequence(0));
  EXPECT_TRUE(network_.roster().position().head.is_zero());
  EXPECT_TRUE(network_.roster().is_whole());
  EXPECT_NE(network_.roster().feed(), old_feed_);
  EXPECT_EQ(network_.roster().author().incarnation, Incarnation(2));
  EXPECT_EQ(network_.roster().author().writer, new_writer_->public_key());
  EXPECT_EQ(network_.roster().state().members.size(), members);
  network_.AdmitCity(CityNamed("fi-espoo", "FIN"), finland_);
  EXPECT_EQ(network_.roster().state().Find("fi-espoo")->number, Member(11)) << "numbers go on too";
  EXPECT_EQ(Length(), Sequence(1));
  EXPECT_EQ(network_.roster().lines().back().roster, Incarnation(2));
  EXPECT_EQ(network_.roster().lines().front().roster, Incarnation(1));
  EXPECT_EQ(network_.roster().lines().size(), 6u);
}

TEST_F(TakeoverTest, TheOldFeedStaysNamedWithItsEnd) {
  const RosterSeal end = network_.EndOfRoster(Length());
  TakeOver();
  const FeedAuthor old_author = *network_.roster().AuthorOf(old_feed_);
  EXPECT_EQ(old_author.incarnation, Incarnation(1));
  EXPECT_EQ(old_author.writer, old_writer_->public_key());
  EXPECT_EQ(old_author.length_max, network_.roster().author().length_max);
  EXPECT_EQ(old_author.seal, (Checkpoint{old_feed_, end.len, end.head, end.author_signature}));
  EXPECT_EQ(network_.roster().AuthorOf(network_.roster().feed())->seal, std::nullopt);
  EXPECT_THAT(network_.roster().RosterFeeds(), ElementsAre(old_author, network_.roster().author()));
  EXPECT_EQ(network_.roster().PresentFeed(kRosterWriter, kRosterCollection), network_.roster().author());
}

TEST_F(TakeoverTest, EntriesBeyondTheSealLoseTheirEffect) {
  ASSERT_EQ(Admitted(PartnerNamed("kept")), "");
  const Sequence sealed = Length();
  ASSERT_EQ(Admitted(PartnerNamed("beyond")), "");
  network_.TakeOver(new_writer_, sealed);
  EXPECT_TRUE(Has("kept"));
  EXPECT_FALSE(Has("beyond"));
  EXPECT_EQ(network_.roster().lines().size(), sealed.value());
  EXPECT_EQ(Admitted(PartnerNamed("beyond")), "") << "what had no effect took no name, number or key";
  EXPECT_EQ(network_.roster().state().Find("beyond")->number, Member(12));
}

TEST_F(TakeoverTest, AnEntryBeyondTheSealThatComesLateIsSetAside) {
  const Sequence sealed = Length();
  ASSERT_EQ(Admitted(PartnerNamed("beyond")), "");
  network_.TakeOver(new_writer_, sealed);
  Roster late = Newcomer(network_);
  TakeRoots(network_, late);
  std::vector<Entry> entries = EntriesOf(network_, old_feed_);
  const Entry beyond = entries.back();
  entries.pop_back();
  FoldAll(entries, late);
  const RosterLine& line = late.Fold(beyond);
  EXPECT_FALSE(line.valid);
  EXPECT_EQ(line.seq.value(), sealed.value() + 1);
  EXPECT_THAT(line.why_void, HasSubstr("beyond the end"));
  EXPECT_EQ(PictureOf(late), PictureOf(network_.roster()));
  EXPECT_EQ(late.lines().size(), sealed.value());
}

TEST_F(TakeoverTest, TheOldKeyIsNobodysAfterwards) {
  TakeOver();
  Applicant thief = PartnerNamed("thief");
  thief.writer = old_writer_;
  thief.application.writer = old_writer_->public_key();
  EXPECT_THAT(Admitted(thief), HasSubstr("has been used before"));
}

TEST_F(TakeoverTest, ASealOfLengthZeroBeginsEverythingAnew) {
  network_.TakeOver(new_writer_, Sequence(0));
  EXPECT_TRUE(network_.roster().is_whole());
  EXPECT_TRUE(network_.roster().state().members.empty());
  for (const testing::RosterEntry& entry : network_.FoundingEntries()) EXPECT_EQ(Verdict(network_, entry), "");
}

TEST_F(TakeoverTest, ANewcomerFoldsTheOldRosterFirstInWhateverOrderTheyCome) {
  TakeOver();
  network_.AdmitCity(CityNamed("fi-espoo", "FIN"), finland_);
  Roster newcomer = Newcomer(network_);
  EXPECT_TRUE(newcomer.is_whole()) << "it knows of no other roster yet";
  TakeRoots(network_, newcomer);
  EXPECT_FALSE(newcomer.is_whole());
  EXPECT_EQ(FeedIdOf(SodiumCrypto(), network_.id(), newcomer.NextFeedToFold()), old_feed_);
  EXPECT_EQ(newcomer.NextFeedToFold().seal->len, Sequence(5));

  const RosterLine& line = newcomer.Fold(EntriesOf(network_, network_.roster().feed()).front());
  EXPECT_FALSE(line.valid);
  EXPECT_THAT(line.why_void, HasSubstr("waits"));
  EXPECT_TRUE(newcomer.lines().empty());
  EXPECT_EQ(newcomer.position(), (RosterPosition{2, Sequence(0), Hash()})) << "it has not come to the newest yet";
  EXPECT_THAT(newcomer.WouldAccept(roster_kind::kPolicy, RecordId(), "payload"),
              StatusIs(absl::StatusCode::kUnavailable));

  std::vector<Entry> old_entries = EntriesOf(network_, old_feed_);
  const Entry last = old_entries.back();
  old_entries.pop_back();
  FoldAll(old_entries, newcomer);
  EXPECT_FALSE(newcomer.is_whole());
  EXPECT_NE(newcomer.state().Find("int-uil"), nullptr) << "what has its turn is judged";
  const RosterLine judged = newcomer.Fold(last);
  EXPECT_TRUE(judged.valid);
  EXPECT_EQ(judged.seq, Sequence(5));
  EXPECT_EQ(judged.subject, finland_.application.slug);
  EXPECT_EQ(PictureOf(newcomer), PictureOf(network_.roster()));
  EXPECT_EQ(newcomer.position(), network_.roster().position());
  EXPECT_EQ(newcomer.NextFeedToFold(), network_.roster().author());
}

TEST_F(TakeoverTest, EachRosterIsJudgedByTheOfficersOfItsOwnVersions) {
  const testing::Keys fresh = testing::KeysNamed("fresh officer", 1);
  Must(network_.AppendRoot(network_.RootWithOfficers(fresh, Length())));
  const Applicant italy = AuthorityOf("ITA");
  ASSERT_EQ(Verdict(network_, network_.EntryOf(network_.AdmissionOf(italy), fresh)), "");
  TakeOver();
  const Applicant france = AuthorityOf("FRA");
  EXPECT_NE(Verdict(network_, network_.EntryOf(network_.AdmissionOf(france), network_.officers())), "");
  const testing::Keys fresher = testing::KeysNamed("fresher officer", 1);
  Must(network_.AppendRoot(network_.RootWithOfficers(fresher, Length())));
  EXPECT_NE(Verdict(network_, network_.EntryOf(network_.AdmissionOf(france), fresh)), "");
  EXPECT_EQ(Verdict(network_, network_.EntryOf(network_.AdmissionOf(france), fresher)), "");
  Roster early = Newcomer(network_);
  TakeRoots(network_, early);
  FoldAll(EntriesOf(network_, old_feed_), early);
  FoldAll(EntriesOf(network_, network_.roster().feed()), early);
  EXPECT_EQ(PictureOf(early), PictureOf(network_.roster()));
  EXPECT_TRUE(early.state().Find(italy.application.slug) != nullptr);
}

// The old key wrote two histories, and root keys chose one of them.
TEST_F(TakeoverTest, AHistoryThatDoesNotLeadToTheSealIsDroppedAndFetchedAnew) {
  Network chosen = network_;
  chosen.Append(chosen.EntryOf(chosen.AdmissionOf(PartnerNamed("chosen"))));
  chosen.Append(chosen.EntryOf(chosen.AdmissionOf(PartnerNamed("after"))));
  Roster other = network_.roster();
  ASSERT_EQ(Admitted(PartnerNamed("other")), "");
  ASSERT_EQ(Admitted(PartnerNamed("last")), "");
  Roster held_longer = network_.roster();
  chosen.TakeOver(new_writer_, Sequence(6));
  TakeRoots(chosen, held_longer);
  EXPECT_FALSE(held_longer.is_whole());
  EXPECT_TRUE(held_longer.lines().empty());
  EXPECT_TRUE(held_longer.state().members.empty());

  TakeRoots(chosen, other);
  const RosterLine& line = other.Fold(EntriesOf(network_, old_feed_)[5]);
  EXPECT_THAT(line.why_void, HasSubstr("another end"));
  EXPECT_FALSE(line.valid);
  EXPECT_TRUE(other.state().members.empty());
  EXPECT_THAT(other.Fold(EntriesOf(network_, old_feed_)[6]).why_void, HasSubstr("beyond the end"));
  for (Roster* roster : {&held_longer, &other}) {
    FoldAll(EntriesOf(chosen, old_feed_), *roster);
    EXPECT_EQ(PictureOf(*roster), PictureOf(chosen.roster()));
    EXPECT_NE(roster->state().Find("chosen"), nullptr);
    EXPECT_EQ(roster->state().Find("after"), nullptr);
  }
}

TEST_F(TakeoverTest, ASealBehindAnEntryThatNobodyUnderstandsMendsTheRoster) {
  const Sequence sealed = Length();
  network_.Append({Kind(100), "from the future", {}, {}});
  ASSERT_TRUE(network_.roster().needs_upgrade());
  network_.TakeOver(new_writer_, sealed);
  EXPECT_FALSE(network_.roster().needs_upgrade());
  EXPECT_EQ(Admitted(PartnerNamed("partner")), "");
}

TEST_F(TakeoverTest, RostersFollowOneAnother) {
  TakeOver();
  ASSERT_EQ(Admitted(PartnerNamed("second")), "");
  const FeedId second_feed = network_.roster().feed();
  network_.TakeOver(KeyNamed("roster writer 3"), Length());
  ASSERT_EQ(Admitted(PartnerNamed("third")), "");
  EXPECT_EQ(network_.roster().RosterFeeds().size(), 3u);
  Roster newcomer = Newcomer(network_);
  TakeRoots(network_, newcomer);
  FoldAll(EntriesOf(network_, network_.roster().feed()), newcomer);
  FoldAll(EntriesOf(network_, second_feed), newcomer);
  EXPECT_EQ(newcomer.position().len, Sequence(0));
  FoldAll(EntriesOf(network_, old_feed_), newcomer);
  EXPECT_EQ(PictureOf(newcomer), PictureOf(network_.roster()));
  EXPECT_EQ(newcomer.position(), network_.roster().position());
}

using TakeoverDeathTest = TakeoverTest;
TEST_F(TakeoverDeathTest, AnEntryOfAFeedThatIsNoRosterIsNotFolded) {
  Roster before = Newcomer(network_);
  TakeOver();
  ASSERT_EQ(Admitted(PartnerNamed("partner")), "");
  EXPECT_DEATH(before.Fold(EntriesOf(network_, network_.roster().feed()).front()), "broken invariant");
}

// Two nodes and the stream between them, with a disk that never fails.
class Pair {
 public:
  struct Node {
    std::unique_ptr<Replica> replica;
    std::map<FeedId, std::vector<VerifiedUnit>> disk;
  };
  Pair(const Network& network, Roster roster) {
    Start(hub_, network.hub(), network.roster());
    for (const VerifiedUnit& unit : network.units()) hub_.disk[unit.end().feed].push_back(unit);
    Start(newcomer_, CityNamed("fi-turku", "FIN"), std::move(roster));
  }
  const Roster& newcomer() const { return newcomer_.replica->roster(); }
  // Until nothing more is said.
  void Talk(const Network& network) {
    Step(hub_,
         Connected{SessionId(1), PinOf(SodiumCrypto(), CityNamed("fi-turku", "FIN").tls[0]->public_key()), false});
    Step(newcomer_, Connected{SessionId(1), PinOf(SodiumCrypto(), network.hub().tls[0]->public_key()), true});
    while (!said_.empty()) {
      const auto [to, frame] = std::move(said_.front());
      said_.pop_front();
      Step(*to, Received{SessionId(1), frame});
    }
  }

 private:
  void Start(Node& node, const Applicant& keys, Roster roster) {
    ReplicaStart start{
        PinOf(SodiumCrypto(), keys.tls[0]->public_key()), keys.writer, nullptr, BootId(), std::move(roster), {}};
    for (const FeedAuthor& author : start.roster.RosterFeeds()) {
      const FeedId feed = FeedIdOf(SodiumCrypto(), start.roster.network(), author);
      if (author.seal) {
        start.feeds.push_back({*author.seal});
      } else if (start.roster.position().len.value() > 0 && &node == &hub_) {
        start.feeds.push_back({{feed, start.roster.position().len, start.roster.position().head, Signature()}});
      }
    }
    node.replica = std::make_unique<Replica>(SodiumCrypto(), std::move(start));
  }
  void Step(Node& node, const Event& event) {
    Node& other = &node == &hub_ ? newcomer_ : hub_;
    for (const Effect& effect : node.replica->Step(absl::UnixEpoch(), event)) {
      if (const auto* send = std::get_if<Send>(&effect)) said_.push_back({&other, send->frame});
      if (const auto* commit = std::get_if<Commit>(&effect)) {
        node.disk[commit->unit.end().feed].push_back(commit->unit);
        Step(node, Committed{commit->commit});
      }
      if (const auto* read = std::get_if<ReadUnit>(&effect)) {
        Bytes found;
        for (const VerifiedUnit& unit : node.disk[read->feed]) {
          if (unit.unit().from == read->from) found = EncodeUnit(unit.unit());
        }
        Step(node, UnitRead{read->session, read->feed, read->from, found});
      }
    }
  }

  Node hub_;
  Node newcomer_;
  std::deque<std::pair<Node*, Frame>> said_;
};

TEST_F(TakeoverTest, ANewcomerFetchesEveryRosterInItsOrderFromAHub) {
  TakeOver();
  network_.AdmitCity(CityNamed("fi-espoo", "FIN"), finland_);
  network_.TakeOver(KeyNamed("roster writer 3"), Length());
  Pair empty_newest(network_, Newcomer(network_));
  empty_newest.Talk(network_);
  EXPECT_EQ(PictureOf(empty_newest.newcomer()), PictureOf(network_.roster())) << "also while the newest is empty";
  network_.AdmitCity(CityNamed("fi-turku", "FIN"), finland_);
  Pair pair(network_, Newcomer(network_));
  pair.Talk(network_);
  EXPECT_EQ(PictureOf(pair.newcomer()), PictureOf(network_.roster()));
  EXPECT_EQ(pair.newcomer().position(), network_.roster().position());
}

// The hub that wrote the old roster learns that root keys took the pen away.
TEST_F(TakeoverTest, P15_WhoHoldsTheOldKeyWritesTheRosterNoMore) {
  const auto refusal_of = [&](const Key& roster_writer) {
    const Applicant& hub = network_.hub();
    Replica replica(
        SodiumCrypto(),
        {PinOf(SodiumCrypto(), hub.tls[0]->public_key()), hub.writer, roster_writer, BootId(), network_.roster(), {}});
    NewEntry entry;
    entry.kind = roster_kind::kFramework;
    entry.record = testing::RecordNamed("framework");
    const testing::RosterEntry framework = network_.FoundingEntries()[1];
    entry.payload = SaltedPayload{Salt(), network_.PayloadOf(framework, entry.record)};
    std::string refusal;
    for (const Effect& effect :
         replica.Step(absl::UnixEpoch(), PublishAsked{PublishId(1), true, kRosterCollection, {entry}})) {
      if (const auto* refused = std::get_if<PublishRefused>(&effect)) refusal = std::string(refused->why.message());
    }
    return refusal;
  };
  TakeOver();
  EXPECT_THAT(refusal_of(old_writer_), HasSubstr("does not hold the roster key"));
  EXPECT_THAT(refusal_of(nullptr), HasSubstr("does not hold the roster key"));
  EXPECT_EQ(refusal_of(new_writer_), "");
}

}  // namespace
}  // namespace hansa::replication
