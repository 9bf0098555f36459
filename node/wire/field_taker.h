// Copies the fields of one received frame and remembers the first that is wrong, so that the copying
// in frame_decoding.cc reads straight down.
#ifndef HANSA_NODE_WIRE_FIELD_TAKER_H_
#define HANSA_NODE_WIRE_FIELD_TAKER_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "node/wire/frame_codec.h"
#include "replication/frames.h"

namespace hansa::node::wire {

// Not thread-safe; one for each frame. Messages name frame and field: "Want.feed_id has 15 bytes
// instead of 16".
class FieldTaker {
 public:
  explicit FieldTaker(const char* frame_name) : frame_name_(frame_name) {}

  template <typename Fixed>
  void Take(const std::string& bytes, const char* field, Fixed* out) {
    if (const std::optional<Fixed> fixed = Fixed::From(bytes)) {
      *out = *fixed;
    } else {
      Refuse(field, absl::StrCat("has ", bytes.size(), " bytes instead of ", Fixed::kSize));
    }
  }

  // Empty means none, which is all zero.
  template <typename Fixed>
  void TakeUnlessEmpty(const std::string& bytes, const char* field, Fixed* out) {
    if (!bytes.empty()) Take(bytes, field, out);
  }

  void TakePath(const std::string& nibbles, replication::Bytes* out) {
    const bool nibble_each =
        std::all_of(nibbles.begin(), nibbles.end(), [](char c) { return static_cast<std::uint8_t>(c) < 16; });
    if (nibbles.size() > kTreePathNibblesMax || !nibble_each) {
      Refuse("path", absl::StrCat("is not at most ", kTreePathNibblesMax, " nibbles of 0 to 15"));
    }
    *out = nibbles;
  }

  void AtMost(int count, std::size_t max, const char* field) {
    if (static_cast<std::size_t>(count) > max) {
      Refuse(field, absl::StrCat("has ", count, " items, and at most ", max, " are allowed"));
    }
  }

  void Refuse(const char* field, absl::string_view why) {
    if (status_.ok()) {
      status_ = absl::InvalidArgumentError(absl::StrCat(frame_name_, ".", field, ": ", why));
    }
  }

  // `kind` as a frame, unless something in it was wrong.
  template <typename Kind>
  absl::StatusOr<replication::Frame> Result(Kind&& kind) const {
    if (!status_.ok()) return status_;
    return replication::Frame(std::forward<Kind>(kind));
  }

 private:
  const char* frame_name_;
  absl::Status status_;
};

}  // namespace hansa::node::wire

#endif  // HANSA_NODE_WIRE_FIELD_TAKER_H_
