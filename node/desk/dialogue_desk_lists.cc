// Lists of topics and questions, threads, and whom this node mutes.
#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "node/desk/dialogue_desk.h"
#include "node/desk/framework_part.h"
#include "node/desk/muted_members.h"
#include "node/desk/notice_records.h"
#include "node/desk/record_office.h"
#include "replication/check.h"

namespace hansa::node::desk {
namespace {

using domain::NotedRecord;
using domain::SpokenWord;
using domain::WordKind;
using projection::RecordView;
using replication::Member;

constexpr absl::string_view kListing = "listing questions";
constexpr absl::string_view kShowing = "showing what was said";
constexpr char kLeftOutWords[] = "it is left out: this node mutes its author";
constexpr char kUnreadableWords[] = "its content cannot be shown here";

// Slugs by the names of the members, without those left out.
std::vector<std::string> ByName(const NodeView& view, const std::set<Member>& members,
                                const std::set<Member>& left_out) {
  std::set<std::pair<std::string, std::string>> named;
  for (const Member member : members) {
    if (!left_out.contains(member)) named.emplace(NameOf(view, member), SlugOf(view, member));
  }
  std::vector<std::string> slugs;
  slugs.reserve(named.size());
  for (const auto& [name, slug] : named) slugs.push_back(slug);
  return slugs;
}

std::string AddresseeOf(const NodeView& view, const std::optional<Member>& asked) {
  if (!asked) return "";
  return domain::IsSecretariat(*asked) ? kTheSecretariat : SlugOf(view, *asked);
}

std::vector<MarkPut> MarksPut(const NodeView& view, const domain::StandingMarks& marks,
                              const std::set<Member>& left_out) {
  std::vector<std::tuple<std::string, Member, domain::WordMark, NotedRecord>> by_name;
  for (const auto& [put, comment] : marks) {
    if (!left_out.contains(put.first)) by_name.emplace_back(NameOf(view, put.first), put.first, put.second, comment);
  }
  std::sort(by_name.begin(), by_name.end());
  std::vector<MarkPut> shown;
  shown.reserve(by_name.size());
  for (const auto& [name, member, mark, comment] : by_name) {
    shown.push_back({domain::MarkName(mark), SlugOf(view, member), comment.id});
  }
  return shown;
}

absl::Status CheckSubjects(const catalogue::Catalogue& catalogue, const std::string& feature,
                           const std::string& action) {
  if (!feature.empty()) HANSA_RETURN_IF_ERROR(CheckFeature(catalogue, feature));
  return action.empty() ? absl::OkStatus() : CheckAction(catalogue, action);
}

// The number of `slug`; of the secretariat that of any of its nodes. nullopt: nobody is asked for.
absl::StatusOr<std::optional<Member>> MemberAskedFor(const NodeView& view, const std::string& slug) {
  if (slug.empty()) return std::nullopt;
  if (slug == kTheSecretariat) return Member(1);
  const absl::StatusOr<const replication::MemberRecord*> member = MemberNamed(view, slug);
  HANSA_RETURN_IF_ERROR(member.status());
  return (*member)->number;
}

// `wanted` is what MemberAskedFor says of `slug`.
bool IsBy(Member author, const std::string& slug, const std::optional<Member>& wanted) {
  if (slug == kTheSecretariat) return domain::IsSecretariat(author);
  return !wanted || author == *wanted;
}

bool IsPutTo(const std::optional<Member>& asked, const std::optional<Member>& wanted) {
  if (!wanted) return true;
  if (!asked) return false;
  return *asked == *wanted || (domain::IsSecretariat(*asked) && domain::IsSecretariat(*wanted));
}

}  // namespace

absl::StatusOr<std::set<Member>> DialogueDesk::LeftOut(bool with_muted) const {
  return LeftOutHere(node_, with_muted ? Muting::kIsIgnored : Muting::kLeavesOut);
}

// Of what is held; the place in a thread is for the caller.
ShownWord DialogueDesk::Shown(const NodeView& view, const DialogueShelf& shelf, const NotedRecord& record,
                              const std::set<Member>& left_out) const {
  const domain::DialogueBook& book = shelf.book();
  ShownWord shown;
  shown.link = shelf.LinkTo(view, record);
  shown.revision = shown.link.revision;
  shown.marks = MarksPut(view, book.MarksOf(record), left_out);
  const SpokenWord* const word = book.Find(record);
  if (word == nullptr) return shown;
  shown.first_ms = word->first_ms;
  shown.is_withdrawn = word->state == domain::WordState::kWithdrawn;
  shown.facts.kind = word->facts.kind;
  if (left_out.contains(record.author)) {
    shown.link.title.clear();
    if (!shown.is_withdrawn) shown.fault = kLeftOutWords;
    return shown;
  }
  if (word->facts.kind == WordKind::kQuestion) {
    shown.asked_of = AddresseeOf(view, domain::AskedOf(record, word->facts));
    shown.is_answered = domain::IsAnswered(book, record);
    shown.answered_by = ByName(view, domain::WhoAnswered(book, record), left_out);
  }
  if (word->state == domain::WordState::kUnreadable) shown.fault = kUnreadableWords;
  if (word->state != domain::WordState::kStands) return shown;
  shown.facts = word->facts;
  shown.is_lapsed = word->facts.mark != domain::WordMark::kNone && word->facts.mark != domain::WordMark::kLifted &&
                    !book.IsPutBy(record);
  for (const NotedRecord& other : word->facts.see_also) shown.see_also.push_back(shelf.LinkTo(view, other));
  return shown;
}

absl::StatusOr<ShownWords> DialogueDesk::ListTopics(const TopicQuery& query) const {
  const NodeView view = node_.View();
  const std::string action = absl::AsciiStrToUpper(query.action);
  HANSA_RETURN_IF_ERROR(CheckSubjects(catalogue_, query.feature, action));
  const absl::StatusOr<std::optional<Member>> by = MemberAskedFor(view, query.member);
  HANSA_RETURN_IF_ERROR(by.status());
  const absl::StatusOr<std::set<Member>> left_out = LeftOut(query.with_muted);
  HANSA_RETURN_IF_ERROR(left_out.status());
  const absl::StatusOr<DialogueShelf> shelf = DialogueShelf::Read(node_.feeds(), views_, view);
  HANSA_RETURN_IF_ERROR(shelf.status());
  ShownWords listed;
  std::set<std::tuple<std::string, std::string, NotedRecord>> by_name;
  for (const auto& [record, word] : shelf->book().words) {
    const bool is_asked_for = word.facts.kind == WordKind::kTopic && word.state == domain::WordState::kStands &&
                              IsBy(record.author, query.member, *by) && Has(word.facts.features, query.feature) &&
                              Has(word.facts.actions, action);
    if (!is_asked_for) continue;
    if (left_out->contains(record.author)) {
      ++listed.muted;
    } else {
      by_name.emplace(NameOf(view, record.author), word.facts.title, record);
    }
  }
  for (const auto& [name, title, record] : by_name) {
    listed.words.push_back(Shown(view, *shelf, record, *left_out));
  }
  return listed;
}

absl::StatusOr<ShownWords> DialogueDesk::ListQuestions(const QuestionQuery& query) const {
  const NodeView view = node_.View();
  const std::string action = absl::AsciiStrToUpper(query.action);
  HANSA_RETURN_IF_ERROR(CheckSubjects(catalogue_, query.feature, action));
  const absl::StatusOr<std::optional<Member>> by = MemberAskedFor(view, query.member);
  HANSA_RETURN_IF_ERROR(by.status());
  const absl::StatusOr<std::optional<Member>> to = MemberAskedFor(view, query.asked_of);
  HANSA_RETURN_IF_ERROR(to.status());
  std::optional<NotedRecord> about;
  if (!query.about.empty()) {
    const absl::StatusOr<RecordView> record = FindSpokenOf(kListing, views_, view, query.about);
    HANSA_RETURN_IF_ERROR(record.status());
    about = NotedOf(record->key);
  }
  const absl::StatusOr<std::set<Member>> left_out = LeftOut(query.with_muted);
  HANSA_RETURN_IF_ERROR(left_out.status());
  const absl::StatusOr<DialogueShelf> shelf = DialogueShelf::Read(node_.feeds(), views_, view);
  HANSA_RETURN_IF_ERROR(shelf.status());
  const domain::DialogueBook& book = shelf->book();
  ShownWords listed;
  for (const auto& [record, word] : book.words) {
    const domain::WordFacts& facts = word.facts;
    const bool is_asked_for = facts.kind == WordKind::kQuestion && word.state == domain::WordState::kStands &&
                              IsBy(record.author, query.member, *by) && (!about || facts.about == about) &&
                              IsPutTo(domain::AskedOf(record, facts), *to) && Has(facts.features, query.feature) &&
                              Has(facts.actions, action) && !(query.open_only && domain::IsAnswered(book, record));
    if (!is_asked_for) continue;
    if (left_out->contains(record.author)) {
      ++listed.muted;
      continue;
    }
    ShownWord& shown = listed.words.emplace_back(Shown(view, *shelf, record, *left_out));
    if (facts.about) shown.about = shelf->LinkTo(view, *facts.about);
  }
  std::stable_sort(listed.words.begin(), listed.words.end(),
                   [](const ShownWord& a, const ShownWord& b) { return a.first_ms > b.first_ms; });
  return listed;
}

absl::StatusOr<ShownThread> DialogueDesk::ThreadOf(absl::string_view id, bool with_muted) const {
  const NodeView view = node_.View();
  const absl::StatusOr<RecordView> record = FindSpokenOf(kShowing, views_, view, id);
  HANSA_RETURN_IF_ERROR(record.status());
  const absl::StatusOr<std::set<Member>> left_out = LeftOut(with_muted);
  HANSA_RETURN_IF_ERROR(left_out.status());
  const absl::StatusOr<DialogueShelf> shelf = DialogueShelf::Read(node_.feeds(), views_, view);
  HANSA_RETURN_IF_ERROR(shelf.status());
  const NotedRecord root = NotedOf(record->key);
  const domain::Thread thread = domain::ThreadUnder(shelf->book(), root, *left_out);
  ShownThread shown;
  shown.root = Shown(view, *shelf, root, *left_out);
  shown.muted = thread.left_out;
  if (const SpokenWord* const word = shelf->book().Find(root)) {
    if (left_out->contains(root.author) && !shown.root.is_withdrawn) ++shown.muted;
    if (word->facts.about) shown.root.about = shelf->LinkTo(view, *word->facts.about);
  } else {
    shown.root.is_withdrawn = TakesBack(record->revisions.back());
  }
  // Above each line of a thread what it stands under is the last one of a lesser depth.
  std::vector<NotedRecord> above = {root};
  for (const domain::ThreadLine& line : thread.lines) {
    ShownWord& word = shown.words.emplace_back(Shown(view, *shelf, line.record, *left_out));
    word.depth = line.depth;
    above.resize(line.depth, root);
    const std::optional<NotedRecord>& about = shelf->book().words.at(line.record).facts.about;
    if (about && *about != above.back()) word.about = shelf->LinkTo(view, *about);
    above.push_back(line.record);
  }
  return shown;
}

absl::StatusOr<MuteReport> DialogueDesk::Report(const NodeView& view, bool already) const {
  const absl::StatusOr<std::set<Member>> muted = LoadMuted(node_.tables());
  HANSA_RETURN_IF_ERROR(muted.status());
  return MuteReport{already, ByName(view, *muted, {})};
}

absl::StatusOr<MuteReport> DialogueDesk::Mute(absl::string_view slug) {
  absl::MutexLock lock(&muting_);
  const NodeView view = node_.View();
  const absl::StatusOr<const replication::MemberRecord*> member = MemberNamed(view, slug);
  HANSA_RETURN_IF_ERROR(member.status());
  if ((*member)->number == view.member) {
    return absl::FailedPreconditionError(absl::StrCat(
        "muting ", slug, ": that is this node's own member; take a word back with hansa dialogue withdraw"));
  }
  absl::StatusOr<std::set<Member>> muted = LoadMuted(node_.tables());
  HANSA_RETURN_IF_ERROR(muted.status());
  const bool already = !muted->insert((*member)->number).second;
  if (!already) HANSA_RETURN_IF_ERROR(SaveMuted(*muted, node_.tables()));
  return Report(view, already);
}

absl::StatusOr<MuteReport> DialogueDesk::Unmute(absl::string_view slug) {
  absl::MutexLock lock(&muting_);
  const NodeView view = node_.View();
  const absl::StatusOr<const replication::MemberRecord*> member = MemberNamed(view, slug);
  HANSA_RETURN_IF_ERROR(member.status());
  absl::StatusOr<std::set<Member>> muted = LoadMuted(node_.tables());
  HANSA_RETURN_IF_ERROR(muted.status());
  const bool was_muted = muted->erase((*member)->number) > 0;
  if (was_muted) HANSA_RETURN_IF_ERROR(SaveMuted(*muted, node_.tables()));
  return Report(view, !was_muted);
}

absl::StatusOr<MuteReport> DialogueDesk::Muted() const { return Report(node_.View(), true); }

}  // namespace hansa::node::desk
