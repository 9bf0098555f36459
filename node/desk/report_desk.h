// The desk for reports: a city's year as a document, from what it published. Promises: nothing that is still a draft,
// and nothing of another city, is in it; the same feeds give the same document on every node that holds them.
#ifndef HANSA_NODE_DESK_REPORT_DESK_H_
#define HANSA_NODE_DESK_REPORT_DESK_H_

#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "node/catalogue/catalogue.h"
#include "node/projection/views.h"
#include "node/report/document.h"
#include "node/running_node.h"

namespace hansa::node::desk {

struct ReportRequest {
  int year = 0;               // 1900 to 2200
  std::string member = {};    // slug; empty: this city
  std::string language = {};  // of the words around the content, BCP 47: Korean, or English for any other
};

// Thread-safe. Calls block on disk.
class ReportDesk {
 public:
  // All must outlive the desk.
  ReportDesk(RunningNode& node, const catalogue::Catalogue& catalogue, const projection::Views& views)
      : node_(node), catalogue_(catalogue), views_(views) {}

  // The report of what stands for the year now, of a set of figures or without one. Errors besides those named: what
  // the store says.
  //   INVALID_ARGUMENT     a year out of 1900 to 2200
  //   NOT_FOUND            no such member
  //   FAILED_PRECONDITION  neither a set nor a survey, a rating or an account stands for the year, or the member is no
  //                        city, or none was named and this node is none
  absl::StatusOr<report::Document> Make(const ReportRequest& request) const;
  // The years of which it can be made, for the member of that slug, or for this city. Errors as above.
  absl::StatusOr<std::set<int>> Years(const std::string& member) const;

 private:
  RunningNode& node_;
  const catalogue::Catalogue& catalogue_;
  const projection::Views& views_;
};

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_REPORT_DESK_H_
