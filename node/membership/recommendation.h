// The word of a national authority about a city of its country: a recommendation, which the roster
// will carry, or a deferral, which is for the applicant and the secretariat alone. Both are files,
// made offline by the authority's own folder or by the key folder of one of its officers; the
// reasons stay in the file. A deferral's signed body begins with a tag of its own and so can never
// be taken for a recommendation.
#ifndef HANSA_NODE_MEMBERSHIP_RECOMMENDATION_H_
#define HANSA_NODE_MEMBERSHIP_RECOMMENDATION_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/membership/salted_text.h"
#include "replication/roster_messages.h"

namespace hansa::node::membership {

// The 16 tag bytes that the body of a deferral begins with (padded with NUL).
inline constexpr char kDeferralTag[] = "hansa/defer/1";

struct OpinionOptions {
  std::string folder;       // of the authority, or of its officer's key
  std::string application;  // bytes of the application file
  std::string reason;
};

// A recommendation file.
//   INVALID_ARGUMENT     not an application, or a reason that cannot be used
//   FAILED_PRECONDITION  the folder is no authority's, the applicant is no city or of another
//                        country, or the application was altered
absl::StatusOr<std::string> Recommend(const OpinionOptions& options);
// A deferral file. Errors as Recommend.
absl::StatusOr<std::string> Defer(const OpinionOptions& options);

struct RecommendationFile {
  replication::Statement statement;
  replication::Recommendation recommendation;  // what `statement` says
  std::optional<SaltedText> reason;            // nullopt if it was taken out of the file
};

// The body of a deferral: tag ‖ SHA-256 of the application's body ‖ SHA-256 of salt and reason ‖
// country[3] ‖ slug.
struct Deferral {
  replication::Hash application_hash;
  replication::Hash reason_hash;
  std::string country;
  std::string slug;
  friend bool operator==(const Deferral&, const Deferral&) = default;
};
replication::Bytes Encode(const Deferral& deferral);
//   INVALID_ARGUMENT  not a deferral
absl::StatusOr<Deferral> DecodeDeferral(replication::BytesView body);

struct DeferralFile {
  replication::Statement statement;
  Deferral deferral;
  std::optional<SaltedText> reason;
};

// Read and verify the signature and the copies for people. Whether the signer is an authority is
// for the roster to say.
//   INVALID_ARGUMENT     not such a file
//   FAILED_PRECONDITION  altered, or for another network
absl::StatusOr<RecommendationFile> ReadRecommendation(absl::string_view bytes, const replication::NetworkId& network);
absl::StatusOr<DeferralFile> ReadDeferral(absl::string_view bytes, const replication::NetworkId& network);

}  // namespace hansa::node::membership

#endif  // HANSA_NODE_MEMBERSHIP_RECOMMENDATION_H_
