// A network made up for measuring: cities that never were, with figures drawn by a fixed rule. Every set says in its
// sources and notes that it is generated. The same size gives the same feeds, signed as in earnest.
#ifndef HANSA_TESTS_BENCH_GENERATED_NETWORK_H_
#define HANSA_TESTS_BENCH_GENERATED_NETWORK_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "replication/roster_messages.h"
#include "storage/feed_store.h"
#include "tests/testing/fake_node.h"

namespace hansa::bench {

inline constexpr char kGenerated[] = "generated, measured nowhere";

struct GeneratedShape {
  std::uint32_t cities = 200;
  int first_year = 2015;
  int years = 10;
};

class GeneratedNetwork {
 public:
  explicit GeneratedNetwork(const GeneratedShape& shape) : shape_(shape) {
    testing::AdoptCurrentFramework(network_);
    network_.AdmitAuthority(authority_);
    for (std::uint32_t i = 0; i < shape.cities; ++i) Admit(i);
  }

  const GeneratedShape& shape() const { return shape_; }
  const testing::Network& network() const { return network_; }
  const replication::Roster& roster() const { return network_.roster(); }
  std::uint32_t cities() const { return static_cast<std::uint32_t>(cities_.size()); }
  replication::Member member(std::uint32_t city) const { return cities_[city].first; }
  const testing::Applicant& applicant(std::uint32_t city) const { return cities_[city].second; }

  // Signs every set of every city and appends them to `feeds`. Returns observations.
  std::uint64_t PublishTo(storage::FeedStore& feeds) const {
    constexpr std::uint32_t kCitiesPerWrite = 16;
    std::uint64_t observations = 0;
    std::vector<replication::VerifiedUnit> units;
    for (std::uint32_t city = 0; city < cities(); ++city) {
      testing::FeedWriter writer(network_.id(), *roster().PresentFeed(member(city), replication::kIndicators),
                                 applicant(city).writer);
      for (int year = shape_.first_year; year < shape_.first_year + shape_.years; ++year) {
        const node::domain::IndicatorSet set = SetOf(city, year);
        observations += set.observations.size();
        const std::string name = absl::StrFormat("generated %d %d", city, year);
        units.push_back(writer.Publish({testing::EntryOf(testing::RecordNamed(name), set)}));
      }
      if ((city + 1) % kCitiesPerWrite != 0 && city + 1 != cities()) continue;
      testing::Must(feeds.Append(units));
      units.clear();
    }
    return observations;
  }

 private:
  void Admit(std::uint32_t number) {
    static constexpr const char* kRegions[] = {"AFR", "APA", "ARB", "EUR", "LAC"};
    testing::Applicant city = testing::CityNamed(absl::StrFormat("de-generated-%05d", number), "DEU");
    replication::MemberAdd add = network_.AdmissionOf(city);
    add.region = kRegions[number % 5];
    add.recommendation = network_.Recommend(city, *authority_.writer, "DEU");
    HANSA_CHECK(network_.Append(network_.EntryOf(add)).valid);
    cities_.emplace_back(add.number, std::move(city));
  }

  // A number below `bound` that follows from what it is for.
  static std::uint64_t Drawn(std::uint64_t city, std::uint64_t year, std::uint64_t cell, std::uint64_t use,
                             std::uint64_t bound) {
    std::uint64_t z = ((city * 10'007 + year) * 1'009 + cell) * 31 + use + 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return (z ^ (z >> 31)) % bound;
  }

  // Within the range of the row; up to 40,000 where it has no end.
  static std::string Figure(const node::catalogue::Measurement& row, std::uint64_t drawn) {
    constexpr std::int64_t kUsualMax = 40'000;
    const std::int64_t width = row.range.max.value_or(kUsualMax) - row.range.min;
    const std::int64_t whole = row.range.min + static_cast<std::int64_t>(drawn % static_cast<std::uint64_t>(width));
    const bool is_whole =
        row.value_type == node::catalogue::ValueType::kRating || row.value_type == node::catalogue::ValueType::kInteger;
    return is_whole ? absl::StrFormat("%d", whole) : absl::StrFormat("%d.%02d", whole, drawn / 1'000'000 % 100);
  }

  node::domain::IndicatorSet SetOf(std::uint32_t city, int year) const {
    std::vector<node::domain::Observation> observations;
    for (const node::catalogue::Cell& cell : node::catalogue::CurrentCatalogue().cells()) {
      const auto drawn = [&](std::uint64_t use, std::uint64_t bound) {
        return Drawn(city, static_cast<std::uint64_t>(year), cell.position, use, bound);
      };
      node::domain::Observation observation;
      observation.cell = cell.id;
      // No city rates itself; how long a value takes to sum up does not depend on who gave it.
      observation.source_kind = cell.measurement->value_type == node::catalogue::ValueType::kRating || drawn(1, 5) == 0
                                    ? node::domain::SourceKind::kSurvey
                                    : node::domain::SourceKind::kOfficialData;
      if (drawn(2, 20) == 0) {
        observation.no_data_reason = kGenerated;
      } else {
        observation.value =
            testing::Must(node::domain::Decimal::Parse(Figure(*cell.measurement, drawn(3, 1'000'000'000))));
      }
      observation.source = kGenerated;
      observation.level = drawn(4, 30) == 0 ? node::domain::AreaLevel::kRegion : node::domain::AreaLevel::kCity;
      observation.match =
          drawn(5, 15) == 0 ? node::domain::DefinitionMatch::kProxy : node::domain::DefinitionMatch::kExact;
      observation.definition_language = city % 3 == 0 ? "ko" : "en";
      node::domain::CompleteFromCatalogue(node::catalogue::CurrentCatalogue(), observation);
      observations.push_back(std::move(observation));
    }
    return testing::SetOf(year, std::move(observations));
  }

  GeneratedShape shape_;
  testing::Network network_ = testing::Network::Founded();
  testing::Applicant authority_ = testing::AuthorityOf("DEU");
  std::vector<std::pair<replication::Member, testing::Applicant>> cities_;
};

}  // namespace hansa::bench

#endif  // HANSA_TESTS_BENCH_GENERATED_NETWORK_H_
