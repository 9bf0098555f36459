#include "node/api/api_server.h"

#include <grpcpp/client_context.h>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/impl/server_builder_option.h>
#include <grpcpp/resource_quota.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/channel_arguments.h>

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "absl/time/civil_time.h"
#include "absl/time/clock.h"
#include "node/api/api_parts.h"
#include "node/api/grpc_status.h"
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
#include "node/desk/place_desk.h"
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

// A file is the largest question: 25 MiB and what is said of it. No answer is larger.
constexpr int kMessageBytesMax = 32 * 1024 * 1024;
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

std::string BytesOf(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  std::string bytes;
  bytes.reserve(buffer.Length());
  if (!buffer.Dump(&slices).ok()) return bytes;
  for (const grpc::Slice& slice : slices) bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  return bytes;
}

int YearByTheClock() { return static_cast<int>(absl::ToCivilYear(absl::Now(), absl::UTCTimeZone()).year()); }

std::function<int()> TodayYear(const ApiOptions& options) {
  return options.today_year ? options.today_year : YearByTheClock;
}

absl::StatusOr<spreadsheet::TableFile> ReadInProcess(absl::string_view bytes, const spreadsheet::FileForm& form) {
  return importing::ReadInProcess(importing::ReaderProgram(), bytes, form);
}

// The day it is where it is earliest on earth.
std::string DayEverywhere() { return absl::FormatTime("%Y-%m-%d", absl::Now() - absl::Hours(12), absl::UTCTimeZone()); }

}  // namespace

struct ApiServer::Inside {
  Inside(const ApiOptions& options, SocketAddress where)
      : address(std::move(where)),
        desk(options.node, options.catalogue, options.views, TodayYear(options),
             options.read_file ? options.read_file : ReadInProcess),
        practices(options.node, options.catalogue, options.views),
        following(options.node, options.catalogue, options.views),
        offers(options.node, options.catalogue, options.views, DayEverywhere),
        progress(options.node, options.catalogue, options.views),
        network(options.node, options.catalogue, options.views),
        exports(options.node, options.catalogue, options.views, absl::Now),
        targets(options.node, options.catalogue, options.views, TodayYear(options)),
        places(options.node, options.views),
        strategies(options.node, options.catalogue, options.views),
        reviews(options.node, options.catalogue, options.views),
        summaries(options.node, options.catalogue, options.views),
        reports(options.node, options.catalogue, options.views),
        own_index(options.search == nullptr
                      ? std::make_unique<search::IndexReader>(options.views, options.node.feeds(),
                                                              [&node = options.node] { return node.View().roster; })
                      : nullptr),
        search(options.node, options.catalogue, options.views,
               options.search == nullptr ? *own_index : *options.search),
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
        files(options.node, options.views, {practices, offers, notices, strategies, dialogue}, keeper),
        parts{options.node, options.catalogue, options.views,    desk,       practices, following,
              offers,       progress,          network,          exports,    targets,   places,
              strategies,   reviews,           summaries,        reports,    search,    similar,
              learn,        web_feeds,         notices,          taken_part, dialogue,  files,
              keeper,       options.webhooks,  options.reception},
        service(MakeNodeService(parts)) {
    desk.OnDraft(options.draft_told);
  }

  SocketAddress address;
  desk::IndicatorDesk desk;
  desk::PracticeDesk practices;
  desk::FollowingDesk following;
  desk::OfferDesk offers;
  desk::ProgressDesk progress;
  desk::NetworkDesk network;
  desk::ExportDesk exports;
  desk::TargetDesk targets;
  desk::PlaceDesk places;
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
  std::unique_ptr<grpc::Server> server;       // null after Shutdown
  std::unique_ptr<grpc::GenericStub> within;  // speaks to it from this process
};

absl::StatusOr<std::unique_ptr<ApiServer>> ApiServer::Start(const ApiOptions& options) {
  absl::StatusOr<SocketAddress> address = SocketAddress::ForListening(options.socket);
  if (!address.ok()) return address.status();
  auto inside = std::make_unique<Inside>(options, *std::move(address));

  grpc::ServerBuilder builder;
  grpc::ResourceQuota quota("api");
  quota.SetMaxThreads(kThreadsMax);
  builder.SetResourceQuota(quota);
  builder.SetMaxReceiveMessageSize(kMessageBytesMax);
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
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMessageBytesMax);
  inside->within = std::make_unique<grpc::GenericStub>(inside->server->InProcessChannel(arguments));
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

absl::StatusOr<std::string> ApiServer::Ask(const ApiQuestion& question) {
  const absl::Status too_late =
      absl::DeadlineExceededError("the node did not answer in time; try again, or ask for less");
  if (question.patience <= absl::ZeroDuration()) return too_late;
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + question.patience));
  for (const auto& [name, value] : question.metadata) context.AddMetadata(name, value);
  const grpc::Slice slice(question.bytes);
  const grpc::ByteBuffer asked(&slice, 1);
  grpc::ByteBuffer reply;
  grpc::Status status;
  absl::Notification answered;
  inside_->within->UnaryCall(&context, absl::StrCat("/hansa.v1.Node/", question.method), grpc::StubOptions(), &asked,
                             &reply, [&](grpc::Status given) {
                               status = std::move(given);
                               answered.Notify();
                             });
  answered.WaitForNotification();
  if (status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED) return too_late;
  if (!status.ok()) return FromGrpc(status);
  return BytesOf(reply);
}

void ApiServer::Shutdown(absl::Duration patience) {
  if (inside_->server == nullptr) return;
  inside_->following.StopWaiting();
  inside_->server->Shutdown(absl::ToChronoTime(absl::Now() + patience));
  inside_->server->Wait();
  inside_->server.reset();
}

}  // namespace hansa::node::api
