#include "node/door/pages.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "node/words/words.h"

namespace hansa::node::door {
namespace {

namespace fs = std::filesystem;

constexpr char kIndex[] = "index.html";
constexpr char kAssets[] = "assets/";
constexpr char kArchiveHead[] = "hansa page 1";
// What the page may do: run and show what comes from here, and nothing else. No text becomes a program.
constexpr char kPagePolicy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src "
    "'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types svelte-trusted-html hansa hansa-prose; report-uri /csp-report";

constexpr std::array<std::pair<const char*, const char*>, 13> kMediaTypes = {{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".webp", "image/webp"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".txt", "text/plain; charset=utf-8"},
    {".webmanifest", "application/manifest+json"},
    {".map", "application/json"},
    {".wasm", "application/wasm"},
}};
const char* FileTypeOf(const std::string& name) {
  for (const auto& [ending, type] : kMediaTypes) {
    if (absl::EndsWith(name, ending)) return type;
  }
  return "application/octet-stream";
}

// Names of files as they are built: no part is empty, hidden or above. Nothing is decoded, and so nothing hides.
bool IsFileName(const std::string& name) {
  for (const absl::string_view part : absl::StrSplit(name, '/')) {
    if (part.empty() || part.front() == '.') return false;
  }
  return std::all_of(name.begin(), name.end(), [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || absl::StrContains("/._-", std::string(1, c));
  });
}

// Whether who asks reads bytes that are packed that way.
bool Takes(const HttpRequest& request, absl::string_view packing) {
  for (const absl::string_view each : absl::StrSplit(request.Header("accept-encoding"), ',')) {
    const std::pair<absl::string_view, absl::string_view> parts = absl::StrSplit(each, absl::MaxSplits(';', 1));
    if (!absl::EqualsIgnoreCase(absl::StripAsciiWhitespace(parts.first), packing)) continue;
    absl::string_view weight = absl::StripAsciiWhitespace(parts.second);
    double number = 1;
    return !absl::ConsumePrefix(&weight, "q=") || (absl::SimpleAtod(weight, &number) && number > 0);
  }
  return false;
}

// Whether who asks has those bytes already.
bool Has(const HttpRequest& request, const std::string& tag) {
  for (absl::string_view each : absl::StrSplit(request.Header("if-none-match"), ',')) {
    each = absl::StripAsciiWhitespace(each);
    absl::ConsumePrefix(&each, "W/");
    if (each == tag) return true;
  }
  return false;
}

HttpResponse NoFile() {
  return {.status = 404,
          .headers = {{"content-type", "text/plain; charset=utf-8"}},
          .body = "there is nothing at this address\n"};
}

// Of a build that carries no page.
HttpResponse NoPage() {
  constexpr char kWhat[] = "This node carries no page.";
  constexpr char kHow[] =
      "Build it with cmake -DHANSA_PAGE=ON, or run node/page/build DIR and start hansad with --web-dir DIR/dist.";
  const words::Words korean(words::Language::kKorean);
  return {.status = 404,
          .headers = {{"content-type", "text/html; charset=utf-8"}},
          .body = absl::StrCat("<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>Hansa</title>\n<h1>",
                               kWhat, "</h1>\n<p>", kHow, "</p>\n<div lang=\"ko\"><h1>", korean(kWhat), "</h1>\n<p>",
                               korean(kHow), "</p></div></html>\n")};
}

}  // namespace

absl::StatusOr<Pages> Pages::FromArchive(absl::string_view archive) {
  Pages pages;
  if (archive.empty()) return pages;
  const absl::Status damaged = absl::DataLossError("the page that hansad carries is damaged; build hansad again");
  const std::size_t end = archive.find("\n\n");
  if (end == absl::string_view::npos) return damaged;
  const absl::string_view files = archive.substr(end + 2);
  std::vector<std::string> lines = absl::StrSplit(archive.substr(0, end), '\n');
  if (lines.front() != kArchiveHead) return damaged;
  lines.erase(lines.begin());
  std::size_t at = 0;
  for (const std::string& line : lines) {
    const std::vector<std::string> fields = absl::StrSplit(line, ' ');
    std::uint64_t size = 0;
    if (fields.size() != 3 || !absl::SimpleAtoi(fields[0], &size) || size > files.size() - at) return damaged;
    pages.places_[fields[2]] = {.bytes = files.substr(at, size), .tag = absl::StrCat("\"", fields[1], "\"")};
    at += size;
  }
  if (at != files.size() || !pages.places_.contains(kIndex)) return damaged;
  return pages;
}

absl::StatusOr<Pages> Pages::FromFolder(const std::string& folder) {
  std::error_code error;
  Pages pages;
  pages.folder_ = fs::canonical(folder, error).string();
  if (error || !fs::is_regular_file(fs::path(pages.folder_) / kIndex, error)) {
    return absl::NotFoundError(absl::StrCat(
        "--web-dir ", folder, ": there is no index.html in it; node/page/build DIR makes one in DIR/dist"));
  }
  return pages;
}

bool Pages::Has(absl::string_view path) {
  constexpr std::array<absl::string_view, 8> kOthers = {"/data",    "/feeds",        "/events",  "/healthz",
                                                        "/metrics", "/openapi.json", "/session", "/hansa.v1."};
  return std::none_of(kOthers.begin(), kOthers.end(), [&path](absl::string_view other) {
    if (!absl::StartsWith(path, other)) return false;
    return path.size() == other.size() || other.back() == '.' || path[other.size()] == '/';
  });
}

HttpResponse Pages::Answer(const HttpRequest& request) const {
  if (places_.empty() && folder_.empty()) return NoPage();
  const std::string name = request.path.substr(1);
  if (IsFileName(name) && Find(name)) return Send(name, request);
  // A part of an older page, and what browsers ask of their own accord, is no view.
  const bool is_view = !absl::StartsWith(name, kAssets) && name != "favicon.ico" && name != "robots.txt" &&
                       !absl::StartsWith(name, ".well-known/");
  return is_view ? Send(kIndex, request) : NoFile();
}

HttpResponse Pages::Send(const std::string& name, const HttpRequest& request) const {
  constexpr std::array<std::pair<const char*, const char*>, 2> kPackings = {{{"br", ".br"}, {"gzip", ".gz"}}};
  HttpResponse response{.status = 200, .headers = {{"content-type", FileTypeOf(name)}}};
  std::optional<File> file;
  for (const auto& [packing, ending] : kPackings) {
    if (file || !Takes(request, packing)) continue;
    file = Find(absl::StrCat(name, ending));
    if (file) response.headers.emplace_back("content-encoding", packing);
  }
  if (!file) file = Find(name);
  if (!file) return NoFile();
  response.headers.emplace_back("vary", "accept-encoding");
  response.headers.emplace_back("etag", file->tag);
  const bool is_for_ever = absl::StartsWith(name, kAssets) && folder_.empty();
  response.headers.emplace_back("cache-control", is_for_ever ? "public, max-age=31536000, immutable" : "no-cache");
  if (absl::EndsWith(name, ".html")) response.headers.emplace_back("content-security-policy", kPagePolicy);
  if (door::Has(request, file->tag)) {
    response.status = 304;
    return response;
  }
  response.body = std::move(file->bytes);
  return response;
}

std::optional<Pages::File> Pages::Find(const std::string& name) const {
  if (!folder_.empty()) return FindInFolder(name);
  const auto found = places_.find(name);
  if (found == places_.end()) return std::nullopt;
  return File{.bytes = std::string(found->second.bytes), .tag = found->second.tag};
}

std::optional<Pages::File> Pages::FindInFolder(const std::string& name) const {
  std::error_code error;
  const fs::path path = fs::canonical(fs::path(folder_) / name, error);
  // A link may lead anywhere; what it leads to is shown where it is in the folder alone.
  if (error || !absl::StartsWith(path.string(), absl::StrCat(folder_, "/"))) return std::nullopt;
  if (!fs::is_regular_file(path, error)) return std::nullopt;
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  std::string bytes{std::istreambuf_iterator<char>(file), {}};
  const auto changed = fs::last_write_time(path, error).time_since_epoch().count();
  std::string tag = absl::StrCat("\"", bytes.size(), "-", changed, "\"");
  return File{.bytes = std::move(bytes), .tag = std::move(tag)};
}

}  // namespace hansa::node::door
