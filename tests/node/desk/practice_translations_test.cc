// Practices at the desk that build on others, and practices in other languages: as two cities see them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "hansa/v1/practices.pb.h"
#include "node/desk/erasure_desk.h"
#include "node/desk/practice_desk.h"
#include "node/projection/entry_reading.h"
#include "tests/testing/fake_node.h"

namespace hansa::testing {
namespace {

using absl::StatusCode;
using node::desk::BuiltOnView;
using node::desk::ListedPractice;
namespace projection = node::projection;
using node::desk::PracticeDesk;
using node::desk::PracticeQuery;
using node::desk::PublishedEntry;
using node::desk::ShownPractice;
using node::desk::TranslationView;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kPractice[] =
    R"("language": "en", "summary": "Everybody reads.", "problem": "Few read.", "outcome": "Many read.", "tags": ["books"])";

// Bonn and Espoo, each with a desk. Nothing reaches the other before Meet.
class PracticeTranslationsTest : public ::testing::Test {
 protected:
  struct Office {
    Office(const Network& network, Applicant who) : applicant(who), node(network, std::move(who)) {}
    Applicant applicant;
    FakeNode node;
    PracticeDesk desk{node, node::catalogue::CurrentCatalogue(), node.views()};
    std::size_t told = 0;
  };

  PracticeTranslationsTest() {
    AdoptCurrentFramework(network_);
    network_.AdmitAuthority(germany_);
    network_.AdmitAuthority(finland_);
    network_.AdmitCity(bonn_.applicant, germany_);
    network_.AdmitCity(espoo_.applicant, finland_);
    bonn_.node.Refresh();
    espoo_.node.Refresh();
  }

  void Tell(Office& from, Office& to) {
    for (; from.told < from.node.units().size(); ++from.told) to.node.Receive(from.node.units()[from.told]);
    Must(to.node.AwaitViews());
  }
  void Meet() {
    Tell(bonn_, espoo_);
    Tell(espoo_, bonn_);
  }
  static absl::StatusOr<PublishedEntry> TryAdd(Office& office, const std::string& title, const std::string& more = "") {
    const std::string text = absl::StrCat("{\"title\": \"", title, "\", ", kPractice, more, "}");
    return office.desk.Add({.name = "practice.json", .content = text});
  }
  std::string Add(Office& office, const std::string& title, const std::string& more = "") {
    const std::string id = Must(TryAdd(office, title, more)).id.hex();
    Meet();
    return id;
  }
  static std::string On(const std::string& id, const std::string& more = "") {
    return absl::StrCat(R"(, "built_on": [{"practice": ")", id, R"(", "changed": "Indoors.", "outcome": "Warmer."})",
                        more, "]");
  }
  static absl::StatusOr<PublishedEntry> TryTranslate(Office& office, const std::string& id, const std::string& texts,
                                                     const std::string& reason = "") {
    const std::string text = absl::StrCat("{", texts, "}");
    return office.desk.Translate({.id = id, .file = {.name = "t.json", .content = text}, .reason = reason});
  }
  std::string Translate(Office& office, const std::string& id, const std::string& texts,
                        const std::string& reason = "") {
    const std::string translation = Must(TryTranslate(office, id, texts, reason)).id.hex();
    Meet();
    return translation;
  }
  void Erase(const std::string& id) {
    for (Office* office : {&bonn_, &espoo_}) {
      const auto record = Must(office->node.views().RecordById(id));
      for (const auto& revision : record.revisions) {
        Must(const_cast<storage::MemoryFeedStore&>(office->node.feeds())
                 .ErasePayloads(revision.position.feed, {&revision.position.seq, 1}));
      }
      Must(office->node.Reindex());
    }
  }

  // "fi-espoo: Sauna talks r1", or what is said instead of the title.
  static std::vector<std::string> Lines(const std::vector<BuiltOnView>& links) {
    std::vector<std::string> lines;
    for (const BuiltOnView& link : links) {
      lines.push_back(absl::StrCat(link.practice.member, ": ", link.fault.empty() ? link.practice.title : link.fault,
                                   " r", link.practice.revision));
    }
    return lines;
  }
  // "ko by fi-espoo"
  static std::vector<std::string> Lines(const std::vector<TranslationView>& translations) {
    std::vector<std::string> lines;
    for (const TranslationView& each : translations) {
      lines.push_back(absl::StrCat(each.language, " by ", each.translation.member, each.method.empty() ? "" : ", ",
                                   each.method, each.is_of_earlier_revision ? ", of an earlier revision" : ""));
    }
    return lines;
  }
  static ShownPractice Show(const Office& office, const std::string& id, const std::string& language = "") {
    return Must(office.desk.Show(id, 0, language));
  }
  std::vector<std::string> Listed(const PracticeQuery& query) const {
    std::vector<std::string> lines;
    for (const ListedPractice& each : Must(bonn_.desk.List(query)).practices) {
      lines.push_back(absl::StrCat(each.title, " ", each.translated_language, " ", each.translated_title));
    }
    return lines;
  }

  Network network_ = Network::Founded();
  Applicant germany_ = AuthorityOf("DEU"), finland_ = AuthorityOf("FIN");
  Office bonn_{network_, CityNamed("de-bonn", "DEU")};
  Office espoo_{network_, CityNamed("fi-espoo", "FIN")};
};

TEST_F(PracticeTranslationsTest, WhatBuildsOnAnotherIsShownAtBoth) {
  const std::string original = Add(bonn_, "Reading aloud");
  const std::string built = Add(espoo_, "Reading in the sauna", On(original.substr(0, 8)));
  for (const Office* office : {&bonn_, &espoo_}) {
    const ShownPractice at_built = Show(*office, built);
    EXPECT_THAT(Lines(at_built.builds_on), ElementsAre("de-bonn: Reading aloud r1"));
    EXPECT_EQ(at_built.builds_on[0].changed, "Indoors.");
    EXPECT_EQ(at_built.builds_on[0].outcome, "Warmer.");
    EXPECT_THAT(Lines(at_built.built_upon_by), IsEmpty());
    const ShownPractice at_original = Show(*office, original);
    EXPECT_THAT(Lines(at_original.built_upon_by), ElementsAre("fi-espoo: Reading in the sauna r1"));
    EXPECT_THAT(at_original.builds_on, IsEmpty());
  }
}

TEST_F(PracticeTranslationsTest, TheRevisionThatWasReadStaysNamedAndMakesNoSecondPractice) {
  const std::string original = Add(bonn_, "Reading aloud");
  const std::string built = Add(espoo_, "Reading in the sauna", On(original));
  const std::string again = absl::StrCat("{\"title\": \"Reading louder\", ", kPractice, "}");
  Must(bonn_.desk.Revise({.id = original, .file = {.name = "r.json", .content = again}, .reason = ""}));
  Meet();
  EXPECT_THAT(Lines(Show(bonn_, built).builds_on), ElementsAre("de-bonn: Reading louder r1"));
  EXPECT_TRUE(Must(TryAdd(espoo_, "Reading in the sauna", On(original))).unchanged);
}

TEST_F(PracticeTranslationsTest, WhatCannotBeBuiltUponIsRefused) {
  const std::string own = Add(bonn_, "Reading aloud"), others = Add(espoo_, "Sauna talks");
  EXPECT_THAT(TryAdd(bonn_, "More", On(own)),
              StatusIs(StatusCode::kFailedPrecondition, "is this member's own; name a practice of another"));
  EXPECT_THAT(TryAdd(bonn_, "More", On("0123456789")), StatusIs(StatusCode::kNotFound, "built_on 1"));
  EXPECT_THAT(TryAdd(bonn_, "More", On("books")), StatusIs(StatusCode::kInvalidArgument, "6 to 32 hex digits"));
  EXPECT_THAT(TryAdd(bonn_, "More", On(others, absl::StrCat(R"(, {"practice": ")", others, "\"}"))),
              StatusIs(StatusCode::kInvalidArgument, "stands there twice"));
  EXPECT_THAT(TryAdd(bonn_, "More", R"(, "built_on": ["0123456789"])"),
              StatusIs(StatusCode::kInvalidArgument, "it names no practice"));
  Must(espoo_.desk.Withdraw(others, ""));
  Meet();
  EXPECT_THAT(TryAdd(bonn_, "More", On(others)), StatusIs(StatusCode::kFailedPrecondition, "was taken back"));
  EXPECT_THAT(bonn_.node.units(), SizeIs(1));
}

TEST_F(PracticeTranslationsTest, WhatBuildsOnAPracticeThatWasTakenBackCanStillBeRevised) {
  const std::string original = Add(bonn_, "Reading aloud"), another = Add(bonn_, "Singing");
  const std::string built = Add(espoo_, "Reading in the sauna", On(original));
  Must(bonn_.desk.Withdraw(original, ""));
  Must(bonn_.desk.Withdraw(another, ""));
  Meet();
  const auto revise = [&](const std::string& title, const std::string& more) {
    const std::string text = absl::StrCat("{\"title\": \"", title, "\", ", kPractice, more, "}");
    return espoo_.desk.Revise({.id = built, .file = {.name = "r.json", .content = text}, .reason = ""});
  };
  EXPECT_TRUE(Must(revise("Reading in the sauna", On(original))).unchanged);
  EXPECT_EQ(Must(revise("Reading by the sauna", On(original))).revision, 2u);
  EXPECT_THAT(Lines(Show(espoo_, built).builds_on), ElementsAre("de-bonn: it was taken back by its author r1"));
  EXPECT_THAT(revise("Singing in the sauna", On(another)),
              StatusIs(StatusCode::kFailedPrecondition, "was taken back; leave it out"));
}

TEST_F(PracticeTranslationsTest, WhyAPracticeHasNoTitleIsSaid) {
  const std::string taken_back = Add(bonn_, "Reading aloud"), erased = Add(bonn_, "Singing");
  const std::string built = Add(espoo_, "Sauna", On(taken_back, absl::StrCat(R"(, {"practice": ")", erased, "\"}")));
  Must(bonn_.desk.Withdraw(taken_back, ""));
  Meet();
  Erase(erased);
  EXPECT_THAT(Lines(Show(espoo_, built).builds_on),
              ElementsAre("de-bonn: it was taken back by its author r1",
                          "de-bonn: its text is gone: it was erased, or has not arrived r1"));
  // Somebody who holds nothing of Bonn.
  Office cork(network_, CityNamed("ie-cork", "IRL"));
  for (const auto& unit : espoo_.node.units()) cork.node.Receive(unit);
  Must(cork.node.AwaitViews());
  EXPECT_THAT(Lines(Show(cork, built).builds_on),
              ElementsAre("de-bonn: it is not held on this node r0", "de-bonn: it is not held on this node r0"));
  // The other way round: who was built upon sees nothing of what is gone.
  Must(espoo_.desk.Withdraw(built, ""));
  Meet();
  EXPECT_THAT(Lines(Show(bonn_, taken_back).built_upon_by), IsEmpty());
}

TEST_F(PracticeTranslationsTest, ATranslationStandsOverTheOriginalAndSaysWhatItLeavesOut) {
  const std::string id = Add(bonn_, "Reading aloud");
  const std::string translation = Translate(
      espoo_, id, R"("language": "fi", "title": "Lukeminen", "problem": "Harva lukee.", "method": "machine-checked")");
  for (const Office* office : {&bonn_, &espoo_}) {
    const ShownPractice original = Show(*office, id);
    EXPECT_EQ(original.content->title(), "Reading aloud");
    EXPECT_FALSE(original.shown_in);
    EXPECT_THAT(Lines(original.translations), ElementsAre("fi by fi-espoo, machine-checked"));
    for (const ShownPractice& shown : {Show(*office, id, "fi"), Show(*office, translation)}) {
      ASSERT_NE(shown.content, nullptr);
      EXPECT_EQ(shown.practice.id.hex(), id);
      EXPECT_EQ(shown.content->title(), "Lukeminen");
      EXPECT_EQ(shown.content->problem(), "Harva lukee.");
      EXPECT_EQ(shown.content->outcome(), "Many read.");
      EXPECT_EQ(shown.content->language(), "fi");
      EXPECT_THAT(shown.remarks, ElementsAre("not translated, so shown in en: In short; What came of it"));
      ASSERT_TRUE(shown.shown_in);
      EXPECT_EQ(shown.shown_in->translation.key.id.hex(), translation);
    }
  }
  EXPECT_EQ(Show(bonn_, id, "en").content->title(), "Reading aloud");
  EXPECT_THAT(bonn_.desk.Show(id, 0, "ko"),
              StatusIs(StatusCode::kNotFound, "nothing of it is held in 'ko'; there are: en, fi"));
  EXPECT_THAT(bonn_.desk.Show(id, 0, "in Korean"), StatusIs(StatusCode::kInvalidArgument, "is not a language"));
}

TEST_F(PracticeTranslationsTest, ASecondOneInTheSameLanguageIsARevision) {
  const std::string id = Add(bonn_, "Reading aloud");
  const std::string first = Translate(espoo_, id, R"("language": "fi", "title": "Lukeminen")");
  EXPECT_TRUE(Must(TryTranslate(espoo_, id, R"("language": "fi", "title": "Lukeminen")")).unchanged);
  const PublishedEntry second = Must(TryTranslate(espoo_, id, R"("language": "fi", "title": "Luku")", "a better word"));
  EXPECT_EQ(second.id.hex(), first);
  EXPECT_EQ(second.revision, 2u);
  EXPECT_NE(Translate(espoo_, id, R"("language": "sv", "title": "Att")"), first) << "another language";
  EXPECT_NE(Translate(bonn_, id, R"("language": "fi", "title": "Luku")"), first) << "another member";
  EXPECT_THAT(Lines(Show(bonn_, id).translations), ElementsAre("fi by de-bonn", "fi by fi-espoo", "sv by fi-espoo"));
  const ShownPractice shown = Must(bonn_.desk.Show(first, 1));
  EXPECT_EQ(shown.content->title(), "Lukeminen") << "the past of a translation stays readable";
  ASSERT_THAT(shown.revisions, SizeIs(2));
  EXPECT_EQ(shown.revisions[1].reason, "a better word");
}

TEST_F(PracticeTranslationsTest, ALaterRevisionOfTheOriginalIsTold) {
  const std::string id = Add(bonn_, "Reading aloud");
  Translate(espoo_, id, R"("language": "fi", "title": "Lukeminen")");
  const std::string again = absl::StrCat("{\"title\": \"Reading louder\", ", kPractice, "}");
  Must(bonn_.desk.Revise({.id = id, .file = {.name = "r.json", .content = again}, .reason = ""}));
  Meet();
  EXPECT_THAT(Lines(Show(bonn_, id).translations), ElementsAre("fi by fi-espoo, of an earlier revision"));
  EXPECT_THAT(Show(bonn_, id, "fi").remarks, Contains("the original has been revised since it was translated"));
  // The same said of the present revision is a word of its own.
  EXPECT_EQ(Must(TryTranslate(espoo_, id, R"("language": "fi", "title": "Lukeminen")")).revision, 2u);
  Meet();
  EXPECT_THAT(Lines(Show(bonn_, id).translations), ElementsAre("fi by fi-espoo"));
}

TEST_F(PracticeTranslationsTest, OfWhichRevisionItIsCanBeSaid) {
  const std::string id = Add(bonn_, "Reading aloud");
  const auto translate = [&](Office& office, std::uint64_t of_revision) {
    const std::string text = R"({"language": "fi", "title": "Lukeminen"})";
    return office.desk.Translate(
        {.id = id, .file = {.name = "t.json", .content = text}, .reason = "", .of_revision = of_revision});
  };
  const std::string again = absl::StrCat("{\"title\": \"Reading louder\", ", kPractice, "}");
  Must(bonn_.desk.Revise({.id = id, .file = {.name = "r.json", .content = again}, .reason = ""}));
  Meet();
  EXPECT_THAT(translate(espoo_, 1),
              StatusIs(StatusCode::kFailedPrecondition, "translating a practice: " + id + " was revised since"));
  EXPECT_THAT(translate(espoo_, 3), StatusIs(StatusCode::kFailedPrecondition, "has no revision 3"));
  EXPECT_THAT(espoo_.node.units(), IsEmpty());
  const std::string made = Must(translate(espoo_, 2)).id.hex();
  Meet();
  EXPECT_THAT(Lines(Show(bonn_, id).translations), ElementsAre("fi by fi-espoo")) << "of the present revision";
  const auto record = Must(bonn_.node.views().RecordById(made));
  v1::PracticeTranslation said;
  ASSERT_TRUE(
      said.ParseFromString(Must(projection::ReadPayload(bonn_.node.feeds(), record.revisions.back().position))));
  EXPECT_EQ(said.original().entry_hash(), Must(bonn_.node.views().RecordById(id)).revisions.back().entry_hash.str());
  // Its author's own, of which a revision waits.
  const replication::RecordId waits = Must(bonn_.node.views().RecordById(id)).key.id;
  bonn_.node.look = [&](node::NodeView& view) { view.outbox.records = {waits}; };
  EXPECT_THAT(translate(bonn_, 2), StatusIs(StatusCode::kFailedPrecondition, "waits to be signed"));
}

TEST_F(PracticeTranslationsTest, WhatCannotBeTranslatedIsRefused) {
  const std::string id = Add(bonn_, "Reading aloud");
  EXPECT_THAT(TryTranslate(espoo_, id, R"("language": "en", "title": "T")"),
              StatusIs(StatusCode::kInvalidArgument, "t.json: language: the original is in en itself"));
  EXPECT_THAT(TryTranslate(espoo_, id, R"("language": "fi")"),
              StatusIs(StatusCode::kInvalidArgument, "it translates nothing"));
  EXPECT_THAT(TryTranslate(espoo_, id, R"("language": "fi", "title": "T", "features": ["2.1.3"])"),
              StatusIs(StatusCode::kInvalidArgument, "there is no such field"));
  EXPECT_THAT(TryTranslate(espoo_, "0123456789", R"("language": "fi", "title": "T")"), StatusIs(StatusCode::kNotFound));
  Office authority(network_, finland_);
  EXPECT_THAT(TryTranslate(authority, id, R"("language": "fi", "title": "T")"),
              StatusIs(StatusCode::kFailedPrecondition, "does not let members of kind authority write practices"));
  const std::string translation = Translate(espoo_, id, R"("language": "fi", "title": "T")");
  EXPECT_THAT(TryTranslate(bonn_, translation, R"("language": "sv", "title": "T")"),
              StatusIs(StatusCode::kNotFound, "is a translation of a practice, not a practice"));
  Must(bonn_.desk.Withdraw(id, ""));
  Meet();
  EXPECT_THAT(TryTranslate(espoo_, id, R"("language": "sv", "title": "T")"),
              StatusIs(StatusCode::kFailedPrecondition, "it was taken back by its author"));
}

TEST_F(PracticeTranslationsTest, ListsFindPracticesByTheirTranslationsAndSaySo) {
  const std::string id = Add(bonn_, "Reading aloud");
  Translate(espoo_, id, R"("language": "ko-KR", "title": "소리 내어 읽기")");
  const std::string untitled = Add(bonn_, "Singing");
  Translate(espoo_, untitled, R"("language": "ko", "summary": "노래")");
  EXPECT_THAT(Listed({.language = "ko"}), ElementsAre("Reading aloud ko-KR 소리 내어 읽기", "Singing ko "));
  EXPECT_THAT(Listed({.language = "ko-KR"}), ElementsAre("Reading aloud ko-KR 소리 내어 읽기"));
  EXPECT_THAT(Listed({.language = "en"}), ElementsAre("Reading aloud  ", "Singing  "));
  EXPECT_THAT(Listed({}), SizeIs(2)) << "a translation is no practice of its own";
}

TEST_F(PracticeTranslationsTest, WhatIsTakenBackIsNotShownAndCanBeGivenAnew) {
  const std::string id = Add(bonn_, "Reading aloud");
  const std::string translation = Translate(espoo_, id, R"("language": "fi", "title": "Lukeminen")");
  EXPECT_THAT(bonn_.desk.Withdraw(translation, ""), StatusIs(StatusCode::kFailedPrecondition, "is of fi-espoo"));
  EXPECT_EQ(Must(espoo_.desk.Withdraw(translation.substr(0, 10), "a mistake")).title, "Lukeminen");
  EXPECT_TRUE(Must(espoo_.desk.Withdraw(translation, "")).unchanged);
  Meet();
  EXPECT_THAT(Show(bonn_, id).translations, IsEmpty());
  EXPECT_THAT(Listed({.language = "fi"}), IsEmpty());
  EXPECT_THAT(bonn_.desk.Show(id, 0, "fi"), StatusIs(StatusCode::kNotFound));
  const ShownPractice gone = Show(bonn_, translation);
  EXPECT_TRUE(gone.withdrawn);
  EXPECT_EQ(gone.content, nullptr);
  EXPECT_NE(Translate(espoo_, id, R"("language": "fi", "title": "Lukeminen")"), translation);
}

TEST_F(PracticeTranslationsTest, AnOriginalThatWasTakenBackIsNotReadByItsTranslations) {
  const std::string id = Add(bonn_, "Reading aloud");
  Translate(espoo_, id, R"("language": "fi", "title": "Lukeminen")");
  Must(bonn_.desk.Withdraw(id, ""));
  Meet();
  const ShownPractice shown = Show(espoo_, id, "fi");
  EXPECT_EQ(shown.content, nullptr);
  EXPECT_THAT(shown.remarks, Contains(HasSubstr("taken back by its author")));
  EXPECT_THAT(Listed({.language = "fi"}), IsEmpty());
}

TEST_F(PracticeTranslationsTest, WhatWasErasedSaysByWhoseOrderAndWhy) {
  const std::string erased = Add(bonn_, "Reading aloud"), gone = Add(bonn_, "Singing");
  const std::string built = Add(espoo_, "Sauna", On(erased, absl::StrCat(R"(, {"practice": ")", gone, "\"}")));
  node::desk::ErasureDesk desk(bonn_.node, bonn_.node.views());
  Must(desk.Order({.id = erased, .reason = replication::ErasureReason::kMistake}));
  Meet();
  Erase(erased);
  Erase(gone);
  const ShownPractice shown = Must(espoo_.desk.Show(erased, 0));
  ASSERT_TRUE(shown.erased.has_value());
  EXPECT_EQ(shown.erased->member, "de-bonn");
  EXPECT_EQ(shown.erased->reason, replication::ErasureReason::kMistake);
  EXPECT_EQ(shown.content, nullptr);
  EXPECT_THAT(shown.fault, HasSubstr(absl::StrCat("erased by order of ", shown.erased->name, " (de-bonn) on ")));
  EXPECT_THAT(shown.fault, HasSubstr(": it was published by mistake"));
  EXPECT_THAT(Lines(Must(espoo_.desk.Show(built, 0)).builds_on),
              ElementsAre(HasSubstr("erased by order of"), HasSubstr("it was erased, or has not arrived")));
  // That it is not here is no proof that somebody ordered it.
  const ShownPractice other = Must(espoo_.desk.Show(gone, 0));
  EXPECT_FALSE(other.erased.has_value());
  EXPECT_THAT(other.fault, HasSubstr("is not held"));
}

TEST_F(PracticeTranslationsTest, OfAnErasedOriginalTheTranslationAloneIsLeftAndSaysSo) {
  const std::string id = Add(bonn_, "Reading aloud");
  const std::string translation = Translate(espoo_, id, R"("language": "fi", "title": "Lukeminen")");
  Erase(id);
  for (const ShownPractice& shown : {Show(espoo_, id, "fi"), Show(espoo_, translation)}) {
    ASSERT_NE(shown.content, nullptr);
    EXPECT_EQ(shown.content->title(), "Lukeminen");
    EXPECT_EQ(shown.content->outcome(), "") << "nothing of the original";
    EXPECT_EQ(shown.content->subjects().tags_size(), 0);
    EXPECT_THAT(shown.remarks, ElementsAre(HasSubstr("the original is gone")));
  }
  const ShownPractice original = Show(espoo_, id);
  EXPECT_EQ(original.content, nullptr);
  EXPECT_EQ(original.practice.title, "");
  EXPECT_THAT(Lines(original.translations), ElementsAre("fi by fi-espoo"));
  EXPECT_THAT(TryTranslate(espoo_, id, R"("language": "sv", "title": "T")"),
              StatusIs(StatusCode::kFailedPrecondition, "its text is not held here"));
}

TEST_F(PracticeTranslationsTest, WhatBuiltOnItOnceAndDoesNoMoreIsNotShownWithIt) {
  const std::string id = Add(bonn_, "Sauna talks");
  const std::string later = Add(espoo_, "More talks", On(id));
  const projection::RecordKey key = Must(bonn_.node.views().RecordById(id)).key;
  EXPECT_THAT(Must(bonn_.node.views().PointingAt(key)), SizeIs(1));
  EXPECT_THAT(Must(bonn_.desk.Show(id, 0)).built_upon_by, SizeIs(1));
  const std::string alone = absl::StrCat("{\"title\": \"More talks\", ", kPractice, "}");
  Must(espoo_.desk.Revise({.id = later, .file = {.name = "p.json", .content = alone}, .reason = ""}).status());
  Meet();
  EXPECT_THAT(Must(bonn_.node.views().PointingAt(key)), SizeIs(1)) << "one revision did";
  EXPECT_THAT(Must(bonn_.desk.Show(id, 0)).built_upon_by, IsEmpty());
  EXPECT_EQ(Must(bonn_.node.views().CompareWithFeeds(bonn_.node.roster())).differing(), 0u);
}

}  // namespace
}  // namespace hansa::testing
