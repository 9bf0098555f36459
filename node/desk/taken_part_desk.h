// The desk for what a member says of itself: that it took part in something, that it joined a cluster, that it left.
// Promises: each is signed once; a second word about the same event, or the same cluster, is a new revision of the
// first; who has left is in no list. Lists are by name and day, and nothing is counted.
#ifndef HANSA_NODE_DESK_TAKEN_PART_DESK_H_
#define HANSA_NODE_DESK_TAKEN_PART_DESK_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "node/catalogue/catalogue.h"
#include "node/desk/notice_desk.h"
#include "node/desk/record_office.h"
#include "node/projection/views.h"
#include "node/running_node.h"

namespace hansa::v1 {
class JoinsCluster;
class TakenPart;
}  // namespace hansa::v1

namespace hansa::node::desk {

// What is empty is not given.
struct TakenPartWords {
  std::string event = {};                    // an opportunity, offer, cluster or topic, by its id or its beginning
  std::string title = {};                    // needed without an event
  std::string starts_on = {}, ends_on = {};  // YYYY-MM-DD
  std::uint32_t participants = 0;            // 0: not given
  std::string role = {};
  std::string outcome = {};
  std::string language = {};  // of the texts, BCP 47; needed with any of them
  std::vector<std::string> features = {};
  std::vector<std::string> actions = {};
  std::string revises = {};  // a record of this member; empty: the one about this event, or a new one
};

struct TakenPartQuery {
  std::string event = {};   // by its id or its beginning
  std::string member = {};  // slug
};

struct ClusterWords {
  std::string cluster;         // by its id or its beginning
  std::string joined_on = {};  // YYYY-MM-DD
  std::string note = {};
  std::string language = {};  // of the note, BCP 47; needed with one
};

// Thread-safe. Calls block on disk; those that publish also on the node. Where an id is asked for, and who may publish:
// as NoticeDesk, of the collection dialogue.
class TakenPartDesk {
 public:
  // All must outlive the desk.
  TakenPartDesk(RunningNode& node, const catalogue::Catalogue& catalogue, const projection::Views& views)
      : node_(node), catalogue_(catalogue), views_(views) {}

  //   INVALID_ARGUMENT  a field is not fit, or neither event nor title are given
  //   NOT_FOUND         no such event, feature or action point
  absl::StatusOr<PublishedEntry> TakePart(const TakenPartWords& words);
  // Doing it twice is the same as once.
  absl::StatusOr<PublishedEntry> WithdrawTakenPart(absl::string_view id);
  // By name of the member, first day and title.
  //   NOT_FOUND  no such event or member
  absl::StatusOr<std::vector<SaidOfItself>> ListTakenPart(const TakenPartQuery& query) const;

  //   INVALID_ARGUMENT     a field is not fit
  //   FAILED_PRECONDITION  the cluster was taken back
  absl::StatusOr<PublishedEntry> Join(const ClusterWords& words);
  //   FAILED_PRECONDITION  this member is not in it; one that was and left is answered with what stands
  absl::StatusOr<PublishedEntry> Leave(absl::string_view cluster);

 private:
  absl::StatusOr<projection::RecordView> FindEvent(absl::string_view doing, const NodeView& view,
                                                   absl::string_view id) const;
  absl::StatusOr<projection::RecordView> FindOwnTakenPart(absl::string_view doing, const NodeView& view,
                                                          absl::string_view id) const;
  absl::Status Fill(const NodeView& view, const TakenPartWords& words, v1::TakenPart& part) const;
  std::string TitleOf(const NodeView& view, const v1::TakenPart& part) const;

  RunningNode& node_;
  const catalogue::Catalogue& catalogue_;
  const projection::Views& views_;
  absl::Mutex publishing_;  // one act at a time, from looking to signing
};

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_TAKEN_PART_DESK_H_
