#include "node/membership/key_files.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "node/node_folder.h"
#include "replication/check.h"

namespace hansa::node::membership {
namespace {

constexpr char kEnding[] = ".key";

}  // namespace

std::vector<std::string> KeyNames(absl::string_view what, std::size_t count) {
  if (count == 1) return {absl::StrCat(what, kEnding)};
  std::vector<std::string> names;
  for (std::size_t i = 1; i <= count; ++i) names.push_back(absl::StrCat(what, "-", i, kEnding));
  return names;
}

std::vector<KeyFile> KeyFilesIn(const std::string& folder, absl::string_view what,
                                const std::vector<replication::Seed>& seeds) {
  const std::vector<std::string> names = KeyNames(what, seeds.size());
  std::vector<KeyFile> files;
  for (std::size_t i = 0; i < seeds.size(); ++i) files.push_back({absl::StrCat(folder, "/", names[i]), seeds[i]});
  return files;
}

absl::Status CheckNoneThere(const std::vector<KeyFile>& files) {
  for (const KeyFile& file : files) {
    std::error_code ignored;
    if (!std::filesystem::exists(std::filesystem::symlink_status(file.path, ignored))) continue;
    return absl::AlreadyExistsError(absl::StrCat("the key ", file.path, " is there already and is never overwritten"));
  }
  return absl::OkStatus();
}

absl::Status WriteKeys(const std::vector<KeyFile>& files) {
  HANSA_RETURN_IF_ERROR(CheckNoneThere(files));
  for (std::size_t i = 0; i < files.size(); ++i) {
    const absl::Status written = WriteKey(files[i].path, files[i].seed);
    if (written.ok()) continue;
    std::error_code ignored;
    for (std::size_t made = 0; made < i; ++made) std::filesystem::remove(files[made].path, ignored);
    return written;
  }
  return absl::OkStatus();
}

std::vector<std::string> KeysIn(const std::string& folder, absl::string_view what) {
  std::error_code error;
  std::vector<std::string> paths;
  for (std::filesystem::directory_iterator file(folder, error), end; !error && file != end; file.increment(error)) {
    const std::string name = file->path().filename().string();
    const bool is_one = name == absl::StrCat(what, kEnding) || absl::StartsWith(name, absl::StrCat(what, "-"));
    if (is_one && absl::EndsWith(name, kEnding)) paths.push_back(file->path().string());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::vector<std::string> KeysBeside(const std::string& data_folder, absl::string_view what) {
  std::error_code error;
  return KeysIn((std::filesystem::absolute(data_folder, error) / "..").string(), what);
}

}  // namespace hansa::node::membership
