#include "tests/learning/shown.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "hansa/v1/practices.pb.h"
#include "node/desk/dialogue_shelf.h"
#include "node/desk/notice_shelf.h"
#include "node/desk/offers_shelf.h"
#include "node/desk/practice_records.h"
#include "node/desk/practice_shelf.h"
#include "tests/testing/status_matchers.h"

namespace hansa::learning {

using node::domain::NotedRecord;
using node::projection::RecordView;
using node::projection::Revision;
using testing::Must;

namespace {

std::string Name(const NotedRecord& record) {
  return absl::StrCat(record.author.value(), "/", record.collection.value(), "/", record.id.hex());
}
template <typename Record>
std::string Name(const Record& record) {
  return absl::StrCat(record.author.value(), "/", record.id.hex());
}
template <typename Records>
std::string Names(const Records& records) {
  std::vector<std::string> names;
  for (const auto& record : records) names.push_back(Name(record));
  return absl::StrJoin(names, " ");
}
std::string MemberNames(const std::set<replication::Member>& members) {
  return absl::StrJoin(members, " ",
                       [](std::string* out, replication::Member member) { absl::StrAppend(out, member.value()); });
}

// A line that begins so says which view the lines after it are of.
constexpr absl::string_view kView = "view: ";

class Telling {
 public:
  explicit Telling(const ShownFrom& from) : from_(from) {}

  Shown Tell() {
    Practices();
    Offers();
    Dialogue();
    Notices();
    return std::move(shown_);
  }

 private:
  template <typename... Parts>
  void Say(const Parts&... parts) {
    absl::StrAppend(&shown_.text, parts..., "\n");
  }
  void Count(const std::string& what, std::uint64_t more = 1) { shown_.counted[what] += more; }

  void Practices() {
    Say(kView, "practices");
    const auto shelf = Must(node::desk::PracticeShelf::Read(from_.views, from_.feeds, from_.view));
    std::vector<std::pair<std::string, RecordView>> records;
    for (const auto& [number, member] : from_.view.roster->state().members) {
      for (RecordView& record : Must(from_.views.RecordsOf(number, replication::kPractices))) {
        records.emplace_back(member.slug, std::move(record));
      }
    }
    if (from_.as_they_came != nullptr) {
      const auto place = [this](const auto& told) {
        const std::vector<replication::FeedId>& feeds = *from_.as_they_came;
        return std::find(feeds.begin(), feeds.end(), told.second.revisions.front().position.feed) - feeds.begin();
      };
      std::stable_sort(records.begin(), records.end(),
                       [&](const auto& a, const auto& b) { return place(a) < place(b); });
    }
    for (const auto& [slug, record] : records) Practice(shelf, slug, record);
  }

  void Practice(const node::desk::PracticeShelf& shelf, const std::string& slug, const RecordView& record) {
    const Revision& last = record.revisions.back();
    const bool is_translation = node::desk::IsTranslation(record);
    Say("practice ", slug, " ", record.key.id.hex(), is_translation ? " translation" : "");
    Count(is_translation ? "translations" : "practices");
    Count("revisions of practices and translations", record.revisions.size());
    for (const Revision& revision : record.revisions) {
      Say("  r ", revision.position.seq.value(), " ", revision.entry_hash.hex(), " ",
          node::desk::IsWithdrawal(revision) ? "withdrawn " : "", node::desk::ReasonOf(from_.feeds, revision));
    }
    if (is_translation) {
      const auto content = node::desk::ReadTranslation(from_.feeds, last);
      Say("  says ", content.ok() ? (*content)->ShortDebugString() : std::string(content.status().message()));
      return;
    }
    const auto content = node::desk::ReadPractice(from_.feeds, last);
    Say("  says ", content.ok() ? (*content)->ShortDebugString() : std::string(content.status().message()));
    const node::domain::PracticeRecord practice{record.key.member, record.key.id};
    for (const node::desk::BuiltOnView& built : shelf.BuildsOn(practice)) Built("builds on", built);
    for (const node::desk::BuiltOnView& built : shelf.BuiltUponBy(practice)) Built("built upon by", built);
    for (const node::desk::TranslationView& translation : shelf.TranslationsOf(practice)) {
      Say("  in ", translation.language, " by ", translation.member_name, ": ", Linked(translation.translation),
          translation.is_of_earlier_revision ? " earlier" : "");
    }
  }
  void Built(const char* how, const node::desk::BuiltOnView& built) {
    Say("  ", how, " ", Linked(built.practice), " ", built.changed, " ", built.outcome, " ", built.fault);
    Count(how);
  }
  static std::string Linked(const node::desk::LinkedRecord& link) {
    return absl::StrCat(link.member, " ", link.kind, " ", link.key.id.hex(), " ", link.title, " ", link.language, " r",
                        link.revision);
  }

  void Offers() {
    Say(kView, "offers and partnerships");
    const auto shelf = Must(node::desk::OffersShelf::Read(from_.feeds, *from_.view.roster, from_.crypto));
    for (const auto& [record, line] : shelf.book().offers) {
      Say("offer ", Name(record), " ", StateName(line.state), " last day ", line.facts.last_day);
      Say("  replies ", Names(line.replies), " declines ", Names(line.declines), " conclusions ",
          Names(line.conclusions));
      for (const replication::Hash& text : line.partnerships) Say("  partnership ", text.hex());
      Count("offers");
      Count("replies", line.replies.size());
    }
    for (const auto& [record, entry] : shelf.book().records) {
      Say("record of offers ", Name(record), " ", entry.says.index(), entry.retracted ? " retracted" : "");
      for (const node::desk::ShelfEntry& revision : shelf.RevisionsOf(record)) {
        Say("  ", revision.place.seq.value(), " ", revision.entry_hash.hex(), " ", revision.kind.value(), " ",
            revision.payload ? from_.crypto.Sha256(*revision.payload).hex() : "gone");
      }
    }
    for (const auto& [text, partnership] : shelf.book().partnerships) Partnership(shelf.View(text));
  }
  void Partnership(const node::desk::PartnershipView& view) {
    Say("partnership ", view.id.hex(), " ", view.title, " ", StateName(view.state), " by ", view.offered_by, " in ",
        view.language, " terms ", view.terms, " aim ", view.aim, view.open_to_others ? " open to others" : "");
    for (const node::desk::PartyView& party : view.parties) {
      Say("  ", party.member, " ", StateName(party.state), " ", party.acceptance ? party.acceptance->hex() : "", " ",
          party.key, " ", party.signed_ms, party.needed ? " needed" : "");
    }
    for (const node::desk::ConclusionView& conclusion : view.conclusions) {
      if (!conclusion.outcome.empty()) Say("  outcome ", conclusion.member, ": ", conclusion.outcome);
    }
    Count(absl::StrCat("partnerships ", StateName(view.state)));
    if (view.parties.size() > 2) Count("partnerships of more than two");
  }

  void Dialogue() {
    Say(kView, "dialogue");
    const auto shelf = Must(node::desk::DialogueShelf::Read(from_.feeds, from_.views, from_.view));
    const node::domain::DialogueBook& book = shelf.book();
    for (const auto& [record, word] : book.words) {
      Say(WordKindName(word.facts.kind), " ", Name(record), " ", static_cast<int>(word.state), " at ",
          word.place.seq.value(), " ", word.first_ms, " r", word.revisions, " ", word.facts.title, ": ",
          word.facts.text, " (", word.facts.language, ") ", MarkName(word.facts.mark), " of ",
          word.facts.asked_of.value(), " ", absl::StrJoin(word.facts.features, ","));
      Say("  about ", word.facts.about ? Linked(shelf.LinkTo(from_.view, *word.facts.about)) : "nothing");
      Count(WordKindName(word.facts.kind));
      if (word.facts.kind != node::domain::WordKind::kQuestion) continue;
      Say("  answered by ", MemberNames(WhoAnswered(book, record)), IsAnswered(book, record) ? " answered" : "");
    }
    for (const auto& [record, words] : book.under) {
      Say("thread ", Name(record), ": ", Names(words));
      for (const node::domain::ThreadLine& line : ThreadUnder(book, record, {}).lines) {
        Say("  ", line.depth, " ", Name(line.record), line.is_left_out ? " left out" : "");
      }
      Count("threads");
    }
    for (const auto& [record, marks] : book.marks) {
      for (const auto& [put, by] : marks) {
        Say("mark ", Name(record), " ", MarkName(put.second), " by ", put.first.value(), " ", Name(by));
        Count("marks");
      }
    }
  }

  void Notices() {
    Say(kView, "notices");
    const auto shelf = Must(node::desk::NoticeShelf::Read(from_.feeds, from_.views, from_.view));
    const node::domain::NoticeBook& book = shelf.book();
    for (const auto& [record, notice] : book.notices) {
      const node::desk::ShelvedRecord* shelved = shelf.Find(record);
      Say(NoticeKindName(notice.kind), " ", Name(record), " ", notice.title, " ", notice.summary, " ", notice.language,
          " ", notice.sort, " r", shelved->record.revisions.size(), " ", from_.crypto.Sha256(shelved->payload).hex());
      Count(NoticeKindName(notice.kind));
    }
    for (const auto& [record, part] : book.taken_part) {
      Say("took part ", Name(record), " ", part.title, " ", part.starts_on, " ", part.event ? Name(*part.event) : "");
      Count("took part");
    }
    for (const auto& [cluster, members] : book.joined) {
      for (const node::desk::ShelvedRecord* joined : shelf.JoinedOf(from_.view, cluster)) {
        Say("joined ", Name(cluster), " ", joined->record.key.member.value(), " ", joined->record.key.id.hex());
      }
      Count("joined clusters", members.size());
    }
    for (const auto& [event, records] : book.took_part) Say("event ", Name(event), " ", Names(records));
    for (const auto& [original, records] : book.translations) Say("notice ", Name(original), " in ", Names(records));
    for (const auto& [cluster, records] : book.of_cluster) Say("cluster ", Name(cluster), " has ", Names(records));
  }

  const ShownFrom& from_;
  Shown shown_;
};

}  // namespace

Shown ShownIn(const ShownFrom& from) { return Telling(from).Tell(); }

std::string ListsOf(const Office& office) {
  std::string text = absl::StrCat(kView, "lists of the desks\n");
  const node::desk::ListedPractices practices = Must(office.practices.List({}));
  for (const node::desk::ListedPractice& practice : practices.practices) {
    absl::StrAppend(&text, "practice ", practice.member, " ", practice.title, " r", practice.revision, "\n");
  }
  for (const node::desk::ListedOffer& offer : Must(office.offers.List("", ""))) {
    absl::StrAppend(&text, "offer ", offer.member, " ", offer.title, " ", offer.state, " ", offer.replies, "\n");
  }
  for (const node::desk::PartnershipView& view : Must(office.offers.Partnerships(""))) {
    absl::StrAppend(&text, "partnership ", view.title, " ", view.id.hex(), " ", StateName(view.state), "\n");
  }
  for (const node::desk::ListedNotice& notice : Must(office.notices.List({}))) {
    absl::StrAppend(&text, "notice ", notice.member, " ", notice.facts.title, " r", notice.revision, "\n");
  }
  for (const node::desk::SaidOfItself& said : Must(office.taken_part.ListTakenPart({}))) {
    absl::StrAppend(&text, "took part ", said.member, " ", said.said.record.key.id.hex(), "\n");
  }
  const node::desk::ShownWords lists[] = {Must(office.dialogue.ListTopics({})),
                                          Must(office.dialogue.ListQuestions({}))};
  for (const node::desk::ShownWords& words : lists) {
    for (const node::desk::ShownWord& word : words.words) {
      absl::StrAppend(&text, word.link.kind, " ", word.link.member, " ", word.link.title, " ", word.first_ms, " ",
                      word.is_answered ? "answered by " : "", absl::StrJoin(word.answered_by, " "), "\n");
    }
  }
  return text;
}

std::string DifferenceOf(const std::string& a, const std::string& b) {
  if (a == b) return "";
  const std::vector<std::string> ours = absl::StrSplit(a, '\n');
  const std::vector<std::string> theirs = absl::StrSplit(b, '\n');
  absl::string_view view = "none";
  for (std::size_t i = 0; i < std::max(ours.size(), theirs.size()); ++i) {
    const std::string one = i < ours.size() ? ours[i] : "(nothing)";
    const std::string other = i < theirs.size() ? theirs[i] : "(nothing)";
    if (one != other) return absl::StrCat("view ", view, ", line ", i + 1, ": '", one, "' and '", other, "'");
    if (absl::StartsWith(ours[i], kView)) view = absl::StripPrefix(ours[i], kView);
  }
  return "";
}

}  // namespace hansa::learning
