#include "node/desk/linked_record.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <vector>

#include "node/search/index_reader.h"
#include "node/search/record_text.h"

namespace hansa::node::desk {
namespace {

std::string SlugOrNone(const NodeView& view, replication::Member member) {
  const replication::MemberRecord* known = view.roster->state().Find(member);
  return known == nullptr ? "" : known->slug;
}

std::size_t PlaceOfKind(const std::string& kind) {
  const std::vector<std::string>& kinds = search::SearchKinds();
  return static_cast<std::size_t>(std::find(kinds.begin(), kinds.end(), kind) - kinds.begin());
}

}  // namespace

LinkedRecord LinkTo(const storage::FeedStore& feeds, const NodeView& view, const projection::RecordView& record) {
  LinkedRecord link;
  link.key = record.key;
  link.member = SlugOrNone(view, record.key.member);
  link.revision = record.revisions.size();
  const std::optional<search::RecordText> text = search::TextThatStands(feeds, record);
  if (!text) return link;
  link.kind = text->kind;
  link.title = text->title;
  link.language = text->language;
  return link;
}

LinkedRecord LinkTo(const storage::FeedStore& feeds, const projection::Views& views, const NodeView& view,
                    const projection::RecordKey& key) {
  const absl::StatusOr<projection::RecordView> record = views.Record(key);
  if (record.ok()) return LinkTo(feeds, view, *record);
  LinkedRecord link;
  link.key = key;
  link.member = SlugOrNone(view, key.member);
  return link;
}

bool LinksBefore(const LinkedRecord& a, const LinkedRecord& b) {
  const std::size_t a_kind = PlaceOfKind(a.kind), b_kind = PlaceOfKind(b.kind);
  return std::tie(a_kind, a.title, a.key) < std::tie(b_kind, b.title, b.key);
}

}  // namespace hansa::node::desk
