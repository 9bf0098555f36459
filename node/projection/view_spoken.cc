// What Views answers of surveys and ratings, which stand in records of their own. Every order here is by name, year,
// framework, catalogue and word; none is by a value.
#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "hansa/v1/reviews.pb.h"
#include "node/domain/decimal.h"
#include "node/projection/answer_rows.h"
#include "node/projection/entry_reading.h"
#include "node/projection/pending_writes.h"
#include "node/projection/spoken_rows.h"
#include "node/projection/views.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::projection {

namespace {

using domain::SpokenAnswers;
using domain::Word;
using replication::Member;
using replication::Roster;
using storage::Table;

bool Has(const std::vector<std::string>& cells, const std::string& cell) {
  return std::find(cells.begin(), cells.end(), cell) != cells.end();
}

bool IsListed(const Roster& roster, const Word& word) {
  return domain::CheckWord(word, roster.state().statement_keys).ok();
}

// Whose word on what. Two records that agree in all of it give the same word twice.
using SaidKey = std::tuple<Member, SetSubject, std::string, Word>;

// Which record of `found` speaks for each, by its place.
std::map<SaidKey, std::size_t> LastOf(const std::vector<SpokenFound>& found) {
  std::map<SaidKey, std::size_t> last;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const SpokenRecord& record = found[i].record;
    for (const std::string& cell : record.cells) {
      const auto [at, is_new] = last.try_emplace({found[i].key.member, record.subject, cell, record.word}, i);
      if (!is_new && found[at->second].record.position < record.position) at->second = i;
    }
  }
  return last;
}

absl::StatusOr<SpokenAnswers> ReadAnswers(const storage::FeedStore& feeds, const catalogue::Catalogue& catalogue,
                                          const SpokenRecord& record) {
  const absl::StatusOr<replication::Bytes> payload = ReadPayload(feeds, record.position);
  HANSA_RETURN_IF_ERROR(payload.status());
  if (record.word.voice == domain::Voice::kExpert) {
    v1::Rating rating;
    if (!rating.ParseFromString(*payload)) return DamagedView("a rating");
    return domain::AnswersOf(catalogue, rating);
  }
  v1::SurveyResult result;
  if (!result.ParseFromString(*payload)) return DamagedView("a survey");
  return domain::AnswersOf(catalogue, result);
}

// Puts answers under their footings, each of which is read once.
class Footings {
 public:
  explicit Footings(std::vector<Footing>& footings) : footings_(footings) {}

  absl::Status Read(absl::string_view answer, SpokenValue& value) {
    const absl::StatusOr<ShortAnswer> cut = CutShortAnswer(answer);
    HANSA_RETURN_IF_ERROR(cut.status());
    const auto [found, is_new] =
        places_.try_emplace(std::string(cut->footing), static_cast<std::uint32_t>(footings_.size()));
    value.footing = found->second;
    if (is_new) {
      absl::StatusOr<Footing> footing = DecodeFooting(cut->footing);
      HANSA_RETURN_IF_ERROR(footing.status());
      footings_.push_back(*std::move(footing));
    }
    if (cut->digits.empty()) return absl::OkStatus();
    const absl::StatusOr<domain::Decimal> number = domain::Decimal::Parse(cut->digits);
    if (!number.ok()) return DamagedView("an answer of a survey or a rating");
    value.billionths = number->billionths();
    return absl::OkStatus();
  }

 private:
  std::vector<Footing>& footings_;
  std::map<std::string, std::uint32_t> places_;
};

// Puts `value`, one of `spoken`, at the end of `values`.
void AddSpokenValue(const SpokenValues& spoken, const SpokenValue& value, CellValues& values) {
  const Footing& footing = spoken.footings[value.footing];
  const auto known = std::find(values.footings.begin(), values.footings.end(), footing);
  const auto place = static_cast<std::uint32_t>(known - values.footings.begin());
  if (known == values.footings.end()) values.footings.push_back(footing);
  values.values.push_back({.member = value.member,
                           .footing = place,
                           .is_ours = value.is_ours,
                           .voice = static_cast<std::uint8_t>(value.word.voice),
                           .year = static_cast<std::uint16_t>(value.year),
                           .billionths = value.billionths});
}

}  // namespace

absl::StatusOr<RecordHead> Views::HeadOf(const RecordKey& record) const {
  const auto row = FindRow(tables_, Table::kRecords, HeadRowKey(record));
  HANSA_RETURN_IF_ERROR(row.status());
  if (!*row) return DamagedView("a record that a survey or a rating names");
  return DecodeHead(**row);
}

// Those that are shown of the member, year and cell asked for, whoever signed them.
absl::StatusOr<std::vector<SpokenFound>> Views::SpokenNamed(const ObservationQuery& query) const {
  std::vector<SpokenFound> found;
  const auto take = [&](absl::string_view key, absl::string_view row) -> absl::Status {
    const absl::StatusOr<RecordKey> record = ParseSpokenRowKey(key);
    HANSA_RETURN_IF_ERROR(record.status());
    absl::StatusOr<SpokenRecord> spoken = DecodeSpokenRecord(row);
    HANSA_RETURN_IF_ERROR(spoken.status());
    const int year = spoken->subject.year;
    const bool wanted =
        year != 0 && (!query.year || *query.year == year) && (!query.cell || Has(spoken->cells, *query.cell));
    if (wanted) found.push_back({*record, *std::move(spoken)});
    return absl::OkStatus();
  };
  const auto take_cell = [&](absl::string_view key, absl::string_view) -> absl::Status {
    const absl::StatusOr<SpokenCell> at = ParseSpokenCellRowKey(key, *query.cell);
    HANSA_RETURN_IF_ERROR(at.status());
    const std::string row_key = SpokenRowKey(at->member, at->record);
    const auto row = FindRow(tables_, Table::kObservations, row_key);
    HANSA_RETURN_IF_ERROR(row.status());
    return *row ? take(row_key, **row) : DamagedView("a survey or a rating that a cell names");
  };
  const bool by_cell = query.cell && !query.member;
  HANSA_RETURN_IF_ERROR(
      by_cell ? ForEachRow(tables_, Table::kObservations, SpokenCellRowPrefix(*query.cell, query.year), take_cell)
              : ForEachRow(tables_, Table::kObservations, SpokenRowPrefix(query.member), take));
  return found;
}

absl::Status Views::AddSpoken(const Roster& roster, const ObservationQuery& query,
                              std::vector<PublishedObservation>& found) const {
  absl::StatusOr<std::vector<SpokenFound>> named = SpokenNamed(query);
  HANSA_RETURN_IF_ERROR(named.status());
  std::erase_if(*named, [&](const SpokenFound& each) {
    return roster.state().Find(each.key.member) == nullptr || !IsListed(roster, each.record.word);
  });
  if (named->empty()) return absl::OkStatus();
  const std::map<SaidKey, std::size_t> last = LastOf(*named);
  // By word, so that answers to one cell keep that order.
  std::vector<std::size_t> order(named->size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const SpokenFound& x = (*named)[a];
    const SpokenFound& y = (*named)[b];
    return std::tie(x.record.word, x.key) < std::tie(y.record.word, y.key);
  });
  for (const std::size_t place : order) {
    const auto& [key, record] = (*named)[place];
    absl::StatusOr<SpokenAnswers> answers = ReadAnswers(feeds_, catalogue_, record);
    if (absl::IsNotFound(answers.status())) continue;  // erased meanwhile
    HANSA_RETURN_IF_ERROR(answers.status());
    const absl::StatusOr<RecordHead> head = HeadOf(key);
    HANSA_RETURN_IF_ERROR(head.status());
    const std::string& slug = roster.state().Find(key.member)->slug;
    for (domain::Observation& observation : answers->observations) {
      if (query.cell && observation.cell != *query.cell) continue;
      const auto speaks = last.find({key.member, record.subject, observation.cell, record.word});
      if (speaks == last.end() || speaks->second != place) continue;
      found.push_back(
          {key.member, slug, record.subject, std::move(observation), key.id, head->revisions, record.position.seq});
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<SpokenValues> Views::SpokenValuesOf(const Roster& roster, absl::string_view cell,
                                                   const YearSpan& years) const {
  absl::ReaderMutexLock lock(&rows_);
  std::map<SaidKey, SpokenAnswer> last;
  const auto take = [&](absl::string_view key, absl::string_view row) -> absl::Status {
    const absl::StatusOr<SpokenCell> at = ParseSpokenCellRowKey(key, cell);
    HANSA_RETURN_IF_ERROR(at.status());
    if (at->year < years.first || at->year > years.last) return absl::OkStatus();
    absl::StatusOr<SpokenAnswer> answer = DecodeSpokenAnswer(row);
    HANSA_RETURN_IF_ERROR(answer.status());
    if (!IsListed(roster, answer->word)) return absl::OkStatus();
    const auto [known, is_new] = last.try_emplace({at->member, answer->subject, "", answer->word}, *answer);
    if (!is_new && known->second.position < answer->position) known->second = *std::move(answer);
    return absl::OkStatus();
  };
  const std::optional<int> year = years.first == years.last ? std::optional<int>(years.first) : std::nullopt;
  HANSA_RETURN_IF_ERROR(ForEachRow(tables_, Table::kObservations, SpokenCellRowPrefix(cell, year), take));
  SpokenValues values;
  Footings footings(values.footings);
  values.values.reserve(last.size());
  for (const auto& [said, answer] : last) {
    SpokenValue& value = values.values.emplace_back();
    value.member = std::get<0>(said);
    value.year = answer.subject.year;
    value.word = answer.word;
    value.is_ours = answer.subject.framework_id == catalogue_.framework_id() &&
                    answer.subject.framework_version == catalogue_.version();
    HANSA_RETURN_IF_ERROR(footings.Read(answer.answer, value));
  }
  return values;
}

absl::StatusOr<CellValues> Views::AllValuesOf(const Roster& roster, absl::string_view cell, int year) const {
  absl::StatusOr<CellValues> values = ValuesOf(cell, year);
  HANSA_RETURN_IF_ERROR(values.status());
  const absl::StatusOr<SpokenValues> spoken = SpokenValuesOf(roster, cell, {year, year});
  HANSA_RETURN_IF_ERROR(spoken.status());
  if (spoken->values.empty()) return values;
  for (const SpokenValue& value : spoken->values) AddSpokenValue(*spoken, value, *values);
  std::stable_sort(values->values.begin(), values->values.end(),
                   [](const CellValue& a, const CellValue& b) { return a.member < b.member; });
  return values;
}

absl::StatusOr<CellValues> Views::LastOfAllBefore(const Roster& roster, absl::string_view cell, int year,
                                                  absl::Span<const Member> members) const {
  absl::StatusOr<CellValues> values = LastValuesBefore(cell, year, members);
  HANSA_RETURN_IF_ERROR(values.status());
  const absl::StatusOr<SpokenValues> spoken = SpokenValuesOf(roster, cell, {0, year - 1});
  HANSA_RETURN_IF_ERROR(spoken.status());
  if (spoken->values.empty()) return values;
  std::map<Member, const SpokenValue*> last;  // of the last year, by the greatest voice
  for (const SpokenValue& value : spoken->values) {
    const bool counts = value.word.voice != domain::Voice::kExpert && spoken->footings[value.footing].has_value &&
                        std::binary_search(members.begin(), members.end(), value.member);
    if (!counts) continue;
    const SpokenValue*& known = last[value.member];
    const auto rank = [](const SpokenValue& each) { return std::tie(each.year, each.is_ours, each.word.voice); };
    if (known == nullptr || rank(*known) <= rank(value)) known = &value;
  }
  for (const auto& [member, value] : last) AddSpokenValue(*spoken, *value, *values);
  std::stable_sort(values->values.begin(), values->values.end(), [](const CellValue& a, const CellValue& b) {
    return std::tie(a.member, b.year, b.voice) < std::tie(b.member, a.year, a.voice);
  });
  return values;
}

absl::StatusOr<std::vector<StandingWord>> Views::StandingWords(const Roster& roster, std::optional<Member> member,
                                                               std::optional<int> year) const {
  absl::ReaderMutexLock lock(&rows_);
  const absl::StatusOr<std::vector<SpokenFound>> named =
      SpokenNamed({.member = member, .year = year, .cell = std::nullopt});
  HANSA_RETURN_IF_ERROR(named.status());
  std::vector<StandingWord> words;
  for (const auto& [key, record] : *named) {
    if (!IsListed(roster, record.word)) continue;
    const absl::StatusOr<RecordHead> head = HeadOf(key);
    HANSA_RETURN_IF_ERROR(head.status());
    StandingWord& word = words.emplace_back();
    word.member = key.member;
    word.year = record.subject.year;
    word.record = key.id;
    word.revisions = head->revisions;
    for (const std::string& each : record.cells) {
      if (const catalogue::Cell* const cell = catalogue_.FindCell(each)) word.cells.Add(cell->position);
    }
  }
  std::sort(words.begin(), words.end(), [](const StandingWord& a, const StandingWord& b) {
    return std::tie(a.year, a.member, a.record) < std::tie(b.year, b.member, b.record);
  });
  return words;
}

}  // namespace hansa::node::projection
