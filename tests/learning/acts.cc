#include "tests/learning/acts.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "node/desk/erasure_desk.h"

namespace hansa::learning {

using node::desk::PublishedEntry;
using node::domain::RecordFile;
using replication::MemberKind;

namespace {

constexpr const char* kLanguages[] = {"en", "ko", "fr", "ar", "es"};
constexpr const char* kSubjects[] = {"reading", "libraries", "elders", "digital skills", "rivers", "work", "families"};
constexpr const char* kFeatures[] = {"1.1.1", "1.2.2", "2.1.1", "2.1.3"};

bool MayWriteNotices(const Office& who) {
  return who.kind() == MemberKind::kSecretariat || who.kind() == MemberKind::kAuthority;
}
bool MayWriteRecords(const Office& who) {
  return who.kind() == MemberKind::kCity || who.kind() == MemberKind::kPartner;
}
RecordFile FileOf(const std::string& content) { return {.name = "file.json", .content = content}; }

}  // namespace

void Acts::One(Office& who, const std::vector<Office*>& others) {
  const std::uint64_t drawn = chance_.Below(100);
  if (drawn < 3) return Follow(who, others);
  if (drawn < 5) return Erase(who);
  if (MayWriteNotices(who) && drawn < 60) return Notice(who);
  if (drawn < 15) return Member(who);
  if (drawn < 45 || !MayWriteRecords(who)) return Word(who);
  if (drawn < 68) return Practice(who);
  if (drawn < 84) return Offer(who);
  return Partnership(who);
}

std::string Acts::Count(const std::string& what, const Answer& answer) {
  Tried& tried = tried_[what];
  if (answer.ok()) {
    ++(answer->unchanged ? tried.unchanged : tried.done);
    return answer->unchanged ? "" : answer->id.hex();
  }
  Weigh(what, answer.status());
  ++tried.refused;
  return "";
}

void Acts::Weigh(const std::string& what, const absl::Status& status) {
  const bool is_fair = status.ok() || absl::IsNotFound(status) || absl::IsFailedPrecondition(status) ||
                       absl::IsUnavailable(status);  // the last: it may not sign before it has met others
  if (!is_fair && unfit_.empty()) unfit_ = absl::StrCat(what, ": ", status.message());
}

void Acts::Keep(Shelf& shelf, Office& who, const std::string& id) {
  if (id.empty()) return;
  shelf.push_back({id, &who});
  if (&shelf != &acceptances_ && &shelf != &partnerships_) spoken_of_.push_back({id, &who});
}

const Acts::Said* Acts::Some(const Shelf& shelf) {
  if (shelf.empty()) return nullptr;
  const std::size_t span = chance_.OneIn(2) ? std::min<std::size_t>(shelf.size(), 12) : shelf.size();
  return &shelf[shelf.size() - 1 - chance_.Below(span)];
}

const Acts::Said* Acts::OwnOf(const Shelf& shelf, const Office& who) {
  std::vector<const Said*> own;
  for (const Said& said : shelf) {
    if (said.by == &who) own.push_back(&said);
  }
  return own.empty() ? nullptr : own[chance_.Below(own.size())];
}

std::string Acts::Words(const std::string& about) {
  return absl::StrCat(about, " of ", kSubjects[chance_.Below(std::size(kSubjects))], " ", ++drawn_);
}
std::string Acts::Language() { return kLanguages[chance_.Below(std::size(kLanguages))]; }

void Acts::Practice(Office& who) {
  const std::uint64_t drawn = chance_.Below(10);
  const auto file = [&](const std::string& more) {
    return absl::StrFormat(
        R"({"title": "%s", "language": "%s", "summary": "How it was done.", "problem": "%s", "done": "%s",
            "outcome": "%s", "feature_ids": ["%s"], "action_points": ["BD1.2"]%s})",
        Words("Practice"), Language(), Words("A lack"), Words("Courses"), Words("An end"),
        kFeatures[chance_.Below(std::size(kFeatures))], more);
  };
  const Said* own = OwnOf(practices_, who);
  const Said* other = Some(practices_);
  if (drawn < 2 && own != nullptr) {
    const std::string again = file("");
    Count("practice revised", who.practices.Revise({.id = own->id, .file = FileOf(again), .reason = Words("News")}));
  } else if (drawn < 5 && other != nullptr) {
    const std::string text = absl::StrFormat(R"({"title": "%s", "language": "%s", "problem": "%s"})",
                                             Words("Practique"), chance_.OneIn(2) ? "pt-BR" : "sw", Words("Manque"));
    Keep(translations_, who,
         Count("practice translated", who.practices.Translate({.id = other->id, .file = FileOf(text), .reason = ""})));
  } else if (drawn == 5 && (own != nullptr || !translations_.empty())) {
    const Said* translation = OwnOf(translations_, who);
    const Said* which = translation != nullptr && chance_.OneIn(2) ? translation : own;
    if (which != nullptr) Count("practice withdrawn", who.practices.Withdraw(which->id, Words("The end")));
  } else if (drawn < 8 && other != nullptr && other->by != &who) {
    const std::string text = file(absl::StrFormat(
        R"(, "built_on": [{"practice": "%s", "changed": "%s", "outcome": "Better."}])", other->id, Words("Hours")));
    Keep(practices_, who, Count("practice built on another", who.practices.Add(FileOf(text))));
  } else {
    const std::string text = file("");
    Keep(practices_, who, Count("practice added", who.practices.Add(FileOf(text))));
  }
}

void Acts::Offer(Office& who) {
  const std::uint64_t drawn = chance_.Below(10);
  const Said* offer = Some(offers_);
  const Said* own = OwnOf(offers_, who);
  if (drawn < 4 && offer != nullptr) {
    Keep(replies_, who,
         Count("offer answered",
               who.offers.Reply({.id = offer->id, .text = Words("Gladly"), .language = "", .intent = "interested"})));
  } else if (drawn == 4 && (offer != nullptr || !replies_.empty())) {
    const Said* reply = Some(replies_);
    const Said* which = reply != nullptr && chance_.OneIn(2) ? reply : offer;
    if (which != nullptr)
      Count("declined", who.offers.Decline({.id = which->id, .reason = Words("Not now, for want")}));
  } else if (drawn == 5 && own != nullptr) {
    const Said* reply = OwnOf(replies_, who);
    Count("offer withdrawn", who.offers.Withdraw({.id = reply != nullptr && chance_.OneIn(2) ? reply->id : own->id,
                                                  .reason = Words("A mistake")}));
  } else {
    const std::string text =
        absl::StrFormat(R"({"title": "%s", "language": "%s", "text": "%s", "partners": "%s"%s})", Words("Exchange"),
                        Language(), Words("To learn"), chance_.OneIn(2) ? "one" : "several",
                        chance_.OneIn(3) ? R"(, "valid_until": "2025-09-30")" : "");
    Keep(offers_, who, Count("offer published", who.offers.Publish(FileOf(text))));
  }
}

void Acts::Accept(Office& who, const Said& offer, const std::string& with) {
  std::string partnership;
  const Answer answer =
      who.offers.Accept({.id = offer.id, .with = with, .note = Words("Yes"), .approved_by = "council"}, partnership);
  const std::string acceptance = Count("partnership signed", answer);
  if (acceptance.empty()) return;
  Keep(acceptances_, who, acceptance);
  Keep(partnerships_, who, partnership);
  offered_by_.try_emplace(partnership, offer.by);
}

void Acts::Partnership(Office& who) {
  const std::uint64_t drawn = chance_.Below(20);
  const Said* signed_one = OwnOf(partnerships_, who);
  std::string partnership;
  if (drawn < 2 && signed_one != nullptr) {
    Count("partnership left", who.offers.Leave({.id = signed_one->id, .reason = Words("Other plans")}, partnership));
  } else if (drawn < 4 && signed_one != nullptr) {
    Count("partnership concluded",
          who.offers.Conclude(
              {.id = signed_one->id, .how = chance_.OneIn(3) ? "ended early" : "", .outcome = Words("A year")},
              partnership));
  } else if (drawn == 4 && OwnOf(acceptances_, who) != nullptr) {
    Count("acceptance withdrawn",
          who.offers.Withdraw({.id = OwnOf(acceptances_, who)->id, .reason = Words("An error")}));
  } else if (const Said* offer = Some(offers_); offer != nullptr) {
    Accept(who, *offer, "");
  }
}

void Acts::Countersign() {
  const Said* some = Some(partnerships_);
  if (some == nullptr) return;
  Office* author = offered_by_.at(some->id);
  if (author != nullptr && author != some->by) Accept(*author, {some->id, author}, "");
}

void Acts::Word(Office& who) {
  const std::uint64_t drawn = chance_.Below(20);
  const Said* about = Some(spoken_of_);
  const Said* question = Some(questions_);
  const Said* own = OwnOf(words_, who);
  if (drawn < 5 || about == nullptr) {
    node::desk::AskWords ask{.title = Words("Question"), .text = Words("How about courses"), .language = Language()};
    if (about != nullptr && !chance_.OneIn(4)) ask.about = about->id;
    if (ask.about.empty() && chance_.OneIn(2)) ask.asked_of = node::desk::kTheSecretariat;
    if (const Said* mine = OwnOf(questions_, who); mine != nullptr && mine->id != ask.about && chance_.OneIn(5))
      ask.revises = mine->id;
    const std::string id = Count(ask.revises.empty() ? "question asked" : "question revised", who.dialogue.Ask(ask));
    if (ask.revises.empty()) Keep(questions_, who, id);
  } else if (drawn < 10 && question != nullptr) {
    Keep(words_, who,
         Count("question answered",
               who.dialogue.Answer(
                   {.question = question->id, .text = Words("Like this, thanks"), .language = Language()})));
  } else if (drawn < 13) {
    Keep(words_, who,
         Count("comment made",
               who.dialogue.Comment({.about = about->id, .text = Words("A word"), .language = Language()})));
  } else if (drawn < 16) {
    const std::vector<std::string>& marks = node::domain::MarkNames();
    const std::string& mark = marks[chance_.Below(marks.size())];
    const Said* at = mark == "answered" ? OwnOf(questions_, who) : about;
    if (at == nullptr) return;
    Count(absl::StrCat("marked: ", mark), who.dialogue.Comment({.about = at->id, .mark = mark}));
  } else if (drawn < 18 && own != nullptr) {
    Count("word taken back", who.dialogue.Withdraw(own->id));
  } else {
    const std::string text =
        absl::StrFormat(R"({"title": "%s", "language": "%s", "text": "%s", "features": ["%s"]%s})", Words("Topic"),
                        Language(), Words("Let us talk"), kFeatures[chance_.Below(std::size(kFeatures))],
                        chance_.OneIn(3) ? absl::StrFormat(R"(, "about": "%s")", about->id) : "");
    Keep(topics_, who, Count("topic opened", who.dialogue.OpenTopic({.file = FileOf(text)})));
  }
}

void Acts::Notice(Office& who) {
  const std::uint64_t drawn = chance_.Below(10);
  const Said* own = OwnOf(notices_, who);
  const auto text = [&](const std::string& more) {
    return absl::StrFormat(R"({"title": "%s", "language": "%s", "summary": "%s"%s})", Words("Notice"), Language(),
                           Words("In short"), more);
  };
  if (drawn == 0 && own != nullptr) {
    const std::string again = text("");
    Count("notice revised", who.notices.Revise({.id = own->id, .file = FileOf(again), .reason = Words("News")}));
  } else if (drawn == 1 && own != nullptr) {
    Count("notice withdrawn", who.notices.Withdraw(own->id));
  } else if (drawn < 4) {
    const std::string cluster = absl::StrFormat(R"({"title": "%s", "language": "%s", "text": "%s"})", Words("Cluster"),
                                                Language(), Words("Together"));
    Keep(clusters_, who, Count("cluster founded", who.notices.Add("cluster", FileOf(cluster))));
  } else if (drawn < 7) {
    const std::string course = text(R"(, "kind": "course", "deadline": "2025-06-30 17:00 Asia/Seoul")");
    Keep(events_, who, Count("opportunity announced", who.notices.Add("opportunity", FileOf(course))));
  } else {
    const std::string guidance = text("");
    Keep(notices_, who, Count("guidance given", who.notices.Add("guidance", FileOf(guidance))));
  }
}

void Acts::Member(Office& who) {
  const std::uint64_t drawn = chance_.Below(10);
  const Said* cluster = Some(clusters_);
  const Said* event = Some(events_);
  if (drawn < 4 && cluster != nullptr) {
    Count("cluster joined",
          who.taken_part.Join({.cluster = cluster->id, .note = Words("With joy"), .language = Language()}));
  } else if (drawn == 4 && cluster != nullptr) {
    Count("cluster left", who.taken_part.Leave(cluster->id));
  } else if (const Said* part = OwnOf(parts_, who); drawn == 5 && part != nullptr) {
    Count("taking part taken back", who.taken_part.WithdrawTakenPart(part->id));
  } else {
    node::desk::TakenPartWords words{.title = Words("Festival"), .starts_on = "2025-05-03", .language = Language()};
    if (event != nullptr && !chance_.OneIn(3)) words.event = event->id;
    Keep(parts_, who, Count("took part", who.taken_part.TakePart(words)));
  }
}

void Acts::Follow(Office& who, const std::vector<Office*>& others) {
  const Office& other = *others[chance_.Below(others.size())];
  if (other.slug() == who.slug()) return;
  const absl::Status done = chance_.OneIn(5) ? who.following.Unfollow(other.slug()).status()
                                             : who.following.Follow(other.slug(), {}).status();
  Weigh("following", done);
  ++(done.ok() ? tried_["followed or not any more"].done : tried_["followed or not any more"].refused);
}

void Acts::Erase(Office& who) {
  const Said* which = who.kind() == MemberKind::kSecretariat ? Some(spoken_of_) : OwnOf(spoken_of_, who);
  if (which == nullptr) return;
  const auto erasure = node::desk::ErasureDesk(who.node, who.node.views())
                           .Order({.id = which->id, .reason = replication::ErasureReason::kMistake});
  Weigh("erasure ordered", erasure.status());
  ++(erasure.ok() ? tried_["erasure ordered"].done : tried_["erasure ordered"].refused);
}

}  // namespace hansa::learning
