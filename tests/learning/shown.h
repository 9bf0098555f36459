// Everything that a node shows of what members learn from each other, as text: practices with translations and what was
// built on them, offers, replies and partnerships, the dialogue with its marks, notices and clusters. Promise: two
// nodes that show the same have the same text, and nothing in it is of the node that it was read from.
#ifndef HANSA_TESTS_LEARNING_SHOWN_H_
#define HANSA_TESTS_LEARNING_SHOWN_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "node/projection/views.h"
#include "node/running_node.h"
#include "replication/crypto.h"
#include "storage/feed_store.h"
#include "tests/learning/office.h"

namespace hansa::learning {

// How many of what, by its name.
using Counted = std::map<std::string, std::uint64_t>;

struct Shown {
  std::string text;
  Counted counted;
};

// Where it is read from; all outlive the call. The views have read what is held.
struct ShownFrom {
  const storage::FeedStore& feeds;
  const node::projection::Views& views;
  const node::NodeView& view;
  const replication::Crypto& crypto;
  // A planted fault: practices are told feed by feed in this order, in which they came. Null: as everybody tells them.
  const std::vector<replication::FeedId>* as_they_came = nullptr;
};
Shown ShownIn(const ShownFrom& from);

// What the lists of an office's desks say, in their order, as text.
std::string ListsOf(const Office& office);

// The first line in which the two differ, with the line of the other and the view that it is of; empty: they are the
// same.
std::string DifferenceOf(const std::string& a, const std::string& b);

}  // namespace hansa::learning

#endif  // HANSA_TESTS_LEARNING_SHOWN_H_
