// What a program needs to read the export's table without guessing: its columns, their types and the definitions of
// what was measured, as the W3C's "Metadata Vocabulary for Tabular Data" (CSV on the Web) has it.
#ifndef HANSA_NODE_EXPORTS_CSVW_METADATA_H_
#define HANSA_NODE_EXPORTS_CSVW_METADATA_H_

#include <string>

#include "absl/strings/string_view.h"
#include "node/catalogue/catalogue.h"

namespace hansa::node::exports {

// Where a reader looks for the metadata of `file_name`: beside it, with this at the end of its name.
inline constexpr absl::string_view kCsvwEnding = "-metadata.json";

// JSON, indented, with a line end at its end. `file_name` is the table's, relative to the metadata. Titles and
// definitions are in English and Korean, descriptions in English.
std::string CsvwMetadata(const catalogue::Catalogue& catalogue, absl::string_view file_name);

}  // namespace hansa::node::exports

#endif  // HANSA_NODE_EXPORTS_CSVW_METADATA_H_
