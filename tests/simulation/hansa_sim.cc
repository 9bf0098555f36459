// hansa-sim: runs simulated networks by their seeds. See README.md.
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "tests/simulation/bugs.h"
#include "tests/simulation/campaign.h"

namespace hansa::simulation {
namespace {

constexpr char kUsage[] =
    "hansa-sim --seed N              one network; prints what happens, a line for each event\n"
    "hansa-sim --seeds FROM:COUNT    many, and counters\n"
    "hansa-sim --seeds-file FILE     those of a file, one in a line; # begins a remark\n"
    "  --open FILE             leaves out the seeds of FILE, which are known to fail, and prints them\n"
    "hansa-sim --find BUG [--planted FILE]   plants a bug and looks for it: the seeds that FILE records first\n"
    "hansa-sim --bugs | --faults     what can be planted; what can happen\n"
    "  --quiet                 with --seed: the outcome alone\n"
    "  --digest                the hash of the event log of each seed\n"
    "  --twice                 each seed twice: the event logs must be the same\n"
    "  --shrink                for a seed that fails: the smallest configuration that still does\n"
    "  --bug NAME              with a planted bug\n"
    "  --having A,B            of --seeds only those that draw all of these kinds of faults\n"
    "  --without A,B           without these kinds of faults, although the seed draws them\n"
    "  --until SECONDS         of virtual time, no further\n"
    "  --faults-for SECONDS    instead of what the seed draws\n"
    "  --events N              faults for at most so many events\n"
    "  --threads N             1 unless given\n"
    "  --search N              with --find: at most so many seeds, 2000 unless given\n";

struct Options {
  std::map<std::string, std::string> values;
  bool Has(const std::string& name) const { return values.contains(name); }
  std::string operator[](const std::string& name) const {
    const auto found = values.find(name);
    return found == values.end() ? "" : found->second;
  }
};

int Refuse(const std::string& why) {
  std::fprintf(stderr, "hansa-sim: %s\n\n%s", why.c_str(), kUsage);
  return 2;
}

std::optional<std::uint64_t> NumberOf(const std::string& text) {
  std::uint64_t number = 0;
  const bool is_hex = text.size() > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
  if (is_hex ? absl::SimpleHexAtoi(text, &number) : absl::SimpleAtoi(text, &number)) return number;
  return std::nullopt;
}

// Lines of a file without remarks, in words.
std::vector<std::vector<std::string>> WordsOf(const std::string& path) {
  std::vector<std::vector<std::string>> lines;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    const std::vector<std::string> words = absl::StrSplit(line.substr(0, line.find('#')), ' ', absl::SkipWhitespace());
    if (!words.empty()) lines.push_back(words);
  }
  return lines;
}

// "a,b"; nullopt if one of them is no kind of fault.
std::optional<std::set<Fault>> FaultsOf(const std::string& names) {
  std::set<Fault> faults;
  for (const std::string& name : std::vector<std::string>(absl::StrSplit(names, ',', absl::SkipEmpty()))) {
    const std::optional<Fault> fault = FaultNamed(name);
    if (!fault) return std::nullopt;
    faults.insert(*fault);
  }
  return faults;
}

std::optional<CampaignOptions> CampaignOf(const Options& options) {
  CampaignOptions campaign;
  const std::optional<std::set<Fault>> without = FaultsOf(options["without"]);
  if (!without || !FaultsOf(options["having"])) return std::nullopt;
  campaign.run.without = *without;
  if (options.Has("bug") || options.Has("find")) {
    const std::optional<replication::Bug> bug = BugNamed(options.Has("bug") ? options["bug"] : options["find"]);
    if (!bug) return std::nullopt;
    campaign.bug = *bug;
  }
  const std::map<std::string, std::uint64_t> whole = {{"until", 0}, {"faults-for", 0}, {"events", 0}, {"threads", 1}};
  for (const auto& [name, usual] : whole) {
    if (!options.Has(name)) continue;
    const std::optional<std::uint64_t> number = NumberOf(options[name]);
    if (!number) return std::nullopt;
    if (name == "until") campaign.run.until = static_cast<Instant>(*number) * kSecond;
    if (name == "faults-for") campaign.run.faults_for = static_cast<Instant>(*number) * kSecond;
    if (name == "events") campaign.run.steps_max = *number;
    if (name == "threads") campaign.threads = static_cast<int>(*number);
  }
  if (options.Has("digest") || options.Has("twice")) campaign.log = LogMode::kDigest;
  return campaign;
}

void ShrinkAndSay(const CampaignOptions& campaign, std::uint64_t seed) {
  RunOptions run = campaign.run;
  run.seed = seed;
  const RunOptions smallest = Shrink(run, campaign.bug);
  const Outcome outcome = RunSeed(smallest, campaign.bug, LogMode::kNone);
  std::printf("smallest: %s\n  faults %s, %d events\n", CommandOf(smallest, campaign.bug).c_str(),
              NamesOf(PlanOf(smallest).faults).c_str(), static_cast<int>(outcome.events));
  if (outcome.failure) std::printf("  %s: %s\n", outcome.failure->promise.c_str(), outcome.failure->what.c_str());
}

int RunOne(const Options& options, const CampaignOptions& campaign, std::uint64_t seed) {
  RunOptions run = campaign.run;
  run.seed = seed;
  const LogMode log = options.Has("quiet") || options.Has("shrink") ? LogMode::kDigest : LogMode::kPrint;
  const Outcome outcome = RunSeed(run, campaign.bug, log);
  if (options.Has("digest")) std::printf("digest %016zx\n", static_cast<std::size_t>(outcome.digest));
  std::printf("seed %#zx: %s; %d s of virtual time, %zu events, %zu entries confirmed\n",
              static_cast<std::size_t>(seed),
              outcome.failure ? absl::StrCat("FAILED ", outcome.failure->promise, ": ", outcome.failure->what).c_str()
                              : "all well",
              static_cast<int>(outcome.lasted / kSecond), static_cast<std::size_t>(outcome.events),
              static_cast<std::size_t>(outcome.acknowledged));
  std::printf("faults drawn: %s\n", NamesOf(PlanOf(run).faults).c_str());
  if (outcome.failure && options.Has("shrink")) ShrinkAndSay(campaign, seed);
  return outcome.failure ? 1 : 0;
}

int RunMany(const Options& options, CampaignOptions campaign, const std::vector<std::uint64_t>& seeds) {
  campaign.says_progress = !options.Has("quiet");
  const CampaignResult result = RunCampaign(seeds, campaign);
  std::cout << Summary(result);
  if (options.Has("digest")) {
    for (const auto& [seed, digest] : result.digests) std::cout << absl::StrFormat("%#x %016x\n", seed, digest);
  }
  bool differs = false;
  if (options.Has("twice")) {
    const CampaignResult again = RunCampaign(seeds, campaign);
    for (std::size_t i = 0; i < result.digests.size(); ++i) {
      if (result.digests[i] == again.digests[i]) continue;
      differs = true;
      std::cout << absl::StrFormat("seed %#x does not happen the same way twice\n", result.digests[i].first);
    }
  }
  if (!result.failures.empty() && options.Has("shrink")) ShrinkAndSay(campaign, result.failures.front().first);
  return result.failures.empty() && !differs ? 0 : 1;
}

// Exit 0 if the simulation notices the planted bug.
// What a seed shows of a planted bug: it fails with the bug, and passes without.
std::optional<Failure> FoundBy(const RunOptions& run, replication::Bug bug) {
  if (RunSeed(run, replication::Bug::kNone, LogMode::kNone).failure) return std::nullopt;
  return RunSeed(run, bug, LogMode::kNone).failure;
}

// Seeds that are known to fail are not run: each is printed with what is known of it.
void LeaveOutOpen(const std::string& path, std::vector<std::uint64_t>& seeds) {
  std::set<std::uint64_t> open;
  for (const std::vector<std::string>& words : WordsOf(path)) open.insert(NumberOf(words[0]).value_or(0));
  const std::size_t left_out = std::erase_if(seeds, [&open](std::uint64_t seed) { return open.contains(seed); });
  std::cout << absl::StrFormat("SKIPPED: %d seeds that are known to fail; %s says how\n", left_out, path);
}

int Find(const Options& options, const CampaignOptions& campaign) {
  for (const std::vector<std::string>& words : WordsOf(options["planted"])) {
    if (words.size() != 2 || words[0] != options["find"]) continue;
    RunOptions run = campaign.run;
    run.seed = NumberOf(words[1]).value_or(0);
    const std::optional<Failure> failure = FoundBy(run, campaign.bug);
    if (!failure) continue;
    std::cout << absl::StrFormat("%s %#x  # %s: %s\n", options["find"], run.seed, failure->promise, failure->what);
    return 0;
  }
  const std::uint64_t search = NumberOf(options["search"]).value_or(2000);
  for (std::uint64_t seed = 1; seed <= search; ++seed) {
    RunOptions run = campaign.run;
    run.seed = seed;
    const std::optional<Failure> failure = FoundBy(run, campaign.bug);
    if (!failure) continue;
    std::cout << absl::StrFormat("%s %#x  # %s: %s\n", options["find"], seed, failure->promise, failure->what);
    return 0;
  }
  std::cout << absl::StrFormat("%s is not found in %d seeds\n", options["find"], search);
  return 1;
}

int Main(const std::vector<std::string>& words) {
  Options options;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i].substr(0, 2) != "--") return Refuse(absl::StrCat("'", words[i], "' is no option"));
    const bool has_value = i + 1 < words.size() && words[i + 1].substr(0, 2) != "--";
    options.values[words[i].substr(2)] = has_value ? words[i + 1] : "";
    if (has_value) ++i;
  }
  if (options.Has("bugs")) {
    for (const NamedBug& bug : NamedBugs()) std::cout << bug.name << "\n";
    return 0;
  }
  if (options.Has("faults")) {
    for (std::size_t i = 0; i < kFaultCount; ++i) std::cout << FaultName(static_cast<Fault>(i)) << "\n";
    return 0;
  }
  const std::optional<CampaignOptions> campaign = CampaignOf(options);
  if (!campaign) return Refuse("an option has a value that means nothing");
  NameSeedsOnAbort(options.Has("find") ? OnAbort::kFound : OnAbort::kFail);
  if (options.Has("find")) return Find(options, *campaign);
  if (options.Has("seed")) {
    const std::optional<std::uint64_t> seed = NumberOf(options["seed"]);
    return seed ? RunOne(options, *campaign, *seed) : Refuse("--seed takes a number");
  }
  std::vector<std::uint64_t> seeds;
  if (options.Has("seeds-file")) {
    for (const auto& line : WordsOf(options["seeds-file"])) seeds.push_back(NumberOf(line[0]).value_or(0));
    if (seeds.empty()) return Refuse(absl::StrCat("no seeds in ", options["seeds-file"]));
  }
  if (options.Has("seeds")) {
    const std::vector<std::string> range = absl::StrSplit(options["seeds"], ':');
    const std::optional<std::uint64_t> from = NumberOf(range[0]);
    const std::optional<std::uint64_t> count = range.size() == 2 ? NumberOf(range[1]) : std::nullopt;
    if (!from || !count) return Refuse("--seeds takes FROM:COUNT");
    const std::set<Fault> having = *FaultsOf(options["having"]);
    for (std::uint64_t seed = *from; seed < *from + *count; ++seed) {
      RunOptions run = campaign->run;
      run.seed = seed;
      const std::set<Fault> drawn = PlanOf(run).faults;
      if (std::includes(drawn.begin(), drawn.end(), having.begin(), having.end())) seeds.push_back(seed);
    }
  }
  if (options.Has("open")) LeaveOutOpen(options["open"], seeds);
  if (seeds.empty()) return Refuse("nothing to do");
  return RunMany(options, *campaign, seeds);
}

}  // namespace
}  // namespace hansa::simulation

int main(int argc, char** argv) { return hansa::simulation::Main(std::vector<std::string>(argv + 1, argv + argc)); }
