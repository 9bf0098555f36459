// Many seeds: run on a few threads, counted, and for one that fails the smallest configuration that still does.
#ifndef HANSA_TESTS_SIMULATION_CAMPAIGN_H_
#define HANSA_TESTS_SIMULATION_CAMPAIGN_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "replication/planted.h"
#include "tests/simulation/world.h"

namespace hansa::simulation {

// What every seed of a campaign has in common.
struct CampaignOptions {
  RunOptions run;  // its seed is not looked at
  replication::Bug bug = replication::Bug::kNone;
  int threads = 1;
  bool stops_at_first_failure = false;
  LogMode log = LogMode::kNone;
  bool says_progress = false;
};

struct CampaignResult {
  std::uint64_t seeds = 0;
  std::uint64_t events = 0;
  std::uint64_t acknowledged = 0;
  std::uint64_t doubled = 0;
  Instant lasted = 0;
  double seconds = 0;                                            // of real time
  std::vector<std::pair<std::uint64_t, Failure>> failures;       // by seed
  std::vector<std::pair<std::uint64_t, std::uint64_t>> digests;  // by seed, where they are asked for
};

// One seed on this thread. A broken invariant of the core aborts the process; the handler names the seed.
Outcome RunSeed(const RunOptions& run, replication::Bug bug, LogMode log);
// What happens when the core finds an invariant of its own broken: the seed is written to standard error, and the
// process ends with an abort, or, while a planted bug is looked for, with success.
enum class OnAbort { kFail, kFound };
void NameSeedsOnAbort(OnAbort on_abort);

CampaignResult RunCampaign(const std::vector<std::uint64_t>& seeds, const CampaignOptions& options);
// A line or two for people.
std::string Summary(const CampaignResult& result);

// A failing seed with as few kinds of faults, as few events and as little time as still fail in the same way.
RunOptions Shrink(const RunOptions& failing, replication::Bug bug);
// The options of `run` as one types them.
std::string CommandOf(const RunOptions& run, replication::Bug bug);

}  // namespace hansa::simulation

#endif  // HANSA_TESTS_SIMULATION_CAMPAIGN_H_
