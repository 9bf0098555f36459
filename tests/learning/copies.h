// Feeds of one store given to a fresh one in another order of arrival, with fresh views that read now and then.
#ifndef HANSA_TESTS_LEARNING_COPIES_H_
#define HANSA_TESTS_LEARNING_COPIES_H_

#include <functional>
#include <memory>

#include "node/projection/views.h"
#include "node/running_node.h"
#include "replication/crypto.h"
#include "storage/memory_store.h"
#include "tests/learning/shown.h"
#include "tests/simulation/chance.h"

namespace hansa::learning {

struct CopyPlan {
  const storage::FeedStore& from;
  const replication::Roster& roster;
  const replication::Crypto& crypto;
  simulation::Chance chance;
  // Whether a feed comes along; nullptr: all do.
  std::function<bool(const replication::FeedId& feed)> is_wanted = nullptr;
  bool reads_as_they_came = false;  // a planted fault, as ShownFrom has it
};

// What a stranger shows who is given those feeds, unit after unit, in an order that chance decides, and each unit of
// one feed after the one before.
Shown ShownInACopy(const CopyPlan& plan);

}  // namespace hansa::learning

#endif  // HANSA_TESTS_LEARNING_COPIES_H_
