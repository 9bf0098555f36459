// What the core of today can do. A fault that it cannot recover from yet is not drawn, and a promise that it does not
// make yet is not asked for; both wait here, so that switching them on is one line in the change that brings them.
#ifndef HANSA_TESTS_SIMULATION_CAPABILITIES_H_
#define HANSA_TESTS_SIMULATION_CAPABILITIES_H_

namespace hansa::simulation {

struct Capabilities {
  // The core itself decides whether it may sign (FenceMoved, Claim), and publishes wait for it. Until then the driver
  // refuses to publish when the high-water file finds a loss, as the daemon does.
  bool fence = true;
  // Another history is proven, told to everybody, and the feed goes on being compared by its proof.
  bool forks = true;
  // SEAL and REVOKE are law, feeds are cut at their seals.
  bool seals = true;
  // Erasure orders are obeyed: ErasePayloads, units without payload where an order excuses it.
  bool erasure = true;
  // A payload that is absent without an order is asked for and written (WantPayload, WritePayloads).
  bool payloads = true;
  // What a peer may send is bounded by Credit.
  bool credits = true;
  // A session that has closed lets others fetch what it was fetching, whether Disconnected follows or not.
  bool lets_go_when_closed = true;
  // A session whose key stops being live is served no more after 60 s.
  bool drops_ended_keys = true;
};

inline constexpr Capabilities kCore{};

}  // namespace hansa::simulation

#endif  // HANSA_TESTS_SIMULATION_CAPABILITIES_H_
