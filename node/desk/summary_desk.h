// The desk for published summaries: the secretariat publishes what the values of a year have in common, with how far
// each feed was read; anybody who holds those feeds computes it again. Promises: what is published follows from what it
// names and from nothing else; a later correction of a city breaks no earlier summary; nothing is signed twice; no
// figure of one city leaves by it.
#ifndef HANSA_NODE_DESK_SUMMARY_DESK_H_
#define HANSA_NODE_DESK_SUMMARY_DESK_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "node/catalogue/catalogue.h"
#include "node/desk/record_office.h"
#include "node/desk/summary_records.h"
#include "node/projection/views.h"
#include "node/running_node.h"
#include "node/summary/published_summary.h"

namespace hansa::node::desk {

// A published summary, computed again.
struct VerifiedSummary {
  int year = 0;
  std::uint64_t revision = 0;  // of the record of its first part, from 1
  std::string member;          // slug of who published it
  bool ok = false;             // every figure was compared and is what the feeds give
  // Feeds that this node does not hold as far as they were read, 'MEMBER/COLLECTION', by name; then nothing is
  // compared.
  std::vector<std::string> missing;
  std::vector<std::string> differences;  // a sentence each, at most summary::kDifferencesMax
  // Why nothing could be compared, or what else may be behind the differences; empty otherwise.
  std::string why_not;
  std::uint64_t cells = 0;    // groups of figures it has
  std::string inputs_digest;  // as published, in hex; empty if its parts make no whole
};

// Thread-safe. Calls block on disk, and those that compute take as long as making the views of all cities' indicators
// and reviews anew, in memory. Errors besides those named: what the node and the store say.
class SummaryDesk {
 public:
  // All must outlive the desk.
  SummaryDesk(RunningNode& node, const catalogue::Catalogue& catalogue, const projection::Views& views)
      : node_(node), catalogue_(catalogue), views_(views) {}

  // Publishes the summary of `year` from what is held at the call, all its parts in one batch; the same year again is a
  // new revision of the same records, for `reason` (at most kRevisionReasonMax characters, may be empty; not kept at
  // the first). If nothing but the list of members has grown since, nothing is signed. One entry for each part.
  //   INVALID_ARGUMENT     not a year from 1900 to 2200; the reason
  //   FAILED_PRECONDITION  this node is not the secretariat's or may not write aggregates, the network uses another
  //                        framework, or payloads are still to come, so that others would compute something else
  absl::StatusOr<std::vector<PublishedEntry>> Publish(int year, absl::string_view reason);

  // Every summary that stands, of `year` or of all years, whichever node of the secretariat published it: by year, then
  // slug. Empty: none has been published.
  //   INVALID_ARGUMENT  not a year from 1900 to 2200
  absl::StatusOr<std::vector<VerifiedSummary>> Verify(std::optional<int> year) const;

 private:
  // The network as it was for one summary; the next may have been computed from the same.
  struct Past;

  absl::StatusOr<summary::PublishedSummary> FiguresNow(const NodeView& view, int year) const;
  absl::StatusOr<std::vector<PublishedEntry>> Sign(const NodeView& view, const summary::PublishedSummary& figures,
                                                   const std::string& reason, const std::vector<SummaryRecord>& before);
  // Why `published` cannot be computed here; empty if it can, as far as its head tells.
  std::string WhyNot(const summary::PublishedSummary& published) const;
  absl::Status Compare(const NodeView& view, const summary::PublishedSummary& published, Past& past,
                       VerifiedSummary& verified) const;

  RunningNode& node_;
  const catalogue::Catalogue& catalogue_;
  const projection::Views& views_;
  absl::Mutex publishing_;  // one act at a time, from looking to signing
};

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_SUMMARY_DESK_H_
