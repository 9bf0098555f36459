// What each end of a stream may send by the other's credits, and what it has sent (I6).
#ifndef HANSA_TESTS_SIMULATION_CREDIT_LEDGER_H_
#define HANSA_TESTS_SIMULATION_CREDIT_LEDGER_H_

#include <cstdint>
#include <map>
#include <string>

#include "replication/events.h"

namespace hansa::simulation {

// Not thread-safe. Counts by the sender's session.
class CreditLedger {
 public:
  // What the core may send beyond: a frame of control each way.
  static constexpr std::uint64_t kSlack = 64 * 1024;

  // `session` has received a frame that may give it credit.
  void Heard(replication::SessionId session, const replication::Frame& frame);
  // `session` sends; "" if it may, or what it does wrong.
  std::string Sent(replication::SessionId session, const replication::Frame& frame);

 private:
  struct Account {
    bool is_limited = false;  // its peer gives credit at all
    replication::Credit granted;
    std::uint64_t sent = 0;
  };
  std::map<replication::SessionId, Account> accounts_;
};

}  // namespace hansa::simulation

#endif  // HANSA_TESTS_SIMULATION_CREDIT_LEDGER_H_
