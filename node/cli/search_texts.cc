#include "node/cli/search_texts.h"

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "hansa/v1/node.pb.h"
#include "node/catalogue/coded.h"
#include "node/catalogue/current.h"
#include "node/cli/indicator_words.h"
#include "node/cli/record_page.h"
#include "node/cli/text_width.h"
#include "node/domain/comparable.h"

namespace hansa::node::cli {
namespace {

// Of no width, and left alone by a table: they stand for the two ends of a word found until the lines are broken.
constexpr char kBegins[] = "\u2063";
constexpr char kEnds[] = "\u2064";

std::string WithMarks(const std::string& excerpt) {
  return absl::StrReplaceAll(absl::StrReplaceAll(excerpt, {{kBegins, ""}, {kEnds, ""}}),
                             {{"\x02", kBegins}, {"\x03", kEnds}});
}
std::string WithBold(const std::string& text, const Layout& layout) {
  return absl::StrReplaceAll(text, {{kBegins, layout.bold ? "\x1b[1m" : ""}, {kEnds, layout.bold ? "\x1b[0m" : ""}});
}

std::string YearOf(const v1::SearchHit& hit) { return hit.year() == 0 ? "-" : absl::StrCat(hit.year()); }

// The language of the original, and that of the translation by which it was found.
std::string LanguageOf(const v1::SearchHit& hit) {
  if (hit.found_in().empty()) return hit.record().language();
  return absl::StrCat(hit.record().language(), ", ", hit.found_in());
}

std::string FacetLines(const v1::SearchReply& found, const words::Words& words) {
  std::string lines;
  for (const v1::SearchFacet& facet : found.facets()) {
    const bool are_words = facet.name() == "kind" || facet.name() == "area_kind";
    const std::string values =
        absl::StrJoin(facet.values(), ", ", [&](std::string* out, const v1::SearchFacetValue& value) {
          const std::string shown = are_words ? words(value.value()) : Printable(value.value());
          absl::StrAppend(out, shown, " (", Grouped(value.records()), ")");
        });
    const std::string name = facet.name() == "area_kind" ? "kind of place" : facet.name();
    absl::StrAppend(&lines, words(name), ": ", values, "\n");
  }
  return lines;
}

using Links = google::protobuf::RepeatedPtrField<v1::RecordLink>;

// Records under a heading; nothing where there are none.
void AddLinks(absl::string_view heading, const Links& links, RecordPage& page) {
  if (links.empty()) return;
  const words::Words& words = page.layout().words;
  Table table({{words("id")}, {words("member")}, {words("kind")}, {words("title")}, {words("language")}});
  for (const v1::RecordLink& link : links) {
    table.Add({ShortId(link.id()), link.member(), words(link.kind()), Printable(link.title()), link.language()});
  }
  page.Add(absl::StrCat(Bold(words(heading), page.layout()), "\n", table.Text(page.layout())));
}

// '2.1.3/…: 2021 5.1, 2022 4.4 percent'. As in the charts of `hansa indicators progress`, '|' stands between values
// that rest on something else.
std::string SeriesLine(const v1::LearnSeries& series, const words::Words& words) {
  std::string values;
  for (const v1::LearnPoint& point : series.values()) {
    absl::StrAppend(&values,
                    values.empty()  ? ""
                    : point.joins() ? ", "
                                    : " | ",
                    point.year(), " ", Printable(point.value()));
  }
  return absl::StrCat("  ", series.cell(), ": ", values, series.unit().empty() ? "" : " ",
                      UnitOf(series.unit(), words));
}

// Where the wordings of the framework ask for different things, the language of the definition says what was counted.
bool AsksForLanguage(const v1::LearnSeries& series) {
  const catalogue::Cell* const cell = catalogue::CurrentCatalogue().FindCell(series.cell());
  return cell != nullptr && domain::LanguagesDiffer(*cell->measurement);
}

// What one value rests on: 'survey: city survey; South West England (region); definition: proxy'
std::string RestsOn(const v1::LearnPoint& point, const std::string& language, const words::Words& words) {
  v1::IndicatorRow row;
  row.set_source_kind(point.source_kind());
  row.set_source(point.source());
  row.set_match(point.match());
  row.set_derivation_note(point.derivation_note());
  row.set_note(point.note());
  const bool is_wider = point.level() == "region";
  const std::string area = !is_wider              ? point.area()
                           : point.area().empty() ? words(point.level())
                                                  : absl::StrCat(point.area(), " (", words(point.level()), ")");
  std::vector<std::string> parts;
  const std::string source = point.source().empty() ? words(point.source_kind()) : SourceOf(row, words);
  for (const std::string& part :
       {source, point.period(), area, language, NotesOf(row, words), absl::StrJoin(point.attributes(), "; ")}) {
    if (!part.empty()) parts.push_back(part);
  }
  return absl::StrJoin(parts, "; ");
}

// Years in a row that rest on the same are told of once.
void AddSeries(const v1::LearnSeries& series, RecordPage& page) {
  const words::Words& words = page.layout().words;
  page.Line(SeriesLine(series, words));
  const bool asks_for_language = AsksForLanguage(series);
  const auto rests_on_of = [&](int i) {
    const v1::LearnPoint& point = series.values(i);
    return RestsOn(point, asks_for_language ? point.definition_language() : "", words);
  };
  for (int i = 0; i < series.values_size();) {
    const std::string rests_on = rests_on_of(i);
    int last = i;
    while (last + 1 < series.values_size() && rests_on_of(last + 1) == rests_on) ++last;
    const std::uint32_t from = series.values(i).year(), to = series.values(last).year();
    if (!rests_on.empty()) {
      page.Line(absl::StrCat("    ", from, from == to ? "" : absl::StrCat("–", to), ": ", Printable(rests_on)));
    }
    i = last + 1;
  }
}

bool IsBroken(const v1::LearnSeries& series) {
  for (int i = 1; i < series.values_size(); ++i) {
    if (!series.values(i).joins()) return true;
  }
  return false;
}

// What was asked about, in the reader's language.
std::string NameOf(const v1::LearnReply& learnt, const words::Words& words) {
  const catalogue::Coded coded = catalogue::FindCoded(catalogue::CurrentCatalogue(), learnt.part());
  if (std::holds_alternative<std::monostate>(coded)) return learnt.name();
  return catalogue::NameOf(coded).In(words::LanguageTag(words.language()));
}

}  // namespace

std::string TextOf(const v1::SearchReply& found, Facets facets, const Layout& layout) {
  const words::Words& words = layout.words;
  if (found.found() == 0)
    return absl::StrCat(words("nothing that this node holds has all of that; leave out a word or a bound"), "\n");
  Table table({{words("id")},
               {words("kind")},
               {words("member")},
               {words("title")},
               {words("year")},
               {words("language")},
               {words("features")}});
  for (const v1::SearchHit& hit : found.hits()) {
    const v1::RecordLink& record = hit.record();
    table.Add({ShortId(record.id()), words(record.kind()), record.member(), Printable(record.title()), YearOf(hit),
               LanguageOf(hit), Printable(absl::StrJoin(hit.features(), ", "))});
    table.Under(WithMarks(hit.excerpt()));
  }
  std::string text = WithBold(table.Text(layout), layout);
  const auto shown = static_cast<std::uint64_t>(found.hits_size());
  if (shown < found.found()) {
    absl::StrAppend(
        &text, words("{0} of {1} records; --limit and the filters say which", Grouped(shown), Grouped(found.found())),
        "\n");
  }
  if (facets == Facets::kShown) absl::StrAppend(&text, "\n", FacetLines(found, words));
  return text;
}

std::string UnreadWarning(const v1::SearchReply& found, const words::Words& words) {
  if (found.unread() == 0) return "";
  return words("{0} records here are not read for searching yet; search again in a moment", Grouped(found.unread()));
}

std::string TextOf(const v1::FindSimilarReply& similar, const Layout& layout) {
  const words::Words& words = layout.words;
  RecordPage page(layout);
  if (similar.cities().empty()) {
    page.Line(words("no city here is in circumstances like those of {0}", similar.member()));
  } else {
    page.Line(words("cities in circumstances like those of {0}, by name", similar.member()));
  }
  for (const v1::SimilarCity& city : similar.cities()) {
    page.Line(absl::StrCat("  ", Printable(city.name()), " (", city.member(), ")"));
    for (const std::string& reason : city.reasons()) {
      page.Line(absl::StrCat("    ", Printable(words.Translated(reason))));
    }
  }
  for (const std::string& remark : similar.remarks()) page.Line(Printable(words.Translated(remark)));
  return page.text();
}

std::string TextOf(const v1::LearnReply& learnt, const Layout& layout) {
  const words::Words& words = layout.words;
  RecordPage page(layout);
  page.Title(absl::StrCat(learnt.part(), " ", NameOf(learnt, words)));
  AddLinks("practices", learnt.practices(), page);
  bool is_broken = false;
  for (const v1::LearnCity& city : learnt.cities()) {
    AddLinks(absl::StrCat(city.name(), " (", city.member(), ")"), city.deeds(), page);
    for (const v1::LearnSeries& series : city.series()) {
      AddSeries(series, page);
      is_broken = is_broken || IsBroken(series);
    }
  }
  if (is_broken) {
    page.Line(
        words("read against the city's own earlier value; values that rest on another source or definition are not "
              "joined"));
  }
  AddLinks("offers and requests that can be taken up", learnt.offers(), page);
  AddLinks("opportunities that have not passed", learnt.opportunities(), page);
  AddLinks("guidance", learnt.guidance(), page);
  AddLinks("dialogue", learnt.dialogue(), page);
  const bool is_empty = learnt.practices().empty() && learnt.cities().empty() && learnt.offers().empty() &&
                        learnt.opportunities().empty() && learnt.guidance().empty() && learnt.dialogue().empty();
  if (is_empty) page.Line(words("nothing here is about it yet"));
  return page.text();
}

}  // namespace hansa::node::cli
