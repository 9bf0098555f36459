#include "node/markdown/pieces.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "node/domain/record_fields.h"
#include "node/domain/text.h"
#include "node/markdown/markdown.h"
#include "replication/check.h"

namespace hansa::node::markdown {
namespace {

struct Freed {
  void operator()(cmark_parser* parser) const { cmark_parser_free(parser); }
  void operator()(cmark_node* node) const { cmark_node_free(node); }
  void operator()(cmark_iter* iter) const { cmark_iter_free(iter); }
};

// Bytes of the character that begins with `lead`, in UTF-8.
std::size_t LengthOf(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  return byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

// Without what no record may hold: an entity such as &#x202E; is plain letters when it is signed, and more when it is
// read.
std::string Clean(absl::string_view text) {
  if (domain::CheckText(text, domain::Lines::kMany).ok()) return std::string(text);
  std::string clean;
  for (std::size_t at = 0; at < text.size();) {
    const absl::string_view character = text.substr(at, LengthOf(text[at]));
    at += character.size();
    if (character == "\t") {
      clean.push_back(' ');
    } else if (domain::CheckText(character, domain::Lines::kMany).ok()) {
      absl::StrAppend(&clean, character);
    }
  }
  return clean;
}

// What extensions add has no type of its own in the headers.
bool IsExtension(cmark_node* node, absl::string_view name) { return cmark_node_get_type_string(node) == name; }

absl::string_view Given(const char* text) { return text == nullptr ? absl::string_view() : absl::string_view(text); }

// Empty: not one that may be followed.
std::string Address(absl::string_view url) {
  const bool may_be = domain::IsAddress(url) && domain::CheckText(url, domain::Lines::kOne).ok();
  return may_be ? std::string(url) : "";
}

// Takes steps of a walk through the tree and makes pieces of them.
class Walk {
 public:
  void Enter(cmark_node* node) {
    const cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_DOCUMENT) return;
    if (std::optional<Piece> alone = Alone(type, node)) {
      pieces_.push_back(*std::move(alone));
      return;
    }
    std::optional<Piece> piece = Begun(type, node);
    // Blocks of text are always kept apart from each other; what lies around them and in them has an end.
    const bool is_deep = IsNested(node) && ++depth_ > kDepthMax;
    if (is_deep || (piece && piece->kind == Kind::kLink && (piece->text.empty() || in_link_))) piece.reset();
    if (piece) {
      if (piece->kind == Kind::kLink) in_link_ = true;
      pieces_.push_back(*piece);
    }
    open_.push_back(piece ? std::optional<Kind>(piece->kind) : std::nullopt);
  }

  void Leave(cmark_node* node) {
    if (cmark_node_get_type(node) == CMARK_NODE_DOCUMENT) return;
    HANSA_CHECK(!open_.empty());
    const std::optional<Kind> kind = open_.back();
    open_.pop_back();
    if (IsNested(node)) --depth_;
    if (!kind) return;
    if (*kind == Kind::kLink) in_link_ = false;
    pieces_.push_back({*kind, Side::kEnd});
  }

  std::vector<Piece> Take() { return std::move(pieces_); }

 private:
  static bool IsNested(cmark_node* node) {
    const cmark_node_type type = cmark_node_get_type(node);
    return IsExtension(node, "strikethrough") || type == CMARK_NODE_BLOCK_QUOTE || type == CMARK_NODE_LIST ||
           type == CMARK_NODE_ITEM || type == CMARK_NODE_EMPH || type == CMARK_NODE_STRONG || type == CMARK_NODE_LINK ||
           type == CMARK_NODE_IMAGE;
  }

  static std::optional<Piece> Alone(cmark_node_type type, cmark_node* node) {
    const auto text = [&] { return Clean(Given(cmark_node_get_literal(node))); };
    if (type == CMARK_NODE_TEXT || type == CMARK_NODE_HTML_INLINE) return Piece{Kind::kText, Side::kAlone, text()};
    if (type == CMARK_NODE_CODE) return Piece{Kind::kCode, Side::kAlone, text()};
    // HTML is shown as what it is: the letters of somebody who took this for a web page.
    if (type == CMARK_NODE_CODE_BLOCK || type == CMARK_NODE_HTML_BLOCK) {
      return Piece{Kind::kCodeBlock, Side::kAlone, text()};
    }
    if (type == CMARK_NODE_SOFTBREAK) return Piece{Kind::kSoftBreak, Side::kAlone};
    if (type == CMARK_NODE_LINEBREAK) return Piece{Kind::kLineBreak, Side::kAlone};
    if (type == CMARK_NODE_THEMATIC_BREAK) return Piece{Kind::kRule, Side::kAlone};
    return std::nullopt;
  }

  static std::optional<Piece> Begun(cmark_node_type type, cmark_node* node) {
    const auto begin = [](Kind kind, int number = 0) { return Piece{kind, Side::kBegin, "", number}; };
    if (type == CMARK_NODE_PARAGRAPH) return begin(IsTight(node) ? Kind::kTightParagraph : Kind::kParagraph);
    if (type == CMARK_NODE_HEADING) return begin(Kind::kHeading, cmark_node_get_heading_level(node));
    if (type == CMARK_NODE_BLOCK_QUOTE) return begin(Kind::kQuote);
    if (type == CMARK_NODE_LIST) {
      const bool has_numbers = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
      return has_numbers ? begin(Kind::kNumbers, cmark_node_get_list_start(node)) : begin(Kind::kBullets);
    }
    if (type == CMARK_NODE_ITEM) return begin(Kind::kItem);
    if (type == CMARK_NODE_EMPH) return begin(Kind::kEmphasis);
    if (type == CMARK_NODE_STRONG) return begin(Kind::kStrong);
    if (IsExtension(node, "strikethrough")) return begin(Kind::kStruck);
    if (IsExtension(node, "table")) return begin(Kind::kTable);
    if (IsExtension(node, "table_header")) return begin(Kind::kRow, 1);
    if (IsExtension(node, "table_row")) return begin(Kind::kRow, 0);
    if (IsExtension(node, "table_cell")) return begin(Kind::kCell);
    if (type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE) {
      return Piece{Kind::kLink, Side::kBegin, Address(Given(cmark_node_get_url(node)))};
    }
    return std::nullopt;
  }

  static bool IsTight(cmark_node* paragraph) {
    cmark_node* const item = cmark_node_parent(paragraph);
    cmark_node* const list = item == nullptr ? nullptr : cmark_node_parent(item);
    return list != nullptr && cmark_node_get_type(list) == CMARK_NODE_LIST && cmark_node_get_list_tight(list) != 0;
  }

  std::vector<Piece> pieces_;
  std::vector<std::optional<Kind>> open_;  // what the nodes entered became; nothing: they were left out
  int depth_ = 0;
  bool in_link_ = false;
};

// Paragraphs of what is not read as Markdown.
std::vector<Piece> AsItIs(absl::string_view text) {
  std::vector<Piece> pieces;
  bool is_open = false;
  const auto close = [&] {
    if (std::exchange(is_open, false)) pieces.push_back({Kind::kParagraph, Side::kEnd});
  };
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    if (absl::StripAsciiWhitespace(line).empty()) {
      close();
      continue;
    }
    pieces.push_back(is_open ? Piece{Kind::kSoftBreak, Side::kAlone} : Piece{Kind::kParagraph, Side::kBegin});
    is_open = true;
    pieces.push_back({Kind::kText, Side::kAlone, Clean(line)});
  }
  close();
  return pieces;
}

}  // namespace

std::vector<Piece> ReadMarkdown(absl::string_view markdown) {
  if (markdown.size() > kMarkdownBytesMax) return AsItIs(markdown);
  static const bool registered = [] {
    cmark_gfm_core_extensions_ensure_registered();
    return true;
  }();
  HANSA_CHECK(registered);
  const std::unique_ptr<cmark_parser, Freed> parser(cmark_parser_new(CMARK_OPT_VALIDATE_UTF8));
  for (const char* name : {"table", "strikethrough"}) {
    cmark_syntax_extension* const extension = cmark_find_syntax_extension(name);
    HANSA_CHECK(extension != nullptr);
    cmark_parser_attach_syntax_extension(parser.get(), extension);
  }
  cmark_parser_feed(parser.get(), markdown.data(), markdown.size());
  const std::unique_ptr<cmark_node, Freed> document(cmark_parser_finish(parser.get()));
  const std::unique_ptr<cmark_iter, Freed> iter(cmark_iter_new(document.get()));
  Walk walk;
  for (cmark_event_type event = cmark_iter_next(iter.get()); event != CMARK_EVENT_DONE;
       event = cmark_iter_next(iter.get())) {
    cmark_node* const node = cmark_iter_get_node(iter.get());
    if (event == CMARK_EVENT_ENTER) {
      walk.Enter(node);
    } else {
      walk.Leave(node);
    }
  }
  return walk.Take();
}

}  // namespace hansa::node::markdown
