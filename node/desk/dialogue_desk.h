// The desk for the dialogue: topics, questions, answers, comments and marks, published, revised and taken back; found
// by what they are about and whom they are put to; what was said to a record as a thread; whom this node mutes.
// Promises: what stands is signed once (the same word twice makes no second record); every revision stays readable;
// nothing disappears in silence: a mark is shown in its author's name beside the word, what was taken back keeps its
// place, and what is left out because of muting is counted. Muting changes only what this node shows, never what it
// stores or passes on.
#ifndef HANSA_NODE_DESK_DIALOGUE_DESK_H_
#define HANSA_NODE_DESK_DIALOGUE_DESK_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "node/catalogue/catalogue.h"
#include "node/desk/dialogue_shelf.h"
#include "node/desk/linked_record.h"
#include "node/desk/record_files.h"
#include "node/desk/record_office.h"
#include "node/domain/dialogue_book.h"
#include "node/domain/notice_reading.h"
#include "node/domain/record_file.h"
#include "node/projection/views.h"
#include "node/running_node.h"

namespace google::protobuf {
class Message;
}
namespace hansa::v1 {
class Question;
}

namespace hansa::node::desk {

// As 'the secretariat' is written where a member is asked for.
inline constexpr char kTheSecretariat[] = "secretariat";

// What is empty is not given. Ids are 6 to 32 hex digits; `revises` is a record of this member, of the same kind, that
// the new one replaces, and `reason` says why.
struct AskWords {
  std::string about = {};     // a record of any kind
  std::string asked_of = {};  // slug, or kTheSecretariat; empty: the author of the record, or all
  std::string title = {};
  std::string text = {};
  std::string language = {};  // BCP 47
  std::vector<std::string> features = {};
  std::vector<std::string> actions = {};
  std::string revises = {}, reason = {};
};
struct AnswerWords {
  std::string question = {};
  std::string text = {};
  std::string language = {};  // empty: that of the question
  std::vector<std::string> see_also = {};
  std::string revises = {}, reason = {};
};
struct CommentWords {
  std::string about = {};  // a record of any kind
  std::string text = {};   // may be empty with a mark
  std::string language = {};
  std::string mark = {};  // as domain::MarkNames
  std::vector<std::string> see_also = {};
  std::string revises = {}, reason = {};
};
struct TopicWords {
  domain::RecordFile file;
  std::string revises = {}, reason = {};
};

// What is empty or false is not asked for.
struct TopicQuery {
  std::string feature = {}, action = {};
  std::string member = {};  // slug
  bool with_muted = false;
};
struct QuestionQuery {
  std::string about = {};     // by id
  std::string asked_of = {};  // slug, or kTheSecretariat
  std::string member = {};    // slug of who asks
  std::string feature = {}, action = {};
  bool open_only = false;
  bool with_muted = false;
};

// A mark that stands.
struct MarkPut {
  std::string mark;    // as domain::MarkNames
  std::string member;  // slug
  replication::RecordId comment;
};

// One word, or a record of another kind, of which only link and marks are given.
struct ShownWord {
  LinkedRecord link;
  std::size_t depth = 0;  // in a thread; 0: the record itself
  domain::WordFacts facts;
  std::string asked_of;               // of a question: slug, kTheSecretariat; empty: all
  std::optional<LinkedRecord> about;  // where it does not stand under that record in the thread
  std::vector<LinkedRecord> see_also;
  std::vector<MarkPut> marks;            // by name of the member and mark
  std::vector<std::string> answered_by;  // of a question: slugs by name
  bool is_answered = false;              // of a question
  bool is_lapsed = false;                // its mark does not stand
  bool is_withdrawn = false;
  std::uint64_t first_ms = 0;  // Unix milliseconds, as its author says; 0: of another kind
  std::uint64_t revision = 0;  // from 1
  std::string fault;           // why it cannot be shown; empty if it can
};
struct ShownWords {
  std::vector<ShownWord> words;
  std::size_t muted = 0;  // left out because this node mutes their authors
};
struct ShownThread {
  ShownWord root;
  std::vector<ShownWord> words;  // each after what it stands under
  std::size_t muted = 0;
};

struct MuteReport {
  bool already = false;            // it was so before
  std::vector<std::string> muted;  // slugs of all that are muted, by name
};

// Thread-safe. Calls block on disk; those that publish also on the node, and when they return, lists show what they
// did. Errors besides those named: what the node and the store say.
//
// Where an id is asked for: INVALID_ARGUMENT if it is not 6 to 32 hex digits, or several such records begin so;
// NOT_FOUND if none does, or if it is a record of another kind. What is another member's, or was taken back, is
// FAILED_PRECONDITION to those that publish, and so is a node that may not write the dialogue.
class DialogueDesk {
 public:
  // All must outlive the desk.
  DialogueDesk(RunningNode& node, const catalogue::Catalogue& catalogue, const projection::Views& views)
      : node_(node), catalogue_(catalogue), views_(views) {}

  //   INVALID_ARGUMENT     a field is not fit
  //   NOT_FOUND            no such member, feature or action point
  //   FAILED_PRECONDITION  put to this node's own member
  absl::StatusOr<PublishedEntry> Ask(const AskWords& words);
  //   INVALID_ARGUMENT  a field is not fit
  absl::StatusOr<PublishedEntry> Answer(const AnswerWords& words);
  // A member has one mark of a sort at a record: putting it anew with another text is a revision. `lifted` lifts all of
  // this member's marks at the record.
  //   INVALID_ARGUMENT     a field is not fit, no such mark, or neither text nor mark are given
  //   FAILED_PRECONDITION  a mark that this member cannot put there, or nothing to lift
  absl::StatusOr<PublishedEntry> Comment(const CommentWords& words);
  //   INVALID_ARGUMENT  the file: 'file:line: field: what; what to do'
  absl::StatusOr<PublishedEntry> OpenTopic(const TopicWords& words);
  // A revision of an own topic or answer with other files, as SignWithFiles. A revision of its text keeps them.
  absl::StatusOr<PublishedEntry> ChangeFiles(const FilesChange& change);
  // Of any kind of word. Doing it twice is the same as once.
  absl::StatusOr<PublishedEntry> Withdraw(absl::string_view id);

  // By name of the member, title and id; those that can be read and were not taken back.
  //   NOT_FOUND  no such feature, action point or member
  absl::StatusOr<ShownWords> ListTopics(const TopicQuery& query) const;
  // By when they were published, the latest first, then by author and id. As above.
  absl::StatusOr<ShownWords> ListQuestions(const QuestionQuery& query) const;
  absl::StatusOr<ShownThread> ThreadOf(absl::string_view id, bool with_muted) const;

  //   NOT_FOUND            no such member
  //   FAILED_PRECONDITION  this node's own member
  absl::StatusOr<MuteReport> Mute(absl::string_view slug);
  absl::StatusOr<MuteReport> Unmute(absl::string_view slug);
  absl::StatusOr<MuteReport> Muted() const;

 private:
  // A word that is ready to be signed.
  struct Draft {
    absl::string_view doing;
    domain::WordKind kind = domain::WordKind::kTopic;
    std::shared_ptr<google::protobuf::Message> word;
    std::string revises, reason;
    // Of this member's: what it takes the place of where nothing is named.
    std::optional<domain::NotedRecord> replaces = {};
    bool may_stand = true;  // one that says the same already is enough
  };
  absl::StatusOr<PublishedEntry> Sign(const NodeView& view, const DialogueShelf& shelf, const Draft& draft);

  absl::StatusOr<domain::NotedRevision> FindStanding(absl::string_view doing, const NodeView& view,
                                                     absl::string_view id) const;
  absl::StatusOr<std::vector<domain::NotedRevision>> FindAll(absl::string_view doing, const NodeView& view,
                                                             const std::vector<std::string>& ids) const;
  absl::StatusOr<projection::RecordView> FindOwn(absl::string_view doing, const NodeView& view, absl::string_view id,
                                                 std::optional<domain::WordKind> kind) const;
  absl::Status Fill(const NodeView& view, const AskWords& words, v1::Question& question) const;
  absl::Status PlanMark(const NodeView& view, const DialogueShelf& shelf, const domain::NotedRecord& about,
                        domain::WordMark mark, Draft& draft) const;

  ShownWord Shown(const NodeView& view, const DialogueShelf& shelf, const domain::NotedRecord& record,
                  const std::set<replication::Member>& left_out) const;
  absl::StatusOr<std::set<replication::Member>> LeftOut(bool with_muted) const;
  absl::StatusOr<MuteReport> Report(const NodeView& view, bool already) const;

  RunningNode& node_;
  const catalogue::Catalogue& catalogue_;
  const projection::Views& views_;
  absl::Mutex publishing_;  // one act at a time, from looking to signing
  absl::Mutex muting_;      // one change of the list at a time
};

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_DIALOGUE_DESK_H_
