#include "node/cli/folder_examination.h"

#include <fcntl.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "node/api/version.h"
#include "node/charter.h"
#include "node/desk/store_examination.h"
#include "node/desk/verifier.h"
#include "node/membership/held_folder.h"
#include "node/membership/json_file.h"
#include "node/node_folder.h"
#include "node/wire/key_probe.h"
#include "replication/check.h"
#include "storage/files.h"
#include "storage/folder_lock.h"
#include "storage/high_water.h"

namespace hansa::node::cli {
namespace {

namespace fs = std::filesystem;
using replication::Pin;

constexpr int kSyncedWrites = 41;
constexpr std::size_t kWriteBytes = 512;
constexpr std::chrono::milliseconds kHubPatience{10'000};
// Of files with a wrong owner as many are named as a person reads.
constexpr std::size_t kForeignFilesMax = 10;

std::string LoginOf(uid_t uid) {
  std::array<char, 4096> room{};
  passwd entry{};
  passwd* found = nullptr;
  if (::getpwuid_r(uid, &entry, room.data(), room.size(), &found) != 0 || found == nullptr) return absl::StrCat(uid);
  return found->pw_name;
}

// The median of small writes to a file without a name, each synced, so that a kill leaves nothing behind.
absl::StatusOr<absl::Duration> MedianOfSyncedWrites(const std::string& folder) {
  const std::string path = absl::StrCat(folder, "/doctor.", ::getpid());
  absl::StatusOr<storage::OpenFile> file = storage::OpenFile::Open(path, O_RDWR | O_CREAT | O_EXCL);
  HANSA_RETURN_IF_ERROR(file.status());
  if (::unlink(path.c_str()) != 0) return storage::FileError("remove", path, errno);
  std::vector<absl::Duration> taken;
  for (int i = 0; i < kSyncedWrites; ++i) {
    const auto begun = std::chrono::steady_clock::now();
    HANSA_RETURN_IF_ERROR(file->WriteAt(0, std::string(kWriteBytes, static_cast<char>('a' + i % 26))));
    HANSA_RETURN_IF_ERROR(file->Sync());
    taken.push_back(absl::FromChrono(std::chrono::steady_clock::now() - begun));
  }
  std::nth_element(taken.begin(), taken.begin() + kSyncedWrites / 2, taken.end());
  return taken[kSyncedWrites / 2];
}

void ExamineDisk(const std::string& folder, desk::Examination& examination) {
  const absl::StatusOr<absl::Duration> median = MedianOfSyncedWrites(folder);
  if (!median.ok()) return examination.NotMade(desk::check::kDisk, median.status().message());
  Judge(desk::SyncSpeed{folder, *median}, examination);
}

// Bytes and number of the files below `folder`.
desk::SetAside SizeOf(const std::string& folder) {
  desk::SetAside size{.path = folder};
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    std::error_code ignored;
    if (!at->is_regular_file(ignored) || at->is_symlink(ignored)) continue;
    const std::uintmax_t bytes = at->file_size(ignored);
    if (ignored) continue;  // it has just gone
    size.bytes += bytes;
    ++size.files;
  }
  return size;
}

void ExamineSpace(const NodePaths& paths, desk::Examination& examination) {
  const absl::StatusOr<storage::DiskSpace> disk = storage::SpaceOf(paths.folder);
  if (!disk.ok()) return examination.NotMade(desk::check::kSpace, disk.status().message());
  Judge(desk::Space{paths.folder, *disk}, examination);
}

desk::FileRole RoleOf(const fs::path& path, const NodePaths& paths) {
  if (path == paths.keys || path == paths.accounts_folder) return desk::FileRole::kPrivateFolder;
  if (path == paths.socket) return desk::FileRole::kSocket;
  const bool is_key = path.parent_path() == paths.keys && path.filename().string().find(".key") != std::string::npos;
  return is_key ? desk::FileRole::kKey : desk::FileRole::kOther;
}

absl::StatusOr<struct stat> StatOf(const std::string& path) {
  struct stat found {};
  if (::lstat(path.c_str(), &found) == 0) return found;
  return storage::FileError("look at", path, errno);
}

void ExamineFiles(const NodePaths& paths, desk::Examination& examination) {
  const absl::StatusOr<struct stat> own = StatOf(paths.folder);
  if (!own.ok()) return examination.NotMade(desk::check::kFiles, own.status().message());
  desk::FolderFiles files{.owner = LoginOf(own->st_uid), .files = {}};
  files.files.push_back({paths.folder, desk::FileRole::kPrivateFolder, own->st_mode, files.owner});
  std::error_code error;
  std::size_t foreign = 0;
  for (fs::recursive_directory_iterator at(paths.folder, error), end; !error && at != end; at.increment(error)) {
    const absl::StatusOr<struct stat> found = StatOf(at->path());
    if (!found.ok()) continue;  // it has just gone
    const desk::FileRole role = RoleOf(at->path(), paths);
    const bool is_foreign = found->st_uid != own->st_uid;
    if (role == desk::FileRole::kOther && (!is_foreign || ++foreign > kForeignFilesMax)) continue;
    files.files.push_back({at->path(), role, found->st_mode, LoginOf(found->st_uid)});
  }
  if (error) {
    return examination.NotMade(desk::check::kFiles,
                               absl::StrCat("cannot look into ", paths.folder, ": ", error.message()));
  }
  Judge(files, examination);
}

absl::Status ReadCharter(const std::string& path) {
  const absl::StatusOr<std::string> json = ReadFile(path, membership::kFileBytesMax);
  HANSA_RETURN_IF_ERROR(json.status());
  return DecodeCharter(*json).status();
}

// A key that others may read is a matter of ExamineFiles.
absl::Status ReadKeyAt(const std::string& path) {
  const absl::Status read = ReadKey(path).status();
  return absl::IsFailedPrecondition(read) ? absl::OkStatus() : read;
}

void ExamineFormats(const NodePaths& paths, desk::Examination& examination) {
  const std::vector<desk::ReadFact> read = {
      {paths.identity, ReadIdentity(paths.identity).status()},
      {paths.charter, ReadCharter(paths.charter)},
      {paths.writer_key, ReadKeyAt(paths.writer_key)},
      {paths.tls_key, ReadKeyAt(paths.tls_key)},
      {paths.high_water, storage::HighWaterFile::Open(paths.high_water).status()}};
  // What another user may not read says nothing of its form.
  for (const desk::ReadFact& fact : read) {
    if (storage::IsKeptFromFile(fact.status)) {
      return examination.NotMade(desk::check::kFormat, fact.status.message());
    }
  }
  desk::JudgeFormats(read, examination);
}

void ExamineSetAside(const NodePaths& paths, desk::Examination& examination) {
  const std::string parent = absl::StrCat(paths.database, "/quarantine");
  std::vector<desk::SetAside> folders;
  std::error_code error;
  if (fs::exists(parent, error)) {
    for (fs::directory_iterator at(parent, error), end; !error && at != end; at.increment(error)) {
      folders.push_back(SizeOf(at->path()));
    }
  }
  if (error) {
    return examination.NotMade(desk::check::kSetAside,
                               absl::StrCat("cannot look into ", parent, ": ", error.message()));
  }
  std::sort(folders.begin(), folders.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  Judge(folders, examination);
}

void NoNode(desk::Examination& examination, const char* check) {
  examination.NotMade(check, "only a running node can tell");
}

void ExamineHeld(const std::string& folder, const membership::HeldFolder& held, desk::Examination& examination) {
  const absl::StatusOr<desk::VerifyReport> report = desk::VerifyHeld(held.database->feeds(), held.roster, std::nullopt);
  // Every row, also of parts that no signature stands for.
  const absl::Status read = held.database->ReadEverything([] { return false; });
  if (!report.ok() || absl::IsDataLoss(read)) {
    desk::JudgeUnreadable(report.ok() ? read : report.status(), examination);
  } else if (!read.ok()) {
    examination.NotMade(desk::check::kChain, read.message());
  } else {
    Judge(*report, examination);
  }
  const absl::StatusOr<storage::FenceFinding> water = membership::CompareWithHighWater(folder, held);
  if (!water.ok()) return examination.NotMade(desk::check::kFence, water.status().message());
  JudgeStopped(*water, examination);
}

// The store opened to read, by the only user who leaves nothing foreign there, while no node has it.
absl::StatusOr<membership::HeldFolder> OpenStopped(const NodePaths& paths) {
  const absl::StatusOr<struct stat> own = StatOf(paths.folder);
  HANSA_RETURN_IF_ERROR(own.status());
  if (own->st_uid != ::geteuid()) {
    return absl::PermissionDeniedError(
        absl::StrCat("the folder belongs to ", LoginOf(own->st_uid), "; run `hansa doctor` as that user"));
  }
  return membership::OpenHeldFolder(paths.folder);
}

// Why the store could not be opened: a finding where that is one.
void NotOpened(const NodePaths& paths, const absl::Status& status, desk::Examination& examination) {
  examination.NotMade(desk::check::kFence, status.message());
  if (absl::IsDataLoss(status)) return desk::JudgeUnreadable(status, examination);
  examination.NotMade(desk::check::kChain, status.message());
  // Another version wrote it, or a node has it that does not answer: only the first is about the store.
  const bool is_held = absl::IsFailedPrecondition(storage::FolderLock::Take(paths.database).status());
  if (absl::IsFailedPrecondition(status) && !is_held) desk::AddFormat({paths.database, status}, examination);
}

desk::HubDoor DoorOf(const absl::StatusOr<Pin>& shown, const std::set<Pin>& expected) {
  if (shown.ok()) return expected.contains(*shown) ? desk::HubDoor::kPinned : desk::HubDoor::kOtherKey;
  switch (shown.status().code()) {
    case absl::StatusCode::kNotFound:
      return desk::HubDoor::kNoSuchName;
    case absl::StatusCode::kDeadlineExceeded:
      return desk::HubDoor::kTimedOut;
    case absl::StatusCode::kUnavailable:
      return desk::HubDoor::kRefused;
    case absl::StatusCode::kFailedPrecondition:
      return desk::HubDoor::kNoTls;
    default:
      return desk::HubDoor::kFailed;
  }
}

std::optional<Pin> OwnPin(const NodePaths& paths) {
  const absl::StatusOr<replication::Seed> seed = ReadKey(paths.tls_key);
  if (!seed.ok()) return std::nullopt;
  return replication::PinOf(replication::SodiumCrypto(), replication::SodiumSigner(*seed)->public_key());
}

}  // namespace

void ExamineFolder(const std::string& folder, desk::Examination& examination) {
  const NodePaths paths(folder);
  ExamineDisk(folder, examination);
  ExamineSpace(paths, examination);
  ExamineFiles(paths, examination);
  ExamineFormats(paths, examination);
  ExamineSetAside(paths, examination);
}

StoreSeen ExamineStoppedStore(const std::string& folder, desk::Examination& examination) {
  StoreSeen seen;
  NoNode(examination, desk::check::kIndex);
  NoNode(examination, desk::check::kPeers);
  const NodePaths paths(folder);
  const absl::StatusOr<membership::HeldFolder> held = OpenStopped(paths);
  if (!held.ok()) {
    NotOpened(paths, held.status(), examination);
    return seen;
  }
  ExamineHeld(folder, *held, examination);
  const absl::StatusOr<Identity> identity = ReadIdentity(paths.identity);
  if (identity.ok()) seen.own = identity->slug;
  const auto claims = desk::NewestClaims(held->database->feeds(), held->roster);
  if (claims.ok()) seen.claims = *claims;
  seen.hub_pins = desk::HubPins(held->roster);
  return seen;
}

absl::Time BuiltOn() {
  absl::Time built;
  std::string error;
  HANSA_CHECK(absl::ParseTime("%Y-%m-%d", api::BuildDay(), &built, &error));
  return built;
}

void ExamineClock(const StoreSeen& seen, desk::Examination& examination) {
  Judge(desk::ClockFacts{seen.now.value_or(absl::Now()), BuiltOn(), seen.claims, seen.own}, examination);
}

void ExamineHubs(const std::string& folder, const std::set<Pin>& pins, desk::Examination& examination) {
  const NodePaths paths(folder);
  const absl::StatusOr<std::string> json = ReadFile(paths.charter, membership::kFileBytesMax);
  if (!json.ok()) return examination.NotMade(desk::check::kHub, json.status().message());
  const absl::StatusOr<Charter> charter = DecodeCharter(*json);
  if (!charter.ok()) return examination.NotMade(desk::check::kHub, charter.status().message());
  const std::optional<Pin> own = OwnPin(paths);
  std::vector<desk::HubFact> facts;
  for (const HubAddress& hub : charter->hubs) {
    std::set<Pin> expected(hub.pins.begin(), hub.pins.end());
    if (own && expected.contains(*own)) continue;
    expected.insert(pins.begin(), pins.end());
    const absl::StatusOr<Pin> shown = wire::PinShownAt(hub.endpoint, kHubPatience);
    facts.push_back({hub.endpoint, DoorOf(shown, expected), shown.ok() ? "" : std::string(shown.status().message())});
  }
  if (facts.empty()) return examination.NotMade(desk::check::kHub, "this node is the only hub that the charter names");
  Judge(facts, examination);
}

}  // namespace hansa::node::cli
