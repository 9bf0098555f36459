#include "node/daemon/replication_thread.h"

#include <algorithm>
#include <optional>
#include <set>

#include "absl/synchronization/notification.h"
#include "node/daemon/log.h"
#include "node/daemon/monotonic.h"
#include "replication/check.h"
#include "storage/kill_point.h"

namespace hansa::node {
namespace {

constexpr absl::string_view kResting = "the node is seeing to its disk";

// Holder waits are looked at this often while there are any.
constexpr absl::Duration kHolderPoll = absl::Milliseconds(20);

}  // namespace

ReplicationThread::ReplicationThread(Parts parts)
    : parts_(std::move(parts)),
      replica_(std::make_unique<replication::Replica>(replication::SodiumCrypto(), std::move(parts_.start))) {
  thread_ = std::thread([this] { Run(); });
}

void ReplicationThread::Stop() {
  parts_.inbox->Close();
  if (thread_.joinable()) thread_.join();
}

void ReplicationThread::Run() {
  now_ = MonotonicNow();
  PlanAnew();
  while (!parts_.inbox->closed_and_empty()) {
    std::deque<Inbound> inbound = parts_.inbox->TakeAll(Patience());
    now_ = MonotonicNow();
    for (const Inbound& each : inbound) {
      std::visit([this](const auto& what) { Take(what); }, each);
    }
    if (!is_resting_ && now_ >= replica_->deadline()) Perform(replica_->Step(now_, replication::DeadlineReached{}));
    if (!is_resting_) Dial();
    AnswerHolderWaits(false);
    AnswerFenceWaits(false);
  }
  AnswerHolderWaits(true);
  AnswerFenceWaits(true);
  AnswerAll("the node is stopping");
}

void ReplicationThread::AnswerAll(absl::string_view why) {
  for (auto& [id, answer] : publishes_) answer(absl::UnavailableError(absl::StrCat(why, "; it may be published")));
  publishes_.clear();
  for (auto& [id, answer] : roots_) answer(absl::UnavailableError(why));
  roots_.clear();
}

void ReplicationThread::Rest() {
  Ask([&] {
    is_resting_ = true;
    for (const auto& [id, link] : links_) parts_.wire.Close(id, std::nullopt);
    links_.clear();
    AnswerAll(kResting);
  });
}

std::vector<replication::WantedFile> ReplicationThread::BeginAnew(replication::ReplicaStart start) {
  std::vector<replication::WantedFile> files;
  Ask([&] {
    for (replication::WantedFile& file : replica_->FilesWanted()) {
      if (!files_meanwhile_.contains(file.file)) files.push_back(std::move(file));
    }
    for (auto& [name, file] : std::exchange(files_meanwhile_, {})) {
      if (file) files.push_back(*std::move(file));
    }
    replica_ = std::make_unique<replication::Replica>(replication::SodiumCrypto(), std::move(start));
    dialler_ = PeerDialler();
    is_resting_ = false;
    PlanAnew();
    if (!has_room_) Perform(replica_->Step(now_, replication::RoomMoved{has_room_}));
  });
  return files;
}

void ReplicationThread::WantFile(const replication::WantedFile& file) {
  parts_.inbox->Push(std::function<void()>([this, file] {
    if (is_resting_) {
      files_meanwhile_[file.file] = file;
    } else {
      Perform(replica_->Step(now_, replication::FileWanted{file}));
    }
  }));
}

void ReplicationThread::StopWanting(const replication::Hash& file) {
  Ask([&] {
    if (is_resting_) {
      files_meanwhile_[file] = std::nullopt;
    } else {
      Perform(replica_->Step(now_, replication::FileNotWanted{file}));
    }
  });
  // What came before stands in the disk's queue.
  auto written = std::make_shared<absl::Notification>();
  if (parts_.disk.After([written] { written->Notify(); })) written->WaitForNotification();
}

void ReplicationThread::SetRoom(bool for_peers) {
  Ask([&] {
    has_room_ = for_peers;
    if (!is_resting_) Perform(replica_->Step(now_, replication::RoomMoved{for_peers}));
  });
}

absl::Duration ReplicationThread::Patience() const {
  const absl::Time next = is_resting_ ? absl::InfiniteFuture() : std::min(replica_->deadline(), dialler_.deadline());
  const absl::Duration patience = std::max(next - now_, absl::ZeroDuration());
  return holder_waits_.empty() && fence_waits_.empty() ? patience : std::min(patience, kHolderPoll);
}

void ReplicationThread::Take(const replication::Event& event) {
  if (is_resting_) return;  // it was meant for what is no more
  const bool grew = std::holds_alternative<replication::Committed>(event) ||
                    std::holds_alternative<replication::PayloadsWritten>(event);
  Perform(replica_->Step(now_, event));
  if (grew) parts_.feeds_grew();
}

void ReplicationThread::Take(const wire::WireEvent& event) {
  std::visit([this](const auto& what) { On(what); }, event);
}

void ReplicationThread::On(const wire::LinkOpened& opened) {
  if (is_resting_) return parts_.wire.Close(opened.link, std::nullopt);
  links_[opened.link] = {opened.address, opened.dialled_by_us, opened.peer};
  if (opened.dialled_by_us) dialler_.Opened(opened.address, now_);
  LogInfo("link %d with key %s opened, %s %s", opened.link, opened.peer.hex().substr(0, 12),
          opened.dialled_by_us ? "dialled at" : "from", opened.address);
  Perform(replica_->Step(
      now_, replication::Connected{replication::SessionId(opened.link), opened.peer, opened.dialled_by_us}));
}

void ReplicationThread::On(const wire::FrameArrived& arrived) {
  if (links_.contains(arrived.link)) {
    Perform(replica_->Step(now_, replication::Received{replication::SessionId(arrived.link), arrived.frame}));
  }
  parts_.wire.Consumed(arrived.link);
}

void ReplicationThread::On(const wire::LinkEnded& ended) {
  const auto found = links_.find(ended.link);
  if (found == links_.end()) return;
  absl::Status why = ended.why;
  for (const replication::SessionView& session : replica_->Sessions()) {
    if (session.session.value() == ended.link && !session.last_error.empty()) {
      why = absl::UnknownError(session.last_error);
    }
  }
  LogInfo("link %d ended: %s", ended.link, why.ok() ? "in order" : std::string(why.message()));
  if (found->second.dialled_by_us) {
    const absl::Duration pause_max = replica_->own_member() ? kDialPauseMax : kDialPauseMaxUnlisted;
    dialler_.Failed(found->second.address, why, now_, parts_.chance(), pause_max);
  }
  links_.erase(found);
  Perform(replica_->Step(now_, replication::Disconnected{replication::SessionId(ended.link)}));
}

void ReplicationThread::On(const wire::DialFailed& failed) {
  LogInfo("dialling %s: %s", failed.address, std::string(failed.why.message()));
  const absl::Duration pause_max = replica_->own_member() ? kDialPauseMax : kDialPauseMaxUnlisted;
  dialler_.Failed(failed.address, failed.why, now_, parts_.chance(), pause_max);
}

void ReplicationThread::Perform(replication::Effects effects) {
  for (replication::Effect& effect : effects) {
    std::visit([this](auto& what) { Perform(what); }, effect);
  }
}

void ReplicationThread::Perform(replication::Send& send) {
  if (!links_.contains(send.session.value())) return;
  if (parts_.wire.Say(send.session.value(), send.frame)) return;
  // A frame that is lost would leave both sides of different minds: the stream ends and begins anew.
  parts_.wire.Close(send.session.value(), std::nullopt);
}

void ReplicationThread::Perform(replication::CloseSession& close) {
  if (!links_.contains(close.session.value())) return;
  const bool has_last = close.last.code != replication::CloseCode::kNotGiven;
  parts_.wire.Close(close.session.value(),
                    has_last ? std::optional<replication::CloseFrame>(close.last) : std::nullopt);
}

void ReplicationThread::Perform(replication::Commit& commit) { parts_.disk.Do(std::move(commit)); }
void ReplicationThread::Perform(replication::FenceMoved& moved) {
  LogInfo("the writer's fence is %s", FenceName(FenceNow()));
  parts_.fence_moved(moved.fence);
}
void ReplicationThread::Perform(replication::DropFeeds& drop) {
  feeds_dropped_ += drop.feeds.size();
  parts_.disk.Do(std::move(drop));
}
void ReplicationThread::Perform(replication::RosterGrew&) { PlanAnew(); }

void ReplicationThread::Perform(replication::PublishDone& done) {
  const auto found = publishes_.find(done.publish);
  if (found == publishes_.end()) return;
  storage::KillPoint("before-reply");
  found->second(std::move(done.unit));
  publishes_.erase(found);
}

void ReplicationThread::Perform(replication::HiddenMoved& moved) { parts_.hidden_moved(moved); }

void ReplicationThread::Perform(replication::RootTaken& taken) {
  const auto found = roots_.find(taken.publish);
  if (found == roots_.end()) return;
  // The KeepRoots before it stands in the disk's queue, and each has all documents.
  const RootAnswer answer = std::move(found->second);
  roots_.erase(found);
  if (!parts_.disk.AfterRoots(answer)) answer(absl::UnavailableError("the node is stopping"));
}

void ReplicationThread::Perform(replication::PublishRefused& refused) {
  if (const auto root = roots_.find(refused.publish); root != roots_.end()) {
    root->second(std::move(refused.why));
    roots_.erase(root);
    return;
  }
  const auto found = publishes_.find(refused.publish);
  if (found == publishes_.end()) return;
  found->second(std::move(refused.why));
  publishes_.erase(found);
}

// Who may come in, whom to call, what to show: all follow from the roster.
void ReplicationThread::PlanAnew() {
  roster_shown_ = std::make_shared<const replication::Roster>(replica_->roster());
  parts_.roster_grew(roster_shown_);
  std::set<replication::Pin> listed = replica_->roster().PinsEverListed();
  for (const replication::DialTarget& hub : parts_.first_hubs) listed.insert(hub.expected.begin(), hub.expected.end());
  // What is held of a list that the disk lost may name nobody, and who could give it back would be refused.
  const replication::LostRoster* lost = replica_->lost_roster();
  if (lost != nullptr) listed.insert(lost->listed.begin(), lost->listed.end());
  parts_.wire.AcceptOnly(listed);
  std::vector<replication::DialTarget> targets = replication::PlanDials(
      replication::SodiumCrypto(), replica_->roster(), parts_.wire.pin(), parts_.first_hubs, parts_.followed);
  listed.erase(parts_.wire.pin());
  for (const std::string& address : parts_.added_peers) {
    const bool planned = std::any_of(targets.begin(), targets.end(),
                                     [&address](const auto& target) { return target.address == address; });
    if (!planned) targets.push_back({address, listed, ""});
  }
  dialler_.SetTargets(targets);
}

void ReplicationThread::Dial() {
  std::set<replication::Pin> connected;
  for (const auto& [id, link] : links_) connected.insert(link.peer);
  for (const replication::DialTarget& target : dialler_.Due(now_, connected)) {
    parts_.wire.Dial(target.address, target.expected);
  }
}

std::vector<std::string> ReplicationThread::Holders(const HolderWait& wait) const {
  std::vector<std::string> slugs;
  for (const replication::Member member : replica_->HoldersOf(wait.feed, wait.len)) {
    const replication::MemberRecord* record = replica_->roster().state().Find(member);
    if (record != nullptr) slugs.push_back(record->slug);
  }
  return slugs;
}

void ReplicationThread::AnswerHolderWaits(bool at_the_end) {
  std::erase_if(holder_waits_, [&](const HolderWait& wait) {
    const std::vector<std::string> holders = Holders(wait);
    if (holders.empty() && now_ < wait.deadline && !links_.empty() && !at_the_end) return false;
    wait.answer(holders);
    return true;
  });
}

bool ReplicationThread::Ask(const std::function<void()>& question) {
  absl::Notification answered;
  const bool taken = parts_.inbox->Push(std::function<void()>([&] {
    question();
    answered.Notify();
  }));
  if (taken) answered.WaitForNotification();
  return taken;
}

NodeView ReplicationThread::View() {
  NodeView view;
  if (!Ask([&] { view = MakeView(); })) view = MakeView();  // the thread has ended: nothing moves any more
  return view;
}

absl::StatusOr<replication::VerifiedUnit> ReplicationThread::Publish(replication::PublishAsked asked) {
  absl::Notification done;
  absl::StatusOr<replication::VerifiedUnit> result = absl::UnavailableError("the node is stopping; nothing was signed");
  const bool taken = parts_.inbox->Push(std::function<void()>([&] {
    if (is_resting_) {
      result = absl::UnavailableError(kResting);
      return done.Notify();
    }
    asked.publish = replication::PublishId(next_publish_++);
    publishes_[asked.publish] = [&](absl::StatusOr<replication::VerifiedUnit> answer) {
      result = std::move(answer);
      done.Notify();
    };
    Perform(replica_->Step(now_, asked));
  }));
  if (taken) done.WaitForNotification();
  return result;
}

std::vector<HolderView> ReplicationThread::HoldersOf(const replication::FeedId& feed, replication::Sequence seq) {
  std::vector<HolderView> holders;
  Ask([&] {
    for (const replication::Holding& holding : replica_->HoldingsOf(feed, seq)) {
      const replication::MemberRecord* record = replica_->roster().state().Find(holding.member);
      if (record == nullptr) continue;
      holders.push_back({record->slug, now_ - holding.known_at, holding.acknowledged});
    }
  });
  return holders;
}

std::vector<std::string> ReplicationThread::AwaitHolders(const replication::VerifiedUnit& unit,
                                                         absl::Duration patience) {
  absl::Notification done;
  std::vector<std::string> holders;
  const bool taken = parts_.inbox->Push(std::function<void()>([&] {
    holder_waits_.push_back({unit.unit().feed, unit.end().len, now_ + patience, [&](std::vector<std::string> slugs) {
                               holders = std::move(slugs);
                               done.Notify();
                             }});
  }));
  if (taken) done.WaitForNotification();
  return holders;
}

bool ReplicationThread::MaySign() const {
  return replica_->fence() == replication::Fence::kOpen || replica_->fence() == replication::Fence::kUnconfirmed;
}

void ReplicationThread::AnswerFenceWaits(bool at_the_end) {
  std::erase_if(fence_waits_, [&](const FenceWait& wait) {
    if (!MaySign() && now_ < wait.deadline && !at_the_end) return false;
    wait.answer(MaySign());
    return true;
  });
}

bool ReplicationThread::AwaitFence(absl::Duration patience) {
  absl::Notification done;
  bool may_sign = false;
  const bool taken = parts_.inbox->Push(std::function<void()>([&] {
    fence_waits_.push_back({now_ + patience, [&](bool may) {
                              may_sign = may;
                              done.Notify();
                            }});
  }));
  if (taken) done.WaitForNotification();
  return may_sign;
}

absl::Status ReplicationThread::TakeRoot(replication::SignedRoot root) {
  absl::Notification done;
  absl::Status result = absl::UnavailableError("the node is stopping");
  const bool taken = parts_.inbox->Push(std::function<void()>([&] {
    if (is_resting_) {
      result = absl::UnavailableError(kResting);
      return done.Notify();
    }
    const replication::PublishId id(next_publish_++);
    roots_[id] = [&](absl::Status answer) {
      result = std::move(answer);
      done.Notify();
    };
    Perform(replica_->Step(now_, replication::RootGiven{id, std::move(root)}));
  }));
  if (taken) done.WaitForNotification();
  return result;
}

void ReplicationThread::ConfirmFeed(const replication::Checkpoint& end) {
  Ask([&] {
    if (!is_resting_) Perform(replica_->Step(now_, replication::FeedConfirmed{end}));
  });
}

void ReplicationThread::SetAddedPeers(std::vector<std::string> addresses) {
  Ask([&] {
    parts_.added_peers = std::move(addresses);
    if (!is_resting_) PlanAnew();
  });
}

absl::StatusOr<std::uint64_t> ReplicationThread::SetInterest(const replication::Interest& kept,
                                                             std::set<replication::Member> followed) {
  std::uint64_t dropped = 0;
  const bool asked = Ask([&] {
    parts_.followed = std::move(followed);
    if (is_resting_) return;  // what is kept is read from the disk when it begins anew
    const std::uint64_t before = feeds_dropped_;
    Perform(replica_->Step(now_, replication::InterestChosen{kept}));
    dropped = feeds_dropped_ - before;
    PlanAnew();
  });
  // What went stands before this in the disk's queue.
  auto gone = std::make_shared<absl::Notification>();
  if (!asked || !parts_.disk.After([gone] { gone->Notify(); })) return absl::UnavailableError("the node is stopping");
  gone->WaitForNotification();
  return dropped;
}

}  // namespace hansa::node
