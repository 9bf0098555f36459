// Practices and offers as people write them: one JSON object, or Markdown with a TOML head between lines of +++.
#ifndef HANSA_NODE_DOMAIN_RECORD_FILE_H_
#define HANSA_NODE_DOMAIN_RECORD_FILE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/catalogue/catalogue.h"

namespace hansa::v1 {
class Practice;
class Offer;
}  // namespace hansa::v1

namespace hansa::node::domain {

// Greatest size of a file, in bytes.
inline constexpr std::size_t kRecordFileBytesMax = 1024 * 1024;

struct RecordFile {
  std::string name;           // for messages
  absl::string_view content;  // UTF-8; with or without byte order mark
};

// What was read. `author_city` and `author_country` are what the file says of its author, empty if nothing: the desk
// compares them with who publishes.
struct FileRemarks {
  std::string author_city;
  std::string author_country;
  std::vector<std::string> warnings;  // a sentence each
};

// Every text cleaned (NFC, line ends), features and action points put in the order of the catalogue.
//   INVALID_ARGUMENT  the first thing that is wrong: 'file:line: field: what; what to do'
absl::StatusOr<FileRemarks> ReadPracticeFile(const RecordFile& file, const catalogue::Catalogue& catalogue,
                                             v1::Practice& practice);
absl::StatusOr<FileRemarks> ReadOfferFile(const RecordFile& file, const catalogue::Catalogue& catalogue,
                                          v1::Offer& offer);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_RECORD_FILE_H_
