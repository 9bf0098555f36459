// hansad: one node. Starts, serves until SIGTERM or SIGINT, ends in order; a second signal ends it at once.
#include <google/protobuf/stubs/logging.h>
#include <sys/prctl.h>
#include <sys/stat.h>

#include <csignal>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

#include "node/api/api_server.h"
#include "node/catalogue/current.h"
#include "node/daemon/daemon.h"
#include "node/daemon/log.h"
#include "node/daemon/options.h"
#include "node/daemon/run_folder.h"
#include "node/door/door.h"
#include "node/files/file_keeper.h"
#include "node/files/file_thread.h"
#include "node/webhooks/http_post.h"
#include "node/webhooks/webhook_office.h"
#include "replication/check.h"

namespace hansa::node {
namespace {

// How long answers that are being given may take once the node is told to stop.
constexpr absl::Duration kDrainPatience = absl::Seconds(5);

// Blocked in every thread, so that only the main one takes them.
sigset_t StopSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

void AwaitStop(const sigset_t& signals) {
  int signal = 0;
  sigwait(&signals, &signal);
  std::signal(SIGTERM, SIG_DFL);
  std::signal(SIGINT, SIG_DFL);
  pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
}

// Null if the list of hooks cannot be read: a node does without them rather than not at all.
std::unique_ptr<webhooks::WebhookOffice> StartHooks(Daemon& daemon) {
  const std::string user_agent = absl::StrCat("Hansa/", HANSA_VERSION);
  absl::StatusOr<std::unique_ptr<webhooks::WebhookOffice>> hooks = webhooks::WebhookOffice::Start(
      {.node = daemon,
       .catalogue = catalogue::CurrentCatalogue(),
       .views = daemon.views(),
       .sending = webhooks::MakeHttpPost(user_agent),
       .testing = webhooks::MakeHttpPost(user_agent),
       .now = absl::Now,
       .told = [](const webhooks::Trouble& trouble) {
         LogWarning("hook %s %s: %s", trouble.hook, trouble.is_paused ? "is paused" : "is tried again later",
                    trouble.why);
       }});
  if (hooks.ok()) return *std::move(hooks);
  LogError("nothing is sent to hooks: %s", std::string(hooks.status().message()));
  return nullptr;
}

// Null where none is asked for.
absl::StatusOr<std::unique_ptr<door::Door>> OpenDoor(const ProgramOptions& options, Daemon& daemon) {
  if (options.http.empty()) return nullptr;
  return door::Door::Open(options.http,
                          {.node = daemon,
                           .catalogue = catalogue::CurrentCatalogue(),
                           .views = daemon.views(),
                           .now = absl::Now,
                           .version = HANSA_VERSION},
                          {.names = door::NamesIn(options.http_names), .is_open = options.http_open});
}

absl::Status Serve(const ProgramOptions& options, const sigset_t& signals) {
  const NodePaths paths(options.daemon.folder);
  HANSA_RETURN_IF_ERROR(MakeRunFolders(paths));
  HANSA_RETURN_IF_ERROR(StartLog(paths.logs));
  absl::StatusOr<std::unique_ptr<Daemon>> daemon = Daemon::Start(options.daemon);
  HANSA_RETURN_IF_ERROR(daemon.status());
  RemoveEndpoints(paths);  // of a process that was killed
  const std::unique_ptr<webhooks::WebhookOffice> hooks = StartHooks(**daemon);
  files::FileKeeper keeper(**daemon, (*daemon)->stored(), (*daemon)->views());
  files::FileThread file_thread(
      keeper, [](const absl::Status& status) { LogError("files: %s", std::string(status.message())); });
  absl::StatusOr<std::unique_ptr<api::ApiServer>> api =
      api::ApiServer::Start({.socket = paths.socket,
                             .node = **daemon,
                             .views = (*daemon)->views(),
                             .catalogue = catalogue::CurrentCatalogue(),
                             .today_year = nullptr,
                             .read_file = {},
                             .search = &(*daemon)->search(),
                             .files = &keeper,
                             .webhooks = hooks == nullptr ? nullptr : &hooks->desk()});
  HANSA_RETURN_IF_ERROR(api.status());
  (*daemon)->OnHealth([&api](bool healthy) { (*api)->SetHealthy(healthy); });
  absl::StatusOr<std::unique_ptr<door::Door>> http = OpenDoor(options, **daemon);
  HANSA_RETURN_IF_ERROR(http.status());
  HANSA_RETURN_IF_ERROR(
      WriteEndpoints(paths, (*daemon)->replication_address(), *http == nullptr ? "" : (*http)->address()));
  LogInfo("ready");
  NotifySystemd("READY=1");
  AwaitStop(signals);
  LogInfo("stopping");
  NotifySystemd("STOPPING=1");
  RemoveEndpoints(paths);
  (*daemon)->OnHealth([](bool) {});
  if (*http != nullptr) (*http)->Stop();
  if (hooks != nullptr) hooks->Stop();
  (*api)->Shutdown(kDrainPatience);
  file_thread.Stop();
  (*daemon)->Stop();
  FlushLog();
  return absl::OkStatus();
}

int Main(int argc, const char* const* argv) {
  const CommandLine line = ParseCommandLine(argc, argv);
  if (line.exit_code) return *line.exit_code;
  umask(0077);
  prctl(PR_SET_DUMPABLE, 0);
  std::signal(SIGPIPE, SIG_IGN);
  // What a peer sent that cannot be read is our error to word, not the library's to print.
  google::protobuf::SetLogHandler(nullptr);
  const sigset_t signals = StopSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  const absl::Status served = Serve(line.options, signals);
  if (served.ok()) return 0;
  Complain(served.message());
  return 1;
}

}  // namespace
}  // namespace hansa::node

int main(int argc, char** argv) { return hansa::node::Main(argc, argv); }
