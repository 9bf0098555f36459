// What the desk answers. Field names follow the JSON that scripts read; `remedy` of a problem is 'do' there.
#ifndef HANSA_NODE_DESK_DESK_REPORTS_H_
#define HANSA_NODE_DESK_DESK_REPORTS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "node/domain/checks.h"
#include "node/domain/observation.h"
#include "node/domain/problem.h"
#include "replication/bytes.h"
#include "replication/strong_id.h"

namespace hansa::node::desk {

// How a file was read, so that a person sees what was taken for granted.
struct ReadAs {
  std::string kind;                 // 'csv' or 'xlsx'; empty where no file was read
  std::string encoding;             // of a CSV file
  std::string separator;            // of a CSV file: a comma, a semicolon or a tab
  std::string decimal;              // 'point', 'comma', or 'either' where each number shows it by itself
  std::string sheet;                // of a workbook: the one that was read
  std::vector<std::string> sheets;  // of a workbook: those that could be
};

// One row of `show`: a published value, or a draft that differs from it.
struct ShownObservation {
  std::string member;  // slug
  int year = 0;
  domain::Observation observation;
  std::uint64_t revision = 0;  // of the published set; 0 for a draft
  bool published = false;
  bool waits = false;  // something of its year, which is this city's, waits to be signed
};

// A published answer that the draft would change.
struct ChangedAnswer {
  int year = 0;
  domain::Observation published;
  domain::Observation draft;  // of the same cell
};

// Of an import or a check.
struct DraftReport {
  bool ok = true;              // no errors
  std::int64_t accepted = 0;   // import: rows taken into the draft, 0 if there are errors
                               // check: values and reasons in the draft that differ from the published
  std::int64_t skipped = 0;    // import: rows of others left out
  std::int64_t unchanged = 0;  // import: rows without a value, which change nothing
  std::vector<int> years;      // the years concerned, ascending
  std::vector<domain::Problem> errors;
  std::vector<domain::Problem> warnings;
  // Of the published values with the draft laid over them, summed over `years`.
  domain::Completeness completeness;
  // check: SHA-256 of what would be published of `years`, in hex; the same as long as none of it changes.
  std::string draft;
  // What the draft would change of what is published, by year and in catalogue order; import: of the file's cells only.
  std::vector<ChangedAnswer> changes;
  bool dry_run = false;                // import: nothing was to be taken
  std::vector<ShownObservation> rows;  // import, with dry_run: what the draft would say, in the order of the file
  ReadAs read_as;                      // import
};

// One year as it stands after publishing.
struct PublishedSet {
  replication::RecordId id;
  std::string member;  // slug
  replication::Collection collection;
  replication::Sequence sequence;
  int year = 0;
  std::uint64_t revision = 0;        // from 1
  std::uint64_t values = 0;          // observations with a value in the set, or in what was taken back
  std::uint64_t without_data = 0;    // the others, which say why there is none
  bool withdrawn = false;            // the year was taken back, and nothing stands for it
  bool queued = false;               // not signed yet: it waits until this node may sign
  bool unchanged = false;            // the year stood like this before; nothing was signed
  std::vector<std::string> held_by;  // slugs of others known to hold it; empty when `unchanged`
};

struct PublishReport {
  std::vector<PublishedSet> sets;  // oldest year first
  std::string words;               // a sentence when nothing was signed, or a year was left out; empty otherwise
};

// What one revision of a year's set, of a survey or of a rating said about a cell.
struct HistoryRow {
  std::string member;  // slug
  std::string cell;
  int year = 0;
  replication::RecordId id;
  std::uint64_t revision = 0;
  replication::Incarnation incarnation;
  replication::Sequence sequence;
  std::uint64_t claimed_time_ms = 0;               // Unix milliseconds by the author's clock
  std::optional<domain::Observation> observation;  // absent: not reported, withdrawn or not readable
  std::string reason;                              // why it replaced the revision before
  bool withdrawn = false;
  std::string fault;    // why the revision is not shown, or does not stand; empty if it is and does
  std::string word_of;  // as domain::InWords; empty of a year's set
};

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_DESK_REPORTS_H_
