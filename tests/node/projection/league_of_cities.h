// Three cities that publish at random: sets, corrections, withdrawals, records of the future and records
// that break rules; one of them in two incarnations. The same seed gives the same history.
#ifndef HANSA_TESTS_NODE_PROJECTION_LEAGUE_OF_CITIES_H_
#define HANSA_TESTS_NODE_PROJECTION_LEAGUE_OF_CITIES_H_

#include <algorithm>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "tests/testing/fake_node.h"

namespace hansa::testing {

inline constexpr char kUnemployment[] = "1.2.2/unemployment-rate#total";
inline constexpr char kLiteracy[] = "1.1.1/adult-literacy-rate#total";

// What a feed publishes, unit by unit, in order.
using FeedHistory = std::vector<replication::VerifiedUnit>;

class LeagueOfCities {
 public:
  LeagueOfCities() : network_(Network::Founded()) {
    AdoptCurrentFramework(network_);
    const Applicant germany = AuthorityOf("DEU");
    network_.AdmitAuthority(germany);
    for (const Applicant& city : cities_) numbers_.push_back(network_.AdmitCity(city, germany));
    Renew();
  }

  const Network& network() const { return network_; }
  const replication::Roster& roster() const { return network_.roster(); }
  replication::Member member(std::size_t city) const { return numbers_.at(city); }

  // Suspends a city, or shows it again.
  void Stand(replication::Kind kind, std::size_t city) {
    const replication::Standing standing{member(city), ""};
    HANSA_CHECK(network_.Append({kind, replication::Encode(standing), {}, std::nullopt}).valid);
  }

  // Of a city's indicators; incarnation 2 is there for the first city only.
  FeedWriter Writer(std::size_t city, std::uint32_t incarnation = 1,
                    replication::Collection collection = replication::kIndicators) const {
    const Key key = incarnation == 2 ? new_key_ : cities_.at(city).writer;
    const replication::FeedAuthor author{numbers_.at(city), collection, replication::Incarnation(incarnation),
                                         key->public_key(), replication::Sequence(100'000)};
    return FeedWriter(network_.id(), author, key);
  }

  // A feed of `units` publishes by `writer`.
  static FeedHistory RandomHistory(FeedWriter writer, int units, std::mt19937& chance) {
    FeedHistory history;
    for (int i = 0; i < units; ++i) {
      std::vector<replication::NewEntry> batch;
      for (unsigned n = 0; n <= chance() % 3; ++n) batch.push_back(RandomEntry(chance));
      history.push_back(writer.Publish(batch));
    }
    return history;
  }

  std::vector<FeedHistory> RandomHistories(std::uint32_t seed) const {
    std::mt19937 chance(seed);
    return {RandomHistory(Writer(0), 12, chance), RandomHistory(Writer(0, 2), 12, chance),
            RandomHistory(Writer(1), 12, chance), RandomHistory(Writer(2), 12, chance)};
  }

 private:
  static replication::NewEntry RandomEntry(std::mt19937& chance) {
    const replication::RecordId record = RecordNamed(absl::StrCat("record ", chance() % 5));
    std::vector<node::domain::Observation> observations;
    if (chance() % 4 != 0) {
      observations.push_back(ObservationOf(kUnemployment, absl::StrCat(chance() % 30)));
    }
    if (chance() % 4 != 0) {
      observations.push_back(ObservationOf(kLiteracy, absl::StrCat(chance() % 101)));
    }
    node::domain::IndicatorSet set = SetOf(2020 + static_cast<int>(chance() % 4), std::move(observations));
    switch (chance() % 12) {
      case 0:
        std::reverse(set.observations.begin(), set.observations.end());
        return EntryOf(record, set);
      case 1:
        return EntryOf(replication::kIndicatorSet, record, "no set at all");
      case 2:
        return EntryOf(replication::Kind(599), record, "of a kind that comes later");
      case 3: {
        replication::NewEntry entry = EntryOf(record, set);
        entry.schema_ver = 2;
        return entry;
      }
      case 4: {
        replication::NewEntry entry;
        entry.kind = replication::kIndicatorSet;
        entry.record = record;
        entry.retract = true;
        return entry;
      }
      case 5:
        set.framework_version = "2030";
        return EntryOf(record, set);
      default:
        return EntryOf(record, set);
    }
  }

  void Renew() {
    const Keys tls = {KeyNamed("bonn tls, again")};
    const replication::Consent consent{numbers_[0], replication::Incarnation(2), new_key_->public_key(),
                                       PinsHash(replication::SodiumCrypto(), PublicKeysOf(tls))};
    replication::NewIncarnation fresh;
    fresh.body = Encode(consent);
    using replication::StatementType;
    fresh.consent = network_.Signed(StatementType::kConsent, *cities_[0].writer, fresh.body).signature;
    fresh.writer_possession = network_.Signed(StatementType::kWriterPossession, *new_key_, fresh.body).signature;
    fresh.possession = network_.Possession(fresh.body, tls);
    HANSA_CHECK(network_.Append({replication::roster_kind::kIncarnation, Encode(fresh), {}, std::nullopt}).valid);
  }

  Network network_;
  std::vector<Applicant> cities_ = {CityNamed("de-bonn", "DEU"), CityNamed("de-aachen", "DEU"),
                                    CityNamed("de-dresden", "DEU")};
  std::vector<replication::Member> numbers_;
  Key new_key_ = KeyNamed("bonn writer, again");
};

}  // namespace hansa::testing

#endif  // HANSA_TESTS_NODE_PROJECTION_LEAGUE_OF_CITIES_H_
