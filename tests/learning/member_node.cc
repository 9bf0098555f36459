#include "tests/learning/member_node.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "node/catalogue/current.h"
#include "replication/check.h"
#include "replication/collections.h"
#include "replication/scope.h"
#include "tests/testing/status_matchers.h"

namespace hansa::learning {

using replication::Collection;
using testing::Must;

absl::Time BeginningOfYear() { return absl::FromCivil(absl::CivilDay(2025, 1, 1), absl::UTCTimeZone()); }

MemberNode::MemberNode(testing::Loop& loop, testing::LoopNode& at, testing::Applicant applicant,
                       const replication::Crypto& crypto)
    : loop_(loop), at_(at), applicant_(std::move(applicant)), crypto_(crypto), visible_(at.disk()) {
  views_ = Must(node::projection::Views::Open(visible_, tables_, node::catalogue::CurrentCatalogue(), crypto_, [this] {
    return static_cast<std::uint64_t>(absl::ToUnixMillis(now()));
  }));
}

void MemberNode::On(const replication::Effect& effect) {
  if (const auto* hidden = std::get_if<replication::HiddenMoved>(&effect)) {
    visible_.Hide(hidden->feed, hidden->hidden);
    is_stale_ = true;
  }
  if (const auto* commit = std::get_if<replication::Commit>(&effect)) {
    const replication::FeedId& feed = commit->unit.unit().feed;
    if (std::find(came_.begin(), came_.end(), feed) == came_.end()) came_.push_back(feed);
  }
  const bool is_cut = std::holds_alternative<replication::CutFeed>(effect) ||
                      std::holds_alternative<replication::DropFeeds>(effect) ||
                      std::holds_alternative<replication::WritePayloads>(effect);
  is_stale_ = is_stale_ || is_cut;
}

void MemberNode::LoseSightOf(const replication::FeedId& feed, replication::Sequence seq) {
  visible_.Hide(feed, {seq});
  is_stale_ = true;
}

std::shared_ptr<const replication::Roster> MemberNode::SharedRoster() const {
  if (!seen_ || !(seen_->position() == roster().position())) {
    seen_ = std::make_shared<const replication::Roster>(roster());
  }
  return seen_;
}

node::NodeView MemberNode::View() const {
  node::NodeView view;
  view.roster = SharedRoster();
  const replication::MemberRecord* own = view.roster->state().Find(absl::string_view(applicant_.application.slug));
  view.member = own == nullptr ? replication::kMemberUnknown : own->number;
  view.slug = applicant_.application.slug;
  view.name = applicant_.application.name;
  view.role = MemberKindName(applicant_.application.kind);
  view.state = own == nullptr ? "applicant" : "member";
  const bool may_sign =
      at_.replica().fence() == replication::Fence::kOpen || at_.replica().fence() == replication::Fence::kUnconfirmed;
  view.fence = may_sign ? node::Fence::kOpen : node::Fence::kLocked;
  view.keep = keep_;
  view.following = following_.size();
  return view;
}

replication::NewEntry MemberNode::EntryOf(const node::Publication& publication) {
  const std::string label = absl::StrCat(applicant_.application.slug, " ", ++records_);
  replication::NewEntry entry;
  entry.kind = publication.kind;
  entry.record = publication.record.value_or(testing::RecordNamed(label));
  entry.retract = publication.retract;
  entry.ext = publication.ext;
  entry.claimed_time_ms = static_cast<std::uint64_t>(absl::ToUnixMillis(now()));
  if (!publication.payload.empty()) {
    entry.payload = replication::SaltedPayload{testing::SaltNamed(label), publication.payload};
  }
  return entry;
}

absl::StatusOr<std::vector<node::Published>> MemberNode::Publish(const std::vector<node::Publication>& batch) {
  const Collection collection = batch.front().collection;
  std::vector<replication::NewEntry> entries;
  entries.reserve(batch.size());
  for (const node::Publication& publication : batch) entries.push_back(EntryOf(publication));
  const replication::Member own = View().member;
  std::vector<node::Published> published;
  published.reserve(entries.size());
  const absl::Status done =
      outbox_.empty() ? loop_.PublishEntries(at_.name(), entries) : absl::UnavailableError("others wait already");
  if (absl::IsUnavailable(done)) {
    for (const replication::NewEntry& entry : entries)
      published.push_back({entry.record, own, collection, {}, {}, {}, true});
    outbox_.push_back(std::move(entries));
    return published;
  }
  HANSA_RETURN_IF_ERROR(done);
  const std::optional<replication::FeedAuthor> author = roster().PresentFeed(own, collection);
  HANSA_CHECK(author.has_value());  // else it had been refused
  const storage::HeldFeed held = Must(at_.disk().Feed(FeedIdOf(crypto_, roster().network(), *author)));
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const std::uint64_t after = entries.size() - 1 - i;
    published.push_back({entries[i].record,
                         own,
                         collection,
                         replication::Sequence(held.newest.len.value() - after),
                         held.newest.head,
                         {}});
  }
  return published;
}

bool MemberNode::SendOutbox() {
  const bool may_sign =
      at_.replica().fence() == replication::Fence::kOpen || at_.replica().fence() == replication::Fence::kUnconfirmed;
  if (!may_sign || outbox_.empty()) return false;
  for (const std::vector<replication::NewEntry>& entries : std::exchange(outbox_, {})) {
    if (absl::IsUnavailable(loop_.PublishEntries(at_.name(), entries))) outbox_.push_back(entries);
  }
  return true;
}

absl::StatusOr<replication::Sequence> MemberNode::PublishRoster(replication::Kind, const replication::RecordId&,
                                                                replication::Bytes) {
  return absl::UnimplementedError("the roster grows by the network's own hand");
}
absl::Status MemberNode::TakeRoot(const replication::SignedRoot&) {
  return absl::UnimplementedError("the root does not change in this year");
}
absl::StatusOr<std::uint64_t> MemberNode::EndFeeds() {
  return absl::UnimplementedError("nobody ends a feed in this year");
}
absl::Status MemberNode::ConfirmFeed(const node::FeedPoint&) {
  return absl::UnimplementedError("nobody needs such a word in this year");
}
absl::StatusOr<node::BackupMade> MemberNode::Backup(const std::string&, const std::function<bool()>&) {
  return absl::UnimplementedError("a node in memory has nothing to back up");
}
absl::StatusOr<replication::Statement> MemberNode::Sign(replication::StatementType type, replication::Bytes body) {
  const replication::Fence fence = at_.replica().fence();
  const bool may_sign = fence == replication::Fence::kOpen || fence == replication::Fence::kUnconfirmed ||
                        fence == replication::Fence::kLocked;  // a statement is no entry
  if (!may_sign) return absl::FailedPreconditionError("this node may not sign now");
  return SignStatement(crypto_, roster().network(), type, *applicant_.writer, std::move(body));
}

absl::Status MemberNode::SetFollowing(const std::vector<node::Followed>& following) {
  following_ = following;
  if (keep_ == node::Keep::kFollowed) Choose();
  return absl::OkStatus();
}
absl::StatusOr<std::uint64_t> MemberNode::SetKeep(node::Keep keep) {
  keep_ = keep;
  Choose();
  return 0;
}
void MemberNode::Choose() {
  std::map<Collection, std::set<replication::Member>> kept;
  for (const node::Followed& followed : following_) {
    for (const Collection collection : followed.collections) kept[collection].insert(followed.member);
  }
  loop_.Choose(at_.name(), keep_ == node::Keep::kAll ? replication::InterestInEverything()
                                                     : replication::InterestIn(View().member, kept));
}

absl::Status MemberNode::AwaitViews() {
  const replication::Member own = View().member;
  views_->SetOwn(own);
  if (is_stale_) {
    is_stale_ = loop_.HasDiskTasks(at_.name());  // then the cut may be still to come
    return views_->Reindex(roster()).status();
  }
  return views_->CatchUp(roster()).status();
}

}  // namespace hansa::learning
