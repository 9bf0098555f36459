// Finding: records by their words, cities in like circumstances, what can be learnt about a feature.
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "hansa/v1/node_search.pb.h"
#include "node/cli/command.h"
#include "node/cli/exit_code.h"
#include "node/cli/invocation.h"
#include "node/cli/muted_words.h"
#include "node/cli/search_json.h"
#include "node/cli/search_texts.h"
#include "node/domain/observation.h"
#include "replication/check.h"

namespace hansa::node::cli {
namespace {

v1::SearchRequest RequestOf(const Values& values) {
  v1::SearchRequest request;
  request.set_text(absl::StrJoin(values.Texts("TEXT"), " "));
  for (const std::string& kind : values.Texts("--kind")) request.add_kinds(kind);
  request.set_feature(values.Text("--feature"));
  request.set_action(values.Text("--action"));
  request.set_member(values.Text("--city"));
  request.set_country(values.Text("--country"));
  request.set_region(values.Text("--region"));
  request.set_language(values.Text("--lang"));
  request.set_year(values.Number("--year").value_or(0));
  request.set_area_kind(values.Text("--area"));
  request.set_population_min(values.Number("--population-min").value_or(0));
  request.set_population_max(values.Number("--population-max").value_or(0));
  request.set_limit(values.Number("--limit").value_or(0));
  request.set_with_muted(values.Has("--with-muted"));
  return request;
}

absl::StatusOr<v1::SearchReply> Found(Invocation& invocation, const v1::SearchRequest& request) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::SearchReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  const std::string unread = UnreadWarning(reply, invocation.words());
  if (!unread.empty()) invocation.Warn(unread);
  return reply;
}

Facets FacetsAsked(const Values& values) { return values.Has("--facets") ? Facets::kShown : Facets::kHidden; }

absl::StatusOr<int> Search(Invocation& invocation) {
  const absl::StatusOr<v1::SearchReply> reply = Found(invocation, RequestOf(invocation.values()));
  HANSA_RETURN_IF_ERROR(reply.status());
  invocation.Show(JsonOf(*reply), absl::StrCat(TextOf(*reply, FacetsAsked(invocation.values()), invocation.layout()),
                                               MutedLine(reply->muted(), invocation.words())));
  return kDone;
}

absl::StatusOr<int> SearchPractices(Invocation& invocation) {
  v1::SearchRequest request = RequestOf(invocation.values());
  request.add_kinds("practice");
  const absl::StatusOr<v1::SearchReply> reply = Found(invocation, request);
  HANSA_RETURN_IF_ERROR(reply.status());
  ShowList(invocation, JsonOfPractices(*reply), TextOf(*reply, FacetsAsked(invocation.values()), invocation.layout()),
           reply->muted());
  return kDone;
}

absl::StatusOr<int> Similar(Invocation& invocation) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::FindSimilarRequest request;
  request.set_member(invocation.values().Text("MEMBER"));
  request.set_with_muted(invocation.values().Has("--with-muted"));
  v1::FindSimilarReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  invocation.Show(JsonOf(reply),
                  absl::StrCat(TextOf(reply, invocation.layout()), MutedLine(reply.muted(), invocation.words())));
  return kDone;
}

absl::StatusOr<int> Learn(Invocation& invocation) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::LearnRequest request;
  request.set_part(invocation.values().Text("SUBJECT"));
  request.set_with_muted(invocation.values().Has("--with-muted"));
  v1::LearnReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  invocation.Show(JsonOf(reply),
                  absl::StrCat(TextOf(reply, invocation.layout()), MutedLine(reply.muted(), invocation.words())));
  return kDone;
}

// What narrows a search down.
std::vector<Option> Filters() {
  constexpr std::uint32_t kResidentsMax = 4'000'000'000;
  constexpr std::uint32_t kHitsMax = 100;
  return {{.name = "--feature", .value = "F", .help = "about this feature, such as 2.1.3"},
          {.name = "--action", .value = "BDx.y", .help = "about this action point, such as BD1.2"},
          {.name = "--city", .value = "MEMBER", .help = "of this member; its slug"},
          {.name = "--country", .value = "C", .help = "of this country; three letters, such as KOR"},
          {.name = "--region", .value = "R", .help = "of this region, such as 'Arab States'"},
          {.name = "--lang", .value = "L", .help = "in this language, such as ko; a practice also by a translation"},
          YearOption("about this year"),
          {.name = "--area",
           .value = "AREA",
           .help = "from this kind of place: city, district, town, rural, metropolitan-area, region, island, other"},
          {.name = "--population-min",
           .value = "N",
           .help = "of cities with so many residents and more, as they say themselves",
           .number = NumberRange{1, kResidentsMax}},
          {.name = "--population-max",
           .value = "N",
           .help = "of cities with so many residents at most, as they say themselves",
           .number = NumberRange{1, kResidentsMax}},
          {.name = "--limit",
           .value = "N",
           .help = "show so many at most; 20 if not given",
           .number = NumberRange{1, kHitsMax}},
          {.name = "--facets", .help = "also list what the records found are about"},
          WithMutedOption()};
}

}  // namespace

std::vector<Command> SearchCommands() {
  constexpr char kHow[] =
      "All words must be there, in any form and with or without accents; words in \"quotes\" stand together, and - "
      "before a word leaves out what has it. Those that fit the words best come first; without words the order is by "
      "title. Nothing is found more easily for its author, its date or its readers.";
  std::vector<Option> filters = Filters();
  std::vector<Option> all = filters;
  all.insert(all.begin(),
             {.name = "--kind",
              .value = "KIND",
              .help = "of this kind: practice, offer, strategy, guidance, opportunity, call, recognition, cluster, "
                      "topic, question; may be given several times",
              .repeated = true});
  return {
      {.name = "search",
       .summary = "find practices, offers, strategies, notices and questions by their words",
       .details = kHow,
       .example = "hansa search 'reading -prison' --kind practice --kind offer --country GBR",
       .arguments = {{"TEXT", "words in any language", Need::kOptional, true}},
       .options = all,
       .run = Search},
      {.name = "practices search",
       .summary = "find practices by their words, in any language they were written in or translated into",
       .details = kHow,
       .example = "hansa practices search '\"learning city\" festival' --feature 2.6.1",
       .arguments = {{"TEXT", "words in any language", Need::kRequired, true}},
       .options = filters,
       .run = SearchPractices},
      {.name = "similar",
       .summary = "cities in like circumstances, by name, with what they have in common",
       .details = "Compared are country, region, how many people live there (alike is at most twice as many), the kind "
                  "of place that practices come from, and the features that practices, strategies and targets are "
                  "about. Nothing is scored, and the order is by name alone.",
       .example = "hansa similar gb-swansea",
       .arguments = {{"MEMBER", "slug of a city; this node's own if none is given", Need::kOptional}},
       .options = {WithMutedOption()},
       .run = Similar},
      {.name = "learn",
       .summary = "what there is about a feature: practices, what cities did with their own figures beside, offers, "
                  "opportunities, guidance and dialogue",
       .details =
           "Figures stand beside what a city did; nothing says that one led to the other. Each has what it rests "
           "on, and '|' before it where that is not what the one before rests on. What is filed under "
           "the action point that belongs to a feature is shown too, and the other way round; about a part, an "
           "area or a commitment, all that belongs to it.",
       .example = "hansa learn 2.1.3",
       .arguments = {{"SUBJECT",
                      "a part, an area or a feature such as 2.1.3, or a commitment or an action point "
                      "such as BD1.2"}},
       .options = {WithMutedOption()},
       .run = Learn},
  };
}

}  // namespace hansa::node::cli
