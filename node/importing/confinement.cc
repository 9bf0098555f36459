#include "node/importing/confinement.h"

#include <fcntl.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <string>
#include <system_error>

#include "absl/strings/str_cat.h"

namespace hansa::node::importing {
namespace {

// Of an error number.
std::string Words(int error) { return std::generic_category().message(error); }

absl::Status CannotConfine(absl::string_view what) {
  return absl::UnavailableError(absl::StrCat("this machine cannot confine the reading of files (", what,
                                             "); ask its administrator to allow seccomp filters"));
}

absl::Status Limit(__rlimit_resource resource, std::uint64_t most) {
  const rlimit limit = {most, most};
  if (setrlimit(resource, &limit) != 0) return CannotConfine(Words(errno));
  return absl::OkStatus();
}

}  // namespace

absl::Status Confine(const Allowance& allowance) {
  for (const absl::Status& limited :
       {Limit(RLIMIT_AS, allowance.memory_bytes), Limit(RLIMIT_CPU, allowance.processor_seconds), Limit(RLIMIT_CORE, 0),
        Limit(RLIMIT_FSIZE, allowance.memory_bytes), Limit(RLIMIT_NPROC, 0)}) {
    if (!limited.ok()) return limited;
  }
  if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) return CannotConfine(Words(errno));
  const std::unique_ptr<void, decltype(&seccomp_release)> filter(seccomp_init(SCMP_ACT_KILL_PROCESS), seccomp_release);
  if (filter == nullptr) return CannotConfine("no filter");
  for (const int call :
       {SCMP_SYS(read),         SCMP_SYS(write),        SCMP_SYS(writev),         SCMP_SYS(close),
        SCMP_SYS(fstat),        SCMP_SYS(newfstatat),   SCMP_SYS(lseek),          SCMP_SYS(brk),
        SCMP_SYS(mmap),         SCMP_SYS(munmap),       SCMP_SYS(mremap),         SCMP_SYS(mprotect),
        SCMP_SYS(madvise),      SCMP_SYS(futex),        SCMP_SYS(getrandom),      SCMP_SYS(clock_gettime),
        SCMP_SYS(gettimeofday), SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigaction),
        SCMP_SYS(getpid),       SCMP_SYS(gettid),       SCMP_SYS(exit),           SCMP_SYS(exit_group)}) {
    if (const int error = seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 0); error != 0) {
      return CannotConfine(Words(-error));
    }
  }
  if (const int error = seccomp_load(filter.get()); error != 0) return CannotConfine(Words(-error));
  return absl::OkStatus();
}

}  // namespace hansa::node::importing
