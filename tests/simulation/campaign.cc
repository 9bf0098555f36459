#include "tests/simulation/campaign.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstring>
#include <mutex>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tests/simulation/bugs.h"

namespace hansa::simulation {
namespace {

// What the handler of an abort writes; set before each seed, so that it only has to write.
thread_local char running_seed[64] = "";

void SaySeed() {
  const ssize_t written = write(STDERR_FILENO, running_seed, std::strlen(running_seed));
  (void)written;
}

void SaySeedAndAbort(int) {
  SaySeed();
  std::signal(SIGABRT, SIG_DFL);
}

void SaySeedAndLeave(int) {
  SaySeed();
  _exit(0);
}

bool FailsAlike(const RunOptions& run, replication::Bug bug, const std::string& promise) {
  const Outcome outcome = RunSeed(run, bug, LogMode::kNone);
  return outcome.failure && outcome.failure->promise == promise;
}

}  // namespace

void NameSeedsOnAbort(OnAbort on_abort) {
  std::signal(SIGABRT, on_abort == OnAbort::kFound ? SaySeedAndLeave : SaySeedAndAbort);
}

Outcome RunSeed(const RunOptions& run, replication::Bug bug, LogMode log) {
  absl::SNPrintF(running_seed, sizeof running_seed, "hansa-sim: aborted in seed %#x\n", run.seed);
  replication::planted_bug = bug;
  World world(run, log);
  Outcome outcome = world.Run();
  replication::planted_bug = replication::Bug::kNone;
  return outcome;
}

CampaignResult RunCampaign(const std::vector<std::uint64_t>& seeds, const CampaignOptions& options) {
  CampaignResult result;
  std::mutex mutex;
  std::atomic<std::size_t> next = 0;
  std::atomic<bool> is_over = false;
  const auto begun = std::chrono::steady_clock::now();
  const auto work = [&] {
    while (!is_over) {
      const std::size_t at = next++;
      if (at >= seeds.size()) return;
      RunOptions run = options.run;
      run.seed = seeds[at];
      const Outcome outcome = RunSeed(run, options.bug, options.log);
      const std::lock_guard lock(mutex);
      ++result.seeds;
      result.events += outcome.events;
      result.lasted += outcome.lasted;
      result.acknowledged += outcome.acknowledged;
      result.doubled += outcome.doubled;
      if (options.log == LogMode::kDigest) result.digests.emplace_back(run.seed, outcome.digest);
      if (options.says_progress && result.seeds % 1000 == 0) {
        std::fprintf(stderr, "%zu seeds, %zu failures\n", static_cast<std::size_t>(result.seeds),
                     result.failures.size());
      }
      if (!outcome.failure) continue;
      result.failures.emplace_back(run.seed, *outcome.failure);
      if (options.stops_at_first_failure) is_over = true;
    }
  };
  std::vector<std::thread> threads;
  for (int i = 1; i < options.threads; ++i) threads.emplace_back(work);
  work();
  for (std::thread& thread : threads) thread.join();
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  std::sort(result.failures.begin(), result.failures.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  std::sort(result.digests.begin(), result.digests.end());
  return result;
}

std::string Summary(const CampaignResult& result) {
  std::string text = absl::StrFormat(
      "%d seeds, %.1f virtual hours, %d events, %d entries confirmed, %d feeds with two histories\n"
      "%.1f s, %.1f seeds/s, %.0f events/s\n",
      result.seeds, static_cast<double>(result.lasted) / static_cast<double>(3600 * kSecond), result.events,
      result.acknowledged, result.doubled, result.seconds, static_cast<double>(result.seeds) / result.seconds,
      static_cast<double>(result.events) / result.seconds);
  for (const auto& [seed, failure] : result.failures) {
    absl::StrAppendFormat(&text, "seed %#x failed at %d s: %s: %s\n", seed, failure.when / kSecond, failure.promise,
                          failure.what);
  }
  absl::StrAppend(&text, result.failures.size(), " failures\n");
  return text;
}

RunOptions Shrink(const RunOptions& failing, replication::Bug bug) {
  const Outcome first = RunSeed(failing, bug, LogMode::kNone);
  if (!first.failure) return failing;
  const std::string promise = first.failure->promise;
  RunOptions smallest = failing;
  // Kinds of faults, halves first and then one by one.
  const std::set<Fault> drawn = PlanOf(failing).faults;
  std::vector<Fault> left(drawn.begin(), drawn.end());
  for (std::size_t part = std::max<std::size_t>(left.size() / 2, 1); part > 0; part /= 2) {
    for (std::size_t begin = 0; begin < left.size();) {
      const std::size_t end = std::min(begin + part, left.size());
      RunOptions fewer = smallest;
      fewer.without.insert(left.begin() + static_cast<std::ptrdiff_t>(begin),
                           left.begin() + static_cast<std::ptrdiff_t>(end));
      if (FailsAlike(fewer, bug, promise)) {
        smallest = fewer;
        left.erase(left.begin() + static_cast<std::ptrdiff_t>(begin), left.begin() + static_cast<std::ptrdiff_t>(end));
      } else {
        begin = end;
      }
    }
  }
  // Then how many events anything bad may last. Not every smaller number fails; a smaller one that does is enough.
  std::uint64_t high = RunSeed(smallest, bug, LogMode::kNone).events;
  std::uint64_t low = 0;
  while (high - low > 1 + high / 50) {
    RunOptions shorter = smallest;
    shorter.steps_max = low + (high - low) / 2;
    if (FailsAlike(shorter, bug, promise)) {
      smallest = shorter;
      high = *shorter.steps_max;
    } else {
      low = *shorter.steps_max;
    }
  }
  return smallest;
}

std::string CommandOf(const RunOptions& run, replication::Bug bug) {
  std::string command = absl::StrFormat("hansa-sim --seed %#x", run.seed);
  if (bug != replication::Bug::kNone) absl::StrAppend(&command, " --bug ", NameOf(bug));
  if (!run.without.empty()) absl::StrAppend(&command, " --without ", NamesOf(run.without));
  if (run.steps_max) absl::StrAppend(&command, " --events ", *run.steps_max);
  if (run.faults_for) absl::StrAppend(&command, " --faults-for ", *run.faults_for / kSecond);
  return command;
}

}  // namespace hansa::simulation
