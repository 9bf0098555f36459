#include "node/wire/frame_shape.h"

#include <cstddef>
#include <optional>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "node/wire/frame_codec.h"

namespace hansa::node::wire {
namespace {

constexpr std::uint32_t kLastKnownField = 25;
constexpr std::uint32_t kPayloadsField = 13;
constexpr std::uint32_t kUnitField = 14;
constexpr std::uint32_t kHaveField = 15;
constexpr std::uint32_t kForkProofField = 19;
constexpr std::uint32_t kFileChunkField = 25;
// Parts that a message of each class may have at its top: a frame of data is large and must not be
// all parts.
constexpr std::size_t kControlPartsMax = 8192;
constexpr std::size_t kPayloadsPartsMax = kPayloadsMax + 8;
constexpr std::size_t kForkProofPartsMax = 2 + 4096;
constexpr std::size_t kHavePartsMax = 16;  // a chunk of a file, too

enum WireType : std::uint32_t { kVarint = 0, kFixed64 = 1, kLengthDelimited = 2, kFixed32 = 5 };

// Walks the fields of one message without allocating.
class FieldWalk {
 public:
  struct Field {
    std::uint32_t number = 0;
    std::uint32_t type = 0;
    absl::string_view value;  // of a length-delimited field
  };

  explicit FieldWalk(absl::string_view bytes) : rest_(bytes) {}

  bool at_end() const { return rest_.empty(); }

  // nullopt where the bytes are not a field.
  std::optional<Field> Next() {
    const std::optional<std::uint64_t> tag = Varint();
    if (!tag || (*tag >> 3) == 0 || (*tag >> 3) > 0x1FFFFFFF) return std::nullopt;
    Field field{static_cast<std::uint32_t>(*tag >> 3), static_cast<std::uint32_t>(*tag & 7), {}};
    switch (field.type) {
      case kVarint:
        if (!Varint()) return std::nullopt;
        return field;
      case kFixed64:
        return Skip(8) ? std::optional(field) : std::nullopt;
      case kFixed32:
        return Skip(4) ? std::optional(field) : std::nullopt;
      case kLengthDelimited: {
        const std::optional<std::uint64_t> size = Varint();
        if (!size || *size > rest_.size()) return std::nullopt;
        field.value = rest_.substr(0, static_cast<std::size_t>(*size));
        rest_.remove_prefix(field.value.size());
        return field;
      }
      default:
        return std::nullopt;
    }
  }

 private:
  std::optional<std::uint64_t> Varint() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 70 && !rest_.empty(); shift += 7) {
      const auto byte = static_cast<std::uint8_t>(rest_.front());
      rest_.remove_prefix(1);
      value |= static_cast<std::uint64_t>(byte & 0x7F) << (shift & 63);
      if (byte < 0x80) return value;
    }
    return std::nullopt;
  }

  bool Skip(std::size_t size) {
    if (rest_.size() < size) return false;
    rest_.remove_prefix(size);
    return true;
  }

  absl::string_view rest_;
};

std::size_t BytesMax(std::uint32_t field) {
  const bool data = field == kPayloadsField || field == kUnitField || field == kHaveField || field == kForkProofField ||
                    field == kFileChunkField;
  return data ? kDataFrameBytesMax : kControlFrameBytesMax;
}

std::size_t PartsMax(std::uint32_t field) {
  if (field == kPayloadsField) return kPayloadsPartsMax;
  if (field == kForkProofField) return kForkProofPartsMax;
  return field == kHaveField || field == kFileChunkField ? kHavePartsMax : kControlPartsMax;
}

}  // namespace

absl::StatusOr<FrameShape> ReadFrameShape(absl::string_view bytes) {
  if (bytes.size() > kDataFrameBytesMax) {
    return absl::ResourceExhaustedError(
        absl::StrCat("a message of ", bytes.size(), " bytes, and a frame has at most ", kDataFrameBytesMax));
  }
  FieldWalk top(bytes);
  const std::optional<FieldWalk::Field> field = top.Next();
  if (!field) return absl::InvalidArgumentError("the message holds no frame");
  if (!top.at_end()) return absl::InvalidArgumentError("the message holds more than one frame");
  if (field->number > kLastKnownField) {
    return absl::UnimplementedError(absl::StrCat("a frame of kind ", field->number, " is not known to this version"));
  }
  if (field->type != kLengthDelimited) return absl::InvalidArgumentError("the message is not a frame");
  if (bytes.size() > BytesMax(field->number)) {
    return absl::ResourceExhaustedError(absl::StrCat("a frame of kind ", field->number, " with ", bytes.size(),
                                                     " bytes, and it has at most ", BytesMax(field->number)));
  }
  if (field->number == kUnitField) return FrameShape{field->number, field->value};

  FieldWalk parts(field->value);
  for (std::size_t n = 0; !parts.at_end(); ++n) {
    if (n == PartsMax(field->number)) {
      return absl::InvalidArgumentError(
          absl::StrCat("a frame of kind ", field->number, " with more than ", n, " parts"));
    }
    if (!parts.Next()) {
      return absl::InvalidArgumentError(absl::StrCat("a frame of kind ", field->number, " that is damaged"));
    }
  }
  return FrameShape{field->number, field->value};
}

}  // namespace hansa::node::wire
