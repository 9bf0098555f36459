#include "node/wire/dialler.h"

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/security/auth_context.h>
#include <grpcpp/support/channel_arguments.h>
#include <grpcpp/support/client_callback.h>

#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "node/domain/text.h"
#include "node/wire/address.h"
#include "node/wire/grpc_bytes.h"
#include "node/wire/link.h"
#include "node/wire/pin_verifier.h"
#include "node/wire/stream_arguments.h"

namespace hansa::node::wire {
namespace {

using replication::Pin;

std::shared_ptr<grpc::Channel> MakeChannel(const Address& address, const TlsIdentity& identity,
                                           std::shared_ptr<ExpectedPins> expected) {
  grpc::ChannelArguments arguments;
  for (const auto& [name, value] : DiallerArguments()) arguments.SetInt(name, value);
  arguments.SetSslTargetNameOverride(kTlsName);
  return grpc::CreateCustomChannel("dns:///" + address.text(), PinnedChannelCredentials(identity, std::move(expected)),
                                   arguments);
}

// Everything of gRPC's that a dial needs. Taken down on the errands' thread: a channel must not go
// in a callback of its own.
struct Call {
  explicit Call(const std::shared_ptr<grpc::Channel>& channel) : stub(channel) {}
  grpc::GenericStub stub;
  grpc::ClientContext context;
};

// Owns itself from Start() to OnDone().
class DialledLink final : public Link, public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  DialledLink(std::shared_ptr<Switchboard> board, const Address& address, const TlsIdentity& identity,
              std::set<Pin> expected)
      : Link(Flow::Side::kDialler, std::move(board)),
        address_(address.text()),
        expected_(std::make_shared<ExpectedPins>(std::move(expected))),
        call_(std::make_unique<Call>(MakeChannel(address, identity, expected_))) {}

  void Start() {
    self_ = shared_from_this();
    GiveUpAfter(switchboard().limits().dial);
    call_->stub.PrepareBidiStreamingCall(&call_->context, kConverseMethod, grpc::StubOptions(), this);
    AddHold();  // reads and writes begin outside reactions; Leave() lets go
    StartCall();
  }

  void OnReadInitialMetadataDone(bool ok) override {
    if (!ok || call_->context.GetServerInitialMetadata().count(kOpenMark) == 0) return Died();
    const std::optional<Pin> peer = PinOfPeer(call_->context.auth_context().get());
    const std::optional<absl::Status> verdict = expected_->verdict();
    if (!peer || !verdict || !verdict->ok()) {
      Abandon(absl::UnauthenticatedError(absl::StrCat(address_, " showed no key")));
      return Died();
    }
    Opened(*peer, address_);
  }

  void OnReadDone(bool ok) override { ReadDone(ok ? BytesOf(&incoming_) : std::nullopt); }
  void OnWriteDone(bool ok) override { WriteDone(ok); }
  void OnWritesDoneDone(bool ok) override { WriteDone(ok); }

  void OnDone(const grpc::Status& status) override {
    const std::shared_ptr<Link> self = std::move(self_);
    switchboard().errands().Run([call = std::shared_ptr<Call>(std::move(call_))] {});
    if (!opened()) switchboard().Tell(DialFailed{address_, WhyDialFailed(status)});
    Ended(status.ok()
              ? absl::OkStatus()
              : absl::Status(static_cast<absl::StatusCode>(status.error_code()),
                             absl::StrCat("the connection to ", address_, " was lost: ", status.error_message())));
  }

 private:
  void BeginRead() override { StartRead(&incoming_); }
  void BeginWrite(std::string bytes) override {
    outgoing_ = BufferOf(bytes);
    StartWrite(&outgoing_);
  }
  void BeginHalfClose() override { StartWritesDone(); }
  void BeginCancel() override { call_->context.TryCancel(); }
  void Leave() override { RemoveHold(); }

  void GiveUpAfter(std::chrono::milliseconds patience) {
    switchboard().errands().RunAfter(patience, [weak = weak_from_this(), patience, address = address_] {
      const std::shared_ptr<Link> link = weak.lock();
      if (link == nullptr) return;
      link->AbandonUnlessOpen(absl::DeadlineExceededError(
          absl::StrCat("no answer from ", address, " within ", absl::FormatDuration(absl::FromChrono(patience)))));
    });
  }

  absl::Status WhyDialFailed(const grpc::Status& status) const {
    if (!reason().ok()) return reason();
    const std::string& said = status.error_message();
    const std::optional<absl::Status> verdict = expected_->verdict();
    if (verdict && !verdict->ok()) {
      return absl::UnauthenticatedError(
          absl::StrCat("the key shown at ", address_, " is not the one expected: ", verdict->message()));
    }
    if (status.error_code() == grpc::StatusCode::UNIMPLEMENTED) {
      return absl::UnavailableError(absl::StrCat("what answers at ", address_, " is not a Hansa node"));
    }
    if (verdict) {
      return absl::PermissionDeniedError(absl::StrCat(address_, " refused us: our key is not in its roster (yet)"));
    }
    if (absl::StrContains(said, "Connection refused")) {
      return absl::UnavailableError(absl::StrCat("nobody listens at ", address_));
    }
    if (absl::StrContains(said, "Connection reset") || absl::StrContains(said, "Socket closed")) {
      return absl::UnavailableError(
          absl::StrCat(address_, " turned us away before the handshake: it may hold too many connections"));
    }
    if (absl::StrContains(said, "DNS resolution failed")) {
      return absl::NotFoundError(absl::StrCat("the name in ", address_, " cannot be found"));
    }
    return absl::UnavailableError(absl::StrCat(address_, " cannot be reached: ", said));
  }

  const std::string address_;
  const std::shared_ptr<ExpectedPins> expected_;
  std::unique_ptr<Call> call_;
  std::shared_ptr<Link> self_;
  grpc::ByteBuffer incoming_;
  grpc::ByteBuffer outgoing_;
};

}  // namespace

void Dial(const std::shared_ptr<Switchboard>& switchboard, const TlsIdentity& identity, const std::string& address,
          std::set<Pin> expected) {
  absl::StatusOr<Address> parsed = ParseAddress(address);
  if (parsed.ok() && parsed->port == 0) {
    parsed = absl::InvalidArgumentError(absl::StrCat(domain::Quoted(address), " cannot be dialled: port 0 is no port"));
  }
  if (!parsed.ok()) {
    switchboard->errands().Run([switchboard, address, why = parsed.status()] {
      switchboard->Tell(DialFailed{address, why});
    });
    return;
  }
  const auto link = std::make_shared<DialledLink>(switchboard, *parsed, identity, std::move(expected));
  if (switchboard->Enter(link)) link->Start();
}

}  // namespace hansa::node::wire
