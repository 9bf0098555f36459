#include "node/membership/erasure_item.h"

#include <array>
#include <cstdint>

#include "absl/strings/str_cat.h"

namespace hansa::node::membership {
namespace {

using replication::ByteReader;
using replication::Bytes;
using replication::BytesView;
using replication::ErasureReason;

struct Named {
  ErasureReason reason;
  const char* name;
};
constexpr std::array<Named, 5> kReasons = {{{ErasureReason::kPersonalData, "personal-data"},
                                            {ErasureReason::kLaw, "law"},
                                            {ErasureReason::kMistake, "mistake"},
                                            {ErasureReason::kRights, "rights"},
                                            {ErasureReason::kLost, "lost"}}};

}  // namespace

std::string ErasureReasonName(ErasureReason reason) {
  for (const Named& named : kReasons) {
    if (named.reason == reason) return named.name;
  }
  return absl::StrCat(static_cast<std::uint16_t>(reason));
}

std::optional<ErasureReason> ErasureReasonNamed(absl::string_view name) {
  for (const Named& named : kReasons) {
    if (name == named.name) return named.reason;
  }
  return std::nullopt;
}

Bytes Encode(const ErasureItem& item) { return replication::OrderItem(item.target, item.reason).value; }

absl::StatusOr<ErasureItem> DecodeErasureItem(BytesView value) {
  ByteReader reader(value);
  ErasureItem item;
  item.target.feed = reader.Take<replication::FeedId>();
  item.target.seq = replication::Sequence(reader.U64());
  item.target.entry = reader.Take<replication::Hash>();
  item.reason = static_cast<ErasureReason>(reader.U16());
  if (!reader.at_end()) return absl::InvalidArgumentError("this is no order to erase an entry");
  return item;
}

std::vector<replication::ExtItem> ErasureExtensions(const ErasureItem& item,
                                                    const std::vector<replication::Approval>& approvals) {
  std::vector<replication::ExtItem> extensions = {replication::OrderItem(item.target, item.reason)};
  std::vector<replication::OrderApproval> given;
  given.reserve(approvals.size());
  for (const replication::Approval& approval : approvals) given.push_back({approval.officer, approval.signature});
  if (!given.empty()) extensions.push_back(replication::ApprovalsItem(given));
  return extensions;
}

}  // namespace hansa::node::membership
