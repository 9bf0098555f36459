#include "node/cli/search_texts.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "hansa/v1/node_search.pb.h"
#include "node/catalogue/coded.h"
#include "node/catalogue/current.h"
#include "node/cli/indicator_words.h"
#include "node/cli/record_page.h"
#include "node/cli/text_width.h"

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

// '2.1.3/…: 2021 5.1, 2022 4.4 percent'
std::string SeriesLine(const v1::LearnSeries& series, const words::Words& words) {
  return absl::StrCat("  ", series.cell(), ": ",
                      absl::StrJoin(series.values(), ", ",
                                    [](std::string* out, const v1::LearnPoint& point) {
                                      absl::StrAppend(out, point.year(), " ", Printable(point.value()));
                                    }),
                      series.unit().empty() ? "" : " ", UnitOf(series.unit(), words));
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
  for (const v1::LearnCity& city : learnt.cities()) {
    AddLinks(absl::StrCat(city.name(), " (", city.member(), ")"), city.deeds(), page);
    for (const v1::LearnSeries& series : city.series()) page.Line(SeriesLine(series, words));
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
