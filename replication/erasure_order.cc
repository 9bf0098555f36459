#include "replication/erasure_order.h"

#include <algorithm>
#include <set>

#include "replication/check.h"
#include "replication/statement.h"

namespace hansa::replication {
namespace {

std::vector<OrderApproval> ApprovalsIn(BytesView item) {
  std::vector<OrderApproval> approvals;
  ByteReader reader(item);
  while (reader.ok() && !reader.at_end()) {
    OrderApproval approval;
    approval.officer = reader.Take<PublicKey>();
    approval.signature = reader.Take<Signature>();
    approvals.push_back(approval);
  }
  const bool is_well_formed = reader.ok() && approvals.size() <= kOrderApprovalsMax;
  return is_well_formed ? approvals : std::vector<OrderApproval>();
}

}  // namespace

std::optional<ErasureOrder> OrderIn(const EntryHeader& header) {
  if (header.has_payload || header.retract) return std::nullopt;
  const absl::StatusOr<std::vector<ExtItem>> items = DecodeExt(header.ext);
  if (!items.ok()) return std::nullopt;
  std::optional<ErasureOrder> order;
  for (const ExtItem& item : *items) {
    if (item.type == kErasureOrderItem) {
      ByteReader reader(item.value);
      order.emplace();
      order->target.feed = reader.Take<FeedId>();
      order->target.seq = Sequence(reader.U64());
      order->target.entry = reader.Take<Hash>();
      order->reason = static_cast<ErasureReason>(reader.U16());
      order->kind = header.kind;
      order->record = header.record;
      order->item = item.value;
      if (!reader.at_end() || order->target.seq.value() == 0) return std::nullopt;
    }
    if (item.type == kOrderApprovalsItem && order) order->approvals = ApprovalsIn(item.value);
  }
  return order;
}

ExtItem OrderItem(const ErasureTarget& target, ErasureReason reason) {
  ByteWriter value;
  value.Raw(target.feed.view())
      .U64(target.seq.value())
      .Raw(target.entry.view())
      .U16(static_cast<std::uint16_t>(reason));
  return {kErasureOrderItem, value.bytes()};
}

ExtItem ApprovalsItem(absl::Span<const OrderApproval> approvals) {
  HANSA_CHECK(approvals.size() <= kOrderApprovalsMax);
  ByteWriter value;
  for (const OrderApproval& approval : approvals) value.Raw(approval.officer.view()).Raw(approval.signature.view());
  return {kOrderApprovalsItem, value.bytes()};
}

std::size_t ApprovalsOf(const Crypto& crypto, const NetworkId& network, absl::Span<const PublicKey> officers,
                        const ErasureOrder& order) {
  if (order.approvals.empty()) return 0;
  const Bytes body = ApprovalBody(crypto, order.kind, order.record, order.item);
  std::set<PublicKey> approved;
  for (const OrderApproval& approval : order.approvals) {
    const bool is_officer = std::find(officers.begin(), officers.end(), approval.officer) != officers.end();
    if (!is_officer || approved.contains(approval.officer)) continue;
    const Statement statement{body, approval.officer, approval.signature};
    if (IsSigned(crypto, network, StatementType::kApproval, statement)) approved.insert(approval.officer);
  }
  return approved.size();
}

}  // namespace hansa::replication
