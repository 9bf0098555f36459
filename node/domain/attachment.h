// A file that belongs to a record, as the record knows it: by hashes of its bytes. The bytes themselves are not here.
#ifndef HANSA_NODE_DOMAIN_ATTACHMENT_H_
#define HANSA_NODE_DOMAIN_ATTACHMENT_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "replication/crypto.h"

namespace hansa::v1 {
class Attachment;
}

namespace hansa::node::domain {

struct AttachedFile {
  std::string name;           // without folders
  absl::string_view content;  // 1 to replication::kFileBytesMax bytes
  std::string salt;           // 32 random bytes, new for each file and record
};

// Fills `attachment`, which is empty. Its media type follows from the ending of the name; empty if that says nothing.
//   INVALID_ARGUMENT  the file is empty or too large, its name cannot be used, or the salt has not 32 bytes
absl::Status Attach(const replication::Crypto& crypto, const AttachedFile& file, v1::Attachment& attachment);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_ATTACHMENT_H_
