#include "tests/simulation/plan.h"

#include <algorithm>
#include <array>

#include "absl/strings/str_cat.h"
#include "tests/simulation/capabilities.h"
#include "tests/simulation/chance.h"

namespace hansa::simulation {
namespace {

// One in how many seeds has the fault; 0 while the core cannot live with it.
struct FaultRow {
  Fault fault;
  const char* name;
  std::uint64_t one_in;
};
constexpr std::array<FaultRow, kFaultCount> kRows = {{
    {Fault::kDelay, "delay", 3},
    {Fault::kCut, "cut", 2},
    {Fault::kHalfOpen, "half-open", 3},
    {Fault::kPartition, "partition", 2},
    {Fault::kSlowLink, "slow-link", 5},
    {Fault::kDuplicates, "duplicates", 3},
    {Fault::kNoDisconnect, "no-disconnect", kCore.lets_go_when_closed ? 5u : 0u},
    {Fault::kCrash, "crash", 2},
    {Fault::kSlowDisk, "slow-disk", 4},
    {Fault::kFullDisk, "full-disk", 5},
    {Fault::kFailedSync, "failed-sync", 6},
    {Fault::kSleep, "sleep", 5},
    {Fault::kClock, "clock", 3},
    {Fault::kRestore, "restore", 6},
    {Fault::kLostHighWater, "lost-high-water", 3},
    {Fault::kClone, "clone", 8},
    {Fault::kLostDisk, "lost-disk", 7},
    {Fault::kRot, "rot", kCore.payloads ? 5u : 0u},
    {Fault::kFewSeats, "few-seats", 5},
    {Fault::kEquivocate, "equivocate", 6},
    {Fault::kBadUnits, "bad-units", 5},
    {Fault::kAlter, "alter", 6},
    {Fault::kWithhold, "withhold", 6},
    {Fault::kReplay, "replay", 6},
    {Fault::kStrip, "strip", 6},
    {Fault::kLie, "lie", 6},
    {Fault::kFlood, "flood", 10},
    {Fault::kNoCredit, "no-credit", 8},
    {Fault::kOldRoster, "old-roster", 10},
    {Fault::kWrongNetwork, "wrong-network", 12},
    {Fault::kStayBad, "stay-bad", 4},
    {Fault::kStorm, "storm", 16},
    {Fault::kUnknownKinds, "unknown-kinds", 3},
    {Fault::kInterests, "interests", 4},
    {Fault::kRosterGrowth, "roster-growth", 2},
    {Fault::kUnlawfulActs, "unlawful-acts", 4},
    {Fault::kIncarnations, "incarnations", 5},
    {Fault::kErasures, "erasures", kCore.erasure ? 3u : 6u},
    {Fault::kSeals, "seals", kCore.seals ? 4u : 0u},
    {Fault::kLateStarter, "late-starter", 4},
    {Fault::kRealCrypto, "real-crypto", 100},
    {Fault::kLittleRoom, "little-room", 5},
    {Fault::kFiles, "files", 4},
}};

}  // namespace

const char* FaultName(Fault fault) { return kRows[static_cast<std::size_t>(fault)].name; }

std::optional<Fault> FaultNamed(const std::string& name) {
  for (const FaultRow& row : kRows) {
    if (name == row.name) return row.fault;
  }
  return std::nullopt;
}

std::string NamesOf(const std::set<Fault>& faults) {
  std::string names;
  for (const Fault fault : faults) absl::StrAppend(&names, names.empty() ? "" : ",", FaultName(fault));
  return names.empty() ? "none" : names;
}

bool Plan::HasBadMember() const {
  return std::any_of(faults.begin(), faults.end(),
                     [](Fault fault) { return fault >= Fault::kEquivocate && fault < Fault::kStayBad; });
}

Plan PlanOf(const RunOptions& options) {
  Chance chance(options.seed);
  Plan plan;
  plan.seed = options.seed;
  plan.hubs = chance.OneIn(2) ? 2 : 1;
  plan.cities = static_cast<int>(chance.Between(1, 3));
  plan.has_partner = chance.OneIn(3);
  plan.late_members = chance.OneIn(3) ? 1 : 0;
  plan.faults_for = chance.Between(60, 120) * kSecond;
  plan.publish_every = chance.Between(3, 16) * kSecond;
  // One seed in ten has bad members and nothing else, one has only honest ones: both must come out right alone.
  const std::uint64_t flavour = chance.Below(10);
  for (const FaultRow& row : kRows) {
    // A stream for each, so that a new kind of fault leaves old seeds as they were.
    Chance own = chance.Split(static_cast<std::uint64_t>(row.fault) + 1);
    const std::uint64_t drawn = row.one_in == 0 ? 1 : own.Below(row.one_in);
    const bool is_bad_member = row.fault >= Fault::kEquivocate && row.fault <= Fault::kStayBad;
    const bool is_machinery = row.fault < Fault::kEquivocate || row.fault == Fault::kLittleRoom;
    if (drawn != 0 || (flavour == 0 && is_machinery) || (flavour <= 3 && flavour > 0 && is_bad_member)) continue;
    if (!options.without.contains(row.fault)) plan.faults.insert(row.fault);
  }
  if (options.faults_for) plan.faults_for = *options.faults_for;
  plan.steps_max = options.steps_max.value_or(~std::uint64_t{0});
  return plan;
}

}  // namespace hansa::simulation
