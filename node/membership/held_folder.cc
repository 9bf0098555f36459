#include "node/membership/held_folder.h"

#include <filesystem>
#include <optional>
#include <set>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "node/membership/held_roster.h"
#include "node/membership/json_file.h"
#include "replication/check.h"

namespace hansa::node::membership {
namespace {

using replication::PublicKey;

absl::StatusOr<std::set<PublicKey>> OwnWriters(const NodePaths& paths) {
  std::set<PublicKey> writers;
  for (const std::string& path : {paths.writer_key, paths.roster_key}) {
    const absl::StatusOr<replication::Seed> seed = ReadKey(path);
    if (absl::IsNotFound(seed.status())) continue;
    HANSA_RETURN_IF_ERROR(seed.status());
    writers.insert(replication::SodiumSigner(*seed)->public_key());
  }
  return writers;
}

}  // namespace

absl::StatusOr<HeldFolder> OpenHeldFolder(const std::string& folder) {
  const NodePaths paths(folder);
  const absl::StatusOr<std::string> json = ReadFile(paths.charter, kFileBytesMax);
  HANSA_RETURN_IF_ERROR(json.status());
  absl::StatusOr<Charter> charter = DecodeCharter(*json);
  HANSA_RETURN_IF_ERROR(charter.status());
  std::error_code error;
  if (!std::filesystem::exists(paths.database, error)) {
    return absl::NotFoundError(
        absl::StrCat(folder, " holds no store yet: its node was never started, or its disk was lost"));
  }
  absl::StatusOr<std::unique_ptr<storage::Database>> database = storage::Database::OpenToRead(paths.database);
  HANSA_RETURN_IF_ERROR(database.status());
  absl::StatusOr<replication::Roster> roster = FoldHeldRoster(**database, *charter);
  HANSA_RETURN_IF_ERROR(roster.status());
  return HeldFolder{*std::move(charter), *std::move(database), *std::move(roster)};
}

absl::StatusOr<storage::FenceFinding> CompareWithHighWater(const std::string& folder, const HeldFolder& held) {
  const NodePaths paths(folder);
  const absl::StatusOr<std::set<PublicKey>> writers = OwnWriters(paths);
  HANSA_RETURN_IF_ERROR(writers.status());
  const absl::StatusOr<std::unique_ptr<storage::HighWaterFile>> file = storage::HighWaterFile::Open(paths.high_water);
  HANSA_RETURN_IF_ERROR(file.status());
  std::optional<storage::HighWater> contents = (*file)->contents();
  absl::StatusOr<std::vector<storage::HeldFeed>> own = held.database->feeds().Feeds();
  HANSA_RETURN_IF_ERROR(own.status());
  if (contents) {
    // What an earlier key signed is for its seal to settle. Whose a feed is, is known to the store where the roster is
    // short.
    std::erase_if(contents->marks, [&](const storage::Mark& mark) {
      const auto stored =
          std::find_if(own->begin(), own->end(), [&](const auto& feed) { return feed.feed == mark.feed; });
      if (stored != own->end()) return !writers->contains(stored->author.writer);
      const replication::FeedAuthor* author = held.roster.AuthorOf(mark.feed);
      return author != nullptr && !writers->contains(author->writer);
    });
  }
  std::erase_if(*own, [&](const storage::HeldFeed& feed) { return !writers->contains(feed.author.writer); });
  return storage::CompareWithStore(contents, held.database->id(), storage::ThisMachine(), *own);
}

}  // namespace hansa::node::membership
