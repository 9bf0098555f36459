// A file that grows while it is written, and is there whole or not at all.
#ifndef HANSA_NODE_CLI_OUTPUT_FILE_H_
#define HANSA_NODE_CLI_OUTPUT_FILE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace hansa::node::cli {

// Not thread-safe. What was begun and is not done is removed with it.
class OutputFile {
 public:
  // '-' is standard output, of which nothing can be taken back.
  //   NOT_FOUND, PERMISSION_DENIED, INVALID_ARGUMENT  it cannot be written there
  static absl::StatusOr<OutputFile> Begin(const std::string& path);
  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&& other) noexcept;
  ~OutputFile();

  //   RESOURCE_EXHAUSTED  the disk is full
  absl::Status Add(absl::string_view bytes);
  // Puts it in the place of an older one, written through to the disk.
  absl::Status Done();

 private:
  OutputFile(std::string path, std::string partial, int descriptor);
  absl::Status Failed(absl::string_view what) const;

  std::string path_;
  std::string partial_;  // what it is called until it is done; empty for standard output
  int descriptor_ = -1;
};

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_OUTPUT_FILE_H_
