#include "node/daemon/outbox.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "replication/bytes.h"
#include "replication/check.h"

namespace hansa::node {
namespace {

using replication::ByteReader;
using replication::ByteWriter;

constexpr char kWaiting[] = "outbox-waiting/";
constexpr char kAside[] = "outbox-aside/";
constexpr storage::Table kTable = storage::Table::kSettings;

std::string KeyOf(absl::string_view prefix, std::uint64_t number) {
  return absl::StrCat(prefix, ByteWriter().U64(number).bytes());
}

void Write(ByteWriter& writer, const replication::NewEntry& entry) {
  writer.U16(entry.kind.value()).U16(entry.schema_ver).Raw(entry.record.view());
  writer.U8(static_cast<std::uint8_t>((entry.retract ? 1 : 0) | (entry.end_of_feed ? 2 : 0)));
  writer.U64(entry.claimed_time_ms);
  const replication::Bytes ext = replication::EncodeExt(entry.ext);
  writer.U32(static_cast<std::uint32_t>(ext.size())).Raw(ext).U8(entry.payload ? 1 : 0);
  if (!entry.payload) return;
  writer.Raw(entry.payload->salt.view()).U32(static_cast<std::uint32_t>(entry.payload->payload.size()));
  writer.Raw(entry.payload->payload);
}

absl::StatusOr<replication::NewEntry> Read(ByteReader& reader) {
  replication::NewEntry entry;
  entry.kind = replication::Kind(reader.U16());
  entry.schema_ver = reader.U16();
  entry.record = reader.Take<replication::RecordId>();
  const std::uint8_t flags = reader.U8();
  entry.retract = (flags & 1) != 0;
  entry.end_of_feed = (flags & 2) != 0;
  entry.claimed_time_ms = reader.U64();
  const std::uint32_t ext_size = reader.U32();
  absl::StatusOr<std::vector<replication::ExtItem>> ext = replication::DecodeExt(reader.Raw(ext_size));
  HANSA_RETURN_IF_ERROR(ext.status());
  entry.ext = *std::move(ext);
  if (reader.U8() == 0) return entry;
  replication::SaltedPayload payload;
  payload.salt = reader.Take<replication::Salt>();
  const std::uint32_t size = reader.U32();
  payload.payload = replication::Bytes(reader.Raw(size));
  entry.payload = std::move(payload);
  return entry;
}

// None where `outgoing` cannot be read: that is said when its turn comes.
std::vector<replication::RecordId> RecordsOf(const absl::StatusOr<Outgoing>& outgoing) {
  std::vector<replication::RecordId> records;
  if (!outgoing.ok()) return records;
  for (const replication::NewEntry& entry : outgoing->entries) records.push_back(entry.record);
  return records;
}

std::uint64_t NumberIn(absl::string_view key, absl::string_view prefix) {
  return ByteReader(key.substr(prefix.size())).U64();
}

}  // namespace

replication::PublishAsked AskedOf(const Outgoing& outgoing) {
  replication::PublishAsked asked;
  asked.collection = outgoing.collection;
  asked.entries = outgoing.entries;
  return asked;
}

std::string EncodeOutgoing(const Outgoing& outgoing) {
  ByteWriter writer;
  writer.U16(outgoing.collection.value()).U32(static_cast<std::uint32_t>(outgoing.entries.size()));
  for (const replication::NewEntry& entry : outgoing.entries) Write(writer, entry);
  return std::move(writer).bytes();
}

absl::StatusOr<Outgoing> DecodeOutgoing(absl::string_view bytes) {
  const absl::Status damaged = absl::DataLossError("the outbox holds what cannot be read");
  ByteReader reader(bytes);
  Outgoing outgoing;
  outgoing.collection = replication::Collection(reader.U16());
  const std::uint32_t count = reader.U32();
  if (!reader.ok() || count > replication::kUnitEntriesMax) return damaged;
  for (std::uint32_t i = 0; i < count; ++i) {
    absl::StatusOr<replication::NewEntry> entry = Read(reader);
    if (!entry.ok() || !reader.ok()) return damaged;
    outgoing.entries.push_back(*std::move(entry));
  }
  if (!reader.at_end()) return damaged;
  return outgoing;
}

absl::StatusOr<Outbox> Outbox::Open(storage::Tables& tables) {
  Outbox outbox(tables);
  constexpr std::size_t kAll = 2 * kOutboxMax;
  const absl::StatusOr<std::vector<storage::KeyValue>> waiting = tables.Scan(kTable, kWaiting, kWaiting, kAll);
  HANSA_RETURN_IF_ERROR(waiting.status());
  const absl::StatusOr<std::vector<storage::KeyValue>> aside = tables.Scan(kTable, kAside, kAside, kAll);
  HANSA_RETURN_IF_ERROR(aside.status());
  for (const storage::KeyValue& each : *waiting) outbox.waiting_.push_back(RecordsOf(DecodeOutgoing(each.value)));
  outbox.set_aside_ = aside->size();
  if (!waiting->empty()) {
    outbox.first_ = NumberIn(waiting->front().key, kWaiting);
    outbox.next_ = NumberIn(waiting->back().key, kWaiting) + 1;
  }
  if (!aside->empty()) outbox.next_ = std::max(outbox.next_, NumberIn(aside->back().key, kAside) + 1);
  if (waiting->empty()) outbox.first_ = outbox.next_;
  return outbox;
}

absl::Status Outbox::Add(const Outgoing& outgoing) {
  if (size() >= kOutboxMax) {
    return absl::ResourceExhaustedError(
        absl::StrCat(size(), " publications wait already until this node may sign; no more are taken"));
  }
  const storage::Write write{kTable, KeyOf(kWaiting, next_), EncodeOutgoing(outgoing)};
  HANSA_RETURN_IF_ERROR(tables_->Apply({&write, 1}, storage::Durability::kSynced));
  ++next_;
  waiting_.push_back(RecordsOf(outgoing));
  return absl::OkStatus();
}

absl::StatusOr<std::optional<Outgoing>> Outbox::Oldest() const {
  if (waiting_.empty()) return std::nullopt;
  const absl::StatusOr<std::string> bytes = tables_->Get(kTable, KeyOf(kWaiting, first_));
  HANSA_RETURN_IF_ERROR(bytes.status());
  absl::StatusOr<Outgoing> outgoing = DecodeOutgoing(*bytes);
  HANSA_RETURN_IF_ERROR(outgoing.status());
  return *std::move(outgoing);
}

absl::StatusOr<std::optional<absl::Time>> Outbox::OldestSince() const {
  const absl::StatusOr<std::optional<Outgoing>> oldest = Oldest();
  HANSA_RETURN_IF_ERROR(oldest.status());
  if (!*oldest || (*oldest)->entries.empty()) return std::nullopt;
  return absl::FromUnixMillis(static_cast<std::int64_t>((*oldest)->entries.front().claimed_time_ms));
}

std::set<replication::RecordId> Outbox::records() const {
  std::set<replication::RecordId> records;
  for (const std::vector<replication::RecordId>& each : waiting_) records.insert(each.begin(), each.end());
  return records;
}

absl::Status Outbox::RemoveOldest() {
  const storage::Write write{kTable, KeyOf(kWaiting, first_), std::nullopt};
  HANSA_RETURN_IF_ERROR(tables_->Apply({&write, 1}, storage::Durability::kSynced));
  ++first_;
  waiting_.pop_front();
  return absl::OkStatus();
}

absl::Status Outbox::SetOldestAside(const absl::Status& why) {
  const absl::StatusOr<std::string> bytes = tables_->Get(kTable, KeyOf(kWaiting, first_));
  HANSA_RETURN_IF_ERROR(bytes.status());
  const std::vector<storage::Write> writes = {
      {kTable, KeyOf(kWaiting, first_), std::nullopt},
      {kTable, KeyOf(kAside, first_), absl::StrCat(std::string(why.message()), "\n", *bytes)}};
  HANSA_RETURN_IF_ERROR(tables_->Apply(writes, storage::Durability::kSynced));
  ++first_;
  waiting_.pop_front();
  ++set_aside_;
  return absl::OkStatus();
}

}  // namespace hansa::node
