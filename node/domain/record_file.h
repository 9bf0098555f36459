// Offers and strategies as people write them: one JSON object, or Markdown with a TOML head between lines of +++; and
// what all files of records have in common. Practices, notices, topics and what is reviewed have readers of their own.
#ifndef HANSA_NODE_DOMAIN_RECORD_FILE_H_
#define HANSA_NODE_DOMAIN_RECORD_FILE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/catalogue/catalogue.h"

namespace hansa::v1 {
class Offer;
class Strategy;
}  // namespace hansa::v1

namespace hansa::node::domain {

struct MarkdownPlan;

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
  std::vector<std::string> clusters;  // that it belongs to, by ids of 6 to 32 hex digits; at most 10
  std::vector<std::string> warnings;  // a sentence each
};

// Records that the file of a strategy names by their ids, as it writes them: 6 to 32 hex digits each. Whether there are
// such records the desk knows.
struct NamedRecords {
  std::string part_of;                 // a strategy of the same city; empty: none
  std::vector<std::string> practices;  // at most 10
};

// Every text cleaned (NFC, line ends), features and action points put in the order of the catalogue.
//   INVALID_ARGUMENT  the first thing that is wrong: 'file:line: field: what; what to do'
absl::StatusOr<FileRemarks> ReadOfferFile(const RecordFile& file, const catalogue::Catalogue& catalogue,
                                          v1::Offer& offer);
// As offers; its cells are put in the order of the catalogue too.
absl::StatusOr<FileRemarks> ReadStrategyFile(const RecordFile& file, const catalogue::Catalogue& catalogue,
                                             v1::Strategy& strategy, NamedRecords& named);

// Whether a record can belong to clusters.
enum class InClusters { kNever, kMaybe };

// For readers of further records (practice_file.h, review_file.h): what all files have in common. The file's object as
// JSON, names of persons refused, its author and clusters taken out of it, `features` (with `more_features`) and
// `action_points` put in order.
//   INVALID_ARGUMENT  without the name of the file: InRecordFile puts it there
absl::StatusOr<std::string> OpenRecordFile(const RecordFile& file, const MarkdownPlan& plan,
                                           const catalogue::Catalogue& catalogue,
                                           const std::vector<std::string>& more_features, FileRemarks& remarks,
                                           InClusters in_clusters = InClusters::kNever);
// `status` as of the file called `name`: 'name:line: …' or 'name: …'.
absl::Status InRecordFile(absl::string_view name, const absl::Status& status);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_RECORD_FILE_H_
