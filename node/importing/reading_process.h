// Reads a city's file in a process of its own (hansa-import), so that whatever is wrong with the file, the node goes
// on.
#ifndef HANSA_NODE_IMPORTING_READING_PROCESS_H_
#define HANSA_NODE_IMPORTING_READING_PROCESS_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "node/spreadsheet/table_file.h"

namespace hansa::node::importing {

// How long a file may take to be read, waiting for a processor included.
inline constexpr absl::Duration kReadingTimeMax = absl::Seconds(60);

// Path of hansa-import: beside the program that runs, or where an installation or a build has it.
std::string ReaderProgram();

// Blocks until the file is read or the process has ended. Thread-safe. What is wrong with the file is a fault in what
// is returned; a process that ended or ran out of time is one too.
//   UNAVAILABLE  the process cannot be started, or the machine cannot confine it
absl::StatusOr<spreadsheet::TableFile> ReadInProcess(const std::string& program, absl::string_view bytes,
                                                     const spreadsheet::FileForm& form);

}  // namespace hansa::node::importing

#endif  // HANSA_NODE_IMPORTING_READING_PROCESS_H_
