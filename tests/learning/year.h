// A network that lives through a random year of peer learning in one thread: hubs, authorities, partners and cities,
// each with replica, disk, clock, views and desks; links that are down for weeks, nodes that are away, crash, are
// admitted late or suspended. Everything follows from the seed. Promise: after Heal, whatever happened, all that keep
// everything hold the same.
#ifndef HANSA_TESTS_LEARNING_YEAR_H_
#define HANSA_TESTS_LEARNING_YEAR_H_

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "node/charter.h"
#include "tests/learning/acts.h"
#include "tests/learning/office.h"
#include "tests/learning/remembering_crypto.h"
#include "tests/learning/shown.h"
#include "tests/simulation/chance.h"
#include "tests/testing/loop.h"

namespace hansa::learning {

struct YearShape {
  std::uint64_t seed = 1;
  int nodes = 24;  // at least 12
  int weeks = 52;
  int acts_a_week = 12;
};

// What came of it.
struct YearFindings {
  std::string difference;  // empty: all show the same
  Counted counted;         // what the first hub shows, and what was replicated
  std::size_t nodes_compared = 0;
  std::size_t orders_compared = 0;  // of arrival
};

// What is wrong on purpose, so that it is seen that a comparison finds it.
struct PlantedFault {
  enum class Kind { kNone, kLosesARecord, kReadsAsTheyCame } kind = Kind::kNone;
  // Of the node that shows something else; empty: of whoever is given everything in another order of arrival.
  std::string slug = {};
};

// Not thread-safe.
class Year {
 public:
  explicit Year(const YearShape& shape);
  ~Year();

  // The whole year.
  void Live();
  // Every link is there again, and nobody writes any more.
  void Heal();
  // From now on, after Heal, something is wrong. For tests of Compare.
  void Plant(const PlantedFault& fault);
  // Compares what all nodes hold and show, and what others would who are given it in `orders` other orders of arrival.
  YearFindings Compare(int orders);

  const std::map<std::string, Tried>& tried() const { return acts_.tried(); }
  const std::string& unfit() const { return acts_.unfit(); }  // as Acts says
  Office& hub() { return *offices_.front(); }
  const testing::Network& network() const { return network_; }
  node::Charter charter() const;
  const replication::Crypto& crypto() const { return crypto_; }
  std::uint64_t frames() const { return loop_.frames_delivered(); }

 private:
  void AllowMore();
  Office& Add(const testing::Applicant& applicant, testing::Key roster_writer = nullptr);
  void AddEverybody();
  void Admit(const testing::Applicant& city);
  // What the network's own hand has put into the roster is published by the hub.
  void PublishLastOfRoster();
  void MeetTheHub();

  void Week(int week);
  void Disturb(int week);
  void DialSome(int week);
  void Act(int count);
  void ChangeRoster(int week);
  void Deliver(std::uint64_t count);
  // Until nothing is said any more.
  void Quiet();

  bool IsHere(const Office& office, int week) const { return office.back_in_week <= week; }
  std::string CompareHeld();
  Shown ShownAt(Office& office) const;
  // `all` and `lists` are what the hub shows.
  std::string CompareOne(Office& office, const Shown& all, const std::string& lists);

  const YearShape shape_;
  simulation::Chance chance_;
  const RememberingCrypto crypto_;
  testing::Network network_ = testing::Network::Founded();
  testing::Loop loop_{crypto_};
  std::vector<testing::Applicant> authorities_;
  std::vector<std::unique_ptr<Office>> offices_;  // the hubs first
  std::map<std::string, Office*> by_slug_;
  std::vector<Office*> members_;  // all of them, hubs as well
  std::deque<testing::Applicant> late_;
  Acts acts_;
  PlantedFault fault_;
};

}  // namespace hansa::learning

#endif  // HANSA_TESTS_LEARNING_YEAR_H_
