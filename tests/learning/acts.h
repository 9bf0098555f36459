// What members do in a year: everything that officers do at their desks to learn from each other, drawn by chance.
// Promise: what is done is done by the desks alone, and what they refuse is refused for a reason that a member can meet
// in earnest: a record that has not come here yet, was taken back, or is another's.
#ifndef HANSA_TESTS_LEARNING_ACTS_H_
#define HANSA_TESTS_LEARNING_ACTS_H_

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "tests/learning/office.h"
#include "tests/simulation/chance.h"

namespace hansa::learning {

// How often something was tried.
struct Tried {
  std::uint64_t done = 0;
  std::uint64_t unchanged = 0;  // it stood so already
  std::uint64_t refused = 0;
};

// Not thread-safe.
class Acts {
 public:
  explicit Acts(simulation::Chance chance) : chance_(chance) {}

  // `who` does one thing. `others` are all offices; both outlive the acts.
  void One(Office& who, const std::vector<Office*>& others);
  // Partnerships that nobody has signed for whom the offer is: the author signs what others have signed.
  void Countersign();

  // The first refusal that no member would meet in earnest, with the act; empty: there was none. Then an act is drawn
  // wrongly, or a desk is wrong.
  const std::string& unfit() const { return unfit_; }
  // By the name of the act.
  const std::map<std::string, Tried>& tried() const { return tried_; }

 private:
  // Something that was published, and by whom.
  struct Said {
    std::string id;
    Office* by = nullptr;
  };
  using Answer = absl::StatusOr<node::desk::PublishedEntry>;
  using Shelf = std::vector<Said>;

  void Practice(Office& who);
  void Offer(Office& who);
  void Partnership(Office& who);
  void Word(Office& who);
  void Notice(Office& who);
  void Member(Office& who);
  void Follow(Office& who, const std::vector<Office*>& others);
  void Erase(Office& who);
  void Accept(Office& who, const Said& offer, const std::string& with);

  // Counts the answer; gives the id of what was published, empty if nothing was.
  std::string Count(const std::string& what, const Answer& answer);
  void Weigh(const std::string& what, const absl::Status& status);
  void Keep(Shelf& shelf, Office& who, const std::string& id);
  // One of `shelf`, rather one of the last; nothing if it is empty.
  const Said* Some(const Shelf& shelf);
  // One of those by `who`.
  const Said* OwnOf(const Shelf& shelf, const Office& who);
  std::string Words(const std::string& about);
  std::string Language();

  simulation::Chance chance_;
  Shelf practices_, translations_, offers_, replies_, partnerships_, acceptances_, questions_, words_, topics_,
      notices_, clusters_, events_, parts_, spoken_of_;
  std::map<std::string, Office*> offered_by_;  // the author of the offer, by partnership
  std::map<std::string, Tried> tried_;
  std::string unfit_;
  int drawn_ = 0;
};

}  // namespace hansa::learning

#endif  // HANSA_TESTS_LEARNING_ACTS_H_
