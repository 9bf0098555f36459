#include "node/projection/record_links.h"

#include <optional>
#include <vector>

#include "hansa/v1/offers.pb.h"
#include "hansa/v1/practices.pb.h"
#include "hansa/v1/reference.pb.h"
#include "node/domain/noted_record.h"
#include "node/domain/practice_links.h"
#include "replication/collections.h"

namespace hansa::node::projection {
namespace {

RecordKey KeyOf(const domain::PracticeRecord& practice) {
  return {practice.author, replication::kPractices, practice.id};
}

template <typename Record>
std::optional<Record> Read(replication::BytesView payload) {
  Record record;
  if (!record.ParseFromArray(payload.data(), static_cast<int>(payload.size()))) return std::nullopt;
  return record;
}

// The clusters that a practice or an offer belongs to.
template <typename Record>
void AddClusters(const Record& record, std::vector<RecordKey>& pointed_at) {
  for (const v1::Reference& cluster : record.clusters()) {
    const std::optional<domain::NotedRecord> named = domain::RecordOf(cluster);
    if (named) pointed_at.push_back({named->author, named->collection, named->id});
  }
}

std::vector<RecordKey> PointedAt(const RecordKey& record, replication::Kind kind, replication::BytesView payload) {
  std::vector<RecordKey> pointed_at;
  if (kind == replication::kPractice) {
    const auto practice = Read<v1::Practice>(payload);
    if (!practice) return pointed_at;
    for (const domain::BuiltUpon& built : domain::FactsOf(record.member, *practice).built_on) {
      pointed_at.push_back(KeyOf(built.practice.record));
    }
    AddClusters(*practice, pointed_at);
  } else if (kind == replication::kPracticeTranslation) {
    const auto translation = Read<v1::PracticeTranslation>(payload);
    const auto facts = translation ? domain::FactsOf(*translation) : std::nullopt;
    if (facts) pointed_at.push_back(KeyOf(facts->original.record));
  } else if (kind == replication::kOffer) {
    const auto offer = Read<v1::Offer>(payload);
    if (offer) AddClusters(*offer, pointed_at);
  }
  return pointed_at;
}

}  // namespace

void TakeLinks(const RecordKey& record, const Revision& revision, replication::BytesView payload,
               PendingWrites& pending) {
  if (revision.retracted || revision.reading != Reading::kUnderstood) return;
  for (const RecordKey& to : PointedAt(record, revision.kind, payload)) {
    pending.Put(storage::Table::kRecords, LinkRowKey(to, record), "");
  }
}

}  // namespace hansa::node::projection
