#include "node/exports/csv_columns.h"

#include <map>
#include <utility>

namespace hansa::node::exports {
namespace {

using catalogue::Attribute;
using catalogue::Catalogue;

constexpr const char* kRefArea = "http://purl.org/linked-data/sdmx/2009/dimension#refArea";
constexpr const char* kRefPeriod = "http://purl.org/linked-data/sdmx/2009/dimension#refPeriod";
constexpr const char* kObsValue = "http://purl.org/linked-data/sdmx/2009/measure#obsValue";
constexpr const char* kUnitMeasure = "http://purl.org/linked-data/sdmx/2009/attribute#unitMeasure";
constexpr const char* kSource = "http://purl.org/dc/terms/source";
constexpr const char* kLicence = "http://purl.org/dc/terms/license";
constexpr const char* kIdentifier = "http://purl.org/dc/terms/identifier";
constexpr const char* kComment = "http://www.w3.org/2000/01/rdf-schema#comment";

std::vector<CsvColumn> FirstColumns() {
  return {
      {"member", "Member", "회원", "name of the member in commands and addresses", "string", kRefArea, true},
      {"city", "City", "도시", "the member's name as it writes it itself", "string", "", true},
      {"country", "Country", "국가", "three letters of ISO 3166-1; empty for a member of no one country", "string", "",
       false},
      {"region", "UNESCO region", "유네스코 지역", "region of UNESCO that the country belongs to", "string", "", false},
      {"framework", "Edition of the framework", "지표 체계 판", "version of the Key Features that the figure answers",
       "string", "", true},
      {"year", "Year", "연도", "the year that the figure is reported for", "gYear", kRefPeriod, true},
      {"revision", "Revision", "수정본", "how often the city has published this year, this publication included",
       "nonNegativeInteger", "", true},
      {"feature", "Feature", "특징", "id of the feature in the framework", "string", "", true},
      {"cell", "Cell", "항목", "id of the measurement, with the part after # where it has parts", "string", "", true},
      {"measurement_id", "Measurement", "측정 지표", "id of the measurement; the notes define it", "string", "", true},
      {"breakdown", "Part", "구분", "the part of the breakdown; empty for a measurement without", "string", "", false},
      {"value", "Value", "값", "the figure, digits as the city wrote them; empty where there is no data", "decimal",
       kObsValue, false},
      {"no_data_reason", "Reason for no data", "자료가 없는 이유", "why there is no figure", "string", "", false},
      {"unit", "Unit", "단위", "id of the unit; the notes name it", "string", kUnitMeasure, false},
      {"source_kind", "Kind of source", "출처 유형", "official_data, survey or expert_review", "string", "", false},
      {"source", "Source", "출처", "where the figure comes from", "string", kSource, false},
      {"supplier", "Supplier", "제공 기관", "who supplied the figure", "string", "", false},
      {"licence", "Licence", "이용 허락", "the terms under which the figure may be used", "string", kLicence, false},
      {"period", "Period", "기간", "the time that the figure covers; empty for the calendar year", "string", "", false},
      {"area", "Area", "지역 범위", "the area that the figure covers; empty for the city", "string", "", false},
      {"level", "Level of area", "지역 수준", "city or region", "string", "", false},
      {"match", "Match of definition", "정의 일치",
       "how closely the figure follows the definition: exact, close, proxy "
       "or approximate",
       "string", "", false},
      {"derivation_note", "Derivation", "산출 방법", "how the figure was derived", "string", "", false},
      {"language", "Language of the definition", "정의 언어", "language in which the definition was read, by BCP 47",
       "string", "", false},
  };
}

std::vector<CsvColumn> LastColumns() {
  return {
      {"note", "Note", "비고", "what the city adds to the figure", "string", kComment, false},
      {"approved_by", "Approved by", "승인자", "the role that approved the figure", "string", "", false},
      {"record", "Record", "기록", "id of the signed record that the figure stands in", "string", kIdentifier, true},
      {"word_of", "Whose word", "누구의 말",
       "who says it where the figure stands in a survey or a rating of its own; empty in the city's own set", "string",
       "", false},
  };
}

CsvColumn ColumnOf(const Attribute& attribute) {
  const bool is_year = attribute.type == catalogue::AttributeType::kYear;
  return {attribute.code,
          attribute.label.en,
          attribute.label.ko,
          "asked for beside some figures",
          is_year ? "gYear" : "string",
          "",
          false};
}

}  // namespace

std::vector<CsvColumn> CsvColumns(const Catalogue& catalogue) {
  std::map<std::string, CsvColumn> attributes;  // Ascending, as attribute_codes() has them.
  for (const catalogue::Measurement& measurement : catalogue.measurements()) {
    for (const Attribute& attribute : measurement.attributes) attributes.emplace(attribute.code, ColumnOf(attribute));
  }
  std::vector<CsvColumn> columns = FirstColumns();
  for (auto& [code, column] : attributes) columns.push_back(std::move(column));
  for (CsvColumn& column : LastColumns()) columns.push_back(std::move(column));
  return columns;
}

}  // namespace hansa::node::exports
