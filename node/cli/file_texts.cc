#include "node/cli/file_texts.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "hansa/v1/node.pb.h"
#include "node/cli/record_page.h"
#include "node/cli/text_width.h"

namespace hansa::node::cli {

std::string StandingText(const v1::FileSummary& file, const words::Words& words) {
  if (file.state() == "here") return words("here");
  if (file.state() == "coming") {
    return words("{0} of {1} parts are here, the rest is coming", file.chunks_here(), file.chunks());
  }
  return words("not here; `hansa files save` fetches it");
}

namespace {

std::vector<std::string> LinesOf(const v1::ListFilesReply& files, const Layout& layout) {
  std::vector<std::string> lines;
  for (const v1::FileSummary& file : files.files()) {
    std::vector<std::string> facts = {Printable(file.name()), BytesInWords(file.size())};
    if (!file.media_type().empty()) facts.push_back(Printable(file.media_type()));
    if (!file.language().empty()) facts.push_back(Printable(file.language()));
    if (!file.licence().empty()) facts.push_back(Printable(file.licence()));
    lines.push_back(absl::StrCat(absl::StrJoin(facts, ", "), ": ", StandingText(file, layout.words)));
    if (!file.description().empty()) lines.push_back(absl::StrCat("  ", Printable(file.description())));
  }
  return lines;
}

}  // namespace

std::string TextOf(const v1::ListFilesReply& files, const Layout& layout) {
  RecordPage page(layout);
  page.Section("Files", absl::StrJoin(LinesOf(files, layout), "\n"));
  return page.text();
}

std::string ListText(const v1::ListFilesReply& files, const Layout& layout) {
  return absl::StrCat(absl::StrJoin(LinesOf(files, layout), "\n"), "\n");
}

std::string CountText(const v1::FileCount& files, const words::Words& words) {
  if (files.count() == 0) return "";
  const std::string count = words.Counted(files.count(), "{0} file", "{0} files");
  return words("{0}, {1}; {2} of them here", count, BytesInWords(files.bytes()), Grouped(files.here()));
}

}  // namespace hansa::node::cli
