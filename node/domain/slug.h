// The name a member goes by in commands and addresses, unique for ever: 'kr-osan', 'fi-espoo',
// 'int-uil'.
#ifndef HANSA_NODE_DOMAIN_SLUG_H_
#define HANSA_NODE_DOMAIN_SLUG_H_

#include <cstddef>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace hansa::node::domain {

inline constexpr std::size_t kSlugBytesMax = 63;
// Stands for the country of secretariat nodes and of partners of no one country.
inline constexpr absl::string_view kInternational = "INT";

// OK if `slug` is <country alpha-2 in lower case, or int>-<name>, of [a-z0-9]+(-[a-z0-9]+)*, at
// most 63 characters.
//   INVALID_ARGUMENT  it is not; the message says what is
absl::Status CheckSlug(absl::string_view slug);

struct SlugOwner {
  absl::string_view slug;
  absl::string_view country;  // Alpha-3 in capitals, such as 'KOR', or 'INT'.
};

// As CheckSlug, and the country is one of ISO 3166-1 (or INT) and is the one the slug begins with.
absl::Status CheckSlugOf(const SlugOwner& owner);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_SLUG_H_
