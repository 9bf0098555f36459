// Who may apply as what: the rules for a slug, a name, a country and endpoints, the same for
// whoever sets up a node and for the hub that reads its application. Pure.
#ifndef HANSA_NODE_MEMBERSHIP_APPLICANT_H_
#define HANSA_NODE_MEMBERSHIP_APPLICANT_H_

#include <cstddef>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "node/node_folder.h"

namespace hansa::node::membership {

inline constexpr std::size_t kNameCharactersMax = 200;
inline constexpr std::size_t kEndpointsMax = 8;

// OK if an application may say this of its applicant: the slug begins with the country, the kind
// fits the country (cities and authorities have one, secretariat nodes are INT), the name is NFC on
// one line, endpoints are HOST:PORT and each stands once, a key file has none.
//   INVALID_ARGUMENT  what is wrong, and what to write instead
absl::Status CheckApplicant(const Identity& applicant);

// `applicant` with its name in NFC and without white space around it, after CheckApplicant.
absl::StatusOr<Identity> CleanApplicant(Identity applicant);

}  // namespace hansa::node::membership

#endif  // HANSA_NODE_MEMBERSHIP_APPLICANT_H_
