// What Views answers of one member an answer at a time, so that a whole network can be written out in the memory that
// one answer takes. The order is that of ObservationsOf.
#include <algorithm>
#include <tuple>
#include <utility>

#include "node/domain/indicator_codec.h"
#include "node/projection/entry_reading.h"
#include "node/projection/pending_writes.h"
#include "node/projection/spoken_rows.h"
#include "node/projection/views.h"
#include "replication/check.h"

namespace hansa::node::projection {

// A set as its rows have it.
struct StoredSet {
  ObservedIn in;
  std::string observations;  // as EncodeObservations
};

namespace {

using replication::Member;
using storage::Table;

// Whether the cells of a row stand in the order of `catalogue`, those that it lacks last and by name.
absl::StatusOr<bool> IsInOrder(const catalogue::Catalogue& catalogue, absl::string_view observations) {
  bool in_order = true;
  const catalogue::Cell* last = nullptr;
  std::pair<std::size_t, absl::string_view> before;
  const auto look = [&](absl::string_view cell, absl::string_view) {
    last = CellAfter(catalogue, last, cell);
    const std::pair<std::size_t, absl::string_view> at(last == nullptr ? catalogue.cells().size() : last->position,
                                                       cell);
    in_order = in_order && before <= at;
    before = at;
    return absl::OkStatus();
  };
  HANSA_RETURN_IF_ERROR(ForEachObservation(observations, look));
  return in_order;
}

}  // namespace

// nullopt where answers stand in another order than their rows have, or in records beside the sets.
absl::StatusOr<std::optional<std::vector<StoredSet>>> Views::StoredSetsOf(const ObservationQuery& query) const {
  absl::ReaderMutexLock lock(&rows_);
  const auto words = SpokenNamed(query);
  HANSA_RETURN_IF_ERROR(words.status());
  if (!words->empty()) return std::nullopt;
  const absl::StatusOr<std::vector<SetKey>> sets = SetsNamed(query);
  HANSA_RETURN_IF_ERROR(sets.status());
  std::vector<StoredSet> stored;
  stored.reserve(sets->size());
  for (const SetKey& set : *sets) {
    const absl::StatusOr<AnsweredSet> standing = AnsweredSetOf(set);
    HANSA_RETURN_IF_ERROR(standing.status());
    absl::StatusOr<std::string> row = tables_.Get(Table::kObservations, ObservationsRowKey(set));
    HANSA_RETURN_IF_ERROR(row.status());
    const absl::StatusOr<bool> in_order = IsInOrder(catalogue_, *row);
    HANSA_RETURN_IF_ERROR(in_order.status());
    if (!*in_order) return std::nullopt;
    stored.push_back({{set.subject, standing->record, standing->revisions, standing->seq}, *std::move(row)});
  }
  std::stable_sort(stored.begin(), stored.end(),
                   [](const StoredSet& a, const StoredSet& b) { return a.in.subject < b.in.subject; });
  return stored;
}

absl::Status Views::ForEachObservationOf(const replication::Roster& roster, Member member, std::optional<int> year,
                                         domain::Observation& observation,
                                         absl::FunctionRef<void(const ObservedIn&)> take) const {
  const ObservationQuery query{.member = member, .year = year, .cell = {}};
  if (roster.state().Find(member) == nullptr) return absl::OkStatus();
  const absl::StatusOr<std::optional<std::vector<StoredSet>>> sets = StoredSetsOf(query);
  HANSA_RETURN_IF_ERROR(sets.status());
  if (!*sets) {
    absl::StatusOr<std::vector<PublishedObservation>> rows = ObservationsOf(roster, query);
    HANSA_RETURN_IF_ERROR(rows.status());
    for (PublishedObservation& row : *rows) {
      observation = std::move(row.observation);
      take({std::move(row.subject), row.record, row.revision, row.seq});
    }
    return absl::OkStatus();
  }
  domain::StoredObservations reader;
  for (const StoredSet& set : **sets) {
    const auto read = [&](absl::string_view, absl::string_view bytes) -> absl::Status {
      HANSA_RETURN_IF_ERROR(reader.Read(bytes, observation));
      take(set.in);
      return absl::OkStatus();
    };
    HANSA_RETURN_IF_ERROR(ForEachObservation(set.observations, read));
  }
  return absl::OkStatus();
}

}  // namespace hansa::node::projection
