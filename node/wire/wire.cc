#include "node/wire/wire.h"

#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "node/wire/dialler.h"
#include "node/wire/link.h"
#include "node/wire/quiet_grpc.h"

namespace hansa::node::wire {

using replication::Pin;

absl::StatusOr<std::unique_ptr<Wire>> Wire::Start(Options options) {
  SettleGrpc();
  absl::StatusOr<TlsIdentity> identity = MakeTlsIdentity(options.tls_seed);
  if (!identity.ok()) return identity.status();
  std::unique_ptr<Wire> wire(
      new Wire(*std::move(identity), std::make_shared<Switchboard>(std::move(options.sink), options.limits)));
  if (!options.listen.empty()) {
    absl::StatusOr<std::unique_ptr<Listener>> listener =
        Listener::Start(options.listen, wire->identity_, wire->listed_, wire->switchboard_);
    if (!listener.ok()) return listener.status();
    wire->listener_ = *std::move(listener);
  }
  return wire;
}

Wire::Wire(TlsIdentity identity, std::shared_ptr<Switchboard> switchboard)
    : identity_(std::move(identity)), listed_(std::make_shared<ListedPins>()), switchboard_(std::move(switchboard)) {}

Wire::~Wire() { Shutdown(); }

std::string Wire::listen_address() const { return listener_ == nullptr ? "" : listener_->address(); }

void Wire::AcceptOnly(std::set<Pin> listed) { listed_->Replace(std::move(listed)); }

void Wire::Dial(const std::string& address, std::set<Pin> expected) {
  wire::Dial(switchboard_, identity_, address, std::move(expected));
}

bool Wire::Say(LinkId link, const replication::Frame& frame) {
  const std::shared_ptr<Link> found = switchboard_->Find(link);
  return found != nullptr && found->Say(frame);
}

void Wire::Consumed(LinkId link) {
  if (const std::shared_ptr<Link> found = switchboard_->Find(link)) found->Consumed();
}

void Wire::Close(LinkId link, const std::optional<replication::CloseFrame>& last) {
  if (const std::shared_ptr<Link> found = switchboard_->Find(link)) found->Close(last);
}

void Wire::Shutdown() {
  if (std::exchange(down_, true)) return;
  const std::vector<std::shared_ptr<Link>> links = switchboard_->CloseDoors();
  if (listener_ != nullptr) listener_->CloseDoor();
  const absl::Status stopping = absl::UnavailableError("this node is stopping");
  for (const std::shared_ptr<Link>& link : links) {
    link->AbandonUnlessOpen(stopping);
    link->Close(std::nullopt);
  }
  if (!switchboard_->WaitUntilEmpty(switchboard_->limits().shutdown)) {
    for (const std::shared_ptr<Link>& link : links) link->Abandon(absl::OkStatus());
  }
  if (listener_ != nullptr) listener_->Stop(switchboard_->limits().shutdown);
  while (!switchboard_->WaitUntilEmpty(switchboard_->limits().shutdown)) {
    // Every stream is cancelled by now: gRPC owes us their last reactions.
  }
  switchboard_->errands().Stop();
}

}  // namespace hansa::node::wire
