// Notices and clusters at the desk: the secretariat and an authority publish, cities see, join, leave, say they took
// part.
#include "node/desk/notice_desk.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "hansa/v1/dialogue.pb.h"
#include "node/desk/news_words.h"
#include "node/desk/offer_desk.h"
#include "node/desk/taken_part_desk.h"
#include "tests/testing/fake_node.h"

namespace hansa::testing {
namespace {

using absl::StatusCode;
using node::desk::LinkedRecord;
using node::desk::ListedNotice;
using node::desk::NoticeQuery;
using node::desk::PublishedEntry;
using node::desk::SaidOfItself;
using node::desk::ShownNotice;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kCourse[] = R"({"title": "Course", "language": "en", "kind": "course", "features": ["2.1.3"],
  "deadline": "2025-06-30 17:00 Asia/Seoul", "audience": {"countries": ["FIN"]}})";

std::string Json(const std::string& title, const std::string& more = "", const std::string& language = "en") {
  return absl::StrCat(R"({"title": ")", title, R"(", "language": ")", language, "\"", more, "}");
}

std::string Titles(const std::vector<LinkedRecord>& links) {
  return absl::StrJoin(links, ", ", [](std::string* out, const LinkedRecord& link) {
    absl::StrAppend(out, link.kind, " ", link.title);
  });
}
std::vector<std::string> Members(const std::vector<SaidOfItself>& said) {
  std::vector<std::string> members;
  for (const SaidOfItself& each : said) members.push_back(each.member);
  return members;
}

// The hub, an authority and two cities; what each publishes arrives everywhere.
class NoticeDeskTest : public ::testing::Test {
 protected:
  struct Office {
    Office(const Network& network, Applicant who, const absl::Time& now)
        : node(network, who),
          notices(node, node::catalogue::CurrentCatalogue(), node.views(), [&now] { return now; }),
          taken_part(node, node::catalogue::CurrentCatalogue(), node.views()),
          offers(node, node::catalogue::CurrentCatalogue(), node.views(), [] { return std::string("2025-06-01"); }) {}
    FakeNode node;
    node::desk::NoticeDesk notices;
    node::desk::TakenPartDesk taken_part;
    node::desk::OfferDesk offers;
    std::size_t told = 0;  // units that the others have of it
  };

  NoticeDeskTest() {
    AdoptCurrentFramework(network_);
    LetWrite(network_, replication::MemberKind::kAuthority, replication::kNotices);
    LetWrite(network_, replication::MemberKind::kSecretariat, replication::kDialogue);
    network_.AdmitAuthority(germany_);
    network_.AdmitAuthority(finland_);
    network_.AdmitCity(CityNamed("de-bonn", "DEU"), germany_);
    network_.AdmitCity(CityNamed("fi-espoo", "FIN"), finland_);
    for (Office* office : offices_) office->node.Refresh();
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

  static absl::StatusOr<PublishedEntry> TryAdd(Office& office, const std::string& kind, const std::string& text) {
    return office.notices.Add(kind, {.name = "n.json", .content = text});
  }
  PublishedEntry Add(Office& office, const std::string& kind, const std::string& text) {
    PublishedEntry entry = Must(TryAdd(office, kind, text));
    Meet();
    return entry;
  }
  PublishedEntry Join(Office& office, const std::string& cluster, const std::string& note = "") {
    PublishedEntry entry = Must(office.taken_part.Join({.cluster = cluster, .note = note, .language = "en"}));
    Meet();
    return entry;
  }
  static std::vector<std::string> Listed(const Office& office, const NoticeQuery& query = {}) {
    std::vector<std::string> titles;
    for (const ListedNotice& notice : Must(office.notices.List(query))) titles.push_back(notice.facts.title);
    return titles;
  }
  static ShownNotice Shown(const Office& office, const std::string& id) { return Must(office.notices.Show(id, 0)); }
  // How the newest entry of `entry` is told as news.
  static std::string News(Office& office, const PublishedEntry& entry) {
    const auto record = Must(office.node.views().RecordById(entry.id.hex()));
    const auto words =
        node::desk::WordsOf(office.node.feeds(), office.node.views(), record, record.revisions.size() - 1);
    return absl::StrCat(words.kind, ": ", words.title, words.withdrawn ? " (taken back)" : "");
  }

  absl::Time now_ = absl::FromCivil(absl::CivilDay(2025, 6, 1), absl::UTCTimeZone());
  Network network_ = Network::Founded();
  Applicant germany_ = AuthorityOf("DEU");
  Applicant finland_ = AuthorityOf("FIN");
  Office hub_{network_, ApplicantNamed("int-uil", replication::MemberKind::kSecretariat, "INT"), now_};
  Office authority_{network_, finland_, now_};
  Office bonn_{network_, CityNamed("de-bonn", "DEU"), now_};
  Office espoo_{network_, CityNamed("fi-espoo", "FIN"), now_};
  std::vector<Office*> offices_ = {&hub_, &authority_, &bonn_, &espoo_};
};

TEST_F(NoticeDeskTest, WhatIsAddedIsSignedOnceAndListedEverywhere) {
  const PublishedEntry entry = Add(hub_, "opportunity", kCourse);
  EXPECT_EQ(entry.collection, replication::kNotices);
  EXPECT_EQ(entry.title, "Course");
  const PublishedEntry again = Add(hub_, "opportunity", kCourse);
  EXPECT_TRUE(again.unchanged);
  EXPECT_EQ(again.id, entry.id);
  const std::vector<ListedNotice> listed = Must(espoo_.notices.List({}));
  ASSERT_THAT(listed, SizeIs(1));
  EXPECT_EQ(listed[0].member, "int-uil");
  EXPECT_EQ(listed[0].facts.sort, "course");
  EXPECT_EQ(listed[0].audience, "FIN");
  EXPECT_EQ(News(bonn_, entry), "opportunity: Course");
}

TEST_F(NoticeDeskTest, ItIsForUsByOurCountryAndOpenUntilItsDeadline) {
  Add(hub_, "opportunity", kCourse);
  Add(hub_, "guidance", Json("For all"));
  Add(authority_, "call", Json("For Espoo", R"(, "due": "2025-06-10", "audience": {"members": ["fi-espoo"]})"));
  EXPECT_THAT(Listed(espoo_, {.for_us = true}), ElementsAre("For all", "Course", "For Espoo"));
  EXPECT_THAT(Listed(bonn_, {.for_us = true}), ElementsAre("For all"));
  EXPECT_THAT(Listed(bonn_), SizeIs(3)) << "everyone may read what is for others";
  now_ = absl::FromCivil(absl::CivilHour(2025, 6, 11, 12), absl::UTCTimeZone());
  EXPECT_THAT(Listed(espoo_, {.open_only = true}), ElementsAre("For all", "Course"));
  now_ = absl::FromCivil(absl::CivilHour(2025, 6, 30, 8), absl::UTCTimeZone());
  EXPECT_THAT(Listed(espoo_, {.open_only = true}), ElementsAre("For all"));
  EXPECT_THAT(Listed(espoo_), SizeIs(3));
}

TEST_F(NoticeDeskTest, ACallThatNobodyCanAnswerIsRefusedUnlessItStoodLikeThatAlready) {
  constexpr char kPast[] = R"(, "due": "2025-05-20")";
  EXPECT_THAT(TryAdd(hub_, "call", Json("Late", kPast)),
              StatusIs(StatusCode::kFailedPrecondition, "its deadline was 2025-05-20"));
  const PublishedEntry old = Add(hub_, "opportunity", Json("Of the past", R"(, "deadline": "2025-05-20")"));
  ASSERT_THAT(old.warnings, SizeIs(1));
  EXPECT_THAT(old.warnings[0], ::testing::HasSubstr("unless it tells of the past"));
  const PublishedEntry call = Add(hub_, "call", Json("Figures", R"(, "due": "2025-06-20")"));
  now_ += absl::Hours(30 * 24);
  const auto revise = [&](const std::string& more) {
    const std::string text = Json("Figures again", more);
    return hub_.notices.Revise({.id = call.id.hex(), .file = {.name = "n.json", .content = text}, .reason = ""});
  };
  EXPECT_THAT(Must(revise(R"(, "due": "2025-06-20")")).warnings, IsEmpty());
  EXPECT_THAT(revise(R"(, "due": "2025-06-19")"), StatusIs(StatusCode::kFailedPrecondition, "give a later one"));
  EXPECT_EQ(Must(revise(R"(, "due": "2025-08-20")")).revision, 3u);
}

TEST_F(NoticeDeskTest, ListsWhatIsAskedFor) {
  Add(hub_, "opportunity", kCourse);
  Add(authority_, "guidance", Json("Opas", R"(, "action_points": ["BD1.2"])", "fi"));
  EXPECT_THAT(Listed(bonn_, {.kind = "guidance"}), ElementsAre("Opas"));
  EXPECT_THAT(Listed(bonn_, {.feature = "2.1.3"}), ElementsAre("Course"));
  EXPECT_THAT(Listed(bonn_, {.action = "bd1.2"}), ElementsAre("Opas"));
  EXPECT_THAT(Listed(bonn_, {.member = "int-uil"}), ElementsAre("Course"));
  EXPECT_THAT(Listed(bonn_, {.language = "fi"}), ElementsAre("Opas"));
  EXPECT_THAT(bonn_.notices.List({.kind = "news"}), StatusIs(StatusCode::kInvalidArgument, "write one of: guidance"));
  EXPECT_THAT(bonn_.notices.List({.member = "int-ui"}), StatusIs(StatusCode::kNotFound, "did you mean int-uil?"));
}

TEST_F(NoticeDeskTest, ACityIsToldWhoMayPublish) {
  EXPECT_THAT(TryAdd(bonn_, "guidance", Json("T")),
              StatusIs(StatusCode::kFailedPrecondition,
                       "members of kind city may not publish notices in this network; these may: "));
  EXPECT_THAT(TryAdd(bonn_, "guidance", Json("T")), StatusIs(StatusCode::kFailedPrecondition, "secretariat"));
  EXPECT_THAT(bonn_.node.units(), IsEmpty());
}

TEST_F(NoticeDeskTest, WhatWasRevisedSinceItWasReadIsNotWrittenOver) {
  const std::string id = Add(hub_, "guidance", Json("Old")).id.hex();
  const auto revise = [&](const std::string& title, std::uint64_t of_revision) {
    const std::string text = Json(title);
    return hub_.notices.Revise(
        {.id = id, .file = {.name = "n.json", .content = text}, .reason = "", .of_revision = of_revision});
  };
  EXPECT_EQ(Must(revise("New", 1)).revision, 2u);
  const std::size_t before = hub_.node.units().size();
  EXPECT_THAT(revise("Other", 1), StatusIs(StatusCode::kFailedPrecondition, "read revision 2"));
  EXPECT_THAT(revise("Other", 3), StatusIs(StatusCode::kFailedPrecondition, "has no revision 3"));
  EXPECT_EQ(hub_.node.units().size(), before) << "nothing was published";
}

TEST_F(NoticeDeskTest, WhatWaitsToBeSignedIsNotWrittenOver) {
  const replication::RecordId id = Add(hub_, "guidance", Json("Old")).id;
  const auto revise = [&](const std::string& title, std::uint64_t of_revision) {
    const std::string text = Json(title);
    return hub_.notices.Revise(
        {.id = id.hex(), .file = {.name = "f.json", .content = text}, .reason = "", .of_revision = of_revision});
  };
  hub_.node.fence = node::Fence::kRecover;
  hub_.node.look = [&](node::NodeView& view) { view.outbox.records = {id}; };
  for (const char* const title : {"Old", "New"}) {
    EXPECT_THAT(revise(title, 1), StatusIs(StatusCode::kFailedPrecondition, "waits to be signed; wait until"));
  }
  EXPECT_THAT(revise("New", 0), StatusIs(StatusCode::kFailedPrecondition, "may not sign")) << "it says nothing of it";
  hub_.node.look = [](node::NodeView& view) { view.outbox.records = {RecordNamed("another")}; };
  EXPECT_THAT(revise("New", 1), StatusIs(StatusCode::kFailedPrecondition, "may not sign"));
}

TEST_F(NoticeDeskTest, ARevisionReplacesAndWhatIsTakenBackIsGone) {
  const std::string id = Add(hub_, "guidance", Json("Old")).id.hex();
  const PublishedEntry second = Must(hub_.notices.Revise(
      {.id = id.substr(0, 8), .file = {.name = "n.json", .content = Json("New")}, .reason = "clearer"}));
  EXPECT_EQ(second.revision, 2u);
  Meet();
  EXPECT_THAT(Listed(bonn_), ElementsAre("New"));
  EXPECT_EQ(Shown(bonn_, id).revisions[1].reason, "clearer");
  EXPECT_EQ(Must(bonn_.notices.Show(id, 1)).notice.facts.title, "Old");
  EXPECT_THAT(authority_.notices.Withdraw(id), StatusIs(StatusCode::kFailedPrecondition, "only its author"));
  Must(hub_.notices.Withdraw(id));
  EXPECT_TRUE(Must(hub_.notices.Withdraw(id)).unchanged);
  Meet();
  EXPECT_THAT(Listed(bonn_), IsEmpty());
  EXPECT_TRUE(Shown(bonn_, id).withdrawn);
  EXPECT_EQ(News(bonn_, second), "guidance: New (taken back)");
}

TEST_F(NoticeDeskTest, ATranslationStandsBesideItsOriginal) {
  const std::string id = Add(hub_, "guidance", Json("Guide")).id.hex();
  const std::string of = absl::StrCat(R"(, "translation_of": ")", id.substr(0, 10), "\"");
  EXPECT_THAT(TryAdd(authority_, "guidance", Json("Guide again", of)),
              StatusIs(StatusCode::kFailedPrecondition, "is in en itself"));
  EXPECT_THAT(TryAdd(authority_, "call", Json("Opas", of, "fi")),
              StatusIs(StatusCode::kNotFound, "is guidance, not of the kind call"));
  const std::string finnish = Add(authority_, "guidance", Json("Opas", of, "fi")).id.hex();
  EXPECT_EQ(Titles(Shown(bonn_, id).translations), "guidance Opas");
  EXPECT_EQ(Titles(Shown(bonn_, finnish).translations), "guidance Guide");
  EXPECT_EQ(Shown(bonn_, finnish).notice.translation_of->title, "Guide");
}

TEST_F(NoticeDeskTest, ARecognitionNamesMembersByName) {
  const std::string file = R"(, "decided_by": "Jury", "members": ["fi-espoo", "de-bonn"])";
  Add(hub_, "recognition", Json("Award", file));
  EXPECT_THAT(Must(bonn_.notices.List({}))[0].members, ElementsAre("de-bonn", "fi-espoo"));
  EXPECT_THAT(TryAdd(hub_, "recognition", Json("Award", R"(, "decided_by": "Jury", "members": ["fi-espo"])")),
              StatusIs(StatusCode::kNotFound, "n.json: members: there is no member 'fi-espo'; did you mean fi-espoo?"));
}

TEST_F(NoticeDeskTest, WhoJoinsIsInTheClusterUntilItLeaves) {
  const std::string cluster = Add(hub_, "cluster", Json("Reading")).id.hex();
  const PublishedEntry espoo = Join(espoo_, cluster);
  Join(bonn_, cluster.substr(0, 8), "We bring a plan.");
  EXPECT_EQ(espoo.title, "Reading");
  EXPECT_EQ(News(bonn_, espoo), "joins cluster: joined Reading");
  EXPECT_TRUE(Join(espoo_, cluster).unchanged);
  const PublishedEntry changed = Join(espoo_, cluster, "So do we.");
  EXPECT_EQ(changed.id, espoo.id);
  EXPECT_EQ(changed.revision, 2u);
  EXPECT_THAT(Members(Shown(hub_, cluster).joined), ElementsAre("de-bonn", "fi-espoo"));
  Must(espoo_.taken_part.Leave(cluster));
  EXPECT_TRUE(Must(espoo_.taken_part.Leave(cluster)).unchanged);
  Meet();
  EXPECT_THAT(Members(Shown(hub_, cluster).joined), ElementsAre("de-bonn"));
  EXPECT_THAT(hub_.taken_part.Leave(cluster), StatusIs(StatusCode::kFailedPrecondition, "int-uil is not in"));
  EXPECT_NE(Join(espoo_, cluster).id, espoo.id);
  EXPECT_THAT(Members(Shown(hub_, cluster).joined), ElementsAre("de-bonn", "fi-espoo"));
}

TEST_F(NoticeDeskTest, OneJoinsWhatIsAClusterAndThere) {
  const std::string course = Add(hub_, "opportunity", kCourse).id.hex();
  EXPECT_THAT(bonn_.taken_part.Join({.cluster = course}),
              StatusIs(StatusCode::kNotFound, "is an opportunity, not a cluster"));
  const std::string cluster = Add(hub_, "cluster", Json("Reading")).id.hex();
  EXPECT_THAT(bonn_.taken_part.Join({.cluster = cluster, .note = "A note"}),
              StatusIs(StatusCode::kInvalidArgument, "the language of the note is not given"));
  EXPECT_THAT(bonn_.taken_part.Join({.cluster = cluster, .joined_on = "soon"}),
              StatusIs(StatusCode::kInvalidArgument, "joined_on: 'soon' is not a day"));
  Must(hub_.notices.Withdraw(cluster));
  Meet();
  EXPECT_THAT(bonn_.taken_part.Join({.cluster = cluster}), StatusIs(StatusCode::kFailedPrecondition, "was taken back"));
  EXPECT_THAT(bonn_.node.units(), IsEmpty());
}

TEST_F(NoticeDeskTest, AClusterIsJoinedInWhateverLanguageOneReadsOfIt) {
  const std::string original = Add(hub_, "cluster", Json("Reading")).id.hex();
  const std::string finnish =
      Add(authority_, "cluster", Json("Lukeminen", absl::StrCat(R"(, "translation_of": ")", original, "\""), "fi"))
          .id.hex();
  Join(espoo_, finnish);
  for (const std::string& id : {original, finnish}) {
    EXPECT_THAT(Members(Shown(hub_, id).joined), ElementsAre("fi-espoo"));
  }
}

TEST_F(NoticeDeskTest, WhatNamesAClusterBelongsToItByKindAndTitle) {
  const std::string cluster = Add(hub_, "cluster", Json("Reading")).id.hex();
  const std::string in_it = absl::StrCat(R"(, "clusters": [")", cluster.substr(0, 8), "\"]");
  Add(hub_, "opportunity", Json("Summer school", in_it));
  const std::string later = Add(hub_, "opportunity", Json("Autumn school", in_it)).id.hex();
  const std::string offer = Json("Exchange", absl::StrCat(in_it, R"(, "text": "To learn.", "partners": "one")"));
  Must(bonn_.offers.Publish({.name = "o.json", .content = offer}));
  EXPECT_TRUE(Must(bonn_.offers.Publish({.name = "o.json", .content = offer})).unchanged);
  Meet();
  EXPECT_EQ(Titles(Shown(espoo_, cluster).belonging),
            "offer Exchange, opportunity Autumn school, opportunity Summer school");
  Must(hub_.notices.Withdraw(later));
  Meet();
  EXPECT_EQ(Titles(Shown(espoo_, cluster).belonging), "offer Exchange, opportunity Summer school");
  EXPECT_THAT(TryAdd(hub_, "opportunity", Json("T", R"(, "clusters": ["123456"])")),
              StatusIs(StatusCode::kNotFound, ""));
}

TEST_F(NoticeDeskTest, WhatNamesAClusterThatWasTakenBackCanStillBeRevised) {
  const std::string cluster = Add(hub_, "cluster", Json("Reading")).id.hex();
  const std::string in_it = absl::StrCat(R"(, "clusters": [")", cluster, "\"]");
  const std::string id = Add(hub_, "opportunity", Json("Summer school", in_it)).id.hex();
  const auto offer = [&](const std::string& title) {
    return Json(title, absl::StrCat(in_it, R"(, "text": "To learn.")"));
  };
  const std::string offered = Must(bonn_.offers.Publish({.name = "o.json", .content = offer("Exchange")})).id.hex();
  Must(hub_.notices.Withdraw(cluster));
  Meet();
  const auto revise = [&](const std::string& of, const std::string& title) {
    const std::string text = Json(title, in_it);
    return hub_.notices.Revise({.id = of, .file = {.name = "n.json", .content = text}, .reason = ""});
  };
  EXPECT_EQ(Must(revise(id, "Autumn school")).revision, 2u);
  const std::string again = offer("Exchange of teachers");
  const absl::StatusOr<PublishedEntry> offered_again =
      bonn_.offers.Revise({.id = offered, .file = {.name = "o.json", .content = again}, .reason = ""});
  EXPECT_EQ(Must(offered_again).revision, 2u);
  const std::string other = Add(hub_, "opportunity", Json("Winter school")).id.hex();
  EXPECT_THAT(revise(other, "Winter school"),
              StatusIs(StatusCode::kFailedPrecondition, "was taken back; leave it out"));
}

TEST_F(NoticeDeskTest, AMemberSaysOnceThatItTookPart) {
  const std::string course = Add(hub_, "opportunity", kCourse).id.hex();
  const PublishedEntry first =
      Must(espoo_.taken_part.TakePart({.event = course.substr(0, 8), .starts_on = "2025-07-01"}));
  EXPECT_EQ(first.title, "Course");
  EXPECT_EQ(first.collection, replication::kDialogue);
  EXPECT_TRUE(Must(espoo_.taken_part.TakePart({.event = course, .starts_on = "2025-07-01"})).unchanged);
  const PublishedEntry second = Must(espoo_.taken_part.TakePart(
      {.event = course, .role = "host", .language = "en", .features = {"2.1.3", "1.1.1"}, .actions = {"bd1.2"}}));
  EXPECT_EQ(second.id, first.id);
  EXPECT_EQ(second.revision, 2u);
  Must(bonn_.taken_part.TakePart({.title = "A fair", .language = "en"}));
  Meet();
  EXPECT_THAT(Members(Shown(hub_, course).taken_part), ElementsAre("fi-espoo"));
  EXPECT_THAT(Members(Must(hub_.taken_part.ListTakenPart({}))), ElementsAre("de-bonn", "fi-espoo"));
  EXPECT_THAT(Members(Must(hub_.taken_part.ListTakenPart({.member = "de-bonn"}))), ElementsAre("de-bonn"));
  const std::vector<SaidOfItself> said = Must(hub_.taken_part.ListTakenPart({.event = course}));
  ASSERT_THAT(said, SizeIs(1));
  EXPECT_EQ(said[0].event->title, "Course");
  v1::TakenPart part;
  ASSERT_TRUE(part.ParseFromString(said[0].said.payload));
  EXPECT_THAT(part.subjects().features(), ElementsAre("1.1.1", "2.1.3"));
  EXPECT_EQ(News(hub_, second), "taken part: took part in Course");
  Must(espoo_.taken_part.WithdrawTakenPart(first.id.hex()));
  EXPECT_EQ(Must(espoo_.taken_part.WithdrawTakenPart(first.id.hex())).title, "Course");
  Meet();
  EXPECT_THAT(Shown(hub_, course).taken_part, IsEmpty());
}

TEST_F(NoticeDeskTest, WhatOneTookPartInIsSaidWithItsDaysAndLanguage) {
  const auto refused = [this](const node::desk::TakenPartWords& words) { return bonn_.taken_part.TakePart(words); };
  EXPECT_THAT(refused({}), StatusIs(StatusCode::kInvalidArgument, "nothing says in what"));
  EXPECT_THAT(refused({.title = "A fair"}), StatusIs(StatusCode::kInvalidArgument, "language of the texts"));
  EXPECT_THAT(refused({.title = "A fair", .starts_on = "2025-07-02", .ends_on = "2025-07-01", .language = "en"}),
              StatusIs(StatusCode::kInvalidArgument, "ends_on: 2025-07-01 is before the first day"));
  EXPECT_THAT(refused({.title = "A fair", .language = "en", .features = {"2.1.33"}}),
              StatusIs(StatusCode::kNotFound, "did you mean 2.1.3?"));
  const std::string guidance = Add(hub_, "guidance", Json("Guide")).id.hex();
  EXPECT_THAT(refused({.event = guidance}), StatusIs(StatusCode::kNotFound, "is guidance; name an opportunity"));
  EXPECT_THAT(bonn_.node.units(), IsEmpty());
}

}  // namespace
}  // namespace hansa::testing
