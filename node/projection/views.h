// Views over feeds: the present value of every record with all its revisions, and observations by cell,
// year and member. Promise: whatever the order in which feeds arrived, and however often the views were
// interrupted or rebuilt, the same entries give the same rows, byte for byte. A view never holds up
// replication, and nothing in it is ordered by a value.
#ifndef HANSA_NODE_PROJECTION_VIEWS_H_
#define HANSA_NODE_PROJECTION_VIEWS_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/functional/function_ref.h"
#include "absl/numeric/int128.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/types/span.h"
#include "node/catalogue/catalogue.h"
#include "node/domain/observation.h"
#include "node/domain/review_reading.h"
#include "node/projection/answer_rows.h"
#include "node/projection/news_journal.h"
#include "node/projection/observation_rows.h"
#include "node/projection/record_rows.h"
#include "replication/crypto.h"
#include "replication/roster.h"
#include "storage/feed_store.h"
#include "storage/tables.h"

namespace hansa::node::projection {

class PendingWrites;
struct SpokenFound;
struct StoredSet;

// Where an answer stands: in the set of a year, or also in a record of its own, which is a survey or a rating.
enum class Standing { kAnywhere, kInSet };

// Which published observations. What is absent is not asked for.
struct ObservationQuery {
  std::optional<replication::Member> member;
  std::optional<int> year;
  std::optional<std::string> cell;
  Standing standing = Standing::kAnywhere;
};

struct PublishedObservation {
  replication::Member member;
  std::string slug;
  SetSubject subject;
  domain::Observation observation;
  replication::RecordId record;
  std::uint64_t revision = 0;  // from 1
  replication::Sequence seq;
};

// The record that an answer stands in.
struct ObservedIn {
  SetSubject subject;
  replication::RecordId record;
  std::uint64_t revision = 0;  // from 1
  replication::Sequence seq;
};

// A record with all its revisions: [i] is revision i + 1, the last is the present value.
struct RecordView {
  RecordKey key;
  std::vector<Revision> revisions;
};

// An answer of one cell as sums need it: no texts, and no more of it than is compared.
struct CellValue {
  replication::Member member;
  std::uint32_t footing = 0;  // place in CellValues::footings
  bool is_ours = false;       // under the framework and version of our catalogue
  std::uint8_t voice = 0;     // of a survey or a rating as domain::Voice has it; 0: it stands in the set
  std::uint16_t year = 0;
  absl::int128 billionths = 0;  // the value times 10^9, exact; 0 where the footing has none
};
struct CellValues {
  std::vector<Footing> footings;  // each once, as they were met
  std::vector<CellValue> values;  // ascending by member, then by framework and version
};

// An answer to one cell that stands in a record of its own, as sums need it. Its signer is listed.
struct SpokenValue {
  replication::Member member;
  int year = 0;
  domain::Word word;
  std::uint32_t footing = 0;    // place in SpokenValues::footings
  bool is_ours = false;         // under the framework and version of our catalogue
  absl::int128 billionths = 0;  // as CellValue
};
struct SpokenValues {
  std::vector<Footing> footings;    // each once, as they were met
  std::vector<SpokenValue> values;  // ascending by member, year, framework and version, and word
};
// Years, inclusive.
struct YearSpan {
  int first = 0;
  int last = 0;
};

// A survey or a rating that is shown, and which cells it answers. Its signer is listed.
struct StandingWord {
  replication::Member member;
  int year = 0;
  replication::RecordId record;
  std::uint64_t revisions = 0;
  CellMap cells;  // of the catalogue that the views were made with
};

// How far a feed is to be read.
struct FeedEnd {
  replication::FeedId feed;
  replication::Sequence len;  // its first so many entries
};

// The set that speaks for a member and a year under one framework, and which cells it answers.
struct StandingSet {
  replication::Member member;
  int year = 0;
  AnsweredSet set;  // its cells are of the catalogue that the views were made with
};

// Which past of a member is asked for.
struct PastQuery {
  std::optional<std::string> cell;  // absent: every cell that its sets ever answered
  std::optional<int> year;
};
// What one revision of a set said about one cell.
struct CellRevision {
  std::string cell;
  SetSubject subject;  // year 0 if no revision of the record could be understood
  replication::RecordId record;
  std::uint64_t number = 0;  // from 1
  Revision revision;
  std::optional<domain::Observation> observation;  // absent: withdrawn, not readable, or not reported
  std::string reason;                              // why it replaced the one before
};

// Records by what their present value is to this version.
struct RecordCounts {
  std::uint64_t records = 0;
  std::uint64_t unknown = 0;  // of kinds that this version does not know
  std::uint64_t faulty = 0;   // malformed or invalid: kept, and shown as such
  friend bool operator==(const RecordCounts&, const RecordCounts&) = default;
};

// How the rows of the views differ from those that the feeds give. All zero: not at all.
struct IndexDifference {
  std::uint64_t rows = 0;     // that the feeds give
  std::uint64_t altered = 0;  // of those: have another value here
  std::uint64_t missing = 0;  // of those: are not here
  std::uint64_t extra = 0;    // rows here that the feeds do not give

  std::uint64_t differing() const { return altered + missing + extra; }
  friend bool operator==(const IndexDifference&, const IndexDifference&) = default;
};

// Thread-safe. Everything blocks on disk. Readers never see half a batch of a member, nor views that are half
// rebuilt: during Reindex they wait. The roster's own feed is not read here: the roster is its view.
class Views {
 public:
  // Everything must outlive the views. Empties views that another version or catalogue made; they
  // are rebuilt by the next CatchUp. The journal of news is kept; `now_ms` says when something came.
  static absl::StatusOr<std::unique_ptr<Views>> Open(const storage::FeedStore& feeds, storage::Tables& tables,
                                                     const catalogue::Catalogue& catalogue,
                                                     const replication::Crypto& crypto = replication::SodiumCrypto(),
                                                     ClockMs now_ms = {});

  // The member whose node this is: what it published is shown to itself, also while it is suspended. To be called
  // before anything is read; kMemberUnknown until then.
  void SetOwn(replication::Member own) { own_ = own.value(); }

  // Reads what is new in all feeds held, or in `feeds`, that `roster` names. Returns entries read. What members that
  // `roster` calls suspended publish is not read; once another is, or is shown again, everything is read anew.
  // One feed that cannot be read does not keep the others from being read; the first error is
  // returned at the end.
  //   DATA_LOSS            a feed or a view is damaged
  //   FAILED_PRECONDITION  the views have read further than the store goes: Reindex
  absl::StatusOr<std::uint64_t> CatchUp(const replication::Roster& roster);
  absl::StatusOr<std::uint64_t> CatchUp(const replication::Roster& roster, absl::Span<const replication::FeedId> feeds);
  // Reads of each of `ends`, each feed once, what is held of it up to there, and nothing of other feeds: for views of
  // what could be read at some moment, made beside those of the node. Feeds that are not held are left out. Returns
  // entries read. Errors as CatchUp.
  absl::StatusOr<std::uint64_t> CatchUpTo(const replication::Roster& roster, absl::Span<const FeedEnd> ends);
  // Grows whenever rows have changed: while it stays as it is, so does what the views answer of one roster.
  std::uint64_t changes() const { return changes_; }
  // How many entries of a feed have been read; 0 for one that is not known.
  absl::StatusOr<replication::Sequence> ReadOf(const replication::FeedId& feed) const;
  // Entries held, of feeds that `roster` names, that the views have not read.
  absl::StatusOr<std::uint64_t> Lag(const replication::Roster& roster) const;
  // Drops everything and reads all feeds again, while readers of rows wait. Returns entries read.
  absl::StatusOr<std::uint64_t> Reindex(const replication::Roster& roster);

  // Builds the views once more, in memory and as far as they have read, and compares row by row. Changes nothing.
  // Reading waits meanwhile, readers of rows do not. Takes as long as Reindex, and as much memory as the rows take.
  //   DATA_LOSS  a feed is damaged, so that nothing can be compared
  absl::StatusOr<IndexDifference> CompareWithFeeds(const replication::Roster& roster);

  // From now on what is read of `following` goes into the journal of news. What was read of it before and is not in the
  // journal goes in at once, as what was here. Survives a restart. Waits while feeds are read, unless all this is
  // followed already. One call at a time.
  absl::Status SetFollowing(const replication::Roster& roster, const FollowedCollections& following);
  // From now on an entry of any member that `is_on_topic` is news as well, this node's own aside; what was read before
  // is not. `topics` is kept, for whoever set it: see NewsJournal::Topics. A null `is_on_topic` ends it. One call at a
  // time; waits while feeds are read.
  using IsOnTopic = std::function<bool(const replication::Roster& roster, const RecordKey& record,
                                       replication::Kind kind, const replication::Bytes& payload)>;
  absl::Status SetTopics(const std::string& topics, IsOnTopic is_on_topic);
  // After a start: the topics are those that are kept already.
  void ResumeTopics(IsOnTopic is_on_topic) ABSL_LOCKS_EXCLUDED(reading_);
  NewsJournal& news() { return *journal_; }
  const NewsJournal& news() const { return *journal_; }

  // By slug, year, framework version and catalogue order; for one cell the answer of the set first, then those of
  // surveys and ratings by whose word they are. Members that `roster` does not name are left out, and so are surveys
  // and ratings by a key that it does not list for an agency or an expert. Where several records of a member give the
  // same word (one expert, one agency, or the city itself) on one cell and year, the last by (incarnation, sequence)
  // is shown; different words stand beside each other.
  absl::StatusOr<std::vector<PublishedObservation>> ObservationsOf(const replication::Roster& roster,
                                                                   const ObservationQuery& query) const;

  // What ObservationsOf gives of `member`, of `year` or of all years, one after another in the same order:
  // `observation` is made to say each, whatever it said, and `take` is told where that stands.
  absl::Status ForEachObservationOf(const replication::Roster& roster, replication::Member member,
                                    std::optional<int> year, domain::Observation& observation,
                                    absl::FunctionRef<void(const ObservedIn&)> take) const;

  // The record whose id begins with `hex`: 6 to 32 hex digits.
  //   INVALID_ARGUMENT  not that, or several records begin so: the message names them
  //   NOT_FOUND         none does
  absl::StatusOr<RecordView> RecordById(absl::string_view hex) const;
  // All whose id begins with `hex`, by id, member and collection; at most 100. Empty if none does.
  //   INVALID_ARGUMENT  not 6 to 32 hex digits
  absl::StatusOr<std::vector<RecordView>> RecordsById(absl::string_view hex) const;
  //   NOT_FOUND  no entry of this record has been read
  absl::StatusOr<RecordView> Record(const RecordKey& record) const;

  // Records that pointed at `record` in some revision that was read, ascending; it need not be held. Practices point at
  // those that they build on, translations at their originals, practices and offers at their clusters.
  absl::StatusOr<std::vector<RecordKey>> PointingAt(const RecordKey& record) const;

  // A member's records of one collection, by record id. Withdrawn and unreadable ones too.
  absl::StatusOr<std::vector<RecordView>> RecordsOf(replication::Member member,
                                                    replication::Collection collection) const;

  // A member's records of indicator sets, by year, framework and id.
  absl::StatusOr<std::vector<RecordView>> SetsOf(replication::Member member) const;

  // The sets that are shown, of `year` or of all years: by year, member number, framework and version.
  absl::StatusOr<std::vector<StandingSet>> StandingSets(std::optional<int> year) const;

  // The answers to `cell` in the sets of `year` that are shown.
  absl::StatusOr<CellValues> ValuesOf(absl::string_view cell, int year) const;

  // Of each of `members`, its last answer with a value before `year`: of the last earlier year that has one, under the
  // framework and version of our catalogue, or else the last of its frameworks and versions. Members that have none are
  // left out. `members` ascend, each once.
  absl::StatusOr<CellValues> LastValuesBefore(absl::string_view cell, int year,
                                              absl::Span<const replication::Member> members) const;

  // The two above with the answers of surveys and ratings that are shown beside those of the sets, as ObservationsOf
  // has them. Of one member: first that of the set, then by word. Earlier ones: at most two of each member, the later
  // year first: that of its sets, and that of its surveys, where an agency's goes before one that the city entered;
  // ratings have none, since the eye is another.
  absl::StatusOr<CellValues> AllValuesOf(const replication::Roster& roster, absl::string_view cell, int year) const;
  absl::StatusOr<CellValues> LastOfAllBefore(const replication::Roster& roster, absl::string_view cell, int year,
                                             absl::Span<const replication::Member> members) const;

  // The answers to `cell` of `years` in surveys and ratings that are shown. As ObservationsOf.
  absl::StatusOr<SpokenValues> SpokenValuesOf(const replication::Roster& roster, absl::string_view cell,
                                              const YearSpan& years) const;

  // Surveys and ratings that are shown, of one member or of all, of one year or of all: by year, member number and
  // record id. All of them, also those of which others say the same later.
  absl::StatusOr<std::vector<StandingWord>> StandingWords(const replication::Roster& roster,
                                                          std::optional<replication::Member> member,
                                                          std::optional<int> year) const;

  // Everything a member's sets ever said of what is asked for: by cell in the order of the catalogue, those that it
  // lacks last, then by year, then in the order of publishing. Of a record that never named a cell nothing is there.
  absl::StatusOr<std::vector<CellRevision>> HistoryOf(replication::Member member, const PastQuery& query) const;

  absl::StatusOr<RecordCounts> Counts() const;

 private:
  Views(const storage::FeedStore& feeds, storage::Tables& tables, const catalogue::Catalogue& catalogue,
        const replication::Crypto& crypto, std::unique_ptr<NewsJournal> journal)
      : feeds_(feeds), tables_(tables), catalogue_(catalogue), crypto_(crypto), journal_(std::move(journal)) {}

  std::string Mark() const;
  // Of members that are suspended, as numbers; never this node's own.
  std::string AsideIn(const replication::Roster& roster) const;
  bool IsAside(const replication::Roster& roster, replication::Member member) const;
  // Whether the views were made while just those were suspended that are by `roster`.
  absl::StatusOr<bool> IsAsideAsIn(const replication::Roster& roster) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(reading_);
  absl::StatusOr<std::uint64_t> Rebuild(const replication::Roster& roster) ABSL_EXCLUSIVE_LOCKS_REQUIRED(reading_);
  // Of views that are to be made with those set aside.
  absl::Status ClearAll(const std::string& aside) ABSL_EXCLUSIVE_LOCKS_REQUIRED(reading_);
  absl::StatusOr<std::uint64_t> ReadAll(const replication::Roster& roster) ABSL_EXCLUSIVE_LOCKS_REQUIRED(reading_);
  absl::StatusOr<std::uint64_t> ReadFeeds(const replication::Roster& roster, std::vector<storage::HeldFeed> feeds)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(reading_);
  absl::StatusOr<std::uint64_t> ReadOne(const replication::Roster& roster, const storage::HeldFeed& held)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(reading_);
  absl::StatusOr<std::uint64_t> ReadInto(const replication::Roster& roster, const storage::HeldFeed& held,
                                         PendingWrites& pending) ABSL_EXCLUSIVE_LOCKS_REQUIRED(reading_);
  absl::StatusOr<replication::Sequence> CursorOf(const replication::FeedId& feed) const;
  absl::Status Apply(PendingWrites& pending) ABSL_EXCLUSIVE_LOCKS_REQUIRED(reading_);
  // Puts what was read of `feed` and is not in the journal there, as what was here.
  absl::Status TakeReadEntries(const replication::FeedAuthor& author, const replication::FeedId& feed,
                               PendingWrites& pending) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(reading_);

  absl::StatusOr<std::vector<Revision>> RevisionsOf(const RecordKey& record) const ABSL_SHARED_LOCKS_REQUIRED(rows_);
  absl::StatusOr<std::vector<RecordKey>> KeysById(absl::string_view hex) const ABSL_SHARED_LOCKS_REQUIRED(rows_);
  absl::StatusOr<std::vector<RecordView>> AllRecordsOf(replication::Member member,
                                                       replication::Collection collection) const
      ABSL_SHARED_LOCKS_REQUIRED(rows_);
  absl::StatusOr<std::vector<RecordView>> SetRecordsOf(replication::Member member) const
      ABSL_SHARED_LOCKS_REQUIRED(rows_);
  absl::StatusOr<std::vector<SetKey>> SetsNamed(const ObservationQuery& query) const ABSL_SHARED_LOCKS_REQUIRED(rows_);
  absl::StatusOr<AnsweredSet> AnsweredSetOf(const SetKey& set) const ABSL_SHARED_LOCKS_REQUIRED(rows_);
  absl::StatusOr<std::vector<int>> YearsOf(absl::string_view cell, int before) const ABSL_SHARED_LOCKS_REQUIRED(rows_);
  absl::Status AddSet(const SetKey& set, const ObservationQuery& query, std::vector<PublishedObservation>& found) const
      ABSL_SHARED_LOCKS_REQUIRED(rows_);
  absl::StatusOr<std::vector<SpokenFound>> SpokenNamed(const ObservationQuery& query) const
      ABSL_SHARED_LOCKS_REQUIRED(rows_);
  absl::Status AddSpoken(const replication::Roster& roster, const ObservationQuery& query,
                         std::vector<PublishedObservation>& found) const ABSL_SHARED_LOCKS_REQUIRED(rows_);
  absl::StatusOr<RecordHead> HeadOf(const RecordKey& record) const ABSL_SHARED_LOCKS_REQUIRED(rows_);
  absl::StatusOr<std::optional<std::vector<StoredSet>>> StoredSetsOf(const ObservationQuery& query) const;
  absl::StatusOr<std::optional<domain::IndicatorSet>> SetIn(const Revision& revision) const;
  absl::Status AddCellRevisions(const RecordView& record, const PastQuery& query,
                                std::vector<CellRevision>& history) const;

  const storage::FeedStore& feeds_;
  storage::Tables& tables_;
  const catalogue::Catalogue& catalogue_;
  const replication::Crypto& crypto_;
  const std::unique_ptr<NewsJournal> journal_;
  std::atomic<std::uint32_t> own_{replication::kMemberUnknown.value()};
  absl::Mutex reading_;  // one CatchUp, Reindex or SetFollowing at a time
  std::atomic<std::uint64_t> changes_{0};
  mutable absl::Mutex rows_;  // held alone while a batch is applied, or all is rebuilt; taken after reading_
  IsOnTopic is_on_topic_ ABSL_GUARDED_BY(reading_);       // null: no topic is followed
  bool is_rebuilding_ ABSL_GUARDED_BY(reading_) = false;  // then rows_ is held throughout
  bool is_made_anew_ ABSL_GUARDED_BY(reading_) = false;   // another version made them; until all is read again
};

// The year and framework a record of sets is about: those of its last revision that was understood.
std::optional<SetSubject> SubjectOf(const RecordView& record);

}  // namespace hansa::node::projection

#endif  // HANSA_NODE_PROJECTION_VIEWS_H_
