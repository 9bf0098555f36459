// A backup of the node, and a node from a backup.
#include <filesystem>
#include <string>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "hansa/v1/node.pb.h"
#include "node/backup/restore_node.h"
#include "node/cli/command.h"
#include "node/cli/exit_code.h"
#include "node/cli/invocation.h"
#include "node/cli/json_of.h"
#include "node/cli/table.h"
#include "node/cli/texts.h"
#include "replication/check.h"

namespace hansa::node::cli {
namespace {

// The node may run in another folder than this command.
absl::StatusOr<std::string> Absolute(const std::string& folder) {
  std::error_code error;
  const std::filesystem::path path = std::filesystem::absolute(folder, error).lexically_normal();
  if (error || folder.empty()) return absl::InvalidArgumentError("no folder to back up to; give one");
  return (path.has_filename() ? path : path.parent_path()).string();
}

std::string Moment(std::uint64_t unix_ms) {
  return absl::FormatTime("%Y-%m-%d %H:%M UTC", absl::FromUnixMillis(static_cast<std::int64_t>(unix_ms)),
                          absl::UTCTimeZone());
}

absl::StatusOr<int> Backup(Invocation& invocation) {
  const absl::StatusOr<std::string> folder = Absolute(invocation.values().Text("DIR"));
  HANSA_RETURN_IF_ERROR(folder.status());
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  const words::Words words = invocation.words();
  invocation.Progress(words("copying everything, and reading the copy …"));
  v1::BackupRequest request;
  request.set_folder(*folder);
  v1::BackupReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  const std::string lines[] = {
      words("backed up {0} with {1} to {2}; the backup was restored and read through", FeedCount(reply.feeds(), words),
            EntryCount(reply.entries(), words), reply.folder()),
      words("it takes {0}, of which {1} were copied now; the folder holds this backup and no other",
            BytesInWords(reply.bytes()), BytesInWords(reply.new_bytes())),
      words("keep it as safe as the node itself: it holds the node's secret keys")};
  invocation.Report(JsonOf(reply), absl::StrCat(absl::StrJoin(lines, "\n"), "\n"));
  return kDone;
}

absl::StatusOr<int> Restore(Invocation& invocation) {
  const std::string folder = invocation.DataFolder();
  const words::Words words = invocation.words();
  invocation.Progress(words("restoring everything, and reading it …"));
  const absl::StatusOr<backup::Manifest> restored = backup::RestoreNode(invocation.values().Text("DIR"), folder);
  HANSA_RETURN_IF_ERROR(restored.status());
  const std::string lines[] = {
      words("restored {0} as it was at {1} to {2}: {3} with {4}", restored->member, Moment(restored->made_ms), folder,
            FeedCount(restored->feeds, words), EntryCount(restored->entries, words)),
      words("next: if the machine that the backup is from still runs this node, stop it there first, for good"),
      words("then start it here with: hansad --data {0}", folder),
      words("it publishes nothing until the hub has confirmed that nothing was published after the backup; `hansa "
            "status` says whether it may, and if it must recover: `hansa recover`")};
  invocation.Report(JsonOf(*restored, folder), absl::StrCat(absl::StrJoin(lines, "\n"), "\n"));
  return kDone;
}

}  // namespace

std::vector<Command> BackupCommands() {
  return {
      {.name = "backup",
       .summary = "write a backup of the running node to a folder, and prove it by restoring it",
       .details =
           "The node works on meanwhile. What has not changed since the backup before is not written again; that "
           "one goes once the new one is proven. The folder must be empty, or hold an older backup of this node; "
           "it needs room for the database twice. It holds the node's secret keys: whoever has it can sign as "
           "this member, so keep it on another disk and as safe as the node.",
       .example = "hansa backup /mnt/backup/gb-bristol",
       .arguments = {{"DIR", "folder of the backup; made if it is not there"}},
       .run = Backup},
      {.name = "restore",
       .summary = "set a node up from a backup, in a new data folder",
       .details = "Needs no running node. Name the new data folder with --data; it must be empty or not there yet. "
                  "Everything is checked before it is put in place. The node publishes nothing until the hub has "
                  "confirmed that nothing was published after the backup; if something was, it asks for a new key with "
                  "`hansa recover`. Run it as the user whose node it will be.",
       .example = "hansa restore /mnt/backup/gb-bristol --data bristol",
       .arguments = {{"DIR", "folder of the backup"}},
       .run = Restore},
  };
}

}  // namespace hansa::node::cli
