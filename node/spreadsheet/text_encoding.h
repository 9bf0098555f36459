// Texts in encodings other than UTF-8. Which one it is, a person says; a guess is only ever shown, to be confirmed.
#ifndef HANSA_NODE_SPREADSHEET_TEXT_ENCODING_H_
#define HANSA_NODE_SPREADSHEET_TEXT_ENCODING_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace hansa::node::spreadsheet {

// `bytes` in UTF-8. `encoding` is a usual name such as 'CP949', 'EUC-KR' or 'ISO-8859-1'.
//   INVALID_ARGUMENT  no such encoding, or bytes that are none of its characters: where the first is
absl::StatusOr<std::string> ToUtf8(absl::string_view bytes, const std::string& encoding);

// Name of the encoding that `bytes` look most like, one that ToUtf8 takes them in; empty if they look like none.
std::string LikelyEncoding(absl::string_view bytes);

// What a byte order mark says: 'UTF-8', 'UTF-16LE' or 'UTF-16BE'; empty without one.
std::string MarkedEncoding(absl::string_view bytes);

}  // namespace hansa::node::spreadsheet

#endif  // HANSA_NODE_SPREADSHEET_TEXT_ENCODING_H_
