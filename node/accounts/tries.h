// How often somebody may try to sign in. After five wrong tries, at one account or from one address, one waits: a
// minute, after the next wrong one two, then four, up to an hour. A quarter of an hour without a try, after any wait,
// and all is forgotten. Pure: time is an argument.
#ifndef HANSA_NODE_ACCOUNTS_TRIES_H_
#define HANSA_NODE_ACCOUNTS_TRIES_H_

#include <cstddef>
#include <map>
#include <string>

#include "absl/time/time.h"

namespace hansa::node::accounts {

inline constexpr int kTriesFree = 5;
inline constexpr absl::Duration kTriesWindow = absl::Minutes(15);
inline constexpr absl::Duration kTryWaitFirst = absl::Minutes(1);
inline constexpr absl::Duration kTryWaitMost = absl::Hours(1);
// Remembered at once; beyond, those who waited longest ago are forgotten first.
inline constexpr std::size_t kTriedMax = 10'000;

// Not thread-safe.
class Tries {
 public:
  // How long `who` has to wait before the next try; zero: it may be made now.
  absl::Duration Wait(const std::string& who, absl::Time now) const;
  // A try begins: it counts as wrong until Forgive, so that tries at the same time count each.
  void Count(const std::string& who, absl::Time now);
  // The last one counted was none.
  void TakeBack(const std::string& who);
  // It was right.
  void Forgive(const std::string& who);

 private:
  struct Tried {
    int wrong = 0;
    absl::Time last = absl::InfinitePast();
  };

  static bool IsForgotten(const Tried& tried, absl::Time now);
  void DropOne(absl::Time now);

  std::map<std::string, Tried> tried_;
};

}  // namespace hansa::node::accounts

#endif  // HANSA_NODE_ACCOUNTS_TRIES_H_
