// The rules, in one file because they share the JSON library, which stays out of headers.
#include "node/catalogue/soundness.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "nlohmann/json.hpp"

namespace hansa::node::catalogue {
namespace {

using Json = nlohmann::json;
using Ids = std::set<std::string>;

// What the 2013 edition holds. A changed framework is a new version with numbers of its own.
struct Count {
  const char* what;
  std::size_t number;
};
constexpr Count kCounts[] = {{"parts", 3},         {"areas", 12}, {"features", 42},
                             {"measurements", 60}, {"cells", 76}, {"attributes", 8}};
constexpr std::size_t kCommitments = 12;
constexpr std::size_t kActionPoints = 50;
constexpr std::int64_t kHoursOfAWeek = 168;

class Rules {
 public:
  explicit Rules(const char* file) : file_(file) {}

  void Want(bool holds, absl::string_view where, absl::string_view fault) {
    if (!holds) faults_.push_back(absl::StrCat(file_, ": ", where, ": ", fault));
  }

  // Both languages, neither empty nor padded; Korean in the Korean text, none in the English one.
  void Bilingual(const Json& text, const std::string& where, bool needs_hangul = true) {
    for (const char* language : {"en", "ko"}) {
      const bool there = text.is_object() && text.contains(language) && text[language].is_string();
      Want(there, where, absl::StrCat("has no text in '", language, "'"));
      if (!there) return;
      const std::string words = text[language].get<std::string>();
      Want(!words.empty() && words.front() != ' ' && words.back() != ' ' && !absl::StrContains(words, "  "), where,
           absl::StrCat("the text in '", language, "' is empty or badly spaced"));
    }
    Want(!HasHangul(text["en"].get<std::string>()), where, "the English text holds Hangul");
    Want(!needs_hangul || HasHangul(text["ko"].get<std::string>()), where, "the Korean text holds no Hangul");
  }

  void Notes(const Json& notes, const std::string& where) {
    static const Ids kKinds = {"language_difference", "ocr_repair", "interpretation"};
    for (const Json& note : notes) {
      Want(kKinds.contains(note.at("kind").get<std::string>()), where, "a note of unknown kind");
      Want(!note.at("text").get<std::string>().empty(), where, "an empty note");
    }
  }

  Ids Unique(const Json& things, const char* key, const std::string& what) {
    Ids ids;
    for (const Json& thing : things) {
      const std::string id = thing.at(key).get<std::string>();
      Want(ids.insert(id).second, what, absl::StrCat("'", id, "' stands twice"));
    }
    return ids;
  }

  std::vector<std::string> faults() && { return std::move(faults_); }

 private:
  // Syllables U+AC00 to U+D7A3, three bytes each in UTF-8.
  static bool HasHangul(const std::string& text) {
    for (std::size_t i = 0; i + 2 < text.size(); ++i) {
      const auto byte = [&](std::size_t n) { return static_cast<unsigned>(static_cast<unsigned char>(text[i + n])); };
      if ((byte(0) & 0xF0) != 0xE0) continue;
      const unsigned point = (byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
      if (point >= 0xAC00 && point <= 0xD7A3) return true;
    }
    return false;
  }

  std::string file_;
  std::vector<std::string> faults_;
};

// Lower-case words of [a-z0-9] joined by single hyphens.
bool IsHyphenated(absl::string_view text) {
  if (text.empty() || text.front() == '-' || text.back() == '-') return false;
  if (absl::StrContains(text, "--")) return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c == '-' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
}

// Such as '1.2.3' for three levels.
bool IsNumbered(absl::string_view text, std::size_t levels) {
  if (text.size() != 2 * levels - 1) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i % 2 == 0 ? text[i] < '1' || text[i] > '9' : text[i] != '.') return false;
  }
  return true;
}

void CheckCounts(const Json& json, Rules& rules) {
  std::map<std::string, std::size_t> found;
  for (const char* list : {"parts", "areas", "features", "measurements"}) {
    found[list] = json.at(list).size();
  }
  for (const Json& measurement : json.at("measurements")) {
    found["cells"] += measurement.at("cells").size();
    found["attributes"] += measurement.at("attributes").size();
  }
  for (const Count& count : kCounts) {
    rules.Want(found[count.what] == count.number, count.what,
               absl::StrCat(found[count.what], " found, ", count.number, " expected"));
    rules.Want(json.at("framework").at("counts").at(count.what) == count.number, "framework.counts",
               absl::StrCat("'", count.what, "' is not ", count.number));
  }
}

void CheckTree(const Json& json, Rules& rules) {
  const Ids parts = rules.Unique(json.at("parts"), "id", "parts");
  const Ids areas = rules.Unique(json.at("areas"), "id", "areas");
  rules.Unique(json.at("features"), "id", "features");
  for (const Json& part : json.at("parts")) {
    const std::string where = absl::StrCat("part ", part.at("id").get<std::string>());
    rules.Bilingual(part.at("name"), where);
    rules.Notes(part.at("notes"), where);
  }
  for (const Json& area : json.at("areas")) {
    const std::string id = area.at("id").get<std::string>();
    const std::string part = area.at("part").get<std::string>();
    rules.Want(IsNumbered(id, 2), id, "an area's id is two numbers");
    rules.Want(parts.contains(part) && absl::StartsWith(id, part + "."), id, "names another part");
    rules.Bilingual(area.at("name"), id);
    rules.Notes(area.at("notes"), id);
  }
  std::string previous;
  for (const Json& feature : json.at("features")) {
    const std::string id = feature.at("id").get<std::string>();
    const std::string area = feature.at("area").get<std::string>();
    rules.Want(IsNumbered(id, 3), id, "a feature's id is three numbers");
    rules.Want(areas.contains(area) && absl::StartsWith(id, area + "."), id, "names another area");
    rules.Want(previous < id, id, "out of order");
    rules.Bilingual(feature.at("statement"), id);
    rules.Notes(feature.at("notes"), id);
    previous = id;
  }
}

void CheckLists(const Json& json, Rules& rules) {
  for (const char* list : {"units", "scales", "dimensions"}) rules.Unique(json.at(list), "id", list);
  rules.Unique(json.at("source_kinds"), "code", "source_kinds");
  for (const Json& unit : json.at("units")) {
    const std::string id = unit.at("id").get<std::string>();
    rules.Want(IsHyphenated(id), id, "a unit's id is lower-case words and hyphens");
    rules.Want(!unit.at("ucum").get<std::string>().empty(), id, "has no UCUM code");
    rules.Bilingual(unit.at("display"), id, /*needs_hangul=*/false);
  }
  for (const Json& kind : json.at("source_kinds")) {
    rules.Bilingual(kind.at("label"), kind.at("code").get<std::string>());
  }
  for (const Json& scale : json.at("scales")) {
    const std::string id = scale.at("id").get<std::string>();
    int expected = 5;
    for (const Json& point : scale.at("points")) {
      rules.Want(point.at("value") == expected--, id, "points must run from 5 to 1");
      rules.Bilingual(point.at("label"), id);
    }
    rules.Want(expected == 0, id, "has not five points");
  }
  for (const Json& dimension : json.at("dimensions")) {
    const std::string id = dimension.at("id").get<std::string>();
    rules.Unique(dimension.at("members"), "code", id);
    rules.Bilingual(dimension.at("label"), id);
    int totals = 0;
    for (const Json& member : dimension.at("members")) {
      rules.Want(IsHyphenated(member.at("code").get<std::string>()), id, "a member's code is malformed");
      rules.Bilingual(member.at("label"), id);
      totals += member.at("is_total").get<bool>() ? 1 : 0;
    }
    rules.Want(totals <= 1, id, "has more than one total");
  }
}

// The range that belongs to a kind of value in a unit.
void CheckRange(const Json& m, const std::string& id, Rules& rules) {
  const std::string type = m.at("value_type").get<std::string>();
  const std::string unit = m.at("unit").get<std::string>();
  const Json& range = m.at("range");
  Json expected = {{"min", 0}, {"max", nullptr}};
  bool unit_fits = !(unit == "percent" || unit == "rating-1-5" || unit == "count");
  if (type == "percentage") {
    expected["max"] = 100;
    unit_fits = unit == "percent";
  } else if (type == "rating") {
    expected = {{"min", 1}, {"max", 5}};
    unit_fits = unit == "rating-1-5";
  } else if (type == "integer") {
    unit_fits = unit == "count";
  } else {
    rules.Want(type == "number", id, absl::StrCat("unknown value type '", type, "'"));
    if (unit == "hours-per-week") expected["max"] = kHoursOfAWeek;
  }
  rules.Want(range == expected, id, absl::StrCat("range ", range.dump(), " is not ", expected.dump()));
  rules.Want(unit_fits, id, absl::StrCat("a ", type, " cannot be in '", unit, "'"));
  rules.Want(m.at("scale").is_null() == (type != "rating"), id, "a scale goes with a rating only");
}

void CheckCells(const Json& m, const std::string& id, const Json& dimensions, Rules& rules) {
  std::vector<std::string> expected = {id};
  bool has_total = false;
  if (!m.at("breakdown").is_null()) {
    expected.clear();
    for (const Json& dimension : dimensions) {
      if (dimension.at("id") != m.at("breakdown")) continue;
      for (const Json& member : dimension.at("members")) {
        expected.push_back(absl::StrCat(id, "#", member.at("code").get<std::string>()));
        has_total = has_total || member.at("is_total").get<bool>();
      }
    }
    rules.Want(!expected.empty(), id, "names a breakdown that is not listed");
  }
  rules.Want(m.at("cells") == Json(expected), id, absl::StrCat("cells are not ", absl::StrJoin(expected, ", ")));
  bool checks_total = false;
  for (const Json& check : m.at("checks")) {
    const std::string rule = check.at("rule").get<std::string>();
    checks_total = checks_total || rule == "total_between_members";
    rules.Want(rule == "total_between_members" || rule == "sum_at_most_100", id,
               absl::StrCat("unknown check '", rule, "'"));
  }
  rules.Want(has_total == checks_total, id, "a total needs the check total_between_members");
}

void CheckAttributes(const Json& m, const std::string& id, Rules& rules) {
  rules.Unique(m.at("attributes"), "code", id);
  for (const Json& attribute : m.at("attributes")) {
    const std::string code = attribute.at("code").get<std::string>();
    const std::string type = attribute.at("value_type").get<std::string>();
    rules.Want(
        !code.empty() && std::all_of(code.begin(), code.end(), [](char c) { return c == '_' || std::islower(c) != 0; }),
        id, absl::StrCat("attribute code '", code, "' is malformed"));
    rules.Want(type == "year" || type == "choice", id, "unknown kind of attribute");
    rules.Want(type != "choice" || attribute.value("choices", Json::array()).size() > 1, id,
               "a choice needs two codes or more");
    rules.Want(attribute.at("required").is_boolean(), id, "'required' must be true or false");
    rules.Bilingual(attribute.at("label"), id, /*needs_hangul=*/false);
  }
}

void CheckReferences(const Json& json, Rules& rules) {
  const std::pair<const char*, const char*> lists[] = {{"unit", "units"}, {"scale", "scales"}};
  for (const auto& [key, list] : lists) {
    const Ids listed = rules.Unique(json.at(list), "id", list);
    for (const Json& m : json.at("measurements")) {
      if (m.at(key).is_null()) continue;
      const std::string named = m.at(key).get<std::string>();
      rules.Want(listed.contains(named), m.at("id").get<std::string>(),
                 absl::StrCat("names ", key, " '", named, "', which is not listed"));
    }
  }
  const Ids kinds = rules.Unique(json.at("source_kinds"), "code", "source_kinds");
  const Ids directions = rules.Unique(json.at("directions"), "code", "directions");
  for (const Json& m : json.at("measurements")) {
    const std::string id = m.at("id").get<std::string>();
    rules.Want(!m.at("sources").empty(), id, "names no source kind");
    for (const Json& source : m.at("sources")) {
      rules.Want(kinds.contains(source.get<std::string>()), id, "names an unknown source kind");
      rules.Want(source != "expert_review" || m.at("value_type") == "rating", id, "experts give ratings only");
    }
    rules.Want(directions.contains(m.at("direction").get<std::string>()), id, "unknown direction");
  }
}

void CheckMeasurements(const Json& json, Rules& rules) {
  const Ids features = rules.Unique(json.at("features"), "id", "features");
  rules.Unique(json.at("measurements"), "id", "measurements");
  std::map<std::string, int> rows;
  std::string previous_feature;
  for (const Json& m : json.at("measurements")) {
    const std::string id = m.at("id").get<std::string>();
    const std::string feature = m.at("feature").get<std::string>();
    rules.Want(features.contains(feature) && absl::StartsWith(id, feature + "/"), id, "names another feature");
    rules.Want(id.size() > 6 && IsHyphenated(absl::string_view(id).substr(6)), id, "malformed id");
    rules.Want(previous_feature <= feature, id, "out of order");
    rules.Want(m.at("order") == ++rows[feature], id, "its order within the feature is wrong");
    rules.Bilingual(m.at("title"), id);
    rules.Bilingual(m.at("definition"), id);
    rules.Bilingual(m.at("reference_period").at("text"), id);
    rules.Notes(m.at("notes"), id);
    CheckRange(m, id, rules);
    CheckCells(m, id, json.at("dimensions"), rules);
    CheckAttributes(m, id, rules);
    previous_feature = feature;
  }
  for (const std::string& feature : features) {
    rules.Want(rows.contains(feature), feature, "has no measurement");
  }
  CheckReferences(json, rules);
}

void CheckCommitments(const Json& declaration, const Json& framework, Rules& rules) {
  const Json& commitments = declaration.at("commitments");
  rules.Want(commitments.size() == kCommitments, "commitments",
             absl::StrCat(commitments.size(), " found, ", kCommitments, " expected"));
  std::map<std::string, std::string> feature_of;
  for (const Json& commitment : commitments) {
    const std::string id = commitment.at("id").get<std::string>();
    rules.Bilingual(commitment.at("title"), id);
    int number = 0;
    for (const Json& point : commitment.at("action_points")) {
      const std::string point_id = point.at("id").get<std::string>();
      rules.Want(point_id == absl::StrCat(id, ".", ++number), point_id, "wrongly numbered");
      rules.Bilingual(point, point_id);
      feature_of[point_id] = point.at("feature").is_null() ? "" : point.at("feature").get<std::string>();
    }
  }
  rules.Want(feature_of.size() == kActionPoints, "action points",
             absl::StrCat(feature_of.size(), " found, ", kActionPoints, " expected"));
  for (const Json& feature : framework.at("features")) {
    const std::string id = feature.at("id").get<std::string>();
    const auto point = feature_of.find(feature.at("action_point").get<std::string>());
    rules.Want(point != feature_of.end() && point->second == id, id, "its action point does not name it back");
  }
  for (const Json& area : framework.at("areas")) {
    const auto answers = [&](const Json& commitment) {
      return commitment.at("id") == area.at("commitment") && commitment.at("area") == area.at("id");
    };
    rules.Want(std::any_of(commitments.begin(), commitments.end(), answers), area.at("id").get<std::string>(),
               "its commitment does not name it back");
  }
}

// What a rule of each kind has beside its id, kind, severity, text and where it holds.
struct CheckKind {
  const char* code;
  bool may_be_answered;  // By a note.
  Ids needs;
  Ids may_have;
};
const std::vector<CheckKind>& CheckKinds() {
  static const auto& kinds = *new std::vector<CheckKind>{
      {"range", false, {}, {}},
      {"likely", false, {}, {"from", "to"}},
      {"future_year", false, {}, {}},
      {"missing_source", false, {}, {}},
      {"source_kind", true, {}, {}},
      {"total_between_members", false, {}, {}},
      {"sum_at_most_100", false, {}, {}},
      {"total_source", true, {}, {}},
      {"unit_slip", false, {"against", "times", "within"}, {}},
      {"jump", true, {"at_least"}, {"points", "factor"}},
      {"departure", true, {}, {}},
      {"region_without_area", true, {}, {}},
      {"period", true, {"years_before", "years_after"}, {}},
  };
  return kinds;
}

// A text of digits, perhaps with a stop and up to three more. With two digits before the stop no product of thresholds
// and values overflows; amounts in the unit of a row are only compared, and may have nine.
bool IsDecimal(const Json& json, std::size_t digits_max) {
  const std::string text = json.is_string() ? json.get<std::string>() : "";
  const std::size_t stop = std::min(text.find('.'), text.size());
  const auto is_digits = [](const std::string& part) {
    return !part.empty() && part.find_first_not_of("0123456789") == std::string::npos;
  };
  if (!is_digits(text.substr(0, stop)) || stop > digits_max || (stop > 1 && text[0] == '0')) return false;
  return stop == text.size() || (is_digits(text.substr(stop + 1)) && text.size() - stop <= 4);
}

void CheckWhere(const Json& rule, const std::string& id, const Json& framework, Rules& rules) {
  Ids rows;
  Ids units;
  Ids types;
  for (const Json& m : framework.at("measurements")) {
    rows.insert(m.at("id").get<std::string>());
    for (const Json& cell : m.at("cells")) rows.insert(cell.get<std::string>());
    units.insert(m.at("unit").get<std::string>());
    types.insert(m.at("value_type").get<std::string>());
  }
  const std::pair<const char*, const Ids&> lists[] = {{"cells", rows}, {"units", units}, {"value_types", types}};
  for (const auto& [key, known] : lists) {
    if (!rule.contains(key)) continue;
    rules.Want(!rule.at(key).empty(), id, absl::StrCat("'", key, "' is empty; leave it out"));
    for (const Json& named : rule.at(key)) {
      rules.Want(known.contains(named.get<std::string>()), id,
                 absl::StrCat("names ", key, " '", named.get<std::string>(), "', which no row has"));
    }
  }
}

void CheckMembers(const Json& rule, const std::string& id, const CheckKind& kind, Rules& rules) {
  Ids known = {"id", "kind", "severity", "text", "cells", "units", "value_types"};
  known.insert(kind.needs.begin(), kind.needs.end());
  known.insert(kind.may_have.begin(), kind.may_have.end());
  if (kind.may_be_answered) known.insert("answered_by");
  bool has_one = kind.may_have.empty();
  for (const auto& member : rule.items()) {
    rules.Want(known.contains(member.key()), id,
               absl::StrCat("'", member.key(), "' means nothing to a rule of kind ", kind.code));
    has_one = has_one || kind.may_have.contains(member.key());
  }
  for (const std::string& needed : kind.needs)
    rules.Want(rule.contains(needed), id, absl::StrCat("lacks '", needed, "'"));
  rules.Want(has_one, id, absl::StrCat("has none of ", absl::StrJoin(kind.may_have, ", ")));
  const Ids answers = kind.code == std::string("jump") ? Ids{"nothing", "note", "new_note"} : Ids{"nothing", "note"};
  if (rule.contains("answered_by")) {
    rules.Want(answers.contains(rule.at("answered_by").get<std::string>()), id, "unknown 'answered_by'");
  }
}

void CheckThresholds(const Json& rule, const std::string& id, Rules& rules) {
  const auto want = [&](const char* key, bool holds) {
    rules.Want(holds, id, absl::StrCat("'", key, "' is not what it may be"));
  };
  for (const char* key : {"from", "to", "at_least"}) want(key, !rule.contains(key) || IsDecimal(rule.at(key), 9));
  for (const char* key : {"points", "factor"}) {
    if (!rule.contains(key)) continue;
    const Json& first = rule.at(key).at("first");
    want(key, IsDecimal(first, 2) && IsDecimal(rule.at(key).at("more"), 2));
    // Any value would meet a factor below 1.
    want(key, key != std::string("factor") || first.get<std::string>()[0] != '0');
  }
  for (const char* key : {"times", "against"}) want(key, !rule.contains(key) || !rule.at(key).empty());
  for (const Json& times : rule.value("times", Json::array())) want("times", times >= 10 && times <= 10000);
  for (const Json& with : rule.value("against", Json::array())) want("against", with == "past" || with == "members");
  if (rule.contains("within"))
    want("within", IsDecimal(rule.at("within"), 1) && rule.at("within").get<std::string>()[0] != '0');
  for (const char* key : {"years_before", "years_after"}) {
    want(key, !rule.contains(key) || (rule.at(key) >= 0 && rule.at(key) <= 50));
  }
}

void CheckRulesOfChecks(const Json& file, const Json& framework, Rules& rules) {
  rules.Want(file.at("schema_version") == 1, "schema_version", "is not 1");
  rules.Unique(file.at("rules"), "id", "rules");
  Ids kinds;
  for (const Json& rule : file.at("rules")) {
    const std::string id = rule.at("id").get<std::string>();
    const std::string code = rule.at("kind").get<std::string>();
    kinds.insert(code);
    rules.Want(IsHyphenated(id), id, "malformed id");
    rules.Bilingual(rule.at("text"), id);
    const std::string severity = rule.at("severity").get<std::string>();
    rules.Want(severity == "error" || severity == "warning", id, "severity is neither error nor warning");
    CheckWhere(rule, id, framework, rules);
    CheckThresholds(rule, id, rules);
    const auto kind = std::find_if(CheckKinds().begin(), CheckKinds().end(),
                                   [&](const CheckKind& each) { return code == each.code; });
    rules.Want(kind != CheckKinds().end(), id, absl::StrCat("unknown kind '", code, "'"));
    if (kind != CheckKinds().end()) CheckMembers(rule, id, *kind, rules);
  }
  for (const CheckKind& kind : CheckKinds())
    rules.Want(kinds.contains(kind.code), kind.code, "no rule is of this kind");
}

}  // namespace

std::vector<std::string> FindFaults(const FrameworkFiles& files) {
  Rules features("key_features.json");
  Rules commitments("commitments.json");
  Rules* reading = &features;
  try {
    const Json framework = Json::parse(files.key_features.begin(), files.key_features.end());
    CheckCounts(framework, features);
    CheckTree(framework, features);
    CheckLists(framework, features);
    CheckMeasurements(framework, features);
    reading = &commitments;
    CheckCommitments(Json::parse(files.commitments.begin(), files.commitments.end()), framework, commitments);
  } catch (const Json::exception& fault) {
    reading->Want(false, "structure", fault.what());
  }
  std::vector<std::string> faults = std::move(features).faults();
  for (std::string& fault : std::move(commitments).faults()) faults.push_back(std::move(fault));
  return faults;
}

std::vector<std::string> FindFaultsOfChecks(const CheckFiles& files) {
  Rules rules("check_rules.json");
  try {
    const Json framework = Json::parse(files.key_features.begin(), files.key_features.end());
    CheckRulesOfChecks(Json::parse(files.check_rules.begin(), files.check_rules.end()), framework, rules);
  } catch (const Json::exception& fault) {
    rules.Want(false, "structure", fault.what());
  }
  return std::move(rules).faults();
}

}  // namespace hansa::node::catalogue
