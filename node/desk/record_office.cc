#include "node/desk/record_office.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "node/catalogue/current.h"
#include "node/domain/slug.h"
#include "node/domain/suggestion.h"
#include "node/domain/text.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::desk {
namespace {

bool IsCalled(const replication::MemberRecord& member, absl::string_view name) {
  if (name == member.slug || domain::SameName(name, member.name)) return true;
  return std::any_of(member.names.begin(), member.names.end(),
                     [&](const replication::LocalName& local) { return domain::SameName(name, local.text); });
}

bool IsOf(const replication::MemberRecord& member, absl::string_view country) {
  if (absl::AsciiStrToUpper(country) == member.country) return true;
  const catalogue::Country* known = catalogue::KnownCountries().FindByIso3(member.country);
  return known != nullptr && (absl::AsciiStrToUpper(country) == known->iso2 || domain::SameName(country, known->name));
}

}  // namespace

absl::Status CheckIsNotEnded(absl::string_view doing, const NodeView& view) {
  const bool has_ended = view.state == replication::MemberStateName(replication::MemberState::kRetired) ||
                         view.state == replication::MemberStateName(replication::MemberState::kCompromised);
  if (!has_ended) return absl::OkStatus();
  return Refusal(doing, absl::StrCat(view.slug,
                                     " is no longer a member of the network, and nothing more is published in its "
                                     "name; ask the secretariat"));
}

absl::Status CheckHoldsKey(absl::string_view doing, const NodeView& view) {
  const bool is_cloned = view.fence == Fence::kRecover && view.told_clone;
  if (view.key_waits || view.fence == Fence::kSuperseded || is_cloned) return Refusal(doing, FenceWords(view));
  if (!view.has_other_keys) return absl::OkStatus();
  return Refusal(doing, absl::StrCat(view.slug,
                                     " is in the list of members under other keys than those of this node's folder; if "
                                     "they were changed here, put them back from a backup, else run `hansa recover`"));
}

absl::Status CheckMayPublish(absl::string_view doing, const NodeView& view, replication::Collection collection) {
  HANSA_RETURN_IF_ERROR(CheckIsNotEnded(doing, view));
  HANSA_RETURN_IF_ERROR(CheckHoldsKey(doing, view));
  if (view.member == replication::kMemberUnknown) {
    return Refusal(doing, absl::StrCat(view.slug.empty() ? "this node" : view.slug,
                                       " is not a member of the network yet; publish once the secretariat has admitted "
                                       "it"));
  }
  const bool is_of_cities = collection == replication::kIndicators || collection == replication::kReviews ||
                            collection == replication::kStrategies;
  if (is_of_cities && view.role == replication::MemberKindName(replication::MemberKind::kPartner)) {
    return Refusal(doing, kPartnerWords);
  }
  if (view.roster->PresentFeed(view.member, collection)) return absl::OkStatus();
  return Refusal(doing, absl::StrCat("the network's policy does not let members of kind ", view.role, " write ",
                                     replication::CollectionName(collection), "; ask the secretariat"));
}

absl::Status CheckAuthor(absl::string_view doing, const NodeView& view, const domain::FileRemarks& remarks) {
  const replication::MemberRecord* own = view.roster->state().Find(view.member);
  if (own == nullptr) return absl::OkStatus();
  if (!remarks.author_city.empty() && !IsCalled(*own, remarks.author_city)) {
    return Refusal(doing,
                   absl::StrCat("the file is of ", domain::Quoted(remarks.author_city), ", and this node's member is ",
                                domain::Quoted(own->name), "; publish it on that member's own node"));
  }
  if (!remarks.author_country.empty() && !IsOf(*own, remarks.author_country)) {
    return Refusal(
        doing, absl::StrCat("the file is of the country ", domain::Quoted(remarks.author_country),
                            ", and this node's member is of ", own->country, "; publish it on that member's own node"));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> CleanReason(absl::string_view doing, absl::string_view reason, std::size_t characters_max) {
  absl::StatusOr<std::string> clean = domain::CleanText(reason, domain::Lines::kMany);
  if (!clean.ok()) {
    return absl::InvalidArgumentError(absl::StrCat(doing, ": the reason: ", clean.status().message()));
  }
  if (domain::CharacterCount(*clean) > characters_max) {
    return absl::InvalidArgumentError(
        absl::StrCat(doing, ": the reason is longer than ", characters_max, " characters; shorten it"));
  }
  return clean;
}

absl::Status CheckCountry(absl::string_view country) {
  const catalogue::Countries& countries = catalogue::KnownCountries();
  if (country == domain::kInternational || countries.FindByIso3(country) != nullptr) return absl::OkStatus();
  const catalogue::Country* by_two = countries.FindByIso2(country);
  return absl::NotFoundError(absl::StrCat("there is no country ", domain::Quoted(country), "; ",
                                          by_two == nullptr
                                              ? std::string("write the three letters of ISO 3166-1, such as KOR")
                                              : absl::StrCat("did you mean ", by_two->iso3, "?")));
}

absl::StatusOr<const replication::MemberRecord*> MemberNamed(const NodeView& view, absl::string_view slug) {
  if (const replication::MemberRecord* member = view.roster->state().Find(slug)) return member;
  std::vector<std::string> slugs;
  for (const auto& [number, member] : view.roster->state().members) slugs.push_back(member.slug);
  const std::string nearest = domain::Nearest(slug, slugs);
  return absl::NotFoundError(
      absl::StrCat("there is no member ", domain::Quoted(slug), "; ",
                   nearest.empty() ? "see hansa members" : absl::StrCat("did you mean ", nearest, "?")));
}

absl::Status CheckStillStands(absl::string_view doing, const replication::RecordId& id, const ReadRevision& revision) {
  if (revision.read == 0 || revision.read == revision.present) return absl::OkStatus();
  if (revision.read > revision.present) {
    return Refusal(doing,
                   absl::StrCat(id.hex(), " has no revision ", revision.read, "; its last is ", revision.present));
  }
  return Refusal(doing, absl::StrCat(id.hex(), " was revised since its revision ", revision.read,
                                     " was read; read revision ", revision.present, " and decide anew"));
}

absl::Status CheckNoneWaits(absl::string_view doing, const NodeView& view, const replication::RecordId& id) {
  if (!view.outbox.records.contains(id)) return absl::OkStatus();
  return Refusal(doing, absl::StrCat("a revision of ", id.hex(),
                                     " waits to be signed; wait until it is published, read it and decide anew (`hansa "
                                     "status` says why it waits)"));
}

absl::Status Refusal(absl::string_view doing, absl::string_view why) {
  return absl::FailedPreconditionError(absl::StrCat(doing, ": ", why));
}

absl::Status While(absl::string_view doing, const absl::Status& status) {
  return status.ok() ? status : absl::Status(status.code(), absl::StrCat(doing, ": ", status.message()));
}

std::string NameOf(const NodeView& view, replication::Member member) {
  const replication::MemberRecord* known = view.roster->state().Find(member);
  return known == nullptr ? "" : known->name;
}

std::string SlugOf(const NodeView& view, replication::Member member) {
  const replication::MemberRecord* known = view.roster->state().Find(member);
  return known == nullptr ? absl::StrCat("member ", member.value()) : known->slug;
}

bool HasEnded(const replication::Roster& roster, replication::Member member) {
  const replication::MemberRecord* known = roster.state().Find(member);
  return known != nullptr && !known->is_live();
}

std::string PartyHasEnded(absl::string_view slug) {
  return absl::StrCat(slug, " is no longer a member of the network, and nobody else can take its place");
}

absl::StatusOr<projection::RecordView> FindRecord(const projection::Views& views, const SoughtRecord& sought) {
  const absl::StatusOr<std::vector<projection::RecordView>> records = views.RecordsById(sought.id);
  HANSA_RETURN_IF_ERROR(records.status());
  std::vector<projection::RecordView> found;
  for (const projection::RecordView& record : *records) {
    if (!sought.is_it(record)) continue;
    if (record.key.member == sought.preferred && sought.id.size() == 2 * replication::RecordId::kSize) return record;
    found.push_back(record);
  }
  if (found.size() == 1) return found.front();
  if (found.empty() && records->size() == 1) {
    return absl::NotFoundError(absl::StrCat(sought.doing, ": ", sought.is_other(records->front())));
  }
  // None, or several: the views say so, and how to go on.
  absl::StatusOr<projection::RecordView> record = views.RecordById(sought.id);
  HANSA_RETURN_IF_ERROR(record.status());
  return record;
}

absl::StatusOr<PublishedEntry> SignOne(RunningNode& node, const NodeView& view, Publication publication,
                                       std::size_t revisions) {
  const absl::StatusOr<std::vector<Published>> published = node.Publish({std::move(publication)});
  HANSA_RETURN_IF_ERROR(published.status());
  HANSA_CHECK(published->size() == 1);
  // What was published is published, even if the views cannot follow now.
  node.AwaitViews().IgnoreError();
  const Published& signed_entry = published->front();
  PublishedEntry entry;
  entry.id = signed_entry.record;
  entry.member = view.slug;
  entry.collection = signed_entry.collection;
  entry.sequence = signed_entry.seq;
  entry.revision = revisions + 1;
  entry.held_by = signed_entry.held_by;
  entry.queued = signed_entry.queued;
  if (entry.queued) entry.warnings.emplace_back(kQueuedWords);
  return entry;
}

PublishedEntry Standing(const NodeView& view, const projection::RecordView& record) {
  PublishedEntry entry;
  entry.id = record.key.id;
  entry.member = view.slug;
  entry.collection = record.key.collection;
  entry.sequence = record.revisions.back().position.seq;
  entry.revision = record.revisions.size();
  entry.unchanged = true;
  return entry;
}

}  // namespace hansa::node::desk
