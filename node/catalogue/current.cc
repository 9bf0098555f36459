#include "node/catalogue/current.h"

#include <utility>

#include "absl/status/statusor.h"
#include "node/catalogue/embedded.h"
#include "replication/check.h"

namespace hansa::node::catalogue {
namespace {

template <typename Thing>
const Thing* Kept(absl::StatusOr<Thing> read) {
  HANSA_CHECK(read.ok());
  return new Thing(std::move(read).value());
}

}  // namespace

const Catalogue& CurrentCatalogue() {
  static const Catalogue* const catalogue =
      Kept(Catalogue::Parse({KeyFeaturesJson(), CommitmentsJson(), KoreanNotesJson()}));
  return *catalogue;
}

const Countries& KnownCountries() {
  static const Countries* const countries = Kept(Countries::Parse(CountriesCsv()));
  return *countries;
}

}  // namespace hansa::node::catalogue
