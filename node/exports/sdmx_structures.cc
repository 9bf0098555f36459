#include "node/exports/sdmx_structures.h"

#include <set>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "node/domain/observation.h"
#include "node/exports/escaping.h"
#include "node/exports/sdmx_components.h"
#include "node/exports/sdmx_ml_export.h"

namespace hansa::node::exports {
namespace {

using catalogue::Catalogue;
using catalogue::Text;

struct Code {
  std::string id;
  Text name;  // A name without Korean stands in one language.
};

struct Codelist {
  std::string id;
  Text name;
  std::vector<Code> codes;
};

std::string Xml(absl::string_view text) {
  std::string out;
  AppendXmlText(text, out);
  return out;
}

// How a thing of ours is identified: id, agency and version.
std::string Identity(absl::string_view id) {
  return absl::StrCat(" id=\"", id, "\" agencyID=\"", kSdmxAgency, "\" version=\"", kSdmxVersion, "\"");
}

void AppendNames(absl::string_view indent, const Text& name, std::string& out) {
  absl::StrAppend(&out, indent, "<common:Name xml:lang=\"en\">", Xml(name.en), "</common:Name>\n");
  if (name.ko.empty()) return;
  absl::StrAppend(&out, indent, "<common:Name xml:lang=\"ko\">", Xml(name.ko), "</common:Name>\n");
}

void AppendCodelist(const Codelist& list, std::string& out) {
  absl::StrAppend(&out, "      <structure:Codelist", Identity(list.id), ">\n");
  AppendNames("        ", list.name, out);
  for (const Code& code : list.codes) {
    absl::StrAppend(&out, "        <structure:Code id=\"", code.id, "\">\n");
    AppendNames("          ", code.name, out);
    out += "        </structure:Code>\n";
  }
  out += "      </structure:Codelist>\n";
}

Codelist Members(absl::Span<const SdmxMember> members) {
  Codelist list{"CL_REF_AREA", {"Members", "회원"}, {}};
  for (const SdmxMember& member : members) list.codes.push_back({SdmxCode(member.slug), {member.name, ""}});
  return list;
}

Codelist Measurements(const Catalogue& catalogue) {
  Codelist list{"CL_MEASUREMENT", {"Measurements", "측정 지표"}, {}};
  for (const catalogue::Measurement& measurement : catalogue.measurements()) {
    list.codes.push_back({SdmxCode(measurement.id), measurement.title});
  }
  return list;
}

// The parts of all breakdowns together: a part that stands in several, such as the total, is one code.
Codelist Breakdowns(const Catalogue& catalogue) {
  Codelist list{"CL_BREAKDOWN", {"Parts of breakdowns", "구분"}, {}};
  list.codes.push_back({std::string(kNoBreakdown), {"Not applicable", "해당 없음"}});
  std::set<std::string> seen;
  for (const catalogue::Breakdown& breakdown : catalogue.breakdowns()) {
    for (const catalogue::BreakdownMember& member : breakdown.members) {
      if (seen.insert(member.code).second) list.codes.push_back({SdmxCode(member.code), member.label});
    }
  }
  return list;
}

Codelist Units(const Catalogue& catalogue) {
  Codelist list{"CL_UNIT_MEASURE", {"Units", "단위"}, {}};
  for (const catalogue::Unit& unit : catalogue.units()) list.codes.push_back({SdmxCode(unit.id), unit.display});
  return list;
}

Codelist SourceKinds(const Catalogue& catalogue) {
  Codelist list{"CL_SOURCE_KIND", {"Kinds of source", "출처 유형"}, {}};
  for (const catalogue::SourceKindLabel& kind : catalogue.source_kinds()) {
    list.codes.push_back({SdmxCode(kind.code), kind.label});
  }
  return list;
}

std::vector<Codelist> Codelists(const Catalogue& catalogue, absl::Span<const SdmxMember> members) {
  const auto match = [](domain::DefinitionMatch value) { return SdmxCode(domain::Code(value)); };
  const auto level = [](domain::AreaLevel value) { return SdmxCode(domain::Code(value)); };
  using domain::AreaLevel;
  using domain::DefinitionMatch;
  return {
      {"CL_FREQ", {"Frequency", "주기"}, {{"A", {"Annual", "연간"}}}},
      Members(members),
      Measurements(catalogue),
      Breakdowns(catalogue),
      {"CL_FRAMEWORK",
       {"Editions of the framework", "지표 체계 판"},
       {{SdmxCode(catalogue.version()), catalogue.name()}}},
      Units(catalogue),
      {"CL_OBS_STATUS",
       {"Status of observations", "관측값 상태"},
       {{"A", {"Normal value", "정상 값"}},
        {"M", {"Missing value; data cannot exist or was not collected", "자료 없음"}}}},
      SourceKinds(catalogue),
      {"CL_DEF_MATCH",
       {"Match of definition", "정의 일치"},
       {{match(DefinitionMatch::kExact), {"Exact", "일치"}},
        {match(DefinitionMatch::kClose), {"Close", "유사"}},
        {match(DefinitionMatch::kProxy), {"Proxy", "대리 지표"}},
        {match(DefinitionMatch::kApproximate), {"Approximate", "근사"}}}},
      {"CL_AREA_LEVEL",
       {"Level of area", "지역 수준"},
       {{level(AreaLevel::kCity), {"City", "도시"}}, {level(AreaLevel::kRegion), {"Region", "지역"}}}},
  };
}

void AppendConcepts(const Catalogue& catalogue, const std::vector<SdmxComponent>& components, std::string& out) {
  absl::StrAppend(&out, "    <structure:Concepts>\n      <structure:ConceptScheme", Identity(kSdmxConcepts), ">\n");
  AppendNames("        ", catalogue.name(), out);
  for (const SdmxComponent& component : components) {
    absl::StrAppend(&out, "        <structure:Concept id=\"", component.id, "\">\n");
    AppendNames("          ", component.name, out);
    out += "        </structure:Concept>\n";
  }
  out += "      </structure:ConceptScheme>\n    </structure:Concepts>\n";
}

// The concept of a component and how it is represented.
void AppendMeaning(const SdmxComponent& component, std::string& out) {
  absl::StrAppend(&out, "            <structure:ConceptIdentity>\n              <Ref id=\"", component.id,
                  "\" maintainableParentID=\"", kSdmxConcepts, "\" maintainableParentVersion=\"", kSdmxVersion,
                  "\" agencyID=\"", kSdmxAgency,
                  "\" package=\"conceptscheme\" class=\"Concept\"/>\n            </structure:ConceptIdentity>\n"
                  "            <structure:LocalRepresentation>\n");
  if (component.codelist.empty()) {
    absl::StrAppend(&out, "              <structure:TextFormat textType=\"", component.text_type, "\"/>\n");
  } else {
    absl::StrAppend(&out, "              <structure:Enumeration>\n                <Ref", Identity(component.codelist),
                    " package=\"codelist\" class=\"Codelist\"/>\n              </structure:Enumeration>\n");
  }
  out += "            </structure:LocalRepresentation>\n";
}

void AppendDimensions(const std::vector<SdmxComponent>& components, std::string& out) {
  out += "          <structure:DimensionList id=\"DimensionDescriptor\">\n";
  int position = 0;
  for (const SdmxComponent& component : components) {
    if (component.role != SdmxRole::kDimension && component.role != SdmxRole::kTime) continue;
    const absl::string_view element = component.role == SdmxRole::kTime ? "TimeDimension" : "Dimension";
    absl::StrAppend(&out, "          <structure:", element, " id=\"", component.id, "\" position=\"", ++position,
                    "\">\n");
    AppendMeaning(component, out);
    absl::StrAppend(&out, "          </structure:", element, ">\n");
  }
  out += "          </structure:DimensionList>\n";
}

void AppendAttributes(const std::vector<SdmxComponent>& components, std::string& out) {
  out += "          <structure:AttributeList id=\"AttributeDescriptor\">\n";
  for (const SdmxComponent& component : components) {
    if (component.role != SdmxRole::kAttribute) continue;
    absl::StrAppend(&out, "          <structure:Attribute id=\"", component.id, "\" assignmentStatus=\"",
                    component.mandatory ? "Mandatory" : "Conditional", "\">\n");
    AppendMeaning(component, out);
    out +=
        "            <structure:AttributeRelationship>\n              <structure:PrimaryMeasure>\n"
        "                <Ref id=\"OBS_VALUE\"/>\n              </structure:PrimaryMeasure>\n"
        "            </structure:AttributeRelationship>\n          </structure:Attribute>\n";
  }
  out += "          </structure:AttributeList>\n";
}

void AppendMeasure(const std::vector<SdmxComponent>& components, std::string& out) {
  out += "          <structure:MeasureList id=\"MeasureDescriptor\">\n";
  for (const SdmxComponent& component : components) {
    if (component.role != SdmxRole::kMeasure) continue;
    absl::StrAppend(&out, "          <structure:PrimaryMeasure id=\"", component.id, "\">\n");
    AppendMeaning(component, out);
    out += "          </structure:PrimaryMeasure>\n";
  }
  out += "          </structure:MeasureList>\n";
}

void AppendDataStructure(const Catalogue& catalogue, const std::vector<SdmxComponent>& components, std::string& out) {
  absl::StrAppend(&out, "    <structure:DataStructures>\n      <structure:DataStructure", Identity(kSdmxFlow), ">\n");
  AppendNames("        ", catalogue.name(), out);
  out += "        <structure:DataStructureComponents>\n";
  AppendDimensions(components, out);
  AppendAttributes(components, out);
  AppendMeasure(components, out);
  out +=
      "        </structure:DataStructureComponents>\n      </structure:DataStructure>\n"
      "    </structure:DataStructures>\n";
}

void AppendDataflow(const Catalogue& catalogue, std::string& out) {
  absl::StrAppend(&out, "    <structure:Dataflows>\n      <structure:Dataflow", Identity(kSdmxFlow), ">\n");
  AppendNames("        ", catalogue.name(), out);
  absl::StrAppend(&out, "        <structure:Structure>\n          <Ref", Identity(kSdmxFlow),
                  " package=\"datastructure\" class=\"DataStructure\"/>\n        </structure:Structure>\n"
                  "      </structure:Dataflow>\n    </structure:Dataflows>\n");
}

}  // namespace

std::string SdmxStructures(const Catalogue& catalogue, absl::Span<const SdmxMember> members, absl::Time prepared) {
  const std::vector<SdmxComponent> components = SdmxComponents(catalogue);
  std::string out =
      absl::StrCat("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<message:Structure xmlns:message=\"", kSdmxSchemas,
                   "message\" xmlns:structure=\"", kSdmxSchemas, "structure\" xmlns:common=\"", kSdmxSchemas,
                   "common\">\n  <message:Header>\n", SdmxHeaderStart("STRUCTURE", prepared),
                   "  </message:Header>\n  <message:Structures>\n");
  AppendDataflow(catalogue, out);
  out += "    <structure:Codelists>\n";
  for (const Codelist& list : Codelists(catalogue, members)) AppendCodelist(list, out);
  out += "    </structure:Codelists>\n";
  AppendConcepts(catalogue, components, out);
  AppendDataStructure(catalogue, components, out);
  out += "  </message:Structures>\n</message:Structure>\n";
  return out;
}

}  // namespace hansa::node::exports
