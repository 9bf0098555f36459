// Founding: what is on disk afterwards, what every node makes of it, and that a failure leaves
// nothing.
#include "node/membership/found_network.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <filesystem>
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "node/catalogue/current.h"
#include "node/membership/founding_policy.h"
#include "replication/collections.h"
#include "storage/high_water.h"
#include "tests/node/membership/fixture.h"

namespace hansa::node::membership {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;
using namespace replication;  // NOLINT: the vocabulary of these tests
using hansa::testing::CharterIn;
using hansa::testing::EmptyRoster;
using hansa::testing::Must;
using hansa::testing::Network;
using hansa::testing::StatusIs;
using hansa::testing::StoredRoster;
using hansa::testing::TempFolder;

unsigned ModeOf(const std::string& path) {
  struct stat about = {};
  EXPECT_EQ(stat(path.c_str(), &about), 0) << path;
  return about.st_mode & 0777u;
}

std::set<std::string> NamesIn(const std::string& folder) {
  std::set<std::string> names;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    names.insert(file.path().filename().string());
  }
  return names;
}

FoundOptions Options(const std::string& out) {
  FoundOptions options;
  options.name = "Hansa of tests";
  options.out = out;
  options.hub = "127.0.0.1:7400";
  return options;
}

// What every node must keep for ever of what one stolen key writes is bounded.
TEST(Founding, AMemberMayGiveFewerOrdersToEraseThanTheSecretariat) {
  std::map<MemberKind, std::uint64_t> orders;
  for (const WriteRight& right : FoundingPolicy().rights) {
    if (right.collection == kErasures) orders[right.kind] = right.entries_max.value();
  }
  EXPECT_THAT(orders, UnorderedElementsAre(Pair(MemberKind::kSecretariat, 100'000u), Pair(MemberKind::kCity, 10'000u),
                                           Pair(MemberKind::kAuthority, 10'000u), Pair(MemberKind::kPartner, 10'000u)));
}

TEST(Founding, TheStoreHoldsExactlyFourEntriesAndAllAreValid) {
  const Network network;
  const std::vector<Entry> entries = StoredRoster(network.founded().hub_folder);
  ASSERT_THAT(entries, SizeIs(4));
  Roster roster = EmptyRoster(network.charter());
  std::vector<Kind> kinds;
  std::set<RecordId> records;
  for (const Entry& entry : entries) {
    const RosterLine& line = roster.Fold(entry);
    EXPECT_TRUE(line.valid) << line.seq.value() << ": " << line.why_void;
    kinds.push_back(line.kind);
    records.insert(Must(DecodeHeader(entry.header)).record);
  }
  EXPECT_THAT(kinds, ElementsAre(roster_kind::kPolicy, roster_kind::kFramework, roster_kind::kNetworkInfo,
                                 roster_kind::kMemberAdd));
  EXPECT_THAT(records, SizeIs(4));
}

TEST(Founding, TheFourEntriesAreOneBatchWithOneCheckpoint) {
  const Network network;
  const std::vector<Entry> entries = StoredRoster(network.founded().hub_folder);
  std::vector<bool> more;
  for (const Entry& entry : entries) more.push_back(Must(DecodeHeader(entry.header)).more);
  EXPECT_THAT(more, ElementsAre(true, true, true, false));
  const auto database = Must(storage::Database::Open(NodePaths(network.founded().hub_folder).database));
  const auto checkpoints = Must(database->feeds().Checkpoints(network.roster().feed()));
  ASSERT_THAT(checkpoints, SizeIs(1));
  EXPECT_EQ(checkpoints[0].len, Sequence(4));
  EXPECT_TRUE(IsSignedBy(SodiumCrypto(), network.id(), checkpoints[0], network.roster().author().writer));
}

TEST(Founding, TheHubIsMemberOneOfTheSecretariat) {
  const Network network;
  const MemberRecord* hub = network.roster().state().Find("int-uil");
  ASSERT_NE(hub, nullptr);
  EXPECT_EQ(hub->number, Member(1));
  EXPECT_EQ(hub->kind, MemberKind::kSecretariat);
  EXPECT_EQ(hub->country, "INT");
  EXPECT_EQ(hub->region, "");
  EXPECT_EQ(hub->endpoints, std::vector<std::string>{"127.0.0.1:7400"});
  EXPECT_EQ(network.charter().hubs.size(), 1u);
  const std::set<Pin> pins(network.charter().hubs[0].pins.begin(), network.charter().hubs[0].pins.end());
  EXPECT_EQ(network.roster().PinsOf(Member(1)), pins);
}

TEST(Founding, TheKeysOfTheHubsFolderAreThoseOfTheRoster) {
  const Network network;
  const NodePaths hub(network.founded().hub_folder);
  const auto key = [](const std::string& path) { return SodiumSigner(Must(ReadKey(path)))->public_key(); };
  const MemberRecord* member = network.roster().state().Find("int-uil");
  EXPECT_EQ(key(hub.writer_key), member->present().writer);
  EXPECT_EQ(key(hub.tls_key), member->present().tls.at(0));
  EXPECT_EQ(key(hub.roster_key), network.roster().author().writer);
  EXPECT_EQ(Must(ReadIdentity(hub.identity)).slug, "int-uil");
  EXPECT_EQ(CharterIn(hub.charter), network.charter());
}

TEST(Founding, FrameworkAndNetworkInfoSayWhatThisProgramWasBuiltWith) {
  FoundOptions options;
  options.language = "en";
  const Network network(options);
  const RosterState& state = network.roster().state();
  EXPECT_EQ(state.framework->id, catalogue::CurrentCatalogue().framework_id());
  EXPECT_EQ(state.framework->version, catalogue::CurrentCatalogue().version());
  EXPECT_EQ(state.framework->catalogue_hash.str(), catalogue::CurrentCatalogue().sha256());
  EXPECT_EQ(state.network_info->name, "Hansa of tests");
  EXPECT_EQ(state.network_info->names, (std::vector<LocalName>{{"en", "Hansa of tests"}}));
  EXPECT_EQ(state.network_info->hub_endpoints, std::vector<std::string>{"127.0.0.1:7400"});
}

TEST(Founding, ThePolicySaysWhoWritesWhat) {
  const Network network;
  const auto writers = [&](Collection collection) {
    std::set<std::string> kinds;
    for (const auto& [pair, limit] : network.roster().state().rights) {
      if (pair.second == collection && limit.value() > 0) kinds.insert(MemberKindName(pair.first));
    }
    return kinds;
  };
  EXPECT_THAT(writers(kRosterCollection), UnorderedElementsAre("roster"));
  EXPECT_THAT(writers(kErasures), UnorderedElementsAre("secretariat", "city", "authority", "partner"));
  EXPECT_THAT(writers(kIndicators), UnorderedElementsAre("city"));
  EXPECT_THAT(writers(kPractices), UnorderedElementsAre("city", "partner"));
  EXPECT_THAT(writers(kOffers), UnorderedElementsAre("city", "partner"));
  EXPECT_THAT(writers(kAggregates), UnorderedElementsAre("secretariat"));
  EXPECT_THAT(writers(kReviews), UnorderedElementsAre("city"));
  EXPECT_THAT(writers(kDialogue), UnorderedElementsAre("secretariat", "city", "authority", "partner"));
  EXPECT_THAT(writers(kNotices), UnorderedElementsAre("secretariat", "authority", "partner"));
  EXPECT_THAT(writers(kStrategies), UnorderedElementsAre("city"));
}

TEST(Founding, TheHighWaterFileCountsTheRoster) {
  const Network network;
  const NodePaths hub(network.founded().hub_folder);
  const auto file = Must(storage::HighWaterFile::Open(hub.high_water));
  ASSERT_TRUE(file->existed());
  const RosterPosition end = network.roster().position();
  EXPECT_THAT(file->marks(), ElementsAre(storage::Mark{network.roster().feed(), end.len, end.head}));
  const auto database = Must(storage::Database::Open(hub.database));
  const storage::FenceFinding finding =
      CompareWithStore(file->contents(), database->id(), storage::ThisMachine(), Must(database->feeds().Feeds()));
  EXPECT_EQ(finding.fence, storage::Fence::kIntact) << finding.detail;
}

TEST(Founding, OnlyTheOwnerReadsKeys) {
  const Network network;
  const NodePaths hub(network.founded().hub_folder);
  for (const std::string& path : {network.founded().root_keys[0], network.founded().officer_keys[0], hub.writer_key,
                                  hub.tls_key, hub.roster_key}) {
    EXPECT_EQ(ModeOf(path), 0600u) << path;
  }
  EXPECT_EQ(ModeOf(hub.folder), 0700u);
  EXPECT_EQ(ModeOf(hub.keys), 0700u);
  EXPECT_EQ(ModeOf(network.founded().charter), 0644u);
}

TEST(Founding, OneKeyOfEachSortHasAPlainName) {
  const Network network;
  EXPECT_THAT(NamesIn(network.folder() / "out"),
              UnorderedElementsAre("charter.json", "hub", "officer.key", "root.key"));
}

TEST(Founding, TheStrongFormNeedsTwoOfThreeRootKeysAndOfficers) {
  FoundOptions options;
  options.root_keys = options.officers = 3;
  options.threshold = options.approvals = 2;
  const Network network(options);
  EXPECT_THAT(NamesIn(network.folder() / "out"),
              UnorderedElementsAre("charter.json", "hub", "officer-1.key", "officer-2.key", "officer-3.key",
                                   "root-1.key", "root-2.key", "root-3.key"));
  const RootDocument& root = network.roster().root().newest();
  EXPECT_EQ(root.threshold, 2u);
  EXPECT_EQ(root.approvals, 2u);
  EXPECT_THAT(root.root_keys, SizeIs(3));
  EXPECT_THAT(root.officer_keys, SizeIs(3));
  EXPECT_THAT(network.charter().root.signatures, SizeIs(2));
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(SodiumSigner(Must(ReadKey(network.founded().root_keys[i])))->public_key(), root.root_keys[i]);
    EXPECT_EQ(SodiumSigner(Must(ReadKey(network.founded().officer_keys[i])))->public_key(), root.officer_keys[i]);
  }
  EXPECT_THAT(network.roster().lines(), SizeIs(4));
  for (const RosterLine& line : network.roster().lines()) EXPECT_TRUE(line.valid);
}

TEST(Founding, OneRootSignatureLessIsNoCharter) {
  FoundOptions options;
  options.root_keys = 3;
  options.threshold = 2;
  const Network network(options);
  Charter charter = network.charter();
  charter.root.signatures.pop_back();
  EXPECT_THAT(DecodeCharter(EncodeCharter(charter)),
              StatusIs(absl::StatusCode::kInvalidArgument, "signed by 1 of the 2"));
}

TEST(Founding, TwoFoundingsAreTwoNetworks) {
  const Network one;
  const Network other;
  EXPECT_NE(one.id(), other.id());
}

TEST(Founding, TextsAreNormalised) {
  TempFolder folder;
  FoundOptions options = Options(folder / "out");
  options.name = "  Hanse\u0061\u0308 ";  // a and a combining diaeresis
  const FoundedNetwork founded = Must(FoundNetwork(options));
  EXPECT_EQ(CharterIn(founded.charter).name, "Hanse\u00e4");
}

struct BadOption {
  const char* why;
  void (*spoil)(FoundOptions&);
  const char* says;
};

TEST(Founding, BadOptionsAreRefusedAndNothingIsMade) {
  const std::vector<BadOption> cases = {
      {"no name", [](FoundOptions& o) { o.name = " "; }, "name"},
      {"long name", [](FoundOptions& o) { o.name = std::string(201, 'x'); }, "200"},
      {"bidirectional name", [](FoundOptions& o) { o.name = "a\u202e"; }, "U+202E"},
      {"no folder", [](FoundOptions& o) { o.out = ""; }, "folder"},
      {"no port", [](FoundOptions& o) { o.hub = "hub.example.org"; }, "port"},
      {"port zero", [](FoundOptions& o) { o.hub = "hub.example.org:0"; }, "port"},
      {"no root key", [](FoundOptions& o) { o.root_keys = 0; }, "1 to 16"},
      {"seventeen root keys", [](FoundOptions& o) { o.root_keys = 17; }, "1 to 16"},
      {"threshold zero", [](FoundOptions& o) { o.threshold = 0; }, "threshold"},
      {"threshold over keys", [](FoundOptions& o) { o.threshold = 2; }, "give 1 to 1"},
      {"no officer", [](FoundOptions& o) { o.officers = 0; }, "1 to 16"},
      {"approvals zero", [](FoundOptions& o) { o.approvals = 0; }, "approvals"},
      {"approvals over officers", [](FoundOptions& o) { o.approvals = 2; }, "give 1 to 1"},
      {"no such language", [](FoundOptions& o) { o.language = "English"; }, "language"},
      {"nameless hub", [](FoundOptions& o) { o.secretariat = ""; }, "name"},
  };
  for (const BadOption& bad : cases) {
    TempFolder folder;
    FoundOptions options = Options(folder / "out");
    bad.spoil(options);
    EXPECT_THAT(FoundNetwork(options), StatusIs(absl::StatusCode::kInvalidArgument, bad.says)) << bad.why;
    EXPECT_THAT(NamesIn(folder.path()), IsEmpty()) << bad.why;
  }
}

TEST(Founding, AFolderWithANetworkIsLeftAsItIs) {
  const Network network;
  const std::string before = Must(ReadFile(network.founded().charter));
  EXPECT_THAT(FoundNetwork(Options(network.folder() / "out")),
              StatusIs(absl::StatusCode::kFailedPrecondition, "holds a network already"));
  EXPECT_EQ(Must(ReadFile(network.founded().charter)), before);
  EXPECT_THAT(NamesIn(network.folder() / "out"), SizeIs(4));
}

TEST(Founding, OneKeyOfAnEarlierFoundingIsEnoughToRefuse) {
  for (const std::string name : {"root.key", "officer-2.key", "charter.json", "hub"}) {
    TempFolder folder;
    hansa::testing::WriteFile(folder / name, "x");
    EXPECT_THAT(FoundNetwork(Options(folder.path())), StatusIs(absl::StatusCode::kFailedPrecondition, name));
    EXPECT_THAT(NamesIn(folder.path()), ElementsAre(name));
  }
}

TEST(Founding, OtherFilesInTheFolderDoNotMatterAndStay) {
  TempFolder folder;
  hansa::testing::WriteFile(folder / "notes.txt", "x");
  Must(FoundNetwork(Options(folder.path())));
  EXPECT_THAT(NamesIn(folder.path()),
              UnorderedElementsAre("notes.txt", "charter.json", "hub", "officer.key", "root.key"));
}

TEST(Founding, AFileInsteadOfAFolderIsRefused) {
  TempFolder folder;
  hansa::testing::WriteFile(folder / "out", "x");
  EXPECT_THAT(FoundNetwork(Options(folder / "out")), StatusIs(absl::StatusCode::kInvalidArgument, "no folder"));
}

// The disk "fills up" after so many bytes of one file: each limit stops the founding elsewhere.
TEST(Founding, AFailureAnywhereLeavesNothing) {
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before = {};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  int failures = 0;
  for (const rlim_t bytes : {0, 10, 64, 65, 100, 300, 600, 1000, 2000, 4000}) {
    TempFolder folder;
    const rlimit full = {bytes, before.rlim_max};
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &full), 0);
    const absl::Status status = FoundNetwork(Options(folder / "some/where/out")).status();
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
    if (status.ok()) continue;
    ++failures;
    EXPECT_THAT(NamesIn(folder.path()), IsEmpty()) << bytes << ": " << status;
  }
  EXPECT_GE(failures, 6);
}

}  // namespace
}  // namespace hansa::node::membership
