#include "node/desk/standing_texts.h"

#include <optional>
#include <utility>

#include "node/search/index_reader.h"
#include "replication/check.h"

namespace hansa::node::desk {

absl::StatusOr<std::vector<StandingText>> StandingTexts(const projection::Views& views, const storage::FeedStore& feeds,
                                                        const NodeView& view,
                                                        absl::Span<const replication::Collection> collections) {
  std::vector<StandingText> standing;
  for (const auto& [number, member] : view.roster->state().members) {
    if (member.state == replication::MemberState::kSuspended && number != view.member) continue;
    for (const replication::Collection collection : collections) {
      const absl::StatusOr<std::vector<projection::RecordView>> records = views.RecordsOf(number, collection);
      HANSA_RETURN_IF_ERROR(records.status());
      for (const projection::RecordView& record : *records) {
        std::optional<search::RecordText> text = search::TextThatStands(feeds, record);
        if (!text || text->original) continue;
        standing.push_back({record.key, record.revisions.size(), *std::move(text)});
      }
    }
  }
  return standing;
}

}  // namespace hansa::node::desk
