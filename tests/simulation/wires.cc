#include "tests/simulation/wires.h"

#include <algorithm>

#include "tests/simulation/bad_member.h"
#include "tests/simulation/describe.h"
#include "tests/simulation/world.h"

namespace hansa::simulation {

using replication::CloseFrame;
using replication::Frame;
using replication::SessionId;

namespace {
// A stream that queues more than this ends: nobody reads at the other side.
constexpr std::size_t kInTransitBytesMax = 24 * 1024 * 1024;

bool IsOfTheFence(const Frame& frame) {
  return std::holds_alternative<replication::Claim>(frame) || std::holds_alternative<replication::ClaimReply>(frame) ||
         std::holds_alternative<replication::Credit>(frame);
}
}  // namespace

bool Wires::IsBlocked(const Node& from, const Node& to) const {
  const auto found = blocked_.find({&from, &to});
  return found != blocked_.end() && found->second > world_.timeline.now();
}

std::optional<std::pair<std::uint64_t, std::size_t>> Wires::Find(const Node& node, SessionId session) const {
  const auto found = by_session_.find(session);
  if (found == by_session_.end()) return std::nullopt;
  const StreamEnd& end = streams_.at(found->second.first).ends[found->second.second];
  if (end.node != &node || end.life != node.life()) return std::nullopt;
  return found->second;
}

const Stream* Wires::StreamOf(SessionId session) const {
  const auto found = by_session_.find(session);
  return found == by_session_.end() ? nullptr : &streams_.at(found->second.first);
}

bool Wires::AreConnected(const Node& a, const Node& b) const {
  return std::any_of(streams_.begin(), streams_.end(), [&](const auto& row) {
    const auto& ends = row.second.ends;
    const bool is_pair = (ends[0].node == &a && ends[1].node == &b) || (ends[0].node == &b && ends[1].node == &a);
    return is_pair && ends[0].is_open && ends[1].is_open;
  });
}

std::optional<std::uint64_t> Wires::Open(Node& from, Node& to) {
  if (!from.is_up() || !to.is_up() || &from == &to) return std::nullopt;
  const std::uint64_t id = next_stream_++;
  Stream& stream = streams_[id];
  const Plan& plan = world_.plan;
  const bool is_faulty = !world_.is_healing();
  const std::array<Node*, 2> nodes = {&from, &to};
  for (std::size_t i = 0; i < 2; ++i) {
    const SessionId session(next_session_++);
    stream.ends[i] = {nodes[i], nodes[i]->life(), nodes[i]->pin(), session, true, false};
    by_session_[session] = {id, i};
  }
  for (auto& [other_id, other] : streams_) {
    // By their keys: a machine that was copied counts as the other one, since a node asks which of two lives goes on.
    const bool is_same_pair = (other.ends[0].pin == from.pin() && other.ends[1].pin == to.pin()) ||
                              (other.ends[0].pin == to.pin() && other.ends[1].pin == from.pin());
    if (other_id != id && is_same_pair) other.had_company = stream.had_company = true;
  }
  stream.delay_max = chance_.Between(2, 60) * kMillisecond;
  if (is_faulty && plan.Has(Fault::kDelay) && chance_.OneIn(2)) {
    stream.delay_max = chance_.Between(100, 3000) * kMillisecond;
    stream.delay_min = chance_.Between(1, stream.delay_max / kMillisecond) * kMillisecond;
  }
  if (is_faulty && plan.Has(Fault::kSlowLink) && chance_.OneIn(3)) {
    stream.bits_per_second = static_cast<std::uint64_t>(chance_.Between(10'000, 64'000));
  }
  world_.log.Line(from.name(), " > ", to.name(), " stream ", id, " opens, sessions ", stream.ends[0].session.value(),
                  " and ", stream.ends[1].session.value());
  const auto connect = [this, id](std::size_t end) {
    const auto found = streams_.find(id);
    if (found == streams_.end()) return;
    const StreamEnd& mine = found->second.ends[end];
    if (!mine.is_open || mine.life != mine.node->life()) return;
    mine.node->Step(replication::Connected{mine.session, found->second.ends[1 - end].pin, end == 0});
  };
  // The one who was dialled knows first; frames to an end come after it knows.
  world_.timeline.In(0, [connect] { connect(1); });
  const Instant answer = chance_.Between(1, stream.delay_max);
  stream.ways[1].last_due = world_.timeline.now() + answer;
  stream.ways[0].last_due = world_.timeline.now() + 1;
  world_.timeline.In(answer, [connect] { connect(0); });
  return id;
}

void Wires::Say(Node& from, SessionId session, Frame frame) {
  const auto found = Find(from, session);
  if (!found) return;
  const auto [id, speaker] = *found;
  Stream& stream = streams_.at(id);
  if (!stream.ends[speaker].is_open) return;
  Node& to = *stream.ends[1 - speaker].node;
  world_.oracle().AboutToSend(from, to, stream.ends[1 - speaker].pin, session, frame);
  if (from.bad == nullptr) {
    Put(id, speaker, std::move(frame));
  } else {
    for (Frame& told : from.bad->Say(to, std::move(frame))) Put(id, speaker, std::move(told));
  }
  const bool is_cut = !world_.is_healing() && world_.plan.Has(Fault::kCut) && chance_.PerMille(4);
  if (is_cut) CutStream(id);
}

void Wires::Put(std::uint64_t id, std::size_t speaker, Frame frame) {
  Stream& stream = streams_.at(id);
  StreamWay& way = stream.ways[speaker];
  if (way.is_dead) return;
  const std::size_t bytes = BytesOf(frame);
  if (way.bytes + bytes > kInTransitBytesMax) return CutStream(id);
  Instant sent = std::max(world_.timeline.now(), way.busy_until);
  if (stream.bits_per_second > 0) {
    sent += static_cast<Instant>(bytes * 8 * static_cast<std::uint64_t>(kSecond) / stream.bits_per_second);
    way.busy_until = sent;
  }
  const Instant due = std::max(way.last_due + 1, sent + chance_.Between(stream.delay_min, stream.delay_max));
  way.last_due = due;
  way.bytes += bytes;
  const Node& from = *stream.ends[speaker].node;
  const bool tells_root = std::holds_alternative<replication::Hello>(frame) ||
                          std::holds_alternative<replication::ScopeRoot>(frame) ||
                          std::holds_alternative<replication::Ping>(frame);
  way.frames.push_back({std::move(frame), due, bytes, tells_root && from.is_honest() ? from.standing() : nullptr});
  Schedule(id, speaker);
}

void Wires::Schedule(std::uint64_t id, std::size_t speaker) {
  StreamWay& way = streams_.at(id).ways[speaker];
  if (way.is_scheduled || way.frames.empty()) return;
  way.is_scheduled = true;
  world_.timeline.At(way.frames.front().due, [this, id, speaker] { Deliver(id, speaker); });
}

void Wires::Deliver(std::uint64_t id, std::size_t speaker) {
  const auto found = streams_.find(id);
  if (found == streams_.end()) return;
  Stream& stream = found->second;
  StreamWay& way = stream.ways[speaker];
  way.is_scheduled = false;
  if (way.frames.empty()) return;
  Node& from = *stream.ends[speaker].node;
  StreamEnd& hearer = stream.ends[1 - speaker];
  Node& to = *hearer.node;
  if (IsBlocked(from, to)) {
    way.is_scheduled = true;
    world_.timeline.In(200 * kMillisecond, [this, id, speaker] { Deliver(id, speaker); });
    return;
  }
  StreamWay::InTransit arrived = std::move(way.frames.front());
  way.frames.pop_front();
  way.bytes -= arrived.bytes;
  if (hearer.is_open && hearer.life == to.life()) {
    ++stream.frames_delivered;
    stream.fence_frames_delivered += IsOfTheFence(arrived.frame) ? 1 : 0;
    stream.bytes_delivered += arrived.bytes;
    if (world_.log.is_on()) {
      world_.log.Line(from.name(), " > ", to.name(), " ", Describe(arrived.frame, world_.feed_names()));
    }
    const bool is_last = std::holds_alternative<CloseFrame>(arrived.frame);
    to.Step(replication::Received{hearer.session, std::move(arrived.frame)}, arrived.by);
    // The stepping may have ended the stream.
    if (!streams_.contains(id)) return;
    if (is_last && hearer.is_open) End(id, 1 - speaker, kSecond);
  }
  if (streams_.contains(id)) Schedule(id, speaker);
}

void Wires::Close(Node& from, SessionId session, const CloseFrame& last) {
  const auto found = Find(from, session);
  if (!found) return;
  const auto [id, speaker] = *found;
  Stream& stream = streams_.at(id);
  if (!stream.ends[speaker].is_open) return;
  if (last.code != replication::CloseCode::kNotGiven) {
    world_.log.Line(from.name(), " closes towards ", stream.ends[1 - speaker].node->name(), ": ",
                    static_cast<int>(last.code), " ", last.detail);
    Put(id, speaker, last);
    if (!streams_.contains(id) || !stream.ends[speaker].is_open) return;
  }
  stream.ends[speaker].is_open = false;
  const bool never_told = world_.plan.Has(Fault::kNoDisconnect) && chance_.OneIn(2);
  if (never_told) {
    stream.ends[speaker].is_leaving = true;
    by_session_.erase(session);
  } else {
    End(id, speaker, 100 * kMillisecond);
  }
  // The other end hears of it after what was said last, or, on a dead way, much later.
  StreamWay& way = stream.ways[speaker];
  const Instant soonest = std::max(way.last_due, world_.timeline.now()) - world_.timeline.now() + kMillisecond;
  world_.timeline.In(soonest + (way.is_dead ? 60 * kSecond : 0), [this, id = id, speaker = speaker] {
    if (streams_.contains(id)) End(id, 1 - speaker, 200 * kMillisecond);
  });
}

void Wires::End(std::uint64_t id, std::size_t end, Instant delay_max) {
  StreamEnd& leaving = streams_.at(id).ends[end];
  leaving.is_open = false;
  if (leaving.is_leaving) return Forget(id);
  leaving.is_leaving = true;
  world_.timeline.In(chance_.Between(1, delay_max),
                     [this, id, node = leaving.node, life = leaving.life, session = leaving.session] {
                       if (life == node->life()) node->Step(replication::Disconnected{session});
                       by_session_.erase(session);
                       Forget(id);
                     });
}

// Once nobody awaits anything of it.
void Wires::Forget(std::uint64_t id) {
  const auto found = streams_.find(id);
  if (found == streams_.end()) return;
  const auto& ends = found->second.ends;
  if (ends[0].is_open || ends[1].is_open || !ends[0].is_leaving || !ends[1].is_leaving) return;
  for (const StreamEnd& end : ends) {
    if (by_session_.contains(end.session)) return;  // to be told yet
  }
  streams_.erase(found);
}

void Wires::CutStream(std::uint64_t id) {
  Stream& stream = streams_.at(id);
  for (StreamWay& way : stream.ways) {
    way.frames.clear();
    way.bytes = 0;
    way.is_dead = true;
  }
  const bool is_slow_to_notice = !world_.is_healing() && world_.plan.Has(Fault::kHalfOpen) && chance_.OneIn(3);
  const std::size_t late_end = chance_.Below(2);
  for (std::size_t end = 0; end < 2; ++end) {
    if (!stream.ends[end].is_open) continue;
    if (is_slow_to_notice && end == late_end) {
      world_.timeline.In(chance_.Between(5, 90) * kSecond, [this, id, end] {
        if (streams_.contains(id)) End(id, end, kSecond);
      });
    } else {
      End(id, end, kSecond / 2);
    }
  }
}

void Wires::Died(Node& node) {
  for (auto& [id, stream] : streams_) {
    for (std::size_t end = 0; end < 2; ++end) {
      StreamEnd& mine = stream.ends[end];
      if (mine.node != &node || mine.life == node.life()) continue;
      by_session_.erase(mine.session);
      if (!mine.is_open && mine.is_leaving) continue;
      const bool was_open = mine.is_open;
      mine.is_open = false;
      mine.is_leaving = true;
      if (!was_open) continue;
      stream.ways[end].frames.clear();
      stream.ways[end].bytes = 0;
      // A process that dies resets its streams; a machine that loses power says nothing.
      const bool is_silent = !world_.is_healing() && world_.plan.Has(Fault::kHalfOpen) && chance_.OneIn(2);
      const Instant heard = is_silent ? chance_.Between(5, 90) * kSecond : chance_.Between(1, 500) * kMillisecond;
      world_.timeline.In(heard, [this, id = id, end] {
        if (streams_.contains(id)) End(id, 1 - end, kMillisecond);
      });
    }
  }
}

void Wires::Cut(const Node& a, const Node& b) {
  for (auto& [id, stream] : streams_) {
    const auto& ends = stream.ends;
    if ((ends[0].node == &a && ends[1].node == &b) || (ends[0].node == &b && ends[1].node == &a)) CutStream(id);
  }
}

void Wires::Cut(const Node& node) {
  for (auto& [id, stream] : streams_) {
    if (stream.ends[0].node == &node || stream.ends[1].node == &node) CutStream(id);
  }
}

void Wires::CutOne() {
  if (!streams_.empty()) CutStream(chance_.Pick(streams_).first);
}

void Wires::DeadenOne() {
  if (streams_.empty()) return;
  auto& [id, stream] = chance_.Pick(streams_);
  const std::uint64_t which = chance_.Between(1, 3);
  for (std::size_t speaker = 0; speaker < 2; ++speaker) {
    if ((which >> speaker & 1) == 0) continue;
    stream.ways[speaker].is_dead = true;
    stream.ways[speaker].frames.clear();
    stream.ways[speaker].bytes = 0;
  }
  world_.log.Line("stream ", id, " goes dead, ways ", which);
}

void Wires::Heal() {
  blocked_.clear();
  dialling_.clear();
  std::vector<std::uint64_t> dead;
  for (auto& [id, stream] : streams_) {
    stream.bits_per_second = 0;
    stream.delay_min = kMillisecond;
    stream.delay_max = std::min<Instant>(stream.delay_max, 50 * kMillisecond);
    if (stream.ways[0].is_dead || stream.ways[1].is_dead) dead.push_back(id);
    // What a slow link held back comes now, in order.
    for (std::size_t speaker = 0; speaker < 2; ++speaker) {
      StreamWay& way = stream.ways[speaker];
      Instant due = world_.timeline.now();
      for (StreamWay::InTransit& frame : way.frames) frame.due = ++due;
      way.last_due = std::max(due, std::min(way.last_due, world_.timeline.now() + stream.delay_max));
      way.busy_until = 0;
      way.is_scheduled = false;
    }
  }
  for (const std::uint64_t id : dead) CutStream(id);
  for (auto& [id, stream] : streams_) {
    for (std::size_t speaker = 0; speaker < 2; ++speaker) Schedule(id, speaker);
  }
}

}  // namespace hansa::simulation
