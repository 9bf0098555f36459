// Best practices: from files into the network, and what others have published.
#include <string>

#include "absl/strings/str_cat.h"
#include "hansa/v1/node.pb.h"
#include "node/cli/command.h"
#include "node/cli/exit_code.h"
#include "node/cli/file_commands.h"
#include "node/cli/file_texts.h"
#include "node/cli/invocation.h"
#include "node/cli/muted_words.h"
#include "node/cli/peer_learning_json.h"
#include "node/cli/peer_learning_texts.h"
#include "node/cli/practice_json.h"
#include "node/cli/practice_texts.h"
#include "node/cli/publishing_acts.h"
#include "node/cli/record_page.h"
#include "replication/check.h"

namespace hansa::node::cli {
namespace {

absl::StatusOr<int> Add(Invocation& invocation) {
  const std::string file = invocation.values().Text("FILE");
  absl::StatusOr<std::string> content = invocation.Read(file);
  HANSA_RETURN_IF_ERROR(content.status());
  v1::AddPracticeRequest request;
  request.set_file(NameOf(file));
  request.set_content(*std::move(content));
  return PublishedBy(invocation, request, Act::kPublished);
}

absl::StatusOr<int> Revise(Invocation& invocation) {
  const std::string file = invocation.values().Text("FILE");
  absl::StatusOr<std::string> content = invocation.Read(file);
  HANSA_RETURN_IF_ERROR(content.status());
  v1::RevisePracticeRequest request;
  request.set_id(invocation.values().Text("ID"));
  request.set_file(NameOf(file));
  request.set_content(*std::move(content));
  request.set_reason(invocation.values().Text("--reason"));
  return PublishedBy(invocation, request, Act::kPublished);
}

absl::StatusOr<int> Translate(Invocation& invocation) {
  const std::string file = invocation.values().Text("FILE");
  absl::StatusOr<std::string> content = invocation.Read(file);
  HANSA_RETURN_IF_ERROR(content.status());
  v1::TranslatePracticeRequest request;
  request.set_id(invocation.values().Text("ID"));
  request.set_file(NameOf(file));
  request.set_content(*std::move(content));
  request.set_reason(invocation.values().Text("--reason"));
  return PublishedBy(invocation, request, Act::kPublished);
}

absl::StatusOr<int> Withdraw(Invocation& invocation) {
  v1::WithdrawPracticeRequest request;
  request.set_id(invocation.values().Text("ID"));
  request.set_reason(invocation.values().Text("--reason"));
  return PublishedBy(invocation, request, Act::kWithdrawn);
}

absl::StatusOr<int> List(Invocation& invocation) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::ListPracticesRequest request;
  request.set_feature(invocation.values().Text("--feature"));
  request.set_action(invocation.values().Text("--action"));
  request.set_member(invocation.values().Text("--city"));
  request.set_country(invocation.values().Text("--country"));
  request.set_language(invocation.values().Text("--lang"));
  request.set_with_muted(invocation.values().Has("--with-muted"));
  v1::ListPracticesReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  ShowList(invocation, JsonOf(reply), TextOf(reply, invocation.layout()), reply.muted());
  return kDone;
}

// Where to read what was asked and said about the record, and how much of it is left out; nothing where nothing was.
std::string SeeThread(const Invocation& invocation, NodeClient& node, const std::string& id) {
  v1::GetThreadRequest request;
  request.set_id(id);
  request.set_with_muted(invocation.values().Has("--with-muted"));
  v1::GetThreadReply reply;
  const bool is_spoken_of = node.Ask(request, reply).ok() && (!reply.root().words().empty() || reply.muted() > 0);
  if (!is_spoken_of) return "";
  const words::Words words = invocation.words();
  const std::string see =
      reply.root().words().empty()
          ? ""
          : absl::StrCat(words("`hansa thread {0}` shows what was asked and said about it", ShortId(id)), "\n");
  return absl::StrCat("\n", see, MutedLine(reply.muted(), words));
}

absl::StatusOr<int> Show(Invocation& invocation) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::GetPracticeRequest request;
  request.set_id(invocation.values().Text("ID"));
  request.set_revision(invocation.values().Number("--revision").value_or(0));
  request.set_language(invocation.values().Text("--lang"));
  v1::GetPracticeReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  ShownRecord shown{reply.practice().id(), request.revision(), JsonOf(reply), TextOf(reply, invocation.layout())};
  if (!invocation.json()) shown.below = SeeThread(invocation, *node, reply.practice().id());
  HANSA_RETURN_IF_ERROR(ShowWithFiles(invocation, *node, shown));
  return kDone;
}

}  // namespace

std::vector<Command> PracticeCommands() {
  constexpr std::uint32_t kRevisionsMax = 1'000'000;
  const Argument id{"ID", "record of a practice, or its first 6 digits and more"};
  const Argument file{"FILE", "a JSON object, or Markdown with a TOML head; or '-'"};
  return {
      {.name = "practices add",
       .summary = "publish a best practice: everyone in the network will see it",
       .details =
           "The file is a JSON object, or Markdown with a head between lines of +++ and the sections Problem, What "
           "was done, What came of it. You can revise what you published; earlier versions stay readable. Adding "
           "the same file twice changes nothing.",
       .example = "hansa practices add festival.md",
       .arguments = {file},
       .run = Add},
      {.name = "practices list",
       .summary = "the practices held, by city and title",
       .details = "After the command, --lang asks for practices in a language; before it, it is the language of the "
                  "answer.",
       .example = "hansa practices list --feature 2.1.3 --country GBR",
       .options = {{.name = "--feature", .value = "F", .help = "filed under this feature, such as 2.1.3"},
                   {.name = "--action", .value = "BDx.y", .help = "filed under this action point, such as BD1.2"},
                   {.name = "--city", .value = "MEMBER", .help = "of this member; its slug"},
                   {.name = "--country", .value = "C", .help = "of this country; three letters, such as KOR"},
                   {.name = "--lang", .value = "L", .help = "in this language, such as ko, or translated into it"},
                   WithMutedOption()},
       .run = List},
      {.name = "practices show",
       .summary = "one practice, as its city wrote it",
       .details = "With what it builds on, who built on it, and its translations; the id of a translation shows the "
                  "practice by that one. After the command, --lang is the language to read it in; before it, it is the "
                  "language of the answer. With --verbose also its revisions.",
       .example = "hansa practices show 8d1366908b71",
       .arguments = {{"ID", "record of a practice or a translation, or its first 6 digits and more"}},
       .options = {{.name = "--revision",
                    .value = "N",
                    .help = "an earlier revision, from 1",
                    .number = NumberRange{1, kRevisionsMax}},
                   {.name = "--lang", .value = "L", .help = "read it in this language, such as ko"},
                   WithMutedOption()},
       .run = Show},
      {.name = "practices revise",
       .summary = "publish a practice anew; earlier versions stay readable",
       .example = "hansa practices revise 8d1366908b71 festival.md --reason 'figures of 2025'",
       .arguments = {id, file},
       .options = {{.name = "--reason", .value = "TEXT", .help = "why it is revised"}},
       .run = Revise},
      AttachCommand(),
      DetachCommand(),
      FileCommand(),
      {.name = "practices translate",
       .summary = "publish a practice, your own or another's, in another language",
       .details = "The file is as for a practice, with its language, method and what is translated; `hansa help files` "
                  "shows one. What is left out is shown from the original. A second one in the same language is a "
                  "revision.",
       .example = "hansa practices translate 8d1366908b71 festival.ko.md",
       .arguments = {id, file},
       .options = {{.name = "--reason", .value = "TEXT", .help = "why it is revised"}},
       .run = Translate},
      {.name = "practices withdraw",
       .summary = "take back a practice or a translation; its history stays readable",
       .example = "hansa practices withdraw 8d1366908b71 --reason 'the programme has ended'",
       .arguments = {{"ID", "record of a practice or a translation, or its first 6 digits and more"}},
       .options = {{.name = "--reason", .value = "TEXT", .help = "why it is taken back"}},
       .run = Withdraw},
  };
}

}  // namespace hansa::node::cli
