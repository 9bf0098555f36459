// What the daemon does about its disk: opening a store that may be damaged, comparing it with the high-water file,
// going on after a full disk or after damage without a start of the process.
#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/synchronization/notification.h"
#include "node/daemon/daemon.h"
#include "node/daemon/log.h"
#include "node/membership/held_roster.h"
#include "replication/check.h"
#include "replication/collections.h"
#include "storage/contents.h"
#include "storage/file_chunks.h"

namespace hansa::node {
namespace {

std::vector<storage::Mark> MarksOf(const std::vector<storage::HeldFeed>& feeds) {
  std::vector<storage::Mark> marks;
  marks.reserve(feeds.size());
  for (const storage::HeldFeed& feed : feeds) marks.push_back({feed.feed, feed.newest.len, feed.newest.head});
  return marks;
}

// A refusal by the disk itself, not by what stands on it already.
bool IsRefusal(const replication::Event& event) {
  if (std::holds_alternative<replication::WriteFailed>(event)) return true;
  if (const auto* chunk = std::get_if<replication::ChunkWritten>(&event)) return !chunk->why.ok();
  const auto* failed = std::get_if<replication::CommitFailed>(&event);
  return failed != nullptr && !absl::IsFailedPrecondition(failed->why);
}

std::string InWords(const storage::MendedFeed& feed) {
  return absl::StrCat("member ", feed.author.member.value(), ", ", replication::CollectionName(feed.author.collection),
                      ": ", feed.kept.value(), " of ", feed.had.value(), " entries kept, ", feed.payloads_lost,
                      " of them without what is in them");
}

}  // namespace

// The ladder: as it is; without the end of a damaged log; a new store with all that is whole of the damaged one.
absl::Status Daemon::OpenStore() {
  absl::StatusOr<std::unique_ptr<storage::Database>> database = storage::Database::Open(paths_.database);
  if (absl::IsDataLoss(database.status())) {
    LogError("the store is damaged: %s; its log is put aside and what stands before the damage is opened",
             std::string(database.status().message()));
    database = storage::Database::Salvage(paths_.database);
    if (database.ok()) TellSalvaged();
  }
  if (absl::IsDataLoss(database.status())) {
    LogError("the store is damaged beyond its log: %s; what is whole of it is put in a new one",
             std::string(database.status().message()));
    storage::MendReport report;
    database = storage::Database::OpenMended(paths_.database, report);
    if (database.ok()) TellMended(report);
  }
  HANSA_RETURN_IF_ERROR(database.status());
  database_ = *std::move(database);
  visible_ = std::make_unique<VisibleFeeds>(database_->feeds());
  absl::StatusOr<std::unique_ptr<storage::HighWaterFile>> high_water = storage::HighWaterFile::Open(paths_.high_water);
  if (absl::IsDataLoss(high_water.status())) return absl::FailedPreconditionError(high_water.status().message());
  HANSA_RETURN_IF_ERROR(high_water.status());
  high_water_ = *std::move(high_water);
  return absl::OkStatus();
}

absl::Status Daemon::MendStore(const absl::Status& why) {
  LogError("the store is damaged: %s; what is whole of it is put in a new one", std::string(why.message()));
  const absl::StatusOr<storage::MendReport> report = database_->Mend();
  HANSA_RETURN_IF_ERROR(report.status());
  TellMended(*report);
  pins_in_doubt_ = true;
  if (log_is_damaged_.exchange(false)) TellSalvaged();
  return absl::OkStatus();
}

// What was written last is not signed yet, or not known to others: nobody can give it back.
void Daemon::TellSalvaged() {
  LogError("the end of the store's log is lost: drafts and publications that waited may be among it");
  salvaged_ += 1;
}

void Daemon::TellMended(const storage::MendReport& report) {
  for (const storage::MendedFeed& feed : report.damaged) LogError("damaged: %s", InWords(feed));
  if (!report.unread.empty()) LogError("some rows could not be read of: %s", absl::StrJoin(report.unread, ", "));
  if (report.pieced_together) LogError("the store was put together anew from its files; some may have been of no use");
  LogError("the damaged store lies in %s; what it lacked is fetched from others", report.set_aside);
  mended_ += 1;
}

absl::StatusOr<replication::ReplicaStart> Daemon::ReadStart() {
  absl::StatusOr<replication::ReplicaStart> start = MakeStart();
  HANSA_RETURN_IF_ERROR(start.status());
  HANSA_RETURN_IF_ERROR(CompareWithHighWater(*start));
  return start;
}

absl::StatusOr<replication::ReplicaStart> Daemon::ReadStartOrMend() {
  absl::StatusOr<replication::ReplicaStart> start = ReadStart();
  if (!absl::IsDataLoss(start.status())) return start;
  HANSA_RETURN_IF_ERROR(MendStore(start.status()));
  return ReadStart();
}

absl::StatusOr<std::vector<storage::HeldFeed>> Daemon::OwnFeeds() const {
  absl::StatusOr<std::vector<storage::HeldFeed>> held = database_->feeds().Feeds();
  HANSA_RETURN_IF_ERROR(held.status());
  std::erase_if(*held, [this](const storage::HeldFeed& feed) { return !own_writers_.contains(feed.author.writer); });
  return held;
}

// Only what this very machine has signed into this very database can be said to be all that was signed.
absl::StatusOr<std::optional<replication::LostRoster>> Daemon::FindLostRoster(
    const replication::ReplicaStart& start) const {
  const std::optional<storage::HighWater> contents = high_water_->contents();
  const bool is_ours = contents && contents->database == database_->id() && contents->machine == storage::ThisMachine();
  if (start.roster_writer == nullptr || !is_ours) return std::nullopt;
  // Then the mark may be of what a peer has shown, which somebody else may have signed.
  if (replication::IsToRecover(start.notes, start.roster_writer->public_key())) return std::nullopt;
  const auto mark = std::find_if(contents->marks.begin(), contents->marks.end(),
                                 [&](const storage::Mark& each) { return each.feed == start.roster.feed(); });
  if (mark == contents->marks.end()) return std::nullopt;
  const absl::StatusOr<storage::HeldFeed> held = database_->feeds().Feed(mark->feed);
  if (!held.ok() && !absl::IsNotFound(held.status())) return held.status();
  if (held.ok() && held->newest.len >= mark->len) return std::nullopt;
  return replication::LostRoster{{mark->feed, mark->len, mark->head, replication::Signature()},
                                 membership::PinsKept(*database_)};
}

// Whether what this node signed with the keys it has now is all there, but what is known to be `lost`.
absl::StatusOr<storage::FenceFinding> Daemon::FindFence(const replication::Roster& roster,
                                                        const std::optional<replication::LostRoster>& lost) const {
  const absl::StatusOr<std::vector<storage::HeldFeed>> own = OwnFeeds();
  HANSA_RETURN_IF_ERROR(own.status());
  std::optional<storage::HighWater> contents = high_water_->contents();
  if (contents) {
    if (lost) std::erase_if(contents->marks, [&](const auto& mark) { return mark.feed == lost->signed_to.feed; });
    const absl::StatusOr<std::vector<storage::HeldFeed>> all = database_->feeds().Feeds();
    HANSA_RETURN_IF_ERROR(all.status());
    // What an earlier key signed is for its seal to settle. Whose a feed is, is known to the store where the roster is
    // short.
    std::erase_if(contents->marks, [&](const storage::Mark& mark) {
      const auto held =
          std::find_if(all->begin(), all->end(), [&](const auto& feed) { return feed.feed == mark.feed; });
      if (held != all->end()) return !own_writers_.contains(held->author.writer);
      const replication::FeedAuthor* author = roster.AuthorOf(mark.feed);
      return author != nullptr && !own_writers_.contains(author->writer);
    });
  }
  return storage::CompareWithStore(contents, database_->id(), storage::ThisMachine(), *own);
}

absl::Status Daemon::CompareWithHighWater(replication::ReplicaStart& start) {
  if (own_writers_.empty()) {
    own_writers_.insert(start.writer->public_key());
    if (start.roster_writer != nullptr) own_writers_.insert(start.roster_writer->public_key());
  }
  absl::StatusOr<std::optional<replication::LostRoster>> lost = FindLostRoster(start);
  HANSA_RETURN_IF_ERROR(lost.status());
  start.lost_roster = *std::move(lost);
  if (start.lost_roster) {
    LogError(
        "the list of members is held here up to its entry %d, and was signed up to %d: the rest is taken back from "
        "members",
        start.roster.position().len.value(), start.lost_roster->signed_to.len.value());
  }
  const absl::StatusOr<storage::FenceFinding> found = FindFence(start.roster, start.lost_roster);
  HANSA_RETURN_IF_ERROR(found.status());
  const storage::FenceFinding& finding = *found;
  if (finding.fence == storage::Fence::kIntact) {
    high_water_off_ = false;
    const absl::StatusOr<std::vector<storage::HeldFeed>> own = OwnFeeds();
    HANSA_RETURN_IF_ERROR(own.status());
    // A crash between the write and the mark left the store ahead: what it holds may be told to peers from now on, so
    // the mark must say so first.
    std::vector<storage::Mark> marks = MarksOf(*own);
    if (start.lost_roster) {
      std::erase_if(marks, [&](const storage::Mark& mark) { return mark.feed == start.lost_roster->signed_to.feed; });
    }
    if (high_water_->contents()) return marks.empty() ? absl::OkStatus() : high_water_->Record(marks);
    return high_water_->Replace({database_->id(), storage::ThisMachine(), marks});
  }
  const bool is_foreign = finding.fence == storage::Fence::kIdsDiffer;
  start.high_water = is_foreign ? replication::HighWaterFinding::kForeign : replication::HighWaterFinding::kLost;
  high_water_off_ = true;
  LogError("publishing is closed: %s", finding.detail);
  return absl::OkStatus();
}

// The fence was opened although the high-water file speaks of another machine, or of what is not here any more: from
// now on it speaks of what is here. Before anything new is signed.
void Daemon::OnFenceMoved(replication::Fence fence) {
  const bool may_sign = fence == replication::Fence::kOpen || fence == replication::Fence::kUnconfirmed;
  if (!may_sign) return;
  if (high_water_off_.exchange(false)) {
    disk_->After([this] {
      const absl::StatusOr<std::vector<storage::HeldFeed>> own = OwnFeeds();
      if (!own.ok()) return LogError("high-water file: %s", std::string(own.status().message()));
      const absl::Status replaced = high_water_->Replace({database_->id(), storage::ThisMachine(), MarksOf(*own)});
      if (!replaced.ok()) LogError("high-water file: %s", std::string(replaced.message()));
    });
  }
  outbox_thread_->Notify();
}

void Daemon::OnDisk(replication::Event event) {
  if (IsRefusal(event)) caretaker_->DiskRefused();
  const auto* chunk = std::get_if<replication::ChunkWritten>(&event);
  if (chunk == nullptr || !chunk->why.ok()) return static_cast<void>(inbox_->Push(std::move(event)));
  const replication::ChunkWritten written = *chunk;
  inbox_->Push(std::move(event));
  TellChunk(written);
}

// On the disk thread.
void Daemon::TellChunk(const replication::ChunkWritten& written) {
  absl::MutexLock lock(&chunk_mutex_);
  if (chunk_told_) chunk_told_(written.file, written.index);
}

void Daemon::OnChunk(ChunkTold told) {
  absl::MutexLock lock(&chunk_mutex_);
  chunk_told_ = std::move(told);
}

void Daemon::WantFile(const replication::WantedFile& file) { replication_->WantFile(file); }
void Daemon::StopWanting(const replication::Hash& file) { replication_->StopWanting(file); }

// Of those that were wanted before the disk was seen to: what is left of their chunks. What cannot be read is fetched
// again.
void Daemon::WantFilesAnew(std::vector<replication::WantedFile> files) {
  for (replication::WantedFile& file : files) {
    file.held.clear();
    for (std::uint32_t index = 0; index < file.chunks.size(); ++index) {
      const std::string key = storage::ChunkKey(file.file, index);
      if (database_->tables().Get(storage::Table::kFiles, key).ok()) file.held.insert(index);
    }
    replication_->WantFile(file);
  }
}

void Daemon::MakeCaretaker() {
  const auto mend = [this] { return MendStore(absl::DataLossError("it does not read as it was written")); };
  caretaker_ = std::make_unique<Caretaker>(
      Caretaker::Parts{[this] { return database_->Space(); },
                       [this](storage::Room room, const storage::DiskSpace& space) { OnRoom(room, space); },
                       [this](bool taken) {
                         absl::MutexLock lock(&health_mutex_);
                         is_healthy_ = taken;
                         if (health_) health_(taken);
                       },
                       [this] {
                         return BeginAnew([this] {
                           const absl::Status reopened = database_->Reopen();
                           if (absl::IsDataLoss(reopened)) log_is_damaged_ = true;
                           return reopened;
                         });
                       },
                       [this, mend] { return BeginAnew(mend); },
                       [this] {
                         const absl::Status done = database_->FinishErasing();
                         if (!done.ok()) LogError("erasing what is left in files: %s", std::string(done.message()));
                       }});
  database_->OnTrouble([this](const absl::Status& status) {
    LogError("disk: %s", std::string(status.message()));
    if (absl::IsDataLoss(status)) return caretaker_->Damaged();
    caretaker_->DiskRefused();
  });
}

void Daemon::StartScrubber() {
  scrubber_ = std::make_unique<Scrubber>([this](const Scrubber::IsUnwanted& is_unwanted) {
    const absl::StatusOr<storage::Contents> read =
        storage::ReadContents(*database_, replication::SodiumCrypto(), is_unwanted);
    if (read.ok()) {
      LogInfo("everything held was read again: %d entries of %d feeds", read->entries, read->feeds.size());
    } else if (absl::IsDataLoss(read.status())) {
      LogError("reading everything again: %s", std::string(read.status().message()));
      caretaker_->Damaged();
    } else if (!absl::IsCancelled(read.status())) {
      LogError("reading everything again: %s", std::string(read.status().message()));
    }
  });
}

void Daemon::OnHealth(std::function<void(bool)> told) {
  absl::MutexLock lock(&health_mutex_);
  health_ = std::move(told);
  health_(is_healthy_);
}

DiskView Daemon::DiskNow() const {
  return {caretaker_->space(), caretaker_->room(), caretaker_->is_refused(), mended_.load(), salvaged_.load()};
}

absl::Status Daemon::CheckRoom() const {
  if (caretaker_->room() != storage::Room::kNone) return absl::OkStatus();
  return absl::ResourceExhaustedError(
      absl::StrCat("the disk is nearly full, ", storage::FreeOfTotal(caretaker_->space()),
                   " free: nothing was published; free some space or enlarge the disk, and try again"));
}

// Who asks for the views waits meanwhile: those of the new store are empty until they are rebuilt. Everything rests
// while the disk is seen to; then the core begins as it does when the process starts, which is what it is proven for.
absl::Status Daemon::BeginAnew(const std::function<absl::Status()>& see_to_disk) {
  absl::MutexLock resting(&anew_mutex_);
  LogInfo("the node rests while its disk is seen to");
  replication_->Rest();
  absl::Notification is_idle;
  if (!disk_->After([&] { is_idle.Notify(); })) return absl::UnavailableError("the node is stopping");
  is_idle.WaitForNotification();
  sees_to_disk_ = true;  // a backup that runs would keep the store open
  const absl::Status seen_to = see_to_disk();
  sees_to_disk_ = false;
  // Whoever chooses what is kept waits until the core has begun with what was chosen before.
  absl::MutexLock keeping(&keeping_);
  // Where it was in vain the node goes on with what it can read, until it is tried again.
  absl::StatusOr<replication::ReplicaStart> start = seen_to.ok() ? ReadStartOrMend() : ReadStart();
  // A store that could not be opened cannot be read either: why not, the attempt has said.
  if (!start.ok()) return seen_to.ok() ? start.status() : seen_to;
  HANSA_RETURN_IF_ERROR(OpenOutbox());
  WantFilesAnew(replication_->BeginAnew(*std::move(start)));
  // They may show what is not there any more, or be empty.
  RebuildViews();
  outbox_thread_->Notify();
  LogInfo("the node goes on");
  return seen_to;
}

// Nothing is added while it is read: it would be forgotten.
absl::Status Daemon::OpenOutbox() {
  absl::MutexLock lock(&outbox_mutex_);
  absl::StatusOr<Outbox> outbox = Outbox::Open(database_->tables());
  HANSA_RETURN_IF_ERROR(outbox.status());
  outbox_.emplace(*std::move(outbox));
  return absl::OkStatus();
}

void Daemon::OnRoom(storage::Room room, const storage::DiskSpace& space) {
  LogInfo("the disk has %s free, which is %s", storage::FreeOfTotal(space), storage::RoomName(room));
  replication_->SetRoom(room == storage::Room::kAmple || room == storage::Room::kNoImports);
}

}  // namespace hansa::node
