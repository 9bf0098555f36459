// hansad: one node. Starts, serves until SIGTERM or SIGINT, ends in order; a second signal ends it at once.
#include <google/protobuf/stubs/logging.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

#include "node/accounts/reception.h"
#include "node/api/api_server.h"
#include "node/catalogue/current.h"
#include "node/daemon/daemon.h"
#include "node/daemon/log.h"
#include "node/daemon/options.h"
#include "node/daemon/run_folder.h"
#include "node/door/door.h"
#include "node/door/event_hub.h"
#include "node/door/event_watch.h"
#include "node/files/file_keeper.h"
#include "node/files/file_thread.h"
#include "node/membership/init_node.h"
#include "node/page/embedded_page.h"
#include "node/webhooks/http_post.h"
#include "node/webhooks/webhook_office.h"
#include "replication/check.h"
#include "storage/folder_lock.h"

namespace hansa::node {
namespace {

// How long answers that are being given may take once the node is told to stop.
constexpr absl::Duration kDrainPatience = absl::Seconds(5);
// What this process says to its main thread once there is a node.
constexpr int kSetUp = SIGUSR1;

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

// Of a folder where one is named, else those that this program carries.
absl::StatusOr<door::Pages> OpenPages(const ProgramOptions& options) {
  if (!options.web_folder.empty()) return door::Pages::FromFolder(options.web_folder);
  return door::Pages::FromArchive(page::EmbeddedPage());
}

// Asks the node's own API within this process.
door::GatewayAsk AskOf(api::ApiServer& api) {
  return [&api](const door::GatewayQuestion& question) {
    return api.Ask({.method = question.method,
                    .bytes = question.bytes,
                    .metadata = question.metadata,
                    .patience = question.patience});
  };
}

// Parts of a node that are there before it is.
struct Before {
  accounts::Reception& reception;
  const door::Pages& pages;
  door::CspReports& csp_reports;
};

// The door before there is a node, which goes on before the node; null: this process was told to stop.
absl::StatusOr<std::unique_ptr<door::Door>> AwaitSetup(const ProgramOptions& options, const sigset_t& stop_signals,
                                                       const Before& before) {
  const NodePaths paths(options.daemon.folder);
  const absl::StatusOr<storage::FolderLock> lock = storage::FolderLock::Take(paths.run);
  HANSA_RETURN_IF_ERROR(lock.status());
  sigset_t signals = stop_signals;
  sigaddset(&signals, kSetUp);
  absl::StatusOr<std::unique_ptr<door::Door>> door =
      door::Door::OpenForSetup(options.http, {.folder = paths.folder,
                                              .reception = before.reception,
                                              .pages = &before.pages,
                                              .set_up = [] { kill(getpid(), kSetUp); },
                                              .names = door::NamesIn(options.http_names),
                                              .csp_reports = &before.csp_reports});
  HANSA_RETURN_IF_ERROR(door.status());
  HANSA_RETURN_IF_ERROR(WriteSetupEndpoints(paths, (*door)->address()));
  LogInfo("there is no node in %s yet; an administrator sets it up on the page", paths.folder);
  NotifySystemd("READY=1");
  int signal = 0;
  do {
    sigwait(&signals, &signal);
  } while (signal == kSetUp && !IsSetUp(paths));
  RemoveEndpoints(paths);
  if (signal != kSetUp) return nullptr;
  return door;
}

// Null where none is asked for. `setup` is the door that stood there before there was a node, or null.
absl::StatusOr<std::unique_ptr<door::Door>> OpenDoor(const ProgramOptions& options, const door::Site::Parts& parts,
                                                     std::unique_ptr<door::Door> setup) {
  if (options.http.empty()) return nullptr;
  const door::SiteOptions site{
      .names = door::NamesIn(options.http_names), .is_open = options.http_open, .folder = options.daemon.folder};
  if (setup == nullptr) return door::Door::Open(options.http, parts, site);
  setup->Serve(parts, site);
  return setup;
}

absl::Status ServeNode(const ProgramOptions& options, const sigset_t& signals, const Before& before,
                       std::unique_ptr<door::Door> setup) {
  const NodePaths paths(options.daemon.folder);
  absl::StatusOr<std::unique_ptr<Daemon>> daemon = Daemon::Start(options.daemon);
  HANSA_RETURN_IF_ERROR(daemon.status());
  RemoveEndpoints(paths);  // of a process that was killed
  const std::unique_ptr<webhooks::WebhookOffice> hooks = StartHooks(**daemon);
  files::FileKeeper keeper(**daemon, (*daemon)->stored(), (*daemon)->views());
  files::FileThread file_thread(
      keeper, [](const absl::Status& status) { LogError("files: %s", std::string(status.message())); });
  door::EventHub events;
  absl::StatusOr<std::unique_ptr<api::ApiServer>> api = api::ApiServer::Start(
      {.socket = paths.socket,
       .node = **daemon,
       .views = (*daemon)->views(),
       .catalogue = catalogue::CurrentCatalogue(),
       .today_year = nullptr,
       .read_file = {},
       .search = &(*daemon)->search(),
       .files = &keeper,
       .draft_told = [&events](int year) { events.Tell({.what = door::EventKind::kDrafts, .year = year}); },
       .webhooks = hooks == nullptr ? nullptr : &hooks->desk(),
       .reception = &before.reception});
  HANSA_RETURN_IF_ERROR(api.status());
  (*daemon)->OnHealth([&api](bool healthy) { (*api)->SetHealthy(healthy); });
  const door::Gateway gateway(AskOf(**api));
  accounts::ProposalBook proposals({.folder = paths.folder, .now = absl::Now});
  absl::StatusOr<std::unique_ptr<door::Door>> http = OpenDoor(options,
                                                              {.node = **daemon,
                                                               .catalogue = catalogue::CurrentCatalogue(),
                                                               .views = (*daemon)->views(),
                                                               .now = absl::Now,
                                                               .version = HANSA_VERSION,
                                                               .reception = &before.reception,
                                                               .gateway = &gateway,
                                                               .pages = &before.pages,
                                                               .events = &events,
                                                               .proposals = &proposals,
                                                               .csp_reports = &before.csp_reports},
                                                              std::move(setup));
  HANSA_RETURN_IF_ERROR(http.status());
  std::optional<door::EventWatch> watch;
  if (*http != nullptr) {
    watch.emplace(door::EventWatch::Parts{**daemon, (*daemon)->views(), events, &before.reception.accounts()});
  }
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
  if (watch) watch->Stop();
  if (hooks != nullptr) hooks->Stop();
  (*api)->Shutdown(kDrainPatience);
  file_thread.Stop();
  (*daemon)->Stop();
  FlushLog();
  return absl::OkStatus();
}

absl::Status Serve(const ProgramOptions& options, const sigset_t& signals) {
  HANSA_RETURN_IF_ERROR(CheckClock(absl::Now()));
  const absl::StatusOr<door::Pages> pages = OpenPages(options);
  HANSA_RETURN_IF_ERROR(pages.status());
  const NodePaths paths(options.daemon.folder);
  const bool is_set_up = IsSetUp(paths);
  if (!is_set_up && options.http.empty()) {
    return absl::NotFoundError(absl::StrCat("there is no node in ", paths.folder,
                                            ": make one with `hansa init`, or a network with `hansa network found`"));
  }
  if (!is_set_up) HANSA_RETURN_IF_ERROR(membership::MakePrivateFolder(paths.folder));
  HANSA_RETURN_IF_ERROR(MakeRunFolders(paths));
  HANSA_RETURN_IF_ERROR(StartLog(paths.logs));
  accounts::Reception reception({.folder = paths.folder, .now = absl::Now, .told = [](const absl::Status& status) {
                                   LogError("who did what cannot be written down: %s", std::string(status.message()));
                                 }});
  door::CspReports csp_reports({.now = absl::Now, .told = [](const std::string& line) { LogWarning("%s", line); }});
  const Before before{.reception = reception, .pages = *pages, .csp_reports = csp_reports};
  std::unique_ptr<door::Door> setup;
  if (!is_set_up) {
    absl::StatusOr<std::unique_ptr<door::Door>> door = AwaitSetup(options, signals, before);
    HANSA_RETURN_IF_ERROR(door.status());
    if (*door == nullptr) return absl::OkStatus();
    setup = *std::move(door);
  }
  return ServeNode(options, signals, before, std::move(setup));
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
  sigset_t blocked = signals;
  sigaddset(&blocked, kSetUp);
  pthread_sigmask(SIG_BLOCK, &blocked, nullptr);
  const absl::Status served = Serve(line.options, signals);
  if (served.ok()) return 0;
  Complain(served.message());
  return 1;
}

}  // namespace
}  // namespace hansa::node

int main(int argc, char** argv) { return hansa::node::Main(argc, argv); }
