// Rows of the observations view for answers that stand in records of their own beside a year's set: results of surveys,
// and ratings by experts. Whether the roster lists the key that signed one is not in the rows: it is asked when they
// are read, since rows follow from entries alone.
#ifndef HANSA_NODE_PROJECTION_SPOKEN_ROWS_H_
#define HANSA_NODE_PROJECTION_SPOKEN_ROWS_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/domain/review_reading.h"
#include "node/projection/observation_rows.h"
#include "node/projection/record_rows.h"

namespace hansa::node::projection {

// The present value of a record of reviews that says something of cells.
struct SpokenRecord {
  Position position;
  domain::Word word;
  SetSubject subject;                         // year 0: a rating whose report has not been read, which is not shown
  std::optional<domain::ReportPoint> report;  // of a rating
  std::vector<std::string> cells;             // in catalogue order
  friend bool operator==(const SpokenRecord&, const SpokenRecord&) = default;
};

// Such a record, and which it is.
struct SpokenFound {
  RecordKey key;
  SpokenRecord record;
};

// What such a record says of one cell, as sums need it.
struct SpokenAnswer {
  Position position;
  domain::Word word;
  SetSubject subject;
  std::string answer;  // as EncodeShortAnswer
  friend bool operator==(const SpokenAnswer&, const SpokenAnswer&) = default;
};

// Keys, big-endian, in Table::kObservations:
//   'q' member u32, record id                                       -> SpokenRecord
//   'r' cell, NUL, year u16, member u32, record id                  -> SpokenAnswer; of those that are shown
//   'w' member u32, record id and entry hash of a report, record id -> nothing: a rating of that report
std::string SpokenRowKey(replication::Member member, const replication::RecordId& record);
std::string SpokenRowPrefix(std::optional<replication::Member> member);
struct SpokenCell {
  int year = 0;
  replication::Member member;
  replication::RecordId record;
};
std::string SpokenCellRowKey(absl::string_view cell, const SpokenCell& at);
// Of all years, or of one.
std::string SpokenCellRowPrefix(absl::string_view cell, std::optional<int> year);
std::string RatingRowKey(replication::Member member, const domain::ReportPoint& report,
                         const replication::RecordId& rating);
std::string RatingRowPrefix(replication::Member member, const domain::ReportPoint& report);

std::string Encode(const SpokenRecord& record);
std::string Encode(const SpokenAnswer& answer);

//   DATA_LOSS  not such a row or key: the view is damaged and must be rebuilt
absl::StatusOr<SpokenRecord> DecodeSpokenRecord(absl::string_view row);
absl::StatusOr<SpokenAnswer> DecodeSpokenAnswer(absl::string_view row);
// The member and record of a key under 'q'.
absl::StatusOr<RecordKey> ParseSpokenRowKey(absl::string_view key);
// Of a key that begins with 'r' and `cell`.
absl::StatusOr<SpokenCell> ParseSpokenCellRowKey(absl::string_view key, absl::string_view cell);
// The rating of a key under 'w'.
absl::StatusOr<replication::RecordId> ParseRatingRowKey(absl::string_view key);

}  // namespace hansa::node::projection

#endif  // HANSA_NODE_PROJECTION_SPOKEN_ROWS_H_
