#include "node/wire/listener.h"

#include <grpcpp/impl/server_builder_option.h>
#include <grpcpp/resource_quota.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>
#include <grpcpp/support/server_callback.h>

#include <atomic>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "hansa/v1/replication.grpc.pb.h"
#include "node/wire/address.h"
#include "node/wire/door.h"
#include "node/wire/frame_codec.h"
#include "node/wire/grpc_bytes.h"
#include "node/wire/link.h"
#include "node/wire/stream_arguments.h"

namespace hansa::node::wire {
namespace {

using replication::Pin;
using Reactor = grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>;

// A program that links the reflection library gets it on every server it builds. Peers may ask one thing only.
class NoPlugins final : public grpc::ServerBuilderOption {
 public:
  void UpdateArguments(grpc::ChannelArguments*) override {}
  void UpdatePlugins(std::vector<std::unique_ptr<grpc::ServerBuilderPlugin>>* plugins) override { plugins->clear(); }
};

constexpr std::size_t kGrpcMemoryBytes = 128 * 1024 * 1024;
constexpr int kGrpcThreadsMax = 8;
constexpr std::uint32_t kRetryWhenFullS = 60;

// Ends a stream that never becomes a link. Owns itself.
class Refusal final : public Reactor {
 public:
  // By a status alone.
  explicit Refusal(grpc::Status why) { Finish(std::move(why)); }
  // In the protocol's own words.
  explicit Refusal(const replication::CloseFrame& close) : goodbye_(BufferOf(EncodeFrame(close))) {
    StartWriteAndFinish(&goodbye_, grpc::WriteOptions(), grpc::Status::OK);
  }
  void OnDone() override { delete this; }

 private:
  grpc::ByteBuffer goodbye_;
};

// Owns itself from Start() to OnDone().
class AcceptedLink final : public Link, public Reactor {
 public:
  AcceptedLink(std::shared_ptr<Switchboard> board, grpc::CallbackServerContext* context, const Pin& peer,
               std::string address)
      : Link(Flow::Side::kAcceptor, std::move(board)), context_(context), peer_(peer), address_(std::move(address)) {}

  void Start() {
    self_ = shared_from_this();
    context_->AddInitialMetadata(kOpenMark, "1");
    StartSendInitialMetadata();
    Opened(peer_, address_);
  }

  void OnReadDone(bool ok) override { ReadDone(ok ? BytesOf(&incoming_) : std::nullopt); }
  void OnWriteDone(bool ok) override { WriteDone(ok); }
  void OnCancel() override {
    cancelled_ = true;
    Died();
  }

  void OnDone() override {
    const std::shared_ptr<Link> self = std::move(self_);
    switchboard().Depart(peer_);
    Ended(cancelled_ ? absl::UnavailableError(absl::StrCat("the connection from ", address_, " was lost"))
                     : absl::OkStatus());
  }

 private:
  void BeginRead() override { StartRead(&incoming_); }
  void BeginWrite(std::string bytes) override {
    outgoing_ = BufferOf(bytes);
    StartWrite(&outgoing_);
  }
  void BeginHalfClose() override {}  // only who dialled does that
  void BeginCancel() override { context_->TryCancel(); }
  void Leave() override { Finish(grpc::Status::OK); }

  grpc::CallbackServerContext* const context_;  // gRPC's, valid until OnDone()
  const Pin peer_;
  const std::string address_;
  std::shared_ptr<Link> self_;
  std::atomic<bool> cancelled_{false};
  grpc::ByteBuffer incoming_;
  grpc::ByteBuffer outgoing_;
};

class Service final : public v1::Replication::WithRawCallbackMethod_Converse<v1::Replication::Service> {
 public:
  Service(std::shared_ptr<Switchboard> switchboard, std::shared_ptr<const ListedPins> listed, Door& door)
      : switchboard_(std::move(switchboard)), listed_(std::move(listed)), door_(door) {}

  Reactor* Converse(grpc::CallbackServerContext* context) override {
    const std::optional<Pin> peer = PinOfPeer(context->auth_context().get());
    // The handshake has asked the same; the list may have changed since, and one gate is not
    // enough.
    if (!peer || !listed_->Contains(*peer)) {
      return new Refusal(grpc::Status(grpc::StatusCode::PERMISSION_DENIED, "the roster here does not list your key"));
    }
    std::string address = AddressOfGrpcPeer(context->peer());
    door_.Proven(address);
    if (!switchboard_->Admit(*peer)) return Busy(context);
    auto link = std::make_shared<AcceptedLink>(switchboard_, context, *peer, std::move(address));
    if (!switchboard_->Enter(link)) {
      switchboard_->Depart(*peer);
      return Busy(context);
    }
    AcceptedLink* const reactor = link.get();
    link->Start();
    return reactor;
  }

 private:
  static Reactor* Busy(grpc::CallbackServerContext* context) {
    context->AddInitialMetadata(kOpenMark, "1");
    return new Refusal(replication::CloseFrame{replication::CloseCode::kBusy,
                                               "this node has as many conversations as it can hold", kRetryWhenFullS});
  }

  const std::shared_ptr<Switchboard> switchboard_;
  const std::shared_ptr<const ListedPins> listed_;
  Door& door_;
};

DoorLimits DoorLimitsOf(const WireLimits& limits) {
  return {.connections = limits.connections,
          .unproven_of_one_address = limits.unproven_connections_of_one_address,
          .new_per_second_of_one_address = limits.new_connections_per_second_of_one_address};
}

class GrpcListener final : public Listener {
 public:
  GrpcListener(std::unique_ptr<Door> door, std::shared_ptr<Switchboard> switchboard,
               std::shared_ptr<const ListedPins> listed)
      : door_(std::move(door)), service_(std::move(switchboard), std::move(listed), *door_) {}
  ~GrpcListener() override { Stop(std::chrono::milliseconds(0)); }

  absl::Status Serve(std::shared_ptr<grpc::ServerCredentials> credentials) {
    grpc::ServerBuilder builder;
    for (const auto& [name, value] : ListenerArguments()) builder.AddChannelArgument(name, value);
    grpc::ResourceQuota quota("hansa-wire");
    quota.Resize(kGrpcMemoryBytes).SetMaxThreads(kGrpcThreadsMax);
    builder.SetResourceQuota(quota);
    builder.RegisterService(&service_);
    builder.SetOption(std::make_unique<NoPlugins>());
    acceptor_ = builder.experimental().AddExternalConnectionAcceptor(
        grpc::ServerBuilder::experimental_type::ExternalConnectionType::FROM_FD, std::move(credentials));
    server_ = builder.BuildAndStart();
    if (server_ == nullptr) return absl::InternalError("gRPC's server did not start");
    door_->Open([this](int listening_fd, int fd) {
      grpc::experimental::ExternalConnectionAcceptor::NewConnectionParameters connection;
      connection.listener_fd = listening_fd;
      connection.fd = fd;
      acceptor_->HandleNewConnection(&connection);
    });
    return absl::OkStatus();
  }

  std::string address() const override { return door_->address().text(); }

  void CloseDoor() override { door_->Close(); }

  void Stop(std::chrono::milliseconds patience) override {
    door_->Close();
    if (server_ == nullptr) return;
    server_->Shutdown(std::chrono::system_clock::now() + patience);
    server_->Wait();
    server_.reset();
  }

 private:
  const std::unique_ptr<Door> door_;
  Service service_;
  std::unique_ptr<grpc::experimental::ExternalConnectionAcceptor> acceptor_;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Listener>> Listener::Start(const std::string& address, const TlsIdentity& identity,
                                                          const std::shared_ptr<const ListedPins>& listed,
                                                          std::shared_ptr<Switchboard> switchboard) {
  const absl::StatusOr<Address> parsed = ParseAddress(address);
  if (!parsed.ok()) return parsed.status();
  absl::StatusOr<std::unique_ptr<Door>> door = Door::Bind(*parsed, DoorLimitsOf(switchboard->limits()));
  if (!door.ok()) return door.status();
  auto listener = std::make_unique<GrpcListener>(*std::move(door), std::move(switchboard), listed);
  const absl::Status serving = listener->Serve(PinnedServerCredentials(identity, listed));
  if (!serving.ok()) return serving;
  return listener;
}

}  // namespace hansa::node::wire
