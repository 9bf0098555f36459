// What the values of the whole network say together, computed from views: those of the node for what is shown now,
// views of an earlier moment for what was published. The same entries give the same figures. No city is ordered by a
// value.
#ifndef HANSA_NODE_DESK_NETWORK_FIGURES_H_
#define HANSA_NODE_DESK_NETWORK_FIGURES_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "node/catalogue/catalogue.h"
#include "node/domain/comparable.h"
#include "node/projection/views.h"
#include "node/summary/cell_summary.h"
#include "node/summary/published_summary.h"
#include "replication/roster.h"

namespace hansa::node::desk {

// The cities whose values count, by number: those that are members, and not those set aside or ended. The records are
// the roster's.
using Cities = std::map<replication::Member, const replication::MemberRecord*>;
Cities CitiesOf(const replication::Roster& roster);

// The values of one cell as figures. What they rest on is worked out once for all that rest on the same. Figures point
// into it and into nothing that moving it changes.
class Figures {
 public:
  Figures(const catalogue::Measurement& measurement, projection::CellValues values);
  Figures(Figures&&) = default;
  Figures& operator=(Figures&&) = default;

  const std::vector<projection::CellValue>& values() const { return values_.values; }
  // Without grounds for a value that is compared with nothing, and for a reason why there is none.
  summary::Figure Of(const projection::CellValue& value) const;
  // Whether the answer is a reason why there is no value.
  bool IsNoData(const projection::CellValue& value) const { return !values_.footings[value.footing].has_value; }

 private:
  projection::CellValues values_;
  std::vector<std::optional<domain::Grounds>> grounds_;  // of each footing
};

// What the cities say of one cell in one year, in their sets, surveys and ratings. A city counts once in each group
// that it has a value of: with that of the framework and version of our catalogue, or else the last by framework and
// version; of several such with what an agency signed before what the city entered from an agency's report, and with
// that before what stands in its set. Every expert's rating counts at its level.
class CellReading {
 public:
  // Errors: what the views say.
  static absl::StatusOr<CellReading> Of(const projection::Views& views, const replication::Roster& roster,
                                        const Cities& cities, const catalogue::Cell& cell, int year);

  // By region, each with the groups of its cities; the whole network is under ''. A region without values has none.
  std::map<std::string, std::vector<summary::CellSummary>> ByRegion(const catalogue::Catalogue& catalogue) const;
  std::vector<summary::CellSummary> Together(const catalogue::Catalogue& catalogue) const;

  // Ascending: cities that have answered, and those of them whose every answer is 'no data'.
  const std::vector<replication::Member>& answered() const { return answered_; }
  const std::vector<replication::Member>& no_data() const { return no_data_; }

 private:
  struct CityValue {
    const replication::MemberRecord* city = nullptr;
    summary::CityFigures figures;  // they point into now_ and before_
  };

  CellReading(const catalogue::Cell& cell, Figures now, Figures before)
      : cell_(&cell), now_(std::move(now)), before_(std::move(before)) {}
  void Read(const Cities& cities);

  const catalogue::Cell* cell_;
  Figures now_;
  Figures before_;
  std::vector<CityValue> values_;  // ascending by member
  std::vector<replication::Member> answered_;
  std::vector<replication::Member> no_data_;
};

// The figures of `year` as they are published, of the whole network and of each region, by what `roster` says and
// `views` have read. Position and inputs are left for those who know them. Errors: what the views say.
absl::StatusOr<summary::PublishedSummary> YearFigures(const catalogue::Catalogue& catalogue,
                                                      const replication::Roster& roster, const projection::Views& views,
                                                      int year);

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_NETWORK_FIGURES_H_
