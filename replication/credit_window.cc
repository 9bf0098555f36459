#include "replication/credit_window.h"

#include <algorithm>

#include "replication/check.h"
#include "replication/files.h"
#include "replication/transfer_unit.h"

namespace hansa::replication {
namespace {

constexpr std::uint64_t kCheckpointBytes = FeedId::kSize + sizeof(std::uint64_t) + Hash::kSize + Signature::kSize;
constexpr std::uint64_t kHaveBytes = kCheckpointBytes + 24;  // and its unit
constexpr std::uint64_t kPayloadsItemBytes = sizeof(std::uint64_t) + Salt::kSize;
constexpr std::uint64_t kHeaderLengthBytes = 4;
constexpr std::uint64_t kFileChunkBytes = Hash::kSize + sizeof(std::uint32_t);  // and its bytes
// What a unit's layout adds to its counted bytes: present marks, and what stands around the entries.
constexpr std::uint64_t kUnitLayoutBytes = kUnitEntriesMax + FeedId::kSize + 12 + 104;

// The largest of each must pass.
static_assert(kUnitBytesMax + kUnitLayoutBytes <= CostMax(TrafficClass::kBulk));
static_assert(kHaveBytes + 16 * 1024 + kUnitLayoutBytes <= CostMax(TrafficClass::kLive));
static_assert(FeedId::kSize + kPayloadsItemBytes + kPayloadBytesMax <= CostMax(TrafficClass::kBulk));

static_assert(kFileChunkBytes + kChunkBytes <= CostMax(TrafficClass::kBulk));

std::uint64_t BytesOf(const Payloads& payloads) {
  std::uint64_t bytes = FeedId::kSize;
  for (const Payloads::Item& item : payloads.items) bytes += kPayloadsItemBytes + item.payload.payload.size();
  return bytes;
}

std::uint64_t BytesOf(const ForkProof& proof) {
  std::uint64_t bytes = 2 * kCheckpointBytes;
  for (const Bytes& header : proof.headers) bytes += kHeaderLengthBytes + header.size();
  return bytes;
}

}  // namespace

std::optional<FrameCost> CostOf(const Frame& frame) {
  if (const auto* have = std::get_if<Have>(&frame))
    return FrameCost{TrafficClass::kLive, kHaveBytes + have->unit.size()};
  if (const auto* unit = std::get_if<UnitFrame>(&frame)) return FrameCost{TrafficClass::kBulk, unit->unit.size()};
  if (const auto* payloads = std::get_if<Payloads>(&frame)) return FrameCost{TrafficClass::kBulk, BytesOf(*payloads)};
  if (const auto* proof = std::get_if<ForkProof>(&frame)) return FrameCost{TrafficClass::kBulk, BytesOf(*proof)};
  const auto* chunk = std::get_if<FileChunk>(&frame);
  // That there is nothing to give is said at any time.
  if (chunk != nullptr && !chunk->bytes.empty())
    return FrameCost{TrafficClass::kBulk, kFileChunkBytes + chunk->bytes.size()};
  return std::nullopt;
}

bool CreditWindow::Receive(const FrameCost& cost) {
  Count& count = Of(cost.traffic);
  if (cost.bytes > count.granted - count.received) return false;
  count.received += cost.bytes;
  return true;
}

void CreditWindow::Dispose(const FrameCost& cost) {
  Count& count = Of(cost.traffic);
  HANSA_CHECK(cost.bytes <= count.received - count.disposed);
  count.disposed += cost.bytes;
}

std::optional<Credit> CreditWindow::GrantDue() {
  bool due = false;
  for (const TrafficClass traffic : {TrafficClass::kLive, TrafficClass::kBulk}) {
    const Count& count = Of(traffic);
    due = due || count.disposed + WindowBytes(traffic) - count.granted >= WindowBytes(traffic) / 4;
  }
  if (!due) return std::nullopt;
  for (const TrafficClass traffic : {TrafficClass::kLive, TrafficClass::kBulk}) {
    Count& count = Of(traffic);
    count.granted = count.disposed + WindowBytes(traffic);
  }
  return granted();
}

std::uint64_t CreditWindow::waiting(TrafficClass traffic) const {
  const Count& count = traffic == TrafficClass::kLive ? live_ : bulk_;
  return count.received - count.disposed;
}

bool CreditPurse::Grant(const Credit& totals) {
  const bool more_bulk = totals.bulk_bytes > bulk_.granted;
  live_.granted = std::max(live_.granted, totals.live_bytes);
  bulk_.granted = std::max(bulk_.granted, totals.bulk_bytes);
  return more_bulk;
}

bool CreditPurse::MaySend(const FrameCost& cost) const {
  const Count& count = Of(cost.traffic);
  return cost.bytes <= count.granted - count.spent;
}

void CreditPurse::Spend(const FrameCost& cost) {
  HANSA_CHECK(MaySend(cost));
  Count& count = cost.traffic == TrafficClass::kLive ? live_ : bulk_;
  count.spent += cost.bytes;
}

}  // namespace hansa::replication
