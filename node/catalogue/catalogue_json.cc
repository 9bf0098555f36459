// Reads the framework from JSON. The only file of the catalogue that knows the names of the JSON
// members, beside the rules of soundness.cc.
#include <openssl/evp.h>

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "nlohmann/json.hpp"
#include "node/catalogue/catalogue.h"
#include "node/catalogue/notes.h"
#include "replication/check.h"

namespace hansa::node::catalogue {
namespace {

using Json = nlohmann::json;

std::string String(const Json& json, const char* key) { return json.at(key).get<std::string>(); }

// A string that may be null or absent, then empty.
std::string OptionalString(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found == json.end() || found->is_null() ? "" : found->get<std::string>();
}

Text TextOf(const Json& json) { return {String(json, "en"), String(json, "ko")}; }

std::vector<std::string> Strings(const Json& json) { return json.get<std::vector<std::string>>(); }

// What an editor says, whose Korean stands in a file of its own.
Text InEnglish(const Json& said) { return {String(said, "text"), String(said, "text")}; }

std::vector<Note> Notes(const Json& json) {
  std::vector<Note> notes;
  for (const Json& note : json.at("notes")) {
    notes.push_back({String(note, "kind"), InEnglish(note)});
  }
  return notes;
}

std::optional<int> Age(const Json& json, const char* key) {
  if (json.at(key).is_null()) return std::nullopt;
  return json.at(key).get<int>();
}

std::optional<Population> PopulationOf(const Json& json) {
  if (json.is_null()) return std::nullopt;
  return Population{TextOf(json.at("text")), Age(json, "age_min"), Age(json, "age_max")};
}

Attribute AttributeOf(const Json& json) {
  Attribute attribute;
  attribute.code = String(json, "code");
  attribute.label = TextOf(json.at("label"));
  attribute.type = String(json, "value_type") == "year" ? AttributeType::kYear : AttributeType::kChoice;
  if (json.contains("choices")) attribute.choices = Strings(json.at("choices"));
  attribute.required = json.at("required").get<bool>();
  return attribute;
}

ValueType ValueTypeOf(const std::string& code) {
  for (ValueType type : {ValueType::kPercentage, ValueType::kInteger, ValueType::kRating}) {
    if (Code(type) == code) return type;
  }
  return ValueType::kNumber;
}

Range RangeOf(const Json& json) {
  Range range;
  range.min = json.at("min").get<std::int64_t>();
  if (!json.at("max").is_null()) range.max = json.at("max").get<std::int64_t>();
  return range;
}

Measurement MeasurementOf(const Json& json) {
  Measurement m;
  m.id = String(json, "id");
  m.feature = String(json, "feature");
  m.order = json.at("order").get<int>();
  m.title = TextOf(json.at("title"));
  m.definition = TextOf(json.at("definition"));
  m.source_kinds = Strings(json.at("sources"));
  m.unit = String(json, "unit");
  m.value_type = ValueTypeOf(String(json, "value_type"));
  m.scale = OptionalString(json, "scale");
  m.range = RangeOf(json.at("range"));
  m.direction = String(json, "direction");
  m.direction_basis = String(json, "direction_basis");
  m.breakdown = OptionalString(json, "breakdown");
  m.cells = Strings(json.at("cells"));
  if (!json.at("counted").is_null()) m.counted = TextOf(json.at("counted"));
  for (const Json& attribute : json.at("attributes")) {
    m.attributes.push_back(AttributeOf(attribute));
  }
  m.population = PopulationOf(json.at("population"));
  m.denominator = PopulationOf(json.at("denominator"));
  const Json& period = json.at("reference_period");
  m.reference_period = {String(period, "kind"), TextOf(period.at("text"))};
  for (const Json& check : json.at("checks")) {
    m.checks.push_back({String(check, "rule"), InEnglish(check)});
  }
  m.notes = Notes(json);
  return m;
}

Breakdown BreakdownOf(const Json& json) {
  Breakdown breakdown{String(json, "id"), TextOf(json.at("label")), {}};
  for (const Json& member : json.at("members")) {
    breakdown.members.push_back({String(member, "code"), TextOf(member.at("label")), member.at("is_total").get<bool>(),
                                 OptionalString(member, "same_as")});
  }
  return breakdown;
}

Scale ScaleOf(const Json& json) {
  Scale scale{String(json, "id"), {}};
  for (const Json& point : json.at("points")) {
    scale.points.push_back({point.at("value").get<int>(), TextOf(point.at("label"))});
  }
  return scale;
}

Commitment CommitmentOf(const Json& json) {
  Commitment commitment{String(json, "id"), String(json, "area"), TextOf(json.at("title")), {}};
  for (const Json& point : json.at("action_points")) {
    commitment.action_points.push_back({String(point, "id"), TextOf(point), OptionalString(point, "feature")});
  }
  return commitment;
}

std::string Sha256(absl::string_view bytes) {
  std::string digest(32, '\0');
  unsigned int size = 0;
  const int done = EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(digest.data()), &size,
                              EVP_sha256(), nullptr);
  HANSA_CHECK(done == 1 && size == digest.size());
  return digest;
}

}  // namespace

class CatalogueReader {
 public:
  static absl::StatusOr<Catalogue> Read(const Catalogue::Files& files);

 private:
  static void ReadFramework(const Json& json, Catalogue& catalogue);
  static void ReadLists(const Json& json, Catalogue& catalogue);
  static void Translate(const KoreanNotes& korean, Catalogue& catalogue);
};

void CatalogueReader::ReadFramework(const Json& json, Catalogue& catalogue) {
  catalogue.framework_id_ = String(json, "id");
  catalogue.version_ = String(json, "version");
  catalogue.name_ = TextOf(json.at("name"));
  catalogue.rights_ = String(json, "rights");
  catalogue.languages_ = Strings(json.at("languages"));
}

void CatalogueReader::ReadLists(const Json& json, Catalogue& catalogue) {
  for (const Json& part : json.at("parts")) {
    catalogue.parts_.push_back({String(part, "id"), TextOf(part.at("name")), Notes(part)});
  }
  for (const Json& area : json.at("areas")) {
    catalogue.areas_.push_back(
        {String(area, "id"), String(area, "part"), TextOf(area.at("name")), String(area, "commitment"), Notes(area)});
  }
  for (const Json& feature : json.at("features")) {
    catalogue.features_.push_back({String(feature, "id"), String(feature, "area"), TextOf(feature.at("statement")),
                                   String(feature, "action_point"), Notes(feature)});
  }
  for (const Json& unit : json.at("units")) {
    catalogue.units_.push_back({String(unit, "id"), String(unit, "ucum"), TextOf(unit.at("display"))});
  }
  for (const Json& kind : json.at("source_kinds")) {
    catalogue.source_kinds_.push_back({String(kind, "code"), TextOf(kind.at("label")), String(kind, "supplied_by")});
  }
  for (const Json& scale : json.at("scales")) catalogue.scales_.push_back(ScaleOf(scale));
  for (const Json& breakdown : json.at("dimensions")) {
    catalogue.breakdowns_.push_back(BreakdownOf(breakdown));
  }
  for (const Json& measurement : json.at("measurements")) {
    catalogue.measurements_.push_back(MeasurementOf(measurement));
  }
}

void CatalogueReader::Translate(const KoreanNotes& korean, Catalogue& catalogue) {
  const auto translate = [&](auto& said) {
    for (auto& each : said) {
      const auto found = korean.find(each.text.en);
      if (found != korean.end()) each.text.ko = found->second;
    }
  };
  for (Part& part : catalogue.parts_) translate(part.notes);
  for (Area& area : catalogue.areas_) translate(area.notes);
  for (Feature& feature : catalogue.features_) translate(feature.notes);
  for (Measurement& measurement : catalogue.measurements_) {
    translate(measurement.notes);
    translate(measurement.checks);
  }
}

absl::StatusOr<Catalogue> CatalogueReader::Read(const Catalogue::Files& files) {
  const absl::StatusOr<KoreanNotes> korean = ParseKoreanNotes(files.korean_notes);
  HANSA_RETURN_IF_ERROR(korean.status());
  try {
    Catalogue catalogue;
    const Json framework = Json::parse(files.key_features.begin(), files.key_features.end());
    const Json declaration = Json::parse(files.commitments.begin(), files.commitments.end());
    ReadFramework(framework.at("framework"), catalogue);
    ReadLists(framework, catalogue);
    Translate(*korean, catalogue);
    for (const Json& commitment : declaration.at("commitments")) {
      catalogue.commitments_.push_back(CommitmentOf(commitment));
    }
    catalogue.sha256_ = Sha256(files.key_features);
    if (!catalogue.Connect()) {
      return absl::InvalidArgumentError(
          "reading the framework: a measurement names a unit or breakdown that is not listed, or "
          "an id "
          "stands twice; mend key_features.json");
    }
    return catalogue;
  } catch (const Json::exception& fault) {
    return absl::InvalidArgumentError(absl::StrCat("reading the framework: ", fault.what(), "; mend the JSON file"));
  }
}

absl::StatusOr<Catalogue> Catalogue::Parse(const Files& files) { return CatalogueReader::Read(files); }

}  // namespace hansa::node::catalogue
