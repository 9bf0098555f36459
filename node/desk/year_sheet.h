// One year of the own city as its officer sees it: what is published and what the draft would change.
// Pure.
#ifndef HANSA_NODE_DESK_YEAR_SHEET_H_
#define HANSA_NODE_DESK_YEAR_SHEET_H_

#include <cstdint>
#include <vector>

#include "node/catalogue/catalogue.h"
#include "node/desk/desk_reports.h"
#include "node/desk/drafts.h"
#include "node/domain/observation.h"

namespace hansa::node::desk {

struct YearSheet {
  int year = 0;
  std::vector<domain::Observation> published;  // in catalogue order
  std::vector<Draft> drafts;                   // by cell; may repeat what is published
  std::uint64_t newest = 0;      // revision of the year's record, taken back or not; 0: nothing was ever published
  std::uint64_t taken_back = 0;  // the last revision of it that took the year back; 0: none did
};

// The published observation of `cell`; nullptr if there is none.
const domain::Observation* FindPublished(const YearSheet& sheet, absl::string_view cell);

// What the draft says of `cell`, or else what is published; nullptr if neither does.
const domain::Observation* FindStanding(const YearSheet& sheet, absl::string_view cell);

// Drafts that say something else than what is published, in catalogue order.
std::vector<Draft> ChangedDrafts(const catalogue::Catalogue& catalogue, const YearSheet& sheet);

// What of it takes the place of another published answer.
std::vector<ChangedAnswer> ChangedAnswers(const catalogue::Catalogue& catalogue, const YearSheet& sheet);

// The complete set as it would be published: what is published with the draft laid over it.
domain::IndicatorSet CompleteSet(const catalogue::Catalogue& catalogue, const YearSheet& sheet);

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_YEAR_SHEET_H_
