// How practices stand to each other: which builds on which, and which are translations of which. Promise: a pure
// function of the set of entries, so that nodes that hold the same entries show the same, in whatever order these came,
// and however often. Nothing here counts how often somebody was built upon.
#ifndef HANSA_NODE_DOMAIN_PRACTICE_LINKS_H_
#define HANSA_NODE_DOMAIN_PRACTICE_LINKS_H_

#include <compare>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "absl/types/span.h"
#include "node/domain/noted_record.h"
#include "replication/bytes.h"
#include "replication/strong_id.h"

namespace hansa::v1 {
class Practice;
class PracticeTranslation;
}  // namespace hansa::v1

namespace hansa::node::domain {

// A practice or a translation, by its author.
struct PracticeRecord {
  replication::Member author;
  replication::RecordId id;
  friend auto operator<=>(const PracticeRecord&, const PracticeRecord&) = default;
};

// Where an entry stands in all that its author ever wrote about practices.
using PracticePlace = NotedPlace;

// One revision of a practice that a record points at.
struct PracticePointer {
  PracticeRecord record;
  replication::Hash entry_hash;
  friend auto operator<=>(const PracticePointer&, const PracticePointer&) = default;
};

struct BuiltUpon {
  PracticePointer practice;
  std::string changed, outcome;  // may be empty
  friend bool operator==(const BuiltUpon&, const BuiltUpon&) = default;
};
// What a practice says of others. One of the same author's is none that could be built upon, nor is what stands there
// twice.
struct PracticeFacts {
  std::vector<BuiltUpon> built_on;  // in its author's order
};
struct TranslationFacts {
  PracticePointer original;
  std::string language;  // BCP 47
};

// One entry. What cannot be read, or takes its record back, says nothing.
struct PracticeEntry {
  PracticeRecord record;
  PracticePlace place;
  std::variant<std::monostate, PracticeFacts, TranslationFacts> says;
};

// Of what stands: what the last entry of each record says.
struct PracticeLinks {
  std::map<PracticeRecord, std::vector<BuiltUpon>> builds_on;        // those that build on nothing are left out
  std::map<PracticeRecord, std::set<PracticeRecord>> built_upon_by;  // also of practices that are not held
  std::map<PracticeRecord, std::set<PracticeRecord>> translations;   // also of practices that are not held
  std::map<PracticeRecord, TranslationFacts> translated;             // each translation that stands
};

// The links of `entries`: all revisions of all records, in any order, with or without repetitions.
PracticeLinks LinksOf(absl::Span<const PracticeEntry> entries);

// What a record says of others, by its author. A pointer that is none is left out.
PracticeFacts FactsOf(replication::Member author, const v1::Practice& practice);
// Nothing: it points at no practice.
std::optional<TranslationFacts> FactsOf(const v1::PracticeTranslation& translation);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_PRACTICE_LINKS_H_
