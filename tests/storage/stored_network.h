// A few authors, what they published, and the question whether a store still holds exactly that.
#ifndef HANSA_TESTS_STORAGE_STORED_NETWORK_H_
#define HANSA_TESTS_STORAGE_STORED_NETWORK_H_

#include <algorithm>
#include <deque>
#include <filesystem>
#include <string>
#include <vector>

#include "storage/high_water.h"
#include "storage/rocks_database.h"
#include "tests/testing/feeds.h"
#include "tests/testing/status_matchers.h"

namespace hansa::storage {

// What became of stored feeds, as an honest node would find it.
enum class Outcome {
  kWhole,     // every entry is there, byte for byte
  kRefused,   // opening or reading said DATA_LOSS
  kFoundOut,  // it opened and read, and the high-water comparison names what is missing
  kSilent,    // something is missing or altered and nobody says so: never allowed
};

class StoredNetwork {
 public:
  explicit StoredNetwork(std::uint32_t authors) {
    for (std::uint32_t i = 0; i < authors; ++i) authors_.emplace_back(10 + i);
  }

  // One publish of each author, appended one by one.
  void PublishRound(FeedStore& feeds, std::size_t entries, std::size_t payload_bytes) {
    for (testing::TestAuthor& author : authors_) {
      units_.push_back(author.PublishSome(entries, payload_bytes));
      testing::Must(feeds.Append({units_.back()}));
    }
  }

  // What the high-water file says after all of it was acknowledged.
  HighWater Published(const DatabaseId& database) const {
    HighWater high_water{database, {}, {}};
    for (const testing::TestAuthor& author : authors_) {
      high_water.marks.push_back({author.feed(), author.tail().len, author.tail().head});
    }
    return high_water;
  }

  Outcome Judge(const std::string& folder, const HighWater& published) const {
    absl::StatusOr<std::unique_ptr<Database>> database = Database::Open(folder);
    if (absl::IsDataLoss(database.status())) return Outcome::kRefused;
    if (!database.ok()) return Outcome::kSilent;  // any other error would mislead
    const absl::StatusOr<std::vector<HeldFeed>> held = (*database)->feeds().Feeds();
    if (absl::IsDataLoss(held.status())) return Outcome::kRefused;
    if (!held.ok()) return Outcome::kSilent;
    if (CompareWithStore(published, (*database)->id(), {}, *held).fence != Fence::kIntact) {
      return Outcome::kFoundOut;
    }
    for (const replication::VerifiedUnit& unit : units_) {
      const auto read =
          (*database)->feeds().ReadEntries(unit.unit().feed, unit.unit().from, unit.unit().entries.size());
      if (absl::IsDataLoss(read.status())) return Outcome::kRefused;
      if (!read.ok() || read->size() != unit.unit().entries.size()) return Outcome::kSilent;
      for (std::size_t i = 0; i < read->size(); ++i) {
        if (!((*read)[i].entry == unit.unit().entries[i])) return Outcome::kSilent;
      }
      const auto encoded = (*database)->feeds().ReadUnit(unit.unit().feed, unit.unit().from);
      if (absl::IsDataLoss(encoded.status())) return Outcome::kRefused;
      if (!encoded.ok()) return Outcome::kSilent;
    }
    return Outcome::kWhole;
  }

  const std::deque<testing::TestAuthor>& authors() const { return authors_; }

 private:
  std::deque<testing::TestAuthor> authors_;
  std::vector<replication::VerifiedUnit> units_;
};

// A copy of `from` as a crash leaves it on disk: the lock and nothing in memory with it.
inline void CopyStore(const std::string& from, const std::string& to) {
  std::filesystem::remove_all(to);
  std::filesystem::copy(from, to, std::filesystem::copy_options::recursive);
}

// Files of RocksDB in the store `folder`, those whose name holds `part`, by name.
inline std::vector<std::string> RocksFiles(const std::string& folder, const std::string& part) {
  std::vector<std::string> paths;
  for (const auto& file : std::filesystem::directory_iterator(folder + "/rocksdb")) {
    if (file.path().filename().string().find(part) != std::string::npos) paths.push_back(file.path().string());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace hansa::storage

#endif  // HANSA_TESTS_STORAGE_STORED_NETWORK_H_
