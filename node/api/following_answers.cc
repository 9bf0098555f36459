#include "node/api/following_answers.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/time/time.h"
#include "hansa/v1/node.pb.h"
#include "node/api/file_answers.h"
#include "node/api/muting.h"
#include "node/desk/following_desk.h"
#include "node/desk/record_office.h"
#include "node/desk/search_desk.h"
#include "node/files/file_keeper.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::api {
namespace {

// The files that records of each member in what is followed of it name.
absl::StatusOr<std::vector<files::FileCount>> FileCountsOf(ApiParts& parts,
                                                           const std::vector<desk::FollowedMember>& following) {
  const NodeView view = parts.node.View();
  std::vector<files::FilesAsked> asked;
  asked.reserve(following.size());
  for (const desk::FollowedMember& followed : following) {
    const auto member = desk::MemberNamed(view, followed.member);
    HANSA_RETURN_IF_ERROR(member.status());
    absl::StatusOr<std::vector<replication::Collection>> collections = desk::CollectionsNamed(followed.collections);
    HANSA_RETURN_IF_ERROR(collections.status());
    asked.push_back({(*member)->number, *std::move(collections)});
  }
  return parts.file_keeper.CountEach(asked);
}

void Put(const desk::FollowedMember& followed, const files::FileCount& files, v1::FollowedMember& out) {
  out.set_member(followed.member);
  for (const std::string& collection : followed.collections) out.add_collections(collection);
  api::Put(files, *out.mutable_files());
}

// Nothing, where the member is not followed.
std::optional<desk::FollowedMember> FollowedNow(const ApiParts& parts, const std::string& slug) {
  for (desk::FollowedMember& each : parts.following.Following()) {
    if (each.member == slug) return std::move(each);
  }
  return std::nullopt;
}

void Put(const desk::FollowedTopic& topic, v1::FollowedTopic& out) {
  out.set_text(topic.text);
  for (const std::string& kind : topic.kinds) out.add_kinds(kind);
  out.set_feature(topic.feature);
  out.set_action(topic.action);
  out.set_country(topic.country);
  out.set_language(topic.language);
}

// As a search has it: features and action points as the framework writes them. A search judges what may be asked for.
absl::StatusOr<desk::FollowedTopic> TopicOf(ApiParts& parts, const v1::FollowedTopic& topic) {
  desk::SearchQuery query;
  query.text = topic.text();
  query.kinds.assign(topic.kinds().begin(), topic.kinds().end());
  query.feature = topic.feature();
  query.action = absl::AsciiStrToUpper(topic.action());
  query.country = absl::AsciiStrToUpper(topic.country());
  query.language = topic.language();
  query.limit = 1;
  HANSA_RETURN_IF_ERROR(parts.search.Search(query).status());
  return desk::FollowedTopic{query.feature, query.action, query.text, query.kinds, query.country, query.language};
}

template <typename Reply>
void PutNews(const desk::News& news, Reply& reply) {
  for (const desk::NewsPiece& piece : news.pieces) {
    v1::NewsItem& out = *reply.add_news();
    out.set_at_ms(piece.at_ms);
    out.set_member(piece.member);
    out.set_collection(replication::CollectionName(piece.collection));
    out.set_kind(piece.kind);
    out.set_id(piece.id.hex());
    out.set_title(piece.title);
    out.set_revision(static_cast<std::uint32_t>(piece.revision));
    out.set_withdrawn(piece.withdrawn);
    out.set_sequence(piece.sequence.value());
    out.set_entries(static_cast<std::uint32_t>(piece.entries));
    out.set_was_here(piece.was_here);
    for (const desk::FollowedTopic& topic : piece.topics) Put(topic, *out.add_topics());
  }
  reply.set_position(news.position);
}

}  // namespace

absl::Status Answer(ApiParts& parts, const v1::FollowRequest& request, v1::FollowReply& reply) {
  if (request.has_topic()) {
    if (!request.member().empty()) {
      return absl::InvalidArgumentError("following: a member and a topic are two things; follow one after the other");
    }
    const absl::StatusOr<desk::FollowedTopic> topic = TopicOf(parts, request.topic());
    HANSA_RETURN_IF_ERROR(topic.status());
    const absl::StatusOr<bool> already = parts.following.FollowTopic(*topic);
    HANSA_RETURN_IF_ERROR(already.status());
    Put(*topic, *reply.mutable_topic());
    reply.set_already(*already);
    return absl::OkStatus();
  }
  const auto report =
      parts.following.Follow(request.member(), {request.collections().begin(), request.collections().end()});
  HANSA_RETURN_IF_ERROR(report.status());
  reply.set_already(report->already);
  reply.set_warning(report->warning);
  const absl::StatusOr<std::vector<files::FileCount>> files = FileCountsOf(parts, {report->followed});
  HANSA_RETURN_IF_ERROR(files.status());
  Put(report->followed, files->front(), *reply.mutable_followed());
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::UnfollowRequest& request, v1::UnfollowReply& reply) {
  if (request.has_topic()) {
    const absl::StatusOr<desk::FollowedTopic> topic = TopicOf(parts, request.topic());
    HANSA_RETURN_IF_ERROR(topic.status());
    const absl::StatusOr<bool> was_followed = parts.following.UnfollowTopic(*topic);
    HANSA_RETURN_IF_ERROR(was_followed.status());
    reply.set_was_followed(*was_followed);
    return absl::OkStatus();
  }
  const std::optional<desk::FollowedMember> followed = FollowedNow(parts, request.member());
  if (followed) {
    const absl::StatusOr<std::vector<files::FileCount>> files = FileCountsOf(parts, {*followed});
    HANSA_RETURN_IF_ERROR(files.status());
    api::Put(files->front(), *reply.mutable_files());
  }
  const auto report = parts.following.Unfollow(request.member());
  HANSA_RETURN_IF_ERROR(report.status());
  reply.set_was_followed(report->was_followed);
  reply.set_words(report->words);
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::ListFollowingRequest&, v1::ListFollowingReply& reply) {
  const absl::StatusOr<std::vector<desk::FollowedTopic>> topics = parts.following.Topics();
  HANSA_RETURN_IF_ERROR(topics.status());
  for (const desk::FollowedTopic& topic : *topics) Put(topic, *reply.add_topics());
  const std::vector<desk::FollowedMember> following = parts.following.Following();
  const absl::StatusOr<std::vector<files::FileCount>> files = FileCountsOf(parts, following);
  HANSA_RETURN_IF_ERROR(files.status());
  for (std::size_t i = 0; i < following.size(); ++i) Put(following[i], (*files)[i], *reply.add_following());
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::ListNewsRequest& request, v1::ListNewsReply& reply) {
  auto news =
      parts.following.ListNews(request.since_ms(), request.only_new() ? desk::Listing::kNew : desk::Listing::kAll);
  HANSA_RETURN_IF_ERROR(news.status());
  HANSA_RETURN_IF_ERROR(LeaveOutMuted(parts, request, news->pieces, reply));
  PutNews(*news, reply);
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const Asker& asker, const v1::AwaitNewsRequest& request,
                    const std::function<bool()>& is_gone, v1::AwaitNewsReply& reply) {
  if (!asker.account.empty() && request.patience_ms() > 0) {
    return absl::InvalidArgumentError(
        "nobody waits for news by HTTP; leave patience_ms out, and listen to /events, which tells when there are any");
  }
  desk::NewsWait wait{{}, absl::Milliseconds(request.patience_ms()), is_gone};
  if (request.has_after()) wait.after = request.after();
  auto news = parts.following.AwaitNews(wait);
  HANSA_RETURN_IF_ERROR(news.status());
  HANSA_RETURN_IF_ERROR(LeaveOutMuted(parts, request, news->pieces, reply));
  PutNews(*news, reply);
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::AwaitNewsRequest& request, v1::AwaitNewsReply& reply) {
  return Answer(parts, Asker(), request, nullptr, reply);
}

absl::Status Answer(ApiParts& parts, const v1::SetKeepRequest& request, v1::SetKeepReply& reply) {
  const auto report = parts.following.SetKeep(request.keep());
  HANSA_RETURN_IF_ERROR(report.status());
  reply.set_keep(KeepName(report->keep));
  reply.set_already(report->already);
  reply.set_feeds_removed(report->feeds_removed);
  return absl::OkStatus();
}

}  // namespace hansa::node::api
