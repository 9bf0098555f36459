// The data files of this folder as they were when the program was built, byte for byte. The source
// that holds them is written by embed_catalogue.cc during the build, and only if they are sound.
#ifndef HANSA_NODE_CATALOGUE_EMBEDDED_H_
#define HANSA_NODE_CATALOGUE_EMBEDDED_H_

#include "absl/strings/string_view.h"

namespace hansa::node::catalogue {

absl::string_view KeyFeaturesJson();
absl::string_view CommitmentsJson();
absl::string_view CheckRulesJson();
absl::string_view CountriesCsv();
absl::string_view KoreanNotesJson();

}  // namespace hansa::node::catalogue

#endif  // HANSA_NODE_CATALOGUE_EMBEDDED_H_
