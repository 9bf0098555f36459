#include "node/daemon/stale_views.h"

#include <optional>
#include <string>

namespace hansa::node {
namespace {
constexpr char kStaleSetting[] = "views-stale";
}  // namespace

absl::Status NoteStaleViews(storage::Tables& tables) {
  return tables.Apply({{storage::Table::kSettings, kStaleSetting, std::string()}}, storage::Durability::kSynced);
}

bool HasStaleViews(const storage::Tables& tables) { return tables.Get(storage::Table::kSettings, kStaleSetting).ok(); }

absl::Status NoteFreshViews(storage::Tables& tables) {
  return tables.Apply({{storage::Table::kSettings, kStaleSetting, std::nullopt}}, storage::Durability::kLazy);
}

}  // namespace hansa::node
