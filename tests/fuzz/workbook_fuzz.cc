// Workbooks, whole and broken.
#include "tests/fuzz/file_promises.h"
#include "tests/fuzz/harness.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  hansa::fuzz::HoldFileToItsPromises({reinterpret_cast<const char*>(data), size});
  return 0;
}
