// Files in encodings other than UTF-8, named by the person who has them: guessing is left to nobody.
#ifndef HANSA_NODE_CLI_ENCODING_H_
#define HANSA_NODE_CLI_ENCODING_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace hansa::node::cli {

// `bytes` in UTF-8. `encoding` is a usual name such as 'CP949', 'EUC-KR' or 'ISO-8859-1'.
//   INVALID_ARGUMENT  no such encoding, or bytes that are none of its characters: where the first is
absl::StatusOr<std::string> ToUtf8(absl::string_view bytes, const std::string& encoding);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_ENCODING_H_
