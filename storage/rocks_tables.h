// The tables of tables.h, each a column family of its own.
#ifndef HANSA_STORAGE_ROCKS_TABLES_H_
#define HANSA_STORAGE_ROCKS_TABLES_H_

#include <string>
#include <vector>

#include "storage/rocks_engine.h"
#include "storage/tables.h"

namespace hansa::storage {

class RocksTables final : public Tables {
 public:
  // `engine` outlives the tables.
  explicit RocksTables(Engine& engine) : engine_(engine) {}

  absl::StatusOr<std::string> Get(Table table, absl::string_view key) const override;
  absl::Status Apply(absl::Span<const Write> writes, Durability durability) override;
  absl::StatusOr<std::vector<KeyValue>> Scan(Table table, absl::string_view prefix, absl::string_view from,
                                             std::size_t count_max) const override;
  absl::Status Clear(Table table) override;
  absl::Status Erase(Table table, absl::string_view prefix) override;

 private:
  Engine& engine_;
};

}  // namespace hansa::storage

#endif  // HANSA_STORAGE_ROCKS_TABLES_H_
