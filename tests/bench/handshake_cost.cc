// What it costs two nodes to find out what differs: whole replicas greet each other in rosters of 100 to 100,000 feeds,
// of which one holds less. Counted is what is said from the first Hello until every difference is known; what is then
// fetched is not. Beside it what one flat list of all feeds costs, and a root when one leaf has changed.
// Promise: exits 1 unless two that hold the same know it after two frames and 1 KiB, whatever they hold.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <random>
#include <set>
#include <vector>

#include "replication/collections.h"
#include "replication/scope.h"
#include "replication/scope_tree.h"
#include "tests/bench/meeting.h"

namespace hansa::bench {
namespace {

using replication::FeedHeld;
using replication::FeedId;
using replication::FeedRow;
using replication::Sequence;

constexpr std::size_t kInSyncFrames = 2;
constexpr std::size_t kInSyncBytesMax = 1024;

const replication::Crypto& crypto() { return replication::SodiumCrypto(); }

// What a node holds of everything that the roster names. Nobody reads the entries themselves here.
std::vector<FeedHeld> Everything(const Land& land, std::mt19937_64& random) {
  const replication::Roster& roster = land.network.roster();
  std::vector<FeedHeld> held;
  for (const auto& [feed, author] : roster.feeds()) {
    held.push_back({{feed, Sequence(1 + random() % 1000), crypto().Sha256(feed.view()), {}}});
    if (feed == roster.feed()) held.back().newest = {feed, roster.position().len, roster.position().head, {}};
  }
  return held;
}

// `held` without the newest entry of one feed, without the next feed, and so on: as many as that, of the authors who
// do not take part.
std::vector<FeedHeld> Behind(std::vector<FeedHeld> held, const Land& land, std::size_t count, std::mt19937_64& random) {
  std::shuffle(held.begin(), held.end(), random);
  std::size_t done = 0;
  for (FeedHeld& feed : held) {
    if (done == count) break;
    const replication::FeedAuthor& author = *land.network.roster().AuthorOf(feed.newest.feed);
    const bool takes_part =
        author.writer == land.asking.application.writer || author.writer == land.answering.application.writer;
    if (takes_part || author.collection == replication::kRosterCollection) continue;
    const bool lacks_all = ++done % 2 == 0;
    feed.newest.len = Sequence(lacks_all ? 0 : feed.newest.len.value() - 1);
    feed.newest.head = testing::Random("the head before");
  }
  HANSA_CHECK(done == count);
  std::erase_if(held, [](const FeedHeld& feed) { return feed.newest.len == Sequence(0); });
  return held;
}

// So many feeds of `all` are not in `some` as they are there, and each of them was told.
void CheckFound(const std::vector<FeedHeld>& some, const std::vector<FeedHeld>& all, std::size_t count,
                const Cost& cost) {
  std::map<FeedId, Sequence> held;
  for (const FeedHeld& feed : some) held[feed.newest.feed] = feed.newest.len;
  std::size_t found = 0;
  for (const FeedHeld& feed : all) {
    if (held[feed.newest.feed] == feed.newest.len) continue;
    ++found;
    HANSA_CHECK(cost.rows.at(feed.newest.feed).head == feed.newest.head);
  }
  HANSA_CHECK(found == count);
}

// What one flat list costs two that have greeted: the question and all rows.
Traffic FlatList(const Land& land, Party& answering) {
  const replication::Hash everything = replication::InterestHash(crypto(), replication::InterestInEverything());
  const replication::ScopeId scope =
      replication::ScopeIdOf(crypto(), land.network.roster().position(), everything, everything);
  const std::string question = node::wire::EncodeFrame(replication::TreeQuery{scope, true, {{}}});
  Traffic flat;
  flat.Count(question);
  for (const std::string& rows : answering.Hear(question)) flat.Count(rows);
  return flat;
}

void PrintHeading() {
  std::printf("Frames and bytes of comparing, as encoded (gRPC puts 5 bytes before each); CPU of this run.\n");
  std::printf("%7s %7s | %6s %9s | %6s %9s | %6s %9s | %6s | %8s %8s %8s | %9s %s\n", "feeds", "differ", "asks",
              "bytes", "told", "bytes", "frames", "bytes", "rounds", "ms asks", "ms tells", "ms both", "flat list",
              "walk:flat");
}

// Prints one line of the table; false if two that hold the same needed more than they may.
bool PrintGreeting(const Land& land, const std::vector<FeedHeld>& all, std::size_t differences,
                   std::mt19937_64& random) {
  const std::vector<FeedHeld> some = Behind(all, land, differences, random);
  Party asking(land, land.asking, some);
  Party answering(land, land.answering, all);
  // A node that runs has its trees: the first greeting makes them, the second clears away what making them left.
  for (int rehearsal = 0; rehearsal < 2; ++rehearsal) {
    (void)Greet(asking, answering);
    asking.Part();
    answering.Part();
  }
  const Cost cost = Greet(asking, answering);
  CheckFound(some, all, differences, cost);
  HANSA_CHECK(asking.Session().newest_comparison_equal == (differences == 0));
  const double asked_ms = asking.milliseconds();
  const double answered_ms = answering.milliseconds();
  const Traffic flat = FlatList(land, answering);
  std::printf("%7zu %7zu | %6zu %9zu | %6zu %9zu | %6zu %9zu | %6.1f | %8.2f %8.2f %8.2f | %9zu %9.3f\n", all.size(),
              differences, cost.asked.frames, cost.asked.bytes, cost.answered.frames, cost.answered.bytes,
              cost.frames(), cost.bytes(), cost.trips / 2.0, asked_ms, answered_ms, asked_ms + answered_ms, flat.bytes,
              static_cast<double>(cost.bytes()) / static_cast<double>(flat.bytes));
  return differences > 0 || (cost.frames() == kInSyncFrames && cost.bytes() <= kInSyncBytesMax);
}

// What a root costs anew, and after one leaf has changed.
void PrintRoot(const std::vector<FeedHeld>& all, std::mt19937_64& random) {
  constexpr int kChanges = 1000;
  std::vector<FeedRow> rows;
  for (const FeedHeld& feed : all) rows.push_back({feed.newest.feed, feed.newest.len, feed.newest.head});
  replication::ScopeTree tree(crypto());
  const double anew = MillisecondsOf([&] {
    for (const FeedRow& row : rows) tree.Set(row.feed, replication::LeafDigest(crypto(), row));
    tree.Root();
  });
  const double changes = MillisecondsOf([&] {
    for (int i = 0; i < kChanges; ++i) {
      FeedRow& row = rows[random() % rows.size()];
      row.len = Sequence(row.len.value() + 1);
      tree.Set(row.feed, replication::LeafDigest(crypto(), row));
      tree.Root();
    }
  });
  HANSA_CHECK(tree.Root() == replication::RootDigest(crypto(), rows));
  std::printf("%7zu   root anew %.2f ms, after one change %.1f us, anew : one change %.0f\n", all.size(), anew,
              changes * 1000 / kChanges, anew * kChanges / changes);
}

bool Measure(std::size_t feeds) {
  std::mt19937_64 random(feeds);
  const Land land(feeds);
  const std::vector<FeedHeld> all = Everything(land, random);
  bool is_kept = true;
  for (const std::size_t differences : std::set<std::size_t>{0, 1, 100, feeds / 4}) {
    // In the smallest network 100 are more than others have.
    if (differences * 2 <= feeds) is_kept = PrintGreeting(land, all, differences, random) && is_kept;
  }
  PrintRoot(all, random);
  return is_kept;
}

}  // namespace
}  // namespace hansa::bench

int main() {
  hansa::bench::PrintHeading();
  bool is_kept = true;
  for (const std::size_t feeds : {100, 10'000, 100'000}) is_kept = hansa::bench::Measure(feeds) && is_kept;
  if (is_kept) std::printf("in sync after 2 frames and at most 1 KiB, whatever is held: yes\n");
  if (!is_kept) std::printf("in sync after 2 frames and at most 1 KiB, whatever is held: NO\n");
  return is_kept ? EXIT_SUCCESS : EXIT_FAILURE;
}
