// The dialogue at the desk: the secretariat, an authority and two cities ask, answer, comment, mark and mute.
#include "node/desk/dialogue_desk.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "hansa/v1/dialogue.pb.h"
#include "node/desk/news_words.h"
#include "node/desk/practice_desk.h"
#include "tests/testing/fake_node.h"

namespace hansa::testing {
namespace {

using absl::StatusCode;
using node::desk::AskWords;
using node::desk::CommentWords;
using node::desk::DialogueDesk;
using node::desk::PublishedEntry;
using node::desk::QuestionQuery;
using node::desk::ShownThread;
using node::desk::ShownWord;
using node::desk::ShownWords;
using node::desk::TopicQuery;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

constexpr char kPractice[] =
    R"({"title": "Reading bus", "language": "en", "problem": "P", "done": "D", "outcome": "O"})";

// Each word of a thread by depth, author, kind and text; what was taken back or left out says so.
std::vector<std::string> Lines(const ShownThread& thread) {
  std::vector<std::string> lines;
  for (const ShownWord& word : thread.words) {
    const std::string mark = node::domain::MarkName(word.facts.mark);
    lines.push_back(absl::StrCat(word.depth, " ", word.link.member, " ", word.link.kind, ": ", mark,
                                 mark.empty() || word.facts.text.empty() ? "" : " ", word.facts.text,
                                 word.is_lapsed ? "(lapsed)" : "", word.is_withdrawn ? "(taken back)" : "",
                                 word.fault.empty() ? "" : "(left out)"));
  }
  return lines;
}
std::vector<std::string> Titles(const ShownWords& words) {
  std::vector<std::string> titles;
  for (const ShownWord& word : words.words) titles.push_back(word.link.title);
  return titles;
}
std::vector<std::string> Marks(const ShownWord& word) {
  std::vector<std::string> marks;
  for (const node::desk::MarkPut& put : word.marks) marks.push_back(absl::StrCat(put.mark, " by ", put.member));
  return marks;
}

class DialogueDeskTest : public ::testing::Test {
 protected:
  struct Office {
    Office(const Network& network, Applicant who)
        : node(network, std::move(who)),
          dialogue(node, node::catalogue::CurrentCatalogue(), node.views()),
          practices(node, node::catalogue::CurrentCatalogue(), node.views()) {}
    FakeNode node;
    DialogueDesk dialogue;
    node::desk::PracticeDesk practices;
    std::size_t told = 0;  // units that the others have of it
  };

  DialogueDeskTest() {
    AdoptCurrentFramework(network_);
    LetWrite(network_, replication::MemberKind::kSecretariat, replication::kDialogue);
    network_.AdmitAuthority(germany_);
    network_.AdmitCity(CityNamed("de-bonn", "DEU"), germany_);
    network_.AdmitCity(CityNamed("de-aachen", "DEU"), germany_);
    for (Office* office : offices_) office->node.Refresh();
    practice_ = Must(bonn_.practices.Add({.name = "p.json", .content = kPractice})).id.hex();
    Meet();
  }

  void Meet() {
    for (Office* from : offices_) {
      for (; from->told < from->node.units().size(); ++from->told) {
        for (Office* to : offices_) {
          if (to != from) to->node.Receive(from->node.units()[from->told]);
        }
      }
    }
    for (Office* office : offices_) Must(office->node.AwaitViews());
  }

  PublishedEntry Asks(Office& office, AskWords words) {
    if (words.language.empty()) words.language = "en";
    PublishedEntry entry = Must(office.dialogue.Ask(words));
    Meet();
    return entry;
  }
  PublishedEntry Answers(Office& office, const PublishedEntry& question, const std::string& text) {
    PublishedEntry entry = Must(office.dialogue.Answer({.question = question.id.hex(), .text = text}));
    Meet();
    return entry;
  }
  PublishedEntry Says(Office& office, CommentWords words) {
    if (!words.text.empty()) words.language = "en";
    PublishedEntry entry = Must(office.dialogue.Comment(words));
    Meet();
    return entry;
  }
  void TakesBack(Office& office, const PublishedEntry& entry) {
    Must(office.dialogue.Withdraw(entry.id.hex()));
    Meet();
  }
  static absl::StatusOr<PublishedEntry> TryOpen(Office& office, const std::string& json,
                                                const std::string& revises = "") {
    return office.dialogue.OpenTopic({.file = {.name = "t.json", .content = json}, .revises = revises});
  }
  static ShownThread Thread(const Office& office, const std::string& id, bool with_muted = false) {
    return Must(office.dialogue.ThreadOf(id, with_muted));
  }
  static ShownWords Questions(const Office& office, const QuestionQuery& query = {}) {
    return Must(office.dialogue.ListQuestions(query));
  }
  // How the newest entry of `entry` is told as news.
  static std::string News(Office& office, const PublishedEntry& entry) {
    const auto record = Must(office.node.views().RecordById(entry.id.hex()));
    const auto words =
        node::desk::WordsOf(office.node.feeds(), office.node.views(), record, record.revisions.size() - 1);
    return absl::StrCat(words.kind, ": ", words.title, words.withdrawn ? " (taken back)" : "");
  }

  void Leaves(const Office& office) {
    EndMembership(network_, office.node.View().member, office.node.units());
    for (Office* each : offices_) each->node.Refresh();
  }

  Network network_ = Network::Founded();
  Applicant germany_ = AuthorityOf("DEU");
  Office hub_{network_, ApplicantNamed("int-uil", replication::MemberKind::kSecretariat, "INT")};
  Office authority_{network_, germany_};
  Office bonn_{network_, CityNamed("de-bonn", "DEU")};
  Office aachen_{network_, CityNamed("de-aachen", "DEU")};
  std::vector<Office*> offices_ = {&hub_, &authority_, &bonn_, &aachen_};
  std::string practice_;  // of Bonn
};

TEST_F(DialogueDeskTest, AQuestionAboutAPracticeIsOpenUntilItsAuthorAnswers) {
  const PublishedEntry question = Asks(aachen_, {.about = practice_.substr(0, 8), .text = "At night?\nReally?"});
  EXPECT_EQ(question.title, "At night?");
  EXPECT_TRUE(Asks(aachen_, {.about = practice_, .text = "At night?\nReally?"}).unchanged) << "signed once";
  for (const Office* office : offices_) {
    const ShownWords listed = Questions(*office, {.about = practice_});
    ASSERT_THAT(listed.words, SizeIs(1));
    EXPECT_EQ(listed.words[0].asked_of, "de-bonn");
    EXPECT_EQ(listed.words[0].about->title, "Reading bus");
    EXPECT_FALSE(listed.words[0].is_answered);
  }
  const PublishedEntry hint = Answers(authority_, question, "Ask the drivers.");
  EXPECT_THAT(Titles(Questions(hub_, {.open_only = true})), ElementsAre("At night?"));
  const PublishedEntry answer = Answers(bonn_, question, "Yes.");
  EXPECT_THAT(Titles(Questions(hub_, {.open_only = true})), IsEmpty());
  EXPECT_THAT(Questions(hub_).words[0].answered_by, UnorderedElementsAre("commission-deu", "de-bonn"));
  EXPECT_THAT(Lines(Thread(hub_, practice_)),
              ElementsAre("1 de-aachen question: At night?\nReally?", "2 commission-deu answer: Ask the drivers.",
                          "2 de-bonn answer: Yes."));
  EXPECT_EQ(News(hub_, question), "question: At night?");
  EXPECT_EQ(News(hub_, answer), "answer: answered At night?");
  TakesBack(bonn_, answer);
  EXPECT_THAT(Titles(Questions(hub_, {.open_only = true})), ElementsAre("At night?"));
}

TEST_F(DialogueDeskTest, NobodyAsksOneWhoHasLeftTheNetwork) {
  Leaves(bonn_);
  for (const char* to : {"", "de-bonn"}) {
    EXPECT_THAT(aachen_.dialogue.Ask({.about = practice_, .asked_of = to, .text = "At night?", .language = "en"}),
                StatusIs(StatusCode::kFailedPrecondition, "de-bonn is no longer a member of the network and cannot"))
        << to;
  }
  const PublishedEntry question =
      Asks(aachen_, {.about = practice_, .asked_of = node::desk::kTheSecretariat, .text = "At night?"});
  ASSERT_THAT(Questions(aachen_).words, SizeIs(1));
  EXPECT_EQ(Questions(aachen_).words[0].asked_of, node::desk::kTheSecretariat);
}

TEST_F(DialogueDeskTest, QuestionsAreFoundByWhomAboutWhatAndByWhom) {
  Asks(aachen_, {.asked_of = "secretariat", .text = "When?", .features = {"2.1.3", "1.1.1"}, .actions = {"bd1.2"}});
  Asks(aachen_, {.asked_of = "de-bonn", .text = "Who?"});
  Asks(bonn_, {.text = "Why?"});
  const auto asked = [this](const QuestionQuery& query) { return Titles(Questions(authority_, query)); };
  EXPECT_THAT(asked({}), UnorderedElementsAre("When?", "Who?", "Why?"));
  EXPECT_THAT(asked({.asked_of = "secretariat"}), ElementsAre("When?"));
  EXPECT_THAT(asked({.asked_of = "int-uil"}), ElementsAre("When?"));
  EXPECT_THAT(asked({.asked_of = "de-bonn"}), ElementsAre("Who?"));
  EXPECT_THAT(asked({.member = "de-bonn"}), ElementsAre("Why?"));
  EXPECT_THAT(asked({.feature = "1.1.1", .action = "BD1.2"}), ElementsAre("When?"));
  EXPECT_THAT(asked({.feature = "3.1.1"}), IsEmpty());
  EXPECT_THAT(Questions(authority_, {.feature = "1.1.1"}).words[0].facts.features, ElementsAre("1.1.1", "2.1.3"));
  EXPECT_THAT(authority_.dialogue.ListQuestions({.asked_of = "de-bon"}), StatusIs(StatusCode::kNotFound, "de-bonn"));
  EXPECT_THAT(authority_.dialogue.ListQuestions({.feature = "9.9.9"}), StatusIs(StatusCode::kNotFound));
  EXPECT_THAT(authority_.dialogue.ListQuestions({.about = "123456"}), StatusIs(StatusCode::kNotFound));
}

TEST_F(DialogueDeskTest, TheSecretariatAnswersOnceForAllToFind) {
  const PublishedEntry question = Asks(aachen_, {.asked_of = "secretariat", .text = "When?"});
  EXPECT_EQ(Questions(bonn_).words[0].asked_of, "secretariat");
  Answers(bonn_, question, "In May, I think.");
  EXPECT_FALSE(Questions(bonn_).words[0].is_answered);
  Answers(hub_, question, "In June.");
  EXPECT_TRUE(Must(hub_.dialogue.Answer({.question = question.id.hex(), .text = "In June."})).unchanged);
  for (const Office* office : offices_) EXPECT_TRUE(Questions(*office).words[0].is_answered);
}

TEST_F(DialogueDeskTest, WhoAskedMarksItAsAnsweredAndNobodyElse) {
  const PublishedEntry question = Asks(aachen_, {.about = practice_, .text = "At night?"});
  const std::string id = question.id.hex();
  EXPECT_THAT(bonn_.dialogue.Comment({.about = id, .mark = "answered"}),
              StatusIs(StatusCode::kFailedPrecondition, "only who asked"));
  EXPECT_THAT(bonn_.dialogue.Comment({.about = practice_, .mark = "answered"}),
              StatusIs(StatusCode::kFailedPrecondition, "only who asked"));
  Says(aachen_, {.about = id, .mark = "answered"});
  EXPECT_THAT(Titles(Questions(bonn_, {.open_only = true})), IsEmpty());
  Says(aachen_, {.about = id, .mark = "lifted"});
  EXPECT_THAT(Titles(Questions(bonn_, {.open_only = true})), ElementsAre("At night?"));
}

TEST_F(DialogueDeskTest, AMarkStandsInItsAuthorsNameUntilThatLiftsIt) {
  const PublishedEntry mark = Says(aachen_, {.about = practice_, .text = "The law changed.", .mark = "outdated"});
  EXPECT_THAT(Marks(Thread(hub_, practice_).root), ElementsAre("outdated by de-aachen"));
  EXPECT_THAT(Lines(Thread(hub_, practice_)), ElementsAre("1 de-aachen comment: outdated The law changed."));
  EXPECT_EQ(News(hub_, mark), "comment: marked as outdated: Reading bus");
  EXPECT_TRUE(Says(aachen_, {.about = practice_, .text = "The law changed.", .mark = "outdated"}).unchanged);
  const PublishedEntry again = Says(aachen_, {.about = practice_, .text = "In 2024.", .mark = "outdated"});
  EXPECT_EQ(again.id, mark.id) << "one mark of a sort, revised";
  EXPECT_EQ(again.revision, 2u);
  EXPECT_THAT(bonn_.dialogue.Comment({.about = practice_, .mark = "lifted"}),
              StatusIs(StatusCode::kFailedPrecondition, "nothing to lift"));
  Says(aachen_, {.about = practice_, .mark = "lifted"});
  EXPECT_THAT(Marks(Thread(hub_, practice_).root), IsEmpty());
  EXPECT_THAT(Lines(Thread(hub_, practice_)),
              UnorderedElementsAre("1 de-aachen comment: outdated In 2024.(lapsed)", "1 de-aachen comment: lifted"))
      << "nothing disappears in silence";
  EXPECT_TRUE(Says(aachen_, {.about = practice_, .mark = "lifted"}).unchanged);
  EXPECT_FALSE(Says(aachen_, {.about = practice_, .text = "In 2024.", .mark = "outdated"}).unchanged)
      << "what was lifted is put anew";
  EXPECT_THAT(Marks(Thread(hub_, practice_).root), ElementsAre("outdated by de-aachen"));
  EXPECT_THAT(aachen_.dialogue.Comment({.about = practice_, .mark = "liked"}),
              StatusIs(StatusCode::kInvalidArgument, "off-topic"));
}

TEST_F(DialogueDeskTest, WhatWasTakenBackKeepsItsPlaceForWhatStandsUnderIt) {
  const PublishedEntry question = Asks(aachen_, {.about = practice_, .text = "At night?"});
  const PublishedEntry answer = Answers(bonn_, question, "Yes.");
  const PublishedEntry comment = Says(authority_, {.about = answer.id.hex(), .text = "Well done."});
  TakesBack(bonn_, answer);
  EXPECT_THAT(Lines(Thread(hub_, question.id.hex())),
              ElementsAre("1 de-bonn answer: (taken back)", "2 commission-deu comment: Well done."));
  EXPECT_EQ(News(hub_, answer), "answer: answered At night? (taken back)");
  EXPECT_THAT(hub_.dialogue.Answer({.question = answer.id.hex(), .text = "T"}),
              StatusIs(StatusCode::kNotFound, "is an answer, not a question"));
  EXPECT_THAT(hub_.dialogue.Comment({.about = answer.id.hex(), .text = "T", .language = "en"}),
              StatusIs(StatusCode::kFailedPrecondition, "was taken back"));
  TakesBack(authority_, comment);
  EXPECT_THAT(Thread(hub_, question.id.hex()).words, IsEmpty());
  EXPECT_TRUE(Must(bonn_.dialogue.Withdraw(answer.id.hex())).unchanged);
  EXPECT_THAT(aachen_.dialogue.Withdraw(comment.id.hex()),
              StatusIs(StatusCode::kFailedPrecondition, "only its author"));
  EXPECT_THAT(bonn_.dialogue.Withdraw(practice_), StatusIs(StatusCode::kNotFound, "not a word of the dialogue"));
}

TEST_F(DialogueDeskTest, AWordIsRevisedByItsAuthorAndPointsAtThePresentRevision) {
  const PublishedEntry question = Asks(aachen_, {.about = practice_, .text = "At night?"});
  Must(bonn_.practices.Revise(
      {.id = practice_,
       .file = {.name = "p.json", .content = R"({"title": "Reading buses", "language": "en", "problem": "P",
                                                       "done": "D", "outcome": "O"})"},
       .reason = ""}));
  Meet();
  const PublishedEntry revised =
      Asks(aachen_, {.about = practice_, .text = "By night?", .revises = question.id.hex(), .reason = "clearer"});
  EXPECT_EQ(revised.id, question.id);
  EXPECT_EQ(revised.revision, 2u);
  const auto record = Must(aachen_.node.views().RecordById(question.id.hex()));
  v1::Question said;
  ASSERT_TRUE(
      said.ParseFromString(aachen_.node.feeds()
                               .ReadEntries(record.revisions[1].position.feed, record.revisions[1].position.seq, 1)
                               ->front()
                               .entry.payload->payload));
  EXPECT_EQ(said.revision_reason(), "clearer");
  EXPECT_EQ(said.about().entry_hash(), Must(aachen_.node.views().RecordById(practice_)).revisions[1].entry_hash.str());
  EXPECT_THAT(Titles(Questions(bonn_)), ElementsAre("By night?"));
  EXPECT_THAT(aachen_.dialogue.Ask({.text = "T", .language = "en", .revises = question.id.hex(), .reason = "a\nb"}),
              StatusIs(StatusCode::kInvalidArgument, "revision_reason"));
  EXPECT_THAT(bonn_.dialogue.Ask({.text = "T", .language = "en", .revises = question.id.hex()}),
              StatusIs(StatusCode::kFailedPrecondition, "only its author"));
  EXPECT_THAT(
      aachen_.dialogue.Comment({.about = practice_, .text = "T", .language = "en", .revises = question.id.hex()}),
      StatusIs(StatusCode::kNotFound, "of the kind comment"));
}

TEST_F(DialogueDeskTest, WhatIsNotFitIsRefusedAndSignsNothing) {
  const std::size_t before = aachen_.node.units().size();
  const auto asking = [this](const AskWords& words) { return aachen_.dialogue.Ask(words); };
  EXPECT_THAT(asking({.text = "T"}), StatusIs(StatusCode::kInvalidArgument, "language of the text is not given"));
  EXPECT_THAT(asking({.text = "T", .language = "english!"}), StatusIs(StatusCode::kInvalidArgument, "language"));
  EXPECT_THAT(asking({.language = "en"}), StatusIs(StatusCode::kInvalidArgument, "text: it is not given"));
  EXPECT_THAT(asking({.text = std::string(4001, 'x'), .language = "en"}),
              StatusIs(StatusCode::kInvalidArgument, "the most is 4000"));
  EXPECT_THAT(asking({.asked_of = "de-aachen", .text = "T", .language = "en"}),
              StatusIs(StatusCode::kFailedPrecondition, "own member"));
  EXPECT_THAT(asking({.asked_of = "de-bon", .text = "T", .language = "en"}),
              StatusIs(StatusCode::kNotFound, "de-bonn"));
  EXPECT_THAT(asking({.text = "T", .language = "en", .features = {"9.9.9"}}), StatusIs(StatusCode::kNotFound, "9.9.9"));
  EXPECT_THAT(aachen_.dialogue.Comment({.about = practice_}),
              StatusIs(StatusCode::kInvalidArgument, "nothing is said"));
  EXPECT_THAT(aachen_.dialogue.Comment({.about = "12", .text = "T", .language = "en"}),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_EQ(aachen_.node.units().size(), before);
}

TEST_F(DialogueDeskTest, TopicsAreOpenedFromFilesRevisedListedAndTakenBack) {
  const std::string json = absl::StrCat(R"({"title": "Evenings", "language": "en", "features": ["2.1.3"], "about": ")",
                                        practice_, R"(", "text": "Who opens schools?"})");
  const PublishedEntry topic = Must(TryOpen(authority_, json));
  EXPECT_TRUE(Must(TryOpen(authority_, json)).unchanged);
  Must(TryOpen(hub_, R"({"title": "Data", "language": "en"})"));
  Meet();
  const auto listed = [this](const TopicQuery& query) { return Titles(Must(bonn_.dialogue.ListTopics(query))); };
  EXPECT_THAT(listed({}), ElementsAre("Evenings", "Data")) << "by name of the member";
  EXPECT_THAT(listed({.feature = "2.1.3"}), ElementsAre("Evenings"));
  EXPECT_THAT(listed({.member = "int-uil"}), ElementsAre("Data"));
  EXPECT_EQ(Thread(bonn_, topic.id.hex()).root.about->title, "Reading bus");
  Says(bonn_, {.about = topic.id.hex(), .text = "We do."});
  EXPECT_THAT(Lines(Thread(hub_, practice_)),
              ElementsAre("1 commission-deu topic: Who opens schools?", "2 de-bonn comment: We do."));
  EXPECT_EQ(Must(TryOpen(authority_, R"({"title": "Nights", "language": "en"})", topic.id.hex())).revision, 2u);
  Meet();
  EXPECT_THAT(listed({}), ElementsAre("Nights", "Data"));
  TakesBack(authority_, topic);
  EXPECT_THAT(listed({}), ElementsAre("Data"));
  EXPECT_THAT(TryOpen(hub_, R"({"title": "T", "language": "en", "about": "123456"})"), StatusIs(StatusCode::kNotFound));
}

TEST_F(DialogueDeskTest, MutingIsOfThisNodeAloneAndIsCounted) {
  const PublishedEntry question = Asks(aachen_, {.about = practice_, .text = "At night?"});
  Answers(bonn_, question, "Yes.");
  Says(aachen_, {.about = practice_, .mark = "disputed"});
  Must(TryOpen(aachen_, R"({"title": "Evenings", "language": "en"})"));
  Meet();
  const std::size_t published = hub_.node.units().size();
  EXPECT_FALSE(Must(hub_.dialogue.Mute("de-aachen")).already);
  EXPECT_TRUE(Must(hub_.dialogue.Mute("de-aachen")).already);
  EXPECT_THAT(Must(hub_.dialogue.Muted()).muted, ElementsAre("de-aachen"));
  const DialogueDesk restarted(hub_.node, node::catalogue::CurrentCatalogue(), hub_.node.views());
  EXPECT_THAT(Must(restarted.Muted()).muted, ElementsAre("de-aachen"));
  EXPECT_THAT(Questions(hub_).words, IsEmpty());
  EXPECT_EQ(Questions(hub_).muted, 1u);
  EXPECT_EQ(Must(hub_.dialogue.ListTopics({})).muted, 1u);
  const ShownThread thread = Thread(hub_, practice_);
  EXPECT_THAT(Lines(thread), ElementsAre("1 de-aachen question: (left out)", "2 de-bonn answer: Yes."));
  EXPECT_EQ(thread.muted, 2u);
  EXPECT_THAT(Marks(thread.root), IsEmpty());
  EXPECT_THAT(Titles(Questions(hub_, {.with_muted = true})), ElementsAre("At night?"));
  EXPECT_THAT(Lines(Thread(hub_, practice_, true)), SizeIs(3));
  EXPECT_THAT(Lines(Thread(bonn_, practice_)), SizeIs(3)) << "another node";
  EXPECT_EQ(hub_.node.units().size(), published) << "nothing is published by it";
  EXPECT_THAT(Must(hub_.dialogue.Unmute("de-aachen")).muted, IsEmpty());
  EXPECT_EQ(Thread(hub_, practice_).muted, 0u);
  EXPECT_TRUE(Must(hub_.dialogue.Unmute("de-aachen")).already);
  EXPECT_THAT(hub_.dialogue.Mute("int-uil"), StatusIs(StatusCode::kFailedPrecondition));
  EXPECT_THAT(hub_.dialogue.Mute("nobody"), StatusIs(StatusCode::kNotFound));
}

TEST_F(DialogueDeskTest, AListOfMutedMembersThatCannotBeReadIsAnError) {
  const storage::Write damage{storage::Table::kSettings, "muted", "abc"};
  Must(hub_.node.tables().Apply({&damage, 1}, storage::Durability::kSynced));
  EXPECT_THAT(hub_.dialogue.ListQuestions({}), StatusIs(StatusCode::kDataLoss, "muted"));
}

}  // namespace
}  // namespace hansa::testing
