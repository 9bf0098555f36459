// The officer's desk for a city's yearly indicators: import into the draft, check, publish, look back.
// Promises: an import is taken whole or not at all; what is published is one complete signed set, and a
// correction leaves the earlier one readable; drafts never leave this node.
#ifndef HANSA_NODE_DESK_INDICATOR_DESK_H_
#define HANSA_NODE_DESK_INDICATOR_DESK_H_

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "node/catalogue/catalogue.h"
#include "node/desk/departments.h"
#include "node/desk/desk_reports.h"
#include "node/desk/drafts.h"
#include "node/desk/waiting_years.h"
#include "node/desk/year_sheet.h"
#include "node/domain/check_past.h"
#include "node/domain/indicator_csv.h"
#include "node/domain/indicator_csv_writer.h"
#include "node/projection/views.h"
#include "node/running_node.h"
#include "node/spreadsheet/table_file.h"

namespace hansa::node::desk {

// Largest file taken, in bytes.
inline constexpr std::size_t kImportBytesMax = 25 * 1024 * 1024;

// Reads the bytes of a person's file; where a node runs, in a process of its own (node/importing/).
using ReadFile =
    std::function<absl::StatusOr<spreadsheet::TableFile>(absl::string_view bytes, const spreadsheet::FileForm& form)>;

struct ImportRequest {
  std::string file;         // name for messages
  absl::string_view bytes;  // CSV or XLSX
  std::optional<int> year;  // of all rows, where the person named one
  bool skip_others = false;
  spreadsheet::FileForm form = {};                                 // what the person says of the file
  std::optional<domain::DecimalSign> decimal_sign = std::nullopt;  // absent: as the file shows
  bool dry_run = false;                                            // all of it but taking it into the draft
  std::vector<std::string> departments = {};                       // only their cells may be changed; empty: every cell
};
struct TemplateRequest {
  int year = 0;
  enum class Format { kCsv, kXlsx } format = Format::kCsv;
  std::string language;    // BCP 47
  std::string department;  // only its cells; empty: all
};
struct EditRequest {
  int year = 0;
  std::string cell;
  // Columns of an Indicator CSV and what is to stand in them; an empty text empties the field. What is not named stays
  // as it stands in the draft, or else as published. A value takes the place of a reason for no data, and the other way
  // round.
  std::vector<domain::Field> fields;
  std::vector<std::string> departments = {};  // as in ImportRequest
};
struct DiscardRequest {
  int year = 0;
  std::string cell;                           // empty: the whole year; with departments, their cells of it
  std::vector<std::string> departments = {};  // as in ImportRequest
};
struct ShowRequest {
  std::optional<int> year;
  std::string member;     // slug; empty: this city, or on a node of another kind every city
  std::string part = {};  // a feature, row or cell, or the beginning of one; empty: everything
  // Only answers with this in what is said of where they come from: source, supplier, licence, who approved them,
  // period, area, notes, attributes. However it is written (NFC, case); empty: all.
  std::string text = {};
  // Of each cell only the answer of its latest year. Of ShowPublished alone.
  bool latest_only = false;
};
struct PublishRequest {
  std::optional<int> year;  // absent: every year whose draft differs from what is published
  std::string reason;       // of a correction, at most 1,000 characters; a first publication has none
  // What was looked at, as DraftReport has it; empty: whatever the draft says now.
  std::string draft = {};
};
struct HistoryRequest {
  std::string cell;    // empty: every cell
  std::string member;  // slug; empty: this city
  std::optional<int> year = {};
};

// Thread-safe. Calls block on disk; Publish also on the node. Errors besides those named: what the node
// and the store say.
//
// Import, Check and Publish are a city's: on a node of another kind each gives
//   FAILED_PRECONDITION  indicators are written by cities
// Years out of 1900 to 2200 give INVALID_ARGUMENT.
class IndicatorDesk {
 public:
  // `today_year` gives the present calendar year; it and `read_file` may be called from any thread. The others must
  // outlive the desk.
  IndicatorDesk(RunningNode& node, const catalogue::Catalogue& catalogue, const projection::Views& views,
                std::function<int()> today_year, ReadFile read_file);

  // Takes a file into the draft, or nothing of it if there is an error; problems are in the report. The
  // file touches only the cells it names, and keeps of them what it has no column for (README.md). A city that is not
  // admitted yet may fill its draft too.
  //   INVALID_ARGUMENT  the file is larger than kImportBytesMax
  absl::StatusOr<DraftReport> Import(const ImportRequest& request);

  // The file to fill in for a year: what stands, and the year before beside it.
  //   NOT_FOUND  no cells are assigned to that department
  absl::StatusOr<std::string> Template(const TemplateRequest& request) const;

  // Changes one cell of the draft, by the rules of an import; problems name no file and no row.
  //   INVALID_ARGUMENT     a field that there is not
  //   NOT_FOUND            a cell that there is not
  //   PERMISSION_DENIED    the cell is of none of the departments
  //   FAILED_PRECONDITION  the cell would have neither a value nor a reason for none
  absl::StatusOr<DraftReport> Edit(const EditRequest& request);

  // Forgets what the draft says of a cell or a year; what is published stands. Returns how many cells it forgot.
  //   NOT_FOUND          the catalogue has no such cell and the draft neither
  //   PERMISSION_DENIED  the cell is of none of the departments
  absl::StatusOr<std::int64_t> Discard(const DiscardRequest& request);

  // What keeps a year from being published and what should be asked about first; without a year, of all
  // years whose draft differs from what is published (each problem then begins with its year). Years that wait to be
  // signed are warned of; without a year, they are left out.
  absl::StatusOr<DraftReport> Check(std::optional<int> year) const;

  // Published values, and for this city its drafts that differ from them, each after the published
  // value of its cell. By member name, year and catalogue order.
  //   NOT_FOUND  no such member, or no such part of the framework
  absl::StatusOr<std::vector<ShownObservation>> Show(const ShowRequest& request) const;
  // The same without drafts; without a member, of every city.
  absl::StatusOr<std::vector<ShownObservation>> ShowPublished(const ShowRequest& request) const;

  // Signs and publishes. All years are checked before the first is signed. A year that stands as its
  // draft says is not signed again. While this node may not sign, a year waits to be signed: what was put into it stays
  // in the draft until then, and it is left alone where no year was asked for.
  //   FAILED_PRECONDITION  errors (the message lists them), not admitted yet, another framework than
  //                        this program's, another draft than was looked at, or the year waits to be signed already;
  //                        nothing was signed
  //   NOT_FOUND            the year asked for has neither a draft nor a published set
  //   INVALID_ARGUMENT     the reason is too long, or holds characters that may not be signed
  // Should a later year fail, the message says which were published before it.
  absl::StatusOr<PublishReport> Publish(const PublishRequest& request);

  // Takes back all that is published for a year: it is shown no more, and its history stays readable. The draft stays.
  //   FAILED_PRECONDITION  not admitted yet, another framework, or the year waits to be signed
  //   NOT_FOUND            nothing is published for the year
  //   INVALID_ARGUMENT     no reason, or one that is too long or may not be signed
  absl::StatusOr<PublishedSet> Withdraw(int year, const std::string& reason);

  // From now on `told` is called with each year whose draft was changed, on the thread that changed it. It must not ask
  // the desk. Null: nobody.
  void OnDraft(std::function<void(int year)> told) ABSL_LOCKS_EXCLUDED(drafts_mutex_) {
    absl::MutexLock lock(&drafts_mutex_);
    drafts_.OnChange(std::move(told));
  }

  // Which department fills in which cell. Thread-safe; stays on this node.
  Departments& departments() { return departments_; }
  const Departments& departments() const { return departments_; }

  // Every revision of every set, survey and rating in which the cell was ever reported, as PastOf (cell_past.h).
  //   NOT_FOUND  no such member; or a cell that the catalogue lacks and nobody reported
  absl::StatusOr<std::vector<HistoryRow>> History(const HistoryRequest& request) const;

 private:
  // One year made ready to sign.
  struct Plan {
    YearSheet sheet;
    domain::IndicatorSet set;
    std::vector<projection::RecordView> standing;  // those that speak for the year now, each newer than the one before
    std::optional<projection::RecordView> record;  // the newest of them; or else of those that were taken back
    bool unchanged = false;
  };

  struct Taking {
    std::optional<int> year;  // that was asked for
    bool dry_run = false;
    std::string file = {};  // name for messages
  };
  //   PERMISSION_DENIED  there are departments, and the cell is of none of them
  absl::Status CheckMayChange(const std::string& cell, const std::vector<std::string>& departments) const;
  // An error for each row whose cell is of none of the departments.
  absl::Status KeepToDepartments(const std::vector<std::string>& departments, const std::string& file,
                                 domain::IndicatorCsvContent& content) const;
  absl::StatusOr<DraftReport> Take(const NodeView& view, domain::IndicatorCsvContent content, const Taking& taking);
  absl::StatusOr<YearSheet> SheetOf(const NodeView& view, int year) const ABSL_LOCKS_EXCLUDED(drafts_mutex_);
  // This city's sets of the year under our framework, also those that were taken back; each newer than the one before.
  absl::StatusOr<std::vector<projection::RecordView>> RecordsOf(const NodeView& view, int year) const;
  // Finds out `newest` and `taken_back` of the sheet's year.
  absl::Status CountRevisions(const NodeView& view, YearSheet& sheet) const;
  // Of the framework that this program knows; others are not laid under its drafts.
  bool IsOfFramework(const projection::PublishedObservation& row) const;
  absl::StatusOr<std::vector<int>> ChangedYears(const NodeView& view) const;
  // What this city says of every year: what is published, with the drafts laid over it.
  absl::StatusOr<domain::PastValues> OwnValues(const NodeView& view) const ABSL_LOCKS_EXCLUDED(drafts_mutex_);
  absl::Status AddYear(const NodeView& view, int year, const domain::PastValues& past, DraftReport& report) const;
  // From the views alone: drafts are out of its reach.
  absl::StatusOr<std::vector<ShownObservation>> PublishedRows(const NodeView& view, const ShowRequest& request) const;
  // Those that are in another part, or do not say the text.
  void LeaveOutOthers(const ShowRequest& request, std::vector<ShownObservation>& rows) const;
  absl::StatusOr<std::vector<ShownObservation>> OwnRows(const NodeView& view, std::optional<int> year) const;

  absl::Status CheckMayPublish(absl::string_view doing, const NodeView& view) const;
  absl::StatusOr<Plan> PlanOf(const NodeView& view, int year) const;
  // Years of which something waits to be signed.
  absl::StatusOr<std::set<int>> Waiting(const NodeView& view) const;
  // Of what has been signed meanwhile the draft is forgotten; of what was put aside it stays. The views are up to date.
  absl::Status SettleWaiting(const NodeView& view) ABSL_EXCLUSIVE_LOCKS_REQUIRED(publishing_);
  struct Chosen {
    std::vector<int> years;    // the one asked for; or else those whose draft differs, without those that wait
    std::vector<int> waiting;  // the one asked for, if it waits; or else all that wait
  };
  absl::StatusOr<Chosen> ChosenYears(const NodeView& view, std::optional<int> asked) const;
  static void WarnOfWaiting(const std::vector<int>& years, DraftReport& report);
  // Of what is planned and what it takes the place of.
  static absl::StatusOr<std::string> HashOf(const std::vector<Plan>& plans);
  absl::Status CheckPlans(const std::vector<Plan>& plans, const domain::PastValues& past) const;
  enum class Act { kPublish, kWithdraw };
  // Hands it to the node, and notes that the year waits where it is not signed at once.
  absl::StatusOr<Published> Leave(const NodeView& view, int year, Publication publication);
  absl::StatusOr<PublishedSet> PublishOne(const NodeView& view, absl::string_view reason, Plan& plan, Act act);
  absl::StatusOr<PublishReport> PublishAll(const NodeView& view, absl::string_view reason, std::vector<Plan>& plans);
  PublishedSet AsItStands(const NodeView& view, const Plan& plan) const;
  absl::StatusOr<PublishedSet> WithdrawStanding(const NodeView& view, absl::string_view reason, Plan& plan);

  RunningNode& node_;
  const catalogue::Catalogue& catalogue_;
  const projection::Views& views_;
  const std::function<int()> today_year_;
  const ReadFile read_file_;
  Departments departments_;
  WaitingYears waiting_;
  absl::Mutex publishing_;  // one Publish at a time; taken before drafts_mutex_
  mutable absl::Mutex drafts_mutex_;
  Drafts drafts_ ABSL_GUARDED_BY(drafts_mutex_);
};

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_INDICATOR_DESK_H_
