#include "hansa/v1/node.pb.h"
#include "node/api/answers.h"
#include "replication/check.h"

namespace hansa::node::api {

absl::Status Answer(ApiParts& parts, const v1::BackupRequest& request, const std::function<bool()>& is_gone,
                    v1::BackupReply& reply) {
  const absl::StatusOr<BackupMade> made = parts.node.Backup(request.folder(), is_gone);
  HANSA_RETURN_IF_ERROR(made.status());
  reply.set_folder(request.folder());
  reply.set_feeds(made->feeds);
  reply.set_entries(made->entries);
  reply.set_bytes(made->bytes);
  reply.set_new_bytes(made->new_bytes);
  reply.set_made_ms(made->made_ms);
  return absl::OkStatus();
}

}  // namespace hansa::node::api
