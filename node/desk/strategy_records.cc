#include "node/desk/strategy_records.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "absl/strings/numbers.h"
#include "absl/strings/string_view.h"
#include "hansa/v1/strategies.pb.h"
#include "node/domain/record_form.h"
#include "node/projection/entry_reading.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::desk {
namespace {

using projection::RecordView;
using projection::Revision;

// Of a day, YYYY-MM-DD; 0 for none.
int YearOf(absl::string_view day) {
  int year = 0;
  return absl::SimpleAtoi(day.substr(0, 4), &year) ? year : 0;
}

// Whether features and cells of `strategy` are those of `catalogue`: what names no framework means this one.
bool IsOfFramework(const catalogue::Catalogue& catalogue, const v1::Strategy& strategy) {
  const v1::Subjects& subjects = strategy.subjects();
  const bool same_id = subjects.framework_id().empty() || subjects.framework_id() == catalogue.framework_id();
  return same_id && (subjects.framework_version().empty() || subjects.framework_version() == catalogue.version());
}

std::vector<std::string> CellsOf(const catalogue::Catalogue& catalogue, const v1::Strategy& strategy) {
  std::vector<std::string> cells;
  if (!IsOfFramework(catalogue, strategy)) return cells;
  const std::set<std::string> named(strategy.cells().begin(), strategy.cells().end());
  const std::set<std::string> features(strategy.subjects().features().begin(), strategy.subjects().features().end());
  for (const catalogue::Cell& cell : catalogue.cells()) {
    const bool is_meant = named.empty() ? features.contains(cell.measurement->feature) : named.contains(cell.id);
    if (is_meant) cells.push_back(cell.id);
  }
  return cells;
}

}  // namespace

int StandingStrategy::start_year() const { return YearOf(starts_on); }
int StandingStrategy::end_year() const { return YearOf(ends_on); }

bool StandsBefore(const StandingStrategy& a, const StandingStrategy& b) {
  const bool a_last = a.starts_on.empty(), b_last = b.starts_on.empty();
  return std::tie(a_last, a.starts_on, a.title, a.id) < std::tie(b_last, b.starts_on, b.title, b.id);
}

bool IsStrategy(const RecordView& record) {
  if (record.key.collection != replication::kStrategies) return false;
  for (auto revision = record.revisions.rbegin(); revision != record.revisions.rend(); ++revision) {
    if (!revision->retracted) return revision->kind == replication::kStrategy;
  }
  return record.revisions.back().kind == replication::kStrategy;
}

absl::StatusOr<std::shared_ptr<v1::Strategy>> ReadStrategy(const storage::FeedStore& feeds, const Revision& revision) {
  if (revision.retracted) return absl::FailedPreconditionError("it was taken back");
  if (revision.reading != projection::Reading::kUnderstood) return absl::FailedPreconditionError(revision.what);
  if (revision.kind != replication::kStrategy) return absl::FailedPreconditionError("this revision is no strategy");
  const absl::StatusOr<replication::Bytes> payload = projection::ReadPayload(feeds, revision.position);
  HANSA_RETURN_IF_ERROR(payload.status());
  auto strategy = std::make_shared<v1::Strategy>();
  if (!strategy->ParseFromString(*payload)) return absl::DataLossError("reading a strategy: its bytes are damaged");
  return strategy;
}

StandingStrategy Described(const catalogue::Catalogue& catalogue, const replication::RecordId& id,
                           std::uint64_t revision, const v1::Strategy& strategy) {
  const v1::Subjects& subjects = strategy.subjects();
  StandingStrategy standing;
  standing.id = id;
  standing.title = strategy.title();
  standing.kind = domain::EnumWords(*v1::StrategyKind_descriptor(), strategy.kind());
  standing.state = domain::EnumWords(*v1::StrategyState_descriptor(), strategy.state());
  standing.starts_on = strategy.starts_on();
  standing.ends_on = strategy.ends_on();
  standing.features.assign(subjects.features().begin(), subjects.features().end());
  standing.actions.assign(subjects.action_points().begin(), subjects.action_points().end());
  standing.cells = CellsOf(catalogue, strategy);
  standing.revision = revision;
  return standing;
}

absl::StatusOr<std::vector<StandingStrategy>> StrategiesOf(const storage::FeedStore& feeds,
                                                           const projection::Views& views,
                                                           const catalogue::Catalogue& catalogue,
                                                           replication::Member member) {
  const absl::StatusOr<std::vector<RecordView>> records = views.RecordsOf(member, replication::kStrategies);
  HANSA_RETURN_IF_ERROR(records.status());
  std::vector<StandingStrategy> strategies;
  strategies.reserve(records->size());
  for (const RecordView& record : *records) {
    const absl::StatusOr<std::shared_ptr<v1::Strategy>> strategy = ReadStrategy(feeds, record.revisions.back());
    if (absl::IsDataLoss(strategy.status())) return strategy.status();
    if (!strategy.ok()) continue;
    strategies.push_back(Described(catalogue, record.key.id, record.revisions.size(), **strategy));
  }
  std::sort(strategies.begin(), strategies.end(), StandsBefore);
  return strategies;
}

}  // namespace hansa::node::desk
