// One machine with a writer's fence, and what it leaves on its disk.
#ifndef HANSA_TESTS_REPLICATION_FENCE_MACHINE_H_
#define HANSA_TESTS_REPLICATION_FENCE_MACHINE_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "replication/writer_fence.h"

namespace hansa::replication {

inline constexpr Member kHub{1}, kSecondHub{2}, kEspoo{10}, kTurku{11}, kOulu{12}, kVaasa{13}, kLahti{14};
inline constexpr SessionId kFirst{1}, kSecond{2}, kThird{3}, kFourth{4}, kFifth{5};
inline const PublicKey kOwnKey = *PublicKey::From(std::string(32, 'w'));
inline const PublicKey kRosterKey = *PublicKey::From(std::string(32, 'r'));
inline const PublicKey kNewKey = *PublicKey::From(std::string(32, 'n'));

inline Seed SeedNamed(absl::string_view name) { return *Seed::From(SodiumCrypto().Sha256(name).view()); }
inline ClaimReply Confirms(const Claim& claim) { return {claim.next, ClaimAnswer::kConfirmed}; }
inline ClaimReply NoWitness(const Claim& claim) { return {claim.next, ClaimAnswer::kNotAWitness}; }
inline ClaimReply Clone(const Claim& claim) { return {claim.next, ClaimAnswer::kClone}; }

// One machine: what survives a restart is `disk`.
class Machine {
 public:
  explicit Machine(Member member) {
    standing.member = member;
    standing.incarnation = Incarnation(1);
  }

  void Start(HighWaterFinding finding = HighWaterFinding::kIntact) {
    WriterFence::Start start{finding, SeedNamed(absl::StrCat(name, " start ", ++starts)), writer, roster_writer, disk};
    fence_ = std::make_unique<WriterFence>(SodiumCrypto(), start);
    fence_->Know(standing);
  }
  // Everything is kept at once; gives the claims.
  std::vector<SendClaim> Run() {
    std::vector<SendClaim> claims;
    for (std::vector<FenceStep> steps = fence_->TakeSteps(); !steps.empty(); steps = fence_->TakeSteps()) {
      for (const FenceStep& step : steps) {
        if (const auto* claim = std::get_if<SendClaim>(&step)) claims.push_back(*claim);
        if (const auto* note = std::get_if<Note>(&step)) Keep(*note);
      }
    }
    return claims;
  }
  void Keep(const Note& note) {
    if (note.value.empty()) {
      disk.erase(note.key);
    } else {
      disk[note.key] = note.value;
    }
    fence_->Kept(note);
  }

  WriterFence& fence() { return *fence_; }
  std::string name = "machine";
  OwnStanding standing;
  PublicKey writer = kOwnKey;
  std::optional<PublicKey> roster_writer;
  Notes disk;
  int starts = 0;
  std::unique_ptr<WriterFence> fence_;
};

class WriterFenceTest : public ::testing::Test {
 protected:
  WriterFenceTest() { node_.Start(); }

  WriterFence& fence() { return node_.fence(); }
  void Meet(SessionId session, Member member, PeerWord word = PeerWord::kAgrees) {
    fence().Meet(session, {member, word});
  }
  // Others that have connected at some time and are not in reach.
  void HasMet(std::vector<Member> members) {
    for (const Member member : members) {
      Meet(SessionId(100 + member.value()), member);
      fence().Lose(SessionId(100 + member.value()));
    }
    node_.Run();
  }
  void MeetLife(SessionId session, Member hub, char boot) {
    fence().Meet(session, {hub, PeerWord::kAgrees, *BootId::From(std::string(BootId::kSize, boot))});
  }
  Claim OneClaim(SessionId session) {
    const std::vector<SendClaim> claims = node_.Run();
    EXPECT_THAT(claims, ::testing::ElementsAre(::testing::Field(&SendClaim::session, session)));
    return claims.empty() ? Claim() : claims.front().claim;
  }
  void OpenWith(SessionId session, Member hub) {
    Meet(session, hub);
    fence().On(session, Confirms(OneClaim(session)));
    node_.Run();
    ASSERT_EQ(fence().fence(), Fence::kOpen);
  }
  void BeHub() {
    node_.standing.member = kHub;
    node_.Start();
  }

  Machine node_{kEspoo};
};

}  // namespace hansa::replication

#endif  // HANSA_TESTS_REPLICATION_FENCE_MACHINE_H_
