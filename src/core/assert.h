#pragma once

namespace portolan {

/// Reports a broken invariant on standard error and ends the process with SIGABRT.
[[noreturn]] void assertion_failed(const char* expression, const char* file, int line);

}  // namespace portolan

/// States what must hold. On in every build: a wrong answer is worse than none.
#define PORTOLAN_ASSERT(expression)                                  \
  do {                                                               \
    if (!(expression)) {                                             \
      ::portolan::assertion_failed(#expression, __FILE__, __LINE__); \
    }                                                                \
  } while (false)
