#include "node/accounts/audit_log.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
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
                             .from = Text(json, "from"),
                             .proposal = Text(json, "proposal")},
                   .follows = Text(json, "before") == before};
}

// Whether the file at its path is still this one: another process may have put it aside meanwhile.
bool IsStillThere(const storage::OpenFile& file) {
  struct stat here {};
  struct stat there {};
  return ::fstat(file.fd(), &here) == 0 && ::stat(file.path().c_str(), &there) == 0 && here.st_ino == there.st_ino &&
         here.st_dev == there.st_dev;
}

// Files that were put aside because they were full are numbered from 1, the oldest.
std::string PathOf(const NodePaths& paths, std::uint32_t number) {
  return absl::StrCat(paths.accounts_folder, "/audit.", number, ".jsonl");
}
// 0: none.
absl::StatusOr<std::uint32_t> LastPutAside(const NodePaths& paths) {
  std::uint32_t last = 0;
  std::error_code error;
  for (std::filesystem::directory_iterator at(paths.accounts_folder, error), end; !error && at != end;
       at.increment(error)) {
    const std::string file = at->path().filename().string();
    absl::string_view name = file;
    std::uint32_t number = 0;
    const bool is_one =
        absl::ConsumePrefix(&name, "audit.") && absl::ConsumeSuffix(&name, ".jsonl") && absl::SimpleAtoi(name, &number);
    if (is_one) last = std::max(last, number);
  }
  if (error && error != std::errc::no_such_file_or_directory) {
    return storage::FileError("read the folder", paths.accounts_folder, error.value());
  }
  return last;
}

// Lines from the end backwards.
struct Lines {
  std::vector<std::string> texts;  // oldest first
  std::size_t first = 0;           // what lies before it is there to compare with, or in part
};

// Of files, the newest first: `lines_max` lines and one more, or all there are. One that was taken away ends it.
absl::StatusOr<Lines> ReadBack(const std::vector<std::string>& paths, std::size_t lines_max) {
  Lines read;
  std::uint64_t room = kReadBytesBackMax;
  for (const std::string& path : paths) {
    const absl::StatusOr<storage::OpenFile> file = storage::OpenFile::Open(path, O_RDONLY);
    if (absl::IsNotFound(file.status())) break;
    HANSA_RETURN_IF_ERROR(file.status());
    const absl::StatusOr<std::string> tail = Tail(*file, room);
    HANSA_RETURN_IF_ERROR(tail.status());
    std::vector<std::string> texts = LinesIn(*tail);
    texts.insert(texts.end(), read.texts.begin(), read.texts.end());
    read.texts = std::move(texts);
    if (tail->size() == room) {
      read.first = 2;
      break;
    }
    room -= tail->size();
    if (read.texts.size() > lines_max) {
      read.first = 1;
      break;
    }
  }
  return read;
}

}  // namespace

AuditLog::AuditLog(Options options) : options_(std::move(options)), paths_(options_.folder) {}

absl::StatusOr<storage::OpenFile> AuditLog::OpenToAppend() const {
  while (true) {
    absl::StatusOr<storage::OpenFile> file = OpenLocked(paths_.audit);
    HANSA_RETURN_IF_ERROR(file.status());
    if (!IsStillThere(*file)) continue;
    const absl::StatusOr<std::uint64_t> size = SizeOf(*file);
    HANSA_RETURN_IF_ERROR(size.status());
    if (*size < options_.file_bytes_max) return file;
    const absl::StatusOr<std::uint32_t> last = LastPutAside(paths_);
    HANSA_RETURN_IF_ERROR(last.status());
    const std::string aside = PathOf(paths_, *last + 1);
    if (::rename(paths_.audit.c_str(), aside.c_str()) != 0) return storage::FileError("put aside", aside, errno);
    HANSA_RETURN_IF_ERROR(storage::SyncFolder(paths_.accounts_folder));
  }
}

absl::StatusOr<std::string> AuditLog::LastLinePutAside() const {
  const absl::StatusOr<std::uint32_t> last = LastPutAside(paths_);
  HANSA_RETURN_IF_ERROR(last.status());
  const absl::StatusOr<storage::OpenFile> file = storage::OpenFile::Open(PathOf(paths_, *last), O_RDONLY);
  if (absl::IsNotFound(file.status())) return "";
  HANSA_RETURN_IF_ERROR(file.status());
  const absl::StatusOr<std::string> tail = Tail(*file, kLineBytesMax);
  HANSA_RETURN_IF_ERROR(tail.status());
  const std::vector<std::string> lines = LinesIn(*tail);
  return lines.empty() ? "" : lines.back();
}

absl::Status AuditLog::Append(const AuditEntry& entry) const {
  HANSA_RETURN_IF_ERROR(membership::MakePrivateFolder(options_.folder));
  HANSA_RETURN_IF_ERROR(membership::MakePrivateFolder(paths_.accounts_folder));
  absl::StatusOr<storage::OpenFile> file = OpenToAppend();
  HANSA_RETURN_IF_ERROR(file.status());
  const absl::StatusOr<std::uint64_t> size = SizeOf(*file);
  HANSA_RETURN_IF_ERROR(size.status());
  const absl::StatusOr<std::string> tail = Tail(*file, kLineBytesMax);
  HANSA_RETURN_IF_ERROR(tail.status());
  const std::vector<std::string> lines = LinesIn(*tail);
  const absl::StatusOr<std::string> before = lines.empty() ? LastLinePutAside() : lines.back();
  HANSA_RETURN_IF_ERROR(before.status());
  Json json = {{"at", absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", options_.now(), absl::UTCTimeZone())},
               {"account", entry.account},
               {"through", entry.through},
               {"what", entry.what}};
  if (!entry.about.empty()) json["about"] = entry.about;
  json["result"] = entry.result;
  if (!entry.from.empty()) json["from"] = entry.from;
  if (!entry.proposal.empty()) json["proposal"] = entry.proposal;
  json["before"] = before->empty() ? "" : HashOf(*before);
  // A line that was cut short, with the power or a full disk, stays as it is.
  const bool is_cut_short = !tail->empty() && tail->back() != '\n';
  const std::string line = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  const absl::Status written = file->WriteAt(*size, absl::StrCat(is_cut_short ? "\n" : "", line, "\n"));
  HANSA_RETURN_IF_ERROR(written);
  return file->Sync();
}

absl::StatusOr<std::vector<AuditLine>> AuditLog::Read(std::size_t lines_max) const {
  // While it is held no file is put aside. Where it is not there, the last one was put aside at this moment, or nothing
  // was written yet.
  absl::StatusOr<storage::OpenFile> newest = OpenToRead(paths_.audit);
  while (newest.ok() && !IsStillThere(*newest)) newest = OpenToRead(paths_.audit);
  const bool is_there = !absl::IsNotFound(newest.status());
  if (is_there) HANSA_RETURN_IF_ERROR(newest.status());
  std::vector<std::string> paths;  // newest first
  if (is_there) paths.push_back(paths_.audit);
  const absl::StatusOr<std::uint32_t> last = LastPutAside(paths_);
  HANSA_RETURN_IF_ERROR(last.status());
  for (std::uint32_t number = *last; number > 0; --number) paths.push_back(PathOf(paths_, number));
  const absl::StatusOr<Lines> read = ReadBack(paths, lines_max);
  HANSA_RETURN_IF_ERROR(read.status());
  std::vector<AuditLine> lines;
  for (std::size_t i = read->first; i < read->texts.size(); ++i) {
    lines.push_back(LineOf(read->texts[i], i == 0 ? "" : HashOf(read->texts[i - 1])));
  }
  if (lines.size() > lines_max) lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(lines_max));
  return lines;
}

}  // namespace hansa::node::accounts
