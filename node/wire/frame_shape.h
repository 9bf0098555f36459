// The outer shape of an encoded frame, read without parsing it: which kind, how large, how many
// parts. This is what keeps a small message of many empty parts from becoming a large one in
// memory.
#ifndef HANSA_NODE_WIRE_FRAME_SHAPE_H_
#define HANSA_NODE_WIRE_FRAME_SHAPE_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace hansa::node::wire {

struct FrameShape {
  std::uint32_t field = 0;  // the number of the frame's field in the schema's `oneof`
  absl::string_view body;   // what the field holds; points into the bytes given
};

// Reads the shape of `bytes` and holds it to the limits of its kind.
//   INVALID_ARGUMENT    no field, more than one, cut short, more parts than a frame of its kind may have
//   RESOURCE_EXHAUSTED  more bytes than a frame of its kind may have
//   UNIMPLEMENTED       a field number that this version does not know
absl::StatusOr<FrameShape> ReadFrameShape(absl::string_view bytes);

}  // namespace hansa::node::wire

#endif  // HANSA_NODE_WIRE_FRAME_SHAPE_H_
