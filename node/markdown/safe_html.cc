#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "node/markdown/markdown.h"
#include "node/markdown/pieces.h"

namespace hansa::node::markdown {
namespace {

std::string Escaped(absl::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped.push_back(c);
    }
  }
  return escaped;
}

class Html {
 public:
  void Add(const Piece& piece) {
    switch (piece.side) {
      case Side::kAlone:
        return AddAlone(piece);
      case Side::kBegin:
        return Begin(piece);
      case Side::kEnd:
        return End(piece.kind);
    }
  }
  std::string Take() { return std::move(html_); }

 private:
  void AddAlone(const Piece& piece) {
    if (piece.kind == Kind::kText) absl::StrAppend(&html_, Escaped(piece.text));
    if (piece.kind == Kind::kCode) absl::StrAppend(&html_, "<code>", Escaped(piece.text), "</code>");
    if (piece.kind == Kind::kCodeBlock) {
      absl::StrAppend(&html_, "<pre><code>", Escaped(piece.text), "</code></pre>\n");
    }
    if (piece.kind == Kind::kSoftBreak) html_.push_back('\n');
    if (piece.kind == Kind::kLineBreak) absl::StrAppend(&html_, "<br/>\n");
    if (piece.kind == Kind::kRule) absl::StrAppend(&html_, "<hr/>\n");
  }

  void Begin(const Piece& piece) {
    if (piece.kind == Kind::kHeading) heading_ = std::min(piece.number + 2, 6);
    if (piece.kind == Kind::kRow) is_head_ = piece.number == 1;
    if (piece.kind == Kind::kNumbers && piece.number != 1) {
      absl::StrAppend(&html_, "<ol start=\"", piece.number, "\">\n");
    } else if (piece.kind == Kind::kLink) {
      absl::StrAppend(&html_, "<a href=\"", Escaped(piece.text), "\" rel=\"nofollow noopener\">");
      address_ = piece.text;
      link_at_ = html_.size();
    } else if (piece.kind == Kind::kCell) {
      absl::StrAppend(&html_, is_head_ ? "<th scope=\"col\">" : "<td>");
    } else if (const std::string name = Name(piece.kind); !name.empty()) {
      if (piece.kind == Kind::kRow && is_head_) absl::StrAppend(&html_, "<thead>");
      absl::StrAppend(&html_, "<", name, ">", HoldsBlocks(piece.kind) ? "\n" : "");
    }
  }

  void End(Kind kind) {
    // A link without a text, such as that of an image that nobody described, is its address.
    if (kind == Kind::kLink && html_.size() == link_at_) absl::StrAppend(&html_, Escaped(address_));
    const std::string name = Name(kind);
    if (name.empty()) return;
    absl::StrAppend(&html_, "</", name, ">");
    if (kind == Kind::kRow && is_head_) absl::StrAppend(&html_, "</thead>");
    if (IsBlock(kind)) html_.push_back('\n');
  }

  static bool HoldsBlocks(Kind kind) {
    return kind == Kind::kQuote || kind == Kind::kBullets || kind == Kind::kNumbers || kind == Kind::kTable;
  }
  static bool IsBlock(Kind kind) {
    return HoldsBlocks(kind) || kind == Kind::kParagraph || kind == Kind::kHeading || kind == Kind::kItem ||
           kind == Kind::kRow;
  }

  // Empty: it has no element of its own.
  std::string Name(Kind kind) const {
    switch (kind) {
      case Kind::kParagraph:
        return "p";
      case Kind::kHeading:
        return absl::StrCat("h", heading_);
      case Kind::kQuote:
        return "blockquote";
      case Kind::kBullets:
        return "ul";
      case Kind::kNumbers:
        return "ol";
      case Kind::kItem:
        return "li";
      case Kind::kTable:
        return "table";
      case Kind::kRow:
        return "tr";
      case Kind::kCell:
        return is_head_ ? "th" : "td";
      case Kind::kEmphasis:
        return "em";
      case Kind::kStrong:
        return "strong";
      case Kind::kStruck:
        return "del";
      case Kind::kLink:
        return "a";
      default:
        return "";
    }
  }

  std::string html_;
  std::string address_;
  std::size_t link_at_ = 0;  // where the text of the link begins
  int heading_ = 3;
  bool is_head_ = false;
};

}  // namespace

std::string SafeHtml(absl::string_view markdown) {
  Html html;
  for (const Piece& piece : ReadMarkdown(markdown)) html.Add(piece);
  return html.Take();
}

}  // namespace hansa::node::markdown
