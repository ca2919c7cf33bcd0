# Language, warnings, sanitizers: the flags that every target of the project is compiled with.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

find_program(PORTOLAN_CCACHE ccache)
if(PORTOLAN_CCACHE)
  # What it asks for before it keeps anything that was compiled with a precompiled header.
  set(CMAKE_CXX_COMPILER_LAUNCHER
    "${CMAKE_COMMAND};-E;env;CCACHE_SLOPPINESS=pch_defines,time_macros;${PORTOLAN_CCACHE}")
endif()

# The fifty programs of tests and fuzzers are linked in a second each, not in half a minute.
find_program(PORTOLAN_LLD ld.lld)
if(PORTOLAN_LLD)
  add_link_options(-fuse-ld=lld)
endif()

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Werror -fdiagnostics-color=always)
# Designated initialisers leave fields at their defaults on purpose.
add_compile_options(-Wno-missing-field-initializers)

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 reports overlaps and overflows inside std::string's own operator+ (its bug 105651; a precompiled header is no
  # system header to it), and is unsure of variants and optionals once the optimiser or a sanitizer has rewritten them.
  add_compile_options(-Wno-restrict -Wno-stringop-overflow -Wno-array-bounds -Wno-maybe-uninitialized)
else()
  add_compile_options(-Wno-gnu-statement-expression)  # TRY
endif()

# Checked element access wherever speed is not the point.
add_compile_definitions($<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>)

if(PORTOLAN_SANITIZE)
  add_compile_options(-fsanitize=${PORTOLAN_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${PORTOLAN_SANITIZE})
endif()

include_directories("${PROJECT_SOURCE_DIR}/src")
