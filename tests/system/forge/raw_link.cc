#include "tests/system/forge/raw_link.h"

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/support/channel_arguments.h>

#include <chrono>
#include <deque>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "node/wire/grpc_bytes.h"
#include "node/wire/pin_verifier.h"
#include "node/wire/stream_arguments.h"
#include "node/wire/tls_identity.h"

namespace hansa::forge {
namespace {

constexpr std::chrono::seconds kOpenWithin{20};
constexpr std::chrono::minutes kLifeMax{30};
constexpr absl::Duration kGoodbyeWithin = absl::Seconds(5);

// What an answer of the completion queue belongs to.
enum class Step : std::intptr_t { kStart = 1, kMetadata, kRead, kWrite, kHalfClose, kFinish };
void* TagOf(Step step) { return reinterpret_cast<void*>(step); }
Step StepOf(void* tag) { return static_cast<Step>(reinterpret_cast<std::intptr_t>(tag)); }

std::shared_ptr<grpc::Channel> ChannelTo(const std::string& address, const node::wire::TlsIdentity& identity) {
  grpc::ChannelArguments arguments;
  for (const auto& [name, value] : node::wire::DiallerArguments()) arguments.SetInt(name, value);
  arguments.SetSslTargetNameOverride(node::wire::kTlsName);
  const auto any_key = std::make_shared<node::wire::ExpectedPins>(std::set<replication::Pin>());
  return grpc::CreateCustomChannel("dns:///" + address, node::wire::PinnedChannelCredentials(identity, any_key),
                                   arguments);
}

}  // namespace

struct RawLink::Call {
  explicit Call(const std::shared_ptr<grpc::Channel>& channel) : stub(channel) {
    context.set_deadline(std::chrono::system_clock::now() + kLifeMax);
    stream = stub.PrepareCall(&context, node::wire::kConverseMethod, &queue);
  }
  // Waits for the one thing asked for.
  bool Done(std::chrono::seconds within) {
    void* tag = nullptr;
    bool ok = false;
    const auto deadline = std::chrono::system_clock::now() + within;
    return queue.AsyncNext(&tag, &ok, deadline) == grpc::CompletionQueue::GOT_EVENT && ok;
  }
  absl::Status Failed(const std::string& address) {
    context.TryCancel();
    stream->Finish(&status, TagOf(Step::kFinish));
    queue.Shutdown();
    void* tag = nullptr;
    bool ok = false;
    while (queue.Next(&tag, &ok)) {
    }
    const auto code = status.ok() ? absl::StatusCode::kUnavailable : static_cast<absl::StatusCode>(status.error_code());
    return absl::Status(code, absl::StrCat(address, " did not take the stream: ", status.error_message()));
  }

  grpc::GenericStub stub;
  grpc::ClientContext context;
  grpc::CompletionQueue queue;
  std::unique_ptr<grpc::GenericClientAsyncReaderWriter> stream;
  grpc::ByteBuffer incoming;
  std::deque<std::string> outgoing;
  grpc::Status status;
};

absl::StatusOr<std::unique_ptr<RawLink>> RawLink::Open(const replication::Seed& tls_seed, const std::string& address,
                                                       Heard heard) {
  const absl::StatusOr<node::wire::TlsIdentity> identity = node::wire::MakeTlsIdentity(tls_seed);
  if (!identity.ok()) return identity.status();
  auto call = std::make_unique<Call>(ChannelTo(address, *identity));
  call->stream->StartCall(TagOf(Step::kStart));
  if (!call->Done(kOpenWithin)) return call->Failed(address);
  call->stream->ReadInitialMetadata(TagOf(Step::kMetadata));
  const bool answered = call->Done(kOpenWithin);
  if (!answered || call->context.GetServerInitialMetadata().count(node::wire::kOpenMark) == 0) {
    return call->Failed(address);
  }
  return std::unique_ptr<RawLink>(new RawLink(std::move(call), std::move(heard)));
}

RawLink::RawLink(std::unique_ptr<Call> call, Heard heard)
    : call_(std::move(call)), heard_(std::move(heard)), thread_([this] { Run(); }) {}

RawLink::~RawLink() {
  {
    absl::MutexLock lock(&mutex_);
    leaving_ = true;
    if (!ended_ && !writing_) WriteNext();
    if (!mutex_.AwaitWithTimeout(absl::Condition(&ended_), kGoodbyeWithin)) call_->context.TryCancel();
  }
  thread_.join();
}

bool RawLink::ended() const {
  absl::MutexLock lock(&mutex_);
  return ended_;
}

bool RawLink::Say(const std::string& bytes) {
  absl::MutexLock lock(&mutex_);
  if (ended_ || leaving_) return false;
  call_->outgoing.push_back(bytes);
  if (!writing_) WriteNext();
  return true;
}

void RawLink::WriteNext() {
  if (!call_->outgoing.empty()) {
    writing_ = true;
    call_->stream->Write(node::wire::BufferOf(call_->outgoing.front()), TagOf(Step::kWrite));
    call_->outgoing.pop_front();
  } else if (leaving_) {
    writing_ = true;
    call_->stream->WritesDone(TagOf(Step::kHalfClose));
  }
}

void RawLink::Run() {
  call_->stream->Read(&call_->incoming, TagOf(Step::kRead));
  void* tag = nullptr;
  bool ok = false;
  while (call_->queue.Next(&tag, &ok)) {
    const Step step = StepOf(tag);
    if (step == Step::kRead && ok) {
      if (const std::optional<std::string> bytes = node::wire::BytesOf(&call_->incoming)) heard_(*bytes);
      call_->stream->Read(&call_->incoming, TagOf(Step::kRead));
    } else if (step == Step::kRead) {
      call_->stream->Finish(&call_->status, TagOf(Step::kFinish));
    } else if (step == Step::kWrite && ok) {
      absl::MutexLock lock(&mutex_);
      writing_ = false;
      WriteNext();
    } else if (step == Step::kFinish) {
      absl::MutexLock lock(&mutex_);
      ended_ = true;
      call_->queue.Shutdown();
    }
  }
}

}  // namespace hansa::forge
