// A network of one's own for tests of membership: founded on disk in a folder that goes away, its
// roster folded in memory from the hub's store, applicants with folders of their own.
#ifndef HANSA_TESTS_NODE_MEMBERSHIP_FIXTURE_H_
#define HANSA_TESTS_NODE_MEMBERSHIP_FIXTURE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "node/charter.h"
#include "node/membership/admission.h"
#include "node/membership/application.h"
#include "node/membership/found_network.h"
#include "node/membership/init_node.h"
#include "node/membership/recommendation.h"
#include "node/node_folder.h"
#include "replication/roster.h"
#include "replication/transfer_unit.h"
#include "storage/rocks_database.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_folder.h"

namespace hansa::testing {

// Every entry of the roster in a hub's store, in order.
inline std::vector<replication::Entry> StoredRoster(const std::string& hub_folder) {
  const node::NodePaths hub(hub_folder);
  const auto database = Must(storage::Database::Open(hub.database));
  std::vector<replication::Entry> entries;
  for (const storage::HeldFeed& feed : Must(database->feeds().Feeds())) {
    for (const storage::StoredEntry& stored :
         Must(database->feeds().ReadEntries(feed.feed, replication::Sequence(1), 1000))) {
      entries.push_back(stored.entry);
    }
  }
  Must(database->Close());
  return entries;
}

inline node::Charter CharterIn(const std::string& path) {
  return Must(node::DecodeCharter(Must(node::ReadFile(path))));
}

// A roster with the charter's root and nothing else.
inline replication::Roster EmptyRoster(const node::Charter& charter) {
  return replication::Roster(replication::SodiumCrypto(),
                             Must(replication::RootChain::Begin(replication::SodiumCrypto(), charter.root)));
}

class Network {
 public:
  explicit Network(node::membership::FoundOptions options = {}) {
    options.name = "Hansa of tests";
    options.out = folder_ / "out";
    options.hub = "127.0.0.1:7400";
    founded_ = Must(node::membership::FoundNetwork(options));
    charter_ = CharterIn(founded_.charter);
    roster_ = std::make_unique<replication::Roster>(EmptyRoster(charter_));
    for (const replication::Entry& entry : StoredRoster(founded_.hub_folder)) {
      roster_->Fold(entry);
    }
  }

  const node::membership::FoundedNetwork& founded() const { return founded_; }
  const node::Charter& charter() const { return charter_; }
  const replication::NetworkId& id() const { return founded_.network; }
  const replication::Roster& roster() const { return *roster_; }
  const TempFolder& folder() const { return folder_; }

  // Sets up `slug` of `kind` and `country`; returns its folder.
  std::string SetUp(const std::string& kind, const std::string& slug, const std::string& country) {
    const std::string path = folder_ / slug;
    Must(node::membership::InitNode({.folder = path,
                                     .charter_file = founded_.charter,
                                     .kind = kind,
                                     .slug = slug,
                                     .name = absl::StrCat("The one called ", slug),
                                     .country = country,
                                     .endpoints = {}}));
    return path;
  }
  static std::string Apply(const std::string& folder, const std::string& mayor = "") {
    return Must(node::membership::MakeApplication({.folder = folder, .mayor = mayor}));
  }

  // Signs the entry by the roster key and folds it, as a hub does.
  const replication::RosterLine& Publish(const node::membership::PreparedEntry& admission) {
    replication::NewEntry entry;
    entry.kind = admission.kind;
    entry.record = admission.record;
    entry.payload = replication::SaltedPayload{node::RandomSalt(), admission.payload};
    const auto signer = replication::SodiumSigner(Must(node::ReadKey(node::NodePaths(founded_.hub_folder).roster_key)));
    const replication::RosterPosition end = roster_->position();
    const replication::VerifiedUnit unit = Must(replication::VerifiedUnit::Sign(
        replication::SodiumCrypto(), id(), roster_->author(), *signer, {end.len, end.head}, {&entry, 1}));
    return roster_->Fold(unit.unit().entries.front());
  }

  // Admits with every officer key at hand; returns how the roster judged it.
  const replication::RosterLine& Admit(node::membership::AdmitRequest request) {
    request.officer_key_files = founded_.officer_keys;
    return Publish(Must(node::membership::PrepareAdmission(request, *roster_)));
  }

  // An admitted authority; returns its folder.
  std::string Authority(const std::string& slug, const std::string& country) {
    const std::string path = SetUp("authority", slug, country);
    Admit({.application = Apply(path)});
    return path;
  }

 private:
  TempFolder folder_;
  node::membership::FoundedNetwork founded_;
  node::Charter charter_;
  std::unique_ptr<replication::Roster> roster_;
};

}  // namespace hansa::testing

#endif  // HANSA_TESTS_NODE_MEMBERSHIP_FIXTURE_H_
