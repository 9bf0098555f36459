#include "node/desk/target_records.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "hansa/v1/indicators.pb.h"
#include "node/desk/practice_records.h"
#include "node/domain/own_target.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::desk {
namespace {

using projection::RecordView;

StandingTarget Described(const catalogue::Catalogue& catalogue, const TargetRecord& record) {
  StandingTarget target;
  target.id = record.record.key.id;
  target.revision = record.record.revisions.size();
  target.fault = record.fault;
  if (record.said == nullptr) return target;
  const v1::OwnTarget& said = *record.said;
  target.cell = said.cell();
  if (!target.fault.empty()) return target;
  target.value = said.value();
  target.unit = said.unit();
  target.by_year = static_cast<int>(said.by_year());
  target.note = said.note();
  target.approved_by = said.approved_by();
  target.fault = std::string(domain::CheckOwnTarget(catalogue, said).message());
  return target;
}

}  // namespace

absl::StatusOr<std::vector<TargetRecord>> TargetRecordsOf(const storage::FeedStore& feeds,
                                                          const projection::Views& views, replication::Member member) {
  const absl::StatusOr<std::vector<RecordView>> records = views.RecordsOf(member, replication::kIndicators);
  HANSA_RETURN_IF_ERROR(records.status());
  std::vector<TargetRecord> targets;
  std::map<std::tuple<std::string, std::string, std::string>, std::size_t> by_key;  // place in `targets`
  for (const RecordView& record : *records) {
    if (KindThatStands(record) != replication::kOwnTarget) continue;
    absl::StatusOr<TargetRecord> target = WhatItSays<v1::OwnTarget>(feeds, record, replication::kOwnTarget);
    HANSA_RETURN_IF_ERROR(target.status());
    if (target->said == nullptr) {
      targets.push_back(*std::move(target));
      continue;
    }
    const v1::OwnTarget& said = *target->said;
    const auto [place, is_new] =
        by_key.emplace(std::tuple(said.framework_id(), said.framework_version(), said.cell()), targets.size());
    if (is_new) {
      targets.push_back(*std::move(target));
    } else if (TargetRecord& other = targets[place->second];
               other.record.revisions.back().position < target->record.revisions.back().position) {
      other = *std::move(target);
    }
  }
  return targets;
}

absl::StatusOr<std::vector<StandingTarget>> TargetsOf(const storage::FeedStore& feeds, const projection::Views& views,
                                                      const catalogue::Catalogue& catalogue,
                                                      replication::Member member) {
  const absl::StatusOr<std::vector<TargetRecord>> records = TargetRecordsOf(feeds, views, member);
  HANSA_RETURN_IF_ERROR(records.status());
  std::vector<StandingTarget> targets;
  targets.reserve(records->size());
  for (const TargetRecord& record : *records) {
    if (!record.withdrawn()) targets.push_back(Described(catalogue, record));
  }
  const auto place = [&](const StandingTarget& target) {
    const catalogue::Cell* const cell = target.fault.empty() ? catalogue.FindCell(target.cell) : nullptr;
    return cell == nullptr ? catalogue.cells().size() : cell->position;
  };
  std::sort(targets.begin(), targets.end(), [&](const StandingTarget& a, const StandingTarget& b) {
    return std::tuple(place(a), a.cell, a.id) < std::tuple(place(b), b.cell, b.id);
  });
  return targets;
}

std::string TitleOf(const v1::OwnTarget& target) {
  return absl::StrCat("target ", target.value(), " by ", target.by_year(), " for ", target.cell());
}

}  // namespace hansa::node::desk
