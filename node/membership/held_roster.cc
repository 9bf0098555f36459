#include "node/membership/held_roster.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "node/domain/text.h"
#include "node/membership/json_file.h"
#include "node/node_folder.h"
#include "replication/check.h"

namespace hansa::node::membership {
namespace {

using replication::FeedId;
using replication::Pin;
using replication::RootChain;
using replication::Roster;
using replication::Sequence;
using replication::SodiumCrypto;
using storage::Database;

constexpr std::size_t kEntriesAtOnce = 1000;

absl::StatusOr<RootChain> RootsIn(Database& database, const Charter& charter) {
  absl::StatusOr<RootChain> chain = RootChain::Begin(SodiumCrypto(), charter.root);
  HANSA_RETURN_IF_ERROR(chain.status());
  const absl::StatusOr<std::string> kept = database.tables().Get(storage::Table::kSettings, kRootsSetting);
  if (!kept.ok()) return chain;
  replication::ByteReader reader(*kept);
  for (bool is_first = true; reader.ok() && reader.remaining() > 0; is_first = false) {
    const replication::BytesView document = reader.Raw(reader.U32());
    if (is_first) continue;  // that of the charter
    absl::StatusOr<replication::SignedRoot> root = replication::DecodeSignedRoot(document);
    HANSA_RETURN_IF_ERROR(root.status());
    HANSA_RETURN_IF_ERROR(chain->Append(SodiumCrypto(), *std::move(root)));
  }
  return chain;
}

std::string InWords(const std::string& name, const std::string& id) {
  return absl::StrCat(domain::Quoted(name), " (", id, ")");
}

constexpr char kPutBack[] =
    "put back the charter.json that the store belongs to, from a backup or from its secretariat";

absl::Status OtherNetwork(const Charter& charter, const std::string& store_name, const std::string& store_id) {
  return absl::FailedPreconditionError(
      absl::StrCat("charter.json is that of the network ", InWords(charter.name, NetworkOf(charter).hex()),
                   ", and the store beside it is of the network ", InWords(store_name, store_id), "; ", kPutBack));
}

absl::Status OtherNetwork(const Charter& charter) {
  return absl::FailedPreconditionError(absl::StrCat("charter.json is that of the network ",
                                                    InWords(charter.name, NetworkOf(charter).hex()),
                                                    ", and the store beside it is of another network; ", kPutBack));
}

// Whether a feed's id is the one that its author has in `network`.
bool IsOf(const storage::HeldFeed& feed, const replication::NetworkId& network) {
  return replication::FeedIdOf(SodiumCrypto(), network, feed.author) == feed.feed;
}

// An entry without what is in it would be folded as one that says nothing, and its members be forgotten.
absl::Status CheckIsWhole(const storage::StoredEntry& stored) {
  const absl::StatusOr<replication::EntryHeader> header = replication::DecodeHeader(stored.entry.header);
  HANSA_RETURN_IF_ERROR(header.status());
  if (!header->has_payload || stored.entry.payload) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat("the list of members has lost what is in its entry ", stored.seq.value(),
                                          "; start the node, which fetches it again from others"));
}

absl::Status FoldFeed(Database& database, const FeedId& feed, Roster& roster) {
  Sequence from(1);
  while (true) {
    const absl::StatusOr<std::vector<storage::StoredEntry>> entries =
        database.feeds().ReadEntries(feed, from, kEntriesAtOnce);
    if (absl::IsNotFound(entries.status())) return absl::OkStatus();
    HANSA_RETURN_IF_ERROR(entries.status());
    if (entries->empty()) return absl::OkStatus();
    for (const storage::StoredEntry& stored : *entries) {
      HANSA_RETURN_IF_ERROR(CheckIsWhole(stored));
      roster.Fold(stored.entry);
    }
    from = Sequence(entries->back().seq.value() + 1);
  }
}

}  // namespace

absl::Status KeepNetwork(Database& database, const Charter& charter) {
  if (database.tables().Get(storage::Table::kSettings, kNetworkSetting).ok()) return absl::OkStatus();
  const storage::Write write{storage::Table::kSettings, kNetworkSetting,
                             absl::StrCat(NetworkOf(charter).hex(), "\n", charter.name)};
  return database.tables().Apply({&write, 1}, storage::Durability::kLazy);
}

absl::Status CheckIsOf(Database& database, const Charter& charter) {
  const replication::NetworkId network = NetworkOf(charter);
  const absl::StatusOr<std::string> kept = database.tables().Get(storage::Table::kSettings, kNetworkSetting);
  if (kept.ok()) {
    const std::pair<std::string, std::string> store = absl::StrSplit(*kept, absl::MaxSplits('\n', 1));
    if (store.first == network.hex()) return absl::OkStatus();
    return OtherNetwork(charter, store.second, store.first);
  }
  // It was written before stores said so: the ids of its feeds tell whether they are of this network.
  const absl::StatusOr<std::vector<storage::HeldFeed>> feeds = database.feeds().Feeds();
  HANSA_RETURN_IF_ERROR(feeds.status());
  const bool is_other = !feeds->empty() && std::none_of(feeds->begin(), feeds->end(),
                                                        [&](const auto& feed) { return IsOf(feed, network); });
  return is_other ? OtherNetwork(charter) : absl::OkStatus();
}

absl::Status KeepPins(Database& database, const std::set<Pin>& pins) {
  replication::ByteWriter writer;
  for (const Pin& pin : pins) writer.Raw(pin.view());
  const storage::Write write{storage::Table::kSettings, kPinsSetting, std::move(writer).bytes()};
  return database.tables().Apply({&write, 1}, storage::Durability::kLazy);
}

std::set<Pin> PinsKept(Database& database) {
  std::set<Pin> pins;
  const absl::StatusOr<std::string> kept = database.tables().Get(storage::Table::kSettings, kPinsSetting);
  if (!kept.ok()) return pins;
  replication::ByteReader reader(*kept);
  while (reader.remaining() >= Pin::kSize) pins.insert(reader.Take<Pin>());
  return pins;
}

absl::StatusOr<Roster> FoldHeldRoster(Database& database, const Charter& charter) {
  HANSA_RETURN_IF_ERROR(CheckIsOf(database, charter));
  absl::StatusOr<RootChain> chain = RootsIn(database, charter);
  HANSA_RETURN_IF_ERROR(chain.status());
  Roster roster(SodiumCrypto(), *std::move(chain));
  for (const replication::FeedAuthor& author : roster.RosterFeeds()) {
    HANSA_RETURN_IF_ERROR(FoldFeed(database, FeedIdOf(SodiumCrypto(), roster.network(), author), roster));
  }
  return roster;
}

absl::StatusOr<Roster> RosterHeldIn(const std::string& folder) {
  const NodePaths paths(folder);
  HANSA_RETURN_IF_ERROR(ReadIdentity(paths.identity).status());
  const absl::Status nothing =
      absl::NotFoundError(absl::StrCat(folder, " holds no list of members: it is new, or its disk was lost"));
  std::error_code error;
  if (!std::filesystem::exists(paths.database, error)) return nothing;
  const absl::StatusOr<std::string> json = ReadFile(paths.charter, kFileBytesMax);
  HANSA_RETURN_IF_ERROR(json.status());
  const absl::StatusOr<Charter> charter = DecodeCharter(*json);
  HANSA_RETURN_IF_ERROR(charter.status());
  const absl::StatusOr<std::unique_ptr<Database>> database = Database::Open(paths.database);
  HANSA_RETURN_IF_ERROR(database.status());
  absl::StatusOr<Roster> roster = FoldHeldRoster(**database, *charter);
  HANSA_RETURN_IF_ERROR((*database)->Close());
  if (roster.ok() && roster->lines().empty()) return nothing;
  return roster;
}

}  // namespace hansa::node::membership
