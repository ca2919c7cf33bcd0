# The libraries we stand on, all from Debian. Each has a note in docs/decisions/ that says why.

find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(fmt REQUIRED)
find_package(tl-expected REQUIRED)
find_package(simdjson REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json)
find_package(CLI11 REQUIRED)
find_package(yaml-cpp REQUIRED)
pkg_check_modules(deflate REQUIRED IMPORTED_TARGET libdeflate)
pkg_check_modules(sqlite REQUIRED IMPORTED_TARGET sqlite3)
if(PORTOLAN_TESTS)
  find_package(GTest REQUIRED)
  pkg_check_modules(z3 REQUIRED IMPORTED_TARGET z3)
endif()

# yaml-cpp renamed its target between 0.7 and 0.8.
add_library(portolan_yaml INTERFACE)
target_link_libraries(portolan_yaml INTERFACE $<IF:$<TARGET_EXISTS:yaml-cpp::yaml-cpp>,yaml-cpp::yaml-cpp,yaml-cpp>)
