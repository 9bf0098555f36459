#include "node/desk/following_desk.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "node/desk/record_office.h"
#include "node/domain/suggestion.h"
#include "node/domain/text.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::desk {
namespace {

using projection::FollowedCollections;
using replication::Collection;

// What members publish; what one is followed for who names nothing.
constexpr std::array<Collection, 7> kPublished = {
    replication::kIndicators, replication::kPractices, replication::kOffers,    replication::kReviews,
    replication::kDialogue,   replication::kNotices,   replication::kStrategies};

bool MayBeFollowed(Collection collection) {
  return collection == replication::kAggregates ||
         std::find(kPublished.begin(), kPublished.end(), collection) != kPublished.end();
}

std::vector<std::string> NamesToFollow() {
  std::vector<std::string> names;
  for (Collection collection = replication::kIndicators; collection <= replication::kStrategies;
       collection = Collection(static_cast<std::uint16_t>(collection.value() + 1))) {
    names.push_back(replication::CollectionName(collection));
  }
  return names;
}

FollowedCollections AsPairs(const std::vector<Followed>& following) {
  FollowedCollections pairs;
  for (const Followed& followed : following) {
    for (const Collection collection : followed.collections) pairs.emplace(followed.member, collection);
  }
  return pairs;
}

auto FindMember(std::vector<Followed>& following, replication::Member member) {
  return std::find_if(following.begin(), following.end(),
                      [&](const Followed& followed) { return followed.member == member; });
}

std::string WhatHappensToCopies(const UnfollowReport& report, Keep keep) {
  if (!report.was_followed) return "It was not followed; nothing has changed.";
  return keep == Keep::kAll ? "Its records stay here, because this node keeps everything."
                            : "Its records are removed from this node.";
}

}  // namespace

absl::StatusOr<std::vector<Collection>> CollectionsNamed(const std::vector<std::string>& names) {
  if (names.empty()) return std::vector<Collection>(kPublished.begin(), kPublished.end());
  std::vector<Collection> collections;
  for (const std::string& name : names) {
    const std::optional<Collection> collection = replication::CollectionNamed(name);
    if (!collection || !MayBeFollowed(*collection)) {
      const std::vector<std::string> known = NamesToFollow();
      const std::string nearest = domain::Nearest(name, known);
      return absl::InvalidArgumentError(
          absl::StrCat("following: there is no collection ", domain::Quoted(name), " to follow; ",
                       nearest.empty() ? absl::StrCat("they are ", absl::StrJoin(known, ", "))
                                       : absl::StrCat("did you mean ", nearest, "?")));
    }
    collections.push_back(*collection);
  }
  std::sort(collections.begin(), collections.end());
  collections.erase(std::unique(collections.begin(), collections.end()), collections.end());
  return collections;
}

// The views keep the list themselves; they differ from the node's only if the node stopped between the two writes.
FollowingDesk::FollowingDesk(RunningNode& node, const catalogue::Catalogue& catalogue, projection::Views& views)
    : node_(node), catalogue_(catalogue), views_(views) {
  views_.SetFollowing(*node_.View().roster, AsPairs(node_.Following())).IgnoreError();
  const absl::StatusOr<std::vector<FollowedTopic>> topics = Topics();
  if (topics.ok()) views_.ResumeTopics(FilterOf(*topics));
}

// The views first: what comes once the node asks for it is news.
absl::Status FollowingDesk::Change(const NodeView& view, const std::vector<Followed>& following) {
  const std::vector<Followed> before = node_.Following();
  HANSA_RETURN_IF_ERROR(views_.SetFollowing(*view.roster, AsPairs(following)));
  const absl::Status changed = node_.SetFollowing(following);
  if (!changed.ok()) views_.SetFollowing(*view.roster, AsPairs(before)).IgnoreError();
  return changed;
}

FollowedMember FollowingDesk::Shown(const NodeView& view, const Followed& followed) const {
  FollowedMember shown{SlugOf(view, followed.member), {}};
  for (const Collection collection : followed.collections) {
    shown.collections.push_back(replication::CollectionName(collection));
  }
  return shown;
}

absl::StatusOr<FollowReport> FollowingDesk::Follow(absl::string_view slug,
                                                   const std::vector<std::string>& collections) {
  absl::MutexLock lock(&changing_);
  const NodeView view = node_.View();
  const auto member = MemberNamed(view, slug);
  HANSA_RETURN_IF_ERROR(member.status());
  if ((*member)->number == view.member) {
    return absl::FailedPreconditionError(
        absl::StrCat("following ", slug,
                     ": that is this node's own member, and what it publishes is always here; name another member"));
  }
  absl::StatusOr<std::vector<Collection>> named = CollectionsNamed(collections);
  HANSA_RETURN_IF_ERROR(named.status());
  const Followed followed{(*member)->number, *std::move(named)};
  std::vector<Followed> following = node_.Following();
  FollowReport report{Shown(view, followed), false, ""};
  if (!(*member)->is_live()) {
    report.warning = absl::StrCat(slug, " is no longer a member of the network; nothing new comes from it");
  }
  const auto place = FindMember(following, followed.member);
  if (place != following.end()) {
    report.already = *place == followed;
    *place = followed;
  } else {
    following.push_back(followed);
    std::sort(following.begin(), following.end(),
              [](const Followed& a, const Followed& b) { return a.member < b.member; });
  }
  if (report.already) return report;
  // What is on disk by now was here; the views read it before they begin to follow.
  HANSA_RETURN_IF_ERROR(node_.AwaitViews());
  HANSA_RETURN_IF_ERROR(Change(view, following));
  return report;
}

absl::StatusOr<UnfollowReport> FollowingDesk::Unfollow(absl::string_view slug) {
  absl::MutexLock lock(&changing_);
  const NodeView view = node_.View();
  const auto member = MemberNamed(view, slug);
  HANSA_RETURN_IF_ERROR(member.status());
  std::vector<Followed> following = node_.Following();
  const auto place = FindMember(following, (*member)->number);
  UnfollowReport report;
  report.was_followed = place != following.end();
  report.words = WhatHappensToCopies(report, view.keep);
  if (!report.was_followed) return report;
  following.erase(place);
  HANSA_RETURN_IF_ERROR(Change(view, following));
  return report;
}

std::vector<FollowedMember> FollowingDesk::Following() const {
  const NodeView view = node_.View();
  std::vector<FollowedMember> following;
  for (const Followed& followed : node_.Following()) following.push_back(Shown(view, followed));
  std::sort(following.begin(), following.end(),
            [](const FollowedMember& a, const FollowedMember& b) { return a.member < b.member; });
  return following;
}

// Null where there are none: then nothing that arrives is looked into.
projection::Views::IsOnTopic FollowingDesk::FilterOf(std::vector<FollowedTopic> topics) const {
  if (topics.empty()) return nullptr;
  return [topics = std::move(topics), &catalogue = catalogue_](
             const replication::Roster& roster, const projection::RecordKey& record, replication::Kind kind,
             const replication::Bytes& payload) {
    return !TopicsOf(topics, roster, catalogue, record, kind, payload).empty();
  };
}

absl::StatusOr<std::vector<FollowedTopic>> FollowingDesk::Topics() const {
  const absl::StatusOr<std::string> kept = views_.news().Topics();
  HANSA_RETURN_IF_ERROR(kept.status());
  return DecodeTopics(*kept);
}

absl::Status FollowingDesk::ChangeTopics(const std::vector<FollowedTopic>& topics) {
  // What is on disk by now was here before.
  HANSA_RETURN_IF_ERROR(node_.AwaitViews());
  return views_.SetTopics(EncodeTopics(topics), FilterOf(topics));
}

absl::StatusOr<bool> FollowingDesk::FollowTopic(FollowedTopic topic) {
  absl::MutexLock lock(&changing_);
  if (topic.asks_nothing()) {
    return absl::InvalidArgumentError(
        "following a topic: nothing says what it is about; name a feature, an action point or words");
  }
  std::sort(topic.kinds.begin(), topic.kinds.end());
  topic.kinds.erase(std::unique(topic.kinds.begin(), topic.kinds.end()), topic.kinds.end());
  absl::StatusOr<std::vector<FollowedTopic>> topics = Topics();
  HANSA_RETURN_IF_ERROR(topics.status());
  if (std::find(topics->begin(), topics->end(), topic) != topics->end()) return true;
  if (topics->size() >= kTopicsMax) {
    return absl::FailedPreconditionError(
        absl::StrCat("following a topic: ", kTopicsMax, " are followed already; unfollow one of them first"));
  }
  topics->push_back(std::move(topic));
  std::sort(topics->begin(), topics->end());
  HANSA_RETURN_IF_ERROR(ChangeTopics(*topics));
  return false;
}

absl::StatusOr<bool> FollowingDesk::UnfollowTopic(const FollowedTopic& topic) {
  absl::MutexLock lock(&changing_);
  FollowedTopic sorted = topic;
  std::sort(sorted.kinds.begin(), sorted.kinds.end());
  absl::StatusOr<std::vector<FollowedTopic>> topics = Topics();
  HANSA_RETURN_IF_ERROR(topics.status());
  if (std::erase(*topics, sorted) == 0) return false;
  HANSA_RETURN_IF_ERROR(ChangeTopics(*topics));
  return true;
}

absl::StatusOr<KeepReport> FollowingDesk::SetKeep(const std::string& keep) {
  absl::MutexLock lock(&changing_);
  const std::optional<Keep> wanted = KeepNamed(keep);
  if (!wanted) {
    return absl::InvalidArgumentError(
        absl::StrCat("changing what is kept: ", domain::Quoted(keep), " is neither; write all or followed"));
  }
  KeepReport report{*wanted, node_.View().keep == *wanted, 0};
  if (report.already) return report;
  const absl::StatusOr<std::uint64_t> removed = node_.SetKeep(*wanted);
  HANSA_RETURN_IF_ERROR(removed.status());
  report.feeds_removed = *removed;
  return report;
}

}  // namespace hansa::node::desk
