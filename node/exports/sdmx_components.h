// The figures as SDMX sees them: one data structure, HANSA:KEY_FEATURES(1.0), with its dimensions, its measure and its
// attributes. One list for the CSV, the XML and the message that describes both.
#ifndef HANSA_NODE_EXPORTS_SDMX_COMPONENTS_H_
#define HANSA_NODE_EXPORTS_SDMX_COMPONENTS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "node/catalogue/catalogue.h"

namespace hansa::node::exports {

inline constexpr absl::string_view kSdmxAgency = "HANSA";
inline constexpr absl::string_view kSdmxFlow = "KEY_FEATURES";  // Of the data structure and of the dataflow.
inline constexpr absl::string_view kSdmxVersion = "1.0";
inline constexpr absl::string_view kSdmxConcepts = "CS_KEY_FEATURES";
// What the namespaces of SDMX-ML 2.1 begin with.
inline constexpr absl::string_view kSdmxSchemas = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/";
// BREAKDOWN of a measurement that has none: 'not applicable' of SDMX.
inline constexpr absl::string_view kNoBreakdown = "_Z";
// WORD_OF what stands in the city's own set.
inline constexpr absl::string_view kOwnSet = "_Z";

enum class SdmxRole { kDimension, kTime, kMeasure, kAttribute };

struct SdmxComponent {
  std::string id;  // Of the component and of its concept: a letter, then letters, digits and '_'.
  SdmxRole role = SdmxRole::kAttribute;
  catalogue::Text name;
  std::string codelist;    // Id of the codelist; empty where it is not coded.
  std::string text_type;   // Data type of SDMX where it is not coded, such as String.
  bool mandatory = false;  // An attribute that every observation has.
};

// In the order of the columns of SDMX-CSV: dimensions, TIME_PERIOD, OBS_VALUE, attributes; those of `catalogue`, upper
// case and ascending, stand before COMMENT.
std::vector<SdmxComponent> SdmxComponents(const catalogue::Catalogue& catalogue);

struct SdmxAttribute {
  std::string code;  // In the catalogue.
  std::string id;    // In SDMX.
};

// In the order of `SdmxComponents`.
std::vector<SdmxAttribute> SdmxAttributes(const catalogue::Catalogue& catalogue);

}  // namespace hansa::node::exports

#endif  // HANSA_NODE_EXPORTS_SDMX_COMPONENTS_H_
