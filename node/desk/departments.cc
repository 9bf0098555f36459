#include "node/desk/departments.h"

#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"
#include "node/desk/framework_part.h"
#include "node/domain/observation.h"
#include "node/domain/text.h"
#include "replication/check.h"

namespace hansa::node::desk {
namespace {

using storage::Table;

// Then the cell -> the department's name.
constexpr char kPrefix[] = "department/";
// More than the framework has cells.
constexpr std::size_t kCellsMax = 1000;

}  // namespace

absl::StatusOr<std::map<std::string, std::string>> Departments::ByCell() const {
  const auto rows = tables_.Scan(Table::kSettings, kPrefix, kPrefix, kCellsMax);
  HANSA_RETURN_IF_ERROR(rows.status());
  std::map<std::string, std::string> departments;
  for (const storage::KeyValue& row : *rows) departments.emplace(row.key.substr(sizeof kPrefix - 1), row.value);
  return departments;
}

absl::StatusOr<std::vector<std::string>> Departments::CellsOf(const catalogue::Catalogue& catalogue,
                                                              const std::string& department) const {
  const auto departments = ByCell();
  HANSA_RETURN_IF_ERROR(departments.status());
  std::vector<std::string> cells;
  for (const catalogue::Cell& cell : catalogue.cells()) {
    const auto found = departments->find(cell.id);
    if (found != departments->end() && domain::SameName(found->second, department)) cells.push_back(cell.id);
  }
  return cells;
}

absl::StatusOr<std::set<std::string>> Departments::CellsOfAny(const catalogue::Catalogue& catalogue,
                                                              const std::vector<std::string>& departments) const {
  std::set<std::string> all;
  for (const std::string& department : departments) {
    const absl::StatusOr<std::vector<std::string>> cells = CellsOf(catalogue, department);
    HANSA_RETURN_IF_ERROR(cells.status());
    all.insert(cells->begin(), cells->end());
  }
  return all;
}

absl::Status OfAnotherDepartment(const std::string& cell) {
  return absl::PermissionDeniedError(
      absl::StrCat(cell, " is filled in by another department than yours; ask an account that is bound to none"));
}

absl::StatusOr<std::int64_t> Departments::Assign(const catalogue::Catalogue& catalogue, const std::string& part,
                                                 const std::string& department) {
  HANSA_RETURN_IF_ERROR(CheckPart(catalogue, part));
  const absl::StatusOr<std::string> name = domain::CleanText(department, domain::Lines::kOne);
  HANSA_RETURN_IF_ERROR(name.status());
  if (domain::CharacterCount(*name) > domain::kShortTextMax) {
    return absl::InvalidArgumentError(
        absl::StrCat("the department's name has more than ", domain::kShortTextMax, " characters; shorten it"));
  }
  std::vector<storage::Write> writes;
  for (const catalogue::Cell& cell : catalogue.cells()) {
    if (!IsPartOf(cell, part)) continue;
    writes.push_back({Table::kSettings, absl::StrCat(kPrefix, cell.id), std::nullopt});
    if (!name->empty()) writes.back().value = *name;
  }
  HANSA_RETURN_IF_ERROR(tables_.Apply(writes, storage::Durability::kSynced));
  return static_cast<std::int64_t>(writes.size());
}

}  // namespace hansa::node::desk
