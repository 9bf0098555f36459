// Dialogue: questions, answers, comments and marks, what was said to a record, and whom this node mutes.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "hansa/v1/node_dialogue.pb.h"
#include "node/cli/command.h"
#include "node/cli/dialogue_acts.h"
#include "node/cli/dialogue_json.h"
#include "node/cli/dialogue_texts.h"
#include "node/cli/exit_code.h"
#include "node/cli/invocation.h"
#include "node/cli/muted_words.h"
#include "node/cli/notice_acts.h"
#include "node/cli/publishing_acts.h"
#include "replication/check.h"

namespace hansa::node::cli {
namespace {

constexpr char kAll[] = "all";

// TEXT as it was typed, or standard input.
absl::StatusOr<std::string> TextFrom(Invocation& invocation, const std::string& typed) {
  constexpr char kStandardInput[] = "-";
  if (typed != kStandardInput) return typed;
  return invocation.Read(kStandardInput);
}

bool LooksLikeId(const std::string& word) {
  constexpr std::size_t kDigitsMin = 6, kDigitsMax = 32;
  return word.size() >= kDigitsMin && word.size() <= kDigitsMax && std::all_of(word.begin(), word.end(), [](char c) {
           return absl::ascii_isxdigit(static_cast<unsigned char>(c));
         });
}

// Of what stands without a name the last is the question: a question needs no record, but then it has to say whom it is
// put to, so that nobody asks everyone by a slip.
absl::Status TakeWords(const Values& values, std::string& about, std::string& text) {
  const bool has_to = values.Has("--to");
  if (values.Has("TEXT")) {
    about = values.Text("RECORD");
    text = values.Text("TEXT");
    return absl::OkStatus();
  }
  text = values.Text("RECORD");
  if (text.empty() || LooksLikeId(text))
    return absl::InvalidArgumentError(
        "`hansa ask` lacks the question; write it after the record, or '-' for standard input");
  if (has_to) return absl::OkStatus();
  return absl::InvalidArgumentError(
      "`hansa ask` needs a record that the question is about, or --to; --to all puts it to everyone");
}

absl::StatusOr<int> Ask(Invocation& invocation) {
  const Values& values = invocation.values();
  v1::AskRequest request;
  std::string about, typed;
  HANSA_RETURN_IF_ERROR(TakeWords(values, about, typed));
  absl::StatusOr<std::string> text = TextFrom(invocation, typed);
  HANSA_RETURN_IF_ERROR(text.status());
  request.set_about(about);
  if (values.Text("--to") != kAll) request.set_asked_of(values.Text("--to"));
  request.set_title(values.Text("--title"));
  request.set_text(*std::move(text));
  request.set_language(values.Text("--language"));
  for (const std::string& feature : values.Texts("--feature")) request.add_features(feature);
  for (const std::string& action : values.Texts("--action")) request.add_actions(action);
  request.set_revises(values.Text("--revises"));
  request.set_reason(values.Text("--reason"));
  return PublishedBy(invocation, request, Act::kPublished);
}

absl::StatusOr<int> Answer(Invocation& invocation) {
  const Values& values = invocation.values();
  absl::StatusOr<std::string> text = TextFrom(invocation, values.Text("TEXT"));
  HANSA_RETURN_IF_ERROR(text.status());
  v1::AnswerQuestionRequest request;
  request.set_question(values.Text("QUESTION"));
  request.set_text(*std::move(text));
  request.set_language(values.Text("--language"));
  for (const std::string& id : values.Texts("--see")) request.add_see_also(id);
  request.set_revises(values.Text("--revises"));
  request.set_reason(values.Text("--reason"));
  return PublishedBy(invocation, request, Act::kPublished);
}

absl::StatusOr<int> Say(Invocation& invocation, const std::string& typed, const std::string& mark) {
  const Values& values = invocation.values();
  absl::StatusOr<std::string> text = TextFrom(invocation, typed);
  HANSA_RETURN_IF_ERROR(text.status());
  v1::AddCommentRequest request;
  request.set_about(values.Text("RECORD"));
  request.set_text(*std::move(text));
  request.set_language(values.Text("--language"));
  request.set_mark(mark);
  for (const std::string& id : values.Texts("--see")) request.add_see_also(id);
  request.set_revises(values.Text("--revises"));
  request.set_reason(values.Text("--reason"));
  return PublishedBy(invocation, request, Act::kPublished);
}

absl::StatusOr<int> Comment(Invocation& invocation) { return Say(invocation, invocation.values().Text("TEXT"), ""); }
absl::StatusOr<int> Mark(Invocation& invocation) {
  return Say(invocation, invocation.values().Text("--text"), invocation.values().Text("MARK"));
}

absl::StatusOr<int> ListQuestions(Invocation& invocation) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  const Values& values = invocation.values();
  v1::ListQuestionsRequest request;
  request.set_about(values.Text("--about"));
  request.set_asked_of(values.Text("--to"));
  request.set_member(values.Text("--by"));
  request.set_feature(values.Text("--feature"));
  request.set_action(values.Text("--action"));
  request.set_open_only(values.Has("--open"));
  request.set_with_muted(values.Has("--with-muted"));
  v1::ListQuestionsReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  invocation.Show(JsonOf(reply), TextOf(reply, invocation.layout()));
  return kDone;
}

absl::StatusOr<int> ChangeMuted(Invocation& invocation, const google::protobuf::Message& request,
                                absl::string_view done, absl::string_view already) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::MuteReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  const std::string member = invocation.values().Text("MEMBER");
  const words::Words words = invocation.words();
  invocation.Report(JsonOfMute(member, reply), absl::StrCat(words(reply.already() ? already : done, member), "\n"));
  return kDone;
}

absl::StatusOr<int> Mute(Invocation& invocation) {
  v1::MuteRequest request;
  request.set_member(invocation.values().Text("MEMBER"));
  return ChangeMuted(invocation, request,
                     "this node leaves out what {0} says; it is stored and passed on as before, and nobody else sees a "
                     "difference",
                     "{0} is muted already; nothing has changed");
}

absl::StatusOr<int> Unmute(Invocation& invocation) {
  v1::UnmuteRequest request;
  request.set_member(invocation.values().Text("MEMBER"));
  return ChangeMuted(invocation, request, "this node shows what {0} says again",
                     "{0} is not muted; nothing has changed");
}

absl::StatusOr<int> ListMuted(Invocation& invocation) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::MuteReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(v1::ListMutedRequest(), reply));
  invocation.Show(JsonOf(reply), TextOf(reply, invocation.layout()));
  return kDone;
}

// What every word that is published can have.
std::vector<Option> WordOptions(Need language, std::vector<Option> options) {
  options.push_back({.name = "--language",
                     .value = "TAG",
                     .help = language == Need::kRequired
                                 ? "language of the text, such as ko"
                                 : "language of the text, such as ko; else that of the question",
                     .need = Need::kOptional});
  options.push_back({.name = "--revises", .value = "ID", .help = "your own record that this one replaces"});
  options.push_back({.name = "--reason", .value = "TEXT", .help = "why it is revised"});
  return options;
}
Option SeeOption() {
  return {.name = "--see", .value = "ID", .help = "a record that helps; may be given several times", .repeated = true};
}

std::vector<Option> QuestionOptions() {
  return WordOptions(Need::kRequired,
                     {{.name = "--to", .value = "MEMBER", .help = "whom it is put to: a slug, secretariat or all"},
                      {.name = "--title", .value = "TEXT", .help = "the question in one line"},
                      {.name = "--feature",
                       .value = "F",
                       .help = "a feature that it touches; may be given several times",
                       .repeated = true},
                      {.name = "--action",
                       .value = "BDx.y",
                       .help = "an action point that it touches; may be given several times",
                       .repeated = true}});
}

std::vector<Option> QuestionFilters() {
  return {{.name = "--about", .value = "ID", .help = "about this record"},
          {.name = "--to", .value = "MEMBER", .help = "put to this member; its slug, or secretariat"},
          {.name = "--by", .value = "MEMBER", .help = "asked by this member; its slug"},
          {.name = "--feature", .value = "F", .help = "about this feature, such as 2.1.3"},
          {.name = "--action", .value = "BDx.y", .help = "about this action point, such as BD1.2"},
          {.name = "--open", .help = "only those without an answer"},
          WithMutedOption()};
}

}  // namespace

absl::StatusOr<int> WithdrawWord(Invocation& invocation) {
  v1::WithdrawWordRequest request;
  request.set_id(invocation.values().Text("ID"));
  return PublishedBy(invocation, request, Act::kWithdrawn);
}

absl::StatusOr<int> ShowThread(Invocation& invocation) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::GetThreadRequest request;
  request.set_id(invocation.values().Text("ID"));
  request.set_with_muted(invocation.values().Has("--with-muted"));
  v1::GetThreadReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  invocation.Show(JsonOf(reply), TextOf(reply, invocation.layout()));
  return kDone;
}

std::vector<Command> DialogueCommands() {
  const Argument record{"RECORD", "a record of any kind, or its first 6 digits and more"};
  const Argument text{"TEXT", "what you say, Markdown; or '-'"};
  const Argument member{"MEMBER", "its slug"};
  return {
      {.name = "ask",
       .summary = "ask about a record, or ask a member, the secretariat or all: everyone in the network will see it",
       .details = "Without --to it is put to the author of the record, which has to be a member still. It counts as "
                  "answered once whom it was put to has "
                  "answered, of a question to all anybody, or once you mark it so. What you asked before you can "
                  "revise, or take back with `hansa dialogue withdraw`.",
       .example = "hansa ask 8d1366908b71 'How did you reach those who work at night?' --language en",
       .arguments = {{"RECORD", "what it is about: a record of any kind, or its first 6 digits and more",
                      Need::kOptional},
                     {"TEXT", "the question, Markdown; or '-'", Need::kOptional}},
       .options = QuestionOptions(),
       .run = Ask},
      {.name = "answer",
       .summary = "answer a question",
       .details = "Anybody may; `hansa questions --open` shows which have no answer from whom they were put to.",
       .example = "hansa answer 5fd8c16a9a30 'By bus, from two depots.' --see 8d1366908b71",
       .arguments = {{"QUESTION", "record of a question, or its first 6 digits and more"}, text},
       .options = WordOptions(Need::kOptional, {SeeOption()}),
       .run = Answer},
      {.name = "comment",
       .summary = "comment on a record of any kind, also on another comment",
       .example = "hansa comment 8d1366908b71 'We did the same in spring.' --language en",
       .arguments = {record, text},
       .options = WordOptions(Need::kRequired, {SeeOption()}),
       .run = Comment},
      {.name = "mark",
       .summary = "put a mark at a record, in your own name; the record stays as it is",
       .details = "A mark stands until you lift it: `hansa mark RECORD lifted` lifts all that you put there. Only who "
                  "asked a question marks it as answered.",
       .example = "hansa mark 8d1366908b71 outdated --text 'The law has changed.' --language en",
       .arguments = {record, {"MARK", "answered, outdated, disputed, off-topic, duplicate, against-rules or lifted"}},
       .options =
           WordOptions(Need::kRequired, {{.name = "--text", .value = "TEXT", .help = "why; or '-'"}, SeeOption()}),
       .run = Mark},
      {.name = "questions",
       .summary = "the questions held, the latest first",
       .example = "hansa questions --to secretariat --open",
       .options = QuestionFilters(),
       .run = ListQuestions},
      {.name = "thread",
       .summary = "what was asked and said about a record, and what was said to that",
       .details =
           "What was taken back keeps its place as long as something stands under it. Marks stand beside the word, "
           "with who put them.",
       .example = "hansa thread 8d1366908b71",
       .arguments = {{"ID", "a record of any kind, or its first 6 digits and more"}},
       .options = {WithMutedOption()},
       .run = ShowThread},
      {.name = "dialogue withdraw",
       .summary = "take back a question, an answer, a comment, a mark or a topic; its history stays readable",
       .example = "hansa dialogue withdraw 5fd8c16a9a30",
       .arguments = {{"ID", "your own record, or its first 6 digits and more"}},
       .run = WithdrawWord},
      {.name = "mute",
       .summary = "leave out on this node what a member says; nobody else learns of it",
       .details =
           "Its words are still stored and passed on, and how many are left out is said. --with-muted shows them.",
       .example = "hansa mute gb-bristol",
       .arguments = {member},
       .run = Mute},
      {.name = "unmute",
       .summary = "show again on this node what a member says",
       .example = "hansa unmute gb-bristol",
       .arguments = {member},
       .run = Unmute},
      {.name = "muted", .summary = "whom this node mutes", .example = "hansa muted", .run = ListMuted},
  };
}

}  // namespace hansa::node::cli
