// Text that people wrote, made fit to be signed and shown: NFC, no control characters, nothing that
// reverses the direction of writing and so shows other words than were stored.
#ifndef HANSA_NODE_DOMAIN_TEXT_H_
#define HANSA_NODE_DOMAIN_TEXT_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace hansa::node::domain {

// Whether a text may hold line feeds (a note) or not (a name).
enum class Lines { kOne, kMany };

// `text` in NFC, line ends as single line feeds, without white space around it.
//   INVALID_ARGUMENT  not UTF-8, or it holds a character that CheckText refuses
absl::StatusOr<std::string> CleanText(absl::string_view text, Lines lines);

// OK if `text` is what CleanText could have returned, white space around it aside. For text from
// others.
//   INVALID_ARGUMENT  not UTF-8, not NFC, or a control, line or paragraph separator, byte order mark or
//                     bidirectional control is in it
absl::Status CheckText(absl::string_view text, Lines lines);

bool IsUtf8(absl::string_view text);

// Code points of valid UTF-8; every other byte counts as one.
std::size_t CharacterCount(absl::string_view text);

// A name as it is compared: NFC, case folded. Empty if `text` is not UTF-8.
std::string FoldedName(absl::string_view text);

// Whether two names are the same however they are written: NFC, case folded. False if either is not
// UTF-8.
bool SameName(absl::string_view a, absl::string_view b);

// `text` as a message may say it again: at most `characters_max` characters and then '…', nothing in it that could
// disturb a terminal.
std::string Shortened(absl::string_view text, std::size_t characters_max);
// The same of at most 60 characters, in quotation marks.
std::string Quoted(absl::string_view text);

// A BCP 47 tag of the common form, such as 'ko' or 'pt-BR': at most 35 characters.
bool IsLanguageTag(absl::string_view text);
// Whether `language` is `asked` or a form of it: 'en' and 'en-GB' are of 'en', 'eng' is not. In any case.
bool IsOfLanguage(absl::string_view language, absl::string_view asked);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_TEXT_H_
