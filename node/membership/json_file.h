// The files that people carry between nodes or keep in a data folder: one JSON object each, whose
// "hansa" says what it is. Form only; what a file says is judged by whoever reads it. Promise:
// nothing that is no such file gets past Parse and status(), however it was spoilt.
#ifndef HANSA_NODE_MEMBERSHIP_JSON_FILE_H_
#define HANSA_NODE_MEMBERSHIP_JSON_FILE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "replication/bytes.h"

namespace hansa::node::membership {

// No file of ours comes near it.
inline constexpr std::size_t kFileBytesMax = 256 * 1024;

// Reads one JSON object. A getter that does not find what it asks for gives nothing and spoils
// status(), which this reader shares with all that came from it; so read everything, then ask once.
// Keys that nobody asks for are passed over: a later version may add some.
class JsonReader {
 public:
  // `form` is what the file must say of itself: "application", "charter", ….
  //   INVALID_ARGUMENT  too long, not JSON, not an object, or a file of another form
  static absl::StatusOr<JsonReader> Parse(absl::string_view form, absl::string_view bytes);

  bool Has(const char* key) const;
  std::string Text(const char* key) const;
  std::uint64_t Number(const char* key, std::uint64_t max) const;
  // Standard Base64 with padding, in its one true spelling.
  replication::Bytes Base64(const char* key) const;
  std::vector<std::string> Texts(const char* key) const;
  template <typename Fixed>
  Fixed Hex(const char* key) const {
    return Fixed::From(HexBytes(key, Fixed::kSize)).value_or(Fixed());
  }
  // nullopt, and no fault, when the key is absent.
  std::optional<JsonReader> Optional(const char* key) const;
  std::optional<JsonReader> Object(const char* key) const;
  std::vector<JsonReader> Objects(const char* key) const;

  //   INVALID_ARGUMENT  the first fault met
  absl::Status status() const;

 private:
  struct Inside;
  explicit JsonReader(std::shared_ptr<const Inside> inside) : inside_(std::move(inside)) {}

  replication::Bytes HexBytes(const char* key, std::size_t size) const;

  std::shared_ptr<const Inside> inside_;
};

// Makes one JSON object; keys stay in the order they are put. Texts must be UTF-8.
class JsonWriter {
 public:
  // A file of that form.
  explicit JsonWriter(absl::string_view form);
  // An object inside another.
  JsonWriter();

  JsonWriter& Text(const char* key, absl::string_view value);
  JsonWriter& Number(const char* key, std::uint64_t value);
  JsonWriter& Base64(const char* key, replication::BytesView value);
  JsonWriter& Hex(const char* key, replication::BytesView value);
  JsonWriter& Texts(const char* key, const std::vector<std::string>& values);
  JsonWriter& Object(const char* key, const JsonWriter& value);
  JsonWriter& Objects(const char* key, const std::vector<JsonWriter>& values);

  // Indented for people, with a line end.
  std::string text() const;

 private:
  struct Inside;
  std::shared_ptr<Inside> inside_;
};

}  // namespace hansa::node::membership

#endif  // HANSA_NODE_MEMBERSHIP_JSON_FILE_H_
