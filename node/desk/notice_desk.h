// The desk for notices: guidance, opportunities, calls for data, recognition and clusters, published from files,
// revised, taken back; found by what they are about and whom they are for. Promises: what is published is what the file
// says, signed once (the same file twice makes no second notice); every revision stays readable; nothing that a notice
// asks for is a condition that a program checks; no member is counted or set beside another.
#ifndef HANSA_NODE_DESK_NOTICE_DESK_H_
#define HANSA_NODE_DESK_NOTICE_DESK_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "node/catalogue/catalogue.h"
#include "node/desk/kept_shelf.h"
#include "node/desk/linked_record.h"
#include "node/desk/notice_shelf.h"
#include "node/desk/practice_desk.h"
#include "node/desk/record_files.h"
#include "node/desk/record_office.h"
#include "node/desk/standing_links.h"
#include "node/domain/notice_book.h"
#include "node/domain/notice_reading.h"
#include "node/projection/views.h"
#include "node/running_node.h"

namespace google::protobuf {
class Message;
}

namespace hansa::node::desk {

// Which notices; what is empty or false is not asked for.
struct NoticeQuery {
  std::string kind = {};      // as domain::NoticeKindName
  std::string feature = {};   // such as 2.1.3
  std::string action = {};    // such as BD1.2
  std::string member = {};    // slug of the author
  std::string language = {};  // BCP 47; 'en' also finds 'en-GB'
  bool for_us = false;        // only those that this node's member is among the audience of
  bool open_only = false;     // only those that are not closed
};

// One notice in a list.
struct ListedNotice {
  domain::NotedRecord record;
  std::string member;  // slug of the author
  domain::NoticeFacts facts;
  std::uint64_t revision = 0;  // from 1
  domain::NoticeState state = domain::NoticeState::kEndless;
  std::string audience;  // in words; empty: everyone
  bool for_us = false;
  std::optional<LinkedRecord> translation_of;
  std::vector<std::string> members;  // slugs of those that are recognized, by name
};

// What a member says of itself in the dialogue: that it took part, or that it joined.
struct SaidOfItself {
  std::string member;  // slug
  ShelvedRecord said;
  std::optional<LinkedRecord> event;  // that it took part in, where that has a record
};

// One notice with its past and what belongs to it.
struct ShownNotice {
  ListedNotice notice;                                       // of the last revision up to the one asked for, as above
  std::shared_ptr<const google::protobuf::Message> content;  // null: as fault says, or it was taken back
  std::vector<PracticeRevision> revisions;                   // all, from the first
  bool withdrawn = false;                                    // as it stands now
  std::string fault;                                         // why the content cannot be shown; empty if it can
  std::vector<LinkedRecord> translations;                    // the same in other languages, by language and title
  std::vector<SaidOfItself> taken_part;                      // by name
  std::vector<SaidOfItself> joined;                          // of a cluster: by name
  std::vector<LinkedRecord> belonging;                       // of a cluster: by kind and title
};

struct NoticeChange {
  std::string id;  // 6 to 32 hex digits
  domain::RecordFile file;
  std::string reason;             // may be empty
  std::uint64_t of_revision = 0;  // that was read, from 1; 0: whichever is there
};

// Thread-safe. Calls block on disk; those that publish also on the node, and when they return, lists show what they
// did. Errors besides those named: what the node and the store say.
//
// Where an id is asked for: INVALID_ARGUMENT if it is not 6 to 32 hex digits, or several notices begin so; NOT_FOUND if
// none does, or if it is a record of another kind. What is another member's, or was taken back, is FAILED_PRECONDITION
// to those that publish, and so is a node that may not write notices: the error says who may.
class NoticeDesk {
 public:
  using Clock = std::function<absl::Time()>;

  // All must outlive the desk; `clock` may be asked on any thread.
  NoticeDesk(RunningNode& node, const catalogue::Catalogue& catalogue, const projection::Views& views, Clock clock)
      : node_(node), catalogue_(catalogue), views_(views), clock_(std::move(clock)) {}

  // `kind` as domain::NoticeKindName.
  //   INVALID_ARGUMENT     no such kind; the file: 'file:line: field: what; what to do'
  //   FAILED_PRECONDITION  the file is of another city or country, or names what was taken back
  //   NOT_FOUND            a member or record that the file names is not here
  absl::StatusOr<PublishedEntry> Add(const std::string& kind, const domain::RecordFile& file);
  // The whole notice anew, of the same kind. Errors of the file as Add.
  //   FAILED_PRECONDITION  also: it was revised since `of_revision`, and says something else than the file; or a
  //                        revision of it waits to be signed, and `of_revision` is given
  absl::StatusOr<PublishedEntry> Revise(const NoticeChange& change);
  // Doing it twice is the same as once.
  absl::StatusOr<PublishedEntry> Withdraw(absl::string_view id);
  // A revision of an own notice with other files, as SignWithFiles.
  absl::StatusOr<PublishedEntry> ChangeFiles(const FilesChange& change);

  // In the order of domain::StandsBefore. Without those taken back, and those whose last revision cannot be shown.
  //   INVALID_ARGUMENT  no such kind or language
  //   NOT_FOUND         no such feature, action point or member
  absl::StatusOr<std::vector<ListedNotice>> List(const NoticeQuery& query) const;

  // `revision` is from 1; 0: the present one.
  //   NOT_FOUND  there is no such revision
  absl::StatusOr<ShownNotice> Show(absl::string_view id, std::uint64_t revision) const;

 private:
  // What a file says, with everything that it names found.
  absl::StatusOr<std::shared_ptr<google::protobuf::Message>> ReadFile(absl::string_view doing, const NodeView& view,
                                                                      domain::NoticeKind kind,
                                                                      const domain::RecordFile& file,
                                                                      const StandingLinks& standing,
                                                                      std::vector<std::string>& warnings) const;
  absl::StatusOr<domain::NotedRevision> FindOriginal(absl::string_view doing, const NodeView& view,
                                                     domain::NoticeKind kind, const std::string& id,
                                                     const std::string& language, const StandingLinks& standing) const;
  absl::StatusOr<projection::RecordView> FindOwn(absl::string_view doing, const NodeView& view,
                                                 absl::string_view id) const;
  // Of a deadline that is not the `present` one; of what is no call only remarked on.
  //   FAILED_PRECONDITION  it has passed
  absl::Status CheckDeadline(absl::string_view doing, const domain::AnnouncedMoment& present,
                             const domain::NoticeFacts& facts, std::vector<std::string>& warnings) const;
  ListedNotice Listed(const NodeView& view, const domain::NotedRecord& record, const domain::NoticeFacts& facts,
                      std::uint64_t revision) const;
  using Held = std::shared_ptr<const KeptShelf<NoticeShelf>::Kept>;
  absl::StatusOr<Held> Shelf(const NodeView& view) const;
  absl::Status AddBelonging(const NodeView& view, const NoticeShelf& shelf, ShownNotice& shown) const;

  RunningNode& node_;
  const catalogue::Catalogue& catalogue_;
  const projection::Views& views_;
  const Clock clock_;
  absl::Mutex publishing_;  // one act at a time, from looking to signing
  mutable KeptShelf<NoticeShelf> kept_;
};

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_NOTICE_DESK_H_
