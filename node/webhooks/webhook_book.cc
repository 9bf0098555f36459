#include "node/webhooks/webhook_book.h"

#include <algorithm>
#include <cstdint>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "node/domain/text.h"
#include "replication/bytes.h"
#include "replication/check.h"

namespace hansa::node::webhooks {
namespace {

using replication::ByteReader;
using replication::Bytes;
using replication::ByteWriter;
using storage::Table;

// Behind it the id.
constexpr absl::string_view kRowPrefix = "webhook:";
constexpr std::uint8_t kRowForm = 2;
constexpr std::uint8_t kOlderForm = 1;  // without the last field
constexpr std::size_t kErrorBytesMax = 500;

std::string RowKey(absl::string_view id) { return std::string(kRowPrefix).append(id.data(), id.size()); }

absl::Status NoSuchHook(absl::string_view id) {
  return absl::NotFoundError(
      absl::StrCat("there is no hook ", domain::Quoted(id), "; `hansa webhooks list` lists them"));
}

void Put(absl::string_view text, ByteWriter& writer) { writer.U16(static_cast<std::uint16_t>(text.size())).Raw(text); }
void Put(const std::vector<std::string>& texts, ByteWriter& writer) {
  writer.U16(static_cast<std::uint16_t>(texts.size()));
  for (const std::string& text : texts) Put(text, writer);
}

std::string TakeText(ByteReader& reader) {
  const std::size_t size = reader.U16();
  return std::string(reader.Raw(size));
}
std::vector<std::string> TakeTexts(ByteReader& reader) {
  std::vector<std::string> texts(std::min<std::size_t>(reader.U16(), reader.remaining()));
  for (std::string& text : texts) text = TakeText(reader);
  return texts;
}

// Form u8, then the fields in their order; a text is its length u16 and its bytes, a list its length u16 and its texts.
Bytes Encode(const Webhook& hook) {
  ByteWriter writer;
  writer.U8(kRowForm);
  Put(hook.url, writer);
  Put(hook.on, writer);
  Put(hook.topics, writer);
  writer.U64(hook.added_ms).U64(hook.cursor).U64(hook.delivered).U64(hook.delivered_ms);
  writer.U32(hook.failures).U64(hook.failing_since_ms).U64(hook.next_attempt_ms);
  Put(absl::string_view(hook.last_error).substr(0, kErrorBytesMax), writer);
  writer.U8(hook.is_paused ? 1 : 0);
  Put(hook.secret, writer);
  Put(hook.older_secret, writer);
  writer.U64(hook.older_until_ms).U8(hook.with_muted ? 1 : 0);
  return std::move(writer).bytes();
}

absl::StatusOr<Webhook> Decode(absl::string_view key, absl::string_view row) {
  ByteReader reader(row);
  Webhook hook;
  hook.id = std::string(key.substr(kRowPrefix.size()));
  const std::uint8_t form = reader.U8();
  hook.url = TakeText(reader);
  hook.on = TakeTexts(reader);
  hook.topics = TakeTexts(reader);
  hook.added_ms = reader.U64();
  hook.cursor = reader.U64();
  hook.delivered = reader.U64();
  hook.delivered_ms = reader.U64();
  hook.failures = reader.U32();
  hook.failing_since_ms = reader.U64();
  hook.next_attempt_ms = reader.U64();
  hook.last_error = TakeText(reader);
  hook.is_paused = reader.U8() != 0;
  hook.secret = TakeText(reader);
  hook.older_secret = TakeText(reader);
  hook.older_until_ms = reader.U64();
  if (form == kRowForm) hook.with_muted = reader.U8() != 0;
  if ((form != kRowForm && form != kOlderForm) || !reader.at_end() || hook.secret.empty()) {
    return absl::DataLossError(
        absl::StrCat("the hook ", hook.id, " cannot be read; check the store with `hansa verify`"));
  }
  return hook;
}

}  // namespace

absl::StatusOr<std::unique_ptr<WebhookBook>> WebhookBook::Open(storage::Tables& tables) {
  std::unique_ptr<WebhookBook> book(new WebhookBook(tables));
  const auto rows = tables.Scan(Table::kSettings, kRowPrefix, kRowPrefix, 2 * kWebhooksMax);
  HANSA_RETURN_IF_ERROR(rows.status());
  absl::MutexLock lock(&book->mutex_);
  for (const storage::KeyValue& row : *rows) {
    absl::StatusOr<Webhook> hook = Decode(row.key, row.value);
    HANSA_RETURN_IF_ERROR(hook.status());
    const std::string id = hook->id;
    book->hooks_.insert_or_assign(id, *std::move(hook));
  }
  return book;
}

std::vector<Webhook> WebhookBook::List() const {
  std::vector<Webhook> hooks;
  {
    absl::MutexLock lock(&mutex_);
    hooks.reserve(hooks_.size());
    for (const auto& [id, hook] : hooks_) hooks.push_back(hook);
  }
  std::sort(hooks.begin(), hooks.end(),
            [](const Webhook& a, const Webhook& b) { return std::tie(a.added_ms, a.id) < std::tie(b.added_ms, b.id); });
  return hooks;
}

absl::StatusOr<Webhook> WebhookBook::Find(absl::string_view id) const {
  absl::MutexLock lock(&mutex_);
  const auto hook = hooks_.find(id);
  if (hook == hooks_.end()) return NoSuchHook(id);
  return hook->second;
}

absl::Status WebhookBook::Write(const Webhook& hook, storage::Durability durability) {
  const storage::Write write{Table::kSettings, RowKey(hook.id), Encode(hook)};
  return tables_.Apply({&write, 1}, durability);
}

absl::Status WebhookBook::Add(const Webhook& hook) {
  absl::MutexLock lock(&mutex_);
  if (hooks_.size() >= kWebhooksMax) {
    return absl::ResourceExhaustedError(
        absl::StrCat("this node has ", kWebhooksMax, " hooks, which is the most; remove one first"));
  }
  HANSA_RETURN_IF_ERROR(Write(hook, storage::Durability::kSynced));
  hooks_.insert_or_assign(hook.id, hook);
  return absl::OkStatus();
}

absl::Status WebhookBook::Remove(absl::string_view id) {
  absl::MutexLock lock(&mutex_);
  const auto hook = hooks_.find(id);
  if (hook == hooks_.end()) return NoSuchHook(id);
  const storage::Write gone{Table::kSettings, RowKey(id), std::nullopt};
  HANSA_RETURN_IF_ERROR(tables_.Apply({&gone, 1}, storage::Durability::kSynced));
  hooks_.erase(hook);
  return tables_.Erase(Table::kSettings, RowKey(id));
}

absl::Status WebhookBook::Change(absl::string_view id, const std::function<void(Webhook&)>& change,
                                 storage::Durability durability) {
  absl::MutexLock lock(&mutex_);
  const auto hook = hooks_.find(id);
  if (hook == hooks_.end()) return NoSuchHook(id);
  change(hook->second);
  return Write(hook->second, durability);
}

}  // namespace hansa::node::webhooks
