// A member's life on the command line, against nodes in memory behind the real API: a hub that writes the roster, and a
// city with a data folder of its own.
#include <filesystem>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "node/api/api_server.h"
#include "node/charter.h"
#include "node/membership/init_node.h"
#include "node/node_folder.h"
#include "tests/node/cli/cli_run.h"
#include "tests/testing/fake_node.h"
#include "tests/testing/temp_folder.h"

namespace hansa::testing {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr int kUsage = 2;
constexpr int kNotFound = 3;
constexpr int kRefused = 4;

class MemberLife : public ::testing::Test {
 protected:
  explicit MemberLife(const NetworkShape& shape = {}) : network_(Network::Founded(shape)) {
    AdoptCurrentFramework(network_);
    network_.AdmitAuthority(germany_);
    bonn_number_ = network_.AdmitCity(bonn_applicant_, germany_);
    MakeFolder();
    hub_.is_hub = true;
    hub_.publish_roster = [this](replication::Kind kind, const replication::RecordId& record,
                                 const replication::Bytes& payload) { return Append(kind, record, payload); };
    Refresh();
    std::filesystem::create_directories(folder_ / "homes");  // not beside the hub's folder
    for (int i = 1; i <= shape.officers; ++i) {
      Must(node::WriteKey(OfficerKey(i), *replication::Seed::From(Random(absl::StrCat("officer ", i)).view())));
    }
    hub_server_ = Serve(hub_, hub_folder_);
    bonn_server_ = Serve(bonn_, bonn_folder_);
  }

  static std::unique_ptr<node::api::ApiServer> Serve(FakeNode& node, const std::string& folder) {
    std::filesystem::create_directories(folder);
    return Must(node::api::ApiServer::Start({.socket = node::NodePaths(folder).socket,
                                             .node = node,
                                             .views = node.views(),
                                             .catalogue = node::catalogue::CurrentCatalogue(),
                                             .today_year = nullptr}));
  }
  // Bonn's data folder, with the keys that the roster has.
  void MakeFolder() {
    const node::NodePaths paths(bonn_folder_);
    std::filesystem::create_directories(paths.keys);
    for (const std::string& made : {paths.folder, paths.keys}) {
      std::filesystem::permissions(made, std::filesystem::perms::owner_all);
    }
    Must(node::WriteKey(paths.writer_key, *replication::Seed::From(Random("de-bonn writer").view())));
    Must(node::WriteKey(paths.tls_key, *replication::Seed::From(Random("de-bonn tls").view())));
    const replication::SignedRoot root = *replication::DecodeSignedRoot(network_.roster().root().SignedFrom(1).front());
    const replication::Pin pin = replication::PinOf(Network::crypto(), network_.hub().tls.front()->public_key());
    WriteFile(charter_, node::EncodeCharter({"Test network", root, {{"hub.example:7400", {pin}}}}));
    Init(bonn_folder_);
  }
  void Init(const std::string& folder) {
    Must(node::membership::InitNode({.folder = folder,
                                     .charter_file = charter_,
                                     .kind = "city",
                                     .slug = "de-bonn",
                                     .name = "Bonn",
                                     .country = "DEU",
                                     .endpoints = {}}));
  }
  // As the hub does it: judged, signed, folded.
  absl::StatusOr<replication::Sequence> Append(replication::Kind kind, const replication::RecordId& record,
                                               const replication::Bytes& payload) {
    HANSA_RETURN_IF_ERROR(network_.roster().WouldAccept(kind, record, payload));
    const replication::RosterPayload read = Must(replication::DecodeRosterPayload(payload));
    Keys approvers;
    for (const replication::Approval& approval : read.approvals) {
      for (const Key& officer : network_.officers()) {
        if (officer->public_key() == approval.officer) approvers.push_back(officer);
      }
    }
    const replication::RosterLine& line = network_.Append({kind, read.body, approvers, record});
    HANSA_CHECK(line.valid);
    Refresh();
    return line.seq;
  }
  void Refresh() {
    hub_.Refresh();
    bonn_.Refresh();
  }

  Ran OnHub(std::vector<std::string> words) {
    words.insert(words.end(), {"--data", hub_folder_});
    return RunHansa(words);
  }
  Ran InBonn(std::vector<std::string> words) {
    words.insert(words.end(), {"--data", bonn_folder_});
    return RunHansa(words);
  }
  static json Parsed(Ran ran, int exit = 0) {
    EXPECT_EQ(ran.exit, exit) << ran.err;
    return json::parse(ran.out);
  }
  std::string OfficerKey(int n) { return folder_ / absl::StrCat("homes/officer-", n, ".key"); }
  std::string Approval(const std::string& proposal, int officer) {
    const std::string file = folder_ / absl::StrCat("approval-", officer, "-", ++files_);
    const Ran ran = RunHansa({"approve", proposal, "--key", OfficerKey(officer), "-o", file});
    EXPECT_EQ(ran.exit, 0) << ran.err;
    approved_ = ran.out;
    return file;
  }
  // Bonn publishes, and the hub gets it.
  std::string Publishes(int revisions = 1, replication::Collection collection = replication::kPractices) {
    const replication::RecordId record = RecordNamed(absl::StrCat("record ", ++records_));
    for (int i = 0; i < revisions; ++i) {
      node::Publication publication{
          collection, replication::Kind(static_cast<std::uint16_t>(collection.value() * 256 + 1)), record};
      publication.payload = absl::StrCat("revision ", i);
      Must(bonn_.Publish({publication}));
      hub_.Receive(bonn_.units().back());
    }
    return record.hex();
  }
  const replication::MemberRecord& bonn() { return *network_.roster().state().Find(bonn_number_); }
  std::string BonnsKey() {
    return replication::SodiumSigner(Must(node::ReadKey(node::NodePaths(bonn_folder_).writer_key)))->public_key().hex();
  }
  std::size_t RosterLength() { return network_.roster().lines().size(); }
  // Bonn asks for a new key and gets it by its old key's consent.
  void Renew() {
    bonn_.fence = node::Fence::kRecover;
    ASSERT_EQ(InBonn({"recover", "-o", request_}).exit, 0);
    ASSERT_EQ(OnHub({"reinstate", "de-bonn", "--request", request_}).exit, 0);
    bonn_.fence = node::Fence::kLocked;
    bonn_.in_sync = true;
  }

  TempFolder folder_;
  const std::string hub_folder_ = folder_ / "hub";
  const std::string bonn_folder_ = folder_ / "bonn";
  const std::string charter_ = folder_ / "charter.json";
  const std::string request_ = folder_ / "request.json";
  const std::string proposal_ = folder_ / "proposal.json";
  Network network_;
  Applicant germany_ = AuthorityOf("DEU");
  Applicant bonn_applicant_ = CityNamed("de-bonn", "DEU");
  replication::Member bonn_number_;
  FakeNode hub_{network_, network_.hub()};
  FakeNode bonn_{network_, bonn_applicant_};
  std::unique_ptr<node::api::ApiServer> hub_server_;
  std::unique_ptr<node::api::ApiServer> bonn_server_;
  std::string approved_;  // what the last approval said
  int files_ = 0;
  int records_ = 0;
};

TEST_F(MemberLife, AMemberIsSuspendedAndShownAgainWithoutAnyOfficer) {
  const json suspended = Parsed(OnHub({"suspend", "de-bonn", "--note", "figures are looked at", "--json"}));
  EXPECT_EQ(suspended["slug"], "de-bonn");
  EXPECT_EQ(suspended["sequence"], RosterLength());
  EXPECT_EQ(suspended["already"], false);
  EXPECT_EQ(suspended["words"], absl::StrCat("suspend member ", bonn_number_.value()));
  EXPECT_THAT(suspended["warnings"], IsEmpty());
  EXPECT_EQ(Parsed(OnHub({"member", "de-bonn", "--json"}))["state"], "suspended");
  const json again = Parsed(OnHub({"suspend", "de-bonn", "--json"}));
  EXPECT_EQ(again["already"], true);
  EXPECT_TRUE(again["sequence"].is_null());

  EXPECT_THAT(OnHub({"resume", "de-bonn"}).out, HasSubstr("done: end the suspension of member"));
  EXPECT_EQ(bonn().state, replication::MemberState::kMember);
  EXPECT_THAT(OnHub({"resume", "de-bonn"}).out, HasSubstr("nothing was changed"));
}

TEST_F(MemberLife, WithTheOfficersKeyAtHandAMembershipEndsByOneCommand) {
  Publishes(3);
  const json revoked = Parsed(OnHub({"revoke", "de-bonn", "--retired", "--officer-key", OfficerKey(1), "--json"}));
  EXPECT_EQ(revoked["sequence"], RosterLength());
  EXPECT_THAT(revoked["words"].get<std::string>(),
              AllOf(HasSubstr("which leaves the network"), HasSubstr("the feed of practices ends after entry 3")));
  EXPECT_EQ(bonn().state, replication::MemberState::kRetired);
  EXPECT_EQ(Parsed(OnHub({"revoke", "de-bonn", "--retired", "--json"}))["already"], true);
  EXPECT_EQ(OnHub({"revoke", "de-bonn", "--compromised"}).exit, kRefused);
  EXPECT_EQ(OnHub({"suspend", "de-bonn"}).exit, kRefused);
}

TEST_F(MemberLife, AnEarlierEndIsNamedAndWhatLiesBeyondIsWarnedOf) {
  Publishes(3);
  const Ran ran = OnHub(
      {"revoke", "de-bonn", "--compromised", "--at", "practices:1", "--officer-key", OfficerKey(1), "--lang", "ko"});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("practices 피드는 이곳에서 항목 3까지 이어지는데 항목 1 다음에서 끝납니다"));
  EXPECT_THAT(ran.out, HasSubstr("practices 피드는 항목 1 다음에서 끝납니다"));
  EXPECT_EQ(bonn().state, replication::MemberState::kCompromised);
}

TEST_F(MemberLife, WhatCannotBeIsSaidAndChangesNothing) {
  Publishes(3);
  const std::size_t before = RosterLength();
  struct Mistake {
    std::vector<std::string> words;
    int exit;
    const char* says;
  };
  WriteFile(folder_ / "rubbish", "not json");
  const std::vector<Mistake> mistakes = {
      {{"suspend", "de-bon"}, kNotFound, "did you mean 'de-bonn'?"},
      {{"suspend"}, kUsage, "needs MEMBER"},
      {{"suspend", "de-bonn", "--note", "a\nb"}, kUsage, "the note"},
      {{"revoke", "de-bonn"}, kUsage, "--retired"},
      {{"revoke", "de-bonn", "--retired", "--compromised"}, kUsage, "--retired"},
      {{"revoke", "de-bonn", "--retired", "--at", "practices"}, kUsage, "COLLECTION:LEN"},
      {{"revoke", "de-bonn", "--retired", "--at", "cakes:1"}, kUsage, "COLLECTION:LEN"},
      {{"revoke", "de-bonn", "--retired", "--at", "offers:1"}, kNotFound, "leave it out"},
      {{"revoke", "de-bonn", "--retired", "--at", "practices:7"}, kRefused, "the last that is held is 3"},
      {{"revoke", "de-bonn", "--retired"}, kRefused, "needs one officer's approval and has 0"},
      {{"revoke", "de-bonn", "--retired", "--officer-key", folder_ / "rubbish"}, kRefused, "chmod 600"},
      {{"revoke", "de-bonn", "--retired", "--approval", folder_ / "rubbish"}, kUsage, "no approval file"},
      {{"revoke", "int-uil", "--retired", "--officer-key", OfficerKey(1)}, kRefused, "the roster's law forbids it"},
      {{"reinstate", "de-bonn"}, kUsage, "--request"},
      {{"reinstate", "de-bonn", "--request", folder_ / "none"}, kNotFound, "none"},
      {{"reinstate", "de-bonn", "--request", folder_ / "rubbish"}, kUsage, "`hansa recover`"},
      {{"seal", "de-bonn", "--request", folder_ / "rubbish"}, kUsage, "`hansa recover`"},
      {{"erase", "ffffff", "--reason", "boredom"}, kUsage, "personal-data"},
      {{"erase", "ffffff", "--reason", "law"}, kNotFound, "no record here begins with"},
      {{"erase", "ffffff"}, kUsage, "--reason"},
      {{"roster", "confirm", "7"}, kUsage, "LEN:HEAD"},
      {{"roster", "confirm", "7:abc"}, kUsage, "LEN:HEAD"},
  };
  for (const Mistake& mistake : mistakes) {
    const Ran ran = OnHub(mistake.words);
    EXPECT_EQ(ran.exit, mistake.exit) << absl::StrJoin(mistake.words, " ") << ": " << ran.err;
    EXPECT_THAT(ran.err, AllOf(IsOneErrorLine(), HasSubstr(mistake.says))) << absl::StrJoin(mistake.words, " ");
  }
  EXPECT_EQ(RosterLength(), before);
}

TEST_F(MemberLife, OnlyTheHubDecides) {
  Renew();
  for (const std::vector<std::string>& words : {std::vector<std::string>{"suspend", "de-bonn"},
                                                {"resume", "de-bonn"},
                                                {"revoke", "de-bonn", "--retired"},
                                                {"reinstate", "de-bonn", "--request", request_},
                                                {"seal", "de-bonn", "--request", request_}}) {
    const Ran ran = InBonn(words);
    EXPECT_EQ(ran.exit, kRefused) << words[0];
    EXPECT_THAT(ran.err, HasSubstr("does not hold the roster key"));
  }
}

class StrongMemberLife : public MemberLife {
 protected:
  StrongMemberLife() : MemberLife({.officers = 3, .approvals = 2}) {}
};

TEST_F(StrongMemberLife, TwoOfficersEndAMembershipWhereTheyWereShownThatItEnds) {
  Publishes(2);
  const std::size_t before = RosterLength();
  EXPECT_THAT(OnHub({"revoke", "de-bonn", "--retired", "-o", proposal_}).out, HasSubstr("2 approvals needed"));
  const std::string first = Approval(proposal_, 3);
  EXPECT_THAT(approved_, HasSubstr("the feed of practices ends after entry 2; every other feed of it ends empty"));
  Publishes();  // it goes on while the officers think
  EXPECT_EQ(OnHub({"revoke", "de-bonn", "--retired", "--approval", first}).exit, kRefused);
  const std::string second = Approval(proposal_, 1);
  EXPECT_EQ(OnHub({"revoke", "de-bonn", "--compromised", "--approval", first, "--approval", second}).exit, kRefused);
  EXPECT_EQ(RosterLength(), before);
  const Ran done = OnHub({"revoke", "de-bonn", "--retired", "--approval", first, "--approval", second});
  EXPECT_EQ(done.exit, 0) << done.err;
  EXPECT_THAT(done.err, HasSubstr("goes on here to entry 3, and ends after entry 2"));
  EXPECT_EQ(RosterLength(), before + 1);
}

TEST_F(StrongMemberLife, OneByFileAndOneByKeyReinstateAMemberWhoseDiskIsGone) {
  std::filesystem::remove_all(node::NodePaths(bonn_folder_).keys);
  std::filesystem::remove(node::NodePaths(bonn_folder_).identity);
  bonn_server_.reset();
  Init(bonn_folder_);
  const Ran nobody = InBonn({"recover", "-o", request_});
  EXPECT_EQ(nobody.exit, kUsage);
  EXPECT_THAT(nobody.err, AllOf(IsOneErrorLine(), HasSubstr("by telephone"), HasSubstr("--member")));
  EXPECT_EQ(InBonn({"recover", "-o", request_, "--member", "11"}).exit, kUsage);
  const json asked = Parsed(InBonn(
      {"recover", "-o", request_, "--member", absl::StrCat(bonn_number_.value()), "--incarnation", "1", "--json"}));
  EXPECT_EQ(asked["form"], "recovery");
  EXPECT_EQ(asked["incarnation"], 2);
  EXPECT_EQ(asked["writer_key"], BonnsKey());
  // Once more, without being told: the folder remembers.
  EXPECT_EQ(Parsed(InBonn({"recover", "-o", request_, "--json"}))["already"], true);

  EXPECT_EQ(OnHub({"reinstate", "de-bonn", "--request", request_}).exit, kRefused);
  EXPECT_EQ(OnHub({"reinstate", "de-bonn", "--request", request_, "-o", proposal_}).exit, 0);
  const std::string first = Approval(proposal_, 2);
  EXPECT_THAT(approved_, HasSubstr(BonnsKey()));
  const Ran done =
      OnHub({"reinstate", "de-bonn", "--request", request_, "--approval", first, "--officer-key", OfficerKey(1)});
  EXPECT_EQ(done.exit, 0) << done.err;
  EXPECT_EQ(bonn().present().writer.hex(), BonnsKey());
}

TEST_F(MemberLife, FromALostDiskToPublishingAgain) {
  Publishes(2);
  const std::string before = BonnsKey();
  EXPECT_EQ(InBonn({"recover", "-o", request_}).exit, kRefused);  // nothing is wrong with it
  EXPECT_EQ(BonnsKey(), before);
  bonn_.fence = node::Fence::kRecover;
  const Ran asked = InBonn({"recover", "-o", request_});
  EXPECT_EQ(asked.exit, 0) << asked.err;
  EXPECT_THAT(asked.out, AllOf(HasSubstr(BonnsKey()), HasSubstr("set aside")));
  EXPECT_NE(BonnsKey(), before);
  EXPECT_THAT(InBonn({"recover", "-o", request_}).out, HasSubstr("the request is the same"));
  EXPECT_THAT(InBonn({"key", "show"}).out, HasSubstr("waits until the secretariat reinstates it"));

  const Ran reinstated = OnHub({"reinstate", "de-bonn", "--request", request_});
  EXPECT_EQ(reinstated.exit, 0) << reinstated.err;
  EXPECT_THAT(reinstated.err, HasSubstr("so no officer is asked"));
  EXPECT_EQ(Parsed(OnHub({"reinstate", "de-bonn", "--request", request_, "--json"}))["already"], true);
  const json waiting = Parsed(OnHub({"recoveries", "--json"}));
  ASSERT_THAT(waiting["recoveries"], SizeIs(1));
  EXPECT_EQ(waiting["recoveries"][0]["slug"], "de-bonn");
  EXPECT_EQ(waiting["recoveries"][0]["incarnation"], 2);
  EXPECT_EQ(waiting["recoveries"][0]["older"][0]["feeds"][0]["length"], 2);
  EXPECT_THAT(OnHub({"recoveries"}).out,
              AllOf(HasSubstr("incarnation 1 has no end yet"), HasSubstr("- call the member")));

  bonn_.fence = node::Fence::kLocked;
  EXPECT_EQ(InBonn({"recover", "-o", request_}).exit, kRefused);  // it has not got everything back yet
  bonn_.in_sync = true;
  const json ends = Parsed(InBonn({"recover", "-o", request_, "--json"}));
  EXPECT_EQ(ends["form"], "seal-request");
  EXPECT_THAT(ends["ends"][0].get<std::string>(), HasSubstr("the feed of practices ends after entry 2"));
  EXPECT_EQ(OnHub({"reinstate", "de-bonn", "--request", request_}).exit, kUsage);  // the other form
  EXPECT_EQ(OnHub({"seal", "de-bonn", "--request", request_}).exit, 0);
  EXPECT_TRUE(network_.roster().IsPastSealed(bonn_number_));
  EXPECT_EQ(Parsed(OnHub({"seal", "de-bonn", "--request", request_, "--json"}))["already"], true);
  EXPECT_THAT(Parsed(OnHub({"recoveries", "--json"}))["recoveries"], IsEmpty());
}

TEST_F(MemberLife, TheHubWarnsWhereItHoldsMoreThanTheMemberGotBack) {
  Publishes(2);
  Renew();
  ASSERT_EQ(InBonn({"recover", "-o", request_}).exit, 0);
  // What surfaces at the hub meanwhile: more of the same feed, under the key that was.
  replication::NewEntry entry = EntryOf(replication::kPractice, RecordNamed("late"), "late");
  const replication::VerifiedUnit& last = bonn_.units().back();
  hub_.Receive(Must(replication::VerifiedUnit::Sign(Network::crypto(), network_.id(), last.author(),
                                                    *bonn_applicant_.writer, last.tail(), {&entry, 1})));
  const Ran refused = OnHub({"seal", "de-bonn", "--request", request_});
  EXPECT_EQ(refused.exit, kRefused);
  EXPECT_THAT(refused.err, AllOf(HasSubstr("goes on here to entry 3, and ends after entry 2"), HasSubstr("--even-so")));
  const Ran done = OnHub({"seal", "de-bonn", "--request", request_, "--even-so"});
  EXPECT_EQ(done.exit, 0) << done.err;
  EXPECT_THAT(done.err, HasSubstr("goes on here to entry 3"));
}

TEST_F(MemberLife, KeysAreShownAndSecretsAreNot) {
  const json keys = Parsed(InBonn({"key", "show", "--json"}));
  EXPECT_EQ(keys["slug"], "de-bonn");
  EXPECT_EQ(keys["writer_key"], BonnsKey());
  EXPECT_EQ(keys["member"], bonn_number_.value());
  EXPECT_EQ(keys["incarnation"], 1);
  EXPECT_EQ(keys["is_present_key"], true);
  EXPECT_EQ(keys["tls"]["pin"].get<std::string>().size(), 64u);
  EXPECT_TRUE(keys["roster_key"].is_null());
  bonn_server_.reset();
  const Ran offline = InBonn({"key", "show"});
  EXPECT_EQ(offline.exit, 0) << offline.err;
  const std::string seed = Must(node::ReadKey(node::NodePaths(bonn_folder_).writer_key)).hex();
  EXPECT_THAT(offline.out, AllOf(HasSubstr(BonnsKey()), Not(HasSubstr(seed))));
  EXPECT_EQ(RunHansa({"key", "show", "--data", folder_ / "nowhere"}).exit, kNotFound);
}

TEST_F(MemberLife, APlannedChangeOfKeysEndsTheFeedsAndIsConsentedTo) {
  Publishes();
  const std::string before = BonnsKey();
  const Ran rotated = InBonn({"key", "rotate", "-o", request_});
  EXPECT_EQ(rotated.exit, 0) << rotated.err;
  EXPECT_TRUE(bonn_.units().back().headers().back().end_of_feed);
  EXPECT_NE(BonnsKey(), before);
  const std::string asked = ReadFile(request_);
  const std::size_t units = bonn_.units().size();
  EXPECT_EQ(InBonn({"key", "rotate", "-o", request_}).exit, 0);
  EXPECT_EQ(ReadFile(request_), asked);
  EXPECT_EQ(bonn_.units().size(), units);
  EXPECT_THAT(OnHub({"reinstate", "de-bonn", "--request", request_}).err, HasSubstr("no officer is asked"));
  EXPECT_EQ(bonn().present().writer.hex(), BonnsKey());
}

TEST_F(MemberLife, AKeyThatMayNotSignIsNotRotated) {
  bonn_.fence = node::Fence::kReadonly;
  const std::string before = BonnsKey();
  EXPECT_EQ(InBonn({"key", "rotate", "-o", request_}).exit, kRefused);
  EXPECT_EQ(BonnsKey(), before);
  bonn_server_.reset();
  EXPECT_EQ(InBonn({"key", "rotate", "-o", request_}).exit, 5);
}

TEST_F(MemberLife, APersonsWordForTheRosterIsTaken) {
  hub_.fence = node::Fence::kLocked;
  const replication::RosterPosition held = network_.roster().position();
  const std::string head = held.head.hex();
  EXPECT_EQ(OnHub({"roster", "confirm", absl::StrCat(held.len.value() + 1, ":", head)}).exit, kRefused);
  EXPECT_EQ(hub_.fence, node::Fence::kLocked);
  const json taken = Parsed(OnHub({"roster", "confirm", absl::StrCat(held.len.value(), ":", head), "--json"}));
  EXPECT_EQ(taken["collection"], "roster");
  EXPECT_EQ(taken["fence"], "open");
}

TEST_F(MemberLife, ARecordIsOrderedToBeErasedByItsAuthor) {
  const std::string id = Publishes(2);
  const json erased = Parsed(InBonn({"erase", id.substr(0, 8), "--reason", "personal-data", "--json"}));
  EXPECT_EQ(erased["id"], id);
  EXPECT_EQ(erased["member"], "de-bonn");
  EXPECT_EQ(erased["collection"], "practices");
  EXPECT_EQ(erased["hold_hours"], 14 * 24);
  EXPECT_THAT(erased["entries"], SizeIs(2));
  EXPECT_EQ(erased["queued"], false);
  EXPECT_EQ(Parsed(InBonn({"erase", id, "--reason", "personal-data", "--json"}))["already"], true);
  EXPECT_THAT(OnHub({"erase", id, "--reason", "law"}).out, HasSubstr("after it has run for 72 h more"));
}

TEST_F(StrongMemberLife, WithOfficersApprovalsARecordIsDestroyedAtOnce) {
  const std::string id = Publishes(2);
  const json proposed = Parsed(InBonn({"erase", id, "--reason", "law", "-o", proposal_, "--json"}));
  EXPECT_THAT(proposed["files"], ElementsAre(folder_ / "proposal-1.json", folder_ / "proposal-2.json"));
  std::vector<std::string> words = {"erase", id, "--reason", "law", "--officer-key", OfficerKey(3)};
  for (const json& file : proposed["files"]) {
    words.insert(words.end(), {"--approval", Approval(file.get<std::string>(), 1)});
    EXPECT_THAT(approved_, AllOf(HasSubstr("erase what entry"), HasSubstr("at once and for ever")));
  }
  const Ran done = InBonn(words);
  EXPECT_EQ(done.exit, 0) << done.err;
  EXPECT_THAT(done.out, HasSubstr("destroys it at once"));
}

TEST_F(StrongMemberLife, TooFewApprovalsAreToldToBeNoUse) {
  const std::string id = Publishes();
  EXPECT_THAT(InBonn({"erase", id, "--reason", "law", "--officer-key", OfficerKey(1)}).out,
              AllOf(HasSubstr("1 of the 2 approvals needed"), HasSubstr("336 h")));
}

}  // namespace
}  // namespace hansa::testing
