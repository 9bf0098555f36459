#include "node/domain/set_limits.h"

#include <algorithm>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "node/domain/text.h"
#include "replication/check.h"

namespace hansa::node::domain {
namespace {

constexpr std::size_t kIdBytesMax = 64;
constexpr std::size_t kVersionMax = 32;
constexpr std::size_t kSha256Bytes = 32;

struct Field {
  absl::string_view name;
  absl::string_view text;
  std::size_t characters_max;
  Lines lines;
};

absl::Status Refusal(absl::string_view where, absl::string_view field, absl::string_view why) {
  return absl::InvalidArgumentError(absl::StrCat(where, ": ", field, ": ", why));
}

absl::Status CheckField(absl::string_view where, const Field& field) {
  if (const absl::Status status = CheckText(field.text, field.lines); !status.ok()) {
    return Refusal(where, field.name, status.message());
  }
  const std::size_t count = CharacterCount(field.text);
  if (count <= field.characters_max) return absl::OkStatus();
  return Refusal(where, field.name, absl::StrCat(count, " characters; shorten it to ", field.characters_max));
}

// Whether `text` is of a-z, 0-9 and `extra`.
bool IsOf(absl::string_view text, absl::string_view extra) {
  return std::all_of(text.begin(), text.end(), [extra](const char c) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    return plain || std::find(extra.begin(), extra.end(), c) != extra.end();
  });
}

absl::Status CheckLanguage(absl::string_view where, absl::string_view field, absl::string_view language) {
  if (language.empty() || IsLanguageTag(language)) return absl::OkStatus();
  return Refusal(where, field, "no language tag; write one such as 'ko' or 'pt-BR'");
}

absl::Status CheckAttributes(absl::string_view where, const Observation& observation) {
  if (observation.attributes.size() > kAttributesMax) {
    return Refusal(where, "attributes", "more than 32");
  }
  absl::string_view previous;
  for (const ObservationAttribute& attribute : observation.attributes) {
    if (attribute.key.empty() || attribute.key.size() > kIdBytesMax || !IsOf(attribute.key, "_")) {
      return Refusal(where, "attributes", "a key is not 1 to 64 of a-z, 0-9 and _");
    }
    if (attribute.key <= previous) {
      return Refusal(where, "attributes", "keys are not ascending, or one stands twice");
    }
    previous = attribute.key;
    if (attribute.value.empty()) return Refusal(where, attribute.key, "has no value");
    HANSA_RETURN_IF_ERROR(CheckField(where, {attribute.key, attribute.value, kShortTextMax, Lines::kOne}));
  }
  return absl::OkStatus();
}

absl::Status CheckAnswer(const Observation& observation) {
  if (observation.value && !observation.no_data_reason.empty()) {
    return Refusal(observation.cell, "value", "a value and a reason for no data; keep one of them");
  }
  if (!observation.value && observation.no_data_reason.empty()) {
    return Refusal(observation.cell, "value", "neither a value nor a reason for no data; give one");
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckLimits(const Observation& o) {
  if (o.cell.empty() || o.cell.size() > kCellBytesMax || !IsOf(o.cell, "./#-")) {
    return Refusal(Quoted(o.cell), "cell", "not the form of a cell");
  }
  if (o.unit.size() > kIdBytesMax || !IsOf(o.unit, "-")) {
    return Refusal(o.cell, "unit", "not the form of a unit");
  }
  const Field fields[] = {{"no_data_reason", o.no_data_reason, kReasonMax, Lines::kMany},
                          {"source", o.source, kShortTextMax, Lines::kOne},
                          {"supplier", o.supplier, kShortTextMax, Lines::kOne},
                          {"licence", o.licence, kShortTextMax, Lines::kOne},
                          {"period", o.period, kShortTextMax, Lines::kOne},
                          {"area", o.area, kShortTextMax, Lines::kOne},
                          {"derivation_note", o.derivation_note, kNoteMax, Lines::kMany},
                          {"note", o.note, kNoteMax, Lines::kMany},
                          {"approved_by", o.approved_by, kShortTextMax, Lines::kOne}};
  for (const Field& field : fields) HANSA_RETURN_IF_ERROR(CheckField(o.cell, field));
  HANSA_RETURN_IF_ERROR(CheckLanguage(o.cell, "language", o.definition_language));
  return CheckAttributes(o.cell, o);
}

absl::Status CheckLimits(const IndicatorSet& set) {
  const std::string where = absl::StrCat("indicator set of ", set.year);
  if (set.year < kYearMin || set.year > kYearMax) {
    return Refusal(where, "year", "not from 1900 to 2200");
  }
  if (set.framework_id.empty() || set.framework_id.size() > kIdBytesMax || !IsOf(set.framework_id, "-")) {
    return Refusal(where, "framework_id", "not 1 to 64 of a-z, 0-9 and -");
  }
  if (set.framework_version.empty()) return Refusal(where, "framework_version", "is empty");
  HANSA_RETURN_IF_ERROR(CheckField(where, {"framework_version", set.framework_version, kVersionMax, Lines::kOne}));
  if (set.catalogue_sha256.size() != kSha256Bytes) {
    return Refusal(where, "catalogue_sha256", "not 32 bytes");
  }
  HANSA_RETURN_IF_ERROR(CheckField(where, {"revision_reason", set.revision_reason, kReasonMax, Lines::kMany}));
  HANSA_RETURN_IF_ERROR(CheckLanguage(where, "language", set.language));
  if (set.observations.size() > kObservationsMax) {
    return Refusal(where, "observations", "more than 1,000");
  }
  std::set<absl::string_view> cells;
  for (const Observation& observation : set.observations) {
    HANSA_RETURN_IF_ERROR(CheckLimits(observation));
    HANSA_RETURN_IF_ERROR(CheckAnswer(observation));
    if (!cells.insert(observation.cell).second) {
      return Refusal(observation.cell, "cell", "stands twice in the set");
    }
  }
  return absl::OkStatus();
}

}  // namespace hansa::node::domain
