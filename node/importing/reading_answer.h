// What the reading process hands back, as bytes: a CSV file of its own, which whoever asked reads with the care that
// any file gets, since the process may have been taken over by what it read.
#ifndef HANSA_NODE_IMPORTING_READING_ANSWER_H_
#define HANSA_NODE_IMPORTING_READING_ANSWER_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/spreadsheet/table_file.h"

namespace hansa::node::importing {

// The answer of a process that has no memory left to make one: that the file is too large.
inline constexpr char kTooLargeAnswer[] =
    "fault,0,workbook-too-large,the workbook needs more memory than reading may take,split it by year\r\nend\r\n";

std::string AnswerOf(const spreadsheet::TableFile& file);

//   DATA_LOSS  `answer` is not whole, or is none
absl::StatusOr<spreadsheet::TableFile> ReadAnswer(absl::string_view answer);

}  // namespace hansa::node::importing

#endif  // HANSA_NODE_IMPORTING_READING_ANSWER_H_
