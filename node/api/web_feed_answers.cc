#include "node/api/web_feed_answers.h"

#include "absl/strings/str_cat.h"
#include "hansa/v1/node.pb.h"
#include "node/api/muting.h"
#include "node/api/version.h"
#include "node/desk/web_feed_desk.h"
#include "node/domain/text.h"
#include "replication/check.h"

namespace hansa::node::api {

absl::Status Answer(ApiParts& parts, const v1::MakeWebFeedRequest& request, v1::MakeWebFeedReply& reply) {
  const bool is_atom = request.form() == "atom";
  if (!is_atom && request.form() != "json") {
    return absl::InvalidArgumentError(
        absl::StrCat("making a feed: there is no form ", domain::Quoted(request.form()), "; there are atom and json"));
  }
  HANSA_RETURN_IF_ERROR(parts.node.AwaitViews());
  const absl::StatusOr<desk::MadeWebFeed> made =
      parts.web_feeds.Make({.member = request.member(),
                            .kinds = {request.kinds().begin(), request.kinds().end()},
                            .feature = request.feature(),
                            .action = request.action(),
                            .address = request.address(),
                            .own_address = request.own_address(),
                            .limit = request.limit(),
                            .language = request.language(),
                            .version = Version(),
                            .muting = MutingOf(request)});
  HANSA_RETURN_IF_ERROR(made.status());
  const exports::WebFeed& feed = made->feed;
  reply.set_content(is_atom ? exports::AtomFeed(feed) : exports::JsonFeed(feed));
  reply.set_media_type(is_atom ? exports::kAtomMediaType : exports::kJsonFeedMediaType);
  reply.set_records(feed.entries.size());
  reply.set_muted(static_cast<std::uint32_t>(made->muted));
  reply.set_title(feed.title);
  return absl::OkStatus();
}

}  // namespace hansa::node::api
