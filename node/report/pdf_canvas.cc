#include "node/report/pdf_canvas.h"

#include <cairo-pdf.h>
#include <cairo.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "replication/check.h"

namespace hansa::node::report {
namespace {

// Tried in this order; what none of them has is looked for in all fonts of the machine.
constexpr char kFonts[] = "Noto Sans,Noto Sans CJK KR,Noto Sans KR,DejaVu Sans,NanumGothic,sans-serif";
constexpr char kKoreanFonts[] = "Noto Sans CJK KR,Noto Sans KR,NanumGothic,Noto Sans,DejaVu Sans,sans-serif";
constexpr double kLineSpacing = 1.12;  // of what the font asks for
constexpr double kTau = 6.283185307179586;

struct Colour {
  double red, green, blue;
};

constexpr Colour ColourOf(Ink ink) {
  switch (ink) {
    case Ink::kText:
      return {0.11, 0.11, 0.11};
    case Ink::kMuted:
      return {0.29, 0.29, 0.29};
    case Ink::kHeading:
      return {0.12, 0.31, 0.47};
    case Ink::kRule:
      return {0.48, 0.55, 0.63};
    case Ink::kGrid:
      return {0.83, 0.86, 0.89};
    case Ink::kMark:
      return {0.60, 0.29, 0.0};
    case Ink::kShade:
      return {0.91, 0.93, 0.96};
    case Ink::kWhite:
      return {1, 1, 1};
  }
  return {0, 0, 0};
}

struct Unref {
  void operator()(PangoLayout* layout) const { g_object_unref(layout); }
  void operator()(PangoContext* context) const { g_object_unref(context); }
  void operator()(PangoAttrList* list) const { pango_attr_list_unref(list); }
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
  void operator()(cairo_t* pen) const { cairo_destroy(pen); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
template <typename T>
using Owned = std::unique_ptr<T, Unref>;

bool HasFonts() {
  PangoFontFamily** families = nullptr;
  int count = 0;
  pango_font_map_list_families(pango_cairo_font_map_get_default(), &families, &count);
  g_free(families);
  return count > 0;
}

// What is no UTF-8 is replaced: the libraries refuse it.
std::string Valid(absl::string_view text) {
  if (text.empty()) return "";
  char* const valid = g_utf8_make_valid(text.data(), static_cast<gssize>(text.size()));
  std::string made(valid);
  g_free(valid);
  return made;
}

double PointsOf(int units) { return static_cast<double>(units) / PANGO_SCALE; }

cairo_status_t AppendTo(void* file, const unsigned char* bytes, unsigned int count) {
  static_cast<std::string*>(file)->append(reinterpret_cast<const char*>(bytes), count);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

struct PdfText::Inside {
  struct Line {
    PangoLayoutLine* line;  // of `layout`
    double above, height;   // from its top to its baseline, and to the next line
    double width;
    bool is_rtl;
  };
  Owned<PangoLayout> layout;
  std::vector<Line> lines;
  Ink ink = Ink::kText;
  std::size_t unshown = 0;
};

PdfText::PdfText() = default;
PdfText::PdfText(PdfText&&) noexcept = default;
PdfText& PdfText::operator=(PdfText&&) noexcept = default;
PdfText::~PdfText() = default;

std::size_t PdfText::lines() const { return inside_ == nullptr ? 0 : inside_->lines.size(); }

double PdfText::height(std::size_t first_line, std::size_t count) const {
  double height = 0;
  for (std::size_t i = first_line; i < std::min(lines(), first_line + count); ++i) height += inside_->lines[i].height;
  return height;
}

double PdfText::width() const {
  double width = 0;
  for (std::size_t i = 0; i < lines(); ++i) width = std::max(width, inside_->lines[i].width);
  return width;
}

struct PdfCanvas::Inside {
  std::string file;  // outlives the surface, which writes into it
  Owned<cairo_surface_t> surface;
  Owned<cairo_t> pen;
  Owned<PangoContext> context;
  std::vector<const char*> parts;  // open ones
  std::vector<int> outline = {0};  // by level, the last entry; the first is the root
  const char* fonts = kFonts;
  std::size_t unshown = 0;

  void Use(Ink ink) {
    const Colour colour = ColourOf(ink);
    cairo_set_source_rgb(pen.get(), colour.red, colour.green, colour.blue);
  }
};

PdfCanvas::PdfCanvas(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
PdfCanvas::~PdfCanvas() = default;

absl::StatusOr<std::unique_ptr<PdfCanvas>> PdfCanvas::Begin(const PdfInfo& info) {
  if (!HasFonts()) {
    return absl::FailedPreconditionError(
        "this machine has no font to print with; install one, such as the packages fonts-dejavu-core and fonts-nanum");
  }
  auto inside = std::make_unique<Inside>();
  inside->surface.reset(cairo_pdf_surface_create_for_stream(AppendTo, &inside->file, kPageWidth, kPageHeight));
  cairo_surface_t* const surface = inside->surface.get();
  if (absl::StartsWith(info.language, "ko")) inside->fonts = kKoreanFonts;
  const std::string made = absl::FormatTime(
      "%Y-%m-%dT%H:%M:%SZ", absl::FromUnixMillis(static_cast<std::int64_t>(info.dated_ms)), absl::UTCTimeZone());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, Valid(info.title).c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, Valid(info.author).c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Hansa");
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, made.c_str());
  inside->pen.reset(cairo_create(surface));
  inside->context.reset(pango_cairo_create_context(inside->pen.get()));
  pango_cairo_context_set_resolution(inside->context.get(), 72);  // sizes of fonts in points are those of the page
  pango_context_set_language(inside->context.get(), pango_language_from_string(info.language.c_str()));
  pango_context_set_round_glyph_positions(inside->context.get(), FALSE);
  return std::unique_ptr<PdfCanvas>(new PdfCanvas(std::move(inside)));
}

PdfText PdfCanvas::Shape(const TextRun& run, const TextStyle& style, double width) {
  PdfText text;
  text.inside_ = std::make_unique<PdfText::Inside>();
  PdfText::Inside& shaped = *text.inside_;
  shaped.ink = style.ink;
  shaped.layout.reset(pango_layout_new(inside_->context.get()));
  PangoLayout* const layout = shaped.layout.get();
  const std::string label = Valid(run.label);
  const std::string all = absl::StrCat(label, label.empty() ? "" : " ", Valid(run.text));
  const Owned<PangoFontDescription> font(pango_font_description_from_string(inside_->fonts));
  pango_font_description_set_size(font.get(), static_cast<int>(style.size * PANGO_SCALE));
  if (style.bold) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description(layout, font.get());
  const Owned<PangoAttrList> attributes(pango_attr_list_new());
  if (!label.empty()) {
    PangoAttribute* const bold = pango_attr_weight_new(PANGO_WEIGHT_BOLD);
    bold->end_index = static_cast<guint>(label.size());
    pango_attr_list_insert(attributes.get(), bold);
  }
  if (!run.language.empty()) {
    PangoAttribute* const language =
        pango_attr_language_new(pango_language_from_string(std::string(run.language).c_str()));
    language->start_index = static_cast<guint>(label.size());
    pango_attr_list_insert(attributes.get(), language);
  }
  pango_layout_set_attributes(layout, attributes.get());
  pango_layout_set_wrap(layout, width == 0 ? PANGO_WRAP_WORD : PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width(layout, width < 0 ? -1 : static_cast<int>(width * PANGO_SCALE));
  pango_layout_set_text(layout, all.data(), static_cast<int>(all.size()));
  shaped.unshown = static_cast<std::size_t>(pango_layout_get_unknown_glyphs_count(layout));
  for (GSList* each = pango_layout_get_lines_readonly(layout); each != nullptr; each = each->next) {
    auto* const line = static_cast<PangoLayoutLine*>(each->data);
    PangoRectangle logical;
    pango_layout_line_get_extents(line, nullptr, &logical);
    const double height = PointsOf(logical.height) * kLineSpacing;
    shaped.lines.push_back({line, PointsOf(-logical.y) + (height - PointsOf(logical.height)) / 2, height,
                            PointsOf(logical.width), line->resolved_dir == PANGO_DIRECTION_RTL});
  }
  return text;
}

void PdfCanvas::Draw(const PdfText& text, std::size_t first_line, std::size_t count, PdfPoint at, Align align) {
  if (text.inside_ == nullptr) return;
  inside_->Use(text.inside_->ink);
  for (std::size_t i = first_line; i < std::min(text.lines(), first_line + count); ++i) {
    const PdfText::Inside::Line& line = text.inside_->lines[i];
    cairo_move_to(inside_->pen.get(), align == Align::kRight ? at.x - line.width : at.x, at.y + line.above);
    pango_cairo_show_layout_line(inside_->pen.get(), line.line);
    at.y += line.height;
  }
  if (first_line == 0) inside_->unshown += text.inside_->unshown;
}

void PdfCanvas::Line(PdfPoint from, PdfPoint to, double width, Ink ink, Dash dash) {
  cairo_t* const pen = inside_->pen.get();
  const double pattern[] = {4, 3};
  inside_->Use(ink);
  cairo_set_line_width(pen, width);
  cairo_set_dash(pen, pattern, dash == Dash::kDashed ? 2 : 0, 0);
  cairo_move_to(pen, from.x, from.y);
  cairo_line_to(pen, to.x, to.y);
  cairo_stroke(pen);
}

void PdfCanvas::Box(PdfPoint corner, double width, double height, Ink ink) {
  inside_->Use(ink);
  cairo_rectangle(inside_->pen.get(), corner.x, corner.y, width, height);
  cairo_fill(inside_->pen.get());
}

void PdfCanvas::Frame(PdfPoint corner, double width, double height, Ink ink) {
  inside_->Use(ink);
  cairo_set_line_width(inside_->pen.get(), 0.6);
  cairo_set_dash(inside_->pen.get(), nullptr, 0, 0);
  cairo_rectangle(inside_->pen.get(), corner.x, corner.y, width, height);
  cairo_stroke(inside_->pen.get());
}

void PdfCanvas::Disc(PdfPoint center, double radius, Ink ink) {
  inside_->Use(ink);
  cairo_new_path(inside_->pen.get());
  cairo_arc(inside_->pen.get(), center.x, center.y, radius, 0, kTau);
  cairo_fill(inside_->pen.get());
}

void PdfCanvas::Ring(PdfPoint center, double radius, Ink ink) {
  Disc(center, radius, ink);
  Disc(center, radius - 1.2, Ink::kWhite);
}

void PdfCanvas::NextPage() {
  HANSA_CHECK(inside_->parts.empty());
  cairo_show_page(inside_->pen.get());
}

void PdfCanvas::BeginPart(const char* tag) {
  cairo_tag_begin(inside_->pen.get(), tag, nullptr);
  inside_->parts.push_back(tag);
}

void PdfCanvas::EndPart() {
  cairo_tag_end(inside_->pen.get(), inside_->parts.back());
  inside_->parts.pop_back();
}

void PdfCanvas::Place(std::size_t number, PdfPoint at) {
  const std::string attributes = absl::StrCat("name='part-", number, "' x=", at.x, " y=", at.y, " internal");
  cairo_tag_begin(inside_->pen.get(), CAIRO_TAG_DEST, attributes.c_str());
  cairo_tag_end(inside_->pen.get(), CAIRO_TAG_DEST);
}

void PdfCanvas::BeginLink(std::size_t number) {
  cairo_tag_begin(inside_->pen.get(), CAIRO_TAG_LINK, absl::StrCat("dest='part-", number, "'").c_str());
}

void PdfCanvas::EndLink() { cairo_tag_end(inside_->pen.get(), CAIRO_TAG_LINK); }

void PdfCanvas::Outline(std::size_t number, int level, const std::string& title) {
  const std::size_t depth = std::min(static_cast<std::size_t>(std::max(level, 1)), inside_->outline.size());
  inside_->outline.resize(depth);
  inside_->outline.push_back(cairo_pdf_surface_add_outline(
      inside_->surface.get(), inside_->outline.back(), Valid(title).c_str(),
      absl::StrCat("dest='part-", number, "'").c_str(),
      level == 1 ? CAIRO_PDF_OUTLINE_FLAG_OPEN : static_cast<cairo_pdf_outline_flags_t>(0)));
}

std::size_t PdfCanvas::unshown() const { return inside_->unshown; }

absl::StatusOr<std::string> PdfCanvas::Finish() {
  cairo_show_page(inside_->pen.get());
  cairo_status_t status = cairo_status(inside_->pen.get());
  cairo_surface_finish(inside_->surface.get());
  if (status == CAIRO_STATUS_SUCCESS) status = cairo_surface_status(inside_->surface.get());
  if (status != CAIRO_STATUS_SUCCESS) {
    return absl::InternalError(absl::StrCat("cannot make the PDF: ", cairo_status_to_string(status)));
  }
  return std::move(inside_->file);
}

}  // namespace hansa::node::report
