// Practices given in another language, by any member that may write practices.
#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "hansa/v1/practices.pb.h"
#include "node/desk/practice_desk.h"
#include "node/desk/practice_records.h"
#include "node/domain/practice_file.h"
#include "node/domain/record_form.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::desk {
namespace {

using projection::RecordView;
using projection::Revision;

constexpr absl::string_view kTranslating = "translating a practice";

// Whether `a` and `b` are of one practice and in one language.
bool AreOfOne(const v1::PracticeTranslation& a, const v1::PracticeTranslation& b) {
  return a.original().member() == b.original().member() && a.original().record_id() == b.original().record_id() &&
         absl::EqualsIgnoreCase(a.language(), b.language());
}

// Which revision of the original is meant counts: said again of a later one, it is a word of its own.
std::string SaidBy(v1::PracticeTranslation translation) {
  translation.clear_revision_reason();
  return translation.SerializeAsString();
}

}  // namespace

absl::StatusOr<PublishedEntry> PracticeDesk::Translate(const PracticeChange& change) {
  absl::MutexLock lock(&publishing_);
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(CheckMayPublish(kTranslating, view, replication::kPractices));
  const absl::StatusOr<std::string> reason = CleanReason(kTranslating, change.reason, kRevisionReasonMax);
  HANSA_RETURN_IF_ERROR(reason.status());
  HANSA_RETURN_IF_ERROR(node_.AwaitViews());
  const absl::StatusOr<RecordView> original = Find(kTranslating, change.id, {});
  HANSA_RETURN_IF_ERROR(original.status());
  if (change.of_revision != 0) HANSA_RETURN_IF_ERROR(CheckNoneWaits(kTranslating, view, original->key.id));
  HANSA_RETURN_IF_ERROR(CheckStillStands(kTranslating, original->key.id,
                                         {.read = change.of_revision, .present = original->revisions.size()}));
  const Revision& last = original->revisions.back();
  const absl::StatusOr<std::shared_ptr<v1::Practice>> practice = ReadPractice(node_.feeds(), last);
  if (!practice.ok()) {
    return absl::FailedPreconditionError(
        absl::StrCat(kTranslating, ": ", original->key.id.hex(), ": ",
                     IsWithdrawal(last) ? "it was taken back by its author, so it is not translated any more"
                                        : "its text is not held here, so nobody here can translate it"));
  }
  v1::PracticeTranslation translation;
  const absl::StatusOr<domain::FileRemarks> remarks = domain::ReadTranslationFile(change.file, catalogue_, translation);
  HANSA_RETURN_IF_ERROR(remarks.status());
  HANSA_RETURN_IF_ERROR(CheckAuthor(kTranslating, view, *remarks));
  if (absl::EqualsIgnoreCase(translation.language(), (*practice)->language())) {
    return absl::InvalidArgumentError(absl::StrCat(change.file.name, ": language: the original is in ",
                                                   (*practice)->language(),
                                                   " itself; give the language that it is translated into"));
  }
  v1::Reference& reference = *translation.mutable_original();
  reference.set_member(original->key.member.value());
  reference.set_collection(original->key.collection.value());
  reference.set_record_id(original->key.id.str());
  reference.set_entry_hash(last.entry_hash.str());

  const absl::StatusOr<std::vector<RecordView>> own = views_.RecordsOf(view.member, replication::kPractices);
  HANSA_RETURN_IF_ERROR(own.status());
  std::shared_ptr<v1::PracticeTranslation> present;
  const auto earlier = std::find_if(own->begin(), own->end(), [&](const RecordView& record) {
    const auto said = ReadTranslation(node_.feeds(), record.revisions.back());
    if (!said.ok() || !AreOfOne(**said, translation)) return false;
    present = *said;
    return true;
  });
  absl::StatusOr<PublishedEntry> entry;
  if (present != nullptr && SaidBy(*present) == SaidBy(translation)) {
    entry = Standing(view, *earlier);
  } else {
    if (present != nullptr) translation.set_revision_reason(*reason);
    absl::StatusOr<std::string> payload = domain::EncodeRecord(translation);
    HANSA_RETURN_IF_ERROR(payload.status());
    Publication publication;
    publication.collection = replication::kPractices;
    publication.kind = replication::kPracticeTranslation;
    if (present != nullptr) publication.record = earlier->key.id;
    publication.payload = *std::move(payload);
    entry = SignOne(node_, view, std::move(publication), present == nullptr ? 0 : earlier->revisions.size());
  }
  HANSA_RETURN_IF_ERROR(entry.status());
  entry->title = translation.title().empty() ? (*practice)->title() : translation.title();
  entry->warnings.insert(entry->warnings.end(), remarks->warnings.begin(), remarks->warnings.end());
  return entry;
}

}  // namespace hansa::node::desk
