// Reads the vectors of tests/data/vectors/: JSON whose byte strings are hex. A field that is missing or has the wrong
// length ends the test program: a vector that cannot be read is not a vector that passed.
#ifndef HANSA_TESTS_REPLICATION_VECTORS_H_
#define HANSA_TESTS_REPLICATION_VECTORS_H_

#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "nlohmann/json.hpp"
#include "replication/bytes.h"
#include "replication/check.h"
#include "replication/crypto.h"

namespace hansa::replication {

using Json = nlohmann::json;

inline Json ReadVectors(const std::string& topic) {
  std::ifstream file(absl::StrCat(HANSA_SOURCE_DIR, "/tests/data/vectors/", topic, ".json"));
  HANSA_CHECK(file.good());
  return Json::parse(file);
}

inline Bytes BytesOf(const Json& row, const char* name) {
  const std::optional<Bytes> bytes = FromHex(row.at(name).get<std::string>());
  HANSA_CHECK(bytes.has_value());
  return *bytes;
}

template <typename Fixed>
Fixed Take(const Json& row, const char* name) {
  const std::optional<Fixed> value = Fixed::From(BytesOf(row, name));
  HANSA_CHECK(value.has_value());
  return *value;
}

// A strong number, such as a Sequence or a Member.
template <typename Id>
Id Number(const Json& row, const char* name) {
  return Id(row.at(name).get<typename Id::rep>());
}

inline std::string TextOf(const Json& row, const char* name) { return row.value(name, std::string()); }
inline NetworkId NetworkOf(const Json& vectors) { return Take<NetworkId>(vectors, "network_id"); }
inline std::unique_ptr<Signer> SignerOf(const Json& row, const char* name) {
  return SodiumSigner(Take<Seed>(row, name));
}
inline std::vector<PublicKey> KeysOf(const Json& row, const char* name) {
  std::vector<PublicKey> keys;
  if (!row.contains(name)) return keys;
  for (const Json& key : row.at(name)) {
    const std::optional<PublicKey> value = PublicKey::FromHexText(key.get<std::string>());
    HANSA_CHECK(value.has_value());
    keys.push_back(*value);
  }
  return keys;
}

}  // namespace hansa::replication

#endif  // HANSA_TESTS_REPLICATION_VECTORS_H_
