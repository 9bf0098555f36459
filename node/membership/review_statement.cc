#include "node/membership/review_statement.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "hansa/v1/reviews.pb.h"
#include "node/charter.h"
#include "node/domain/record_form.h"
#include "node/domain/review_file.h"
#include "node/domain/review_reading.h"
#include "node/domain/text.h"
#include "node/membership/json_file.h"
#include "node/membership/own_folder.h"
#include "node/membership/statement_file.h"
#include "node/node_folder.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::membership {
namespace {

using replication::Bytes;
using replication::KeyRole;
using replication::NetworkId;
using replication::SodiumCrypto;
using replication::Statement;
using replication::StatementType;

constexpr char kReportForm[] = "review-report";
constexpr char kRatingForm[] = "rating";
constexpr char kDeliveryForm[] = "survey";

absl::Status Refused(absl::string_view what) { return absl::FailedPreconditionError(what); }

// A key ready to sign, and the network that it signs for where that is known.
struct OpenedHand {
  std::unique_ptr<replication::Signer> key;
  std::string code;
  std::optional<NetworkId> network;
};

absl::StatusOr<OpenedHand> OpenFolder(const std::string& folder, KeyRole role) {
  absl::StatusOr<OwnFolder> own = OpenOwnFolder(folder);
  HANSA_RETURN_IF_ERROR(own.status());
  if (own->identity.key_role != role) {
    return Refused(absl::StrCat(own->identity.slug, role == KeyRole::kExpert ? " is no expert" : " is no survey agency",
                                " (its kind is ", RoleName(own->identity.kind, own->identity.key_role),
                                "); use the folder of the key that is to sign"));
  }
  return OpenedHand{std::move(own->writer), own->identity.slug, own->network};
}

absl::StatusOr<OpenedHand> Open(const SigningHand& hand, KeyRole role) {
  if (hand.key_file.empty()) return OpenFolder(hand.folder, role);
  if (hand.code.empty()) {
    return absl::InvalidArgumentError("a key file says no code; give --code, under which the key is listed");
  }
  const absl::StatusOr<replication::Seed> seed = ReadKey(hand.key_file);
  HANSA_RETURN_IF_ERROR(seed.status());
  OpenedHand opened{replication::SodiumSigner(*seed), hand.code, std::nullopt};
  if (hand.charter_file.empty()) return opened;
  const absl::StatusOr<std::string> json = ReadFile(hand.charter_file, kFileBytesMax);
  HANSA_RETURN_IF_ERROR(json.status());
  const absl::StatusOr<Charter> charter = DecodeCharter(*json);
  HANSA_RETURN_IF_ERROR(charter.status());
  opened.network = NetworkOf(*charter);
  return opened;
}

absl::Status CheckAskedFor(const ReportToRate& report, const std::string& feature) {
  const std::vector<std::string>& features = report.features;
  if (features.empty() || std::find(features.begin(), features.end(), feature) != features.end()) {
    return absl::OkStatus();
  }
  return Refused(absl::StrCat("the report asks for no review of ", domain::Quoted(feature),
                              "; it asks for: ", absl::StrJoin(features, ", ")));
}

absl::StatusOr<v1::RatingBody> BodyOf(const RatingGiven& given, const ReportToRate& report, const OpenedHand& hand,
                                      const catalogue::Catalogue& catalogue) {
  v1::RatingBody body;
  body.mutable_report()->set_member(report.member.value());
  body.mutable_report()->set_collection(replication::kReviews.value());
  body.mutable_report()->set_record_id(report.record.str());
  body.mutable_report()->set_entry_hash(report.entry_hash.str());
  const absl::StatusOr<std::string> reasons = domain::CleanText(given.reasons, domain::Lines::kMany);
  if (!reasons.ok()) return absl::InvalidArgumentError(absl::StrCat("the reasons: ", reasons.status().message()));
  body.set_feature(given.feature);
  body.set_measurement(given.measurement);
  body.set_rating(given.rating);
  body.set_reasons(*reasons);
  body.set_language(given.language);
  body.set_expert_code(hand.code);
  body.set_year(static_cast<std::uint32_t>(report.year));
  body.set_rated_on(given.rated_on);
  body.set_framework_id(catalogue.framework_id());
  body.set_framework_version(catalogue.version());
  HANSA_RETURN_IF_ERROR(domain::CheckRecordForm(body));
  const auto measurement = domain::RatedMeasurement(catalogue, body);
  HANSA_RETURN_IF_ERROR(measurement.status());
  body.set_measurement((*measurement)->id);
  return body;
}

// What people read beside the signed body of a rating.
std::vector<std::pair<const char*, std::string>> CopiesOf(const v1::RatingBody& body) {
  return {{"measurement", body.measurement()},
          {"rating", absl::StrCat(body.rating())},
          {"reasons", body.reasons()},
          {"expert", body.expert_code()}};
}
std::vector<std::pair<const char*, std::string>> CopiesOf(const v1::SurveyBody& body) {
  return {{"agency", body.agency().name()},
          {"code", body.agency_code()},
          {"city", absl::StrCat(body.member())},
          {"year", absl::StrCat(body.year())}};
}

template <typename Body>
absl::StatusOr<std::string> SignedFile(const char* form, StatementType type, const char* tag, const OpenedHand& hand,
                                       const NetworkId& network, const Body& body) {
  const absl::StatusOr<std::string> message = domain::EncodeRecord(body);
  HANSA_RETURN_IF_ERROR(message.status());
  const Statement statement =
      SignStatement(SodiumCrypto(), network, type, *hand.key, replication::Tagged(tag, *message));
  JsonWriter json(form);
  for (const auto& [key, text] : CopiesOf(body)) json.Text(key, text);
  PutStatement(network, statement, json);
  std::string file = json.text();
  if (file.size() <= kFileBytesMax) return file;
  return absl::InvalidArgumentError("the file would be larger than 256 KiB; shorten its texts");
}

// A file as read, its form and signature judged.
template <typename Body>
absl::StatusOr<Statement> ReadSigned(const char* form, StatementType type, absl::string_view bytes,
                                     const NetworkId& network,
                                     absl::Status (*read_body)(replication::BytesView, Body&)) {
  const absl::StatusOr<JsonReader> json = JsonReader::Parse(form, bytes);
  HANSA_RETURN_IF_ERROR(json.status());
  HANSA_RETURN_IF_ERROR(CheckNetwork(*json, network));
  Statement statement = StatementIn(*json);
  HANSA_RETURN_IF_ERROR(json->status());
  if (!IsSigned(SodiumCrypto(), network, type, statement)) {
    return Refused(
        absl::StrCat("the ", form, " was altered: its signature is false; ask whoever signed it for the file again"));
  }
  Body body;
  HANSA_RETURN_IF_ERROR(read_body(statement.body, body));
  for (const auto& [key, text] : CopiesOf(body)) HANSA_RETURN_IF_ERROR(CheckCopy(*json, key, text));
  return statement;
}

}  // namespace

std::string Encode(const ReportToRate& report) {
  return JsonWriter(kReportForm)
      .Text("title", report.title)
      .Text("member", report.slug)
      .Number("year", static_cast<std::uint64_t>(report.year))
      .Number("revision", report.revision)
      .Text("language", report.language)
      .Texts("features", report.features)
      .Hex("network", report.network.view())
      .Number("member_number", report.member.value())
      .Hex("record", report.record.view())
      .Hex("entry_hash", report.entry_hash.view())
      .Text("text", report.text)
      .text();
}

absl::StatusOr<ReportToRate> DecodeReportToRate(absl::string_view bytes) {
  constexpr std::uint64_t kYearMax = 2200, kNumberMax = 4'294'967'294, kRevisionsMax = 1'000'000;
  const absl::StatusOr<JsonReader> json = JsonReader::Parse(kReportForm, bytes);
  HANSA_RETURN_IF_ERROR(json.status());
  ReportToRate report;
  report.network = json->Hex<NetworkId>("network");
  report.member = replication::Member(static_cast<std::uint32_t>(json->Number("member_number", kNumberMax)));
  report.slug = json->Text("member");
  report.record = json->Hex<replication::RecordId>("record");
  report.entry_hash = json->Hex<replication::Hash>("entry_hash");
  report.revision = json->Number("revision", kRevisionsMax);
  report.title = json->Text("title");
  report.language = json->Text("language");
  report.year = static_cast<int>(json->Number("year", kYearMax));
  report.features = json->Texts("features");
  report.text = json->Text("text");
  HANSA_RETURN_IF_ERROR(json->status());
  return report;
}

absl::StatusOr<std::string> SignRating(const RatingGiven& given, const catalogue::Catalogue& catalogue) {
  const absl::StatusOr<ReportToRate> report = DecodeReportToRate(given.report);
  HANSA_RETURN_IF_ERROR(report.status());
  const absl::StatusOr<OpenedHand> hand = Open(given.hand, KeyRole::kExpert);
  HANSA_RETURN_IF_ERROR(hand.status());
  if (hand->network && *hand->network != report->network) {
    return Refused("the report is of another network than the key; ask the city which network it means");
  }
  HANSA_RETURN_IF_ERROR(CheckAskedFor(*report, given.feature));
  const absl::StatusOr<v1::RatingBody> body = BodyOf(given, *report, *hand, catalogue);
  HANSA_RETURN_IF_ERROR(body.status());
  return SignedFile(kRatingForm, StatementType::kRating, replication::kRatingTag, *hand, report->network, *body);
}

absl::StatusOr<std::string> SignDelivery(const DeliveryGiven& given, const catalogue::Catalogue& catalogue,
                                         std::vector<std::string>& warnings) {
  const absl::StatusOr<OpenedHand> hand = Open(given.hand, KeyRole::kSurveyAgency);
  HANSA_RETURN_IF_ERROR(hand.status());
  if (!hand->network) {
    return absl::InvalidArgumentError("a key file says no network; give --charter, the network's charter.json");
  }
  v1::SurveyBody body;
  const absl::StatusOr<domain::FileRemarks> remarks =
      domain::ReadSurveyFile(given.file, {.member = given.member, .agency_code = hand->code}, catalogue, body);
  HANSA_RETURN_IF_ERROR(remarks.status());
  warnings = remarks->warnings;
  if (given.report != nullptr) *body.mutable_report() = *given.report;
  return SignedFile(kDeliveryForm, StatementType::kSurveyDelivery, replication::kSurveyTag, *hand, *hand->network,
                    body);
}

bool SaysItIsADelivery(absl::string_view bytes) { return JsonReader::Parse(kDeliveryForm, bytes).ok(); }

absl::StatusOr<Statement> ReadRatingFile(absl::string_view bytes, const NetworkId& network) {
  return ReadSigned<v1::RatingBody>(kRatingForm, StatementType::kRating, bytes, network, domain::ReadRatingBody);
}

absl::StatusOr<Statement> ReadDeliveryFile(absl::string_view bytes, const NetworkId& network) {
  return ReadSigned<v1::SurveyBody>(kDeliveryForm, StatementType::kSurveyDelivery, bytes, network,
                                    domain::ReadSurveyBody);
}

}  // namespace hansa::node::membership
