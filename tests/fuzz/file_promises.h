// What holds of any bytes that are imported as a file, whoever sent them.
#ifndef HANSA_TESTS_FUZZ_FILE_PROMISES_H_
#define HANSA_TESTS_FUZZ_FILE_PROMISES_H_

#include "absl/strings/string_view.h"

namespace hansa::fuzz {

// Reads `bytes` as a file and then as indicators. Ends the process unless: it comes to an end; what is refused says
// what and what to do; what is accepted is within the limits of a draft; and what the reading process would answer is
// read back.
void HoldFileToItsPromises(absl::string_view bytes);

}  // namespace hansa::fuzz

#endif  // HANSA_TESTS_FUZZ_FILE_PROMISES_H_
