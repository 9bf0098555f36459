// Which department of the city fills in which cell, so that each gets a file of its own. It stays on this node: the
// network learns of a supplier only what an observation says.
#ifndef HANSA_NODE_DESK_DEPARTMENTS_H_
#define HANSA_NODE_DESK_DEPARTMENTS_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "node/catalogue/catalogue.h"
#include "storage/tables.h"

namespace hansa::node::desk {

// Thread-safe. Blocks on disk.
class Departments {
 public:
  // `tables` must outlive it.
  explicit Departments(storage::Tables& tables) : tables_(tables) {}

  // Department by cell; cells without one are left out.
  absl::StatusOr<std::map<std::string, std::string>> ByCell() const;
  // Cells of a department however its name is written, in catalogue order.
  absl::StatusOr<std::vector<std::string>> CellsOf(const catalogue::Catalogue& catalogue,
                                                   const std::string& department) const;

  // The cells of any of several departments.
  absl::StatusOr<std::set<std::string>> CellsOfAny(const catalogue::Catalogue& catalogue,
                                                   const std::vector<std::string>& departments) const;

  // Gives every cell of `part` (a cell, a measurement, or an id that cells begin with, such as '1.1' or '2.4.1') to
  // `department`; an empty name takes them back. Returns how many cells that is. Survives a power cut.
  //   NOT_FOUND         there is no such part of the framework
  //   INVALID_ARGUMENT  the name is longer than kShortTextMax, or may not be shown
  absl::StatusOr<std::int64_t> Assign(const catalogue::Catalogue& catalogue, const std::string& part,
                                      const std::string& department);

 private:
  storage::Tables& tables_;
};

// What is said to somebody who may change the cells of some departments alone, about another cell.
absl::Status OfAnotherDepartment(const std::string& cell);

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_DEPARTMENTS_H_
