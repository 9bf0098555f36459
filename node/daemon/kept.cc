#include "node/daemon/kept.h"

#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "replication/bytes.h"
#include "replication/check.h"
#include "replication/scope.h"

namespace hansa::node {
namespace {

constexpr char kSetting[] = "kept";
constexpr std::uint8_t kEverything = 1;

// u8 1 everything, 0 what is followed ‖ for each followed member: u32 member ‖ u16 n ‖ n × u16 collection.
std::string Encode(const Kept& kept) {
  replication::ByteWriter writer;
  writer.U8(kept.keep == Keep::kAll ? kEverything : 0);
  for (const Followed& followed : kept.following) {
    writer.U32(followed.member.value()).U16(static_cast<std::uint16_t>(followed.collections.size()));
    for (const replication::Collection collection : followed.collections) writer.U16(collection.value());
  }
  return std::move(writer).bytes();
}

}  // namespace

replication::Interest Kept::interest() const {
  if (keep == Keep::kAll) return replication::InterestInEverything();
  std::map<replication::Collection, std::set<replication::Member>> members;
  for (const Followed& each : following) {
    for (const replication::Collection collection : each.collections) members[collection].insert(each.member);
  }
  return replication::InterestIn(replication::kMemberUnknown, members);
}

std::set<replication::Member> Kept::followed() const {
  std::set<replication::Member> members;
  for (const Followed& each : following) members.insert(each.member);
  return members;
}

absl::StatusOr<Kept> LoadKept(const storage::Tables& tables) {
  const absl::StatusOr<std::string> stored = tables.Get(storage::Table::kSettings, kSetting);
  if (absl::IsNotFound(stored.status())) return Kept();
  HANSA_RETURN_IF_ERROR(stored.status());
  replication::ByteReader reader(*stored);
  Kept kept;
  kept.keep = reader.U8() == kEverything ? Keep::kAll : Keep::kFollowed;
  while (reader.ok() && reader.remaining() > 0) {
    Followed followed{replication::Member(reader.U32()), {}};
    for (std::uint16_t n = reader.U16(); reader.ok() && n > 0; --n) {
      followed.collections.push_back(replication::Collection(reader.U16()));
    }
    kept.following.push_back(std::move(followed));
  }
  if (!reader.ok()) return absl::DataLossError("the list of followed members cannot be read; the store is damaged");
  return kept;
}

absl::Status SaveKept(const Kept& kept, storage::Tables& tables) {
  const storage::Write write{storage::Table::kSettings, kSetting, Encode(kept)};
  return tables.Apply({&write, 1}, storage::Durability::kSynced);
}

}  // namespace hansa::node
