#include "node/desk/waiting_years.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "replication/check.h"

namespace hansa::node::desk {
namespace {

using storage::Table;

// And the year in digits; the value is the record's id.
constexpr absl::string_view kYearPrefix = "waiting-year/";

std::string KeyOf(int year) { return absl::StrCat(kYearPrefix, year); }

}  // namespace

absl::StatusOr<std::map<int, replication::RecordId>> WaitingYears::All() const {
  const absl::StatusOr<std::vector<storage::KeyValue>> rows =
      tables_.Scan(Table::kSettings, std::string(kYearPrefix), "", ~std::size_t{0});
  HANSA_RETURN_IF_ERROR(rows.status());
  std::map<int, replication::RecordId> years;
  for (const storage::KeyValue& row : *rows) {
    int year = 0;
    const bool is_year = absl::SimpleAtoi(absl::string_view(row.key).substr(kYearPrefix.size()), &year);
    const std::optional<replication::RecordId> record = replication::RecordId::From(row.value);
    if (is_year && record) years.emplace(year, *record);
  }
  return years;
}

absl::Status WaitingYears::Add(int year, const replication::RecordId& record) {
  return tables_.Apply({{Table::kSettings, KeyOf(year), record.str()}}, storage::Durability::kSynced);
}

absl::Status WaitingYears::TakeOut(int year) {
  return tables_.Apply({{Table::kSettings, KeyOf(year), std::nullopt}}, storage::Durability::kSynced);
}

}  // namespace hansa::node::desk
