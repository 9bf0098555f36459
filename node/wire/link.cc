#include "node/wire/link.h"

#include <atomic>
#include <utility>

#include "absl/strings/str_cat.h"
#include "node/wire/frame_codec.h"
#include "replication/credit_window.h"

namespace hansa::node::wire {
namespace {

using replication::CloseCode;
using replication::CloseFrame;
using replication::Frame;

LinkId NextLinkId() {
  static std::atomic<LinkId> last{0};
  return ++last;
}

Lane LaneOf(const Frame& frame) {
  const std::optional<replication::FrameCost> cost = replication::CostOf(frame);
  if (!cost) return Lane::kControl;
  return cost->traffic == replication::TrafficClass::kLive ? Lane::kLive : Lane::kBulk;
}

}  // namespace

Link::Link(Flow::Side side, std::shared_ptr<Switchboard> switchboard)
    : id_(NextLinkId()),
      dialled_by_us_(side == Flow::Side::kDialler),
      switchboard_(std::move(switchboard)),
      flow_(side, switchboard_->limits().flow) {}

bool Link::Say(const Frame& frame) {
  std::string bytes = EncodeFrame(frame);
  const std::size_t bytes_max = EncodedBytesMax(frame);
  bool taken = false;
  {
    absl::MutexLock lock(&mutex_);
    if (bytes.size() <= bytes_max) {
      const bool may_say = flow_.may_say();
      taken = flow_.Say(std::move(bytes), LaneOf(frame));
      if (may_say && !taken && reason_.ok()) {
        reason_ = absl::ResourceExhaustedError("more waited to be sent than a link may hold; it begins anew");
      }
    } else if (reason_.ok() && !flow_.closing()) {
      reason_ = absl::InternalError(absl::StrCat("a frame ", replication::FrameName(frame), " of ", bytes.size(),
                                                 " bytes was to be sent, and it may have ", bytes_max));
      flow_.CloseAtOnce("");
    }
  }
  Pump();
  return taken;
}

void Link::Close(const std::optional<CloseFrame>& last) {
  std::string goodbye = last ? EncodeFrame(*last) : std::string();
  {
    absl::MutexLock lock(&mutex_);
    flow_.Close(std::move(goodbye));
  }
  CutAfterGoodbyeTime();
  Pump();
}

void Link::Refuse(const absl::Status& why) {
  const bool unknown = why.code() == absl::StatusCode::kUnimplemented;
  std::string goodbye =
      EncodeFrame(CloseFrame{unknown ? CloseCode::kUnsupported : CloseCode::kProtocol, std::string(why.message()), 0});
  {
    absl::MutexLock lock(&mutex_);
    if (reason_.ok() && !flow_.closing()) {
      reason_ = absl::Status(why.code(), absl::StrCat(address_, " sent ", why.message()));
    }
    flow_.CloseAtOnce(std::move(goodbye));
  }
  CutAfterGoodbyeTime();
}

void Link::CutAfterGoodbyeTime() {
  switchboard_->errands().RunAfter(switchboard_->limits().goodbye, [weak = weak_from_this()] {
    if (const std::shared_ptr<Link> link = weak.lock()) link->Abandon(absl::OkStatus());
  });
}

void Link::Consumed() {
  {
    absl::MutexLock lock(&mutex_);
    flow_.Consumed();
  }
  Pump();
}

void Link::Abandon(absl::Status why) {
  {
    absl::MutexLock lock(&mutex_);
    if (reason_.ok()) reason_ = std::move(why);
    flow_.Cancel();
  }
  Pump();
}

void Link::AbandonUnlessOpen(absl::Status why) {
  {
    absl::MutexLock lock(&mutex_);
    if (opened_) return;
    if (reason_.ok()) reason_ = std::move(why);
    flow_.Cancel();
  }
  Pump();
}

void Link::Opened(const replication::Pin& peer, std::string address) {
  {
    absl::MutexLock lock(&mutex_);
    opened_ = true;
    address_ = address;
  }
  switchboard_->Open(id_);
  switchboard_->Tell(LinkOpened{id_, peer, dialled_by_us_, std::move(address)});
  {
    absl::MutexLock lock(&mutex_);
    flow_.Open();
  }
  Pump();
}

void Link::ReadDone(std::optional<std::string> bytes) {
  bool wanted = bytes.has_value();
  if (wanted) {
    absl::MutexLock lock(&mutex_);
    wanted = !flow_.closing();
  }
  if (wanted) {
    absl::StatusOr<Frame> frame = DecodeFrame(*bytes);
    if (frame.ok()) {
      {
        absl::MutexLock lock(&mutex_);
        flow_.Arrived(bytes->size());
      }
      switchboard_->Tell(FrameArrived{id_, *std::move(frame)});
    } else {
      Refuse(frame.status());
    }
  }
  {
    absl::MutexLock lock(&mutex_);
    flow_.ReadDone(bytes.has_value());
  }
  Pump();
}

void Link::WriteDone(bool ok) {
  {
    absl::MutexLock lock(&mutex_);
    flow_.WriteDone(ok);
  }
  Pump();
}

void Link::Died() {
  {
    absl::MutexLock lock(&mutex_);
    flow_.Died();
  }
  Pump();
}

void Link::Ended(absl::Status status) {
  bool opened = false;
  {
    absl::MutexLock lock(&mutex_);
    opened = opened_;
    if (!reason_.ok()) {
      status = reason_;
    } else if (flow_.closing()) {
      status = absl::OkStatus();
    }
  }
  if (opened) switchboard_->Tell(LinkEnded{id_, std::move(status)});
  switchboard_->Exit(id_);
}

bool Link::opened() const {
  absl::MutexLock lock(&mutex_);
  return opened_;
}

absl::Status Link::reason() const {
  absl::MutexLock lock(&mutex_);
  return reason_;
}

void Link::Pump() {
  // The last step may let gRPC drop its hold on us.
  const std::shared_ptr<Link> self = shared_from_this();
  {
    absl::MutexLock lock(&mutex_);
    if (pumping_) return;  // who pumps will see what we changed
    pumping_ = true;
  }
  for (;;) {
    Flow::Step step = Flow::Step::kNothing;
    std::string bytes;
    {
      absl::MutexLock lock(&mutex_);
      step = flow_.Next();
      if (step == Flow::Step::kWrite) bytes = std::move(flow_.next_write());
      if (step == Flow::Step::kNothing) {
        pumping_ = false;
        return;
      }
    }
    Perform(step, std::move(bytes));
  }
}

void Link::Perform(Flow::Step step, std::string bytes) {
  switch (step) {
    case Flow::Step::kNothing:
      return;
    case Flow::Step::kRead:
      return BeginRead();
    case Flow::Step::kWrite:
      return BeginWrite(std::move(bytes));
    case Flow::Step::kHalfClose:
      return BeginHalfClose();
    case Flow::Step::kCancel:
      return BeginCancel();
    case Flow::Step::kLeave:
      return Leave();
  }
}

}  // namespace hansa::node::wire
