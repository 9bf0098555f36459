// How a year leaves the desk: plan every year, check them all, then sign one set after the other.
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "node/desk/city_office.h"
#include "node/desk/indicator_desk.h"
#include "node/desk/record_office.h"
#include "node/domain/checks.h"
#include "node/domain/indicator_codec.h"
#include "node/domain/problem_rules.h"
#include "node/node_folder.h"
#include "replication/check.h"
#include "replication/collections.h"
#include "replication/crypto.h"

namespace hansa::node::desk {
namespace {

constexpr absl::string_view kDoing = "publishing indicators";
constexpr absl::string_view kWithdrawing = "withdrawing indicators";
// So many errors are listed in the one line of a refusal.
constexpr std::size_t kErrorsListedMax = 10;

absl::Status Waits(absl::string_view doing, int year) {
  return Refusal(doing,
                 absl::StrCat(year,
                              " waits to be signed; what you enter meanwhile stays in the draft, to be published "
                              "after that (`hansa status` says why it waits)"));
}

// Why nothing was published.
std::string NothingToPublish(const std::vector<int>& waiting) {
  const std::string years = absl::StrJoin(waiting, ", ");
  if (waiting.empty()) return "Nothing to publish: the draft says what is published already.";
  return waiting.size() == 1 ? absl::StrCat("Nothing to publish: ", years, " waits to be signed.")
                             : absl::StrCat("Nothing to publish: ", years, " wait to be signed.");
}

// What else was not published; empty if nothing was left out.
std::string LeftOut(const std::vector<int>& waiting) {
  const std::string years = absl::StrJoin(waiting, ", ");
  if (waiting.empty()) return "";
  return waiting.size() == 1 ? absl::StrCat("Left out: ", years, " waits to be signed.")
                             : absl::StrCat("Left out: ", years, " wait to be signed.");
}

// How many of them have a value, and how many say why there is none.
void Count(const std::vector<domain::Observation>& observations, PublishedSet& set) {
  set.values = static_cast<std::uint64_t>(
      std::count_if(observations.begin(), observations.end(),
                    [](const domain::Observation& observation) { return observation.value.has_value(); }));
  set.without_data = observations.size() - set.values;
}

}  // namespace

absl::Status IndicatorDesk::CheckMayPublish(absl::string_view doing, const NodeView& view) const {
  HANSA_RETURN_IF_ERROR(CheckIsCity(doing, view));
  HANSA_RETURN_IF_ERROR(CheckMayWrite(doing, view));
  return CheckFramework(doing, catalogue_, view);
}

absl::StatusOr<IndicatorDesk::Plan> IndicatorDesk::PlanOf(const NodeView& view, int year) const {
  absl::StatusOr<YearSheet> sheet = SheetOf(view, year);
  HANSA_RETURN_IF_ERROR(sheet.status());
  Plan plan;
  plan.unchanged = ChangedDrafts(catalogue_, *sheet).empty();
  plan.set = CompleteSet(catalogue_, *sheet);
  plan.sheet = *std::move(sheet);
  absl::StatusOr<std::vector<projection::RecordView>> records = RecordsOf(view, year);
  HANSA_RETURN_IF_ERROR(records.status());
  if (!records->empty()) plan.record = records->back();
  std::erase_if(*records, [](const auto& record) { return record.revisions.back().retracted; });
  if (!records->empty()) plan.record = records->back();
  plan.standing = *std::move(records);
  return plan;
}

absl::StatusOr<std::set<int>> IndicatorDesk::Waiting(const NodeView& view) const {
  const absl::StatusOr<std::map<int, replication::RecordId>> known = waiting_.All();
  HANSA_RETURN_IF_ERROR(known.status());
  std::set<int> years;
  for (const auto& [year, record] : *known) {
    if (view.outbox.records.contains(record)) years.insert(year);
  }
  // What was queued and not noted any more, as when the power went between the two.
  if (view.outbox.records.empty() || view.member == replication::kMemberUnknown) return years;
  const absl::StatusOr<std::vector<projection::RecordView>> records = views_.SetsOf(view.member);
  HANSA_RETURN_IF_ERROR(records.status());
  for (const projection::RecordView& record : *records) {
    const std::optional<projection::SetSubject> subject = projection::SubjectOf(record);
    if (!subject || !view.outbox.records.contains(record.key.id)) continue;
    if (*subject == projection::SetSubject{subject->year, catalogue_.framework_id(), catalogue_.version()}) {
      years.insert(subject->year);
    }
  }
  return years;
}

absl::Status IndicatorDesk::SettleWaiting(const NodeView& view) {
  const absl::StatusOr<std::map<int, replication::RecordId>> known = waiting_.All();
  HANSA_RETURN_IF_ERROR(known.status());
  const absl::StatusOr<std::set<int>> waiting = Waiting(view);
  HANSA_RETURN_IF_ERROR(waiting.status());
  for (const auto& [year, record] : *known) {
    if (waiting->contains(year)) continue;
    absl::StatusOr<YearSheet> sheet = SheetOf(view, year);
    HANSA_RETURN_IF_ERROR(sheet.status());
    const std::vector<Draft> changed = ChangedDrafts(catalogue_, *sheet);
    std::erase_if(sheet->drafts, [&](const Draft& draft) {
      return std::find(changed.begin(), changed.end(), draft) != changed.end();
    });
    {
      absl::MutexLock lock(&drafts_mutex_);
      HANSA_RETURN_IF_ERROR(drafts_.Forget(sheet->drafts));
    }
    HANSA_RETURN_IF_ERROR(waiting_.TakeOut(year));
  }
  return absl::OkStatus();
}

absl::StatusOr<IndicatorDesk::Chosen> IndicatorDesk::ChosenYears(const NodeView& view, std::optional<int> asked) const {
  const absl::StatusOr<std::set<int>> waiting = Waiting(view);
  HANSA_RETURN_IF_ERROR(waiting.status());
  Chosen chosen;
  if (asked) {
    chosen.years = {*asked};
    if (waiting->contains(*asked)) chosen.waiting = {*asked};
    return chosen;
  }
  absl::StatusOr<std::vector<int>> years = ChangedYears(view);
  HANSA_RETURN_IF_ERROR(years.status());
  std::erase_if(*years, [&](int year) { return waiting->contains(year); });
  chosen.years = *std::move(years);
  chosen.waiting.assign(waiting->begin(), waiting->end());
  return chosen;
}

void IndicatorDesk::WarnOfWaiting(const std::vector<int>& years, DraftReport& report) {
  for (const int year : years) {
    domain::Problem problem;
    problem.rule = domain::rule_id::kYearWaits;
    problem.what = absl::StrCat(year, " waits to be signed");
    problem.remedy = "publish again after that";
    report.warnings.push_back(std::move(problem));
  }
}

absl::StatusOr<std::string> IndicatorDesk::HashOf(const std::vector<Plan>& plans) {
  std::string all;
  for (const Plan& plan : plans) {
    const absl::StatusOr<std::string> payload = domain::EncodeIndicatorSet(plan.set);
    HANSA_RETURN_IF_ERROR(payload.status());
    const std::uint64_t stands = plan.record ? plan.record->revisions.size() : 0;
    absl::StrAppend(&all, plan.sheet.year, " ", stands, " ", payload->size(), "\n", *payload);
  }
  return replication::SodiumCrypto().Sha256(all).hex();
}

absl::Status IndicatorDesk::CheckPlans(const std::vector<Plan>& plans, const domain::PastValues& past) const {
  std::vector<std::string> lines;
  std::size_t errors = 0;
  for (const Plan& plan : plans) {
    const domain::CheckReport report = domain::CheckIndicatorSet(catalogue_, plan.set, past, today_year_());
    for (const domain::Problem& problem : report.errors) {
      if (++errors > kErrorsListedMax) continue;
      lines.push_back(absl::StrCat(plan.sheet.year, " ", domain::Line(problem)));
    }
  }
  if (errors == 0) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(
      kDoing, ": nothing was published, ", errors == 1 ? std::string("1 error: ") : absl::StrCat(errors, " errors: "),
      absl::StrJoin(lines, " | "), errors > kErrorsListedMax ? " | and more" : "", "; see hansa indicators check"));
}

PublishedSet IndicatorDesk::AsItStands(const NodeView& view, const Plan& plan) const {
  PublishedSet stands;
  stands.id = plan.record->key.id;
  stands.member = view.slug;
  stands.collection = replication::kIndicators;
  stands.sequence = plan.record->revisions.back().position.seq;
  stands.year = plan.sheet.year;
  stands.revision = plan.record->revisions.size();
  Count(plan.set.observations, stands);
  stands.unchanged = true;
  return stands;
}

// Noted before it is queued, so that it is known to wait even if the power goes between the two; a node that may sign
// signs at once as a rule, and writes nothing more for it.
absl::StatusOr<Published> IndicatorDesk::Leave(const NodeView& view, int year, Publication publication) {
  const bool is_noted = view.fence != Fence::kOpen && view.fence != Fence::kReadonly;
  if (is_noted) {
    if (!publication.record) publication.record = RandomRecordId();
    HANSA_RETURN_IF_ERROR(waiting_.Add(year, *publication.record));
  }
  absl::StatusOr<std::vector<Published>> published = node_.Publish({std::move(publication)});
  // Should this fail, the year is found not to wait the next time.
  if (is_noted && (!published.ok() || !published->front().queued)) waiting_.TakeOut(year).IgnoreError();
  HANSA_RETURN_IF_ERROR(published.status());
  HANSA_CHECK(published->size() == 1);
  Published& entry = published->front();
  if (entry.queued && !is_noted) HANSA_RETURN_IF_ERROR(waiting_.Add(year, entry.record));
  return std::move(entry);
}

absl::StatusOr<PublishedSet> IndicatorDesk::PublishOne(const NodeView& view, absl::string_view reason, Plan& plan,
                                                       Act act) {
  if (plan.record) plan.set.revision_reason = std::string(reason);
  absl::StatusOr<std::string> payload = domain::EncodeIndicatorSet(plan.set);
  HANSA_RETURN_IF_ERROR(payload.status());
  Publication publication;
  publication.collection = replication::kIndicators;
  publication.kind = replication::kIndicatorSet;
  if (plan.record) publication.record = plan.record->key.id;
  publication.retract = act == Act::kWithdraw;
  publication.payload = *std::move(payload);
  const absl::StatusOr<Published> published = Leave(view, plan.sheet.year, std::move(publication));
  HANSA_RETURN_IF_ERROR(published.status());
  const Published& entry = *published;

  PublishedSet set;
  set.id = entry.record;
  set.member = view.slug;
  set.collection = entry.collection;
  set.sequence = entry.seq;
  set.year = plan.sheet.year;
  set.revision = (plan.record ? plan.record->revisions.size() : 0) + 1;
  Count(plan.set.observations, set);
  set.held_by = entry.held_by;
  set.queued = entry.queued;
  return set;
}

absl::StatusOr<PublishReport> IndicatorDesk::PublishAll(const NodeView& view, absl::string_view reason,
                                                        std::vector<Plan>& plans) {
  PublishReport report;
  std::vector<std::string> done;
  for (Plan& plan : plans) {
    absl::StatusOr<PublishedSet> set = plan.unchanged ? absl::StatusOr<PublishedSet>(AsItStands(view, plan))
                                                      : PublishOne(view, reason, plan, Act::kPublish);
    if (!set.ok()) {
      if (done.empty()) return set.status();
      return absl::Status(set.status().code(),
                          absl::StrCat(set.status().message(), "; published before that: ", absl::StrJoin(done, ", ")));
    }
    const bool waits = set->queued;
    report.sets.push_back(*std::move(set));
    done.push_back(absl::StrCat(plan.sheet.year));
    if (waits) continue;
    // What an officer changed meanwhile stays in the draft. Should this fail, the draft repeats what is
    // published, which changes nothing.
    absl::MutexLock lock(&drafts_mutex_);
    drafts_.Forget(plan.sheet.drafts).IgnoreError();
  }
  return report;
}

absl::StatusOr<PublishReport> IndicatorDesk::Publish(const PublishRequest& request) {
  absl::MutexLock lock(&publishing_);
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(CheckMayPublish(kDoing, view));
  HANSA_RETURN_IF_ERROR(CheckYear(kDoing, request.year));
  const absl::StatusOr<std::string> reason = CleanReason(kDoing, request.reason, domain::kReasonMax);
  HANSA_RETURN_IF_ERROR(reason.status());
  // A correction builds on everything published before.
  HANSA_RETURN_IF_ERROR(node_.AwaitViews());

  HANSA_RETURN_IF_ERROR(SettleWaiting(view));

  const absl::StatusOr<Chosen> chosen = ChosenYears(view, request.year);
  HANSA_RETURN_IF_ERROR(chosen.status());
  if (request.year && !chosen->waiting.empty()) return Waits(kDoing, *request.year);
  std::vector<Plan> plans;
  for (const int year : chosen->years) {
    absl::StatusOr<Plan> plan = PlanOf(view, year);
    HANSA_RETURN_IF_ERROR(plan.status());
    if (plan->unchanged && plan->sheet.published.empty()) {
      return absl::NotFoundError(
          absl::StrCat(kDoing, ": there is nothing of ", year, " in the draft; import its values first"));
    }
    plans.push_back(*std::move(plan));
  }
  if (!request.draft.empty()) {
    const absl::StatusOr<std::string> draft = HashOf(plans);
    HANSA_RETURN_IF_ERROR(draft.status());
    if (*draft != request.draft) {
      return absl::FailedPreconditionError(
          absl::StrCat(kDoing,
                       ": the draft, or what is published, has changed since it was looked at; look at it again, "
                       "and publish it then"));
    }
  }
  const bool all_unchanged = std::all_of(plans.begin(), plans.end(), [](const Plan& plan) { return plan.unchanged; });
  if (!all_unchanged) {
    const absl::StatusOr<domain::PastValues> past = OwnValues(view);
    HANSA_RETURN_IF_ERROR(past.status());
    HANSA_RETURN_IF_ERROR(CheckPlans(plans, *past));
  }
  absl::StatusOr<PublishReport> report = PublishAll(view, *reason, plans);
  HANSA_RETURN_IF_ERROR(report.status());
  if (all_unchanged) {
    report->words = NothingToPublish(chosen->waiting);
    return report;
  }
  report->words = LeftOut(chosen->waiting);
  // What was published is published, even if the views cannot follow now.
  node_.AwaitViews().IgnoreError();
  return report;
}

absl::StatusOr<PublishedSet> IndicatorDesk::Withdraw(int year, const std::string& reason) {
  absl::MutexLock lock(&publishing_);
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(CheckMayPublish(kWithdrawing, view));
  HANSA_RETURN_IF_ERROR(CheckYear(kWithdrawing, year));
  const absl::StatusOr<std::string> clean = CleanReason(kWithdrawing, reason, domain::kReasonMax);
  HANSA_RETURN_IF_ERROR(clean.status());
  if (clean->empty()) {
    return absl::InvalidArgumentError(absl::StrCat(kWithdrawing, ": nobody would know why; give a reason"));
  }
  HANSA_RETURN_IF_ERROR(node_.AwaitViews());
  HANSA_RETURN_IF_ERROR(SettleWaiting(view));
  const absl::StatusOr<std::set<int>> waiting = Waiting(view);
  HANSA_RETURN_IF_ERROR(waiting.status());
  if (waiting->contains(year)) return Waits(kWithdrawing, year);
  absl::StatusOr<Plan> plan = PlanOf(view, year);
  HANSA_RETURN_IF_ERROR(plan.status());
  if (!plan->record) {
    return absl::NotFoundError(absl::StrCat(kWithdrawing, ": nothing is published for ", year,
                                            "; to empty the draft, type hansa indicators discard"));
  }
  plan->set.observations.clear();
  const bool is_done = plan->standing.empty();
  absl::StatusOr<PublishedSet> set = is_done ? AsItStands(view, *plan) : WithdrawStanding(view, *clean, *plan);
  HANSA_RETURN_IF_ERROR(set.status());
  set->withdrawn = true;
  if (is_done) return set;
  Count(plan->sheet.published, *set);
  node_.AwaitViews().IgnoreError();
  return set;
}

// The oldest first, so that none comes to speak for the year again meanwhile.
absl::StatusOr<PublishedSet> IndicatorDesk::WithdrawStanding(const NodeView& view, absl::string_view reason,
                                                             Plan& plan) {
  absl::StatusOr<PublishedSet> set;
  for (const projection::RecordView& record : plan.standing) {
    plan.record = record;
    set = PublishOne(view, reason, plan, Act::kWithdraw);
    HANSA_RETURN_IF_ERROR(set.status());
  }
  return set;
}

}  // namespace hansa::node::desk
