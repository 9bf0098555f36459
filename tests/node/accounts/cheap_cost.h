// Passwords that take no time: what they cost is no part of most tests.
#ifndef HANSA_TESTS_NODE_ACCOUNTS_CHEAP_COST_H_
#define HANSA_TESTS_NODE_ACCOUNTS_CHEAP_COST_H_

#include "node/accounts/password.h"

namespace hansa::testing {

inline constexpr node::accounts::PasswordCost kCheap = {.memory_bytes = 8192, .passes = 1};

}  // namespace hansa::testing

#endif  // HANSA_TESTS_NODE_ACCOUNTS_CHEAP_COST_H_
