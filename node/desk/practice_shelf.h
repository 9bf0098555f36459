// What is held of practices and their translations at one moment, all of it or around one, read from the views: how
// they stand to each other (domain/practice_links.h) and how that is shown. Lists are by language, member name and
// title, never by a count.
#ifndef HANSA_NODE_DESK_PRACTICE_SHELF_H_
#define HANSA_NODE_DESK_PRACTICE_SHELF_H_

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/desk/linked_record.h"
#include "node/domain/practice_links.h"
#include "node/projection/views.h"
#include "node/running_node.h"
#include "storage/feed_store.h"

namespace hansa::v1 {
class PracticeTranslation;
}

namespace hansa::node::desk {

// One practice beside another.
struct BuiltOnView {
  LinkedRecord practice;  // its revision is the one that was read
  std::string changed, outcome;
  std::string fault;  // why it has no title here; empty if it has one
};

struct TranslationView {
  LinkedRecord translation;  // its kind is 'translation'
  std::string member_name;   // as in the roster
  std::string language;      // BCP 47
  std::string method;        // people, machine-checked, machine; empty: not given
  std::string translated_by;
  bool is_of_earlier_revision = false;  // the original has been revised since
  std::shared_ptr<const v1::PracticeTranslation> content;
};

// Points into what made it, which outlives it.
class PracticeShelf {
 public:
  //   DATA_LOSS  a view or a feed is damaged
  static absl::StatusOr<PracticeShelf> Read(const projection::Views& views, const storage::FeedStore& feeds,
                                            const NodeView& view);

  // What it takes to show one practice: it, those that it builds on, and what builds on it or translates it. `practice`
  // need not be held.
  static absl::StatusOr<PracticeShelf> ReadAround(const projection::Views& views, const storage::FeedStore& feeds,
                                                  const NodeView& view, const domain::PracticeRecord& practice);

  // In its author's order.
  std::vector<BuiltOnView> BuildsOn(const domain::PracticeRecord& practice) const;
  // By member name, title and id.
  std::vector<BuiltOnView> BuiltUponBy(const domain::PracticeRecord& practice) const;
  // By language, member name and id.
  std::vector<TranslationView> TranslationsOf(const domain::PracticeRecord& practice) const;
  // A revision of a translation; `content` stays with who read it.
  TranslationView ViewOf(const projection::RecordView& record, const v1::PracticeTranslation& content) const;
  // The translation of `practice` into `language` that is read: one into just that language before one into a form of
  // it, such as 'pt-BR' for 'pt'; then in the order of TranslationsOf. Nothing: there is none but by those `left_out`.
  std::optional<TranslationView> TranslationInto(const domain::PracticeRecord& practice, absl::string_view language,
                                                 const std::set<replication::Member>& left_out = {}) const;

 private:
  PracticeShelf(const storage::FeedStore& feeds, const NodeView& view) : feeds_(&feeds), view_(&view) {}

  void Add(const projection::RecordView& record, std::vector<domain::PracticeEntry>& entries);
  const projection::RecordView* Find(const domain::PracticeRecord& record) const;
  BuiltOnView Shown(const domain::PracticeRecord& practice) const;

  const storage::FeedStore* feeds_;
  const NodeView* view_;
  std::map<domain::PracticeRecord, projection::RecordView> records_;
  std::map<domain::PracticeRecord, std::shared_ptr<const v1::PracticeTranslation>> translations_;
  domain::PracticeLinks links_;
};

}  // namespace hansa::node::desk

#endif  // HANSA_NODE_DESK_PRACTICE_SHELF_H_
