// What one seed is about: how large the network is, which kinds of faults happen in it, for how long. Drawing only some
// kinds for each seed (a swarm) finds more than all of them always: faults hide one another.
#ifndef HANSA_TESTS_SIMULATION_PLAN_H_
#define HANSA_TESTS_SIMULATION_PLAN_H_

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/simulation/timeline.h"

namespace hansa::simulation {

// In the order in which they are listed and drawn.
enum class Fault {
  // The network.
  kDelay,         // frames take up to 3 s
  kCut,           // streams are cut at any frame
  kHalfOpen,      // frames vanish, and nobody is told until later
  kPartition,     // some nodes do not reach some others, perhaps in one direction only
  kSlowLink,      // 10 to 64 kbit/s
  kDuplicates,    // two streams of one pair
  kNoDisconnect,  // a stream that a node has closed is never heard of again
  // Machines.
  kCrash,          // a process dies and starts again
  kSlowDisk,       // writes take seconds
  kFullDisk,       // no space for a while
  kFailedSync,     // a synced write fails, and perhaps it reached the disk all the same
  kSleep,          // the monotonic clock leaps ahead by hours
  kClock,          // claimed times are off by up to 50 years and jump
  kRestore,        // an older copy of the disk is put back
  kLostHighWater,  // the high-water file is lost or older, too, when a disk is restored
  kClone,          // two machines run with the same keys and disk
  kLostDisk,       // nothing is left but the keys
  kRot,            // payloads cannot be read any more
  kFewSeats,       // nodes let in only a few streams
  // Members gone bad.
  kEquivocate,    // an author signs two histories and shows them to different peers
  kBadUnits,      // an author signs what everybody must refuse
  kAlter,         // a relay alters frames
  kWithhold,      // a relay does not pass things on
  kReplay,        // a relay sends old frames again
  kStrip,         // a relay strips payloads as if they had been erased
  kLie,           // a relay lies about lengths, heads, roots and acknowledgements
  kFlood,         // a relay sends far too much
  kNoCredit,      // a relay never says that there is room for more
  kOldRoster,     // a relay shows an old roster
  kWrongNetwork,  // a relay says Hello for another network
  kStayBad,       // bad members go on after the network has healed
  // What people do.
  kStorm,         // hundreds of records within a second
  kUnknownKinds,  // records of kinds and collections that nobody knows
  kInterests,     // nodes choose other feeds to keep
  kRosterGrowth,  // the roster grows: members, information, policies, root documents
  kUnlawfulActs,  // whoever holds the roster key tries what needs others' consent
  kIncarnations,  // members change their key
  kErasures,      // orders to erase
  kSeals,         // seals, ends of membership, suspensions
  kLateStarter,   // a member's node starts from nothing when all is over
  kRealCrypto,    // Ed25519 and SHA-256 instead of the fast ones
  kLittleRoom,    // no room, for a while, for what others publish
  kFiles,         // records with files, which everybody wants who holds them
};
inline constexpr std::size_t kFaultCount = static_cast<std::size_t>(Fault::kFiles) + 1;

// "slow-link", …
const char* FaultName(Fault fault);
std::optional<Fault> FaultNamed(const std::string& name);
std::string NamesOf(const std::set<Fault>& faults);

// How a seed is run.
struct RunOptions {
  std::uint64_t seed = 1;
  std::set<Fault> without;                 // kinds left out although the seed draws them
  std::optional<Instant> faults_for;       // instead of what the seed draws
  std::optional<std::uint64_t> steps_max;  // most events in which anything bad may still begin
  Instant until = kNever;                  // stop there, whatever has happened
};

struct Plan {
  std::uint64_t seed = 0;
  std::set<Fault> faults;
  int hubs = 1;
  int cities = 2;
  bool has_partner = false;
  int late_members = 0;
  Instant faults_for = 60 * kSecond;
  Instant publish_every = 4 * kSecond;  // each node, about
  std::uint64_t steps_max = 0;

  bool Has(Fault fault) const { return faults.contains(fault); }
  bool HasBadMember() const;
};

Plan PlanOf(const RunOptions& options);

}  // namespace hansa::simulation

#endif  // HANSA_TESTS_SIMULATION_PLAN_H_
