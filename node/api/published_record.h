// How the answers say where a record stands once it is published.
#ifndef HANSA_NODE_API_PUBLISHED_RECORD_H_
#define HANSA_NODE_API_PUBLISHED_RECORD_H_

namespace hansa::v1 {
class PublishedRecord;
}
namespace hansa::node::desk {
struct PublishedEntry;
}

namespace hansa::node::api {

void Put(const desk::PublishedEntry& entry, v1::PublishedRecord& out);

}  // namespace hansa::node::api

#endif  // HANSA_NODE_API_PUBLISHED_RECORD_H_
