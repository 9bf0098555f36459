// Bytes on a stream to frames of the protocol core and back: the only place that knows both.
// Promise: hostile bytes cost no more memory than their own size times a small constant. The kind
// and the size are judged before anything is parsed, so are the counts of what repeats; then every
// fixed length. Ranges of numbers are the core's to judge, except where its type is narrower than
// the field.
#ifndef HANSA_NODE_WIRE_FRAME_CODEC_H_
#define HANSA_NODE_WIRE_FRAME_CODEC_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "replication/frames.h"

namespace hansa::node::wire {

// A frame that carries data (Unit, Have, Payloads, ForkProof, FileChunk), encoded.
inline constexpr std::size_t kDataFrameBytesMax = 1024 * 1024;
// Any other frame, encoded.
inline constexpr std::size_t kControlFrameBytesMax = 64 * 1024;

inline constexpr std::size_t kTreePathsMax = 64;
inline constexpr std::size_t kTreePathNibblesMax = 32;
inline constexpr std::size_t kRowsMax = 1000;
inline constexpr std::size_t kPayloadsMax = 1024;
inline constexpr std::size_t kFeaturesMax = 64;
inline constexpr std::size_t kCloseDetailCharactersMax = 256;

// Never fails. A longer Close detail is cut to what the protocol allows; bytes in it that are not
// UTF-8 become '?'.
std::string EncodeFrame(const replication::Frame& frame);

// The most bytes that `frame` may have when encoded.
std::size_t EncodedBytesMax(const replication::Frame& frame);

//   INVALID_ARGUMENT    not exactly one frame, cut short, a fixed length that is wrong, a count over its limit
//   RESOURCE_EXHAUSTED  larger than a frame of its kind may be; nothing was parsed
//   UNIMPLEMENTED       one frame of a kind that this version does not know
absl::StatusOr<replication::Frame> DecodeFrame(absl::string_view bytes);

}  // namespace hansa::node::wire

#endif  // HANSA_NODE_WIRE_FRAME_CODEC_H_
