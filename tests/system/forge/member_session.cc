#include "tests/system/forge/member_session.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "node/node_folder.h"
#include "node/wire/frame_codec.h"
#include "replication/check.h"
#include "replication/scope.h"

namespace hansa::forge {
namespace {

using replication::Frame;

constexpr absl::Duration kAnswerWithin = absl::Seconds(25);
constexpr std::uint64_t kPlentyOfCredit = std::uint64_t{1} << 30;

}  // namespace

absl::StatusOr<std::unique_ptr<MemberSession>> MemberSession::Begin(const Options& options) {
  std::unique_ptr<MemberSession> session(new MemberSession());
  if (!options.record.empty()) {
    absl::MutexLock lock(&session->mutex_);
    session->record_.open(options.record, std::ios::binary | std::ios::app);
  }
  MemberSession* const hears = session.get();
  absl::StatusOr<std::unique_ptr<RawLink>> link =
      RawLink::Open(options.tls_seed, options.address, [hears](const std::string& bytes) { hears->Heard(bytes); });
  HANSA_RETURN_IF_ERROR(link.status());
  session->link_ = *std::move(link);
  {
    absl::MutexLock lock(&session->mutex_);
    session->talking_ = session->link_.get();
  }
  HANSA_RETURN_IF_ERROR(session->Greet(options.network));
  return session;
}

absl::Status MemberSession::Greet(const replication::NetworkId& network) {
  replication::Hello hello;
  hello.network = network;
  hello.boot = *replication::BootId::From(node::RandomRecordId().view());
  hello.interest = replication::InterestHash(replication::SodiumCrypto(), replication::InterestInEverything());
  hello.assumed_peer_interest = hello.interest;
  hello.credit = {kPlentyOfCredit, kPlentyOfCredit};
  HANSA_RETURN_IF_ERROR(Say(hello));
  const auto is_hello = [](const Frame& frame) { return std::holds_alternative<replication::Hello>(frame); };
  const absl::StatusOr<Frame> theirs = Await("Hello", is_hello);
  HANSA_RETURN_IF_ERROR(theirs.status());
  {
    absl::MutexLock lock(&mutex_);
    their_roster_ = std::get<replication::Hello>(*theirs).roster;
  }
  // The node goes on to feeds once it hears its own roster position from us; it says so by ScopeRoot.
  HANSA_RETURN_IF_ERROR(AskScope().status());
  const auto is_scope = [](const Frame& frame) { return std::holds_alternative<replication::ScopeRoot>(frame); };
  return Await("ScopeRoot", is_scope).status();
}

void MemberSession::Heard(const std::string& bytes) {
  absl::MutexLock lock(&mutex_);
  if (record_.is_open()) {
    const replication::Bytes size = replication::ByteWriter().U32(static_cast<std::uint32_t>(bytes.size())).bytes();
    record_ << size << bytes << std::flush;
  }
  absl::StatusOr<Frame> frame = node::wire::DecodeFrame(bytes);
  if (!frame.ok()) return;
  if (const auto* close = std::get_if<replication::CloseFrame>(&*frame)) closed_ = *close;
  if (const auto* wrong = std::get_if<replication::WrongScope>(&*frame)) their_roster_ = wrong->roster;
  if (const auto* ping = std::get_if<replication::Ping>(&*frame)) {
    their_roster_ = ping->roster;
    if (!ping->answer && talking_ != nullptr) {
      // Whatever the node says of itself is what we say too.
      replication::Ping answer = *ping;
      answer.answer = true;
      (void)talking_->Say(node::wire::EncodeFrame(answer));
      return;
    }
  }
  heard_.push_back(*std::move(frame));
}

absl::StatusOr<Frame> MemberSession::Await(const char* what, std::function<bool(const Frame&)> wanted) {
  absl::MutexLock lock(&mutex_);
  const auto ready = [this, &wanted]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return closed_ || std::any_of(heard_.begin(), heard_.end(), wanted);
  };
  const bool came = mutex_.AwaitWithTimeout(absl::Condition(&ready), kAnswerWithin);
  const auto found = std::find_if(heard_.begin(), heard_.end(), wanted);
  if (found != heard_.end()) {
    Frame frame = std::move(*found);
    heard_.erase(found);
    return frame;
  }
  if (closed_) return absl::AbortedError(absl::StrCat("the node closed: ", closed_->detail));
  HANSA_CHECK(!came);
  return absl::DeadlineExceededError(absl::StrCat("waiting for ", what, ": the node did not answer"));
}

absl::Status MemberSession::Say(const Frame& frame) {
  if (link_->Say(node::wire::EncodeFrame(frame))) return absl::OkStatus();
  absl::MutexLock lock(&mutex_);
  return absl::AbortedError(absl::StrCat("the stream has ended", closed_ ? ": " + closed_->detail : ""));
}

absl::StatusOr<replication::ScopeId> MemberSession::AskScope() {
  replication::Ping ping;
  ping.nonce = next_nonce_++;
  {
    absl::MutexLock lock(&mutex_);
    ping.roster = their_roster_;
  }
  HANSA_RETURN_IF_ERROR(Say(ping));
  const absl::StatusOr<Frame> answer = Await("Ping", [&ping](const Frame& frame) {
    const auto* heard = std::get_if<replication::Ping>(&frame);
    return heard != nullptr && heard->answer && heard->nonce == ping.nonce;
  });
  HANSA_RETURN_IF_ERROR(answer.status());
  return std::get<replication::Ping>(*answer).scope;
}

absl::StatusOr<std::vector<replication::FeedRow>> MemberSession::Rows() {
  constexpr int kTriesMax = 10;  // the roster may move in between
  for (int tried = 0; tried < kTriesMax; ++tried) {
    const absl::StatusOr<replication::ScopeId> scope = AskScope();
    HANSA_RETURN_IF_ERROR(scope.status());
    HANSA_RETURN_IF_ERROR(Say(replication::TreeQuery{*scope, true, {replication::Bytes()}}));
    std::vector<replication::FeedRow> rows;
    for (;;) {
      const absl::StatusOr<Frame> frame = Await("Rows", [](const Frame& heard) {
        return std::holds_alternative<replication::Rows>(heard) ||
               std::holds_alternative<replication::WrongScope>(heard);
      });
      HANSA_RETURN_IF_ERROR(frame.status());
      const auto* part = std::get_if<replication::Rows>(&*frame);
      if (part == nullptr) break;
      rows.insert(rows.end(), part->rows.begin(), part->rows.end());
      if (part->last) return rows;
    }
  }
  return absl::UnavailableError("the node's roster does not come to rest");
}

absl::StatusOr<replication::Bytes> MemberSession::Fetch(const replication::FeedId& feed, replication::Sequence from) {
  HANSA_RETURN_IF_ERROR(Say(replication::Want{feed, from}));
  const absl::StatusOr<Frame> frame = Await("Unit", [&feed](const Frame& heard) {
    const auto* nack = std::get_if<replication::WantNack>(&heard);
    const auto* unit = std::get_if<replication::UnitFrame>(&heard);
    return (nack != nullptr && nack->feed == feed) ||
           (unit != nullptr && replication::BytesView(unit->unit).substr(0, 16) == feed.view());
  });
  HANSA_RETURN_IF_ERROR(frame.status());
  if (const auto* unit = std::get_if<replication::UnitFrame>(&*frame)) return unit->unit;
  const auto reason = static_cast<int>(std::get<replication::WantNack>(*frame).reason);
  return absl::NotFoundError(absl::StrCat("the node will not give the unit: reason ", reason));
}

absl::Status MemberSession::AwaitAck(const replication::FeedId& feed, replication::Sequence len) {
  return Await("Ack",
               [&feed, len](const Frame& heard) {
                 const auto* ack = std::get_if<replication::Ack>(&heard);
                 return ack != nullptr && ack->feed == feed && ack->durable_through >= len;
               })
      .status();
}

}  // namespace hansa::forge
