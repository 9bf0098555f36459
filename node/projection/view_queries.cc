// What Views answers. Every order here is by name, year, framework and catalogue; none is by a value.
#include <algorithm>
#include <iterator>
#include <set>
#include <tuple>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "node/domain/indicator_codec.h"
#include "node/domain/text.h"
#include "node/projection/answer_rows.h"
#include "node/projection/entry_reading.h"
#include "node/projection/pending_writes.h"
#include "node/projection/record_index.h"
#include "node/projection/views.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::projection {
namespace {

using replication::Member;
using storage::Table;

constexpr std::size_t kHexDigitsMin = 6;
constexpr std::size_t kHexDigitsMax = 2 * replication::RecordId::kSize;
// So many are named in an error before it says 'and more'.
constexpr std::size_t kNamedMax = 5;
constexpr std::size_t kRecordsByIdMax = 100;

// Puts observations by slug, year, framework and the order of `catalogue`; cells it lacks come last.
void SortByName(const catalogue::Catalogue& catalogue, std::vector<PublishedObservation>& found) {
  std::vector<std::pair<std::size_t, std::size_t>> order;  // place in the catalogue, and in `found`
  order.reserve(found.size());
  const catalogue::Cell* last = nullptr;
  for (std::size_t i = 0; i < found.size(); ++i) {
    last = CellAfter(catalogue, last, found[i].observation.cell);
    order.emplace_back(last == nullptr ? catalogue.cells().size() : last->position, i);
  }
  const auto less = [&](const auto& x, const auto& y) {
    const PublishedObservation& a = found[x.second];
    const PublishedObservation& b = found[y.second];
    if (const int names = a.slug.compare(b.slug); names != 0) return names < 0;
    return std::tie(a.subject, x.first, a.observation.cell) < std::tie(b.subject, y.first, b.observation.cell);
  };
  if (std::is_sorted(order.begin(), order.end(), less)) return;  // as sets are written
  std::stable_sort(order.begin(), order.end(), less);
  std::vector<PublishedObservation> sorted;
  sorted.reserve(found.size());
  for (const auto& [place, i] : order) sorted.push_back(std::move(found[i]));
  found = std::move(sorted);
}

bool IsSet(const Revision& revision) { return revision.kind == replication::kIndicatorSet; }

absl::Status CheckHex(absl::string_view hex) {
  const bool all_digits =
      std::all_of(hex.begin(), hex.end(), [](char c) { return absl::ascii_isxdigit(static_cast<unsigned char>(c)); });
  if (all_digits && hex.size() >= kHexDigitsMin && hex.size() <= kHexDigitsMax) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(
      absl::StrCat("finding a record: ", domain::Quoted(hex),
                   " is no id, which is 6 to 32 hex digits; copy its beginning from a list"));
}

}  // namespace

std::optional<SetSubject> SubjectOf(const RecordView& record) {
  for (auto revision = record.revisions.rbegin(); revision != record.revisions.rend(); ++revision) {
    if (revision->subject) return revision->subject;
  }
  return std::nullopt;
}

absl::StatusOr<std::vector<Revision>> Views::RevisionsOf(const RecordKey& record) const {
  std::vector<Revision> revisions;
  const auto take = [&](absl::string_view, absl::string_view row) -> absl::Status {
    absl::StatusOr<Revision> revision = DecodeRevision(row);
    HANSA_RETURN_IF_ERROR(revision.status());
    revisions.push_back(*std::move(revision));
    return absl::OkStatus();
  };
  HANSA_RETURN_IF_ERROR(ForEachRow(tables_, Table::kRecords, RevisionRowPrefix(record), take));
  return revisions;
}

absl::StatusOr<std::vector<RecordKey>> Views::KeysById(absl::string_view hex) const {
  const std::string lower = absl::AsciiStrToLower(hex);
  const std::string whole_bytes = *replication::FromHex(lower.substr(0, lower.size() / 2 * 2));
  std::vector<RecordKey> found;
  const auto take = [&](absl::string_view key, absl::string_view) -> absl::Status {
    const absl::StatusOr<RecordKey> record = ParseIdRowKey(key);
    HANSA_RETURN_IF_ERROR(record.status());
    if (absl::StartsWith(record->id.hex(), lower)) found.push_back(*record);
    return absl::OkStatus();
  };
  HANSA_RETURN_IF_ERROR(ForEachRow(tables_, Table::kRecords, IdRowPrefix(whole_bytes), take));
  return found;
}

absl::StatusOr<std::vector<RecordKey>> Views::PointingAt(const RecordKey& record) const {
  absl::ReaderMutexLock lock(&rows_);
  std::vector<RecordKey> found;
  const auto take = [&](absl::string_view key, absl::string_view) -> absl::Status {
    const absl::StatusOr<RecordKey> from = ParseLinkRowKey(key);
    HANSA_RETURN_IF_ERROR(from.status());
    found.push_back(*from);
    return absl::OkStatus();
  };
  HANSA_RETURN_IF_ERROR(ForEachRow(tables_, Table::kRecords, LinkRowPrefix(record), take));
  return found;
}

absl::StatusOr<RecordView> Views::RecordById(absl::string_view hex) const {
  HANSA_RETURN_IF_ERROR(CheckHex(hex));
  absl::ReaderMutexLock lock(&rows_);
  const absl::StatusOr<std::vector<RecordKey>> found = KeysById(hex);
  HANSA_RETURN_IF_ERROR(found.status());
  const std::string lower = absl::AsciiStrToLower(hex);
  if (found->empty()) {
    return absl::NotFoundError(absl::StrCat("finding a record: none here begins with ", lower,
                                            "; see hansa status for what this node has not received yet"));
  }
  if (found->size() > 1) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < found->size() && i < kNamedMax; ++i) {
      const RecordKey& record = (*found)[i];
      names.push_back(absl::StrCat(record.id.hex(), " of member ", record.member.value(), " in ",
                                   replication::CollectionName(record.collection)));
    }
    return absl::InvalidArgumentError(
        absl::StrCat("finding a record: ", found->size(), " begin with ", lower, ": ", absl::StrJoin(names, ", "),
                     found->size() > kNamedMax ? " and more" : "", "; write more digits"));
  }
  absl::StatusOr<std::vector<Revision>> revisions = RevisionsOf(found->front());
  HANSA_RETURN_IF_ERROR(revisions.status());
  return RecordView{found->front(), *std::move(revisions)};
}

absl::StatusOr<std::vector<RecordView>> Views::RecordsById(absl::string_view hex) const {
  HANSA_RETURN_IF_ERROR(CheckHex(hex));
  absl::ReaderMutexLock lock(&rows_);
  absl::StatusOr<std::vector<RecordKey>> found = KeysById(hex);
  HANSA_RETURN_IF_ERROR(found.status());
  if (found->size() > kRecordsByIdMax) found->resize(kRecordsByIdMax);
  std::vector<RecordView> records;
  for (const RecordKey& record : *found) {
    absl::StatusOr<std::vector<Revision>> revisions = RevisionsOf(record);
    HANSA_RETURN_IF_ERROR(revisions.status());
    records.push_back({record, *std::move(revisions)});
  }
  return records;
}

absl::StatusOr<RecordView> Views::Record(const RecordKey& record) const {
  absl::ReaderMutexLock lock(&rows_);
  absl::StatusOr<std::vector<Revision>> revisions = RevisionsOf(record);
  HANSA_RETURN_IF_ERROR(revisions.status());
  if (revisions->empty()) {
    return absl::NotFoundError(absl::StrCat("finding a record: ", record.id.hex(), " is not held here"));
  }
  return RecordView{record, *std::move(revisions)};
}

absl::StatusOr<std::vector<RecordView>> Views::SetsOf(Member member) const {
  absl::ReaderMutexLock lock(&rows_);
  return SetRecordsOf(member);
}

absl::StatusOr<std::vector<RecordView>> Views::RecordsOf(Member member, replication::Collection collection) const {
  absl::ReaderMutexLock lock(&rows_);
  return AllRecordsOf(member, collection);
}

absl::StatusOr<std::vector<RecordView>> Views::AllRecordsOf(Member member, replication::Collection collection) const {
  std::vector<RecordView> records;
  const auto take = [&](absl::string_view key, absl::string_view) -> absl::Status {
    const absl::StatusOr<RecordKey> record = ParseHeadRowKey(key);
    HANSA_RETURN_IF_ERROR(record.status());
    rows_.AssertReaderHeld();
    absl::StatusOr<std::vector<Revision>> revisions = RevisionsOf(*record);
    HANSA_RETURN_IF_ERROR(revisions.status());
    records.push_back({*record, *std::move(revisions)});
    return absl::OkStatus();
  };
  HANSA_RETURN_IF_ERROR(ForEachRow(tables_, Table::kRecords, HeadRowPrefix(member, collection), take));
  return records;
}

absl::StatusOr<std::vector<RecordView>> Views::SetRecordsOf(Member member) const {
  absl::StatusOr<std::vector<RecordView>> all = AllRecordsOf(member, replication::kIndicators);
  HANSA_RETURN_IF_ERROR(all.status());
  std::vector<RecordView> records = *std::move(all);
  std::erase_if(records, [](const RecordView& record) {
    return std::none_of(record.revisions.begin(), record.revisions.end(), IsSet);
  });
  std::stable_sort(records.begin(), records.end(),
                   [](const RecordView& a, const RecordView& b) { return SubjectOf(a) < SubjectOf(b); });
  return records;
}

// Sets that speak of the member, year and cell asked for; without a cell and a member, all of them.
absl::StatusOr<std::vector<SetKey>> Views::SetsNamed(const ObservationQuery& query) const {
  std::vector<SetKey> sets;
  const auto take = [&](const absl::StatusOr<SetKey>& set) -> absl::Status {
    HANSA_RETURN_IF_ERROR(set.status());
    const bool wanted =
        (!query.member || *query.member == set->member) && (!query.year || *query.year == set->subject.year);
    if (wanted) sets.push_back(*set);
    return absl::OkStatus();
  };
  const auto take_cell = [&](absl::string_view key, absl::string_view row) -> absl::Status {
    const absl::StatusOr<BlockKey> block = ParseCellRowKey(key, *query.cell);
    HANSA_RETURN_IF_ERROR(block.status());
    return ForEachEntry(row, [&](std::uint8_t place, absl::string_view) {
      return take(SetKey{MemberAt(*block, place), block->subject});
    });
  };
  const auto take_set = [&](absl::string_view key, absl::string_view) { return take(ParseSetRowKey(key)); };
  const bool by_cell = query.cell && !query.member;
  HANSA_RETURN_IF_ERROR(
      by_cell ? ForEachRow(tables_, Table::kObservations, CellRowPrefix(*query.cell, query.year), take_cell)
              : ForEachRow(tables_, Table::kObservations, SetRowPrefix(query.member), take_set));
  return sets;
}

absl::StatusOr<AnsweredSet> Views::AnsweredSetOf(const SetKey& set) const {
  const absl::StatusOr<std::string> row = tables_.Get(Table::kObservations, AnsweredRowKey(set));
  HANSA_RETURN_IF_ERROR(row.status());
  const absl::StatusOr<std::optional<absl::string_view>> entry = EntryAt(*row, PlaceOf(set.member));
  HANSA_RETURN_IF_ERROR(entry.status());
  if (!*entry) return DamagedView("the answers of a set");
  return DecodeAnsweredSet(**entry);
}

absl::Status Views::AddSet(const SetKey& set, const ObservationQuery& query,
                           std::vector<PublishedObservation>& found) const {
  const absl::StatusOr<AnsweredSet> standing = AnsweredSetOf(set);
  HANSA_RETURN_IF_ERROR(standing.status());
  const auto add = [&](absl::string_view cell, absl::string_view bytes) -> absl::Status {
    if (query.cell && cell != *query.cell) return absl::OkStatus();
    absl::StatusOr<domain::Observation> observation = domain::DecodeStoredObservation(bytes);
    HANSA_RETURN_IF_ERROR(observation.status());
    found.push_back(
        {set.member, "", set.subject, *std::move(observation), standing->record, standing->revisions, standing->seq});
    return absl::OkStatus();
  };
  const absl::StatusOr<std::string> row = tables_.Get(Table::kObservations, ObservationsRowKey(set));
  HANSA_RETURN_IF_ERROR(row.status());
  return ForEachObservation(*row, add);
}

absl::StatusOr<std::vector<PublishedObservation>> Views::ObservationsOf(const replication::Roster& roster,
                                                                        const ObservationQuery& query) const {
  std::vector<PublishedObservation> found;
  {
    absl::ReaderMutexLock lock(&rows_);
    const absl::StatusOr<std::vector<SetKey>> sets = SetsNamed(query);
    HANSA_RETURN_IF_ERROR(sets.status());
    if (query.member && !query.cell) found.reserve(sets->size() * catalogue_.cells().size());
    for (const SetKey& set : *sets) {
      const replication::MemberRecord* member = roster.state().Find(set.member);
      if (member == nullptr) continue;
      const std::size_t first = found.size();
      HANSA_RETURN_IF_ERROR(AddSet(set, query, found));
      for (std::size_t i = first; i < found.size(); ++i) found[i].slug = member->slug;
    }
    if (query.standing == Standing::kAnywhere) HANSA_RETURN_IF_ERROR(AddSpoken(roster, query, found));
  }
  SortByName(catalogue_, found);
  return found;
}

// What `revision` says as a set; absent if it is none, or none that can be shown.
absl::StatusOr<std::optional<domain::IndicatorSet>> Views::SetIn(const Revision& revision) const {
  const bool is_withdrawal = revision.retracted && revision.kind == replication::kIndicatorSet;
  if (!revision.is_showable_set() && !is_withdrawal) return std::nullopt;
  const absl::StatusOr<replication::Bytes> payload = ReadPayload(feeds_, revision.position);
  if (absl::IsNotFound(payload.status())) return std::nullopt;
  HANSA_RETURN_IF_ERROR(payload.status());
  absl::StatusOr<domain::IndicatorSet> set = domain::DecodeIndicatorSet(*payload);
  if (!set.ok()) return std::nullopt;
  if (is_withdrawal) set->observations.clear();
  return *std::move(set);
}

absl::Status Views::AddCellRevisions(const RecordView& record, const PastQuery& query,
                                     std::vector<CellRevision>& history) const {
  const SetSubject last_subject = SubjectOf(record).value_or(SetSubject());
  std::vector<CellRevision> revisions;  // without cells
  std::vector<std::vector<domain::Observation>> said;
  std::set<std::string> named;
  for (const Revision& revision : record.revisions) {
    absl::StatusOr<std::optional<domain::IndicatorSet>> set = SetIn(revision);
    HANSA_RETURN_IF_ERROR(set.status());
    revisions.push_back({"", revision.subject.value_or(last_subject), record.key.id, revisions.size() + 1, revision,
                         std::nullopt, *set ? (*set)->revision_reason : ""});
    said.emplace_back();
    if (*set) said.back() = std::move((*set)->observations);
    for (const domain::Observation& observation : said.back()) {
      if (!query.cell || *query.cell == observation.cell) named.insert(observation.cell);
    }
  }
  for (const std::string& cell : named) {
    for (std::size_t i = 0; i < revisions.size(); ++i) {
      if (query.year && *query.year != revisions[i].subject.year) continue;
      CellRevision& row = history.emplace_back(revisions[i]);
      row.cell = cell;
      const auto of_cell = std::find_if(said[i].begin(), said[i].end(),
                                        [&](const domain::Observation& each) { return each.cell == cell; });
      if (of_cell != said[i].end()) row.observation = *of_cell;
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<CellRevision>> Views::HistoryOf(Member member, const PastQuery& query) const {
  const absl::StatusOr<std::vector<RecordView>> records = SetsOf(member);
  HANSA_RETURN_IF_ERROR(records.status());
  std::vector<CellRevision> history;
  for (const RecordView& record : *records) {
    HANSA_RETURN_IF_ERROR(AddCellRevisions(record, query, history));
  }
  const auto place = [&](const CellRevision& row) {
    const catalogue::Cell* const cell = catalogue_.FindCell(row.cell);
    return cell == nullptr ? catalogue_.cells().size() : cell->position;
  };
  std::stable_sort(history.begin(), history.end(), [&](const CellRevision& a, const CellRevision& b) {
    const std::size_t place_a = place(a);
    const std::size_t place_b = place(b);
    return std::tie(place_a, a.cell, a.subject, a.revision.position) <
           std::tie(place_b, b.cell, b.subject, b.revision.position);
  });
  return history;
}

absl::StatusOr<RecordCounts> Views::Counts() const {
  absl::ReaderMutexLock lock(&rows_);
  const auto row = FindRow(tables_, Table::kCursors, kCountsKey);
  HANSA_RETURN_IF_ERROR(row.status());
  if (!*row) return RecordCounts();
  const absl::StatusOr<CountsRow> counts = DecodeCounts(**row);
  HANSA_RETURN_IF_ERROR(counts.status());
  return RecordCounts{counts->records, counts->unknown, counts->faulty};
}

}  // namespace hansa::node::projection
