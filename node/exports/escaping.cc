#include "node/exports/escaping.h"

#include <array>
#include <cstddef>
#include <cstdint>

#include "absl/strings/ascii.h"
#include "node/domain/formula_guard.h"

namespace hansa::node::exports {
namespace {

constexpr absl::string_view kReplacement = "\xEF\xBF\xBD";

unsigned char Byte(absl::string_view text, std::size_t at) { return static_cast<unsigned char>(text[at]); }

// Letters, digits and what is beyond ASCII begin no formula.
bool BeginsLikeText(absl::string_view text) {
  const unsigned char first = Byte(text, 0);
  return first >= 0x80 || absl::ascii_isalnum(first);
}

// By byte, whether it has a cell put in quotation marks.
constexpr std::array<bool, 256> QuotedBytes() {
  std::array<bool, 256> quoted = {};
  for (const char c : {',', '"', '\n', '\r'}) quoted[static_cast<unsigned char>(c)] = true;
  return quoted;
}
constexpr std::array<bool, 256> kQuotedBytes = QuotedBytes();

bool NeedsQuotes(absl::string_view text) {
  bool needs = false;
  for (const char c : text) needs |= kQuotedBytes[static_cast<unsigned char>(c)];
  return needs;
}

void AppendQuoted(absl::string_view text, std::string& out) {
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

struct CodePoint {
  std::uint32_t value = 0;
  std::size_t bytes = 0;  // 0: what stands there is not UTF-8.
};

// What begins at `at`, which is no ASCII.
CodePoint Decode(absl::string_view text, std::size_t at) {
  const unsigned char lead = Byte(text, at);
  const std::size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || at + bytes > text.size()) return {};
  std::uint32_t value = lead & (0xFFu >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    const unsigned char next = Byte(text, at + i);
    if ((next & 0xC0u) != 0x80u) return {};
    value = (value << 6u) | (next & 0x3Fu);
  }
  const bool too_long = (bytes == 3 && value < 0x800) || (bytes == 4 && value < 0x10000);
  if (too_long || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return {};
  return {value, bytes};
}

bool AllowedInXml(std::uint32_t value) { return value != 0xFFFE && value != 0xFFFF; }

void AppendXmlAscii(char c, std::string& out) {
  switch (c) {
    case '&':
      out += "&amp;";
      return;
    case '<':
      out += "&lt;";
      return;
    case '>':
      out += "&gt;";
      return;
    case '"':
      out += "&quot;";
      return;
    case '\t':
      out += "&#9;";
      return;
    case '\n':
      out += "&#10;";
      return;
    case '\r':
      out += "&#13;";
      return;
    default:
      break;
  }
  if (static_cast<unsigned char>(c) < 0x20) {
    out.append(kReplacement.data(), kReplacement.size());
  } else {
    out += c;
  }
}

void AppendJsonAscii(char c, std::string& out) {
  constexpr absl::string_view kHex = "0123456789abcdef";
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      break;
  }
  const auto byte = static_cast<unsigned char>(c);
  if (byte < 0x20) {
    out += "\\u00";
    out += kHex[byte >> 4u];
    out += kHex[byte & 0xFu];
  } else {
    out += c;
  }
}

// Stands in XML and in JSON as it is; a few that would too go the long way.
bool IsPlain(char c) { return c >= ' ' && c <= '~' && c != '"' && c != '&' && c != '<' && c != '>' && c != '\\'; }

// Appends `text` with `ascii` for each character of ASCII that is not plain, and as it is beyond, where `allowed` has
// it.
template <typename Ascii, typename Allowed>
void AppendEscaped(absl::string_view text, Ascii ascii, Allowed allowed, std::string& out) {
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && IsPlain(text[end])) ++end;
    out.append(text.data() + at, end - at);
    at = end;
    if (at == text.size()) return;
    if (Byte(text, at) < 0x80) {
      ascii(text[at++], out);
      continue;
    }
    const CodePoint point = Decode(text, at);
    if (point.bytes == 0 || !allowed(point.value)) {
      out.append(kReplacement.data(), kReplacement.size());
    } else {
      out.append(text.data() + at, point.bytes);
    }
    at += point.bytes == 0 ? 1 : point.bytes;
  }
}

}  // namespace

bool IsPlainCsvText(absl::string_view text) { return text.empty() || (BeginsLikeText(text) && !NeedsQuotes(text)); }

void AppendCsvText(absl::string_view text, std::string& out) {
  if (text.empty()) return;
  const std::string guarded = BeginsLikeText(text) ? std::string() : domain::Guarded(text);
  const absl::string_view shown = guarded.empty() ? text : absl::string_view(guarded);
  if (NeedsQuotes(shown)) {
    AppendQuoted(shown, out);
  } else {
    out.append(shown.data(), shown.size());
  }
}

void AppendXmlText(absl::string_view text, std::string& out) { AppendEscaped(text, AppendXmlAscii, AllowedInXml, out); }

void AppendJsonText(absl::string_view text, std::string& out) {
  out += '"';
  AppendEscaped(
      text, AppendJsonAscii, [](std::uint32_t) { return true; }, out);
  out += '"';
}

void AppendSdmxCode(absl::string_view id, std::string& out) {
  for (const char c : id) {
    out +=
        absl::ascii_isalnum(static_cast<unsigned char>(c)) ? absl::ascii_toupper(static_cast<unsigned char>(c)) : '_';
  }
}

std::string SdmxCode(absl::string_view id) {
  std::string code;
  code.reserve(id.size());
  AppendSdmxCode(id, code);
  return code;
}

}  // namespace hansa::node::exports
