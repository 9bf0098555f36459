// Lists of notices, and one with its past, its translations, and who and what belongs to it.
#include <google/protobuf/message.h>

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "hansa/v1/offers.pb.h"
#include "hansa/v1/practices.pb.h"
#include "node/desk/framework_part.h"
#include "node/desk/notice_desk.h"
#include "node/desk/notice_records.h"
#include "node/domain/text.h"
#include "node/projection/entry_reading.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::desk {
namespace {

using google::protobuf::Message;
using projection::RecordView;
using projection::Revision;

constexpr absl::string_view kListing = "listing notices";
constexpr absl::string_view kShowing = "showing a notice";

absl::Status CheckQuery(const catalogue::Catalogue& catalogue, const NodeView& view, const NoticeQuery& query) {
  if (!query.kind.empty() && !domain::NoticeKindNamed(query.kind)) {
    std::vector<std::string> names;
    for (const domain::NoticeKind kind : domain::NoticeKinds()) names.emplace_back(domain::NoticeKindName(kind));
    return absl::InvalidArgumentError(absl::StrCat(kListing, ": there is no kind of notice ",
                                                   domain::Quoted(query.kind),
                                                   "; write one of: ", absl::StrJoin(names, ", ")));
  }
  if (!query.language.empty() && !domain::IsLanguageTag(query.language)) {
    return absl::InvalidArgumentError(absl::StrCat(kListing, ": ", domain::Quoted(query.language),
                                                   " is not a language; write a tag such as en, ko or pt-BR"));
  }
  if (!query.feature.empty()) HANSA_RETURN_IF_ERROR(CheckFeature(catalogue, query.feature));
  if (!query.action.empty()) HANSA_RETURN_IF_ERROR(CheckAction(catalogue, query.action));
  return query.member.empty() ? absl::OkStatus() : MemberNamed(view, query.member).status();
}

domain::Addressee OwnOf(const NodeView& view) {
  const replication::MemberRecord* own = view.roster->state().Find(view.member);
  if (own == nullptr) return {view.member, "", ""};
  return {own->number, own->country, own->region};
}

// Slugs, by the names of the members.
std::vector<std::string> ByName(const NodeView& view, const std::vector<replication::Member>& members) {
  std::set<std::pair<std::string, std::string>> named;
  for (const replication::Member member : members) {
    const replication::MemberRecord* known = view.roster->state().Find(member);
    named.emplace(known == nullptr ? "" : known->name, SlugOf(view, member));
  }
  std::vector<std::string> slugs;
  slugs.reserve(named.size());
  for (const auto& [name, slug] : named) slugs.push_back(slug);
  return slugs;
}

std::string InWords(const NodeView& view, const domain::NoticeAudience& audience) {
  std::vector<std::string> parts;
  for (const std::string& part : {absl::StrJoin(audience.countries, ", "), absl::StrJoin(audience.regions, ", "),
                                  absl::StrJoin(ByName(view, audience.members), ", "), audience.words}) {
    if (!part.empty()) parts.push_back(part);
  }
  return absl::StrJoin(parts, "; ");
}

// Whether a practice or an offer, as it stands, belongs to the cluster.
template <typename Record>
bool Names(const replication::Bytes& payload, const domain::NotedRecord& cluster) {
  Record record;
  if (!record.ParseFromString(payload)) return false;
  return std::any_of(record.clusters().begin(), record.clusters().end(),
                     [&](const v1::Reference& named) { return domain::RecordOf(named) == cluster; });
}

// Nothing of a record that was taken back or cannot be read.
bool BelongsTo(const storage::FeedStore& feeds, const RecordView& record, const domain::NotedRecord& cluster) {
  const Revision& last = record.revisions.back();
  if (last.retracted || last.reading != projection::Reading::kUnderstood) return false;
  const bool is_practice = last.kind == replication::kPractice;
  if (!is_practice && last.kind != replication::kOffer) return false;
  const absl::StatusOr<replication::Bytes> payload = projection::ReadPayload(feeds, last.position);
  if (!payload.ok()) return false;
  return is_practice ? Names<v1::Practice>(*payload, cluster) : Names<v1::Offer>(*payload, cluster);
}

}  // namespace

ListedNotice NoticeDesk::Listed(const NodeView& view, const domain::NotedRecord& record,
                                const domain::NoticeFacts& facts, std::uint64_t revision) const {
  ListedNotice listed;
  listed.record = record;
  listed.member = SlugOf(view, record.author);
  listed.facts = facts;
  listed.revision = revision;
  listed.state = domain::StateOf(facts, clock_());
  listed.audience = InWords(view, facts.audience);
  listed.for_us = domain::IsFor(facts.audience, OwnOf(view));
  listed.members = ByName(view, facts.members);
  if (facts.translation_of) {
    listed.translation_of = LinkTo(node_.feeds(), views_, view, KeyOf(*facts.translation_of));
  }
  return listed;
}

absl::StatusOr<NoticeDesk::Held> NoticeDesk::Shelf(const NodeView& view) const {
  return kept_.Get(views_, view.roster,
                   [&](const replication::Roster&) { return NoticeShelf::Read(node_.feeds(), views_, view); });
}

absl::StatusOr<std::vector<ListedNotice>> NoticeDesk::List(const NoticeQuery& asked) const {
  const NodeView view = node_.View();
  NoticeQuery query = asked;
  query.action = absl::AsciiStrToUpper(query.action);
  HANSA_RETURN_IF_ERROR(CheckQuery(catalogue_, view, query));
  const absl::StatusOr<Held> shelf = Shelf(view);
  HANSA_RETURN_IF_ERROR(shelf.status());
  std::vector<ListedNotice> listed;
  for (const auto& [record, facts] : (*shelf)->shelf.book().notices) {
    const bool is_asked_for = (query.kind.empty() || query.kind == domain::NoticeKindName(facts.kind)) &&
                              (query.member.empty() || query.member == SlugOf(view, record.author)) &&
                              Has(facts.features, query.feature) && Has(facts.actions, query.action) &&
                              (query.language.empty() || domain::IsOfLanguage(facts.language, query.language));
    if (!is_asked_for) continue;
    ListedNotice notice = Listed(view, record, facts, (*shelf)->shelf.Find(record)->record.revisions.size());
    if (query.for_us && !notice.for_us) continue;
    if (query.open_only && notice.state == domain::NoticeState::kClosed) continue;
    listed.push_back(std::move(notice));
  }
  std::sort(listed.begin(), listed.end(), [](const ListedNotice& a, const ListedNotice& b) {
    return domain::StandsBefore(a.record, a.facts, b.record, b.facts);
  });
  return listed;
}

absl::Status NoticeDesk::AddBelonging(const NodeView& view, const NoticeShelf& shelf, ShownNotice& shown) const {
  const domain::NotedRecord& record = shown.notice.record;
  const auto link = [&](const domain::NotedRecord& to) { return LinkTo(node_.feeds(), views_, view, KeyOf(to)); };
  const domain::NotedRecord original = shelf.book().OriginalOf(record);
  if (original != record && shelf.book().notices.contains(original)) shown.translations.push_back(link(original));
  if (const auto found = shelf.book().translations.find(original); found != shelf.book().translations.end()) {
    for (const domain::NotedRecord& translation : found->second) {
      if (translation != record) shown.translations.push_back(link(translation));
    }
  }
  std::sort(shown.translations.begin(), shown.translations.end(), [](const LinkedRecord& a, const LinkedRecord& b) {
    return std::tie(a.language, a.title, a.key) < std::tie(b.language, b.title, b.key);
  });
  // Members join the original and take part in it, in whatever language they read of it.
  for (const ShelvedRecord* part : shelf.TakenPart(view, &original)) {
    shown.taken_part.push_back({SlugOf(view, part->record.key.member), *part, link(original)});
  }
  if (shown.notice.facts.kind != domain::NoticeKind::kCluster) return absl::OkStatus();
  for (const ShelvedRecord* joined : shelf.JoinedOf(view, original)) {
    shown.joined.push_back({SlugOf(view, joined->record.key.member), *joined, std::nullopt});
  }
  if (const auto found = shelf.book().of_cluster.find(original); found != shelf.book().of_cluster.end()) {
    for (const domain::NotedRecord& notice : found->second) shown.belonging.push_back(link(notice));
  }
  const absl::StatusOr<std::vector<projection::RecordKey>> pointing = views_.PointingAt(KeyOf(original));
  HANSA_RETURN_IF_ERROR(pointing.status());
  for (const projection::RecordKey& key : *pointing) {
    if (!view.roster->state().members.contains(key.member)) continue;
    const absl::StatusOr<RecordView> each = views_.Record(key);
    if (absl::IsNotFound(each.status())) continue;  // it went between the two looks
    HANSA_RETURN_IF_ERROR(each.status());
    if (BelongsTo(node_.feeds(), *each, original)) shown.belonging.push_back(LinkTo(node_.feeds(), view, *each));
  }
  std::sort(shown.belonging.begin(), shown.belonging.end(), LinksBefore);
  return absl::OkStatus();
}

absl::StatusOr<ShownNotice> NoticeDesk::Show(absl::string_view id, std::uint64_t revision) const {
  const NodeView view = node_.View();
  const absl::StatusOr<RecordView> record = FindNotice(kShowing, views_, view, id, std::nullopt);
  HANSA_RETURN_IF_ERROR(record.status());
  const std::uint64_t count = record->revisions.size();
  if (revision > count) {
    return absl::NotFoundError(
        absl::StrCat(kShowing, ": ", record->key.id.hex(), " has no revision ", revision, "; its last is ", count));
  }
  const absl::StatusOr<Held> shelf = Shelf(view);
  HANSA_RETURN_IF_ERROR(shelf.status());
  const domain::NoticeKind kind = *NoticeKindOf(*record);
  const std::uint64_t wanted = revision == 0 ? count : revision;
  ShownNotice shown;
  domain::NoticeFacts facts;
  facts.kind = kind;
  shown.withdrawn = record->revisions.back().retracted;
  for (std::uint64_t number = 1; number <= count; ++number) {
    const Revision& each = record->revisions[number - 1];
    const absl::StatusOr<std::shared_ptr<Message>> content = ReadNotice(node_.feeds(), kind, each);
    shown.revisions.push_back({number, each.position.seq, each.entry_hash, each.claimed_time_ms,
                               content.ok() ? domain::RevisionReasonOf(**content) : "", each.retracted});
    if (number > wanted) continue;
    if (content.ok()) facts = domain::FactsOf(kind, **content);
    if (number < wanted) continue;
    if (content.ok()) {
      shown.content = *content;
    } else if (!each.retracted) {
      shown.fault = std::string(content.status().message());
    }
  }
  shown.notice = Listed(view, NotedOf(record->key), facts, wanted);
  HANSA_RETURN_IF_ERROR(AddBelonging(view, (*shelf)->shelf, shown));
  return shown;
}

}  // namespace hansa::node::desk
