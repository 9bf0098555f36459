#include "node/desk/summary_desk.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hansa/v1/aggregates.pb.h"
#include "node/desk/city_office.h"
#include "node/desk/network_figures.h"
#include "node/desk/past_network.h"
#include "node/desk/practice_desk.h"
#include "node/domain/record_form.h"
#include "node/summary/summary_comparison.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::desk {
namespace {

using summary::Input;
using summary::PublishedSummary;

constexpr absl::string_view kPublishing = "publishing a summary";
constexpr absl::string_view kVerifying = "verifying summaries";

std::vector<Input> InputsOf(const std::vector<InputFeed>& feeds) {
  std::vector<Input> inputs;
  inputs.reserve(feeds.size());
  for (const InputFeed& feed : feeds) inputs.push_back(feed.input);
  return inputs;
}

// Whether both give the same figures from the same inputs. Where the list of members stood is no figure.
bool SaysTheSame(PublishedSummary a, PublishedSummary b) {
  a.roster = b.roster = {};
  return a == b;
}

absl::Status CheckIsSecretariat(const NodeView& view) {
  const replication::MemberRecord* own = view.roster->state().Find(view.member);
  if (own != nullptr && own->kind == replication::MemberKind::kSecretariat) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(
      kPublishing,
      ": only the secretariat publishes summaries; `hansa network summary` shows what the values say here"));
}

absl::Status CheckNothingIsMissing(const NodeView& view) {
  if (view.missing == 0) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat(kPublishing, ": the content of ", view.missing,
                   " entries has not come to this node, so that others would compute something else; publish once "
                   "`hansa status` says that nothing is missing"));
}

// 'kr-osan/indicators'.
std::string NameOf(const replication::Roster& roster, const Input& input) {
  const replication::MemberRecord* member = roster.state().Find(input.member);
  const std::string slug = member == nullptr ? absl::StrCat("member ", input.member.value()) : member->slug;
  return absl::StrCat(slug, "/", replication::CollectionName(input.collection));
}

// The feeds that a summary names, beside those that there were.
struct NamedFeeds {
  std::vector<InputFeed> inputs;         // with the lengths that were read
  std::set<std::string> missing;         // not held up to there
  std::vector<std::string> differences;  // named and none, or left out
};

NamedFeeds FeedsNamedIn(const PublishedSummary& published, const replication::Roster& roster,
                        const std::vector<InputFeed>& held) {
  using Key = std::tuple<replication::Collection, replication::Member, replication::Incarnation>;
  const auto key_of = [](const Input& input) { return Key(input.collection, input.member, input.incarnation); };
  std::map<Key, const InputFeed*> left;
  for (const InputFeed& feed : held) left.emplace(key_of(feed.input), &feed);
  NamedFeeds named;
  named.inputs.reserve(published.inputs.size());
  for (const Input& input : published.inputs) {
    const auto feed = left.find(key_of(input));
    if (feed == left.end()) {
      named.differences.push_back(
          absl::StrCat(NameOf(roster, input), ": the summary names it, and it was no feed of a city that counted"));
      continue;
    }
    if (feed->second->input.len < input.len) named.missing.insert(NameOf(roster, input));
    named.inputs.push_back({input, feed->second->feed});
    left.erase(feed);
  }
  for (const auto& [key, feed] : left) {
    named.differences.push_back(absl::StrCat(NameOf(roster, feed->input), ": the summary left it out"));
  }
  return named;
}

// Whether the present value of a record that was read is not held, as after an erasure.
absl::StatusOr<bool> LacksContent(const projection::Views& views, const Cities& cities) {
  for (const auto& [number, city] : cities) {
    for (const replication::Collection collection : {replication::kIndicators, replication::kReviews}) {
      const absl::StatusOr<std::vector<projection::RecordView>> records = views.RecordsOf(number, collection);
      HANSA_RETURN_IF_ERROR(records.status());
      for (const projection::RecordView& record : *records) {
        if (record.revisions.back().reading == projection::Reading::kNoPayload) return true;
      }
    }
  }
  return false;
}

}  // namespace

struct SummaryDesk::Past {
  std::unique_ptr<const replication::Roster> roster;
  std::vector<Input> inputs;
  std::unique_ptr<PastViews> views;  // by that roster, of those inputs; null: not made yet
};

absl::StatusOr<PublishedSummary> SummaryDesk::FiguresNow(const NodeView& view, int year) const {
  const replication::Roster& roster = *view.roster;
  const absl::StatusOr<std::vector<InputFeed>> feeds = InputFeedsOf(roster, CitiesOf(roster), node_.feeds());
  HANSA_RETURN_IF_ERROR(feeds.status());
  const absl::StatusOr<std::unique_ptr<PastViews>> past = PastViews::Make(node_.feeds(), catalogue_, roster, *feeds);
  HANSA_RETURN_IF_ERROR(past.status());
  absl::StatusOr<PublishedSummary> figures = YearFigures(catalogue_, roster, (*past)->views(), year);
  HANSA_RETURN_IF_ERROR(figures.status());
  figures->roster = roster.position();
  figures->inputs = InputsOf(*feeds);
  figures->inputs_digest = summary::InputsDigest(figures->inputs);
  return figures;
}

absl::StatusOr<std::vector<PublishedEntry>> SummaryDesk::Sign(const NodeView& view, const PublishedSummary& figures,
                                                              const std::string& reason,
                                                              const std::vector<SummaryRecord>& before) {
  std::vector<v1::NetworkSummary> parts = summary::PartsOf(figures);
  std::vector<Publication> batch;
  for (std::size_t i = 0; i < std::max(parts.size(), before.size()); ++i) {
    Publication& publication = batch.emplace_back();
    publication.collection = replication::kAggregates;
    publication.kind = replication::kNetworkSummary;
    if (i < before.size()) publication.record = before[i].record.key.id;
    publication.retract = i >= parts.size();
    if (publication.retract) continue;
    if (!before.empty()) parts[i].set_revision_reason(reason);
    absl::StatusOr<std::string> payload = domain::EncodeRecord(parts[i]);
    if (!payload.ok()) {
      return absl::Status(payload.status().code(), absl::StrCat(kPublishing, ": ", payload.status().message()));
    }
    publication.payload = *std::move(payload);
  }
  const absl::StatusOr<std::vector<Published>> published = node_.Publish(batch);
  HANSA_RETURN_IF_ERROR(published.status());
  HANSA_CHECK(published->size() == batch.size());
  // What was published is published, even if the views cannot follow now.
  node_.AwaitViews().IgnoreError();
  std::vector<PublishedEntry> entries;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Published& part = (*published)[i];
    PublishedEntry& entry = entries.emplace_back();
    entry.id = part.record;
    entry.member = view.slug;
    entry.collection = part.collection;
    entry.sequence = part.seq;
    entry.revision = (i < before.size() ? before[i].record.revisions.size() : 0) + 1;
    entry.title = SummaryTitle(figures.year);
    entry.held_by = part.held_by;
    entry.queued = part.queued;
    if (entry.queued) entry.warnings.emplace_back(kQueuedWords);
  }
  return entries;
}

absl::StatusOr<std::vector<PublishedEntry>> SummaryDesk::Publish(int year, absl::string_view reason) {
  absl::MutexLock lock(&publishing_);
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(CheckMayPublish(kPublishing, view, replication::kAggregates));
  HANSA_RETURN_IF_ERROR(CheckIsSecretariat(view));
  HANSA_RETURN_IF_ERROR(CheckYear(kPublishing, year));
  HANSA_RETURN_IF_ERROR(CheckFramework(kPublishing, catalogue_, view));
  HANSA_RETURN_IF_ERROR(CheckNothingIsMissing(view));
  const absl::StatusOr<std::string> why = CleanReason(kPublishing, reason, kRevisionReasonMax);
  HANSA_RETURN_IF_ERROR(why.status());
  // A revision builds on what was published before.
  HANSA_RETURN_IF_ERROR(node_.AwaitViews());
  absl::StatusOr<std::map<int, std::vector<SummaryRecord>>> records =
      SummaryRecordsOf(node_.feeds(), views_, view.member);
  HANSA_RETURN_IF_ERROR(records.status());
  const std::vector<SummaryRecord>& before = (*records)[year];
  const absl::StatusOr<PublishedSummary> figures = FiguresNow(view, year);
  HANSA_RETURN_IF_ERROR(figures.status());
  const absl::StatusOr<PublishedSummary> standing = SummaryIn(before);
  if (!standing.ok() || !SaysTheSame(*standing, *figures)) return Sign(view, *figures, *why, before);
  std::vector<PublishedEntry> entries;
  for (const SummaryRecord& part : before) {
    entries.push_back(Standing(view, part.record));
    entries.back().title = SummaryTitle(year);
  }
  return entries;
}

std::string SummaryDesk::WhyNot(const PublishedSummary& published) const {
  const bool ours = published.framework_id == catalogue_.framework_id() &&
                    published.framework_version == catalogue_.version() &&
                    published.catalogue_sha256.view() == catalogue_.sha256();
  if (!ours) {
    return absl::StrCat("it is of ", published.framework_id, " ", published.framework_version, " (",
                        published.catalogue_sha256.hex().substr(0, 12), "), and this program knows ",
                        catalogue_.framework_id(), " ", catalogue_.version(), " (",
                        catalogue_.sha256_hex().substr(0, 12), ")");
  }
  if (published.minimum == summary::kCitiesMin) return "";
  return absl::StrCat("it withholds figures of fewer than ", published.minimum,
                      " cities, and this program of fewer than ", summary::kCitiesMin);
}

absl::Status SummaryDesk::Compare(const NodeView& view, const PublishedSummary& published, Past& past,
                                  VerifiedSummary& verified) const {
  if (past.roster == nullptr || past.roster->position() != published.roster) {
    absl::StatusOr<replication::Roster> roster = RosterAt(node_.feeds(), *view.roster, published.roster);
    if (absl::IsFailedPrecondition(roster.status())) {
      verified.why_not = std::string(roster.status().message());
      return absl::OkStatus();
    }
    HANSA_RETURN_IF_ERROR(roster.status());
    past = {std::make_unique<const replication::Roster>(*std::move(roster)), {}, nullptr};
  }
  const Cities cities = CitiesOf(*past.roster);
  const absl::StatusOr<std::vector<InputFeed>> held = InputFeedsOf(*past.roster, cities, node_.feeds());
  HANSA_RETURN_IF_ERROR(held.status());
  NamedFeeds named = FeedsNamedIn(published, *past.roster, *held);
  verified.missing.assign(named.missing.begin(), named.missing.end());
  if (!verified.missing.empty()) return absl::OkStatus();
  if (past.views == nullptr || past.inputs != published.inputs) {
    absl::StatusOr<std::unique_ptr<PastViews>> views =
        PastViews::Make(node_.feeds(), catalogue_, *past.roster, named.inputs);
    HANSA_RETURN_IF_ERROR(views.status());
    past.views = *std::move(views);
    past.inputs = published.inputs;
  }
  const absl::StatusOr<PublishedSummary> figures =
      YearFigures(catalogue_, *past.roster, past.views->views(), published.year);
  HANSA_RETURN_IF_ERROR(figures.status());
  verified.differences = std::move(named.differences);
  for (std::string& difference : summary::DifferencesOf(published, *figures)) {
    verified.differences.push_back(std::move(difference));
  }
  if (verified.differences.size() > summary::kDifferencesMax) verified.differences.resize(summary::kDifferencesMax);
  verified.ok = verified.differences.empty();
  if (verified.ok) return absl::OkStatus();
  const absl::StatusOr<bool> lacks_content = LacksContent(past.views->views(), cities);
  HANSA_RETURN_IF_ERROR(lacks_content.status());
  if (*lacks_content) {
    verified.why_not = "some of what was read has been erased or has not come here, which may be behind it";
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<VerifiedSummary>> SummaryDesk::Verify(std::optional<int> year) const {
  HANSA_RETURN_IF_ERROR(CheckYear(kVerifying, year));
  const NodeView view = node_.View();
  std::vector<VerifiedSummary> all;
  Past past;
  for (const auto& [number, member] : view.roster->state().members) {
    if (member.kind != replication::MemberKind::kSecretariat) continue;
    const absl::StatusOr<std::map<int, std::vector<SummaryRecord>>> years =
        SummaryRecordsOf(node_.feeds(), views_, number);
    HANSA_RETURN_IF_ERROR(years.status());
    for (const auto& [of_year, parts] : *years) {
      if (year && *year != of_year) continue;
      VerifiedSummary& verified = all.emplace_back();
      verified.year = of_year;
      verified.revision = parts.front().record.revisions.size();
      verified.member = member.slug;
      const absl::StatusOr<PublishedSummary> published = SummaryIn(parts);
      if (!published.ok()) {
        verified.why_not = std::string(published.status().message());
        continue;
      }
      verified.cells = published->cells.size();
      verified.inputs_digest = published->inputs_digest.hex();
      verified.why_not = WhyNot(*published);
      if (verified.why_not.empty()) HANSA_RETURN_IF_ERROR(Compare(view, *published, past, verified));
    }
  }
  std::sort(all.begin(), all.end(), [](const VerifiedSummary& a, const VerifiedSummary& b) {
    return std::tie(a.year, a.member) < std::tie(b.year, b.member);
  });
  return all;
}

}  // namespace hansa::node::desk
