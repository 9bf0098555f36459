// Results of surveys: entered by the city, or as their agency signed them.
#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hansa/v1/reviews.pb.h"
#include "node/desk/review_desk.h"
#include "node/domain/record_form.h"
#include "node/domain/review_file.h"
#include "node/domain/review_reading.h"
#include "node/domain/text.h"
#include "node/membership/review_statement.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::desk {
namespace {

constexpr absl::string_view kEntering = "entering a survey";

absl::Status Refused(absl::string_view why) {
  return absl::FailedPreconditionError(absl::StrCat(kEntering, ": ", why));
}

absl::Status OfSurveyFile(absl::string_view name, const absl::Status& status) {
  const bool is_forged = absl::IsUnauthenticated(status);
  return absl::Status(is_forged ? absl::StatusCode::kFailedPrecondition : status.code(),
                      absl::StrCat(name, ": ", status.message()));
}

// What two entries of one survey have in common. The salt of an attached report is another each time, and with it all
// hashes: name and size are compared.
std::string MarkOf(const v1::SurveyResult& result) {
  if (result.has_delivered()) return absl::StrCat("1:", result.delivered().body());
  v1::SurveyBody body = result.entered();
  if (body.has_report()) {
    body.mutable_report()->clear_salt();
    body.mutable_report()->clear_hash();
    body.mutable_report()->clear_chunk_hashes();
  }
  return absl::StrCat("2:", body.SerializeAsString());
}

bool HasTheSameWords(const v1::SurveyResult& a, const v1::SurveyResult& b) {
  return a.note() == b.note() && a.language() == b.language() && a.approved_by() == b.approved_by();
}

}  // namespace

struct ReviewDesk::Survey {
  v1::SurveyResult result;
  v1::SurveyBody body;
  domain::Word word;
  std::vector<std::string> warnings;
};

absl::Status ReviewDesk::ReadSurveyGiven(const NodeView& view, const SurveyEntered& entered, Survey& survey) const {
  const absl::StatusOr<std::string> note = domain::CleanText(entered.words.text, domain::Lines::kMany);
  if (!note.ok()) return absl::InvalidArgumentError(absl::StrCat(kEntering, ": the note: ", note.status().message()));
  survey.result.set_note(*note);
  survey.result.set_language(entered.words.language);
  survey.result.set_approved_by(entered.words.approved_by);
  if (membership::SaysItIsADelivery(entered.file.content)) {
    if (entered.report != nullptr) {
      return Refused("what an agency signed names its report itself; leave --report out");
    }
    const absl::StatusOr<replication::Statement> statement =
        membership::ReadDeliveryFile(entered.file.content, view.roster->network());
    if (!statement.ok()) return OfSurveyFile(entered.file.name, statement.status());
    v1::SignedStatement& delivered = *survey.result.mutable_delivered();
    delivered.set_body(statement->body);
    delivered.set_signer_pk(statement->signer.str());
    delivered.set_sig(statement->signature.str());
  } else {
    v1::SurveyBody& body = *survey.result.mutable_entered();
    const absl::StatusOr<domain::FileRemarks> remarks =
        domain::ReadSurveyFile(entered.file, {.member = view.member}, catalogue_, body);
    HANSA_RETURN_IF_ERROR(remarks.status());
    HANSA_RETURN_IF_ERROR(CheckAuthor(kEntering, view, *remarks));
    survey.warnings = remarks->warnings;
    if (entered.report != nullptr) *body.mutable_report() = *entered.report;
  }
  const absl::StatusOr<domain::SpokenAnswers> spoken = domain::ReadSurvey(
      {replication::SodiumCrypto(), view.roster->network(), catalogue_, view.member}, survey.result, survey.body);
  if (!spoken.ok()) return OfSurveyFile(entered.file.name, spoken.status());
  survey.word = spoken->word;
  const absl::Status listed = domain::CheckWord(spoken->word, view.roster->state().statement_keys);
  return listed.ok() ? listed : OfSurveyFile(entered.file.name, listed);
}

// The record of this city that `survey` is a revision of; nullopt: it is a new one.
absl::StatusOr<std::optional<ReviewDesk::Stands>> ReviewDesk::BeforeOf(const NodeView& view,
                                                                       const SurveyEntered& entered,
                                                                       Survey& survey) const {
  if (entered.revises.empty()) {
    absl::StatusOr<std::vector<Stands>> known = OwnOf(view, ReviewKind::kSurvey);
    HANSA_RETURN_IF_ERROR(known.status());
    const std::string mark = MarkOf(survey.result);
    for (Stands& each : *known) {
      if (MarkOf(*each.content->survey) == mark) return std::optional<Stands>(std::move(each));
    }
    return std::optional<Stands>();
  }
  absl::StatusOr<Stands> stands = FindOwn(kEntering, view, entered.revises);
  HANSA_RETURN_IF_ERROR(stands.status());
  const std::string id = stands->record.key.id.hex();
  if (ReviewKindOf(stands->record) != ReviewKind::kSurvey) return Refused(absl::StrCat(id, " is no survey"));
  if (stands->record.revisions.back().retracted) {
    return Refused(absl::StrCat(id, " was taken back; enter the survey anew"));
  }
  const bool was_signed = stands->content && stands->content->survey->has_delivered();
  if (was_signed) {
    if (!survey.result.has_delivered()) {
      return Refused(absl::StrCat(id,
                                  " was signed by its agency, and the city does not edit that; enter what the "
                                  "agency signs instead, or take the record back"));
    }
    if (stands->content->survey_body->agency_code() != survey.body.agency_code()) {
      return Refused(absl::StrCat(id, " was signed by another agency, ",
                                  domain::Quoted(stands->content->survey_body->agency_code()),
                                  "; enter this survey by itself"));
    }
  }
  return std::optional<Stands>(*std::move(stands));
}

absl::StatusOr<PublishedEntry> ReviewDesk::EnterSurvey(const SurveyEntered& entered) {
  absl::MutexLock lock(&publishing_);
  const NodeView view = node_.View();
  HANSA_RETURN_IF_ERROR(CheckMayPublish(kEntering, view, replication::kReviews));
  const absl::StatusOr<std::string> reason = CleanReason(kEntering, entered.words.reason, kRevisionReasonMax);
  HANSA_RETURN_IF_ERROR(reason.status());
  Survey survey;
  HANSA_RETURN_IF_ERROR(ReadSurveyGiven(view, entered, survey));
  HANSA_RETURN_IF_ERROR(node_.AwaitViews());
  const absl::StatusOr<std::optional<Stands>> before = BeforeOf(view, entered, survey);
  HANSA_RETURN_IF_ERROR(before.status());
  const v1::SurveyResult* const present = *before && (*before)->content ? (*before)->content->survey.get() : nullptr;
  const bool is_same =
      present != nullptr && MarkOf(*present) == MarkOf(survey.result) && HasTheSameWords(*present, survey.result);
  // Whoever names the record that is revised means the report that is attached now.
  const bool is_unchanged = is_same && (entered.report == nullptr || entered.revises.empty());
  absl::StatusOr<PublishedEntry> entry;
  if (is_unchanged) {
    entry = Standing(view, (*before)->record);
    if (entered.report != nullptr) {
      survey.warnings.emplace_back(
          "the record keeps the hash of the report that was given before; if this is another one of the same name and "
          "size, revise the record with --revises");
    }
  } else {
    if (*before) survey.result.set_revision_reason(*reason);
    absl::StatusOr<std::string> payload = domain::EncodeRecord(survey.result);
    HANSA_RETURN_IF_ERROR(payload.status());
    Publication publication;
    publication.collection = replication::kReviews;
    publication.kind = replication::kSurveyResult;
    publication.payload = *std::move(payload);
    if (*before) publication.record = (*before)->record.key.id;
    entry = SignOne(node_, view, std::move(publication), *before ? (*before)->record.revisions.size() : 0);
    HANSA_RETURN_IF_ERROR(entry.status());
  }
  entry->title = survey.body.agency().name();
  entry->warnings.insert(entry->warnings.end(), survey.warnings.begin(), survey.warnings.end());
  return entry;
}

}  // namespace hansa::node::desk
