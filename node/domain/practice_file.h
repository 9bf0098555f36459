// Practices and their translations as people write them: as record_file.h, with records that they name by their ids.
#ifndef HANSA_NODE_DOMAIN_PRACTICE_FILE_H_
#define HANSA_NODE_DOMAIN_PRACTICE_FILE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "node/catalogue/catalogue.h"
#include "node/domain/record_file.h"

namespace hansa::v1 {
class Practice;
class PracticeTranslation;
}  // namespace hansa::v1

namespace hansa::node::domain {

// Ids of practices that the file says its own builds on, 6 to 32 hex digits each, in its order: [i] belongs to
// practice.built_on(i), whose reference is empty. Which records they are the desk knows.
using NamedOriginals = std::vector<std::string>;

// Errors as the readers of record_file.h.
absl::StatusOr<FileRemarks> ReadPracticeFile(const RecordFile& file, const catalogue::Catalogue& catalogue,
                                             v1::Practice& practice, NamedOriginals& built_on);

// Its language and at least one text; the original is whatever the desk was asked for.
absl::StatusOr<FileRemarks> ReadTranslationFile(const RecordFile& file, const catalogue::Catalogue& catalogue,
                                                v1::PracticeTranslation& translation);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_PRACTICE_FILE_H_
