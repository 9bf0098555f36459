// Each in a process of its own: what was asked for is read once.
#include "storage/kill_point.h"

#include <gtest/gtest.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>

namespace hansa::storage {
namespace {

// Passes two places in turn, four times, saying so; then ends in order.
[[noreturn]] void Pass(const char* setting) {
  if (setting != nullptr) ::setenv("HANSA_KILLPOINT", setting, 1);
  for (int turn = 1; turn <= 4; ++turn) {
    KillPoint("here");
    KillPoint("elsewhere");
    std::fprintf(stderr, "passed %d\n", turn);
  }
  std::exit(0);
}

TEST(KillPointTest, StrikesAtTheFirstPassing) { EXPECT_EXIT(Pass("here"), ::testing::KilledBySignal(SIGKILL), "^$"); }

TEST(KillPointTest, StrikesAtTheNthPassingOfItsNameAlone) {
  EXPECT_EXIT(Pass("elsewhere:3"), ::testing::KilledBySignal(SIGKILL), "^passed 1\npassed 2\n$");
}

TEST(KillPointTest, StrikesNowhereElse) {
  for (const char* setting : {static_cast<const char*>(nullptr), "", "her", "here:5", "here:0", "here:x", "here:"}) {
    EXPECT_EXIT(Pass(setting), ::testing::ExitedWithCode(0), "passed 4") << (setting == nullptr ? "unset" : setting);
  }
}

}  // namespace
}  // namespace hansa::storage
