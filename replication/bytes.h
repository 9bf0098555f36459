// Byte strings of fixed length that mean one thing, and big-endian reading and writing.
#ifndef HANSA_REPLICATION_BYTES_H_
#define HANSA_REPLICATION_BYTES_H_

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace hansa::replication {

// Bytes of any length: what was received, what was signed. Never re-encoded.
using Bytes = std::string;
using BytesView = absl::string_view;

std::string ToHex(BytesView bytes);
// nullopt unless `hex` is an even number of hex digits, either case.
std::optional<Bytes> FromHex(absl::string_view hex);

// N bytes with a meaning. All zero until set.
template <typename Tag, std::size_t N>
class FixedBytes {
 public:
  static constexpr std::size_t kSize = N;

  constexpr FixedBytes() = default;
  explicit constexpr FixedBytes(const std::array<std::uint8_t, N>& bytes) : bytes_(bytes) {}

  // nullopt unless `bytes` has exactly N bytes.
  static std::optional<FixedBytes> From(BytesView bytes) {
    if (bytes.size() != N) return std::nullopt;
    FixedBytes result;
    for (std::size_t i = 0; i < N; ++i) result.bytes_[i] = static_cast<std::uint8_t>(bytes[i]);
    return result;
  }
  static std::optional<FixedBytes> FromHexText(absl::string_view hex) {
    const std::optional<Bytes> bytes = FromHex(hex);
    return bytes ? From(*bytes) : std::nullopt;
  }

  BytesView view() const { return BytesView(reinterpret_cast<const char*>(bytes_.data()), N); }
  Bytes str() const { return Bytes(reinterpret_cast<const char*>(bytes_.data()), N); }
  std::string hex() const { return ToHex(view()); }
  std::uint8_t* data() { return bytes_.data(); }
  const std::uint8_t* data() const { return bytes_.data(); }
  bool is_zero() const { return bytes_ == std::array<std::uint8_t, N>{}; }
  std::uint8_t operator[](std::size_t i) const { return bytes_[i]; }

  friend constexpr bool operator==(const FixedBytes&, const FixedBytes&) = default;
  // As strings of bytes compare. Most pairs differ within the first 8 bytes, and the ordered tables
  // of the engine compare little else: a word at a time, without a call.
  friend constexpr std::strong_ordering operator<=>(const FixedBytes& a, const FixedBytes& b) {
    for (std::size_t i = 0; i < N; i += sizeof(std::uint64_t)) {
      const std::uint64_t left = a.WordAt(i);
      const std::uint64_t right = b.WordAt(i);
      if (left != right) return left <=> right;
    }
    return std::strong_ordering::equal;
  }

 private:
  // Bytes [i, i + 8), the first one most significant.
  constexpr std::uint64_t WordAt(std::size_t i) const {
    const auto at = [&](std::size_t j) { return std::uint64_t{bytes_[i + j]} << (56 - 8 * j); };
    // Written out, so that the compiler sees one load.
    return at(0) | at(1) | at(2) | at(3) | at(4) | at(5) | at(6) | at(7);
  }
  static_assert(N % sizeof(std::uint64_t) == 0);

  std::array<std::uint8_t, N> bytes_{};
};

using NetworkId = FixedBytes<struct NetworkIdTag, 16>;
using FeedId = FixedBytes<struct FeedIdTag, 16>;
using RecordId = FixedBytes<struct RecordIdTag, 16>;
using BootId = FixedBytes<struct BootIdTag, 16>;
using ScopeId = FixedBytes<struct ScopeIdTag, 8>;
using TreeDigest = FixedBytes<struct TreeDigestTag, 16>;
// Any SHA-256 value: entry hash, payload commitment, pin.
using Hash = FixedBytes<struct HashTag, 32>;
// SHA-256 of the DER SubjectPublicKeyInfo of a TLS key.
using Pin = FixedBytes<struct PinTag, 32>;
using Salt = FixedBytes<struct SaltTag, 32>;
using PublicKey = FixedBytes<struct PublicKeyTag, 32>;
using Signature = FixedBytes<struct SignatureTag, 64>;

// Appends big-endian integers and raw bytes to a string it owns.
class ByteWriter {
 public:
  ByteWriter& U8(std::uint8_t value);
  ByteWriter& U16(std::uint16_t value);
  ByteWriter& U32(std::uint32_t value);
  ByteWriter& U64(std::uint64_t value);
  ByteWriter& Raw(BytesView bytes);
  // `text` in ASCII, padded with NUL to the 16 bytes of a domain tag.
  ByteWriter& Tag(absl::string_view text);

  const Bytes& bytes() const& { return bytes_; }
  Bytes bytes() && { return std::move(bytes_); }

 private:
  Bytes bytes_;
};

// Reads big-endian integers from bytes that someone else owns. After the first read past the end
// every read gives zero or nothing and `ok()` stays false.
class ByteReader {
 public:
  explicit ByteReader(BytesView bytes) : rest_(bytes) {}

  std::uint8_t U8();
  std::uint16_t U16();
  std::uint32_t U32();
  std::uint64_t U64();
  // Views into the bytes given at construction.
  BytesView Raw(std::size_t size);
  template <typename Fixed>
  Fixed Take() {
    return Fixed::From(Raw(Fixed::kSize)).value_or(Fixed());
  }

  bool ok() const { return ok_; }
  bool at_end() const { return ok_ && rest_.empty(); }
  std::size_t remaining() const { return rest_.size(); }

 private:
  std::uint64_t Integer(std::size_t size);

  BytesView rest_;
  bool ok_ = true;
};

}  // namespace hansa::replication

#endif  // HANSA_REPLICATION_BYTES_H_
