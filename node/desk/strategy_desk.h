// The desk for strategies and actions: published from files, revised, taken back; found by what they serve. Promises:
// what is published is what the file says, signed once (the same file twice makes no second strategy); every revision
// stays readable; lists are by member and first day, never by a value.
#ifndef HANSA_NODE_DESK_STRATEGY_DESK_H_
#define HANSA_NODE_DESK_STRATEGY_DESK_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "node/catalogue/catalogue.h"
#include "node/desk/linked_record.h"
#include "node/desk/practice_desk.h"
#include "node/desk/record_files.h"
#include "node/desk/record_office.h"
#include "node/desk/standing_links.h"
#include "node/desk/strategy_records.h"
#include "node/projection/views.h"
#include "node/running_node.h"

namespace hansa::v1 {
class Strategy;
}

namespace hansa::node::desk {

// Which strategies; what is empty is not asked for.
struct StrategyQuery {
  std::string feature = {};  // such as 2.1.3
  std::string action = {};   // such as BD1.2
  std::string member = {};   // slug
};

// One strategy in a list.
struct ListedStrategy {
  std::string member;  // slug
  StandingStrategy strategy;
};

// One strategy with its past.
struct ShownStrategy {
  ListedStrategy strategy;                      // of the last revision up to the one asked for that can be shown
  std::shared_ptr<const v1::Strategy> content;  // null: the revision asked for took it back, or cannot be shown
  std::vector<PracticeRevision> revisions;      // all, from the first
  bool withdrawn = false;                       // as it stands now
  std::string fault;                            // why the content cannot be shown; empty if it can
};

// One strategy or action as it stands in a checklist.
struct ChecklistDeed {
  LinkedRecord link;
  StandingStrategy strategy;
  std::string responsible;                // a role or an office; may be empty
  std::vector<std::string> participants;  // organizations, as the city names them
};

// A feature or an action point.
struct ChecklistRow {
  std::string part;
  std::string name;                     // in English
  std::vector<ChecklistDeed> deeds;     // by first day (those without one last), title, id
  std::vector<LinkedRecord> practices;  // by title
};

// What a city does, in the order of the framework; parts for which nothing is told are there too.
struct Checklist {
  std::string member;  // slug
  std::vector<ChecklistRow> rows;
};

struct StrategyChange {
  std::string id;  // 6 to 32 hex digits
  domain::RecordFile file;
  std::string reason;             // may be empty
  std::uint64_t of_revision = 0;  // that was read, from 1; 0: whichever is there
};

// Thread-safe. Calls block on disk; those that publish also on the node, and when they return, lists show what they
// did. Errors besides those named: what the node and the store say.
//
// Where an id is asked for: INVALID_ARGUMENT if it is not 6 to 32 hex digits, or several strategies begin so; NOT_FOUND
// if none does, or if it is a record of another kind. What is another member's, or was taken back, is
// FAILED_PRECONDITION to those that publish, and so is a node that may not write strategies: only cities may.
class StrategyDesk {
 public:
  // All must outlive the desk.
  StrategyDesk(RunningNode& node, const catalogue::Catalogue& catalogue, const projection::Views& views)
      : node_(node), catalogue_(catalogue), views_(views) {}

  //   INVALID_ARGUMENT     the file: 'file:line: field: what; what to do'
  //   FAILED_PRECONDITION  the file is of another city or country, or part of what is no strategy of this city
  //   NOT_FOUND            a strategy or practice that the file names is not here
  absl::StatusOr<PublishedEntry> Add(const domain::RecordFile& file);
  // The whole strategy anew. Errors of the file as Add.
  //   FAILED_PRECONDITION  also: it was revised since `of_revision`, and says something else than the file; or a
  //                        revision of it waits to be signed, and `of_revision` is given
  absl::StatusOr<PublishedEntry> Revise(const StrategyChange& change);
  // Doing it twice is the same as once.
  absl::StatusOr<PublishedEntry> Withdraw(absl::string_view id);
  // A revision of an own strategy with other files, as SignWithFiles.
  absl::StatusOr<PublishedEntry> ChangeFiles(const FilesChange& change);

  // By slug, first day (those without one last), title, then id. Without those taken back, and those whose last
  // revision cannot be shown.
  //   NOT_FOUND  no such feature, action point or member
  absl::StatusOr<std::vector<ListedStrategy>> List(const StrategyQuery& query) const;

  // Of the city called `slug`, or of this node's own member; of a part of the framework ('1', '2.1', '2.1.3', 'BD1',
  // 'BD1.2'), or of all features.
  //   NOT_FOUND  no such member or part
  absl::StatusOr<Checklist> ListChecklist(absl::string_view slug, absl::string_view part) const;

  // `revision` is from 1; 0: the present one.
  //   NOT_FOUND  there is no such revision
  absl::StatusOr<ShownStrategy> Show(absl::string_view id, std::uint64_t revision) const;

 private:
  // A strategy as it stands, and what the last revision that can be shown says; null: none can.
  struct Stands {
    projection::RecordView record;
    std::shared_ptr<const v1::Strategy> content;
  };

  absl::StatusOr<std::shared_ptr<v1::Strategy>> ReadFile(absl::string_view doing, const NodeView& view,
                                                         const domain::RecordFile& file, const StandingLinks& standing,
                                                         std::vector<std::string>& warnings) const;
  absl::Status PutReferences(absl::string_view doing, const NodeView& view, const domain::NamedRecords& named,
                             const StandingLinks& standing, v1::Strategy& strategy) const;
  absl::StatusOr<projection::RecordView> Find(absl::string_view doing, absl::string_view id,
                                              replication::Member preferred) const;
  absl::StatusOr<projection::RecordView> FindPractice(absl::string_view doing, absl::string_view id,
                                                      replication::Member preferred) const;
  absl::StatusOr<Stands> FindOwn(absl::string_view doing, const NodeView& view, absl::string_view id) const;

  RunningNode& node_;
  const catalogue::Catalogue& catalogue_;
  const projection::Views& views_;
  absl::Mutex publishing_;  // one act at a time, from looking to signing
};

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_STRATEGY_DESK_H_
