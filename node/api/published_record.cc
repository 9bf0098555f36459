#include "node/api/published_record.h"

#include <string>

#include "hansa/v1/node.pb.h"
#include "node/desk/record_office.h"
#include "replication/collections.h"

namespace hansa::node::api {

void Put(const desk::PublishedEntry& entry, v1::PublishedRecord& out) {
  out.set_id(entry.id.hex());
  out.set_member(entry.member);
  out.set_collection(replication::CollectionName(entry.collection));
  out.set_sequence(entry.sequence.value());
  out.set_revision(static_cast<std::uint32_t>(entry.revision));
  out.set_queued(entry.queued);
  for (const std::string& holder : entry.held_by) out.add_held_by(holder);
  out.set_title(entry.title);
  out.set_unchanged(entry.unchanged);
  for (const std::string& warning : entry.warnings) out.add_warnings(warning);
}

}  // namespace hansa::node::api
