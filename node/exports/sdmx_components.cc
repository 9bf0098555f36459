#include "node/exports/sdmx_components.h"

#include <map>
#include <utility>

#include "node/exports/escaping.h"

namespace hansa::node::exports {
namespace {

using catalogue::Attribute;
using catalogue::Catalogue;

std::vector<SdmxComponent> Before() {
  constexpr auto kDimension = SdmxRole::kDimension;
  constexpr auto kAttribute = SdmxRole::kAttribute;
  return {
      {"FREQ", kDimension, {"Frequency", "주기"}, "CL_FREQ", "", true},
      {"REF_AREA", kDimension, {"Member", "회원"}, "CL_REF_AREA", "", true},
      {"MEASUREMENT", kDimension, {"Measurement", "측정 지표"}, "CL_MEASUREMENT", "", true},
      {"BREAKDOWN", kDimension, {"Part of the breakdown", "구분"}, "CL_BREAKDOWN", "", true},
      {"FRAMEWORK", kDimension, {"Edition of the framework", "지표 체계 판"}, "CL_FRAMEWORK", "", true},
      {"WORD_OF", kDimension, {"Whose word", "누구의 말"}, "", "String", true},
      {"TIME_PERIOD", SdmxRole::kTime, {"Year", "연도"}, "", "ObservationalTimePeriod", true},
      {"OBS_VALUE", SdmxRole::kMeasure, {"Value", "값"}, "", "Decimal", false},
      {"UNIT_MEASURE", kAttribute, {"Unit", "단위"}, "CL_UNIT_MEASURE", "", false},
      {"OBS_STATUS", kAttribute, {"Status of the observation", "관측값 상태"}, "CL_OBS_STATUS", "", true},
      {"SOURCE_KIND", kAttribute, {"Kind of source", "출처 유형"}, "CL_SOURCE_KIND", "", false},
      {"DEF_MATCH", kAttribute, {"Match of definition", "정의 일치"}, "CL_DEF_MATCH", "", false},
      {"DEF_LANGUAGE", kAttribute, {"Language of the definition", "정의 언어"}, "", "String", false},
      {"AREA_LEVEL", kAttribute, {"Level of area", "지역 수준"}, "CL_AREA_LEVEL", "", false},
      {"REF_AREA_NOTE", kAttribute, {"Area", "지역 범위"}, "", "String", false},
      {"PERIOD_NOTE", kAttribute, {"Period", "기간"}, "", "String", false},
      {"SOURCE_TEXT", kAttribute, {"Source", "출처"}, "", "String", false},
      {"SUPPLIER", kAttribute, {"Supplier", "제공 기관"}, "", "String", false},
      {"LICENCE", kAttribute, {"Licence", "이용 허락"}, "", "String", false},
      {"NO_DATA_REASON", kAttribute, {"Reason for no data", "자료가 없는 이유"}, "", "String", false},
      {"DERIVATION_NOTE", kAttribute, {"Derivation", "산출 방법"}, "", "String", false},
  };
}

std::vector<SdmxComponent> After() {
  constexpr auto kAttribute = SdmxRole::kAttribute;
  return {
      {"COMMENT", kAttribute, {"Note", "비고"}, "", "String", false},
      {"APPROVED_BY", kAttribute, {"Approved by", "승인자"}, "", "String", false},
      {"REVISION", kAttribute, {"Revision", "수정본"}, "", "Long", true},
  };
}

SdmxComponent ComponentOf(const Attribute& attribute) {
  const bool is_year = attribute.type == catalogue::AttributeType::kYear;
  return {
      SdmxCode(attribute.code), SdmxRole::kAttribute, attribute.label, "", is_year ? "GregorianYear" : "String", false};
}

}  // namespace

std::vector<SdmxComponent> SdmxComponents(const Catalogue& catalogue) {
  std::map<std::string, SdmxComponent> attributes;  // Ascending by code, as attribute_codes() has them.
  for (const catalogue::Measurement& measurement : catalogue.measurements()) {
    for (const Attribute& attribute : measurement.attributes) {
      attributes.emplace(attribute.code, ComponentOf(attribute));
    }
  }
  std::vector<SdmxComponent> components = Before();
  for (auto& [code, component] : attributes) components.push_back(std::move(component));
  for (SdmxComponent& component : After()) components.push_back(std::move(component));
  return components;
}

std::vector<SdmxAttribute> SdmxAttributes(const Catalogue& catalogue) {
  std::vector<SdmxAttribute> attributes;
  for (const std::string& code : catalogue.attribute_codes()) attributes.push_back({code, SdmxCode(code)});
  return attributes;
}

}  // namespace hansa::node::exports
