// A machine, its copy and a witness: at most one of the two goes on.
#include "replication/writer_fence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "replication/witness.h"
#include "tests/replication/fence_machine.h"

namespace hansa::replication {
namespace {

// Two machines that began as one, and a hub, in any order of events: each machine may crash, be cut off and come again,
// and frames may be lost with their session. Never are both open by the hub's word for good: the one whose token the
// hub does not hold learns of it with its next claim.
class TwoMachinesTest : public ::testing::TestWithParam<unsigned> {
 protected:
  struct Twin {
    Machine machine{kEspoo};
    BootId boot;
    std::optional<SessionId> session;
    std::vector<ClaimReply> answers;  // on their way
    bool opened_in_session = false;
  };

  void Connect(Twin& twin) {
    twin.answers.clear();
    if (twin.session) twin.machine.fence().Lose(*twin.session);
    twin.session = SessionId(++sessions_);
    twin.machine.fence().Meet(*twin.session, {kHub, PeerWord::kAgrees});
    Run(twin);
  }
  void Run(Twin& twin) {
    for (const SendClaim& sent : twin.machine.Run()) {
      if (chance_() % 8 == 0) continue;  // lost with the session, which ends some time later
      const std::optional<ClaimReply> answer = hub_.On(kEspoo, Incarnation(1), twin.boot, sent.claim).reply;
      if (answer) twin.answers.push_back(*answer);
    }
  }
  void Start(Twin& twin) {
    twin.boot = *BootId::From(ByteWriter().U64(0).U64(++lives_).bytes());
    twin.machine.Start();
  }
  void Crash(Twin& twin) {
    twin.answers.clear();
    twin.session.reset();
    Start(twin);
  }
  void Any(Twin& twin) {
    switch (chance_() % 6) {
      case 0:
        return Crash(twin);
      case 1:
      case 2:
        return Connect(twin);
      default:
        if (twin.answers.empty() || !twin.session) return;
        twin.machine.fence().On(*twin.session, twin.answers.front());
        twin.answers.erase(twin.answers.begin());
        Run(twin);
    }
  }

  std::mt19937 chance_{GetParam()};
  std::uint64_t sessions_ = 0;
  std::uint64_t lives_ = 0;
  Witness hub_{HighWaterFinding::kIntact, {}};
};

TEST_P(TwoMachinesTest, OneMachineAloneIsNeverTakenForAClone) {
  hub_.Know({kHub, Incarnation(1), Fence::kOpen, 1});
  hub_.FoundEqual(kTurku);
  Twin twin;
  Start(twin);
  int opened = 0;
  for (int i = 0; i < 300; ++i) {
    Any(twin);
    ASSERT_NE(twin.machine.fence().fence(), Fence::kRecover);
    if (twin.machine.fence().fence() == Fence::kOpen) ++opened;
  }
  EXPECT_GT(opened, 0);
}

TEST_P(TwoMachinesTest, P5_OfTwoCopiesAtMostOneGoesOn) {
  hub_.Know({kHub, Incarnation(1), Fence::kOpen, 1});
  hub_.FoundEqual(kTurku);
  Twin first;
  Start(first);
  for (int i = static_cast<int>(chance_() % 20); i > 0; --i) Any(first);
  Twin copy;
  copy.machine.disk = first.machine.disk;
  copy.machine.name = "copy";
  Start(copy);
  for (int i = 0; i < 400; ++i) Any(chance_() % 2 == 0 ? first : copy);
  // Both connect once more, and what they claim arrives.
  for (Twin* twin : {&first, &copy, &first}) {
    twin->machine.fence().Lose(twin->session.value_or(SessionId()));
    twin->session = SessionId(++sessions_);
    twin->machine.fence().Meet(*twin->session, {kHub, PeerWord::kAgrees});
    for (std::vector<SendClaim> claims = twin->machine.Run(); !claims.empty(); claims = twin->machine.Run()) {
      for (const SendClaim& sent : claims) {
        const std::optional<ClaimReply> answer = hub_.On(kEspoo, Incarnation(1), twin->boot, sent.claim).reply;
        ASSERT_TRUE(answer.has_value());
        twin->machine.fence().On(sent.session, *answer);
      }
    }
  }
  const bool first_open = first.machine.fence().fence() == Fence::kOpen;
  const bool copy_open = copy.machine.fence().fence() == Fence::kOpen;
  EXPECT_NE(first_open, copy_open);
  EXPECT_EQ((first_open ? copy : first).machine.fence().fence(), Fence::kRecover);
}

INSTANTIATE_TEST_SUITE_P(Seeds, TwoMachinesTest, ::testing::Range(1u, 201u));

}  // namespace
}  // namespace hansa::replication
