#include "node/desk/erased_record.h"

#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "replication/check.h"
#include "replication/entry.h"

namespace hansa::node::desk {
namespace {

using replication::ErasureReason;
using replication::MemberKind;
using replication::MemberRecord;

std::string ReasonInWords(ErasureReason reason) {
  switch (reason) {
    case ErasureReason::kPersonalData:
      return "it held personal data";
    case ErasureReason::kLaw:
      return "the law asked for it";
    case ErasureReason::kMistake:
      return "it was published by mistake";
    case ErasureReason::kRights:
      return "it touched the rights of others";
    case ErasureReason::kLost:
      return "nobody holds its content any more";
  }
  return absl::StrCat("reason ", static_cast<int>(reason));
}

bool ComesBefore(const ErasedBy& a, const ErasedBy& b) {
  const auto rank = [](const ErasedBy& erased) {
    return std::tuple(erased.reason == ErasureReason::kLost, erased.claimed_time_ms, erased.member);
  };
  return rank(a) < rank(b);
}

}  // namespace

absl::StatusOr<std::optional<ErasedBy>> WhoErased(const storage::FeedStore& feeds, const replication::Roster& roster,
                                                  replication::Member author, const projection::Revision& revision) {
  const replication::ErasureTarget target{revision.position.feed, revision.position.seq, revision.entry_hash};
  const absl::StatusOr<std::vector<storage::StoredHeader>> headers = feeds.ErasureHeaders();
  HANSA_RETURN_IF_ERROR(headers.status());
  std::optional<ErasedBy> first;
  for (const storage::StoredHeader& stored : *headers) {
    const absl::StatusOr<replication::EntryHeader> header = replication::DecodeHeader(stored.header);
    HANSA_RETURN_IF_ERROR(header.status());
    const std::optional<replication::ErasureOrder> order = replication::OrderIn(*header);
    if (!order || order->target != target) continue;
    const replication::FeedAuthor* const feed = roster.AuthorOf(stored.feed);
    const MemberRecord* const by = feed == nullptr ? nullptr : roster.state().Find(feed->member);
    if (by == nullptr || (by->number != author && by->kind != MemberKind::kSecretariat)) continue;
    ErasedBy erased{by->slug, by->name, header->claimed_time_ms, order->reason};
    if (!first || ComesBefore(erased, *first)) first = std::move(erased);
  }
  return first;
}

std::string InWords(const ErasedBy& erased) {
  const absl::Time at = absl::FromUnixMillis(static_cast<std::int64_t>(erased.claimed_time_ms));
  const std::string when = absl::FormatTime("%Y-%m-%d %H:%M UTC", at, absl::UTCTimeZone());
  if (erased.reason == ErasureReason::kLost) {
    return absl::StrCat("lost, as ", erased.name, " (", erased.member, ") said on ", when, ": ",
                        ReasonInWords(erased.reason));
  }
  return absl::StrCat("erased by order of ", erased.name, " (", erased.member, ") on ", when, ": ",
                      ReasonInWords(erased.reason));
}

}  // namespace hansa::node::desk
