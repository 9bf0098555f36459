// What a rating or a survey result says of the cells of a year, and whether it may be believed: judged by its bytes, by
// whose feed it stands in, by the catalogue and by the keys that the roster lists, and by nothing else. Pure.
// Promise: nobody's figure is taken for the word of an expert or an agency whose key did not sign it for this network.
#ifndef HANSA_NODE_DOMAIN_REVIEW_READING_H_
#define HANSA_NODE_DOMAIN_REVIEW_READING_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/catalogue/catalogue.h"
#include "node/domain/observation.h"
#include "replication/crypto.h"
#include "replication/roster_state.h"
#include "replication/statement.h"

namespace hansa::v1 {
class Rating;
class RatingBody;
class ReviewReport;
class SignedStatement;
class SurveyBody;
class SurveyResult;
}  // namespace hansa::v1

namespace hansa::node::domain {

// Whose word an answer is, the lesser first: of two surveys of one city and year the greater counts in a summary.
enum class Voice : std::uint8_t { kCity = 1, kAgency = 2, kExpert = 3 };

struct Word {
  Voice voice = Voice::kCity;
  std::string code = {};               // of the list of keys; empty for the city
  replication::PublicKey signer = {};  // zero for the city
  friend auto operator<=>(const Word&, const Word&) = default;
};
// 'entered by the city', 'signed by agency CODE', 'signed by expert CODE'.
std::string InWords(const Word& word);

// One revision of a report, by its record and the hash of its entry.
struct ReportPoint {
  replication::RecordId record;
  replication::Hash entry_hash;
  friend auto operator<=>(const ReportPoint&, const ReportPoint&) = default;
};

// What one record says. Its observations carry the word, and are in the order of the catalogue.
struct SpokenAnswers {
  Word word;
  int year = 0;  // 1900 to 2200; of a rating also 0: that of its report
  std::string framework_id;
  std::string framework_version;
  std::optional<ReportPoint> report;  // of a rating
  std::vector<Observation> observations;
};

// In whose feed a record stands, and by what it is judged. All must outlive the call only.
struct ReviewContext {
  const replication::Crypto& crypto;
  const replication::NetworkId& network;
  const catalogue::Catalogue& catalogue;
  replication::Member author;
};

// The statement as it was signed.
//   INVALID_ARGUMENT  its key or signature has not the length of one
absl::StatusOr<replication::Statement> SignedIn(const v1::SignedStatement& statement);

// What an expert or an agency signs, read from the bytes that were signed.
//   INVALID_ARGUMENT  not such a body, or one that breaks its form
absl::Status ReadRatingBody(replication::BytesView body, v1::RatingBody& rating);
absl::Status ReadSurveyBody(replication::BytesView body, v1::SurveyBody& survey);

// The measurement that is rated: the one named, or the only one of the feature that experts rate. nullptr for one of
// another framework than ours, of which nothing is known here.
//   INVALID_ARGUMENT  no such feature or measurement, or experts do not rate it
absl::StatusOr<const catalogue::Measurement*> RatedMeasurement(const catalogue::Catalogue& catalogue,
                                                               const v1::RatingBody& rating);

// Whether the values of a survey are such as the catalogue allows: cells in its order, each once, that a survey may
// answer, in their unit and range; an agency; days in order. Of another framework only what needs no catalogue.
//   INVALID_ARGUMENT  names the cell and what is wrong; what to do
absl::Status CheckSurveyBody(const catalogue::Catalogue& catalogue, const v1::SurveyBody& survey);

// What a record says, once everything holds that its bytes can show: signature, author, report, cells, values. Whether
// the signer is listed is for CheckWord.
//   INVALID_ARGUMENT     not such a record, or it breaks a rule
//   UNAUTHENTICATED      the signature does not hold
//   FAILED_PRECONDITION  it is about another city, or its report is not in that city's reviews
absl::StatusOr<SpokenAnswers> ReadRating(const ReviewContext& context, const v1::Rating& rating, v1::RatingBody& body);
absl::StatusOr<SpokenAnswers> ReadSurvey(const ReviewContext& context, const v1::SurveyResult& result,
                                         v1::SurveyBody& body);

// What a record says that was let through before: nothing is judged again.
SpokenAnswers AnswersOf(const catalogue::Catalogue& catalogue, const v1::Rating& rating);
SpokenAnswers AnswersOf(const catalogue::Catalogue& catalogue, const v1::SurveyResult& result);

// Keys that sign statements, as the roster lists them now.
using StatementKeys = std::map<replication::PublicKey, replication::StatementKey>;
// Whether the list bears the word out. That of the city needs no key.
//   FAILED_PRECONDITION  the list does not hold the key, or holds it for another role or code
absl::Status CheckWord(const Word& word, const StatementKeys& keys);

// The year that a report is filed under: the one it says, or that of the last day of its period; 0 if it says neither.
int YearOf(const v1::ReviewReport& report);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_REVIEW_READING_H_
