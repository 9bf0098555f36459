// Indicator sets as the bytes that are signed, and back. One set gives one sequence of bytes,
// always. Decoding is the gate for bytes that others wrote: what it lets through has the sizes and
// the grammar that proto/hansa/v1/indicators.proto promises. It does not ask the catalogue: a set
// of another framework version is still a set.
#ifndef HANSA_NODE_DOMAIN_INDICATOR_CODEC_H_
#define HANSA_NODE_DOMAIN_INDICATOR_CODEC_H_

#include <cstddef>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/domain/observation.h"

namespace hansa::node::domain {

// Greatest size of a set, in bytes: the limit of an entry's payload.
inline constexpr std::size_t kIndicatorSetBytesMax = 262'144;

//   INVALID_ARGUMENT    something in the set breaks the grammar or a limit; the message names the cell
//   RESOURCE_EXHAUSTED  the bytes would be more than kIndicatorSetBytesMax; shorten notes
absl::StatusOr<std::string> EncodeIndicatorSet(const IndicatorSet& set);

//   INVALID_ARGUMENT  not a set, or one that breaks the grammar or a limit
absl::StatusOr<IndicatorSet> DecodeIndicatorSet(absl::string_view bytes);

// One observation of a draft, for the node's own disk: it may lack anything, even its answer, but
// whatever it has must fit the schema. Same errors.
absl::StatusOr<std::string> EncodeDraftObservation(const Observation& observation);
absl::StatusOr<Observation> DecodeDraftObservation(absl::string_view bytes);
// One that had been checked when this node stored it: its limits are not looked at again.
//   INVALID_ARGUMENT  not an observation
absl::StatusOr<Observation> DecodeStoredObservation(absl::string_view bytes);

// Reads many of them, one after another, in memory that is taken once. Not thread-safe.
class StoredObservations {
 public:
  StoredObservations();
  ~StoredObservations();
  StoredObservations(const StoredObservations&) = delete;
  StoredObservations& operator=(const StoredObservations&) = delete;

  // Makes `observation`, whatever it was, what DecodeStoredObservation gives. After an error it is of no use. Same
  // error.
  absl::Status Read(absl::string_view bytes, Observation& observation);

 private:
  struct Parsed;
  const std::unique_ptr<Parsed> parsed_;
};

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_INDICATOR_CODEC_H_
