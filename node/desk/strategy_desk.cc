#include "node/desk/strategy_desk.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "hansa/v1/strategies.pb.h"
#include "node/desk/framework_part.h"
#include "node/desk/practice_records.h"
#include "node/desk/record_office.h"
#include "node/domain/record_form.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::desk {
namespace {

using projection::RecordView;
using projection::Revision;

constexpr absl::string_view kAdding = "adding a strategy";
constexpr absl::string_view kRevising = "revising a strategy";
constexpr absl::string_view kWithdrawing = "withdrawing a strategy";
constexpr absl::string_view kShowing = "showing a strategy";

// What a file can say: a later revision of a record that it names does not change it.
std::string SaidBy(v1::Strategy strategy) {
  strategy.clear_revision_reason();
  if (strategy.has_part_of()) strategy.mutable_part_of()->clear_entry_hash();
  for (v1::Reference& practice : *strategy.mutable_practices()) practice.clear_entry_hash();
  return strategy.SerializeAsString();
}

std::string WhyOf(const storage::FeedStore& feeds, const Revision& revision) {
  const absl::StatusOr<std::shared_ptr<v1::Strategy>> strategy = ReadStrategy(feeds, revision);
  return strategy.ok() ? (*strategy)->revision_reason() : "";
}

}  // namespace

absl::StatusOr<RecordView> StrategyDesk::Find(absl::string_view doing, absl::string_view id,
                                              replication::Member preferred) const {
  return FindRecord(views_, {doing, id, preferred, IsStrategy, [](const RecordView& record) {
                               return absl::StrCat(record.key.id.hex(), " is ", WhatIs(record),
                                                   ", not a strategy; hansa strategies list shows those");
                             }});
}

absl::StatusOr<RecordView> StrategyDesk::FindPractice(absl::string_view doing, absl::string_view id,
                                                      replication::Member preferred) const {
  return FindRecord(views_, {doing, id, preferred, IsPractice, [](const RecordView& record) {
                               return absl::StrCat(record.key.id.hex(), " is ", WhatIs(record),
                                                   ", not a practice; hansa practices list shows those");
                             }});
}

absl::Status StrategyDesk::PutReferences(absl::string_view doing, const NodeView& view,
                                         const domain::NamedRecords& named, const StandingLinks& standing,
                                         v1::Strategy& strategy) const {
  if (!named.part_of.empty()) {
    const absl::StatusOr<RecordView> whole = Find(doing, named.part_of, view.member);
    HANSA_RETURN_IF_ERROR(whole.status());
    if (whole->key.member != view.member) {
      return Refusal(doing, absl::StrCat("part_of: ", whole->key.id.hex(), " is of ", SlugOf(view, whole->key.member),
                                         "; name a strategy of this city"));
    }
    const std::optional<domain::NotedRevision> meant = standing.PointAt(*whole, whole->revisions.back().retracted);
    if (!meant) {
      return Refusal(doing, absl::StrCat("part_of: ", whole->key.id.hex(), " was taken back; leave it out"));
    }
    domain::Point(*meant, *strategy.mutable_part_of());
  }
  for (const std::string& id : named.practices) {
    const absl::StatusOr<RecordView> practice = FindPractice(doing, id, view.member);
    HANSA_RETURN_IF_ERROR(practice.status());
    const std::optional<domain::NotedRevision> meant =
        standing.PointAt(*practice, IsWithdrawal(practice->revisions.back()));
    if (!meant) {
      return Refusal(doing, absl::StrCat("practices: ", practice->key.id.hex(), " was taken back; leave it out"));
    }
    domain::Point(*meant, *strategy.add_practices());
  }
  return absl::OkStatus();
}

absl::StatusOr<std::shared_ptr<v1::Strategy>> StrategyDesk::ReadFile(absl::string_view doing, const NodeView& view,
                                                                     const domain::RecordFile& file,
                                                                     const StandingLinks& standing,
                                                                     std::vector<std::string>& warnings) const {
  auto strategy = std::make_shared<v1::Strategy>();
  domain::NamedRecords named;
  absl::StatusOr<domain::FileRemarks> remarks = domain::ReadStrategyFile(file, catalogue_, *strategy, named);
  HANSA_RETURN_IF_ERROR(remarks.status());
  HANSA_RETURN_IF_ERROR(CheckAuthor(doing, view, *remarks));
  HANSA_RETURN_IF_ERROR(PutReferences(doing, view, named, standing, *strategy));
  warnings = std::move(remarks->warnings);
  return strategy;
}

absl::StatusOr<StrategyDesk::Stands> StrategyDesk::FindOwn(absl::string_view doing, const NodeView& view,
                                                           absl::string_view id) const {
  absl::StatusOr<RecordView> record = Find(doing, id, view.member);
  HANSA_RETURN_IF_ERROR(record.status());
  if (record->key.member != view.member) {
    return Refusal(doing, absl::StrCat(record->key.id.hex(), " is of ", SlugOf(view, record->key.member),
                                       "; only its author can change it"));
  }
  Stands stands{*std::move(record), nullptr};
  for (auto revision = stands.record.revisions.rbegin(); revision != stands.record.revisions.rend(); ++revision) {
    const absl::StatusOr<std::shared_ptr<v1::Strategy>> content = ReadStrategy(node_.feeds(), *revision);
    if (!content.ok()) continue;
    stands.content = *content;
    break;
  }
  return stands;
}

absl::StatusOr<PublishedEntry> StrategyDesk::Add(const domain::RecordFile& file) {
  absl::MutexLock lock(&publishing_);
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(CheckMayPublish(kAdding, view, replication::kStrategies));
  HANSA_RETURN_IF_ERROR(node_.AwaitViews());
  std::vector<std::string> warnings;
  const absl::StatusOr<std::shared_ptr<v1::Strategy>> strategy =
      ReadFile(kAdding, view, file, StandingLinks(), warnings);
  HANSA_RETURN_IF_ERROR(strategy.status());
  absl::StatusOr<std::string> payload = domain::EncodeRecord(**strategy);
  HANSA_RETURN_IF_ERROR(payload.status());
  const absl::StatusOr<std::vector<RecordView>> own = views_.RecordsOf(view.member, replication::kStrategies);
  HANSA_RETURN_IF_ERROR(own.status());
  absl::StatusOr<PublishedEntry> entry;
  const auto says_it = [&](const RecordView& record) {
    const absl::StatusOr<std::shared_ptr<v1::Strategy>> present = ReadStrategy(node_.feeds(), record.revisions.back());
    return present.ok() && SaidBy(**present) == SaidBy(**strategy);
  };
  const auto same = std::find_if(own->begin(), own->end(), says_it);
  if (same != own->end()) {
    entry = Standing(view, *same);
  } else {
    entry = SignOne(node_, view,
                    {.collection = replication::kStrategies,
                     .kind = replication::kStrategy,
                     .record = std::nullopt,
                     .payload = *std::move(payload)},
                    0);
  }
  HANSA_RETURN_IF_ERROR(entry.status());
  entry->title = (*strategy)->title();
  entry->warnings.insert(entry->warnings.end(), warnings.begin(), warnings.end());
  return entry;
}

absl::StatusOr<PublishedEntry> StrategyDesk::Revise(const StrategyChange& change) {
  absl::MutexLock lock(&publishing_);
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(CheckMayPublish(kRevising, view, replication::kStrategies));
  const absl::StatusOr<std::string> reason = CleanReason(kRevising, change.reason, kRevisionReasonMax);
  HANSA_RETURN_IF_ERROR(reason.status());
  HANSA_RETURN_IF_ERROR(node_.AwaitViews());
  const absl::StatusOr<Stands> stands = FindOwn(kRevising, view, change.id);
  HANSA_RETURN_IF_ERROR(stands.status());
  const replication::RecordId& id = stands->record.key.id;
  const Revision& last = stands->record.revisions.back();
  if (last.retracted) return Refusal(kRevising, absl::StrCat(id.hex(), " was taken back; add it anew"));
  if (change.of_revision != 0) HANSA_RETURN_IF_ERROR(CheckNoneWaits(kRevising, view, id));
  const absl::StatusOr<std::shared_ptr<v1::Strategy>> present = ReadStrategy(node_.feeds(), last);
  std::vector<std::string> warnings;
  const absl::StatusOr<std::shared_ptr<v1::Strategy>> strategy =
      ReadFile(kRevising, view, change.file, present.ok() ? StandingLinks(**present) : StandingLinks(), warnings);
  HANSA_RETURN_IF_ERROR(strategy.status());
  if ((*strategy)->part_of().record_id() == id.view()) {
    return absl::InvalidArgumentError(
        absl::StrCat(change.file.name, ": part_of: a strategy is no part of itself; leave it out"));
  }
  if (present.ok()) KeepFiles((*present)->attachments(), *(*strategy)->mutable_attachments());
  absl::StatusOr<PublishedEntry> entry;
  if (present.ok() && SaidBy(**present) == SaidBy(**strategy)) {
    entry = Standing(view, stands->record);
  } else {
    HANSA_RETURN_IF_ERROR(
        CheckStillStands(kRevising, id, {.read = change.of_revision, .present = stands->record.revisions.size()}));
    (*strategy)->set_revision_reason(*reason);
    absl::StatusOr<std::string> payload = domain::EncodeRecord(**strategy);
    HANSA_RETURN_IF_ERROR(payload.status());
    entry = SignOne(node_, view,
                    {.collection = replication::kStrategies,
                     .kind = replication::kStrategy,
                     .record = id,
                     .payload = *std::move(payload)},
                    stands->record.revisions.size());
  }
  HANSA_RETURN_IF_ERROR(entry.status());
  entry->title = (*strategy)->title();
  entry->warnings.insert(entry->warnings.end(), warnings.begin(), warnings.end());
  return entry;
}

absl::StatusOr<PublishedEntry> StrategyDesk::Withdraw(absl::string_view id) {
  absl::MutexLock lock(&publishing_);
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(CheckMayPublish(kWithdrawing, view, replication::kStrategies));
  HANSA_RETURN_IF_ERROR(node_.AwaitViews());
  const absl::StatusOr<Stands> stands = FindOwn(kWithdrawing, view, id);
  HANSA_RETURN_IF_ERROR(stands.status());
  absl::StatusOr<PublishedEntry> entry;
  if (stands->record.revisions.back().retracted) {
    entry = Standing(view, stands->record);
  } else {
    entry = SignOne(node_, view,
                    {.collection = replication::kStrategies,
                     .kind = replication::kStrategy,
                     .record = stands->record.key.id,
                     .retract = true},
                    stands->record.revisions.size());
  }
  if (entry.ok() && stands->content != nullptr) entry->title = stands->content->title();
  return entry;
}

absl::StatusOr<PublishedEntry> StrategyDesk::ChangeFiles(const FilesChange& change) {
  absl::MutexLock lock(&publishing_);
  return SignWithFiles(node_, views_, change);
}

absl::StatusOr<std::vector<ListedStrategy>> StrategyDesk::List(const StrategyQuery& asked) const {
  const NodeView view = node_.View();
  StrategyQuery query = asked;
  query.action = absl::AsciiStrToUpper(query.action);
  if (!query.feature.empty()) HANSA_RETURN_IF_ERROR(CheckFeature(catalogue_, query.feature));
  if (!query.action.empty()) HANSA_RETURN_IF_ERROR(CheckAction(catalogue_, query.action));
  if (!query.member.empty()) HANSA_RETURN_IF_ERROR(MemberNamed(view, query.member).status());
  std::vector<ListedStrategy> listed;
  for (const auto& [number, member] : view.roster->state().members) {
    if (!query.member.empty() && query.member != member.slug) continue;
    absl::StatusOr<std::vector<StandingStrategy>> strategies = StrategiesOf(node_.feeds(), views_, catalogue_, number);
    HANSA_RETURN_IF_ERROR(strategies.status());
    for (StandingStrategy& strategy : *strategies) {
      if (!Has(strategy.features, query.feature) || !Has(strategy.actions, query.action)) continue;
      listed.push_back({member.slug, std::move(strategy)});
    }
  }
  std::stable_sort(listed.begin(), listed.end(),
                   [](const ListedStrategy& a, const ListedStrategy& b) { return a.member < b.member; });
  return listed;
}

absl::StatusOr<ShownStrategy> StrategyDesk::Show(absl::string_view id, std::uint64_t revision) const {
  const NodeView view = node_.View();
  const absl::StatusOr<RecordView> record = Find(kShowing, id, view.member);
  HANSA_RETURN_IF_ERROR(record.status());
  const std::uint64_t count = record->revisions.size();
  if (revision > count) {
    return absl::NotFoundError(
        absl::StrCat(kShowing, ": ", record->key.id.hex(), " has no revision ", revision, "; its last is ", count));
  }
  const std::uint64_t wanted = revision == 0 ? count : revision;
  ShownStrategy shown;
  shown.strategy.member = SlugOf(view, record->key.member);
  shown.strategy.strategy.id = record->key.id;
  shown.strategy.strategy.revision = wanted;
  shown.withdrawn = record->revisions.back().retracted;
  shown.revisions.reserve(record->revisions.size());
  for (std::uint64_t number = 1; number <= count; ++number) {
    const Revision& each = record->revisions[number - 1];
    shown.revisions.push_back(
        {number, each.position.seq, each.entry_hash, each.claimed_time_ms, WhyOf(node_.feeds(), each), each.retracted});
    if (number > wanted) continue;
    const absl::StatusOr<std::shared_ptr<v1::Strategy>> strategy = ReadStrategy(node_.feeds(), each);
    if (strategy.ok()) shown.strategy.strategy = Described(catalogue_, record->key.id, wanted, **strategy);
    if (number < wanted) continue;
    if (strategy.ok()) {
      shown.content = *strategy;
    } else if (!each.retracted) {
      shown.fault = std::string(strategy.status().message());
    }
  }
  return shown;
}

}  // namespace hansa::node::desk
