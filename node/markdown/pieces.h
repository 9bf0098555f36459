// A text in Markdown as a row of pieces, as both forms read it. What is dangerous is gone here already: texts and
// addresses are as markdown.h promises.
#ifndef HANSA_NODE_MARKDOWN_PIECES_H_
#define HANSA_NODE_MARKDOWN_PIECES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace hansa::node::markdown {

enum class Kind {
  kParagraph,
  kTightParagraph,  // of a list without space between its items
  kHeading,         // number: 1 to 6
  kQuote,
  kBullets,
  kNumbers,  // number: the first, from 0
  kItem,
  kCodeBlock,
  kRule,
  kTable,
  kRow,  // number: 1 for the head of a table, 0 for others
  kCell,
  kText,
  kCode,
  kSoftBreak,
  kLineBreak,
  kEmphasis,
  kStrong,
  kStruck,
  kLink,  // text: the address
};

enum class Side {
  kBegin,
  kEnd,
  kAlone,  // has nothing inside: kText, kCode, kCodeBlock, kRule, breaks
};

struct Piece {
  Kind kind = Kind::kText;
  Side side = Side::kAlone;
  std::string text = {};
  int number = 0;
};

// Every kBegin has its kEnd, in the order of brackets. Links hold no links.
std::vector<Piece> ReadMarkdown(absl::string_view markdown);

}  // namespace hansa::node::markdown

#endif  // HANSA_NODE_MARKDOWN_PIECES_H_
