// The file that a request carries.
#ifndef HANSA_NODE_API_FILE_IN_H_
#define HANSA_NODE_API_FILE_IN_H_

#include <string>

#include "absl/strings/string_view.h"
#include "node/domain/record_file.h"

namespace hansa::node::api {

// A file's name as messages have it: of one longer than any file has, '…' and its end, which tells what kind of file it
// is. Whoever asks may send anything.
std::string ShownName(absl::string_view name);

// `request` must outlive it.
template <typename Request>
domain::RecordFile FileIn(const Request& request) {
  return {.name = ShownName(request.file()), .content = request.content()};
}

}  // namespace hansa::node::api

#endif  // HANSA_NODE_API_FILE_IN_H_
