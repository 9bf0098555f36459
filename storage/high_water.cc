#include "storage/high_water.h"

#include <fcntl.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "replication/check.h"
#include "replication/crypto.h"
#include "storage/feed_rules.h"

namespace hansa::storage {

using replication::ByteReader;
using replication::Bytes;
using replication::BytesView;
using replication::ByteWriter;
using replication::FeedId;
using replication::Hash;
using replication::Sequence;

namespace {

// A slot: magic 8 ‖ u32 version ‖ u64 counter ‖ u32 length ‖ payload ‖ SHA-256 of all before.
// Its payload: database id 16 ‖ machine id 16 ‖ u32 n ‖ n × (feed id 16 ‖ u64 len ‖ head 32).
constexpr char kMagic[] = "hansahwm";
constexpr std::size_t kMagicBytes = 8;
constexpr std::size_t kSlotHeadBytes = kMagicBytes + 4 + 8 + 4;
constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kSlotBytes = 16384;
static_assert(kSlotHeadBytes + 36 + kMarksMax * 56 + Hash::kSize <= kSlotBytes);

struct Slot {
  std::uint32_t version = 0;
  std::uint64_t counter = 0;
  HighWater contents;
};

Bytes EncodeSlot(std::uint64_t counter, const HighWater& contents) {
  ByteWriter payload;
  payload.Raw(contents.database.view()).Raw(contents.machine.view());
  payload.U32(static_cast<std::uint32_t>(contents.marks.size()));
  for (const Mark& mark : contents.marks) {
    payload.Raw(mark.feed.view()).U64(mark.len.value()).Raw(mark.head.view());
  }
  ByteWriter slot;
  slot.Raw(BytesView(kMagic, kMagicBytes)).U32(kVersion).U64(counter);
  slot.U32(static_cast<std::uint32_t>(payload.bytes().size())).Raw(payload.bytes());
  slot.Raw(replication::SodiumCrypto().Sha256(slot.bytes()).view());
  return std::move(slot).bytes();
}

// nullopt if the slot was never written, or not wholly, or is damaged. Of a newer version only the counter is read.
std::optional<Slot> DecodeSlot(BytesView bytes) {
  ByteReader reader(bytes);
  if (reader.Raw(kMagicBytes) != BytesView(kMagic, kMagicBytes)) return std::nullopt;
  Slot slot;
  slot.version = reader.U32();
  slot.counter = reader.U64();
  const std::uint32_t length = reader.U32();
  ByteReader payload(reader.Raw(length));
  const Hash sum = reader.Take<Hash>();
  if (!reader.ok()) return std::nullopt;
  if (replication::SodiumCrypto().Sha256(bytes.substr(0, kSlotHeadBytes + length)) != sum) return std::nullopt;
  if (slot.version != kVersion) return slot;
  slot.contents.database = payload.Take<DatabaseId>();
  slot.contents.machine = payload.Take<MachineId>();
  const std::uint32_t count = payload.U32();
  if (count > kMarksMax) return std::nullopt;
  for (std::uint32_t i = 0; i < count; ++i) {
    Mark mark;
    mark.feed = payload.Take<FeedId>();
    mark.len = Sequence(payload.U64());
    mark.head = payload.Take<Hash>();
    slot.contents.marks.push_back(mark);
  }
  if (!payload.at_end()) return std::nullopt;
  return slot;
}

std::string FolderOf(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

}  // namespace

absl::StatusOr<std::unique_ptr<HighWaterFile>> HighWaterFile::Open(const std::string& path) {
  std::unique_ptr<HighWaterFile> file(new HighWaterFile(path));
  const absl::Status loaded = file->Load();
  if (!loaded.ok() && !absl::IsNotFound(loaded)) return loaded;
  return file;
}

absl::Status HighWaterFile::Load() {
  absl::MutexLock lock(&mutex_);
  absl::StatusOr<OpenFile> file = OpenFile::Open(path_, O_RDWR);
  HANSA_RETURN_IF_ERROR(file.status());
  const absl::StatusOr<std::string> bytes = file->ReadAll();
  HANSA_RETURN_IF_ERROR(bytes.status());
  existed_ = true;
  std::optional<Slot> newest;
  for (std::size_t start = 0; start < 2 * kSlotBytes && start < bytes->size(); start += kSlotBytes) {
    std::optional<Slot> slot = DecodeSlot(BytesView(*bytes).substr(start, kSlotBytes));
    if (slot && (!newest || slot->counter > newest->counter)) newest = std::move(slot);
  }
  if (!newest) {
    return absl::DataLossError(absl::StrCat("the high-water file ", path_,
                                            " is damaged in both its halves; move it away and start again: the node "
                                            "will then ask for the recovery of its own feeds"));
  }
  if (newest->version > kVersion) {
    return absl::FailedPreconditionError(absl::StrCat("the high-water file ", path_,
                                                      " was written by a newer Hansa (version ", newest->version,
                                                      "); start it with that version"));
  }
  counter_ = newest->counter;
  contents_ = std::move(newest->contents);
  file_ = *std::move(file);
  return absl::OkStatus();
}

std::optional<HighWater> HighWaterFile::contents() const {
  absl::MutexLock lock(&mutex_);
  return contents_;
}

std::vector<Mark> HighWaterFile::marks() const {
  absl::MutexLock lock(&mutex_);
  return contents_ ? contents_->marks : std::vector<Mark>();
}

absl::Status HighWaterFile::Replace(HighWater contents) {
  std::sort(contents.marks.begin(), contents.marks.end(), [](const Mark& a, const Mark& b) { return a.feed < b.feed; });
  const auto twice = std::adjacent_find(contents.marks.begin(), contents.marks.end(),
                                        [](const Mark& a, const Mark& b) { return a.feed == b.feed; });
  if (twice != contents.marks.end() || contents.marks.size() > kMarksMax) {
    return absl::InvalidArgumentError(
        absl::StrCat("the high-water file takes ", kMarksMax, " marks, one for each feed"));
  }
  absl::MutexLock lock(&mutex_);
  if (!file_) return Make(contents);
  return Write(std::move(contents));
}

absl::Status HighWaterFile::CheckMade() const {
  if (contents_) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat("the high-water file ", path_, " is not there yet: it is made when the node's ids are known"));
}

absl::Status HighWaterFile::Record(absl::Span<const Mark> marks) {
  absl::MutexLock lock(&mutex_);
  HANSA_RETURN_IF_ERROR(CheckMade());
  std::map<FeedId, Mark> by_feed;
  for (const Mark& mark : contents_->marks) by_feed.emplace(mark.feed, mark);
  for (const Mark& mark : marks) {
    const auto before = by_feed.find(mark.feed);
    if (before != by_feed.end() && mark.len < before->second.len) {
      return absl::FailedPreconditionError(absl::StrCat("the high-water mark of ", FeedName(mark.feed), " stands at ",
                                                        before->second.len.value(), "; it cannot go back to ",
                                                        mark.len.value()));
    }
    if (before != by_feed.end() && mark.len == before->second.len && mark.head != before->second.head) {
      return absl::FailedPreconditionError(absl::StrCat("the high-water mark of ", FeedName(mark.feed), " at ",
                                                        mark.len.value(), " belongs to another history"));
    }
    by_feed.insert_or_assign(mark.feed, mark);
  }
  if (by_feed.size() > kMarksMax) {
    return absl::ResourceExhaustedError(
        absl::StrCat("the high-water file has room for ", kMarksMax, " feeds of this node"));
  }
  HighWater moved{contents_->database, contents_->machine, {}};
  for (const auto& [feed, mark] : by_feed) moved.marks.push_back(mark);
  return Write(std::move(moved));
}

absl::Status HighWaterFile::Lower(const Mark& end) {
  absl::MutexLock lock(&mutex_);
  HANSA_RETURN_IF_ERROR(CheckMade());
  HighWater lowered = *contents_;
  const auto mark = std::find_if(lowered.marks.begin(), lowered.marks.end(),
                                 [&](const Mark& candidate) { return candidate.feed == end.feed; });
  if (mark == lowered.marks.end() || mark->len < end.len || *mark == end) return absl::OkStatus();
  if (end.len == Sequence(0)) {
    lowered.marks.erase(mark);
  } else {
    *mark = end;
  }
  return Write(std::move(lowered));
}

// Made aside and put in place by a rename, so that a file that is there always holds a whole slot.
absl::Status HighWaterFile::Make(const HighWater& contents) {
  const std::string aside = absl::StrCat(path_, ".new");
  absl::StatusOr<OpenFile> file = OpenFile::Open(aside, O_RDWR | O_CREAT | O_TRUNC);
  HANSA_RETURN_IF_ERROR(file.status());
  // Both slots have their space from now on: a full disk does not keep a mark from being written.
  HANSA_RETURN_IF_ERROR(file->WriteAt(0, Bytes(2 * kSlotBytes, '\0')));
  HANSA_RETURN_IF_ERROR(file->WriteAt(0, EncodeSlot(0, contents)));
  HANSA_RETURN_IF_ERROR(file->Sync());
  std::error_code error;
  std::filesystem::rename(aside, path_, error);
  if (error) return FileError("put in place", aside, error.value());
  HANSA_RETURN_IF_ERROR(SyncFolder(FolderOf(path_)));
  file_ = *std::move(file);
  contents_ = contents;
  counter_ = 0;
  return absl::OkStatus();
}

absl::Status HighWaterFile::Write(HighWater contents) {
  const std::uint64_t next = counter_ + 1;
  // A write that fails leaves counter_ as it is: the next one goes to the same slot, never to the good one.
  HANSA_RETURN_IF_ERROR(file_->WriteAt(next % 2 * kSlotBytes, EncodeSlot(next, contents)));
  HANSA_RETURN_IF_ERROR(file_->Sync());
  counter_ = next;
  contents_ = std::move(contents);
  return absl::OkStatus();
}

const char* FenceName(Fence fence) {
  static constexpr std::array<const char*, 5> kNames = {"intact", "store behind", "diverged", "file missing",
                                                        "ids differ"};
  return kNames[static_cast<std::size_t>(fence)];
}

FenceFinding CompareWithStore(const std::optional<HighWater>& high_water, const DatabaseId& database,
                              const MachineId& machine, absl::Span<const HeldFeed> own) {
  if (!high_water) {
    if (own.empty()) return {};
    return {Fence::kFileMissing, own.front().feed,
            absl::StrCat("the high-water file is missing, and ", own.size(), " own feeds are held")};
  }
  for (const Mark& mark : high_water->marks) {
    const auto held =
        std::find_if(own.begin(), own.end(), [&](const HeldFeed& feed) { return feed.feed == mark.feed; });
    const std::uint64_t len = held == own.end() ? 0 : held->newest.len.value();
    if (len < mark.len.value()) {
      return {Fence::kStoreBehind, mark.feed,
              absl::StrCat(FeedName(mark.feed), " ends at ", len, " in the store, but was published up to ",
                           mark.len.value())};
    }
    if (len == mark.len.value() && held != own.end() && held->newest.head != mark.head) {
      return {Fence::kDiverged, mark.feed,
              absl::StrCat(FeedName(mark.feed), " is held in another history than was published, at entry ", len)};
    }
  }
  if (high_water->database != database) {
    return {Fence::kIdsDiffer, std::nullopt, "the high-water file belongs to another database"};
  }
  if (high_water->machine != machine) {
    return {Fence::kIdsDiffer, std::nullopt, "the high-water file was written on another machine"};
  }
  return {};
}

}  // namespace hansa::storage
