// One published answer with all that a reader elsewhere needs beside it: whose it is, of which year, in which revision.
// A plain value; how it becomes bytes is in the writers.
#ifndef HANSA_NODE_EXPORTS_EXPORT_ROW_H_
#define HANSA_NODE_EXPORTS_EXPORT_ROW_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "node/domain/observation.h"

namespace hansa::node::exports {

// Rows arrive by member, then year, then framework version, then in the order of the catalogue; of one cell that of the
// set first, then those of surveys and ratings, each by another word. Every writer keeps the
// order in which they come and never looks at a value to find one.
struct ExportRow {
  std::string member;   // Slug, such as 'gb-bristol'.
  std::string name;     // As the member calls itself.
  std::string country;  // Alpha-3, such as 'GBR'; empty for none.
  std::string region;   // UNESCO region; may be empty.
  std::string framework_version;
  int year = 0;
  std::uint64_t revision = 0;
  std::string record;  // 32 lower-case hex digits.
  domain::Observation observation;
};

// What a cell id such as '1.1.1/adult-literacy-rate#female' names, part by part. They are taken from the id alone, so
// that cells of a framework that this program does not hold are written too.
struct CellParts {
  absl::string_view feature;      // '1.1.1'.
  absl::string_view measurement;  // '1.1.1/adult-literacy-rate'.
  absl::string_view breakdown;    // 'female'; empty for none.
};

// The parts point into `cell`.
inline CellParts PartsOf(absl::string_view cell) {
  const std::size_t hash = cell.find('#');
  const absl::string_view measurement = cell.substr(0, hash);
  const absl::string_view breakdown = hash == absl::string_view::npos ? absl::string_view() : cell.substr(hash + 1);
  return {measurement.substr(0, measurement.find('/')), measurement, breakdown};
}

// What `observation` says for the attribute `key`; empty for nothing.
inline absl::string_view AttributeOf(const domain::Observation& observation, absl::string_view key) {
  for (const domain::ObservationAttribute& attribute : observation.attributes) {
    if (attribute.key == key) return attribute.value;
  }
  return "";
}

// The digits of the value as they were written; empty for no data.
inline absl::string_view ValueOf(const domain::Observation& observation) {
  return observation.value ? absl::string_view(observation.value->text()) : absl::string_view();
}

}  // namespace hansa::node::exports

#endif  // HANSA_NODE_EXPORTS_EXPORT_ROW_H_
