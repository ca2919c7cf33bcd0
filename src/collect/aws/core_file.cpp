#include "collect/aws/core_file.h"

#include <sys/prctl.h>
#include <sys/resource.h>

namespace portolan::collect::aws {

void forbid_core_file() {
  // SOURCE: core(5): the limit does not hold where core files go through a pipe.
  const rlimit no_core{};
  setrlimit(RLIMIT_CORE, &no_core);
  prctl(PR_SET_DUMPABLE, 0);
}

}  // namespace portolan::collect::aws
