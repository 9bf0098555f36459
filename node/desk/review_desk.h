// The desk for reviews: a city's reports, the ratings that experts signed of them, and results of surveys. Promises: no
// rating without a report that is held here and the signature of an expert whom the roster lists; a city never rates
// itself; what an agency signed no city edits; the same file twice is signed once; every revision stays readable; lists
// are by member, year and title, never by a value.
#ifndef HANSA_NODE_DESK_REVIEW_DESK_H_
#define HANSA_NODE_DESK_REVIEW_DESK_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "node/catalogue/catalogue.h"
#include "node/desk/practice_desk.h"
#include "node/desk/record_office.h"
#include "node/desk/review_records.h"
#include "node/projection/views.h"
#include "node/running_node.h"

namespace hansa::v1 {
class Attachment;
}

namespace hansa::node::desk {

struct ReportGiven {
  domain::RecordFile file;
  std::vector<std::string> features = {};  // to be reviewed, beside those of the file
  std::string revises = {};                // a report of this city; empty: a new one
  std::string reason = {};                 // why it is revised; may be empty
};

// What goes with a publication. Each may be empty.
struct ReviewWords {
  std::string text = {};         // the city's answer to a rating, or its account beside a survey
  std::string language = {};     // of the text, BCP 47
  std::string approved_by = {};  // a role, never a person
  std::string reason = {};       // why it is published again
};

struct SurveyEntered {
  domain::RecordFile file;  // what the city wrote, or what the agency signed
  ReviewWords words = {};
  const v1::Attachment* report = nullptr;  // the agency's report, for what the city wrote; outlives the call only
  std::string revises = {};                // a survey of this city; empty: a new one, or the same file again
};

// Which; what is empty is not asked for.
struct ReviewQuery {
  std::string member = {};   // slug
  std::string feature = {};  // such as 2.1.3
  std::optional<int> year = {};
  std::string kind = {};  // report, rating, survey
};

// One of them with its past.
struct ShownReview {
  ListedReview review;                      // of the last revision up to the one asked for that can be shown
  std::optional<ReviewContent> content;     // absent: the revision asked for took it back, or cannot be shown
  std::vector<PracticeRevision> revisions;  // all, from the first
  bool withdrawn = false;                   // as it stands now
  std::string fault;                        // why the content cannot be shown or does not stand; empty otherwise
  replication::Member member;
};

// Thread-safe. Calls block on disk; those that publish also on the node, and when they return, lists show what they
// did. Errors besides those named: what the node and the store say.
//
// Where an id is asked for: INVALID_ARGUMENT if it is not 6 to 32 hex digits, or several of these records begin so;
// NOT_FOUND if none does, or if it is a record of another kind. What is another member's, or was taken back, is
// FAILED_PRECONDITION to those that publish, and so is a node that may not write reviews: only cities may.
class ReviewDesk {
 public:
  // All must outlive the desk.
  ReviewDesk(RunningNode& node, const catalogue::Catalogue& catalogue, const projection::Views& views)
      : node_(node), catalogue_(catalogue), views_(views) {}

  //   INVALID_ARGUMENT     the file, a feature, or the reason
  //   FAILED_PRECONDITION  the file is of another city or country
  absl::StatusOr<PublishedEntry> Submit(const ReportGiven& given);

  // The rating that `file` holds, with the city's answer. The same rating with other words is a new revision.
  //   INVALID_ARGUMENT     not such a file, or words that cannot be signed
  //   FAILED_PRECONDITION  altered, of another city or report than there is here, or by nobody whom the roster lists as
  //                        an expert
  absl::StatusOr<PublishedEntry> PublishRating(const domain::RecordFile& file, const ReviewWords& words);

  //   INVALID_ARGUMENT     the file, or words that cannot be signed
  //   FAILED_PRECONDITION  it is about another city, its agency is not listed, or an entry by the city is to take the
  //                        place of what an agency signed
  absl::StatusOr<PublishedEntry> EnterSurvey(const SurveyEntered& entered);

  // Takes a report, a rating or a survey back. Doing it twice is the same as once.
  absl::StatusOr<PublishedEntry> Withdraw(absl::string_view id);

  // By slug, year, kind, title and id. Without those taken back, and those whose last revision cannot be shown; those
  // that do not stand have a fault.
  //   NOT_FOUND         no such member or feature
  //   INVALID_ARGUMENT  no such kind, or a year that is none
  absl::StatusOr<std::vector<ListedReview>> List(const ReviewQuery& query) const;

  // `revision` is from 1; 0: the present one.
  //   NOT_FOUND  there is no such revision
  absl::StatusOr<ShownReview> Show(absl::string_view id, std::uint64_t revision) const;

 private:
  // A record of this city as it stands, and what the last revision that can be shown says.
  struct Stands {
    projection::RecordView record;
    std::optional<ReviewContent> content;
  };
  // A survey ready to be published.
  struct Survey;

  absl::StatusOr<projection::RecordView> Find(absl::string_view doing, absl::string_view id,
                                              replication::Member preferred) const;
  absl::StatusOr<Stands> FindOwn(absl::string_view doing, const NodeView& view, absl::string_view id) const;
  // Own records of `kind` that stand, each with what it says.
  absl::StatusOr<std::vector<Stands>> OwnOf(const NodeView& view, ReviewKind kind) const;
  absl::Status CheckReport(const NodeView& view, const v1::RatingBody& body, std::vector<std::string>& warnings) const;
  absl::Status ReadSurveyGiven(const NodeView& view, const SurveyEntered& entered, Survey& survey) const;
  absl::StatusOr<std::optional<Stands>> BeforeOf(const NodeView& view, const SurveyEntered& entered,
                                                 Survey& survey) const;
  absl::StatusOr<PublishedEntry> SignReport(const NodeView& view, v1::ReviewReport report,
                                            const std::optional<Stands>& before, const std::string& reason);

  RunningNode& node_;
  const catalogue::Catalogue& catalogue_;
  const projection::Views& views_;
  absl::Mutex publishing_;  // one act at a time, from looking to signing
};

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_REVIEW_DESK_H_
