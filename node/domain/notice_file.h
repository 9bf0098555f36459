// Guidance, opportunities, calls for data, recognition and clusters as people write them: one JSON object, or Markdown
// with a TOML head whose body is the text. Members stand there by their slugs and other records by their ids; whether
// there are such the desk knows.
#ifndef HANSA_NODE_DOMAIN_NOTICE_FILE_H_
#define HANSA_NODE_DOMAIN_NOTICE_FILE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "node/catalogue/catalogue.h"
#include "node/domain/notice_book.h"
#include "node/domain/record_file.h"

namespace google::protobuf {
class Message;
}

namespace hansa::node::domain {

// Whom and what the file of a notice names, as it writes them, except clusters, which are among the remarks. Ids have 6
// to 32 hex digits.
struct NamedByNotice {
  std::vector<std::string> audience;      // slugs of members that it is for
  std::vector<std::string> members;       // slugs of members that are recognized
  std::vector<std::string> coordinators;  // slugs
  std::string translation_of;             // a notice of the same kind; empty: it is an original
  std::string replaces;                   // guidance; empty: none
  std::vector<std::string> practices;
};

// Reads into `notice`, an empty message of the record of `kind`. Moments ('2027-03-31 17:00 Asia/Seoul') may be texts,
// an audience too; features, action points and cells are put in the order of the framework, years and countries
// ascend. What is read keeps every rule of its schema, its zones are known and nothing ends before it begins; a
// recognition says who decided, and has no place for a rank.
//   INVALID_ARGUMENT  the first thing that is wrong: 'file:line: field: what; what to do'
absl::StatusOr<FileRemarks> ReadNoticeFile(NoticeKind kind, const RecordFile& file,
                                           const catalogue::Catalogue& catalogue, google::protobuf::Message& notice,
                                           NamedByNotice& named);

// Days of something, YYYY-MM-DD, either may be empty.
//   INVALID_ARGUMENT  it ends before it begins: 'ends_on: what; what to do'
absl::Status CheckDays(absl::string_view name_of_end, absl::string_view starts_on, absl::string_view ends_on);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_NOTICE_FILE_H_
