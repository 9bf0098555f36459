// hansa-force-admission: what a hub could do that does not keep to the law. Writes an admission into the roster of a
// hub that is not running, signed by the hub's own roster key, without asking whether it is valid.
//
//   hansa-force-admission --hub DIR --application FILE [--recommendation FILE]
//
// Prints one JSON object: the entry's sequence, and how the roster's law judges it.
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "node/charter.h"
#include "node/membership/application.h"
#include "node/membership/recommendation.h"
#include "node/node_folder.h"
#include "replication/check.h"
#include "replication/collections.h"
#include "replication/roster.h"
#include "storage/high_water.h"
#include "storage/rocks_database.h"

namespace hansa::forge {
namespace {

using Json = nlohmann::ordered_json;

struct Request {
  std::string hub;
  std::string application;
  std::string recommendation;  // path; empty: none
};

absl::StatusOr<replication::Roster> RosterIn(const storage::FeedStore& feeds, const node::Charter& charter) {
  absl::StatusOr<replication::RootChain> root =
      replication::RootChain::Begin(replication::SodiumCrypto(), charter.root);
  HANSA_RETURN_IF_ERROR(root.status());
  replication::Roster roster(replication::SodiumCrypto(), *std::move(root));
  constexpr std::size_t kPlenty = 100'000;
  const auto entries = feeds.ReadEntries(roster.feed(), replication::Sequence(1), kPlenty);
  HANSA_RETURN_IF_ERROR(entries.status());
  for (const storage::StoredEntry& stored : *entries) roster.Fold(stored.entry);
  return roster;
}

absl::StatusOr<replication::NewEntry> EntryFor(const Request& request, const replication::Roster& roster) {
  const absl::StatusOr<std::string> text = node::ReadFile(request.application);
  HANSA_RETURN_IF_ERROR(text.status());
  const auto applicant = node::membership::ReadApplication(*text, roster.network());
  HANSA_RETURN_IF_ERROR(applicant.status());
  replication::MemberAdd add;
  add.number = roster.state().NextNumber(applicant->application.kind);
  add.region = "EUR";
  add.application = applicant->statement;
  add.possession = applicant->possession;
  if (!request.recommendation.empty()) {
    const absl::StatusOr<std::string> file = node::ReadFile(request.recommendation);
    HANSA_RETURN_IF_ERROR(file.status());
    const auto recommendation = node::membership::ReadRecommendation(*file, roster.network());
    HANSA_RETURN_IF_ERROR(recommendation.status());
    add.recommendation = recommendation->statement;
  }
  replication::NewEntry entry;
  entry.kind = replication::roster_kind::kMemberAdd;
  entry.record = node::RandomRecordId();
  entry.payload = {node::RandomSalt(), replication::Encode(replication::RosterPayload{replication::Encode(add), {}})};
  return entry;
}

absl::StatusOr<Json> Force(const Request& request) {
  const node::NodePaths paths(request.hub);
  const absl::StatusOr<std::string> text = node::ReadFile(paths.charter);
  HANSA_RETURN_IF_ERROR(text.status());
  const absl::StatusOr<node::Charter> charter = node::DecodeCharter(*text);
  HANSA_RETURN_IF_ERROR(charter.status());
  const absl::StatusOr<replication::Seed> key = node::ReadKey(paths.roster_key);
  HANSA_RETURN_IF_ERROR(key.status());
  const auto database = storage::Database::Open(paths.database);
  HANSA_RETURN_IF_ERROR(database.status());
  absl::StatusOr<replication::Roster> roster = RosterIn((*database)->feeds(), *charter);
  HANSA_RETURN_IF_ERROR(roster.status());
  const absl::StatusOr<replication::NewEntry> entry = EntryFor(request, *roster);
  HANSA_RETURN_IF_ERROR(entry.status());
  const replication::FeedTail tail{roster->position().len, roster->position().head};
  absl::StatusOr<replication::VerifiedUnit> unit =
      replication::VerifiedUnit::Sign(replication::SodiumCrypto(), roster->network(), roster->author(),
                                      *replication::SodiumSigner(*key), tail, {&*entry, 1});
  HANSA_RETURN_IF_ERROR(unit.status());
  HANSA_RETURN_IF_ERROR((*database)->feeds().Append({&*unit, 1}));
  const auto high_water = storage::HighWaterFile::Open(paths.high_water);
  HANSA_RETURN_IF_ERROR(high_water.status());
  const storage::Mark mark{unit->end().feed, unit->end().len, unit->end().head};
  HANSA_RETURN_IF_ERROR((*high_water)->Record({&mark, 1}));
  HANSA_RETURN_IF_ERROR((*database)->Close());
  const replication::RosterLine& line = roster->Fold(unit->unit().entries.front());
  return Json{{"ok", true}, {"sequence", line.seq.value()}, {"valid", line.valid}, {"why_void", line.why_void}};
}

int Main(int argc, char** argv) {
  std::map<std::string, std::string> options;
  for (int i = 1; i + 1 < argc; i += 2) options[argv[i]] = argv[i + 1];
  const absl::StatusOr<Json> done = Force({options["--hub"], options["--application"], options["--recommendation"]});
  const Json failure = {{"ok", false}, {"why", std::string(done.status().message())}};
  std::cout << (done.ok() ? *done : failure).dump() << std::endl;
  return done.ok() ? 0 : 1;
}

}  // namespace
}  // namespace hansa::forge

int main(int argc, char** argv) { return hansa::forge::Main(argc, argv); }
