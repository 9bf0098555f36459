// What the schedule keeps up to date by pieces is what a walk over all orders finds.
#include "replication/erasure_schedule.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <tuple>
#include <vector>

#include "tests/testing/roster.h"

namespace hansa::replication {
namespace {

using ::hansa::testing::Random;
using Ordered = ErasureSchedule::Ordered;

constexpr int kTargets = 120;
constexpr int kAuthors = 3;

ErasureTarget TargetNumbered(int number) {
  return {*FeedId::From(Random("feed").view().substr(0, 16)), Sequence(static_cast<std::uint64_t>(number) + 1),
          Random("entry")};
}

// All that was told, and what follows from it, found from nothing each time.
class Model {
 public:
  std::map<ErasureTarget, Ordered> ordered;
  std::set<ErasureTarget> awaited;

  std::optional<absl::Duration> DueAfter(const ErasureTarget& target) const {
    const auto found = ordered.find(target);
    if (found == ordered.end()) return std::nullopt;
    if (found->second.is_at_once) return absl::ZeroDuration();
    if (found->second.secretariat) return *found->second.secretariat + kSecretariatHold;
    if (HeldBack().contains(target)) return std::nullopt;
    return found->second.author->received + kAuthorHold;
  }
  std::vector<ErasureTarget> Due(absl::Duration ran) const {
    std::vector<std::pair<absl::Duration, ErasureTarget>> due;
    for (const ErasureTarget& target : awaited) {
      const std::optional<absl::Duration> after = DueAfter(target);
      if (after && *after <= ran) due.emplace_back(*after, target);
    }
    std::sort(due.begin(), due.end());
    std::vector<ErasureTarget> targets;
    for (const auto& [after, target] : due) targets.push_back(target);
    return targets;
  }

 private:
  std::set<ErasureTarget> HeldBack() const {
    std::vector<std::tuple<Member, absl::Duration, std::pair<FeedId, Sequence>, ErasureTarget>> alone;
    for (const auto& [target, order] : ordered) {
      if (order.is_at_once || !order.author) continue;
      alone.emplace_back(order.author->by, order.author->received, order.author->place, target);
    }
    std::sort(alone.begin(), alone.end());
    std::set<ErasureTarget> held_back;
    std::vector<std::pair<Member, absl::Duration>> open;
    for (const auto& [by, received, place, target] : alone) {
      const std::pair<Member, absl::Duration> now{by, received};
      const auto on_hold = std::count_if(open.begin(), open.end(), [&now](const auto& each) {
        return each.first == now.first && each.second + kAuthorHold > now.second;
      });
      if (static_cast<std::size_t>(on_hold) < kOpenOrdersMax) {
        open.push_back(now);
      } else {
        held_back.insert(target);
      }
    }
    return held_back;
  }
};

class ErasureScheduleTest : public ::testing::TestWithParam<unsigned> {
 protected:
  int Chance(int below) { return static_cast<int>(chance_() % static_cast<unsigned>(below)); }
  Ordered SomeOrder() {
    Ordered order;
    if (Chance(8) != 0) {
      const FeedId feed = *FeedId::From(Random("orders").view().substr(0, 16));
      // Mostly as they come; now and then an older one that becomes known late.
      const absl::Duration received = ran_ - absl::Hours(Chance(6) == 0 ? Chance(400) : 0);
      order.author = {Member(static_cast<std::uint32_t>(10 + Chance(kAuthors))), received, {feed, Sequence(next_++)}};
    }
    if (!order.author || Chance(6) == 0) order.secretariat = ran_;
    order.is_at_once = order.author && order.secretariat;
    return order;
  }
  void Change() {
    const ErasureTarget target = TargetNumbered(Chance(kTargets));
    switch (Chance(8)) {
      case 0:
        schedule_.Set(target, std::nullopt);
        model_.ordered.erase(target);
        model_.awaited.erase(target);
        return;
      case 1:
      case 2: {
        if (!model_.ordered.contains(target)) return;
        const bool is_awaited = Chance(3) != 0;
        schedule_.Await(target, is_awaited);
        if (is_awaited) model_.awaited.insert(target);
        if (!is_awaited) model_.awaited.erase(target);
        return;
      }
      default: {
        const bool is_known = model_.ordered.contains(target);
        const Ordered order = SomeOrder();
        schedule_.Set(target, order);
        model_.ordered[target] = order;
        // As the book does at each change.
        const bool is_awaited = is_known ? model_.awaited.contains(target) : false;
        schedule_.Await(target, is_awaited);
      }
    }
  }

  std::mt19937 chance_{GetParam()};
  absl::Duration ran_ = absl::Hours(1000);
  std::uint64_t next_ = 1;
  ErasureSchedule schedule_;
  Model model_;
};

TEST_P(ErasureScheduleTest, IsWhatAWalkOverAllFinds) {
  for (int round = 0; round < 60; ++round) {
    const int changes = 1 + Chance(12);
    for (int i = 0; i < changes; ++i) Change();
    ran_ += absl::Hours(Chance(30));
    for (int number = 0; number < kTargets; ++number) {
      const ErasureTarget target = TargetNumbered(number);
      const std::optional<absl::Duration> due_after = model_.DueAfter(target);
      ASSERT_EQ(schedule_.DueAfter(target), due_after) << "round " << round << ", entry " << number;
      ASSERT_EQ(schedule_.WaitsForSecretariat(target), model_.ordered.contains(target) && !due_after);
    }
    ASSERT_EQ(schedule_.Due(ran_), model_.Due(ran_)) << "round " << round;
    const std::vector<ErasureTarget> all = model_.Due(absl::InfiniteDuration());
    ASSERT_EQ(schedule_.NextDue(), all.empty() ? absl::InfiniteDuration() : *model_.DueAfter(all.front()));
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, ErasureScheduleTest, ::testing::Range(1u, 31u));

}  // namespace
}  // namespace hansa::replication
