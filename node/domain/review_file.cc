#include "node/domain/review_file.h"

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "hansa/v1/reviews.pb.h"
#include "node/domain/markdown_file.h"
#include "node/domain/record_form.h"
#include "node/domain/record_json.h"
#include "node/domain/review_reading.h"
#include "node/domain/text.h"
#include "replication/check.h"

namespace hansa::node::domain {
namespace {

using Json = nlohmann::ordered_json;

absl::Status Wrong(absl::string_view where, absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat(where, ": ", what));
}

absl::StatusOr<Json> Open(const RecordFile& file, const MarkdownPlan& plan, const catalogue::Catalogue& catalogue,
                          const std::vector<std::string>& more_features, FileRemarks& remarks) {
  const absl::StatusOr<std::string> text = OpenRecordFile(file, plan, catalogue, more_features, remarks);
  HANSA_RETURN_IF_ERROR(text.status());
  return Json::parse(*text);  // it was written just now
}

absl::Status CheckPeriod(const v1::ReviewReport& report) {
  const bool both = !report.period_starts_on().empty() && !report.period_ends_on().empty();
  if (both && report.period_ends_on() < report.period_starts_on()) {
    return Wrong("period_ends_on", "the last day lies before the first; mend one of them");
  }
  if (YearOf(report) != 0) return absl::OkStatus();
  return Wrong("year", "nothing says which year the report is about; give year, or period_ends_on");
}

absl::Status ReadReport(const RecordFile& file, const catalogue::Catalogue& catalogue,
                        const std::vector<std::string>& more_features, v1::ReviewReport& report, FileRemarks& remarks) {
  const absl::StatusOr<Json> object = Open(file, ReportPlan(), catalogue, more_features, remarks);
  HANSA_RETURN_IF_ERROR(object.status());
  HANSA_RETURN_IF_ERROR(FillFromJson(object->dump(), report));
  HANSA_RETURN_IF_ERROR(CheckRecordForm(report));
  return CheckPeriod(report);
}

// What a survey file may call otherwise than its schema does, and what it cannot give.
absl::Status Spread(Json& object, FileRemarks& remarks) {
  // A head in TOML with nothing under it.
  if (const auto sections = object.find("sections"); sections != object.end() && sections->empty()) {
    object.erase(sections);
  }
  if (object.contains("report")) {
    return Wrong("report", "it cannot be given in a file; name the agency's report with --report");
  }
  if (const auto agency = object.find("agency"); agency != object.end() && agency->is_string()) {
    *agency = Json{{"name", *agency}, {"kind", "survey-agency"}};
  }
  // A slug says who publishes; a number is what is signed.
  if (const auto member = object.find("member"); member != object.end() && member->is_string()) {
    if (!remarks.author_city.empty()) return Wrong("member", "it means the same as city; leave one of them out");
    remarks.author_city = member->get<std::string>();
    object.erase(member);
  }
  for (const char* name : {"question", "question_language"}) {
    const auto found = object.find(name);
    if (found == object.end()) continue;
    const Json common = std::move(*found);
    object.erase(name);
    const auto values = object.find("values");
    if (values == object.end() || !values->is_array()) continue;
    for (Json& value : *values) {
      if (value.is_object() && !value.contains(name)) value[name] = common;
    }
  }
  return absl::OkStatus();
}

void PutInOrder(const catalogue::Catalogue& catalogue, v1::SurveyBody& survey) {
  const auto place = [&](const v1::SurveyValue& value) {
    const catalogue::Cell* const cell = catalogue.FindCell(value.cell());
    return cell == nullptr ? catalogue.cells().size() : cell->position;
  };
  std::stable_sort(survey.mutable_values()->begin(), survey.mutable_values()->end(),
                   [&](const v1::SurveyValue& a, const v1::SurveyValue& b) { return place(a) < place(b); });
  for (v1::SurveyValue& value : *survey.mutable_values()) {
    const catalogue::Cell* const cell = catalogue.FindCell(value.cell());
    if (cell != nullptr && value.has_value() && value.unit().empty()) value.set_unit(cell->measurement->unit);
  }
}

absl::Status Complete(const SurveyGiven& given, const catalogue::Catalogue& catalogue, v1::SurveyBody& survey) {
  if (survey.member() == 0) survey.set_member(given.member.value());
  if (survey.member() == 0) return Wrong("member", "it is not given; write the number of the city in the network");
  if (given.member.value() != 0 && survey.member() != given.member.value()) {
    return Wrong("member", absl::StrCat("it is ", survey.member(), ", and the survey is given for ",
                                        given.member.value(), "; mend one of them"));
  }
  if (!survey.agency_code().empty() && survey.agency_code() != given.agency_code) {
    return Wrong("agency_code", given.agency_code.empty()
                                    ? std::string("an agency with a code signs by itself; leave it out, or ask the "
                                                  "agency for the file that it signed")
                                    : absl::StrCat("it is ", Quoted(survey.agency_code()), ", and the key is of ",
                                                   Quoted(given.agency_code), "; leave it out"));
  }
  survey.set_agency_code(given.agency_code);
  survey.set_framework_id(catalogue.framework_id());
  survey.set_framework_version(catalogue.version());
  PutInOrder(catalogue, survey);
  HANSA_RETURN_IF_ERROR(CheckRecordForm(survey));
  const absl::Status sound = CheckSurveyBody(catalogue, survey);
  // A cell at the beginning would be taken for the number of a line.
  const bool is_of_cell = !sound.ok() && absl::ascii_isdigit(static_cast<unsigned char>(sound.message()[0]));
  return is_of_cell ? Wrong("values", sound.message()) : sound;
}

absl::Status ReadSurvey(const RecordFile& file, const SurveyGiven& given, const catalogue::Catalogue& catalogue,
                        v1::SurveyBody& survey, FileRemarks& remarks) {
  absl::StatusOr<Json> object = Open(file, ReportPlan(), catalogue, {}, remarks);
  HANSA_RETURN_IF_ERROR(object.status());
  HANSA_RETURN_IF_ERROR(Spread(*object, remarks));
  HANSA_RETURN_IF_ERROR(FillFromJson(object->dump(), survey));
  return Complete(given, catalogue, survey);
}

}  // namespace

absl::StatusOr<FileRemarks> ReadReportFile(const RecordFile& file, const catalogue::Catalogue& catalogue,
                                           const std::vector<std::string>& more_features, v1::ReviewReport& report) {
  FileRemarks remarks;
  const absl::Status read = ReadReport(file, catalogue, more_features, report, remarks);
  if (!read.ok()) return InRecordFile(file.name, read);
  return remarks;
}

absl::StatusOr<FileRemarks> ReadSurveyFile(const RecordFile& file, const SurveyGiven& given,
                                           const catalogue::Catalogue& catalogue, v1::SurveyBody& survey) {
  FileRemarks remarks;
  const absl::Status read = ReadSurvey(file, given, catalogue, survey, remarks);
  if (!read.ok()) return InRecordFile(file.name, read);
  return remarks;
}

}  // namespace hansa::node::domain
