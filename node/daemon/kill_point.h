// Named moments at which a test may stop the process dead, as a power cut would: HANSA_KILLPOINT=name in the
// environment. Does nothing otherwise.
#ifndef HANSA_NODE_DAEMON_KILL_POINT_H_
#define HANSA_NODE_DAEMON_KILL_POINT_H_

namespace hansa::node {

// SIGKILLs this process if it was started with HANSA_KILLPOINT set to `name`.
void KillPoint(const char* name);

}  // namespace hansa::node

#endif  // HANSA_NODE_DAEMON_KILL_POINT_H_
