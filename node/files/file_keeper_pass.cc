// What the keeper does again and again: reading which files new entries name, wanting them, letting go.
#include <algorithm>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "node/files/file_keeper.h"
#include "node/files/files_named.h"
#include "node/projection/entry_reading.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::files {
namespace {

using replication::Hash;

constexpr replication::Collection kNaming[] = {replication::kPractices, replication::kOffers,
                                               replication::kReviews,   replication::kDialogue,
                                               replication::kNotices,   replication::kStrategies};

bool MayName(replication::Collection collection) {
  return std::find(std::begin(kNaming), std::end(kNaming), collection) != std::end(kNaming);
}

// Feeds as they are stored: which entries have no payload here.
class Payloads {
 public:
  static absl::StatusOr<Payloads> Of(const storage::FeedStore& stored) {
    const absl::StatusOr<std::vector<storage::HeldFeed>> feeds = stored.Feeds();
    HANSA_RETURN_IF_ERROR(feeds.status());
    Payloads payloads;
    for (const storage::HeldFeed& held : *feeds) {
      Feed& feed = payloads.feeds_[held.feed];
      feed.len = held.newest.len;
      for (const storage::AbsentPayload& absent : held.absent) feed.absent.insert(absent.seq);
    }
    return payloads;
  }
  bool Has(const NamingEntry& entry) const {
    const auto feed = feeds_.find(entry.feed);
    return feed != feeds_.end() && entry.seq <= feed->second.len && !feed->second.absent.contains(entry.seq);
  }

 private:
  struct Feed {
    replication::Sequence len;
    std::set<replication::Sequence> absent;
  };
  std::map<replication::FeedId, Feed> feeds_;
};

bool HasPayload(const storage::FeedStore& feeds, const NamingEntry& entry) {
  const auto payloads = feeds.ReadPayloads(entry.feed, {&entry.seq, 1});
  return payloads.ok() && !payloads->empty();
}

}  // namespace

FileKeeper::Mark FileKeeper::MarkNow(const NodeView& view) const {
  Mark mark{view.roster, views_.changes(), 0, view.erasures, node_.Following(), view.keep};
  absl::MutexLock lock(&mutex_);
  mark.strays = stirred_;
  return mark;
}

absl::Status FileKeeper::Open() {
  absl::StatusOr<Files> all = shelf_.ReadAll();
  HANSA_RETURN_IF_ERROR(all.status());
  const absl::StatusOr<std::vector<Hash>> with_chunks = shelf_.WithChunks();
  HANSA_RETURN_IF_ERROR(with_chunks.status());
  absl::MutexLock lock(&mutex_);
  for (const Hash& file : *with_chunks) {
    if (!all->contains(file)) strays_.insert(file);
  }
  // What was put meanwhile stays.
  for (auto& [file, shelved] : *all) files_.emplace(file, std::move(shelved));
  for (const auto& [file, shelved] : files_) strays_.erase(file);
  is_open_ = true;
  return absl::OkStatus();
}

absl::Status FileKeeper::Pass() {
  absl::MutexLock passing(&passing_);
  if (!is_open_) HANSA_RETURN_IF_ERROR(Open());
  const NodeView view = node_.View();
  const Mark mark = MarkNow(view);
  if (mark == done_ && !IsHiddenGone()) return EraseStrays();  // for which there was no room
  HANSA_RETURN_IF_ERROR(ReadNew(view));
  HANSA_RETURN_IF_ERROR(LetGo(view));
  HANSA_RETURN_IF_ERROR(EraseStrays());
  HANSA_RETURN_IF_ERROR(WantAll(view));
  done_ = mark;
  absl::MutexLock lock(&mutex_);
  erasures_followed_ = mark.erasures.done;
  return absl::OkStatus();
}

bool FileKeeper::IsHiddenGone() const {
  return std::any_of(hidden_.begin(), hidden_.end(),
                     [this](const NamingEntry& entry) { return !HasPayload(stored_, entry); });
}

absl::Status FileKeeper::ReadNew(const NodeView& view) {
  const absl::StatusOr<std::vector<storage::HeldFeed>> feeds = stored_.Feeds();
  HANSA_RETURN_IF_ERROR(feeds.status());
  std::map<Shelf, std::string> marks;
  for (const storage::HeldFeed& held : *feeds) {
    const bool is_member = view.roster != nullptr && view.roster->state().members.contains(held.author.member);
    if (!is_member || !MayName(held.author.collection)) continue;
    const absl::StatusOr<replication::Sequence> read = views_.ReadOf(held.feed);
    HANSA_RETURN_IF_ERROR(read.status());
    absl::StrAppend(&marks[{held.author.member, held.author.collection}], held.feed.hex(), " ", read->value(), "\n");
  }
  for (auto& [shelf, mark] : marks) {
    if (const auto before = read_.find(shelf); before != read_.end() && before->second == mark) continue;
    const absl::StatusOr<bool> is_all = ReadShelf(shelf);
    HANSA_RETURN_IF_ERROR(is_all.status());
    if (!*is_all) mark.clear();  // looked at again
  }
  read_ = std::move(marks);
  return absl::OkStatus();
}

// False if the payload of an entry is not here, or not shown.
absl::StatusOr<bool> FileKeeper::ReadShelf(const Shelf& shelf) {
  const absl::StatusOr<std::vector<projection::RecordView>> records = views_.RecordsOf(shelf.first, shelf.second);
  HANSA_RETURN_IF_ERROR(records.status());
  bool is_all = true;
  for (const projection::RecordView& record : *records) {
    for (const projection::Revision& revision : record.revisions) {
      const NamingEntry entry{revision.position.feed, revision.position.seq};
      if (revision.retracted || revision.reading != projection::Reading::kUnderstood || seen_.contains(entry)) continue;
      const absl::StatusOr<replication::Bytes> payload = projection::ReadPayload(node_.feeds(), revision.position);
      if (!payload.ok()) {
        is_all = false;
        continue;
      }
      for (const replication::WantedFile& file : FilesNamedIn(revision.kind, *payload)) {
        HANSA_RETURN_IF_ERROR(Note(file, entry, {shelf.first, shelf.second}));
      }
      seen_.insert(entry);
    }
  }
  return is_all;
}

absl::Status FileKeeper::Note(const replication::WantedFile& file, const NamingEntry& entry, const NamedBy& by) {
  absl::MutexLock writing(&writing_);
  ShelvedFile shelved;
  {
    absl::MutexLock lock(&mutex_);
    const auto at = files_.find(file.file);
    if (at != files_.end()) shelved = at->second;
    if (at == files_.end()) shelved.file = file;
  }
  if (shelved.entries.contains(entry)) return absl::OkStatus();
  shelved.file.feed = entry.feed;
  shelved.file.seq = entry.seq;
  shelved.entries[entry] = by;
  HANSA_RETURN_IF_ERROR(shelf_.Keep(shelved));
  HANSA_RETURN_IF_ERROR(shelf_.KeepEntry(file.file, entry, by));
  absl::MutexLock lock(&mutex_);
  const auto at = files_.find(file.file);
  if (at != files_.end()) {  // chunks may have come meanwhile
    shelved.file.held = at->second.file.held;
    shelved.is_whole = at->second.is_whole;
  }
  files_[file.file] = std::move(shelved);
  fresh_.erase(file.file);
  return absl::OkStatus();
}

absl::Status FileKeeper::LetGo(const NodeView& view) {
  const absl::StatusOr<Payloads> payloads = Payloads::Of(stored_);
  HANSA_RETURN_IF_ERROR(payloads.status());
  hidden_.clear();
  for (auto& [file, shelved] : Copy()) {
    std::vector<NamingEntry> gone;
    for (const auto& [entry, by] : shelved.entries) {
      if (payloads->Has(entry)) {
        if (!HasPayload(node_.feeds(), entry)) hidden_.insert(entry);
        continue;
      }
      gone.push_back(entry);
      seen_.erase(entry);  // should it come again
    }
    if (gone.size() < shelved.entries.size()) {
      for (const NamingEntry& entry : gone) {
        absl::MutexLock writing(&writing_);
        HANSA_RETURN_IF_ERROR(shelf_.ForgetEntry(file, entry));
        absl::MutexLock lock(&mutex_);
        if (const auto at = files_.find(file); at != files_.end()) at->second.entries.erase(entry);
      }
      continue;
    }
    // The last entries go with the file: if this ends before, the next start knows whose it was.
    {
      absl::MutexLock lock(&mutex_);
      const auto at = files_.find(file);
      const bool waits = shelved.entries.empty() && (view.outbox.waiting > 0 || fresh_.contains(file));
      if (at == files_.end() || at->second.entries.size() > gone.size() || waits) continue;
      files_.erase(at);
      wanted_.erase(file);
      completed_.erase(file);
      strays_.insert(file);
    }
    node_.StopWanting(file);
  }
  return absl::OkStatus();
}

absl::Status FileKeeper::EraseStrays() {
  std::set<Hash> strays;
  {
    absl::MutexLock lock(&mutex_);
    strays.swap(strays_);
  }
  std::set<Hash> left;
  absl::Status failed;
  for (const Hash& file : strays) {
    absl::MutexLock writing(&writing_);
    if (IsKnown(file)) continue;
    const absl::Status erased = failed.ok() ? shelf_.Erase(file) : failed;
    if (erased.ok()) continue;
    left.insert(file);
    // For want of room it is gone from the table, and leaves the database's files at the next such call or opening.
    if (!absl::IsResourceExhausted(erased)) failed = erased;
  }
  absl::MutexLock lock(&mutex_);
  strays_.merge(left);
  return failed;
}

absl::Status FileKeeper::WantAll(const NodeView& view) {
  const std::vector<Followed> following = node_.Following();
  std::set<Hash> completed;
  {
    absl::MutexLock lock(&mutex_);
    completed.swap(completed_);
  }
  for (auto& [file, shelved] : Copy()) {
    if (shelved.is_whole) {
      if (completed.contains(file)) HANSA_RETURN_IF_ERROR(shelf_.Keep(shelved));
      absl::MutexLock lock(&mutex_);
      wanted_.erase(file);
      continue;
    }
    // The entry that is asked by is one that is shown.
    bool is_shown = false;
    for (const auto& [entry, by] : shelved.entries) {
      if (!HasPayload(node_.feeds(), entry)) continue;
      is_shown = true;
      shelved.file.feed = entry.feed;
      shelved.file.seq = entry.seq;
    }
    const bool is_wanted = is_shown && IsWanted(shelved, view, following);
    bool was_wanted = false;
    {
      absl::MutexLock lock(&mutex_);
      was_wanted = is_wanted ? !wanted_.insert(file).second : wanted_.erase(file) > 0;
    }
    if (is_wanted) node_.WantFile(shelved.file);
    if (!is_wanted && was_wanted) node_.StopWanting(file);
  }
  return absl::OkStatus();
}

}  // namespace hansa::node::files
