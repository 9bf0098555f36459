// Named moments at which a test may stop the process dead, as a power cut would: HANSA_KILLPOINT=name in the
// environment, or name:n for the n-th passing. Does nothing otherwise.
#ifndef HANSA_STORAGE_KILL_POINT_H_
#define HANSA_STORAGE_KILL_POINT_H_

namespace hansa::storage {

// SIGKILLs this process if it was started with HANSA_KILLPOINT set to `name` (struck at the first passing) or to
// `name:n` (struck at the n-th, from 1 on). A setting that is neither never strikes. Any thread may call it.
void KillPoint(const char* name);

}  // namespace hansa::storage

#endif  // HANSA_STORAGE_KILL_POINT_H_
