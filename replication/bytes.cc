#include "replication/bytes.h"

#include "absl/strings/escaping.h"
#include "replication/check.h"

namespace hansa::replication {
namespace {

std::optional<int> Nibble(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return std::nullopt;
}

void AppendBigEndian(Bytes& out, std::uint64_t value, int size) {
  for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) out.push_back(static_cast<char>(value >> shift));
}

}  // namespace

std::string ToHex(BytesView bytes) { return absl::BytesToHexString(bytes); }

std::optional<Bytes> FromHex(absl::string_view hex) {
  if (hex.size() % 2 != 0) return std::nullopt;
  Bytes bytes;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    const std::optional<int> high = Nibble(hex[i]);
    const std::optional<int> low = Nibble(hex[i + 1]);
    if (!high || !low) return std::nullopt;
    bytes.push_back(static_cast<char>(*high * 16 + *low));
  }
  return bytes;
}

ByteWriter& ByteWriter::U8(std::uint8_t value) {
  AppendBigEndian(bytes_, value, 1);
  return *this;
}
ByteWriter& ByteWriter::U16(std::uint16_t value) {
  AppendBigEndian(bytes_, value, 2);
  return *this;
}
ByteWriter& ByteWriter::U32(std::uint32_t value) {
  AppendBigEndian(bytes_, value, 4);
  return *this;
}
ByteWriter& ByteWriter::U64(std::uint64_t value) {
  AppendBigEndian(bytes_, value, 8);
  return *this;
}
ByteWriter& ByteWriter::Raw(BytesView bytes) {
  bytes_.append(bytes.data(), bytes.size());
  return *this;
}
ByteWriter& ByteWriter::Tag(absl::string_view text) {
  HANSA_CHECK(text.size() <= 16);
  Raw(text);
  bytes_.append(16 - text.size(), '\0');
  return *this;
}

std::uint64_t ByteReader::Integer(std::size_t size) {
  std::uint64_t value = 0;
  for (const char c : Raw(size)) value = value << 8 | static_cast<std::uint8_t>(c);
  return value;
}
std::uint8_t ByteReader::U8() { return static_cast<std::uint8_t>(Integer(1)); }
std::uint16_t ByteReader::U16() { return static_cast<std::uint16_t>(Integer(2)); }
std::uint32_t ByteReader::U32() { return static_cast<std::uint32_t>(Integer(4)); }
std::uint64_t ByteReader::U64() { return Integer(8); }

BytesView ByteReader::Raw(std::size_t size) {
  if (!ok_ || size > rest_.size()) {
    ok_ = false;
    return {};
  }
  const BytesView taken = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return taken;
}

}  // namespace hansa::replication
