// The framework as data: what a city may report, cell by cell, in the words of each language.
// This is not a rule book (checks live in node/domain) and holds nobody's values.
// Promise: what is here was found sound when the program was built, and never changes while it
// runs.
#ifndef HANSA_NODE_CATALOGUE_CATALOGUE_H_
#define HANSA_NODE_CATALOGUE_CATALOGUE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace hansa::node::catalogue {

// The same thing said in each language of the framework. English is the authoritative one.
struct Text {
  std::string en;
  std::string ko;

  // `language` is a BCP 47 tag such as 'ko' or 'ko-KR'; English for a language the framework lacks.
  const std::string& In(absl::string_view language) const;
};

// A remark of the editors: kind is language_difference, ocr_repair or interpretation.
struct Note {
  std::string kind;
  Text text;
};

struct Part {
  std::string id;  // '1' to '3'.
  Text name;
  std::vector<Note> notes;
};

struct Area {
  std::string id;    // Such as '1.1'.
  std::string part;  // Id of its part.
  Text name;
  std::string commitment;  // Such as 'BD1'.
  std::vector<Note> notes;
};

struct Feature {
  std::string id;    // Such as '1.1.1'.
  std::string area;  // Id of its area.
  Text statement;
  std::string action_point;  // Such as 'BD1.1'.
  std::vector<Note> notes;
};

struct Unit {
  std::string id;    // Such as 'percent'; stands in records and files.
  std::string ucum;  // The same in the Unified Code for Units of Measure.
  Text display;
};

struct SourceKindLabel {
  std::string code;  // official_data, survey or expert_review.
  Text label;
  std::string supplied_by;
};

struct ScalePoint {
  int value = 0;  // 5 down to 1.
  Text label;
};

struct Scale {
  std::string id;
  std::vector<ScalePoint> points;
};

struct BreakdownMember {
  std::string code;  // What stands after '#' in a cell.
  Text label;
  bool is_total = false;
  std::string same_as;  // 'sex/male' for the boys of 'sex-children'; empty for most.
};

struct Breakdown {
  std::string id;  // Such as 'sex'.
  Text label;
  std::vector<BreakdownMember> members;
};

enum class AttributeType { kYear, kChoice };

// What a row asks for beside its value, such as the year of the election.
struct Attribute {
  std::string code;
  Text label;
  AttributeType type = AttributeType::kChoice;
  std::vector<std::string> choices;  // Empty for a year.
  bool required = false;
};

enum class ValueType { kPercentage, kNumber, kInteger, kRating };

// Bounds of a value, inclusive.
struct Range {
  std::int64_t min = 0;
  std::optional<std::int64_t> max;
};

// A rule between the cells of one row: total_between_members or sum_at_most_100.
struct Check {
  std::string rule;
  Text text;
};

struct Population {
  Text text;
  std::optional<int> age_min;  // Whole years.
  std::optional<int> age_max;
};

struct ReferencePeriod {
  std::string kind;
  Text text;
};

struct Measurement {
  std::string id;  // Such as '1.1.1/adult-literacy-rate'.
  std::string feature;
  int order = 0;  // From 1 within its feature.
  Text title;
  Text definition;
  std::vector<std::string> source_kinds;  // Codes; one, or two where either may be used.
  std::string unit;                       // Id of a Unit.
  ValueType value_type = ValueType::kNumber;
  std::string scale;  // Id of a Scale; empty unless a rating.
  Range range;
  std::string direction;
  std::string direction_basis;
  std::string breakdown;           // Id of a Breakdown; empty for none.
  std::vector<std::string> cells;  // One per member in its order, or the one cell with the row's own id.
  std::optional<Text> counted;     // What is counted, where something is.
  std::vector<Attribute> attributes;
  std::optional<Population> population;
  std::optional<Population> denominator;
  ReferencePeriod reference_period;
  std::vector<Check> checks;
  std::vector<Note> notes;

  const Attribute* FindAttribute(absl::string_view code) const;
};

struct Cell {
  std::string id;  // 'FEATURE/measurement' or 'FEATURE/measurement#member'.
  // Of the same Catalogue, and alive as long as it is.
  const Measurement* measurement = nullptr;
  const BreakdownMember* member = nullptr;  // nullptr where the row has no breakdown.
  std::size_t position = 0;                 // From 0, in catalogue order.
};

struct ActionPoint {
  std::string id;  // Such as 'BD1.1'.
  Text text;
  std::string feature;  // Empty for the eight that no feature shows.
};

struct Commitment {
  std::string id;  // 'BD1' to 'BD12'.
  std::string area;
  Text title;
  std::vector<ActionPoint> action_points;
};

// Immutable, so safe to read from any thread. Every pointer it returns lives as long as it does.
class Catalogue {
 public:
  // The files of this folder, each as JSON.
  struct Files {
    absl::string_view key_features, commitments, korean_notes;
  };
  // Reads them. Meant for data that was checked when the program was built: what it reports is the first thing it could
  // not read, not every fault. A note that has no Korean stands in English.
  //   INVALID_ARGUMENT  a text is not JSON, or something is missing or of the wrong type
  static absl::StatusOr<Catalogue> Parse(const Files& files);
  Catalogue(Catalogue&&) = default;
  Catalogue& operator=(Catalogue&&) = delete;
  Catalogue(const Catalogue&) = delete;
  Catalogue& operator=(const Catalogue&) = delete;

  // Such as 'unesco-gnlc-key-features' and '2013'.
  const std::string& framework_id() const { return framework_id_; }
  const std::string& version() const { return version_; }
  const Text& name() const { return name_; }
  // What the source says of its rights, in English.
  const std::string& rights() const { return rights_; }
  const std::vector<std::string>& languages() const { return languages_; }
  // SHA-256 of the bytes of key_features.json: 32 bytes, and the same as 64 lower-case hex digits.
  const std::string& sha256() const { return sha256_; }
  std::string sha256_hex() const;

  // All in catalogue order.
  const std::vector<Part>& parts() const { return parts_; }
  const std::vector<Area>& areas() const { return areas_; }
  const std::vector<Feature>& features() const { return features_; }
  const std::vector<Measurement>& measurements() const { return measurements_; }
  const std::vector<Cell>& cells() const { return cells_; }
  const std::vector<Unit>& units() const { return units_; }
  const std::vector<Scale>& scales() const { return scales_; }
  const std::vector<Breakdown>& breakdowns() const { return breakdowns_; }
  const std::vector<SourceKindLabel>& source_kinds() const { return source_kinds_; }
  const std::vector<Commitment>& commitments() const { return commitments_; }
  // Codes of all attributes, each once, ascending: the extra columns a file may have.
  const std::vector<std::string>& attribute_codes() const { return attribute_codes_; }

  // nullptr when there is none of that id.
  const Part* FindPart(absl::string_view id) const;
  const Area* FindArea(absl::string_view id) const;
  const Feature* FindFeature(absl::string_view id) const;
  const Measurement* FindMeasurement(absl::string_view id) const;
  const Cell* FindCell(absl::string_view id) const;
  const Unit* FindUnit(absl::string_view id) const;
  const Scale* FindScale(absl::string_view id) const;
  const Breakdown* FindBreakdown(absl::string_view id) const;
  const ActionPoint* FindActionPoint(absl::string_view id) const;

 private:
  friend class CatalogueReader;  // Fills it from JSON, in catalogue_json.cc.
  using Index = std::map<std::string, std::size_t, std::less<>>;

  Catalogue() = default;
  // Makes cells and indexes once everything else is there; false if a reference leads nowhere.
  bool Connect();

  std::string framework_id_;
  std::string version_;
  Text name_;
  std::string rights_;
  std::vector<std::string> languages_;
  std::string sha256_;
  std::vector<Part> parts_;
  std::vector<Area> areas_;
  std::vector<Feature> features_;
  std::vector<Measurement> measurements_;
  std::vector<Unit> units_;
  std::vector<Scale> scales_;
  std::vector<Breakdown> breakdowns_;
  std::vector<SourceKindLabel> source_kinds_;
  std::vector<Commitment> commitments_;
  std::vector<Cell> cells_;  // Points into measurements_ and breakdowns_.
  std::vector<std::string> attribute_codes_;
  Index measurement_index_;
  Index cell_index_;
};

// The names used in files: percentage, number, integer, rating.
absl::string_view Code(ValueType type);

}  // namespace hansa::node::catalogue

#endif  // HANSA_NODE_CATALOGUE_CATALOGUE_H_
