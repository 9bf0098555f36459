// The desk for best practices: published from files, revised, translated, taken back; found by what they are about.
// Promises: what is published is what the file says, signed once (the same file twice makes no second practice); every
// revision stays readable; a translation never hides what the original says, nor outlives it unsaid; lists are by name,
// never by a value.
#ifndef HANSA_NODE_DESK_PRACTICE_DESK_H_
#define HANSA_NODE_DESK_PRACTICE_DESK_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "node/catalogue/catalogue.h"
#include "node/desk/erased_record.h"
#include "node/desk/muted_members.h"
#include "node/desk/practice_shelf.h"
#include "node/desk/record_files.h"
#include "node/desk/record_office.h"
#include "node/desk/standing_links.h"
#include "node/projection/views.h"
#include "node/running_node.h"

namespace hansa::v1 {
class Practice;
}

namespace hansa::node::desk {

// Greatest lengths of what is said with an act, in characters.
inline constexpr std::size_t kRevisionReasonMax = 200;
inline constexpr std::size_t kWithdrawalReasonMax = 1000;

// Which practices; what is empty is not asked for.
struct PracticeQuery {
  std::string feature = {};   // such as 2.1.3
  std::string action = {};    // such as BD1.2
  std::string member = {};    // slug
  std::string country = {};   // ISO 3166-1 alpha-3, or INT
  std::string language = {};  // BCP 47; 'en' also finds 'en-GB'
  Muting muting = Muting::kLeavesOut;
};

// One practice in a list.
struct ListedPractice {
  replication::RecordId id;
  std::string member;  // slug
  std::string title;
  std::string summary;
  std::string language;
  int year = 0;  // 0: not given
  std::vector<std::string> features;
  std::vector<std::string> actions;
  std::uint64_t revision = 0;  // from 1
  // In a list, of a practice that a translation was found by: what that says. Empty: it was found by the original.
  std::string translated_title, translated_language;
};
struct ListedPractices {
  std::vector<ListedPractice> practices;
  std::size_t muted = 0;  // left out because this node mutes their authors, or who translated them
};

struct PracticeRevision {
  std::uint64_t number = 0;  // from 1
  replication::Sequence sequence;
  replication::Hash entry_hash;
  std::uint64_t claimed_time_ms = 0;  // Unix milliseconds by the author's clock
  std::string reason;                 // why it replaced the one before, or why it was taken back
  bool withdrawn = false;
};

// One practice with its past.
struct ShownPractice {
  ListedPractice practice;                      // of the last revision up to the one asked for that can be shown
  std::shared_ptr<const v1::Practice> content;  // null: the revision asked for took it back, or cannot be shown
  std::vector<PracticeRevision> revisions;      // all, from the first
  bool withdrawn = false;                       // as it stands now
  std::string fault;                            // why the content cannot be shown; empty if it can
  std::optional<ErasedBy> erased;               // of the revision asked for; its words are the fault
  std::vector<BuiltOnView> builds_on;           // as it stands now, in its author's order
  std::vector<BuiltOnView> built_upon_by;       // by member name, title and id
  std::vector<TranslationView> translations;    // by language, member name and id
  std::optional<TranslationView> shown_in;      // the translation that is laid over the content
  std::vector<std::string> remarks;             // what is to be said with it, a sentence each
};

// `practice`, said by revision `revision` (from 1) of `record`, which is of the member called `slug`.
ListedPractice Listed(const projection::RecordView& record, std::uint64_t revision, const std::string& slug,
                      const v1::Practice& practice);

// Of a practice that is revised or translated.
struct PracticeChange {
  std::string id;  // 6 to 32 hex digits
  domain::RecordFile file;
  std::string reason;             // may be empty
  std::uint64_t of_revision = 0;  // that was read or translated, from 1; 0: whichever is there
};

// Thread-safe. Calls block on disk; those that publish also on the node, and when they return, lists show what they
// did. Errors besides those named: what the node and the store say.
//
// Where an id is asked for: INVALID_ARGUMENT if it is not 6 to 32 hex digits, or several practices begin so; NOT_FOUND
// if none does, or if it is a record of another kind. What is another member's, or was taken back, is
// FAILED_PRECONDITION to those that publish, and so is a node that may not write practices.
class PracticeDesk {
 public:
  // All must outlive the desk.
  PracticeDesk(RunningNode& node, const catalogue::Catalogue& catalogue, const projection::Views& views)
      : node_(node), catalogue_(catalogue), views_(views) {}

  //   INVALID_ARGUMENT     the file: 'file:line: field: what; what to do'
  //   FAILED_PRECONDITION  the file is of another city or country
  absl::StatusOr<PublishedEntry> Add(const domain::RecordFile& file);
  // The whole practice anew. Errors of the file as Add.
  //   FAILED_PRECONDITION  also: it was revised since `of_revision`, and says something else than the file; or a
  //                        revision of it waits to be signed, and `of_revision` is given
  absl::StatusOr<PublishedEntry> Revise(const PracticeChange& change);
  // The practice of any member, in another language. A second one by this member into the same language is a revision.
  // It is of the original's present revision, which `of_revision` is where it is given.
  //   INVALID_ARGUMENT     the file, or its language is that of the original
  //   FAILED_PRECONDITION  the original was taken back, or its text is not held; it was revised since `of_revision`, or
  //                        a revision of it waits to be signed here
  absl::StatusOr<PublishedEntry> Translate(const PracticeChange& change);
  // A practice or a translation. Doing it twice is the same as once.
  absl::StatusOr<PublishedEntry> Withdraw(absl::string_view id, absl::string_view reason);

  // A revision of an own practice with other files, as SignWithFiles.
  absl::StatusOr<PublishedEntry> ChangeFiles(const FilesChange& change);

  // By slug, title, then id. Without those taken back, and those whose last revision cannot be shown.
  //   NOT_FOUND         no such feature, action point, member or country
  //   INVALID_ARGUMENT  not a language
  absl::StatusOr<ListedPractices> List(const PracticeQuery& query) const;

  // `revision` is from 1; 0: the present one. `language` is that of the original or of a translation; empty: the
  // original, and where `id` is that of a translation, this one.
  //   NOT_FOUND         there is no such revision, or nothing in this language
  //   INVALID_ARGUMENT  not a language
  absl::StatusOr<ShownPractice> Show(absl::string_view id, std::uint64_t revision,
                                     absl::string_view language = "") const;

 private:
  // A practice or translation as it stands.
  struct Stands {
    projection::RecordView record;
    std::string title, language;  // of the last revision that can be shown; empty: none can
  };

  absl::StatusOr<std::shared_ptr<v1::Practice>> ReadFile(absl::string_view doing, const NodeView& view,
                                                         const domain::RecordFile& file, const StandingLinks& standing,
                                                         std::vector<std::string>& warnings) const;
  // The practices that a file builds on, and those that its record built on already.
  struct NamedToBuildOn {
    const std::string& file;
    const std::vector<std::string>& originals;
    const StandingLinks& standing;
  };
  absl::Status PointAtOriginals(absl::string_view doing, const NodeView& view, const NamedToBuildOn& named,
                                v1::Practice& practice) const;
  absl::StatusOr<projection::RecordView> Find(absl::string_view doing, absl::string_view id,
                                              replication::Member preferred) const;
  absl::StatusOr<projection::RecordView> FindEither(absl::string_view doing, absl::string_view id,
                                                    replication::Member preferred) const;
  // An own practice that is not taken back.
  absl::StatusOr<Stands> FindToRevise(absl::string_view doing, const NodeView& view, absl::string_view id) const;
  absl::StatusOr<PublishedEntry> SignRevision(const NodeView& view, const projection::RecordView& record,
                                              const v1::Practice& practice);
  absl::StatusOr<Stands> FindOwn(absl::string_view doing, const NodeView& view,
                                 absl::StatusOr<projection::RecordView> record) const;
  ShownPractice ShowRecord(const NodeView& view, const projection::RecordView& record, std::uint64_t wanted) const;
  absl::StatusOr<ShownPractice> ShowTranslation(const NodeView& view, const projection::RecordView& record,
                                                std::uint64_t wanted) const;
  absl::Status CheckQuery(const NodeView& view, PracticeQuery& query) const;

  RunningNode& node_;
  const catalogue::Catalogue& catalogue_;
  const projection::Views& views_;
  absl::Mutex publishing_;  // one act at a time, from looking to signing
};

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_PRACTICE_DESK_H_
