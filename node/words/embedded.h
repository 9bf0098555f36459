// The catalogue of strings as it was when the program was built. The source that holds it is written by embed_words.cc
// during the build, and only if the sheets are sound.
#ifndef HANSA_NODE_WORDS_EMBEDDED_H_
#define HANSA_NODE_WORDS_EMBEDDED_H_

#include "absl/types/span.h"

namespace hansa::node::words {

struct Sentence {
  const char* english;  // the key
  const char* korean;
};

// Ascending by the bytes of the key, none twice.
absl::Span<const Sentence> Sentences();

}  // namespace hansa::node::words

#endif  // HANSA_NODE_WORDS_EMBEDDED_H_
