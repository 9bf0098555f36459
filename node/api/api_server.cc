#include "node/api/api_server.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/impl/server_builder_option.h>
#include <grpcpp/resource_quota.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "absl/time/clock.h"
#include "node/api/api_parts.h"
#include "node/api/node_service.h"
#include "node/api/socket_address.h"
#include "node/desk/dialogue_desk.h"
#include "node/desk/export_desk.h"
#include "node/desk/file_desk.h"
#include "node/desk/following_desk.h"
#include "node/desk/indicator_desk.h"
#include "node/desk/learn_desk.h"
#include "node/desk/network_desk.h"
#include "node/desk/notice_desk.h"
#include "node/desk/offer_desk.h"
#include "node/desk/practice_desk.h"
#include "node/desk/progress_desk.h"
#include "node/desk/report_desk.h"
#include "node/desk/review_desk.h"
#include "node/desk/search_desk.h"
#include "node/desk/similar_desk.h"
#include "node/desk/strategy_desk.h"
#include "node/desk/summary_desk.h"
#include "node/desk/taken_part_desk.h"
#include "node/desk/target_desk.h"
#include "node/desk/web_feed_desk.h"
#include "node/files/file_keeper.h"
#include "node/importing/reading_process.h"
#include "node/search/index_reader.h"

namespace hansa::node::api {
namespace {

// An import is the largest question: 25 MiB and its name.
constexpr int kQuestionBytesMax = 32 * 1024 * 1024;
constexpr int kThreadsMax = 32;
constexpr absl::Duration kPatience = absl::Seconds(1);

// Exactly one reflection service, however the library was linked.
class WithReflection final : public grpc::ServerBuilderOption {
 public:
  void UpdateArguments(grpc::ChannelArguments*) override {}
  void UpdatePlugins(std::vector<std::unique_ptr<grpc::ServerBuilderPlugin>>* plugins) override {
    plugins->clear();
    plugins->push_back(std::make_unique<grpc::reflection::ProtoServerReflectionPlugin>());
  }
};

int YearByTheClock() { return static_cast<int>(absl::ToCivilYear(absl::Now(), absl::UTCTimeZone()).year()); }

absl::StatusOr<spreadsheet::TableFile> ReadInProcess(absl::string_view bytes, const spreadsheet::FileForm& form) {
  return importing::ReadInProcess(importing::ReaderProgram(), bytes, form);
}

// The day it is where it is earliest on earth.
std::string DayEverywhere() { return absl::FormatTime("%Y-%m-%d", absl::Now() - absl::Hours(12), absl::UTCTimeZone()); }

}  // namespace

struct ApiServer::Inside {
  Inside(const ApiOptions& options, SocketAddress where)
      : address(std::move(where)),
        desk(options.node, options.catalogue, options.views, options.today_year ? options.today_year : YearByTheClock,
             options.read_file ? options.read_file : ReadInProcess),
        practices(options.node, options.catalogue, options.views),
        following(options.node, options.catalogue, options.views),
        offers(options.node, options.catalogue, options.views, DayEverywhere),
        progress(options.node, options.catalogue, options.views),
        network(options.node, options.catalogue, options.views),
        exports(options.node, options.catalogue, options.views, absl::Now),
        targets(options.node, options.catalogue, options.views),
        strategies(options.node, options.catalogue, options.views),
        reviews(options.node, options.catalogue, options.views),
        summaries(options.node, options.catalogue, options.views),
        reports(options.node, options.catalogue, options.views),
        own_index(options.search == nullptr
                      ? std::make_unique<search::IndexReader>(options.views, options.node.feeds(),
                                                              [&node = options.node] { return node.View().roster; })
                      : nullptr),
        search(options.node, options.catalogue, options.search == nullptr ? *own_index : *options.search),
        similar(options.node, options.catalogue, options.views),
        learn(options.node, options.catalogue, options.views, offers, DayEverywhere),
        web_feeds(options.node, options.catalogue, options.views),
        notices(options.node, options.catalogue, options.views, absl::Now),
        taken_part(options.node, options.catalogue, options.views),
        dialogue(options.node, options.catalogue, options.views),
        own_keeper(options.files == nullptr
                       ? std::make_unique<files::FileKeeper>(options.node, options.node.feeds(), options.views)
                       : nullptr),
        keeper(options.files == nullptr ? *own_keeper : *options.files),
        files(options.node, practices, keeper),
        parts{options.node,    options.catalogue, options.views, desk,     practices, following,
              offers,          progress,          network,       exports,  targets,   strategies,
              reviews,         summaries,         reports,       search,   similar,   learn,
              web_feeds,       notices,           taken_part,    dialogue, files,     keeper,
              options.webhooks},
        service(MakeNodeService(parts)) {}

  SocketAddress address;
  desk::IndicatorDesk desk;
  desk::PracticeDesk practices;
  desk::FollowingDesk following;
  desk::OfferDesk offers;
  desk::ProgressDesk progress;
  desk::NetworkDesk network;
  desk::ExportDesk exports;
  desk::TargetDesk targets;
  desk::StrategyDesk strategies;
  desk::ReviewDesk reviews;
  desk::SummaryDesk summaries;
  desk::ReportDesk reports;
  std::unique_ptr<search::IndexReader> own_index;  // null where the node keeps it
  desk::SearchDesk search;
  desk::SimilarDesk similar;
  desk::LearnDesk learn;
  desk::WebFeedDesk web_feeds;
  desk::NoticeDesk notices;
  desk::TakenPartDesk taken_part;
  desk::DialogueDesk dialogue;
  std::unique_ptr<files::FileKeeper> own_keeper;  // null where the node has one
  files::FileKeeper& keeper;
  desk::FileDesk files;
  ApiParts parts;
  std::shared_ptr<grpc::Service> service;
  std::unique_ptr<grpc::Server> server;  // null after Shutdown
};

absl::StatusOr<std::unique_ptr<ApiServer>> ApiServer::Start(const ApiOptions& options) {
  absl::StatusOr<SocketAddress> address = SocketAddress::ForListening(options.socket);
  if (!address.ok()) return address.status();
  auto inside = std::make_unique<Inside>(options, *std::move(address));

  grpc::ServerBuilder builder;
  grpc::ResourceQuota quota("api");
  quota.SetMaxThreads(kThreadsMax);
  builder.SetResourceQuota(quota);
  builder.SetMaxReceiveMessageSize(kQuestionBytesMax);
  builder.SetOption(std::make_unique<WithReflection>());
  builder.AddListeningPort(inside->address.target(), grpc::InsecureServerCredentials());
  builder.RegisterService(inside->service.get());
  // A switch of the whole process: other servers of it have no health checking from here.
  grpc::EnableDefaultHealthCheckService(true);
  inside->server = builder.BuildAndStart();
  grpc::EnableDefaultHealthCheckService(false);
  if (inside->server == nullptr) {
    return absl::InternalError(
        absl::StrCat("cannot listen on the socket ", options.socket,
                     "; see that the file system takes sockets and that you may write in its folder"));
  }
  const absl::Status restricted = inside->address.Restrict();
  if (!restricted.ok()) return restricted;
  inside->server->GetHealthCheckService()->SetServingStatus("hansa.v1.Node", true);
  return std::unique_ptr<ApiServer>(new ApiServer(std::move(inside)));
}

ApiServer::ApiServer(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}

ApiServer::~ApiServer() { Shutdown(kPatience); }

void ApiServer::SetHealthy(bool healthy) {
  if (inside_->server == nullptr) return;
  inside_->server->GetHealthCheckService()->SetServingStatus("hansa.v1.Node", healthy);
}

void ApiServer::Shutdown(absl::Duration patience) {
  if (inside_->server == nullptr) return;
  inside_->following.StopWaiting();
  inside_->server->Shutdown(absl::ToChronoTime(absl::Now() + patience));
  inside_->server->Wait();
  inside_->server.reset();
}

}  // namespace hansa::node::api
