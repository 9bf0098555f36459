// Text as it stands in each kind of file: whatever a city wrote, the file keeps its form. Appending only, for speed.
#ifndef HANSA_NODE_EXPORTS_ESCAPING_H_
#define HANSA_NODE_EXPORTS_ESCAPING_H_

#include <string>

#include "absl/strings/string_view.h"

namespace hansa::node::exports {

// One cell of a CSV file (RFC 4180): in quotation marks where it must be, and no formula in a spreadsheet
// (domain::Guarded).
void AppendCsvText(absl::string_view text, std::string& out);

// Whether AppendCsvText appends `text` as it is. Says no of a few that it does.
bool IsPlainCsvText(absl::string_view text);

// Content of an element, or of an attribute between double quotes. Tabs and line ends are written as references, so
// that an attribute keeps them. A character that XML 1.0 does not allow, and a byte that is not UTF-8, is written as
// U+FFFD.
void AppendXmlText(absl::string_view text, std::string& out);

// A JSON string with its quotation marks (RFC 8259). A byte that is not UTF-8 is written as U+FFFD.
void AppendJsonText(absl::string_view text, std::string& out);

// `id` as a code of SDMX: letters in upper case, digits as they are, anything else as '_'.
// '1.1.1/adult-literacy-rate' is 1_1_1_ADULT_LITERACY_RATE.
void AppendSdmxCode(absl::string_view id, std::string& out);
std::string SdmxCode(absl::string_view id);

}  // namespace hansa::node::exports

#endif  // HANSA_NODE_EXPORTS_ESCAPING_H_
