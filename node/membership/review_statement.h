// What experts and survey agencies sign, as files, without a node: a rating of a city's report, and the results of a
// survey. The same files read and verified on the city's side. Whether the roster lists the key is for the roster to
// say.
#ifndef HANSA_NODE_MEMBERSHIP_REVIEW_STATEMENT_H_
#define HANSA_NODE_MEMBERSHIP_REVIEW_STATEMENT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/catalogue/catalogue.h"
#include "node/domain/record_file.h"
#include "replication/statement.h"

namespace hansa::v1 {
class Attachment;
}

namespace hansa::node::membership {

// A report as a file that experts get: which revision of it they rate, and what it says. The words are a copy to read:
// what is signed is the hash of the revision.
struct ReportToRate {
  replication::NetworkId network;
  replication::Member member;
  std::string slug;  // of the member
  replication::RecordId record;
  replication::Hash entry_hash;
  std::uint64_t revision = 0;  // from 1
  std::string title;
  std::string language;  // BCP 47
  int year = 0;          // that it is about; 0: not given
  std::vector<std::string> features = {};
  std::string text = {};
};
std::string Encode(const ReportToRate& report);
//   INVALID_ARGUMENT  not such a file, or larger than kFileBytesMax
absl::StatusOr<ReportToRate> DecodeReportToRate(absl::string_view bytes);

// Whose key signs. Without `key_file` the folder that `init --kind expert` or `--kind survey-agency` made.
struct SigningHand {
  std::string folder = {};
  std::string key_file = {};
  std::string code = {};          // under which the key is listed; with `key_file` alone
  std::string charter_file = {};  // of the network; with `key_file` alone, for a survey
};

struct RatingGiven {
  SigningHand hand = {};
  absl::string_view report;      // bytes of the report's file
  std::string feature;           // such as 2.6.1
  std::string measurement = {};  // may be empty where experts rate one thing of the feature
  std::uint32_t rating = 0;      // 1 to 5
  std::string reasons;           // 1 to 4,000 characters
  std::string language = {};     // BCP 47, of the reasons
  std::string rated_on = {};     // YYYY-MM-DD
};
// The rating file.
//   INVALID_ARGUMENT     not a report's file, or something given that cannot be signed
//   FAILED_PRECONDITION  the folder is no expert's or of another network, or the report asks for no review of the
//                        feature
// Errors of reading the folder or the key.
absl::StatusOr<std::string> SignRating(const RatingGiven& given, const catalogue::Catalogue& catalogue);

struct DeliveryGiven {
  SigningHand hand = {};
  domain::RecordFile file;                 // what the survey found
  replication::Member member = {};         // whose residents were asked; 0: the file says it
  const v1::Attachment* report = nullptr;  // the agency's report; nullptr: none. Must outlive the call only
};
// The survey file. Doubts about the file go to `warnings`, a sentence each. Errors as SignRating.
absl::StatusOr<std::string> SignDelivery(const DeliveryGiven& given, const catalogue::Catalogue& catalogue,
                                         std::vector<std::string>& warnings);

// Whether the file says of itself that it is a statement of an agency; what a city writes itself says nothing.
bool SaysItIsADelivery(absl::string_view bytes);

// Read, with signature and the copies for people verified.
//   INVALID_ARGUMENT     not such a file
//   FAILED_PRECONDITION  altered, or for another network
absl::StatusOr<replication::Statement> ReadRatingFile(absl::string_view bytes, const replication::NetworkId& network);
absl::StatusOr<replication::Statement> ReadDeliveryFile(absl::string_view bytes, const replication::NetworkId& network);

}  // namespace hansa::node::membership

#endif  // HANSA_NODE_MEMBERSHIP_REVIEW_STATEMENT_H_
