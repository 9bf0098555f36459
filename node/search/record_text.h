// What one record says to those who look for it: its texts, its language and what it is about. Pure: read from the
// bytes of the record alone.
#ifndef HANSA_NODE_SEARCH_RECORD_TEXT_H_
#define HANSA_NODE_SEARCH_RECORD_TEXT_H_

#include <optional>
#include <string>
#include <vector>

#include "node/projection/record_rows.h"
#include "replication/bytes.h"
#include "replication/strong_id.h"

namespace hansa::node::search {

// Kinds that are found, in the order in which they are shown.
const std::vector<std::string>& SearchKinds();
// Kinds of places, in the order of the schema.
const std::vector<std::string>& AreaKinds();

struct RecordText {
  std::string kind;                // one of SearchKinds(); of a translation that of what it translates
  std::string language;            // BCP 47
  std::string title;               // of a question without one, its first words; of a translation it may be empty
  std::string summary;             // may be empty
  std::vector<std::string> parts;  // what else it says, in its order
  std::size_t markdown = 0;        // so many of the parts, the first, are Markdown
  std::vector<int> years;          // that it is about, ascending
  std::vector<std::string> features;
  std::vector<std::string> actions;
  std::string area_kind;  // one of AreaKinds(), empty: not given
  std::string first_day;  // YYYY-MM-DD: when what it is about begins; empty: not given
  std::string last_day;   // after which it is over; empty: none
  // Of a translation: what it translates.
  std::optional<projection::RecordKey> original;
};

// nullopt for kinds that nobody looks for (withdrawals, replies, …), and for what cannot be read.
std::optional<RecordText> ReadRecordText(replication::Kind kind, const replication::Bytes& payload);

}  // namespace hansa::node::search

#endif  // HANSA_NODE_SEARCH_RECORD_TEXT_H_
