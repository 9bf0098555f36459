// Reports for review and results of surveys as people write them. A report is one JSON object, or Markdown with a TOML
// head whose sections become the sections of the report; a survey is one JSON object.
#ifndef HANSA_NODE_DOMAIN_REVIEW_FILE_H_
#define HANSA_NODE_DOMAIN_REVIEW_FILE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "node/catalogue/catalogue.h"
#include "node/domain/record_file.h"
#include "replication/strong_id.h"

namespace hansa::v1 {
class ReviewReport;
class SurveyBody;
}  // namespace hansa::v1

namespace hansa::node::domain {

// Every text cleaned; features, with `more_features`, in the order of the framework. A report says which year it is
// about, itself or by the last day of its period.
//   INVALID_ARGUMENT  the first thing that is wrong: 'file:line: field: what; what to do'
absl::StatusOr<FileRemarks> ReadReportFile(const RecordFile& file, const catalogue::Catalogue& catalogue,
                                           const std::vector<std::string>& more_features, v1::ReviewReport& report);

// Whose survey it is.
struct SurveyGiven {
  replication::Member member;    // whose residents were asked; 0: the file says it
  std::string agency_code = {};  // of the agency that signs; empty: the city enters it
};

// Values are put in the order of the catalogue, units and framework filled in; `agency` may be a name alone, and a
// question that stands at the top is that of every value without one. What is read keeps every rule that
// CheckSurveyBody and CheckRecordForm know.
//   INVALID_ARGUMENT  as above, or the file says another member or code than `given`
absl::StatusOr<FileRemarks> ReadSurveyFile(const RecordFile& file, const SurveyGiven& given,
                                           const catalogue::Catalogue& catalogue, v1::SurveyBody& survey);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_REVIEW_FILE_H_
