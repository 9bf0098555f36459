#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "node/markdown/markdown.h"
#include "node/markdown/pieces.h"

namespace hansa::node::markdown {
namespace {

class Plain {
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
  std::vector<PlainLine> Take() { return std::move(lines_); }

 private:
  // What stands before every line of a quotation or an item.
  struct Margin {
    std::string first, rest;
    bool is_used = false;
  };
  struct List {
    bool has_numbers = false;
    int next = 0;
  };

  void AddAlone(const Piece& piece) {
    if (piece.kind == Kind::kText || piece.kind == Kind::kCode) absl::StrAppend(&text_, piece.text);
    if (piece.kind == Kind::kSoftBreak) text_.push_back(' ');
    if (piece.kind == Kind::kLineBreak) Say(Look::kText);
    if (piece.kind == Kind::kRule) {
      text_ = "----";
      Say(Look::kAsWritten);
      EndBlock();
    }
    if (piece.kind == Kind::kCodeBlock) {
      for (const absl::string_view line : absl::StrSplit(absl::StripSuffix(piece.text, "\n"), '\n')) {
        text_ = std::string(line);
        Say(Look::kAsWritten);
      }
      EndBlock();
    }
  }

  void Begin(const Piece& piece) {
    switch (piece.kind) {
      case Kind::kQuote:
        margins_.push_back({"> ", "> "});
        break;
      case Kind::kBullets:
      case Kind::kNumbers:
        lists_.push_back({piece.kind == Kind::kNumbers, piece.number});
        break;
      case Kind::kItem: {
        List& list = lists_.back();
        const std::string mark = list.has_numbers ? absl::StrCat(list.next++, ". ") : "- ";
        margins_.push_back({mark, std::string(mark.size(), ' ')});
        break;
      }
      case Kind::kRow:
        is_head_ = piece.number == 1;
        is_first_cell_ = true;
        break;
      case Kind::kCell:
        if (!std::exchange(is_first_cell_, false)) absl::StrAppend(&text_, " | ");
        break;
      case Kind::kStruck:
        absl::StrAppend(&text_, "~~");
        break;
      case Kind::kLink:
        address_ = piece.text;
        link_at_ = text_.size();
        break;
      default:
        break;
    }
  }

  void End(Kind kind) {
    switch (kind) {
      case Kind::kParagraph:
      case Kind::kTightParagraph:
        Say(Look::kText);
        break;
      case Kind::kHeading:
        Say(Look::kHeading);
        break;
      case Kind::kRow:
        Say(is_head_ ? Look::kHeading : Look::kText);
        break;
      case Kind::kItem:
        // An item that says nothing keeps its mark.
        if (!margins_.back().is_used) Say(Look::kText);
        margins_.pop_back();
        break;
      case Kind::kQuote:
        margins_.pop_back();
        break;
      case Kind::kBullets:
      case Kind::kNumbers:
        lists_.pop_back();
        break;
      case Kind::kStruck:
        absl::StrAppend(&text_, "~~");
        break;
      case Kind::kLink:
        EndLink();
        break;
      default:
        break;
    }
    const bool is_inline = kind == Kind::kCell || kind == Kind::kRow || kind == Kind::kLink || kind == Kind::kStruck ||
                           kind == Kind::kEmphasis || kind == Kind::kStrong;
    if (!is_inline) EndBlock();
  }

  void EndLink() {
    const std::string text = link_at_ <= text_.size() ? text_.substr(link_at_) : "";
    if (text.empty()) {
      absl::StrAppend(&text_, address_);
    } else if (text != address_ && absl::StrCat("mailto:", text) != address_) {
      absl::StrAppend(&text_, " (", address_, ")");
    }
  }

  // After a block that stands in nothing, the next line stands apart.
  void EndBlock() {
    if (margins_.empty() && lists_.empty()) is_apart_ = !lines_.empty();
  }

  void Say(Look look) {
    PlainLine line;
    line.look = look;
    for (Margin& margin : margins_) {
      absl::StrAppend(&line.first, margin.is_used ? margin.rest : margin.first);
      absl::StrAppend(&line.rest, margin.rest);
      margin.is_used = true;
    }
    line.text = std::exchange(text_, "");
    line.apart = std::exchange(is_apart_, false);
    link_at_ = 0;
    lines_.push_back(std::move(line));
  }

  std::vector<PlainLine> lines_;
  std::vector<Margin> margins_;
  std::vector<List> lists_;
  std::string text_;  // of the line that is being put together
  std::string address_;
  std::size_t link_at_ = 0;  // where the text of the link begins
  bool is_apart_ = false;
  bool is_head_ = false;
  bool is_first_cell_ = true;
};

}  // namespace

std::vector<PlainLine> PlainLines(absl::string_view markdown) {
  Plain plain;
  for (const Piece& piece : ReadMarkdown(markdown)) plain.Add(piece);
  return plain.Take();
}

}  // namespace hansa::node::markdown
