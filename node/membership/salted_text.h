// Words that stay in a file while their hash is signed: the mayor's words, reasons, the name behind
// a code. The salt keeps a reader of the hash from guessing the words; whoever has the file can
// show that they are the ones meant.
#ifndef HANSA_NODE_MEMBERSHIP_SALTED_TEXT_H_
#define HANSA_NODE_MEMBERSHIP_SALTED_TEXT_H_

#include <cstddef>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/membership/json_file.h"
#include "replication/crypto.h"
#include "replication/entry.h"

namespace hansa::node::membership {

inline constexpr std::size_t kWordsCharactersMax = 10'000;

struct SaltedText {
  std::string text;
  replication::Salt salt;
  friend bool operator==(const SaltedText&, const SaltedText&) = default;
};

// `words` in NFC with a fresh salt. `what` names them in errors: "the mayor's words".
//   INVALID_ARGUMENT  not UTF-8, a control character, or more than kWordsCharactersMax characters
absl::StatusOr<SaltedText> Salted(absl::string_view what, absl::string_view words);

// SHA-256 over salt ‖ text.
replication::Hash HashOf(const SaltedText& words);

JsonWriter ToJson(const SaltedText& words);
// Reads the words under `key`; nullopt where they are absent.
std::optional<SaltedText> ReadSalted(const JsonReader& file, const char* key);

// OK if `words` are those that `signed_hash` was made of, or were taken out of the file.
//   FAILED_PRECONDITION  other words than were signed
absl::Status CheckWords(absl::string_view what, const std::optional<SaltedText>& words,
                        const std::optional<replication::Hash>& signed_hash);

}  // namespace hansa::node::membership

#endif  // HANSA_NODE_MEMBERSHIP_SALTED_TEXT_H_
