#include "node/daemon/stale_views.h"

#include <optional>
#include <string>

#include "replication/check.h"

namespace hansa::node {
namespace {
constexpr char kStaleSetting[] = "views-stale";
}  // namespace

absl::Status StaleViews::Erase(absl::FunctionRef<absl::Status()> erase) {
  absl::MutexLock lock(&mutex_);
  HANSA_RETURN_IF_ERROR(
      tables_.Apply({{storage::Table::kSettings, kStaleSetting, std::string()}}, storage::Durability::kSynced));
  ++erased_;
  return erase();
}

std::uint64_t StaleViews::erased() const {
  absl::MutexLock lock(&mutex_);
  return erased_;
}

absl::Status StaleViews::BuiltAgain(std::uint64_t seen) {
  absl::MutexLock lock(&mutex_);
  if (seen != erased_) return absl::OkStatus();
  return tables_.Apply({{storage::Table::kSettings, kStaleSetting, std::nullopt}}, storage::Durability::kLazy);
}

bool StaleViews::AreStale() const { return tables_.Get(storage::Table::kSettings, kStaleSetting).ok(); }

}  // namespace hansa::node
