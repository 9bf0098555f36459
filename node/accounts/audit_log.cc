#include "node/accounts/audit_log.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "node/accounts/locked_file.h"
#include "node/accounts/secret_token.h"
#include "node/membership/init_node.h"
#include "replication/check.h"

namespace hansa::node::accounts {
namespace {

using Json = nlohmann::ordered_json;

// No line of ours comes near it.
constexpr std::uint64_t kLineBytesMax = 16 * 1024;
// How far back is read.
constexpr std::uint64_t kReadBytesBackMax = 32 * 1024 * 1024;

absl::StatusOr<std::uint64_t> SizeOf(const storage::OpenFile& file) {
  struct stat about {};
  if (::fstat(file.fd(), &about) != 0) return storage::FileError("look at", file.path(), errno);
  return static_cast<std::uint64_t>(about.st_size);
}

// The last `bytes` of the file, or all of it.
absl::StatusOr<std::string> Tail(const storage::OpenFile& file, std::uint64_t bytes) {
  const absl::StatusOr<std::uint64_t> size = SizeOf(file);
  HANSA_RETURN_IF_ERROR(size.status());
  std::string tail(std::min(bytes, *size), '\0');
  const std::uint64_t from = *size - tail.size();
  for (std::size_t read = 0; read < tail.size();) {
    const ssize_t got = ::pread(file.fd(), tail.data() + read, tail.size() - read, static_cast<off_t>(from + read));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return storage::FileError("read", file.path(), errno);
    if (got == 0) tail.resize(read);
    read += static_cast<std::size_t>(got);
  }
  return tail;
}

// Without empty ones.
std::vector<std::string> LinesIn(absl::string_view bytes) { return absl::StrSplit(bytes, '\n', absl::SkipEmpty()); }

std::string Text(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : "";
}

// Of a line that was cut short nothing is known but that it was there.
AuditLine LineOf(const std::string& text, const std::string& before) {
  const Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) {
    return AuditLine{.at = {}, .entry = {.account = {}, .through = {}, .what = "unreadable"}, .follows = false};
  }
  return AuditLine{.at = Text(json, "at"),
                   .entry = {.account = Text(json, "account"),
                             .through = Text(json, "through"),
                             .what = Text(json, "what"),
                             .about = Text(json, "about"),
                             .result = Text(json, "result"),
                             .from = Text(json, "from")},
                   .follows = Text(json, "before") == before};
}

}  // namespace

AuditLog::AuditLog(Options options) : options_(std::move(options)), paths_(options_.folder) {}

absl::Status AuditLog::Append(const AuditEntry& entry) const {
  HANSA_RETURN_IF_ERROR(membership::MakePrivateFolder(options_.folder));
  HANSA_RETURN_IF_ERROR(membership::MakePrivateFolder(paths_.accounts_folder));
  absl::StatusOr<storage::OpenFile> file = OpenLocked(paths_.audit);
  HANSA_RETURN_IF_ERROR(file.status());
  const absl::StatusOr<std::uint64_t> size = SizeOf(*file);
  HANSA_RETURN_IF_ERROR(size.status());
  const absl::StatusOr<std::string> tail = Tail(*file, kLineBytesMax);
  HANSA_RETURN_IF_ERROR(tail.status());
  const std::vector<std::string> lines = LinesIn(*tail);
  Json json = {{"at", absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", options_.now(), absl::UTCTimeZone())},
               {"account", entry.account},
               {"through", entry.through},
               {"what", entry.what}};
  if (!entry.about.empty()) json["about"] = entry.about;
  json["result"] = entry.result;
  if (!entry.from.empty()) json["from"] = entry.from;
  json["before"] = lines.empty() ? "" : HashOf(lines.back());
  // A line that was cut short, with the power or a full disk, stays as it is.
  const bool is_cut_short = !tail->empty() && tail->back() != '\n';
  const std::string line = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  const absl::Status written = file->WriteAt(*size, absl::StrCat(is_cut_short ? "\n" : "", line, "\n"));
  HANSA_RETURN_IF_ERROR(written);
  return file->Sync();
}

absl::StatusOr<std::vector<AuditLine>> AuditLog::Read(std::size_t lines_max) const {
  const absl::StatusOr<storage::OpenFile> file = storage::OpenFile::Open(paths_.audit, O_RDONLY);
  if (absl::IsNotFound(file.status())) return std::vector<AuditLine>();
  HANSA_RETURN_IF_ERROR(file.status());
  const absl::StatusOr<std::string> tail = Tail(*file, kReadBytesBackMax);
  HANSA_RETURN_IF_ERROR(tail.status());
  std::vector<std::string> texts = LinesIn(*tail);
  // Of what lies before, the first has only a part; it is there to compare the next with.
  const bool is_whole = tail->size() < kReadBytesBackMax;
  std::vector<AuditLine> lines;
  for (std::size_t i = is_whole ? 0 : 2; i < texts.size(); ++i) {
    lines.push_back(LineOf(texts[i], i == 0 ? "" : HashOf(texts[i - 1])));
  }
  if (lines.size() > lines_max) lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(lines_max));
  return lines;
}

}  // namespace hansa::node::accounts
