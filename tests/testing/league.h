// A founded network with one authority and some cities, as replicas in a Loop: the hub holds the roster, the others
// hold nothing yet.
#ifndef HANSA_TESTS_TESTING_LEAGUE_H_
#define HANSA_TESTS_TESTING_LEAGUE_H_

#include <map>
#include <string>
#include <vector>

#include "replication/scope.h"
#include "tests/testing/loop.h"

namespace hansa::testing {

inline constexpr replication::Kind kIndicatorSetKind{513};
inline constexpr replication::Kind kDialogueKind{1793};

class League {
 public:
  explicit League(const std::vector<std::string>& cities) {
    network_.AdmitAuthority(authority_);
    for (const std::string& city : cities) {
      applicants_[city] = CityNamed(city, "FIN");
      network_.AdmitCity(applicants_[city], authority_);
    }
    loop_.Add("hub", network_.roster().root(), network_.hub(), network_.writer());
    for (const replication::VerifiedUnit& unit : network_.units()) {
      HANSA_CHECK(loop_["hub"].disk().Append({&unit, 1}).ok());
    }
    loop_["hub"].Start();
    for (const std::string& city : cities) loop_.Add(city, network_.roster().root(), applicants_[city]);
  }

  Loop& loop() { return loop_; }
  Network& network() { return network_; }
  const Applicant& applicant(const std::string& city) { return applicants_.at(city); }

  // The feed of a member's collection as its node or any other knows it.
  replication::FeedId FeedOf(const std::string& slug, replication::Collection collection) {
    const replication::Roster& roster = network_.roster();
    return FeedIdOf(replication::SodiumCrypto(), roster.network(),
                    *roster.PresentFeed(roster.state().Find(slug)->number, collection));
  }
  // Besides its own, these members' feeds of one collection.
  replication::Interest Only(const std::vector<std::string>& slugs, replication::Collection collection) {
    std::set<replication::Member> members;
    for (const std::string& slug : slugs) members.insert(network_.roster().state().Find(slug)->number);
    return replication::InterestIn(replication::kMemberUnknown, {{collection, members}});
  }
  std::uint64_t LengthAt(const std::string& node, const replication::FeedId& feed) {
    const absl::StatusOr<storage::HeldFeed> held = loop_[node].disk().Feed(feed);
    return held.ok() ? held->newest.len.value() : 0;
  }

 private:
  Network network_ = Network::Founded();
  Applicant authority_ = AuthorityOf("FIN");
  std::map<std::string, Applicant> applicants_;
  Loop loop_;
};

}  // namespace hansa::testing

#endif  // HANSA_TESTS_TESTING_LEAGUE_H_
