// What the readers and writers of the roster's messages have in common: the form of text, keys and proofs.
// For roster_messages*.cc alone; templates over the messages, which stay out of headers.
#ifndef HANSA_REPLICATION_ROSTER_MESSAGES_FORM_H_
#define HANSA_REPLICATION_ROSTER_MESSAGES_FORM_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "replication/roster_messages.h"

namespace hansa::replication::roster_form {

inline constexpr std::size_t kEndpointsMax = 8;
inline constexpr std::size_t kNamesMax = 20;
inline constexpr std::size_t kNameBytesMax = 800;  // 200 characters of at most 4 bytes
inline constexpr std::size_t kRegionBytesMax = 100;
inline constexpr std::size_t kSlugMax = 63;
inline constexpr std::size_t kTlsKeysMax = 2;
inline constexpr std::size_t kEndpointBytesMax = 261;  // the longest host name, a colon and a port

inline absl::Status Invalid(absl::string_view message, absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat(message, ": ", what));
}

template <typename Message>
absl::StatusOr<Message> Parse(absl::string_view name, BytesView bytes) {
  Message message;
  if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return Invalid(name, "cannot be read");
  return message;
}

template <typename Message>
absl::StatusOr<Message> ParseTagged(absl::string_view name, absl::string_view tag, BytesView body) {
  if (!HasTag(tag, body)) return Invalid(name, absl::StrCat("does not begin with the tag ", tag));
  return Parse<Message>(name, WithoutTag(body));
}

// Reads fixed-length fields and remembers whether all had their length.
class Lengths {
 public:
  template <typename Fixed>
  Fixed Take(const std::string& bytes) {
    const std::optional<Fixed> value = Fixed::From(bytes);
    if (!value) ok_ = false;
    return value.value_or(Fixed());
  }
  template <typename Fixed>
  std::optional<Fixed> TakeOptional(const std::string& bytes) {
    if (bytes.empty()) return std::nullopt;
    return Take<Fixed>(bytes);
  }
  template <typename Message>
  Statement TakeStatement(const Message& message) {
    return {message.body(), Take<PublicKey>(message.signer_pk()), Take<Signature>(message.sig())};
  }
  absl::Status Verdict(absl::string_view message) const {
    return ok_ ? absl::OkStatus() : Invalid(message, "a key, hash or signature has the wrong length");
  }

 private:
  bool ok_ = true;
};

template <typename Message>
void Put(const Statement& statement, Message* message) {
  message->set_body(statement.body);
  message->set_signer_pk(statement.signer.str());
  message->set_sig(statement.signature.str());
}

template <typename Field>
void PutNames(const std::vector<LocalName>& names, Field* field) {
  for (const LocalName& name : names) {
    auto* added = field->Add();
    added->set_language(name.language);
    added->set_text(name.text);
  }
}

template <typename Field>
std::vector<LocalName> NamesOf(const Field& field) {
  std::vector<LocalName> names;
  for (const auto& name : field) names.push_back({name.language(), name.text()});
  return names;
}

template <typename Field>
void PutProofs(const std::vector<PossessionProof>& proofs, Field* field) {
  for (const PossessionProof& proof : proofs) {
    auto* added = field->Add();
    added->set_pk(proof.key.str());
    added->set_sig(proof.signature.str());
  }
}

template <typename Field>
std::vector<PossessionProof> ProofsOf(const Field& field, Lengths& lengths) {
  std::vector<PossessionProof> proofs;
  for (const auto& proof : field) {
    proofs.push_back({lengths.Take<PublicKey>(proof.pk()), lengths.Take<Signature>(proof.sig())});
  }
  return proofs;
}

inline bool IsText(absl::string_view text, std::size_t bytes_max) {
  if (text.empty() || text.size() > bytes_max) return false;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return false;
  }
  return true;
}

inline bool AreNames(const std::vector<LocalName>& names) {
  if (names.size() > kNamesMax) return false;
  for (const LocalName& name : names) {
    if (!IsText(name.language, 35) || !IsText(name.text, kNameBytesMax)) return false;
  }
  return true;
}

inline bool AreEndpoints(const std::vector<std::string>& endpoints) {
  for (const std::string& endpoint : endpoints) {
    if (!IsText(endpoint, kEndpointBytesMax)) return false;
  }
  return true;
}

}  // namespace hansa::replication::roster_form

#endif  // HANSA_REPLICATION_ROSTER_MESSAGES_FORM_H_
