// Whom this node follows, what it is told of them, and what it keeps.
#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "hansa/v1/node.pb.h"
#include "node/cli/command.h"
#include "node/cli/exit_code.h"
#include "node/cli/file_texts.h"
#include "node/cli/invocation.h"
#include "node/cli/muted_words.h"
#include "node/cli/peer_learning_json.h"
#include "node/cli/peer_learning_texts.h"
#include "node/cli/search_json.h"
#include "node/cli/search_texts.h"
#include "node/domain/text.h"
#include "replication/check.h"

namespace hansa::node::cli {
namespace {

// How long one question for news waits at the node.
constexpr std::uint32_t kPatienceMs = 20'000;
constexpr std::uint32_t kCountMax = 1'000'000;

bool NamesTopic(const Values& values) {
  return values.Has("--feature") || values.Has("--action") || values.Has("--search");
}

//   INVALID_ARGUMENT  a member and a topic, or neither
absl::Status CheckWhom(const Values& values) {
  if (values.Text("MEMBER").empty() != NamesTopic(values)) {
    return absl::InvalidArgumentError(
        "say whom or what: a member, or a topic by --feature, --action or --search, and not both");
  }
  const bool narrows = values.Has("--kind") || values.Has("--country") || values.Has("--in");
  if (!narrows || NamesTopic(values)) return absl::OkStatus();
  return absl::InvalidArgumentError("--kind, --country and --in narrow a topic down; name collections of a member");
}

v1::FollowedTopic TopicIn(const Values& values) {
  v1::FollowedTopic topic;
  topic.set_feature(values.Text("--feature"));
  topic.set_action(values.Text("--action"));
  topic.set_text(values.Text("--search"));
  for (const std::string& kind : values.Texts("--kind")) topic.add_kinds(kind);
  topic.set_country(values.Text("--country"));
  topic.set_language(values.Text("--in"));
  return topic;
}

// What following a member fetches besides its records; empty where that is nothing.
absl::StatusOr<std::string> FilesToCome(Invocation& invocation, NodeClient& node) {
  v1::CountFilesRequest request;
  request.set_member(invocation.values().Text("MEMBER"));
  for (const std::string& collection : invocation.values().Texts("COLLECTION")) request.add_collections(collection);
  v1::FileCount reply;
  HANSA_RETURN_IF_ERROR(node.Ask(request, reply));
  const words::Words words = invocation.words();
  const std::string files = CountText(reply, words);
  if (files.empty()) return files;
  return absl::StrCat(words("its records name {0}; who follows it fetches the rest by itself", files), "\n");
}

// How much of a member is here in all, of every kind: a search does not find indicators, targets and translations.
absl::StatusOr<std::string> EntriesHere(Invocation& invocation, NodeClient& node) {
  v1::ListFeedsRequest request;
  request.set_member(invocation.values().Text("MEMBER"));
  v1::ListFeedsReply reply;
  HANSA_RETURN_IF_ERROR(node.Ask(request, reply));
  const std::vector<std::string> named = invocation.values().Texts("COLLECTION");
  const words::Words words = invocation.words();
  std::vector<std::pair<std::string, std::uint64_t>> lengths;  // in the order of the collections
  for (const v1::FeedSummary& feed : reply.feeds()) {
    const bool is_asked = named.empty() || std::find(named.begin(), named.end(), feed.collection()) != named.end();
    if (!is_asked || feed.length() == 0) continue;
    if (lengths.empty() || lengths.back().first != feed.collection()) lengths.emplace_back(feed.collection(), 0);
    lengths.back().second += feed.length();
  }
  if (lengths.empty()) return std::string();
  std::vector<std::string> parts;
  parts.reserve(lengths.size());
  for (const auto& [collection, length] : lengths) parts.push_back(absl::StrCat(words(collection), " ", length));
  return absl::StrCat(words("entries of it that are here, with indicators, targets and translations, which no search "
                            "finds: {0}",
                            absl::StrJoin(parts, ", ")),
                      "\n");
}

// What would be found now, instead of following.
absl::StatusOr<int> Preview(Invocation& invocation, NodeClient& node) {
  const Values& values = invocation.values();
  v1::SearchRequest request;
  request.set_member(values.Text("MEMBER"));
  if (NamesTopic(values)) {
    const v1::FollowedTopic topic = TopicIn(values);
    request.set_text(topic.text());
    *request.mutable_kinds() = topic.kinds();
    request.set_feature(topic.feature());
    request.set_action(topic.action());
    request.set_country(topic.country());
    request.set_language(topic.language());
  }
  v1::SearchReply reply;
  HANSA_RETURN_IF_ERROR(node.Ask(request, reply));
  std::string text = TextOf(reply, Facets::kHidden, invocation.layout());
  if (!NamesTopic(values)) {
    const absl::StatusOr<std::string> entries = EntriesHere(invocation, node);
    HANSA_RETURN_IF_ERROR(entries.status());
    absl::StrAppend(&text, *entries);
    const absl::StatusOr<std::string> files = FilesToCome(invocation, node);
    HANSA_RETURN_IF_ERROR(files.status());
    absl::StrAppend(&text, *files);
  }
  invocation.Show(JsonOf(reply), text);
  return kDone;
}

absl::StatusOr<int> FollowTopic(Invocation& invocation, NodeClient& node) {
  v1::FollowRequest request;
  *request.mutable_topic() = TopicIn(invocation.values());
  v1::FollowReply reply;
  HANSA_RETURN_IF_ERROR(node.Ask(request, reply));
  const words::Words words = invocation.words();
  invocation.Report(JsonOf(reply), absl::StrCat(words(reply.already() ? "follows this topic as before: {0}"
                                                                      : "follows this topic: {0}",
                                                      InWords(reply.topic(), words)),
                                                "\n"));
  return kDone;
}

std::string FilesFetched(const v1::FileCount& count, const words::Words& words) {
  const std::string files = CountText(count, words);
  if (files.empty()) return files;
  return absl::StrCat(words("its records name {0}; the rest is fetched by itself", files), "\n");
}

absl::StatusOr<int> Follow(Invocation& invocation) {
  HANSA_RETURN_IF_ERROR(CheckWhom(invocation.values()));
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  if (invocation.values().Has("--preview")) return Preview(invocation, *node);
  if (NamesTopic(invocation.values())) return FollowTopic(invocation, *node);
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
                                 "\n", FilesFetched(reply.followed().files(), words)));
  if (!reply.warning().empty()) invocation.Warn(reply.warning());
  return kDone;
}

absl::StatusOr<int> Unfollow(Invocation& invocation) {
  HANSA_RETURN_IF_ERROR(CheckWhom(invocation.values()));
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  const words::Words words = invocation.words();
  v1::UnfollowRequest request;
  v1::UnfollowReply reply;
  if (NamesTopic(invocation.values())) {
    *request.mutable_topic() = TopicIn(invocation.values());
    HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
    const std::string topic = InWords(request.topic(), words);
    invocation.Report(JsonOf(topic, reply),
                      absl::StrCat(words(reply.was_followed() ? "follows this topic no more: {0}"
                                                              : "did not follow this topic: {0}; nothing changed",
                                         topic),
                                   "\n"));
    return kDone;
  }
  request.set_member(invocation.values().Text("MEMBER"));
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  std::string text =
      words(reply.was_followed() ? "follows {0} no more" : "did not follow {0}; nothing changed", request.member());
  if (reply.was_followed() && !reply.words().empty()) {
    absl::StrAppend(&text, "\n", words.Translated(reply.words()));
  }
  const std::string files = CountText(reply.files(), words);
  if (!files.empty()) {
    absl::StrAppend(&text, "\n",
                    words("its records name {0}; what is not here is not fetched by itself any more", files));
  }
  invocation.Report(JsonOf(request.member(), reply), absl::StrCat(text, "\n"));
  return kDone;
}

absl::StatusOr<int> Following(Invocation& invocation) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::ListFollowingReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(v1::ListFollowingRequest(), reply));
  const bool topics = invocation.values().Has("--topics");
  if (topics) reply.clear_following();
  invocation.Show(topics ? JsonOfTopics(reply) : JsonOf(reply), TextOf(reply, invocation.layout()));
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

// So long ago begins the digest that `word` names.
absl::StatusOr<absl::Duration> DigestOf(const std::string& word) {
  if (word == "day") return absl::Hours(24);
  if (word == "week") return absl::Hours(7 * 24);
  return absl::InvalidArgumentError(
      absl::StrCat("--digest ", domain::Quoted(word), " is neither; write --digest day or --digest week"));
}

// What was here before its author was followed came at no time that is known.
void LeaveOutWhatWasHere(v1::ListNewsReply& reply) {
  auto& news = *reply.mutable_news();
  news.erase(std::remove_if(news.begin(), news.end(), [](const v1::NewsItem& item) { return item.was_here(); }),
             news.end());
}

// By member, to be read at one go or sent on.
absl::StatusOr<int> Digest(Invocation& invocation) {
  const absl::StatusOr<absl::Duration> length = DigestOf(invocation.values().Text("--digest"));
  HANSA_RETURN_IF_ERROR(length.status());
  if (invocation.values().Has("--new") || invocation.values().Has("--since")) {
    return absl::InvalidArgumentError("--digest says itself since when; leave out --since and --new");
  }
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  const absl::Time now = absl::Now();
  v1::ListNewsRequest request;
  request.set_since_ms(static_cast<std::uint64_t>(absl::ToUnixMillis(now - *length)));
  request.set_with_muted(invocation.values().Has("--with-muted"));
  v1::ListNewsReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  LeaveOutWhatWasHere(reply);
  ShowList(invocation, JsonOf(reply), DigestText(reply, {now - *length, now}, invocation.layout()), reply.muted());
  return kDone;
}

absl::StatusOr<int> News(Invocation& invocation) {
  const Values& values = invocation.values();
  if (values.Has("--digest")) return Digest(invocation);
  v1::ListNewsRequest request;
  request.set_only_new(values.Has("--new"));
  request.set_with_muted(values.Has("--with-muted"));
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
  if (values.Has("--since")) LeaveOutWhatWasHere(reply);
  ShowList(invocation, JsonOf(reply), TextOf(reply, invocation.layout()), reply.muted());
  return kDone;
}

absl::StatusOr<int> Watch(Invocation& invocation) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  std::uint32_t left = invocation.values().Number("--count").value_or(kCountMax);
  const bool counts = invocation.values().Has("--count");
  const Layout layout = invocation.layout();
  v1::AwaitNewsRequest request;
  request.set_with_muted(invocation.values().Has("--with-muted"));
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
  const Argument member{"MEMBER", "slug of a member", Need::kOptional};
  const std::vector<Option> topic = {
      {.name = "--feature", .value = "FEATURE", .help = "what any member publishes about this key feature"},
      {.name = "--action", .value = "ACTION", .help = "what any member publishes about this action point"},
      {.name = "--search", .value = "TEXT", .help = "what any member publishes and a search for TEXT finds"},
      {.name = "--kind", .value = "KIND", .help = "of a topic, only this kind, such as practice", .repeated = true},
      {.name = "--country", .value = "COUNTRY", .help = "of a topic, only from this country, three letters"},
      {.name = "--in", .value = "LANGUAGE", .help = "of a topic, only in this language, such as ko"}};
  std::vector<Option> follow = topic;
  follow.push_back({.name = "--preview", .help = "show what is here of it already, and follow nothing"});
  return {
      {.name = "follow",
       .summary = "be told what a member publishes, or what is published about a topic",
       .details =
           "Without COLLECTION all that members publish: indicators, practices, offers, reviews, dialogue, "
           "notices, strategies. It is written in no feed; with `keep followed` the nodes you connect to learn it. "
           "Without MEMBER a topic: what is published about it from now on is news, whoever publishes it.",
       .example = "hansa follow gb-bristol practices",
       .arguments = {member, {"COLLECTION", "only this collection; several may be named", Need::kOptional, true}},
       .options = follow,
       .run = Follow},
      {.name = "unfollow",
       .summary = "be told no more of a member or a topic",
       .example = "hansa unfollow gb-bristol",
       .arguments = {member},
       .options = topic,
       .run = Unfollow},
      {.name = "following",
       .summary = "whom and what this node follows",
       .example = "hansa following",
       .options = {{.name = "--topics", .help = "the topics alone"}},
       .run = Following},
      {.name = "news",
       .summary = "what those you follow have published, in the order in which it came here",
       .example = "hansa news --new",
       .options = {{.name = "--since", .value = "T", .help = "only what came since: a day, a time, 2h or 3d ago"},
                   {.name = "--new", .help = "only what was not listed with --new before"},
                   {.name = "--digest", .value = "day|week", .help = "of the last day or week, member by member"},
                   WithMutedOption()},
       .run = News},
      {.name = "watch",
       .summary = "print what those you follow publish, as it comes",
       .details = "A line each, until Ctrl-C. With --json one JSON object a line.",
       .example = "hansa watch --count 1",
       .options = {{.name = "--count", .value = "N", .help = "end after so many", .number = NumberRange{1, kCountMax}},
                   WithMutedOption()},
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
