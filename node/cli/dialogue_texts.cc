#include "node/cli/dialogue_texts.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "hansa/v1/node_dialogue.pb.h"
#include "node/cli/muted_words.h"
#include "node/cli/record_page.h"
#include "node/cli/text_width.h"

namespace hansa::node::cli {
namespace {

using words::Words;

std::string OrDash(const std::string& text) { return text.empty() ? "-" : text; }

std::string Joined(const google::protobuf::RepeatedPtrField<std::string>& items) { return absl::StrJoin(items, ", "); }

// A slug, the secretariat, or all.
std::string Addressee(const std::string& asked_of, const Words& words) {
  if (asked_of.empty()) return words("all");
  return asked_of == "secretariat" ? words("secretariat") : asked_of;
}

// Each mark that stands, with who put it; empty if none does.
template <typename Record>
std::string MarkLine(const Record& record, const Words& words) {
  if (record.marks_put().empty()) return "";
  std::vector<std::string> marks;
  for (const v1::MarkPut& put : record.marks_put()) {
    marks.push_back(absl::StrCat(words(put.mark()), " (", put.member(), ")"));
  }
  return words("marked: {0}", absl::StrJoin(marks, ", "));
}

// 'practice: Reading bus (8d1366908b71)'.
std::string LinkWords(const v1::RecordLink& link, const Words& words) {
  const std::string kind = link.kind().empty() ? words("record") : words(link.kind());
  return absl::StrCat(kind, ": ",
                      link.title().empty() ? "" : absl::StrCat(words.Translated(Printable(link.title())), " "), "(",
                      ShortId(link.id()), ")");
}

// What stands before a word: who wrote what, when.
std::string Heading(const v1::SpokenWord& word, const Layout& layout) {
  const Words& words = layout.words;
  std::vector<std::string> facts = {OrDash(word.link().member())};
  facts.push_back(word.link().kind().empty() ? words("record") : words(word.link().kind()));
  if (word.published_ms() != 0) facts.push_back(ClockTime(word.published_ms()));
  if (word.link().kind() == "question" && word.text().size() > 0) {
    facts.push_back(words("put to {0}", Addressee(word.asked_of(), words)));
  }
  if (!word.state().empty()) facts.push_back(words(word.state()));
  if (word.revision() > 1) facts.push_back(words("revision {0}", word.revision()));
  facts.push_back(words("record {0}", layout.verbose ? word.link().id() : ShortId(word.link().id())));
  return absl::StrJoin(facts, ", ");
}

void AddWord(const v1::SpokenWord& word, RecordPage& page) {
  const Words& words = page.layout().words;
  page.Line(Heading(word, page.layout()));
  if (!word.on_behalf_of().empty()) page.Fact("On behalf of", word.on_behalf_of());
  if (word.has_about()) page.Line(words("about {0}", LinkWords(word.about(), words)));
  if (!word.features().empty()) page.Fact("Features", Joined(word.features()));
  if (!word.actions().empty()) page.Fact("Action points", Joined(word.actions()));
  page.Line(MarkLine(word, words));
  if (word.withdrawn()) page.Line(words("(taken back)"));
  if (!word.fault().empty()) page.Line(words.Translated(word.fault()));
  if (word.mark() == "lifted") {
    page.Line(words("lifts the mark that it put before"));
  } else if (!word.mark().empty()) {
    page.Line(word.lapsed() ? words("marked it: {0}; this mark does not stand", words(word.mark()))
                            : words("marks it: {0}", words(word.mark())));
  }
  page.Markdown(word.text());
  for (const v1::RecordLink& link : word.see_also()) page.Line(words("see also {0}", LinkWords(link, words)));
  if (word.files() > 0) {
    page.Line(words("files attached: {0}; hansa files list {1} names them", word.files(), ShortId(word.link().id())));
  }
}

// `text` further to the right; empty lines stay empty.
std::string Indented(const std::string& text, std::size_t margin) {
  std::string out;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    if (!line.empty()) absl::StrAppend(&out, std::string(margin, ' '), line);
    absl::StrAppend(&out, "\n");
  }
  out.pop_back();
  return out;
}

// Each word stands further to the right than what it was said to, as far as there is room.
void AddWords(const google::protobuf::RepeatedPtrField<v1::SpokenWord>& spoken, std::size_t depth, const Layout& layout,
              std::string& text) {
  constexpr std::size_t kStep = 2, kDeepest = 8;
  constexpr int kNarrowest = 30;
  const std::size_t margin = kStep * std::min(depth, kDeepest);
  Layout narrower = layout;
  if (layout.columns != 0) narrower.columns = std::max(layout.columns - static_cast<int>(margin), kNarrowest);
  for (const v1::SpokenWord& word : spoken) {
    RecordPage page(narrower);
    if (word.link().kind() == "question" || word.link().kind() == "topic") page.Title(word.link().title());
    AddWord(word, page);
    absl::StrAppend(&text, "\n", Indented(page.text(), margin));
    AddWords(word.words(), depth + 1, layout, text);
  }
}

}  // namespace

std::string TextOf(const v1::ListTopicsReply& topics, const Layout& layout) {
  const Words& words = layout.words;
  Table table({{words("id")}, {words("member")}, {words("title")}, {words("language")}, {words("features")}});
  for (const v1::TopicSummary& topic : topics.topics()) {
    table.Add({ShortId(topic.id()), topic.member(), Printable(topic.title()), topic.language(),
               OrDash(Joined(topic.features()))});
    table.Under(MarkLine(topic, words));
  }
  const std::string text = table.empty() ? absl::StrCat(words("no topic here is like that"), "\n") : table.Text(layout);
  return absl::StrCat(text, MutedLine(topics.muted(), words));
}

std::string TextOf(const v1::ListQuestionsReply& questions, const Layout& layout) {
  const Words& words = layout.words;
  Table table({{words("id")},
               {words("asked on")},
               {words("member")},
               {words("put to")},
               {words("state")},
               {words("question")},
               {words("answered by")}});
  for (const v1::QuestionSummary& question : questions.questions()) {
    table.Add({ShortId(question.id()), ClockTime(question.published_ms()).substr(0, 10), question.member(),
               Addressee(question.asked_of(), words), words(question.state()), OrDash(Printable(question.title())),
               OrDash(Joined(question.answered_by()))});
    if (question.has_about()) table.Under(words("about {0}", LinkWords(question.about(), words)));
    table.Under(MarkLine(question, words));
  }
  const std::string text =
      table.empty() ? absl::StrCat(words("no question here is like that"), "\n") : table.Text(layout);
  return absl::StrCat(text, MutedLine(questions.muted(), words));
}

std::string TextOf(const v1::GetThreadReply& thread, const Layout& layout) {
  RecordPage page(layout);
  const v1::SpokenWord& root = thread.root();
  const bool is_headless = root.link().kind() == "answer" || root.link().kind() == "comment";
  if (!is_headless) page.Title(layout.words.Translated(root.link().title()));
  AddWord(root, page);
  std::string text = page.text();
  if (root.words().empty()) absl::StrAppend(&text, "\n", layout.words("nothing has been said to it"), "\n");
  AddWords(root.words(), 1, layout, text);
  if (thread.muted() > 0) absl::StrAppend(&text, "\n", MutedLine(thread.muted(), layout.words));
  return text;
}

std::string TextOf(const v1::MuteReply& muted, const Layout& layout) {
  if (muted.muted().empty()) return absl::StrCat(layout.words("this node mutes nobody"), "\n");
  return absl::StrCat(absl::StrJoin(muted.muted(), "\n"), "\n");
}

}  // namespace hansa::node::cli
