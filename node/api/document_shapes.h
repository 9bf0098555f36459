// A document in the message of the API, both ways.
#ifndef HANSA_NODE_API_DOCUMENT_SHAPES_H_
#define HANSA_NODE_API_DOCUMENT_SHAPES_H_

#include "node/report/document.h"

namespace hansa::v1 {
class Document;
}

namespace hansa::node::api {

void Put(const report::Document& document, v1::Document& out);
// A block of a kind that is not known here is left out; rows are as long as the header.
report::Document DocumentOf(const v1::Document& document);

}  // namespace hansa::node::api

#endif  // HANSA_NODE_API_DOCUMENT_SHAPES_H_
