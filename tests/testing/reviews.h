// Reports, ratings and surveys as cities publish them, with experts and agencies that the roster lists or does not.
#ifndef HANSA_TESTS_TESTING_REVIEWS_H_
#define HANSA_TESTS_TESTING_REVIEWS_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "hansa/v1/reviews.pb.h"
#include "node/catalogue/current.h"
#include "node/domain/record_form.h"
#include "replication/collections.h"
#include "replication/statement.h"
#include "tests/testing/fake_node.h"

namespace hansa::testing {

inline constexpr char kAdvocacy[] = "2.6.1/advocacy-for-learning";
inline constexpr char kTogether[] = "2.5.2/learning-to-live-together";
inline constexpr char kServices[] = "2.6.2/information-and-services";

// Somebody whose key signs statements: an expert, or an agency.
inline Applicant ExpertNamed(absl::string_view code) { return SignerNamed(code, replication::KeyRole::kExpert, "INT"); }
inline Applicant AgencyNamed(absl::string_view code) {
  return SignerNamed(code, replication::KeyRole::kSurveyAgency, "INT");
}
// Puts the key of `signer` on the list.
inline void ListKey(Network& network, const Applicant& signer) {
  const replication::KeyGrant grant{signer.application.key_role, network.Apply(signer), std::nullopt};
  const RosterEntry entry{replication::roster_kind::kKey, replication::Encode(grant), network.approvers(),
                          std::nullopt};
  HANSA_CHECK(network.Append(entry).valid);
}

inline v1::ReviewReport ReportNamed(const std::string& title, std::uint32_t year = 2025) {
  v1::ReviewReport report;
  report.set_title(title);
  report.set_language("en");
  report.set_year(year);
  report.mutable_subjects()->add_features("2.6.1");
  return report;
}

// A revision of a report.
struct Rated {
  replication::Member member;
  replication::RecordId record;
  replication::Hash entry_hash;
};
// The first entry of a unit.
inline Rated RatedIn(const replication::VerifiedUnit& unit) {
  const replication::EntryHeader& header = unit.headers()[0];
  return {unit.author().member, header.record,
          replication::EntryHash(replication::SodiumCrypto(), unit.unit().entries[0].header)};
}

inline v1::RatingBody RatingOf(const Rated& rated, const Applicant& expert, std::uint32_t rating,
                               std::uint32_t year = 2025) {
  const node::catalogue::Catalogue& catalogue = node::catalogue::CurrentCatalogue();
  v1::RatingBody body;
  body.mutable_report()->set_member(rated.member.value());
  body.mutable_report()->set_collection(replication::kReviews.value());
  body.mutable_report()->set_record_id(rated.record.str());
  body.mutable_report()->set_entry_hash(rated.entry_hash.str());
  body.set_feature("2.6.1");
  body.set_rating(rating);
  body.set_reasons("Wide and lasting.");
  body.set_language("en");
  body.set_expert_code(expert.application.slug);
  body.set_year(year);
  body.set_framework_id(catalogue.framework_id());
  body.set_framework_version(catalogue.version());
  return body;
}

// `body`, signed by `signer` for the network.
inline v1::SignedStatement SignedBy(const Network& network, const Applicant& signer, replication::StatementType type,
                                    const char* tag, const google::protobuf::Message& body) {
  const replication::Statement statement =
      network.Signed(type, *signer.writer, replication::Tagged(tag, Must(node::domain::EncodeRecord(body))));
  v1::SignedStatement carried;
  carried.set_body(statement.body);
  carried.set_signer_pk(statement.signer.str());
  carried.set_sig(statement.signature.str());
  return carried;
}
inline v1::Rating SignedRating(const Network& network, const Applicant& expert, const v1::RatingBody& body,
                               const std::string& answer = "") {
  v1::Rating rating;
  *rating.mutable_statement() =
      SignedBy(network, expert, replication::StatementType::kRating, replication::kRatingTag, body);
  rating.set_answer(answer);
  return rating;
}

using SurveyFound = std::vector<std::pair<const char*, const char*>>;  // cell, value

inline v1::SurveyBody SurveyOf(replication::Member member, const SurveyFound& found, std::uint32_t year = 2025) {
  const node::catalogue::Catalogue& catalogue = node::catalogue::CurrentCatalogue();
  v1::SurveyBody body;
  body.set_member(member.value());
  body.set_year(year);
  body.set_framework_id(catalogue.framework_id());
  body.set_framework_version(catalogue.version());
  body.mutable_agency()->set_name("Institute");
  body.set_language("en");
  for (const auto& [cell, value] : found) {
    v1::SurveyValue& added = *body.add_values();
    added.set_cell(cell);
    added.set_value(value);
    added.set_unit(catalogue.FindCell(cell)->measurement->unit);
  }
  return body;
}
inline v1::SurveyResult Entered(const v1::SurveyBody& body) {
  v1::SurveyResult result;
  *result.mutable_entered() = body;
  return result;
}
inline v1::SurveyResult Delivered(const Network& network, const Applicant& agency, v1::SurveyBody body) {
  body.set_agency_code(agency.application.slug);
  v1::SurveyResult result;
  *result.mutable_delivered() =
      SignedBy(network, agency, replication::StatementType::kSurveyDelivery, replication::kSurveyTag, body);
  return result;
}

// An entry of reviews.
inline replication::NewEntry EntryOf(const replication::RecordId& record, const v1::ReviewReport& report) {
  return EntryOf(replication::kReviewReport, record, Must(node::domain::EncodeRecord(report)));
}
inline replication::NewEntry EntryOf(const replication::RecordId& record, const v1::Rating& rating) {
  return EntryOf(replication::kReviewRating, record, Must(node::domain::EncodeRecord(rating)));
}
inline replication::NewEntry EntryOf(const replication::RecordId& record, const v1::SurveyResult& result) {
  return EntryOf(replication::kSurveyResult, record, Must(node::domain::EncodeRecord(result)));
}
// What takes a record of `kind` back.
inline replication::NewEntry Retraction(replication::Kind kind, const replication::RecordId& record) {
  replication::NewEntry entry;
  entry.kind = kind;
  entry.record = record;
  entry.retract = true;
  return entry;
}

}  // namespace hansa::testing

#endif  // HANSA_TESTS_TESTING_REVIEWS_H_
