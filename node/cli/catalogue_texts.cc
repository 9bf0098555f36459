#include "node/cli/catalogue_texts.h"

#include <algorithm>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "node/cli/text_width.h"

namespace hansa::node::cli {
namespace {

using catalogue::Catalogue;
using catalogue::Feature;
using catalogue::Measurement;
using catalogue::Note;
using catalogue::Text;

constexpr char kDifference[] = "language_difference";

// `text` at `indent`, wrapped to the terminal.
std::string Indented(const std::string& text, std::size_t indent, const Layout& layout) {
  const std::size_t width =
      layout.columns > 0 ? std::max<std::size_t>(static_cast<std::size_t>(layout.columns), indent + 20) - indent : 0;
  std::string out;
  for (const std::string& line : Wrapped(text, width)) {
    absl::StrAppend(&out, std::string(indent, ' '), line, "\n");
  }
  return out;
}

bool LanguagesDiffer(const std::vector<Note>& notes) {
  return std::any_of(notes.begin(), notes.end(), [](const Note& note) { return note.kind == kDifference; });
}

// `text` in the language of the page, and in the other too where the two say different things.
std::string InLanguages(const CataloguePage& page, const Text& text, const std::vector<Note>& notes,
                        std::size_t indent) {
  std::string out = Indented(text.In(page.language), indent, page.layout);
  if (!LanguagesDiffer(notes)) return out;
  const bool korean = page.language == "ko";
  absl::StrAppend(&out,
                  Indented(absl::StrCat(korean ? "en: " : "ko: ", korean ? text.en : text.ko), indent, page.layout));
  return out;
}

std::string NotesText(const CataloguePage& page, const std::vector<Note>& notes, std::size_t indent) {
  std::string out;
  for (const Note& note : notes) {
    absl::StrAppend(&out, Indented(page.layout.words(note.kind == kDifference        ? "languages differ: {0}"
                                                     : note.kind == "interpretation" ? "interpretation: {0}"
                                                                                     : "repaired: {0}",
                                                     note.text.In(page.language)),
                                   indent, page.layout));
  }
  return out;
}

std::string ValueInWords(const CataloguePage& page, const Measurement& row) {
  const catalogue::Unit* unit = page.catalogue.FindUnit(row.unit);
  const words::Words& words = page.layout.words;
  const std::string type = words(catalogue::Code(row.value_type));
  const std::string measured_in = unit == nullptr ? row.unit : unit->display.In(page.language);
  const std::string range =
      row.range.max ? words("from {0} to {1}", row.range.min, *row.range.max) : words("from {0}", row.range.min);
  return absl::StrCat(type, ", ", measured_in, ", ", range);
}

std::string SourcesInWords(const CataloguePage& page, const Measurement& row) {
  std::vector<std::string> labels;
  for (const catalogue::SourceKindLabel& kind : page.catalogue.source_kinds()) {
    if (std::count(row.source_kinds.begin(), row.source_kinds.end(), kind.code) > 0) {
      labels.push_back(absl::StrCat(kind.label.In(page.language), " (", kind.code, ")"));
    }
  }
  return absl::StrJoin(labels, " / ");
}

std::string AttributeInWords(const CataloguePage& page, const catalogue::Attribute& attribute) {
  const words::Words& words = page.layout.words;
  const std::string choices =
      attribute.type == catalogue::AttributeType::kYear ? words("a year") : absl::StrJoin(attribute.choices, ", ");
  return absl::StrCat(attribute.code, ": ", attribute.label.In(page.language), " (", choices,
                      attribute.required ? absl::StrCat(", ", words("required")) : "", ")");
}

std::string CellsText(const CataloguePage& page, const Measurement& row) {
  const catalogue::Breakdown* breakdown = page.catalogue.FindBreakdown(row.breakdown);
  Table table({{page.layout.words("cell")}, {page.layout.words("what")}});
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const bool named = breakdown != nullptr && i < breakdown->members.size();
    table.Add({row.cells[i], named ? breakdown->members[i].label.In(page.language) : row.title.In(page.language)});
  }
  return table.Text(page.layout);
}

std::string ScaleText(const CataloguePage& page, const Measurement& row) {
  const catalogue::Scale* scale = page.catalogue.FindScale(row.scale);
  std::string out;
  if (scale == nullptr) return out;
  for (const catalogue::ScalePoint& point : scale->points) {
    absl::StrAppend(&out, "  ", point.value, "  ", point.label.In(page.language), "\n");
  }
  return out;
}

std::string FeatureLine(const CataloguePage& page, const Feature& feature) {
  return absl::StrCat("    ", feature.id, "  ", feature.statement.In(page.language), "\n");
}

std::string FeatureLines(const CataloguePage& page, const catalogue::Area& area) {
  std::string out;
  for (const Feature& feature : page.catalogue.features()) {
    if (feature.area == area.id) absl::StrAppend(&out, FeatureLine(page, feature));
  }
  return out;
}

std::string PartText(const CataloguePage& page, const catalogue::Part& part) {
  std::string out = absl::StrCat(Bold(absl::StrCat(part.id, "  ", part.name.In(page.language)), page.layout), "\n",
                                 NotesText(page, part.notes, 2));
  for (const catalogue::Area& area : page.catalogue.areas()) {
    if (area.part != part.id) continue;
    absl::StrAppend(&out, "  ", area.id, "  ", area.name.In(page.language), "\n", FeatureLines(page, area));
  }
  return out;
}

std::string AreaText(const CataloguePage& page, const catalogue::Area& area) {
  return absl::StrCat(Bold(area.id, page.layout), "\n", InLanguages(page, area.name, area.notes, 0),
                      NotesText(page, area.notes, 2), page.layout.words("commitment {0}", area.commitment), "\n",
                      FeatureLines(page, area));
}

std::string ActionPointText(const CataloguePage& page, const catalogue::ActionPoint& point) {
  const Feature* const feature = page.catalogue.FindFeature(point.feature);
  return absl::StrCat(
      Bold(point.id, page.layout), "\n", Indented(point.text.In(page.language), 0, page.layout),
      feature == nullptr ? page.layout.words("no feature shows it") + "\n" : FeatureLine(page, *feature));
}

std::string CommitmentText(const CataloguePage& page, const catalogue::Commitment& commitment) {
  std::string out =
      absl::StrCat(Bold(commitment.id, page.layout), "\n", Indented(commitment.title.In(page.language), 0, page.layout),
                   page.layout.words("area {0}", commitment.area), "\n");
  for (const catalogue::ActionPoint& point : commitment.action_points) {
    absl::StrAppend(&out, "    ", point.id, "  ", point.text.In(page.language),
                    point.feature.empty() ? "" : absl::StrCat(" (", point.feature, ")"), "\n");
  }
  return out;
}

}  // namespace

std::string OverviewText(const CataloguePage& page) {
  const Catalogue& all = page.catalogue;
  std::string out = absl::StrCat(
      Bold(all.name().In(page.language), page.layout), "\n",
      page.layout.words("{0} {1}: {2} features, {3} measurements, {4} cells", all.framework_id(), all.version(),
                        all.features().size(), all.measurements().size(), all.cells().size()),
      "\n");
  for (const catalogue::Part& part : all.parts()) {
    absl::StrAppend(&out, "\n", PartText(page, part));
  }
  return out;
}

std::string CodedText(const CataloguePage& page, const catalogue::Coded& coded) {
  struct Said {
    const CataloguePage& page;

    std::string operator()(std::monostate) const { return ""; }
    std::string operator()(const catalogue::Part* part) const { return PartText(page, *part); }
    std::string operator()(const catalogue::Area* area) const { return AreaText(page, *area); }
    std::string operator()(const Feature* feature) const { return FeatureText(page, *feature); }
    std::string operator()(const catalogue::Commitment* commitment) const { return CommitmentText(page, *commitment); }
    std::string operator()(const catalogue::ActionPoint* point) const { return ActionPointText(page, *point); }
  };
  return std::visit(Said{page}, coded);
}

std::string FeatureText(const CataloguePage& page, const Feature& feature) {
  std::string out =
      absl::StrCat(Bold(feature.id, page.layout), "\n", InLanguages(page, feature.statement, feature.notes, 0),
                   NotesText(page, feature.notes, 2));
  if (!feature.action_point.empty()) {
    absl::StrAppend(&out, page.layout.words("action point {0}", feature.action_point), "\n");
  }
  for (const Measurement& row : page.catalogue.measurements()) {
    if (row.feature == feature.id) absl::StrAppend(&out, "\n", MeasurementText(page, row));
  }
  return out;
}

std::string MeasurementText(const CataloguePage& page, const Measurement& row) {
  std::string out = absl::StrCat(Bold(row.id, page.layout), "\n", InLanguages(page, row.title, row.notes, 0),
                                 InLanguages(page, row.definition, row.notes, 2), NotesText(page, row.notes, 2));
  const words::Words& words = page.layout.words;
  Table facts({{words("detail")}, {words("value")}});
  facts.Add({words("value"), ValueInWords(page, row)});
  facts.Add({words("source"), SourcesInWords(page, row)});
  facts.Add({words("period"), row.reference_period.text.In(page.language)});
  if (row.population) facts.Add({words("population"), row.population->text.In(page.language)});
  if (row.denominator) facts.Add({words("denominator"), row.denominator->text.In(page.language)});
  if (row.counted) facts.Add({words("counted"), row.counted->In(page.language)});
  for (const catalogue::Attribute& attribute : row.attributes) {
    facts.Add({words("attribute"), AttributeInWords(page, attribute)});
  }
  for (const catalogue::Check& check : row.checks) facts.Add({words("check"), check.text.In(page.language)});
  absl::StrAppend(&out, facts.Text(page.layout), ScaleText(page, row), CellsText(page, row));
  return out;
}

}  // namespace hansa::node::cli
