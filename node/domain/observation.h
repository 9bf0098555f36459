// What a city says about one cell of one year, and all it says about a year. Plain values of ours;
// how they become bytes is in indicator_codec.h.
#ifndef HANSA_NODE_DOMAIN_OBSERVATION_H_
#define HANSA_NODE_DOMAIN_OBSERVATION_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "node/catalogue/catalogue.h"
#include "node/domain/decimal.h"

namespace hansa::node::domain {

inline constexpr int kYearMin = 1900;
inline constexpr int kYearMax = 2200;
// Lengths in characters (code points).
inline constexpr std::size_t kShortTextMax = 500;  // Source, supplier, licence, period, area, role.
inline constexpr std::size_t kReasonMax = 1000;    // No-data reason, revision reason.
inline constexpr std::size_t kNoteMax = 2000;      // Note, derivation note.

// The first of each is 'not given'.
enum class SourceKind { kNotGiven, kOfficialData, kSurvey, kExpertReview };
enum class AreaLevel { kNotGiven, kCity, kRegion };
enum class DefinitionMatch { kNotGiven, kExact, kClose, kProxy, kApproximate };

// The codes of files and JSON, such as 'official_data'; empty for not given.
absl::string_view Code(SourceKind kind);
absl::string_view Code(AreaLevel level);
absl::string_view Code(DefinitionMatch match);
// nullopt for an unknown code; an empty one is 'not given'.
std::optional<SourceKind> ParseSourceKind(absl::string_view code);
std::optional<AreaLevel> ParseAreaLevel(absl::string_view code);
std::optional<DefinitionMatch> ParseDefinitionMatch(absl::string_view code);

struct ObservationAttribute {
  std::string key;    // Attribute code of the catalogue.
  std::string value;  // A choice code or a four-digit year.

  friend bool operator==(const ObservationAttribute&, const ObservationAttribute&) = default;
};

// In a draft anything may be missing or wrong; checks.h says what. What is published has either a
// value or a reason why there is none.
struct Observation {
  std::string cell;
  std::optional<Decimal> value;
  std::string no_data_reason;
  std::string unit;  // Unit id of the catalogue.
  SourceKind source_kind = SourceKind::kNotGiven;
  std::string source;
  std::string supplier;
  std::string licence;
  std::string period;  // Empty: the calendar year of the set.
  std::string area;    // Empty: the city.
  AreaLevel level = AreaLevel::kNotGiven;
  DefinitionMatch match = DefinitionMatch::kNotGiven;
  std::string derivation_note;
  std::string definition_language;               // BCP 47.
  std::vector<ObservationAttribute> attributes;  // Ascending by key, keys unique.
  std::string note;
  std::string approved_by;  // A role, never a person.
  // 'entered by the city', 'signed by agency CODE', 'signed by expert CODE' where the answer stands in a record of its
  // own (review_reading.h); empty in a set and in a draft.
  std::string word_of = {};

  friend bool operator==(const Observation&, const Observation&) = default;
};

// Key: (member, framework version, year). A correction is a whole new set.
struct IndicatorSet {
  int year = 0;
  std::string framework_id;
  std::string framework_version;
  std::string catalogue_sha256;           // 32 bytes.
  std::string revision_reason;            // Empty in a first publication.
  std::string language;                   // BCP 47, of the notes and reasons; empty: not given.
  std::vector<Observation> observations;  // In catalogue order, each cell at most once.

  friend bool operator==(const IndicatorSet&, const IndicatorSet&) = default;
};

// Puts observations in catalogue order. Those of cells the catalogue lacks come last, by cell.
void SortInCatalogueOrder(const catalogue::Catalogue& catalogue, std::vector<Observation>& observations);

// Fills in what the catalogue alone can answer, where it is empty: the unit, and the source kind of
// a row that allows only one. Does nothing to an unknown cell or one without a value.
void CompleteFromCatalogue(const catalogue::Catalogue& catalogue, Observation& observation);

// The set of `year` that a city would sign: under `catalogue`, its observations completed and in
// order, its revision reason empty.
IndicatorSet MakeIndicatorSet(const catalogue::Catalogue& catalogue, int year, std::vector<Observation> observations);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_OBSERVATION_H_
