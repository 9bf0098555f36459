// Topics as people write them: one JSON object, or Markdown with a TOML head whose body is the text. The record that a
// topic starts from stands there by its id; whether there is such the desk knows.
#ifndef HANSA_NODE_DOMAIN_DIALOGUE_FILE_H_
#define HANSA_NODE_DOMAIN_DIALOGUE_FILE_H_

#include <string>

#include "absl/status/statusor.h"
#include "node/catalogue/catalogue.h"
#include "node/domain/record_file.h"

namespace hansa::v1 {
class Topic;
}

namespace hansa::node::domain {

// Reads into `topic`, which is empty; `about` becomes the id under that name, 6 to 32 hex digits, empty if there is
// none. Features and action points are put in the order of the framework.
//   INVALID_ARGUMENT  the first thing that is wrong: 'file:line: field: what; what to do'
absl::StatusOr<FileRemarks> ReadTopicFile(const RecordFile& file, const catalogue::Catalogue& catalogue,
                                          v1::Topic& topic, std::string& about);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_DIALOGUE_FILE_H_
