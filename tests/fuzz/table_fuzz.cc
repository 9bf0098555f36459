// CSV and anything else that is no workbook.
#include "absl/strings/match.h"
#include "tests/fuzz/file_promises.h"
#include "tests/fuzz/harness.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const absl::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (!absl::StartsWith(bytes, "PK")) hansa::fuzz::HoldFileToItsPromises(bytes);
  return 0;
}
