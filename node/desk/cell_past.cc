#include "node/desk/cell_past.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "node/desk/record_office.h"
#include "node/domain/review_reading.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::desk {
namespace {

using projection::PastQuery;
using projection::RecordView;
using projection::Revision;
using replication::Member;

// Of one cell and year, each in the order of its feed.
struct Past {
  std::vector<HistoryRow> sets;
  std::vector<HistoryRow> words;
};
// By the place of the cell in the catalogue, the cell, and the year.
using Pasts = std::map<std::tuple<std::size_t, std::string, int>, Past>;

HistoryRow RowOf(const RecordView& record, std::size_t i) {
  const Revision& revision = record.revisions[i];
  HistoryRow row;
  row.id = record.key.id;
  row.revision = i + 1;
  row.incarnation = revision.position.incarnation;
  row.sequence = revision.position.seq;
  row.claimed_time_ms = revision.claimed_time_ms;
  row.withdrawn = revision.retracted;
  return row;
}

// What one revision of a survey or a rating says.
struct Spoken {
  int year = 0;
  std::string word_of;
  std::string reason;
  std::string fault;
  std::vector<domain::Observation> observations;
};

// nullopt where the revision says nothing that can be read.
absl::StatusOr<std::optional<Spoken>> SpokenIn(const ReviewSources& sources, const RecordView& record,
                                               const Revision& revision) {
  const absl::StatusOr<ReviewContent> content = ReadReview(sources.feeds, revision);
  if (absl::IsDataLoss(content.status())) return content.status();
  if (!content.ok() || content->report != nullptr) return std::nullopt;
  ListedReview listed = Listed(sources, record, *content);
  domain::SpokenAnswers answers = content->rating != nullptr ? domain::AnswersOf(sources.catalogue, *content->rating)
                                                             : domain::AnswersOf(sources.catalogue, *content->survey);
  return Spoken{listed.year, std::move(listed.word_of), ReasonOf(*content), std::move(listed.fault),
                std::move(answers.observations)};
}

// Puts the rows of a survey or a rating to their cells: of each cell that it ever answered, every revision. One that
// cannot be read, or took the record back, stands under the year and the word of the one before it.
absl::Status AddWord(const ReviewSources& sources, const RecordView& record,
                     const std::map<std::string, std::size_t>& places, Pasts& pasts) {
  std::vector<std::optional<Spoken>> said;
  std::set<std::string> cells;
  for (const Revision& revision : record.revisions) {
    absl::StatusOr<std::optional<Spoken>> spoken = SpokenIn(sources, record, revision);
    HANSA_RETURN_IF_ERROR(spoken.status());
    said.push_back(*std::move(spoken));
    if (!said.back()) continue;
    for (const domain::Observation& observation : said.back()->observations) cells.insert(observation.cell);
  }
  for (const std::string& cell : cells) {
    const Spoken* known = nullptr;
    for (std::size_t i = 0; i < said.size(); ++i) {
      if (said[i]) known = &*said[i];
      if (known == nullptr) continue;
      HistoryRow row = RowOf(record, i);
      row.cell = cell;
      row.year = known->year;
      row.word_of = known->word_of;
      if (said[i]) {
        row.reason = said[i]->reason;
        row.fault = said[i]->fault;
        for (const domain::Observation& observation : said[i]->observations) {
          if (observation.cell == cell) row.observation = observation;
        }
      } else if (!row.withdrawn) {
        row.fault = record.revisions[i].what;
      }
      const auto place = places.find(cell);
      pasts[{place == places.end() ? places.size() : place->second, cell, row.year}].words.push_back(std::move(row));
    }
  }
  return absl::OkStatus();
}

// The first of the two that were published, over and over; neither changes its own order.
void Join(Past past, std::vector<HistoryRow>& rows) {
  std::stable_sort(past.words.begin(), past.words.end(), [](const HistoryRow& a, const HistoryRow& b) {
    return std::tie(a.incarnation, a.sequence) < std::tie(b.incarnation, b.sequence);
  });
  auto set = past.sets.begin();
  auto word = past.words.begin();
  while (set != past.sets.end() || word != past.words.end()) {
    const bool is_set =
        word == past.words.end() || (set != past.sets.end() && set->claimed_time_ms <= word->claimed_time_ms);
    rows.push_back(std::move(is_set ? *set++ : *word++));
  }
}

}  // namespace

absl::StatusOr<std::vector<HistoryRow>> PastOf(const ReviewSources& sources, Member member, const PastQuery& query) {
  std::map<std::string, std::size_t> places;
  for (const catalogue::Cell& cell : sources.catalogue.cells()) places.emplace(cell.id, cell.position);
  Pasts pasts;
  absl::StatusOr<std::vector<projection::CellRevision>> sets = sources.views.HistoryOf(member, query);
  HANSA_RETURN_IF_ERROR(sets.status());
  for (projection::CellRevision& said : *sets) {
    HistoryRow row;
    row.cell = said.cell;
    row.year = said.subject.year;
    row.id = said.record;
    row.revision = said.number;
    row.incarnation = said.revision.position.incarnation;
    row.sequence = said.revision.position.seq;
    row.claimed_time_ms = said.revision.claimed_time_ms;
    row.observation = std::move(said.observation);
    row.reason = std::move(said.reason);
    row.withdrawn = said.revision.retracted;
    row.fault = said.revision.what;
    const auto place = places.find(said.cell);
    pasts[{place == places.end() ? places.size() : place->second, said.cell, row.year}].sets.push_back(std::move(row));
  }
  const absl::StatusOr<std::vector<RecordView>> reviews = sources.views.RecordsOf(member, replication::kReviews);
  HANSA_RETURN_IF_ERROR(reviews.status());
  for (const RecordView& record : *reviews) HANSA_RETURN_IF_ERROR(AddWord(sources, record, places, pasts));
  const std::string slug = SlugOf(sources.view, member);
  std::vector<HistoryRow> rows;
  for (auto& [key, past] : pasts) {
    const auto& [place, cell, year] = key;
    if ((query.cell && *query.cell != cell) || (query.year && *query.year != year)) continue;
    Join(std::move(past), rows);
  }
  std::erase_if(rows, [](const HistoryRow& row) { return row.year == 0 && !row.word_of.empty(); });
  for (HistoryRow& row : rows) row.member = slug;
  return rows;
}

}  // namespace hansa::node::desk
