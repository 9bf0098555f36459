// Countries of ISO 3166-1: the three-letter code a member gives, the two-letter code its slug
// begins with, and the UNESCO region it is shown under. Facts only; the table takes no side in any
// dispute.
#ifndef HANSA_NODE_CATALOGUE_COUNTRIES_H_
#define HANSA_NODE_CATALOGUE_COUNTRIES_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace hansa::node::catalogue {

struct Country {
  std::string iso3;    // Such as 'KOR'.
  std::string iso2;    // Such as 'KR'; a slug begins with it in lower case.
  std::string region;  // One of the five UNESCO regions; empty for Antarctica alone.
  std::string name;    // A usual English name.
  std::string korean;  // A usual Korean name.
};

// Immutable after Parse, so safe to read from any thread.
class Countries {
 public:
  // Reads the table (columns iso3, iso2, region, korean, name).
  //   INVALID_ARGUMENT  every fault of the table, one a line, each with its line number
  static absl::StatusOr<Countries> Parse(absl::string_view csv);

  // nullptr when there is no such country. Codes in capitals, as ISO writes them.
  const Country* FindByIso3(absl::string_view iso3) const;
  const Country* FindByIso2(absl::string_view iso2) const;

  // Ascending by three-letter code.
  const std::vector<Country>& all() const { return countries_; }

 private:
  std::vector<Country> countries_;
  std::map<std::string, std::size_t, std::less<>> by_iso2_;  // Index into countries_.
};

// The names of the five UNESCO regions, in alphabetical order.
const std::vector<std::string>& UnescoRegions();

}  // namespace hansa::node::catalogue

#endif  // HANSA_NODE_CATALOGUE_COUNTRIES_H_
