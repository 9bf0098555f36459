#include "node/domain/review_reading.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "hansa/v1/reviews.pb.h"
#include "node/domain/record_form.h"
#include "node/domain/text.h"
#include "node/domain/value_rules.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::domain {
namespace {

using catalogue::Catalogue;
using catalogue::Measurement;
using replication::KeyRole;
using replication::StatementType;

absl::Status Wrong(absl::string_view where, absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat(where, ": ", what));
}

// Whether a body is about the framework that our catalogue has.
template <typename Body>
bool IsOurs(const Catalogue& catalogue, const Body& body) {
  return body.framework_id() == catalogue.framework_id() && body.framework_version() == catalogue.version();
}

bool MayComeFrom(const Measurement& measurement, SourceKind kind) {
  const std::vector<std::string>& kinds = measurement.source_kinds;
  return std::find(kinds.begin(), kinds.end(), Code(kind)) != kinds.end();
}

// The statement, if its signature holds for the network.
absl::StatusOr<replication::Statement> Proven(const ReviewContext& context, StatementType type,
                                              const v1::SignedStatement& carried) {
  absl::StatusOr<replication::Statement> statement = SignedIn(carried);
  HANSA_RETURN_IF_ERROR(statement.status());
  if (!IsSigned(context.crypto, context.network, type, *statement)) {
    return absl::UnauthenticatedError("the signature does not hold; ask the signer for the file again");
  }
  return statement;
}

// nullopt if it points nowhere.
std::optional<ReportPoint> PointOf(const v1::Reference& report) {
  const auto record = replication::RecordId::From(report.record_id());
  const auto entry = replication::Hash::From(report.entry_hash());
  if (report.collection() != replication::kReviews.value() || !record || !entry) return std::nullopt;
  return ReportPoint{*record, *entry};
}

absl::Status CheckReport(const ReviewContext& context, const v1::RatingBody& body) {
  if (!body.has_report()) return absl::InvalidArgumentError("it names no report; an expert rates what a report says");
  if (replication::Member(body.report().member()) != context.author) {
    return absl::FailedPreconditionError("it rates a report of another city; that city alone can publish it");
  }
  if (PointOf(body.report())) return absl::OkStatus();
  return absl::FailedPreconditionError("what it rates is no report for review");
}

absl::Status CheckDays(const v1::SurveyBody& survey) {
  const bool both = !survey.fieldwork_starts_on().empty() && !survey.fieldwork_ends_on().empty();
  if (!both || survey.fieldwork_starts_on() <= survey.fieldwork_ends_on()) return absl::OkStatus();
  return Wrong("fieldwork_ends_on", "the last day of asking lies before the first; mend one of them");
}

absl::Status CheckAnswer(const Catalogue& catalogue, const v1::SurveyValue& value, const catalogue::Cell*& last) {
  const catalogue::Cell* const cell = catalogue.FindCell(value.cell());
  if (cell == nullptr) {
    return Wrong(Quoted(value.cell()), absl::StrCat("there is no such cell; ", CellAdvice(catalogue, value.cell())));
  }
  if (last != nullptr && cell->position <= last->position) {
    return Wrong(cell->id, cell == last ? "the cell stands there twice; name it once"
                                        : "the cells are not in the order of the catalogue; put them in its order");
  }
  last = cell;
  if (!MayComeFrom(*cell->measurement, SourceKind::kSurvey)) {
    return Wrong(cell->id, "this row takes no survey; leave it out");
  }
  if (!value.unit().empty()) {
    if (const auto fault = CheckUnit(*cell->measurement, value.unit())) {
      return Wrong(cell->id, absl::StrCat(fault->what, "; ", fault->remedy));
    }
  }
  if (!value.has_value()) return absl::OkStatus();
  const absl::StatusOr<Decimal> number = Decimal::Parse(value.value());
  HANSA_RETURN_IF_ERROR(number.status());  // read before
  if (const auto fault = CheckValue(*cell->measurement, *number)) {
    return Wrong(cell->id, absl::StrCat(fault->what, "; ", fault->remedy));
  }
  return absl::OkStatus();
}

replication::PublicKey SignerOf(const v1::SignedStatement& statement) {
  return replication::PublicKey::From(statement.signer_pk()).value_or(replication::PublicKey());
}

// First to last day; one of them where only that is given.
std::string PeriodOf(const v1::SurveyBody& survey) {
  const std::string& first = survey.fieldwork_starts_on();
  const std::string& last = survey.fieldwork_ends_on();
  if (first.empty() || last.empty() || first == last) return first.empty() ? last : first;
  return absl::StrCat(first, "/", last);
}

void AddPart(absl::string_view part, std::vector<std::string>& parts) {
  if (!part.empty()) parts.emplace_back(part);
}

// How it was asked, of how many: the question first. Free of any language but the author's.
std::string DerivationOf(const v1::SurveyBody& survey, const v1::SurveyValue& value) {
  std::vector<std::string> parts;
  AddPart(value.question(), parts);
  const std::uint32_t asked = value.respondents() > 0 ? value.respondents() : survey.respondents();
  if (asked > 0) parts.push_back(absl::StrCat("n = ", asked));
  AddPart(survey.method(), parts);
  return absl::StrJoin(parts, "; ");
}

Observation AnswerOf(const Catalogue& catalogue, const v1::SurveyResult& result, const v1::SurveyBody& survey,
                     const v1::SurveyValue& value) {
  Observation answer;
  answer.cell = value.cell();
  if (value.has_value()) answer.value = Decimal::Parse(value.value()).value();
  if (value.has_no_data_reason()) answer.no_data_reason = value.no_data_reason();
  answer.unit = value.unit();
  answer.source_kind = SourceKind::kSurvey;
  answer.source = survey.agency().name();
  answer.supplier = survey.agency().name();
  answer.period = PeriodOf(survey);
  answer.derivation_note = DerivationOf(survey, value);
  answer.definition_language = value.question_language().empty() ? survey.language() : value.question_language();
  std::vector<std::string> notes;
  AddPart(result.note(), notes);
  AddPart(value.note(), notes);
  answer.note = absl::StrJoin(notes, "; ");
  answer.approved_by = result.approved_by();
  if (IsOurs(catalogue, survey)) CompleteFromCatalogue(catalogue, answer);
  return answer;
}

Observation AnswerOf(const Measurement& measurement, const v1::Rating& rating, const v1::RatingBody& body) {
  Observation answer;
  answer.cell = measurement.cells.front();
  answer.value = Decimal::Parse(absl::StrCat(body.rating())).value();
  answer.unit = measurement.unit;
  answer.source_kind = SourceKind::kExpertReview;
  answer.source = absl::StrCat("expert ", body.expert_code());
  answer.supplier = answer.source;
  answer.derivation_note = body.reasons();
  answer.definition_language = body.language();
  answer.note = rating.answer();
  answer.approved_by = rating.approved_by();
  return answer;
}

SpokenAnswers Says(const Catalogue& catalogue, const v1::Rating& rating, const v1::RatingBody& body) {
  SpokenAnswers answers;
  answers.word = {Voice::kExpert, body.expert_code(), SignerOf(rating.statement())};
  answers.year = static_cast<int>(body.year());
  answers.framework_id = body.framework_id();
  answers.framework_version = body.framework_version();
  answers.report = PointOf(body.report());
  const absl::StatusOr<const Measurement*> measurement = RatedMeasurement(catalogue, body);
  if (!measurement.ok() || *measurement == nullptr) return answers;
  answers.observations.push_back(AnswerOf(**measurement, rating, body));
  answers.observations.back().word_of = InWords(answers.word);
  return answers;
}

SpokenAnswers Says(const Catalogue& catalogue, const v1::SurveyResult& result, const v1::SurveyBody& body) {
  SpokenAnswers answers;
  if (result.has_delivered()) answers.word = {Voice::kAgency, body.agency_code(), SignerOf(result.delivered())};
  answers.year = static_cast<int>(body.year());
  answers.framework_id = body.framework_id();
  answers.framework_version = body.framework_version();
  answers.observations.reserve(static_cast<std::size_t>(body.values_size()));
  for (const v1::SurveyValue& value : body.values()) {
    answers.observations.push_back(AnswerOf(catalogue, result, body, value));
    answers.observations.back().word_of = InWords(answers.word);
  }
  return answers;
}

KeyRole RoleOf(Voice voice) { return voice == Voice::kExpert ? KeyRole::kExpert : KeyRole::kSurveyAgency; }

}  // namespace

std::string InWords(const Word& word) {
  switch (word.voice) {
    case Voice::kCity:
      return "entered by the city";
    case Voice::kAgency:
      return absl::StrCat("signed by agency ", word.code);
    case Voice::kExpert:
      return absl::StrCat("signed by expert ", word.code);
  }
  return "";
}

absl::StatusOr<replication::Statement> SignedIn(const v1::SignedStatement& statement) {
  const std::optional<replication::PublicKey> signer = replication::PublicKey::From(statement.signer_pk());
  const std::optional<replication::Signature> signature = replication::Signature::From(statement.sig());
  if (!signer || !signature) return absl::InvalidArgumentError("it carries no signature");
  return replication::Statement{statement.body(), *signer, *signature};
}

absl::Status ReadRatingBody(replication::BytesView body, v1::RatingBody& rating) {
  if (!replication::HasTag(replication::kRatingTag, body)) {
    return absl::InvalidArgumentError("what was signed is no rating");
  }
  return DecodeRecord(replication::WithoutTag(body), rating);
}

absl::Status ReadSurveyBody(replication::BytesView body, v1::SurveyBody& survey) {
  if (!replication::HasTag(replication::kSurveyTag, body)) {
    return absl::InvalidArgumentError("what was signed is no result of a survey");
  }
  return DecodeRecord(replication::WithoutTag(body), survey);
}

absl::StatusOr<const Measurement*> RatedMeasurement(const Catalogue& catalogue, const v1::RatingBody& rating) {
  const Measurement* const none = nullptr;
  if (!IsOurs(catalogue, rating)) return none;
  if (catalogue.FindFeature(rating.feature()) == nullptr) {
    return Wrong("feature", absl::StrCat("there is no ", Quoted(rating.feature()), "; `hansa catalogue` lists them"));
  }
  std::vector<const Measurement*> rated;
  std::vector<std::string> names;
  for (const Measurement& measurement : catalogue.measurements()) {
    if (measurement.feature != rating.feature() || !MayComeFrom(measurement, SourceKind::kExpertReview)) continue;
    if (measurement.id == rating.measurement()) return &measurement;
    rated.push_back(&measurement);
    names.push_back(measurement.id);
  }
  if (rated.empty()) {
    return Wrong("feature", absl::StrCat("experts rate nothing of ", rating.feature(), "; choose another feature"));
  }
  if (!rating.measurement().empty()) {
    return Wrong("measurement", absl::StrCat(Quoted(rating.measurement()), " is not what experts rate of ",
                                             rating.feature(), "; choose one of: ", absl::StrJoin(names, ", ")));
  }
  if (rated.size() == 1) return rated.front();
  return Wrong("measurement", absl::StrCat("experts rate several things of ", rating.feature(),
                                           "; choose one of: ", absl::StrJoin(names, ", ")));
}

absl::Status CheckSurveyBody(const Catalogue& catalogue, const v1::SurveyBody& survey) {
  if (!survey.has_agency()) return Wrong("agency", "it is not given; name the agency that asked");
  HANSA_RETURN_IF_ERROR(CheckDays(survey));
  if (survey.values().empty()) return Wrong("values", "there are none; write what the survey found");
  std::set<std::string> cells;
  const catalogue::Cell* last = nullptr;
  for (const v1::SurveyValue& value : survey.values()) {
    if (!value.has_value() && value.no_data_reason().empty()) {
      return Wrong(value.cell(), "there is neither a value nor a reason why there is none; write one of them");
    }
    const absl::StatusOr<Decimal> number =
        value.has_value() ? Decimal::Parse(value.value()) : absl::StatusOr<Decimal>(absl::UnknownError(""));
    if (value.has_value() && !number.ok()) return Wrong(value.cell(), number.status().message());
    if (!cells.insert(value.cell()).second) {
      return Wrong(value.cell(), "the cell stands there twice; name it once");
    }
    if (IsOurs(catalogue, survey)) HANSA_RETURN_IF_ERROR(CheckAnswer(catalogue, value, last));
  }
  return absl::OkStatus();
}

absl::StatusOr<SpokenAnswers> ReadRating(const ReviewContext& context, const v1::Rating& rating, v1::RatingBody& body) {
  const absl::StatusOr<replication::Statement> statement = Proven(context, StatementType::kRating, rating.statement());
  HANSA_RETURN_IF_ERROR(statement.status());
  HANSA_RETURN_IF_ERROR(ReadRatingBody(statement->body, body));
  HANSA_RETURN_IF_ERROR(CheckReport(context, body));
  HANSA_RETURN_IF_ERROR(RatedMeasurement(context.catalogue, body).status());
  return Says(context.catalogue, rating, body);
}

absl::StatusOr<SpokenAnswers> ReadSurvey(const ReviewContext& context, const v1::SurveyResult& result,
                                         v1::SurveyBody& body) {
  if (result.has_delivered()) {
    const absl::StatusOr<replication::Statement> statement =
        Proven(context, StatementType::kSurveyDelivery, result.delivered());
    HANSA_RETURN_IF_ERROR(statement.status());
    HANSA_RETURN_IF_ERROR(ReadSurveyBody(statement->body, body));
    if (body.agency_code().empty()) return Wrong("agency_code", "it is not given; the agency signs under its code");
  } else if (result.has_entered()) {
    body = result.entered();
  } else {
    return absl::InvalidArgumentError("it says nothing of what the survey found");
  }
  if (replication::Member(body.member()) != context.author) {
    return absl::FailedPreconditionError("it is about another city; that city alone can publish it");
  }
  HANSA_RETURN_IF_ERROR(CheckSurveyBody(context.catalogue, body));
  return Says(context.catalogue, result, body);
}

SpokenAnswers AnswersOf(const Catalogue& catalogue, const v1::Rating& rating) {
  v1::RatingBody body;
  HANSA_CHECK(ReadRatingBody(rating.statement().body(), body).ok());
  return Says(catalogue, rating, body);
}

SpokenAnswers AnswersOf(const Catalogue& catalogue, const v1::SurveyResult& result) {
  v1::SurveyBody body = result.entered();
  if (result.has_delivered()) HANSA_CHECK(ReadSurveyBody(result.delivered().body(), body).ok());
  return Says(catalogue, result, body);
}

absl::Status CheckWord(const Word& word, const StatementKeys& keys) {
  if (word.voice == Voice::kCity) return absl::OkStatus();
  const bool by_expert = word.voice == Voice::kExpert;
  const auto listed = keys.find(word.signer);
  if (listed == keys.end()) {
    return absl::FailedPreconditionError(
        by_expert ? "it is signed by a key that the network lists for no expert; the secretariat admits experts"
                  : "it is signed by a key that the network lists for no survey agency; the secretariat admits them");
  }
  if (listed->second.role != RoleOf(word.voice)) {
    return absl::FailedPreconditionError(by_expert
                                             ? "it is signed by a key that the network does not list as an expert's"
                                             : "it is signed by a key that the network does not list as an agency's");
  }
  if (listed->second.code != word.code) {
    return absl::FailedPreconditionError(absl::StrCat("it says that it is by ", Quoted(word.code),
                                                      ", and the network lists its key for ", listed->second.code));
  }
  return absl::OkStatus();
}

int YearOf(const v1::ReviewReport& report) {
  if (report.year() != 0) return static_cast<int>(report.year());
  int year = 0;
  if (!absl::SimpleAtoi(absl::string_view(report.period_ends_on()).substr(0, 4), &year)) return 0;
  return year >= kYearMin && year <= kYearMax ? year : 0;
}

}  // namespace hansa::node::domain
