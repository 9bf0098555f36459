#include "node/cli/encoding.h"

#include <unicode/ucnv.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "node/domain/text.h"

namespace hansa::node::cli {
namespace {

using Converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

// Spreadsheets of Korean Windows write its own extension of EUC-KR, whatever it is called.
std::string IcuName(const std::string& encoding) {
  const std::string lower = absl::AsciiStrToLower(encoding);
  for (const char* name : {"cp949", "uhc", "ms949", "euc-kr", "euckr", "ks_c_5601-1987"}) {
    if (lower == name) return "windows-949-2000";
  }
  return encoding;
}

// Row, as a spreadsheet counts, of byte `at`.
std::size_t RowOf(absl::string_view bytes, std::size_t at) {
  return 1 + static_cast<std::size_t>(std::count(bytes.begin(), bytes.begin() + at, '\n'));
}

}  // namespace

absl::StatusOr<std::string> ToUtf8(absl::string_view bytes, const std::string& encoding) {
  UErrorCode error = U_ZERO_ERROR;
  const Converter from(ucnv_open(IcuName(encoding).c_str(), &error), ucnv_close);
  const Converter to(ucnv_open("UTF-8", &error), ucnv_close);
  if (U_FAILURE(error)) {
    return absl::InvalidArgumentError(
        absl::StrCat("there is no encoding ", domain::Quoted(encoding), "; write one such as CP949 or UTF-8"));
  }
  ucnv_setToUCallBack(from.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
  std::string utf8(bytes.size() * 4 + 16, '\0');
  std::vector<UChar> between(16 * 1024);
  const char* source = bytes.data();
  char* target = utf8.data();
  UChar* pivot_source = between.data();
  UChar* pivot_target = between.data();
  error = U_ZERO_ERROR;
  ucnv_convertEx(to.get(), from.get(), &target, utf8.data() + utf8.size(), &source, bytes.data() + bytes.size(),
                 between.data(), &pivot_source, &pivot_target, between.data() + between.size(), 1, 1, &error);
  if (U_FAILURE(error)) {
    const std::size_t at = static_cast<std::size_t>(source - bytes.data());
    return absl::InvalidArgumentError(absl::StrCat("row ", RowOf(bytes, std::min(at, bytes.size())), " is not ",
                                                   encoding, "; name the encoding it was saved in"));
  }
  utf8.resize(static_cast<std::size_t>(target - utf8.data()));
  return utf8;
}

}  // namespace hansa::node::cli
