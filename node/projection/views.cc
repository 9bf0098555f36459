#include "node/projection/views.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "node/projection/entry_reading.h"
#include "node/projection/pending_writes.h"
#include "node/projection/record_index.h"
#include "node/projection/record_links.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::projection {
namespace {

using replication::FeedAuthor;
using replication::FeedId;
using replication::Member;
using replication::Roster;
using replication::Sequence;
using storage::HeldFeed;
using storage::Table;

// Raise it when rows or rules change: views of another format are emptied when they are opened.
constexpr char kFormat[] = "10";
// Says which program and catalogue made the views. Cursors have keys of 16 bytes, this one has not.
constexpr absl::string_view kMarkKey = "made by";
// Members that were suspended when the views were made, u32 each, ascending. Absent: none.
constexpr absl::string_view kAsideKey = "set aside";
constexpr std::size_t kEntriesPerRead = 256;
constexpr std::size_t kBytesPerBatch = 4 * 1024 * 1024;

// nullptr for feeds that are not read here, or not yet.
const FeedAuthor* ViewedAuthor(const Roster& roster, const FeedId& feed) {
  const FeedAuthor* author = roster.AuthorOf(feed);
  if (author == nullptr || author->collection == replication::kRosterCollection) return nullptr;
  return author;
}

// Keeps count over feeds, and the first error.
struct Tally {
  std::uint64_t entries = 0;
  absl::Status first_error;

  void Add(const absl::StatusOr<std::uint64_t>& read) {
    if (read.ok()) {
      entries += *read;
    } else {
      first_error.Update(read.status());
    }
  }
  absl::StatusOr<std::uint64_t> Result() const {
    if (!first_error.ok()) return first_error;
    return entries;
  }
};

}  // namespace

absl::StatusOr<std::unique_ptr<Views>> Views::Open(const storage::FeedStore& feeds, storage::Tables& tables,
                                                   const catalogue::Catalogue& catalogue,
                                                   const replication::Crypto& crypto, ClockMs now_ms) {
  absl::StatusOr<std::unique_ptr<NewsJournal>> journal = NewsJournal::Open(tables, std::move(now_ms));
  HANSA_RETURN_IF_ERROR(journal.status());
  std::unique_ptr<Views> views(new Views(feeds, tables, catalogue, crypto, *std::move(journal)));
  const auto mark = FindRow(tables, Table::kCursors, kMarkKey);
  HANSA_RETURN_IF_ERROR(mark.status());
  if (*mark != views->Mark()) {
    absl::MutexLock lock(&views->reading_);
    views->is_made_anew_ = mark->has_value();
    HANSA_RETURN_IF_ERROR(views->ClearAll(""));
  }
  return views;
}

std::string Views::Mark() const { return absl::StrCat(kFormat, " ", catalogue_.sha256_hex()); }

// The mark goes first and comes back last, so that an interruption is noticed by the next Open. The journal of news
// stays: no feed could tell it again.
absl::Status Views::ClearAll(const std::string& aside) {
  absl::MutexLockMaybe lock(is_rebuilding_ ? nullptr : &rows_);
  ++changes_;
  HANSA_RETURN_IF_ERROR(tables_.Clear(Table::kCursors));
  HANSA_RETURN_IF_ERROR(tables_.Clear(Table::kRecords));
  HANSA_RETURN_IF_ERROR(tables_.Clear(Table::kObservations));
  std::vector<storage::Write> marks = {{Table::kCursors, std::string(kMarkKey), Mark()}};
  if (!aside.empty()) marks.push_back({Table::kCursors, std::string(kAsideKey), aside});
  return tables_.Apply(marks, storage::Durability::kLazy);
}

bool Views::IsAside(const Roster& roster, Member member) const {
  const replication::MemberRecord* record = roster.state().Find(member);
  return record != nullptr && record->state == replication::MemberState::kSuspended && member.value() != own_;
}

std::string Views::AsideIn(const Roster& roster) const {
  replication::ByteWriter aside;
  for (const auto& [number, record] : roster.state().members) {
    if (IsAside(roster, number)) aside.U32(number.value());
  }
  return std::move(aside).bytes();
}

absl::StatusOr<bool> Views::IsAsideAsIn(const Roster& roster) const {
  const auto row = FindRow(tables_, Table::kCursors, kAsideKey);
  HANSA_RETURN_IF_ERROR(row.status());
  return row->value_or("") == AsideIn(roster);
}

absl::StatusOr<std::uint64_t> Views::CatchUp(const Roster& roster) {
  absl::MutexLock lock(&reading_);
  const absl::StatusOr<bool> is_as_made = IsAsideAsIn(roster);
  HANSA_RETURN_IF_ERROR(is_as_made.status());
  return *is_as_made ? ReadAll(roster) : Rebuild(roster);
}

absl::StatusOr<std::uint64_t> Views::CatchUp(const Roster& roster, absl::Span<const FeedId> feeds) {
  absl::MutexLock lock(&reading_);
  const absl::StatusOr<bool> is_as_made = IsAsideAsIn(roster);
  HANSA_RETURN_IF_ERROR(is_as_made.status());
  if (!*is_as_made) return Rebuild(roster);
  Tally tally;
  std::vector<HeldFeed> found;
  for (const FeedId& feed : feeds) {
    absl::StatusOr<HeldFeed> held = feeds_.Feed(feed);
    if (held.ok()) {
      found.push_back(*std::move(held));
    } else if (!absl::IsNotFound(held.status())) {
      tally.Add(held.status());
    }
  }
  tally.Add(ReadFeeds(roster, std::move(found)));
  return tally.Result();
}

absl::StatusOr<std::uint64_t> Views::CatchUpTo(const Roster& roster, absl::Span<const FeedEnd> ends) {
  absl::MutexLock lock(&reading_);
  const absl::StatusOr<bool> is_as_made = IsAsideAsIn(roster);
  HANSA_RETURN_IF_ERROR(is_as_made.status());
  if (!*is_as_made) HANSA_RETURN_IF_ERROR(ClearAll(AsideIn(roster)));
  std::vector<HeldFeed> found;
  found.reserve(ends.size());
  for (const FeedEnd& end : ends) {
    absl::StatusOr<HeldFeed> held = feeds_.Feed(end.feed);
    if (absl::IsNotFound(held.status())) continue;
    HANSA_RETURN_IF_ERROR(held.status());
    held->newest.len = std::min(held->newest.len, end.len);
    found.push_back(*std::move(held));
  }
  return ReadFeeds(roster, std::move(found));
}

absl::StatusOr<std::uint64_t> Views::Reindex(const Roster& roster) {
  absl::MutexLock lock(&reading_);
  return Rebuild(roster);
}

absl::StatusOr<std::uint64_t> Views::Rebuild(const Roster& roster) {
  absl::MutexLock rows(&rows_);
  is_rebuilding_ = true;
  const absl::Status cleared = ClearAll(AsideIn(roster));
  const absl::StatusOr<std::uint64_t> read = cleared.ok() ? ReadAll(roster) : cleared;
  is_rebuilding_ = false;
  return read;
}

absl::StatusOr<std::uint64_t> Views::ReadAll(const Roster& roster) {
  absl::StatusOr<std::vector<HeldFeed>> held = feeds_.Feeds();
  HANSA_RETURN_IF_ERROR(held.status());
  const absl::StatusOr<std::uint64_t> read = ReadFeeds(roster, *std::move(held));
  if (read.ok()) is_made_anew_ = false;
  return read;
}

absl::StatusOr<Sequence> Views::CursorOf(const FeedId& feed) const {
  const auto row = FindRow(tables_, Table::kCursors, feed.view());
  HANSA_RETURN_IF_ERROR(row.status());
  if (!*row) return Sequence(0);
  replication::ByteReader reader(**row);
  const Sequence read(reader.U64());
  if (!reader.at_end()) return DamagedView("a cursor");
  return read;
}

// Leaves nothing pending, whether it went well or not.
absl::Status Views::Apply(PendingWrites& pending) {
  if (pending.empty()) return absl::OkStatus();
  const bool is_news = pending.Changes(Table::kNews);
  const absl::StatusOr<std::vector<storage::Write>> writes = pending.TakeWrites();
  HANSA_RETURN_IF_ERROR(writes.status());
  {
    absl::MutexLockMaybe lock(is_rebuilding_ ? nullptr : &rows_);
    HANSA_RETURN_IF_ERROR(tables_.Apply(*writes, storage::Durability::kLazy));
    ++changes_;
  }
  return is_news ? journal_->Announce() : absl::OkStatus();
}

// What is read last of the feed stays in `pending`, its cursor with it.
absl::StatusOr<std::uint64_t> Views::ReadInto(const Roster& roster, const HeldFeed& held, PendingWrites& pending) {
  const FeedAuthor* author = ViewedAuthor(roster, held.feed);
  if (author == nullptr || IsAside(roster, author->member)) return 0;
  const replication::MemberRecord* member = roster.state().Find(author->member);
  HANSA_CHECK(member != nullptr);
  const EntryContext context{crypto_, catalogue_, *author, member->kind, roster.network()};
  const absl::StatusOr<Sequence> cursor = CursorOf(held.feed);
  HANSA_RETURN_IF_ERROR(cursor.status());
  const std::uint64_t length = held.newest.len.value();
  if (cursor->value() > length) {
    return absl::FailedPreconditionError(absl::StrCat("reading the ", replication::CollectionName(author->collection),
                                                      " of ", member->slug, ": the views have read ", cursor->value(),
                                                      " entries and the store holds ", length, "; run hansa reindex"));
  }
  const bool is_news = journal_->Follows(author->member, author->collection);
  std::uint64_t at = cursor->value();
  while (at < length) {
    const auto entries = feeds_.ReadEntries(held.feed, Sequence(at + 1), kEntriesPerRead);
    HANSA_RETURN_IF_ERROR(entries.status());
    if (entries->empty()) return DamagedView(absl::StrCat("entry ", at + 1, " of a feed"));
    for (const storage::StoredEntry& stored : *entries) {
      if (stored.seq.value() > length) break;  // arrived meanwhile: the next call's
      const absl::StatusOr<replication::EntryHeader> header = replication::DecodeHeader(stored.entry.header);
      HANSA_RETURN_IF_ERROR(header.status());
      const RecordKey record{author->member, author->collection, header->record};
      const EntryRead read = ReadEntry(context, *header, stored.entry);
      HANSA_RETURN_IF_ERROR(TakeRevision({feeds_, catalogue_}, record, read, pending));
      if (stored.entry.payload) TakeLinks(record, read.revision, stored.entry.payload->payload, pending);
      if (is_news) {
        HANSA_RETURN_IF_ERROR(journal_->Take(record, read.revision.position, Arrival::kNew, pending));
      } else if (author->member.value() == own_ && author->collection >= replication::kIndicators) {
        const bool is_again = is_rebuilding_ || is_made_anew_;
        HANSA_RETURN_IF_ERROR(journal_->TakeOwn(record, read.revision.position, is_again, pending));
      } else if (is_on_topic_ && stored.entry.payload &&
                 is_on_topic_(roster, record, header->kind, stored.entry.payload->payload)) {
        HANSA_RETURN_IF_ERROR(journal_->TakeOnTopic(record, read.revision.position, pending));
      }
      at = stored.seq.value();
      const bool full = pending.bytes() >= kBytesPerBatch;
      // A batch of the author is shown whole or not at all.
      if (header->more || (!full && at < length)) continue;
      pending.Put(Table::kCursors, held.feed.str(), replication::ByteWriter().U64(at).bytes());
      if (full && at < length) HANSA_RETURN_IF_ERROR(Apply(pending));
    }
  }
  return at - cursor->value();
}

absl::StatusOr<std::uint64_t> Views::ReadOne(const Roster& roster, const HeldFeed& held) {
  PendingWrites pending(tables_);
  const absl::StatusOr<std::uint64_t> read = ReadInto(roster, held, pending);
  HANSA_RETURN_IF_ERROR(read.status());
  HANSA_RETURN_IF_ERROR(Apply(pending));
  return *read;
}

// Feeds of members with neighbouring numbers have rows in common, and go into one write. If one of those cannot be
// read, nothing of that write has been applied, and each is read by itself.
absl::StatusOr<std::uint64_t> Views::ReadFeeds(const Roster& roster, std::vector<HeldFeed> feeds) {
  std::stable_sort(feeds.begin(), feeds.end(), [](const HeldFeed& a, const HeldFeed& b) {
    return std::tie(a.author.member, a.author.collection) < std::tie(b.author.member, b.author.collection);
  });
  Tally tally;
  PendingWrites pending(tables_);
  std::vector<const HeldFeed*> together;  // whose last entries are in `pending`
  std::uint64_t read_together = 0;
  const auto one_by_one = [&] {
    reading_.AssertHeld();
    pending.Clear();
    for (const HeldFeed* feed : together) tally.Add(ReadOne(roster, *feed));
  };
  for (const HeldFeed& feed : feeds) {
    together.push_back(&feed);
    const absl::StatusOr<std::uint64_t> read = ReadInto(roster, feed, pending);
    const bool go_on = read.ok() && &feed != &feeds.back() && pending.bytes() < kBytesPerBatch;
    read_together += read.ok() ? *read : 0;
    if (go_on) continue;
    if (read.ok() && Apply(pending).ok()) {
      tally.entries += read_together;
    } else {
      one_by_one();
    }
    together.clear();
    read_together = 0;
  }
  return tally.Result();
}

absl::StatusOr<Sequence> Views::ReadOf(const FeedId& feed) const {
  absl::ReaderMutexLock lock(&rows_);
  return CursorOf(feed);
}

absl::StatusOr<std::uint64_t> Views::Lag(const Roster& roster) const {
  const absl::StatusOr<std::vector<HeldFeed>> held = feeds_.Feeds();
  HANSA_RETURN_IF_ERROR(held.status());
  std::uint64_t lag = 0;
  for (const HeldFeed& feed : *held) {
    const FeedAuthor* author = ViewedAuthor(roster, feed.feed);
    if (author == nullptr || IsAside(roster, author->member)) continue;
    const absl::StatusOr<Sequence> cursor = CursorOf(feed.feed);
    HANSA_RETURN_IF_ERROR(cursor.status());
    const std::uint64_t length = feed.newest.len.value();
    if (cursor->value() < length) lag += length - cursor->value();
  }
  return lag;
}

}  // namespace hansa::node::projection
