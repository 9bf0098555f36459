#include "node/projection/news_journal.h"

#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "node/projection/pending_writes.h"
#include "replication/bytes.h"
#include "replication/check.h"

namespace hansa::node::projection {
namespace {

using replication::ByteReader;
using replication::Bytes;
using replication::ByteWriter;
using replication::FeedId;
using replication::Sequence;
using storage::Table;

constexpr absl::string_view kRowPrefix = "n";
constexpr absl::string_view kEndKey = "end";
constexpr absl::string_view kFollowingKey = "following";
constexpr absl::string_view kListedKey = "listed";
constexpr absl::string_view kTopicsKey = "topics";

Bytes RowKey(std::uint64_t number) { return ByteWriter().Raw(kRowPrefix).U64(number).bytes(); }
Bytes MarkKey(const FeedId& feed) { return ByteWriter().Raw("m").Raw(feed.view()).bytes(); }
Bytes TopicMarkKey(const FeedId& feed) { return ByteWriter().Raw("t").Raw(feed.view()).bytes(); }

Bytes EncodeRow(const NewsRow& row) {
  return ByteWriter()
      .U64(row.at_ms)
      .U8(static_cast<std::uint8_t>(row.arrival))
      .U32(row.record.member.value())
      .U16(row.record.collection.value())
      .Raw(row.record.id.view())
      .U32(row.position.incarnation.value())
      .U64(row.position.seq.value())
      .Raw(row.position.feed.view())
      .bytes();
}

absl::Status Damaged(absl::string_view what) {
  return absl::DataLossError(
      absl::StrCat("reading the journal of news: ", what, " cannot be read; check the store with hansa verify"));
}

absl::StatusOr<NewsRow> DecodeRow(absl::string_view key, absl::string_view value) {
  ByteReader key_reader(key);
  key_reader.Raw(kRowPrefix.size());
  NewsRow row;
  row.number = key_reader.U64();
  ByteReader reader(value);
  row.at_ms = reader.U64();
  row.arrival = static_cast<Arrival>(reader.U8());
  row.record.member = replication::Member(reader.U32());
  row.record.collection = replication::Collection(reader.U16());
  row.record.id = reader.Take<replication::RecordId>();
  row.position.incarnation = replication::Incarnation(reader.U32());
  row.position.seq = Sequence(reader.U64());
  row.position.feed = reader.Take<FeedId>();
  if (!key_reader.at_end() || !reader.at_end() || row.arrival > Arrival::kOwn) return Damaged("a row");
  return row;
}

// One number in `row`; 0 if there is no row.
absl::StatusOr<std::uint64_t> NumberIn(const std::optional<std::string>& row) {
  if (!row) return 0;
  ByteReader reader(*row);
  const std::uint64_t number = reader.U64();
  if (!reader.at_end()) return Damaged("a position");
  return number;
}

absl::StatusOr<FollowedCollections> DecodeFollowing(absl::string_view row) {
  ByteReader reader(row);
  FollowedCollections following;
  while (reader.ok() && reader.remaining() > 0) {
    const replication::Member member(reader.U32());
    following.emplace(member, replication::Collection(reader.U16()));
  }
  if (!reader.ok()) return Damaged("the list of those who are followed");
  return following;
}

}  // namespace

absl::StatusOr<std::unique_ptr<NewsJournal>> NewsJournal::Open(storage::Tables& tables, ClockMs now_ms) {
  std::unique_ptr<NewsJournal> journal(new NewsJournal(tables, std::move(now_ms)));
  HANSA_RETURN_IF_ERROR(journal->Announce());
  return journal;
}

std::uint64_t NewsJournal::end() const {
  absl::MutexLock lock(&mutex_);
  return end_.last;
}

absl::StatusOr<std::vector<NewsRow>> NewsJournal::Rows(std::uint64_t after, std::size_t count_max) const {
  const absl::StatusOr<std::vector<storage::KeyValue>> pairs =
      tables_.Scan(Table::kNews, kRowPrefix, RowKey(after + 1), count_max);
  HANSA_RETURN_IF_ERROR(pairs.status());
  std::vector<NewsRow> rows;
  for (const storage::KeyValue& pair : *pairs) {
    absl::StatusOr<NewsRow> row = DecodeRow(pair.key, pair.value);
    HANSA_RETURN_IF_ERROR(row.status());
    rows.push_back(*std::move(row));
  }
  return rows;
}

absl::StatusOr<std::uint64_t> NewsJournal::Listed() const {
  const auto row = FindRow(tables_, Table::kNews, kListedKey);
  HANSA_RETURN_IF_ERROR(row.status());
  return NumberIn(*row);
}

absl::Status NewsJournal::SetListed(std::uint64_t number) {
  const storage::Write write{Table::kNews, std::string(kListedKey), ByteWriter().U64(number).bytes()};
  return tables_.Apply({&write, 1}, storage::Durability::kSynced);
}

void NewsJournal::Await(std::uint64_t after, std::uint64_t wakings, absl::Duration patience) const {
  absl::MutexLock lock(&mutex_);
  const auto something = [&]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return end_.last_new > after || wakings_ != wakings; };
  changed_.Await(mutex_, patience, something);
}

std::uint64_t NewsJournal::wakings() const {
  absl::MutexLock lock(&mutex_);
  return wakings_;
}

void NewsJournal::Wake() {
  absl::MutexLock lock(&mutex_);
  ++wakings_;
  changed_.Notify();
}

bool NewsJournal::Follows(replication::Member member, replication::Collection collection) const {
  absl::MutexLock lock(&mutex_);
  return following_.contains({member, collection});
}

FollowedCollections NewsJournal::following() const {
  absl::MutexLock lock(&mutex_);
  return following_;
}

absl::StatusOr<NewsJournal::End> NewsJournal::EndIn(const PendingWrites& pending) const {
  const auto row = pending.Find(Table::kNews, kEndKey);
  HANSA_RETURN_IF_ERROR(row.status());
  End end;
  if (!*row) return end;
  ByteReader reader(**row);
  end.last = reader.U64();
  end.last_new = reader.U64();
  if (!reader.at_end()) return Damaged("its end");
  return end;
}

absl::StatusOr<Sequence> NewsJournal::Mark(const FeedId& feed, const PendingWrites& pending) const {
  return MarkAt(MarkKey(feed), pending);
}

absl::StatusOr<Sequence> NewsJournal::MarkAt(const Bytes& key, const PendingWrites& pending) const {
  const auto row = pending.Find(Table::kNews, key);
  HANSA_RETURN_IF_ERROR(row.status());
  const absl::StatusOr<std::uint64_t> mark = NumberIn(*row);
  HANSA_RETURN_IF_ERROR(mark.status());
  return Sequence(*mark);
}

absl::Status NewsJournal::Take(const RecordKey& record, const Position& position, Arrival arrival,
                               PendingWrites& pending) const {
  return TakeUnder(MarkKey(position.feed), record, position, arrival, pending);
}

absl::Status NewsJournal::TakeOwn(const RecordKey& record, const Position& position, bool rebuilding,
                                  PendingWrites& pending) const {
  const absl::StatusOr<Sequence> mark = Mark(position.feed, pending);
  HANSA_RETURN_IF_ERROR(mark.status());
  if (!rebuilding || mark->value() > 0) return Take(record, position, Arrival::kOwn, pending);
  return absl::OkStatus();
}

absl::Status NewsJournal::TakeOnTopic(const RecordKey& record, const Position& position, PendingWrites& pending) const {
  return TakeUnder(TopicMarkKey(position.feed), record, position, Arrival::kNew, pending);
}

absl::Status NewsJournal::PassOnTopic(const FeedId& feed, Sequence seq, PendingWrites& pending) const {
  const Bytes key = TopicMarkKey(feed);
  const absl::StatusOr<Sequence> mark = MarkAt(key, pending);
  HANSA_RETURN_IF_ERROR(mark.status());
  if (*mark < seq) pending.Put(Table::kNews, key, ByteWriter().U64(seq.value()).bytes());
  return absl::OkStatus();
}

void NewsJournal::PutTopics(const std::string& topics, PendingWrites& pending) const {
  pending.Put(Table::kNews, std::string(kTopicsKey), topics);
}

absl::StatusOr<std::string> NewsJournal::Topics() const {
  const auto row = FindRow(tables_, Table::kNews, kTopicsKey);
  HANSA_RETURN_IF_ERROR(row.status());
  return row->value_or("");
}

absl::Status NewsJournal::TakeUnder(const Bytes& mark_key, const RecordKey& record, const Position& position,
                                    Arrival arrival, PendingWrites& pending) const {
  const absl::StatusOr<Sequence> mark = MarkAt(mark_key, pending);
  HANSA_RETURN_IF_ERROR(mark.status());
  if (position.seq <= *mark) return absl::OkStatus();
  absl::StatusOr<End> end = EndIn(pending);
  HANSA_RETURN_IF_ERROR(end.status());
  ++end->last;
  if (arrival != Arrival::kWasHere) end->last_new = end->last;
  const NewsRow row{end->last, now_ms_ ? now_ms_() : 0, arrival, record, position};
  pending.Put(Table::kNews, RowKey(row.number), EncodeRow(row));
  pending.Put(Table::kNews, mark_key, ByteWriter().U64(position.seq.value()).bytes());
  pending.Put(Table::kNews, std::string(kEndKey), ByteWriter().U64(end->last).U64(end->last_new).bytes());
  if (row.number > kNewsRowsMax) pending.Delete(Table::kNews, RowKey(row.number - kNewsRowsMax));
  return absl::OkStatus();
}

void NewsJournal::PutFollowing(const FollowedCollections& following, PendingWrites& pending) const {
  ByteWriter writer;
  for (const auto& [member, collection] : following) writer.U32(member.value()).U16(collection.value());
  pending.Put(Table::kNews, std::string(kFollowingKey), std::move(writer).bytes());
}

absl::Status NewsJournal::Announce() {
  const PendingWrites written(tables_);
  const absl::StatusOr<End> end = EndIn(written);
  HANSA_RETURN_IF_ERROR(end.status());
  const auto row = written.Find(Table::kNews, kFollowingKey);
  HANSA_RETURN_IF_ERROR(row.status());
  absl::StatusOr<FollowedCollections> following = DecodeFollowing(*row ? **row : "");
  HANSA_RETURN_IF_ERROR(following.status());
  absl::MutexLock lock(&mutex_);
  end_ = *end;
  following_ = *std::move(following);
  changed_.Notify();
  return absl::OkStatus();
}

}  // namespace hansa::node::projection
