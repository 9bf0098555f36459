// Our own impossible, kept on in release: a broken invariant stops the process with file and line.
// What a caller or a peer can cause is an absl::Status instead.
#ifndef HANSA_REPLICATION_CHECK_H_
#define HANSA_REPLICATION_CHECK_H_

#include <cstdio>
#include <cstdlib>

#define HANSA_CHECK(condition)                                                               \
  do {                                                                                       \
    if (!(condition)) {                                                                      \
      std::fprintf(stderr, "%s:%d: broken invariant: %s\n", __FILE__, __LINE__, #condition); \
      std::abort();                                                                          \
    }                                                                                        \
  } while (false)

#define HANSA_RETURN_IF_ERROR(expression)                                   \
  do {                                                                      \
    if (absl::Status status_ = (expression); !status_.ok()) return status_; \
  } while (false)

#endif  // HANSA_REPLICATION_CHECK_H_
