// hansa-import [--encoding NAME] [--sheet NAME]: reads a city's file from standard input and writes what is in it to
// standard output, as rows of text (reading_answer.h). The node starts it for each file; people have no need to.
// Promise: whatever the file holds, this process opens nothing, sends nothing and ends within its allowance.
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <new>
#include <string>

#include "absl/status/status.h"
#include "node/importing/confinement.h"
#include "node/importing/reading_answer.h"
#include "node/spreadsheet/table_file.h"
#include "node/spreadsheet/text_encoding.h"

namespace hansa::node::importing {
namespace {

bool WriteAll(absl::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t size = write(STDOUT_FILENO, bytes.data(), bytes.size());
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(size));
  }
  return true;
}

// Answers without asking for memory, for there is none.
void TellOfMemory() {
  WriteAll(kTooLargeAnswer);
  _exit(EXIT_SUCCESS);
}

std::string ReadAll() {
  std::string bytes;
  char piece[64 * 1024];
  for (;;) {
    const ssize_t size = read(STDIN_FILENO, piece, sizeof piece);
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) return bytes;
    bytes.append(piece, static_cast<std::size_t>(size));
  }
}

int Run(int count, char** arguments) {
  spreadsheet::FileForm form;
  for (int i = 1; i + 1 < count; i += 2) {
    const std::string option = arguments[i];
    if (option == "--encoding") form.encoding = arguments[i + 1];
    if (option == "--sheet") form.sheet = arguments[i + 1];
  }
  // What is loaded on first use is loaded now, while files may still be opened.
  (void)spreadsheet::ToUtf8("", form.encoding.empty() ? "CP949" : form.encoding).ok();
  (void)spreadsheet::LikelyEncoding("x");
  tzset();  // of the dates in an archive
  if (const absl::Status confined = Confine(Allowance()); !confined.ok()) {
    std::cerr << confined.message() << '\n';
    return EXIT_FAILURE;
  }
  std::set_new_handler(TellOfMemory);
  return WriteAll(AnswerOf(spreadsheet::ReadTableFile(ReadAll(), form))) ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace
}  // namespace hansa::node::importing

int main(int count, char** arguments) {
  const int code = hansa::node::importing::Run(count, arguments);
  std::cout.flush();
  _exit(code);  // nothing that ends by itself may open anything either
}
