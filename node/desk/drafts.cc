#include "node/desk/drafts.h"

#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "node/domain/indicator_codec.h"
#include "replication/bytes.h"
#include "replication/check.h"

namespace hansa::node::desk {
namespace {

using storage::Table;

constexpr std::size_t kYearBytes = 2;
constexpr std::size_t kPageRows = 256;

// year u16 big-endian, cell -> the observation as a draft is encoded.
std::string Key(int year, absl::string_view cell) {
  return replication::ByteWriter().U16(static_cast<std::uint16_t>(year)).Raw(cell).bytes();
}
std::string Key(const Draft& draft) { return Key(draft.year, draft.observation.cell); }

}  // namespace

absl::StatusOr<std::vector<Draft>> Drafts::Of(int year) const {
  std::vector<Draft> drafts;
  const std::string prefix = Key(year, "");
  std::string from = prefix;
  while (true) {
    const absl::StatusOr<std::vector<storage::KeyValue>> page = tables_.Scan(Table::kDrafts, prefix, from, kPageRows);
    HANSA_RETURN_IF_ERROR(page.status());
    for (const storage::KeyValue& row : *page) {
      absl::StatusOr<domain::Observation> observation = domain::DecodeDraftObservation(row.value);
      if (!observation.ok()) {
        return absl::DataLossError(absl::StrCat("reading the draft of ", year, ": ", observation.status().message(),
                                                "; import the values of that cell again"));
      }
      drafts.push_back({year, *std::move(observation)});
    }
    if (page->size() < kPageRows) return drafts;
    from = absl::StrCat(page->back().key, absl::string_view("\0", 1));
  }
}

absl::StatusOr<std::vector<int>> Drafts::Years() const {
  std::vector<int> years;
  std::string from;
  while (true) {
    const absl::StatusOr<std::vector<storage::KeyValue>> next = tables_.Scan(Table::kDrafts, "", from, 1);
    HANSA_RETURN_IF_ERROR(next.status());
    if (next->empty()) return years;
    replication::ByteReader reader(absl::string_view(next->front().key).substr(0, kYearBytes));
    years.push_back(reader.U16());
    from = Key(years.back() + 1, "");
  }
}

absl::Status Drafts::Apply(absl::Span<const DraftChange> changes) {
  std::vector<storage::Write> writes;
  for (const DraftChange& change : changes) {
    storage::Write write{Table::kDrafts, Key(change.draft), std::nullopt};
    if (change.act == DraftChange::Act::kKeep) {
      absl::StatusOr<std::string> row = domain::EncodeDraftObservation(change.draft.observation);
      HANSA_RETURN_IF_ERROR(row.status());
      write.value = *std::move(row);
    }
    writes.push_back(std::move(write));
  }
  if (writes.empty()) return absl::OkStatus();
  HANSA_RETURN_IF_ERROR(tables_.Apply(writes, storage::Durability::kSynced));
  std::set<int> years;
  for (const DraftChange& change : changes) years.insert(change.draft.year);
  if (told_ == nullptr) return absl::OkStatus();
  for (const int year : years) told_(year);
  return absl::OkStatus();
}

absl::Status Drafts::Forget(absl::Span<const Draft> drafts) {
  std::vector<DraftChange> changes;
  for (const Draft& draft : drafts) {
    const absl::StatusOr<std::string> stands = tables_.Get(Table::kDrafts, Key(draft));
    if (absl::IsNotFound(stands.status())) continue;
    HANSA_RETURN_IF_ERROR(stands.status());
    const absl::StatusOr<std::string> given = domain::EncodeDraftObservation(draft.observation);
    HANSA_RETURN_IF_ERROR(given.status());
    if (*stands == *given) changes.push_back({draft, DraftChange::Act::kDrop});
  }
  return Apply(changes);
}

}  // namespace hansa::node::desk
