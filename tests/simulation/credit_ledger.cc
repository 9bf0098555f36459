#include "tests/simulation/credit_ledger.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace hansa::simulation {

using replication::Credit;
using replication::Frame;
using replication::SessionId;

void CreditLedger::Heard(SessionId session, const Frame& frame) {
  const Credit* granted = std::get_if<Credit>(&frame);
  if (const auto* hello = std::get_if<replication::Hello>(&frame)) granted = &hello->credit;
  if (granted == nullptr || (granted->live_bytes == 0 && granted->bulk_bytes == 0)) return;
  Account& account = accounts_[session];
  account.is_limited = true;
  account.granted.live_bytes = std::max(account.granted.live_bytes, granted->live_bytes);
  account.granted.bulk_bytes = std::max(account.granted.bulk_bytes, granted->bulk_bytes);
}

std::string CreditLedger::Sent(SessionId session, const Frame& frame) {
  std::uint64_t bytes = 0;
  if (const auto* unit = std::get_if<replication::UnitFrame>(&frame)) bytes = unit->unit.size();
  if (const auto* have = std::get_if<replication::Have>(&frame)) bytes = have->unit.size();
  if (const auto* chunk = std::get_if<replication::FileChunk>(&frame)) bytes = chunk->bytes.size();
  if (const auto* payloads = std::get_if<replication::Payloads>(&frame)) {
    for (const replication::Payloads::Item& item : payloads->items) bytes += item.payload.payload.size();
  }
  if (bytes == 0) return "";
  Account& account = accounts_[session];
  account.sent += bytes;
  if (!account.is_limited) return "";
  // Which class a frame belongs to is the sender's choice: both together bound what may wait at the receiver.
  const std::uint64_t may = account.granted.live_bytes + account.granted.bulk_bytes + kSlack;
  if (account.sent <= may) return "";
  return absl::StrCat("has sent ", account.sent, " bytes where ", may, " were allowed");
}

}  // namespace hansa::simulation
