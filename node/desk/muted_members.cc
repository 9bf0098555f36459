#include "node/desk/muted_members.h"

#include <string>
#include <utility>

#include "node/desk/record_office.h"
#include "replication/bytes.h"
#include "replication/check.h"

namespace hansa::node::desk {
namespace {

// For each member u32, ascending.
constexpr char kSetting[] = "muted";

}  // namespace

absl::StatusOr<std::set<replication::Member>> LoadMuted(const storage::Tables& tables) {
  const absl::StatusOr<std::string> stored = tables.Get(storage::Table::kSettings, kSetting);
  if (absl::IsNotFound(stored.status())) return std::set<replication::Member>();
  HANSA_RETURN_IF_ERROR(stored.status());
  replication::ByteReader reader(*stored);
  std::set<replication::Member> muted;
  while (reader.ok() && reader.remaining() > 0) muted.insert(replication::Member(reader.U32()));
  if (!reader.ok()) return absl::DataLossError("the list of muted members cannot be read; the store is damaged");
  return muted;
}

absl::Status SaveMuted(const std::set<replication::Member>& muted, storage::Tables& tables) {
  replication::ByteWriter writer;
  for (const replication::Member member : muted) writer.U32(member.value());
  const storage::Write write{storage::Table::kSettings, kSetting, std::move(writer).bytes()};
  return tables.Apply({&write, 1}, storage::Durability::kSynced);
}

absl::StatusOr<std::set<replication::Member>> LeftOutHere(RunningNode& node, Muting muting) {
  if (muting == Muting::kIsIgnored) return std::set<replication::Member>();
  return LoadMuted(node.tables());
}

std::set<std::string> SlugsOf(const NodeView& view, const std::set<replication::Member>& members) {
  std::set<std::string> slugs;
  for (const replication::Member member : members) slugs.insert(SlugOf(view, member));
  return slugs;
}

}  // namespace hansa::node::desk
