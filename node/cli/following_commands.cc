// Whom this node follows, what it is told of them, and what it keeps.
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "hansa/v1/node.pb.h"
#include "node/cli/command.h"
#include "node/cli/exit_code.h"
#include "node/cli/invocation.h"
#include "node/cli/peer_learning_json.h"
#include "node/cli/peer_learning_texts.h"
#include "node/domain/text.h"
#include "replication/check.h"

namespace hansa::node::cli {
namespace {

// How long one question for news waits at the node.
constexpr std::uint32_t kPatienceMs = 20'000;
constexpr std::uint32_t kCountMax = 1'000'000;

absl::StatusOr<int> Follow(Invocation& invocation) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::FollowRequest request;
  request.set_member(invocation.values().Text("MEMBER"));
  for (const std::string& collection : invocation.values().Texts("COLLECTION")) request.add_collections(collection);
  v1::FollowReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  const words::Words words = invocation.words();
  std::string names;
  for (const std::string& collection : reply.followed().collections()) {
    absl::StrAppend(&names, names.empty() ? "" : ", ", words(collection));
  }
  invocation.Report(JsonOf(reply),
                    absl::StrCat(words(reply.already() ? "follows {0} as before: {1}" : "follows {0}: {1}",
                                       reply.followed().member(), names),
                                 "\n"));
  return kDone;
}

absl::StatusOr<int> Unfollow(Invocation& invocation) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::UnfollowRequest request;
  request.set_member(invocation.values().Text("MEMBER"));
  v1::UnfollowReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  const words::Words words = invocation.words();
  std::string text =
      words(reply.was_followed() ? "follows {0} no more" : "did not follow {0}; nothing changed", request.member());
  if (!reply.words().empty()) absl::StrAppend(&text, "; ", words.Translated(reply.words()));
  invocation.Report(JsonOfUnfollow(request.member(), reply.was_followed(), reply.words()), absl::StrCat(text, "\n"));
  return kDone;
}

absl::StatusOr<int> Following(Invocation& invocation) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::ListFollowingReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(v1::ListFollowingRequest(), reply));
  invocation.Show(JsonOf(reply), TextOf(reply, invocation.layout()));
  return kDone;
}

// 2h, 3d, 90m: so long ago. Otherwise a day, or a day and a time by this machine's clock.
absl::StatusOr<absl::Time> SinceWhen(const std::string& text) {
  absl::string_view digits = text;
  std::int64_t number = 0;
  for (const auto& [unit, length] :
       {std::pair("m", absl::Minutes(1)), std::pair("h", absl::Hours(1)), std::pair("d", absl::Hours(24))}) {
    absl::string_view rest = digits;
    const bool fits = absl::ConsumeSuffix(&rest, unit) && absl::SimpleAtoi(rest, &number) && number >= 0;
    if (fits && number < 1'000'000) return absl::Now() - number * length;
  }
  absl::Time time;
  std::string why;
  for (const char* form : {"%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d"}) {
    if (absl::ParseTime(form, text, absl::LocalTimeZone(), &time, &why)) return time;
  }
  return absl::InvalidArgumentError(
      absl::StrCat("--since ", domain::Quoted(text), " is no time; write 2025-03-31, 2025-03-31T09:00, 2h or 3d"));
}

absl::StatusOr<int> News(Invocation& invocation) {
  const Values& values = invocation.values();
  v1::ListNewsRequest request;
  request.set_only_new(values.Has("--new"));
  if (values.Has("--since")) {
    if (values.Has("--new"))
      return absl::InvalidArgumentError("--since and --new do not go together; give one of them");
    const absl::StatusOr<absl::Time> since = SinceWhen(values.Text("--since"));
    HANSA_RETURN_IF_ERROR(since.status());
    request.set_since_ms(static_cast<std::uint64_t>(std::max<std::int64_t>(absl::ToUnixMillis(*since), 1)));
  }
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::ListNewsReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  invocation.Show(JsonOf(reply), TextOf(reply, invocation.layout()));
  return kDone;
}

absl::StatusOr<int> Watch(Invocation& invocation) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  std::uint32_t left = invocation.values().Number("--count").value_or(kCountMax);
  const bool counts = invocation.values().Has("--count");
  const Layout layout = invocation.layout();
  v1::AwaitNewsRequest request;
  v1::AwaitNewsReply begin;
  HANSA_RETURN_IF_ERROR(node->Ask(request, begin));  // where the present ends
  request.set_after(begin.position());
  request.set_patience_ms(kPatienceMs);
  invocation.Progress(invocation.words()("waiting for news; Ctrl-C ends"));
  while (left > 0) {
    v1::AwaitNewsReply reply;
    HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
    for (const v1::NewsItem& item : reply.news()) {
      if (!invocation.Stream(JsonLineOf(item), LineOf(item, layout))) return kDone;
      if (counts && --left == 0) break;
    }
    request.set_after(reply.position());
  }
  return kDone;
}

absl::StatusOr<int> KeepWhat(Invocation& invocation) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  const words::Words words = invocation.words();
  const std::string what = invocation.values().Text("WHAT");
  if (what.empty()) {
    v1::GetStatusReply status;
    HANSA_RETURN_IF_ERROR(node->Ask(v1::GetStatusRequest(), status));
    invocation.Show(
        JsonOfKeep(status.keep(), 0),
        absl::StrCat(status.keep() == "all"
                         ? words("keeps everything")
                         : words.Counted(status.following(), "keeps its own records and those of {0} followed member",
                                         "keeps its own records and those of {0} followed members"),
                     "\n"));
    return kDone;
  }
  v1::SetKeepRequest request;
  request.set_keep(what);
  v1::SetKeepReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  const std::string text =
      reply.keep() == "all"
          ? words("keeps everything from now on; what is missing is being fetched")
          : words.Counted(
                reply.feeds_removed(),
                "keeps only its own records and those it follows; {0} feed of others was removed from this node",
                "keeps only its own records and those it follows; {0} feeds of others were removed from this node");
  invocation.Report(JsonOfKeep(reply.keep(), reply.feeds_removed()), absl::StrCat(text, "\n"));
  return kDone;
}

}  // namespace

std::vector<Command> FollowingCommands() {
  const Argument member{"MEMBER", "slug of a member"};
  return {
      {.name = "follow",
       .summary = "be told what a member publishes",
       .details =
           "Without COLLECTION all that members publish: indicators, practices, offers, reviews, dialogue, "
           "notices, strategies. It is written in no feed; with `keep followed` the nodes you connect to learn it.",
       .example = "hansa follow gb-bristol practices",
       .arguments = {member, {"COLLECTION", "only this collection; several may be named", Need::kOptional, true}},
       .run = Follow},
      {.name = "unfollow",
       .summary = "be told no more of a member",
       .example = "hansa unfollow gb-bristol",
       .arguments = {member},
       .run = Unfollow},
      {.name = "following", .summary = "whom this node follows", .example = "hansa following", .run = Following},
      {.name = "news",
       .summary = "what those you follow have published, in the order in which it came here",
       .example = "hansa news --new",
       .options = {{.name = "--since", .value = "T", .help = "only what came since: a day, a time, 2h or 3d ago"},
                   {.name = "--new", .help = "only what was not listed with --new before"}},
       .run = News},
      {.name = "watch",
       .summary = "print what those you follow publish, as it comes",
       .details = "A line each, until Ctrl-C. With --json one JSON object a line.",
       .example = "hansa watch --count 1",
       .options = {{.name = "--count", .value = "N", .help = "end after so many", .number = NumberRange{1, kCountMax}}},
       .run = Watch},
      {.name = "keep",
       .summary = "what this node stores: everything, or only what it follows",
       .details =
           "Its own records, the list of members and orders to erase it always stores. The change takes effect at "
           "once; what is kept again is fetched from others. Without WHAT it says what is kept now.",
       .example = "hansa keep followed",
       .arguments = {{"WHAT", "all or followed", Need::kOptional}},
       .run = KeepWhat},
  };
}

}  // namespace hansa::node::cli
