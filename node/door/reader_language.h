// In which language whoever asks by HTTP reads. Pure.
#ifndef HANSA_NODE_DOOR_READER_LANGUAGE_H_
#define HANSA_NODE_DOOR_READER_LANGUAGE_H_

#include "node/door/http_server.h"
#include "node/words/words.h"

namespace hansa::node::door {

// The language named by X-Hansa-Language, which the page sends; else of those in Accept-Language the most wanted that
// Hansa speaks; else English.
words::Language ReaderLanguage(const HttpRequest& request);

}  // namespace hansa::node::door

#endif  // HANSA_NODE_DOOR_READER_LANGUAGE_H_
