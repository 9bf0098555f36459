// One manual page as it is written: the form of man(7), which man-db and mandoc both read. Text goes in as people read
// it; nothing in it can become an instruction to the formatter.
#ifndef HANSA_NODE_CLI_MAN_PAGE_H_
#define HANSA_NODE_CLI_MAN_PAGE_H_

#include <string>

#include "absl/strings/string_view.h"

namespace hansa::node::cli {

// `text` with every mark that means something to the formatter escaped. Hyphens are hyphens, and quotes stay as they
// are typed, so that what is copied from a page works in a shell.
std::string ManEscaped(absl::string_view text);

// A value that grows; not thread-safe.
class ManPage {
 public:
  struct Title {
    std::string name;  // such as "hansa-status"
    int section = 1;
    std::string date;    // such as 2025-03-31
    std::string source;  // such as "Hansa 0.1.0"
    std::string volume;  // what the section is called
  };
  explicit ManPage(const Title& title);

  void Heading(absl::string_view text);
  // What stands between ` and ` is set in bold, here and below.
  void Paragraph(absl::string_view text);
  // A line in the page's own escapes, such as a synopsis made with Bold and Slanted.
  void Line(absl::string_view made);
  // A term, in the page's own escapes, and what it means.
  void Entry(absl::string_view made, absl::string_view text);
  // As it is typed, line by line.
  void Verbatim(absl::string_view text);

  static std::string Bold(absl::string_view text);
  static std::string Slanted(absl::string_view text);

  const std::string& text() const { return text_; }

 private:
  void BeginParagraph();
  void Add(absl::string_view line);

  std::string text_;
  bool is_below_heading_ = false;  // nothing but its heading stands in the section yet
};

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_MAN_PAGE_H_
