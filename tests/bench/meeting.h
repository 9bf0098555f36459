// Two whole replicas that greet each other over a link in memory, each frame encoded and decoded as on a stream: how
// many frames, how many bytes, how long the processor was at it on either side.
#ifndef HANSA_TESTS_BENCH_MEETING_H_
#define HANSA_TESTS_BENCH_MEETING_H_

#include <cstddef>
#include <ctime>
#include <map>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "node/wire/frame_codec.h"
#include "replication/check.h"
#include "replication/replica.h"
#include "tests/testing/roster.h"

namespace hansa::bench {

// Runs `work` and says how long the processor was at it.
template <typename Work>
double MillisecondsOf(Work work) {
  const std::clock_t begun = std::clock();
  work();
  return static_cast<double>(std::clock() - begun) * 1000 / CLOCKS_PER_SEC;
}

inline replication::Pin PinOf(const testing::Applicant& keys) {
  return replication::PinOf(replication::SodiumCrypto(), keys.application.tls.front());
}

// A founded network of so many feeds: five of each city, and five of the roster, the hub and the authority.
struct Land {
  testing::Network network = testing::Network::Founded();
  testing::Applicant asking;  // the city of the lower pin, which asks where roots differ; it dials, too
  testing::Applicant answering;

  explicit Land(std::size_t feeds) {
    constexpr std::size_t kFeedsOfACity = 5;
    constexpr std::size_t kFeedsOfOthers = 5;
    const testing::Applicant authority = testing::AuthorityOf("FIN");
    network.AdmitAuthority(authority);
    for (std::size_t i = 0; i < (feeds - kFeedsOfOthers) / kFeedsOfACity; ++i) {
      const testing::Applicant city = testing::CityNamed(absl::StrCat("fi-city-", i), "FIN");
      network.AdmitCity(city, authority);
      if (i == 0) asking = city;
      if (i == 1) answering = city;
    }
    HANSA_CHECK(network.roster().feeds().size() == feeds);
    if (PinOf(answering) < PinOf(asking)) std::swap(asking, answering);
  }
};

// One of the two that meet.
class Party {
 public:
  Party(const Land& land, const testing::Applicant& keys, std::vector<replication::FeedHeld> feeds)
      : pin_(PinOf(keys)), replica_(replication::SodiumCrypto(), Start(land, keys, std::move(feeds))) {}

  const replication::Pin& pin() const { return pin_; }
  replication::SessionView Session() const { return replica_.Sessions().front(); }
  // Since it met the other.
  double milliseconds() const { return milliseconds_; }

  // Each gives what it says then, as bytes.
  std::vector<std::string> Meet(const Party& other, bool dials) {
    session_ = replication::SessionId(session_.value() + 1);
    milliseconds_ = 0;
    std::vector<std::string> said;
    milliseconds_ += MillisecondsOf([&] { said = Step(replication::Connected{session_, other.pin(), dials}); });
    return said;
  }
  void Part() { (void)Step(replication::Disconnected{session_}); }
  std::vector<std::string> Hear(const std::string& bytes) {
    std::vector<std::string> said;
    milliseconds_ += MillisecondsOf([&] {
      absl::StatusOr<replication::Frame> frame = node::wire::DecodeFrame(bytes);
      HANSA_CHECK(frame.ok());
      said = Step(replication::Received{session_, *std::move(frame)});
    });
    return said;
  }

 private:
  replication::ReplicaStart Start(const Land& land, const testing::Applicant& keys,
                                  std::vector<replication::FeedHeld> feeds) {
    const replication::Hash chance = testing::Random(keys.application.slug);
    replication::ReplicaStart start{pin_, keys.writer, nullptr, {}, land.network.roster(), std::move(feeds)};
    start.boot = *replication::BootId::From(chance.view().substr(0, replication::BootId::kSize));
    start.chance = *replication::Seed::From(chance.view());
    return start;
  }

  // Wants come once the differences are known; they are not passed on.
  std::vector<std::string> Step(const replication::Event& event) {
    std::vector<std::string> said;
    for (const replication::Effect& effect : replica_.Step(absl::UnixEpoch(), event)) {
      HANSA_CHECK(!std::holds_alternative<replication::CloseSession>(effect));
      const auto* send = std::get_if<replication::Send>(&effect);
      if (send == nullptr || std::holds_alternative<replication::Want>(send->frame)) continue;
      said.push_back(node::wire::EncodeFrame(send->frame));
    }
    return said;
  }

  const replication::Pin pin_;
  replication::Replica replica_;
  replication::SessionId session_;
  double milliseconds_ = 0;
};

struct Traffic {
  std::size_t frames = 0;
  std::size_t bytes = 0;

  void Count(const std::string& frame) {
    ++frames;
    bytes += frame.size();
  }
};

struct Cost {
  Traffic asked;  // by the side that asks, its Hello included
  Traffic answered;
  int trips = 0;  // from one side to the other, one after another
  std::map<replication::FeedId, replication::FeedRow> rows;

  std::size_t frames() const { return asked.frames + answered.frames; }
  std::size_t bytes() const { return asked.bytes + answered.bytes; }
};

// From the first Hello until nobody says anything more: then one of the two knows all that differs.
inline Cost Greet(Party& asking, Party& answering) {
  Cost cost;
  HANSA_CHECK(answering.Meet(asking, false).empty());
  std::vector<std::string> asked = asking.Meet(answering, true);
  std::vector<std::string> answered;
  for (; !asked.empty() || !answered.empty(); ++cost.trips) {
    const std::vector<std::string> to_answering = std::exchange(asked, {});
    const std::vector<std::string> to_asking = std::exchange(answered, {});
    for (const std::string& bytes : to_answering) {
      cost.asked.Count(bytes);
      for (std::string& said : answering.Hear(bytes)) answered.push_back(std::move(said));
    }
    for (const std::string& bytes : to_asking) {
      cost.answered.Count(bytes);
      for (std::string& said : asking.Hear(bytes)) asked.push_back(std::move(said));
      const replication::Frame frame = node::wire::DecodeFrame(bytes).value();
      const auto* rows = std::get_if<replication::Rows>(&frame);
      if (rows == nullptr) continue;
      for (const replication::FeedRow& row : rows->rows) cost.rows[row.feed] = row;
    }
  }
  return cost;
}

}  // namespace hansa::bench

#endif  // HANSA_TESTS_BENCH_MEETING_H_
