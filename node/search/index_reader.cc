#include "node/search/index_reader.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "node/projection/entry_reading.h"
#include "replication/collections.h"

namespace hansa::node::search {
namespace {

using projection::Reading;
using projection::RecordView;
using projection::Revision;

constexpr replication::Collection kCollections[] = {replication::kPractices, replication::kOffers,
                                                    replication::kDialogue, replication::kNotices,
                                                    replication::kStrategies};

bool IsRead(replication::Collection collection) {
  for (const replication::Collection each : kCollections) {
    if (each == collection) return true;
  }
  return false;
}

// A record's present value may be found. What the views do not judge is judged by its own bytes.
bool MayBeFound(const Revision& revision) {
  if (revision.retracted || revision.schema_ver != projection::kRecordSchema) return false;
  return revision.reading == Reading::kUnderstood || revision.reading == Reading::kUnknown;
}

std::string InOne(const std::vector<std::string>& names) {
  std::string one;
  for (const std::string& name : names) absl::StrAppend(&one, name, "\n");
  return one;
}

}  // namespace

std::vector<std::string> NamesOf(const replication::MemberRecord& member) {
  std::vector<std::string> names = {member.name};
  for (const replication::LocalName& local : member.names) {
    if (local.text != member.name) names.push_back(local.text);
  }
  return names;
}

std::optional<RecordText> TextThatStands(const storage::FeedStore& feeds, const RecordView& record) {
  const Revision& revision = record.revisions.back();
  if (!MayBeFound(revision)) return std::nullopt;
  const absl::StatusOr<replication::Bytes> payload = projection::ReadPayload(feeds, revision.position);
  if (!payload.ok()) return std::nullopt;
  return ReadRecordText(revision.kind, *payload);
}

IndexReader::IndexReader(const projection::Views& views, const storage::FeedStore& feeds, RosterOf roster)
    : views_(views), feeds_(feeds), roster_(std::move(roster)), thread_([this] { Loop(); }) {}

void IndexReader::Notify() {
  absl::MutexLock lock(&mutex_);
  ++asked_;
  changed_.Notify();
}

void IndexReader::Clear() {
  unread_ = std::max<std::uint64_t>(unread_, index_.size());  // about as many are to be read again
  index_.Clear();
}

void IndexReader::Await(absl::Duration patience) {
  absl::MutexLock lock(&mutex_);
  const std::uint64_t mine = ++asked_;
  changed_.Notify();
  changed_.Await(mutex_, patience,
                 [this, mine]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return stopping_ || done_ >= mine; });
}

void IndexReader::Stop() {
  stopping_now_ = true;
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
    changed_.Notify();
  }
  if (thread_.joinable()) thread_.join();
}

void IndexReader::Loop() {
  while (true) {
    std::uint64_t covers = 0;
    {
      absl::MutexLock lock(&mutex_);
      changed_.Await(mutex_, absl::InfiniteDuration(),
                     [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return stopping_ || done_ < asked_; });
      if (stopping_) return;
      covers = asked_;
    }
    Pass();
    absl::MutexLock lock(&mutex_);
    done_ = covers;
    changed_.Notify();
  }
}

void IndexReader::StartAnew(std::uint64_t generation) {
  generation_ = generation;
  roster_read_ = nullptr;
  marks_.clear();
  known_.clear();
}

std::optional<std::map<IndexReader::Shelf, std::string>> IndexReader::Marks(const replication::Roster& roster) const {
  std::map<Shelf, std::string> marks;
  const absl::StatusOr<std::vector<storage::HeldFeed>> feeds = feeds_.Feeds();
  if (!feeds.ok()) return std::nullopt;
  for (const storage::HeldFeed& held : *feeds) {
    if (!IsRead(held.author.collection)) continue;
    const absl::StatusOr<replication::Sequence> read = views_.ReadOf(held.feed);
    if (!read.ok()) return std::nullopt;
    if (read->value() == 0) continue;
    const auto member = roster.state().members.find(held.author.member);
    if (member == roster.state().members.end()) continue;
    std::string& mark = marks[{held.author.member, held.author.collection}];
    if (mark.empty()) mark = InOne(NamesOf(member->second));
    absl::StrAppend(&mark, held.feed.hex(), " ", read->value(), "\n");
  }
  return marks;
}

// Those of its records that the index lacks, or has in another revision.
bool IndexReader::ReadShelf(const Shelf& shelf, const replication::MemberRecord& member,
                            std::vector<Waiting>& waiting) {
  absl::StatusOr<std::vector<RecordView>> records = views_.RecordsOf(shelf.first, shelf.second);
  if (!records.ok()) return false;
  const std::string names = InOne(NamesOf(member));
  for (RecordView& record : *records) {
    Known known{record.revisions.back().position, names};
    const auto have = known_.find(record.key);
    if (have != known_.end() && have->second == known) continue;
    waiting.push_back({std::move(record), std::move(known)});
  }
  return true;
}

void IndexReader::ReadRecord(const Waiting& waiting, const replication::MemberRecord& member) {
  std::optional<RecordText> text = TextThatStands(feeds_, waiting.record);
  if (!text) {
    index_.Remove(generation_, waiting.record.key);
  } else {
    index_.Put(generation_, {waiting.record.key, waiting.record.revisions.size(), *std::move(text), NamesOf(member)});
  }
  known_[waiting.record.key] = waiting.known;
}

// Marks are taken before the records are read: whatever comes between is read again by the next pass, and nothing is
// missed.
void IndexReader::Pass() {
  const std::uint64_t generation = index_.Generation();
  if (generation != generation_) StartAnew(generation);
  const std::shared_ptr<const replication::Roster> roster = roster_();
  const std::uint64_t changes = views_.changes();
  if (roster == roster_read_ && changes == changes_) return;
  const auto& members = roster->state().members;
  std::optional<std::map<Shelf, std::string>> marks = Marks(*roster);
  if (!marks) return;  // whoever looks after the disk has it mended, and the views are built again
  std::vector<Waiting> waiting;
  bool is_whole = true;
  for (auto& [shelf, mark] : *marks) {
    if (IsStopping()) return;
    const auto before = marks_.find(shelf);
    if (before != marks_.end() && before->second == mark) continue;
    if (!ReadShelf(shelf, members.at(shelf.first), waiting)) {
      mark.clear();
      is_whole = false;
    }
    unread_ = waiting.size();
  }
  for (const Waiting& each : waiting) {
    if (IsStopping()) return;
    ReadRecord(each, members.at(each.record.key.member));
    --unread_;
  }
  // What was forgotten meanwhile is read again by the next pass.
  if (index_.Generation() != generation_) return;
  marks_ = *std::move(marks);
  if (!is_whole) return;
  roster_read_ = roster;
  changes_ = changes;
}

}  // namespace hansa::node::search
