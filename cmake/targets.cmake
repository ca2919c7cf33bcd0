# How the folders of the project become targets. Everything is found by its place, so a new file needs no edit here.

include(GoogleTest)

add_library(portolan_all INTERFACE)  # every module that has sources, for programs and tests that use them all
add_library(portolan_parts INTERFACE)  # those that judge nothing and serve nobody: for tools and fuzzers, built sooner
add_custom_target(fuzzers)
add_custom_target(benches)

# Globs the C++ sources under `folder` (seen from the project's root) into `out`, without the unit tests.
function(portolan_sources out folder)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/${folder}/*.cpp")
  list(FILTER files EXCLUDE REGEX "_test\\.cpp$")
  set(${out} "${files}" PARENT_SCOPE)
endfunction()

# Links `target` with the libraries that exist: modules without sources have no target and are passed over.
function(portolan_link target scope)
  foreach(library IN LISTS ARGN)
    if(TARGET ${library})
      target_link_libraries(${target} ${scope} ${library})
    elseif(NOT library MATCHES "^portolan_")
      message(FATAL_ERROR "${target} wants ${library}, which cmake/dependencies.cmake does not provide")
    endif()
  endforeach()
endfunction()

# A library portolan_<name> from src/<name>. HEADERS are what most of its files include anyway: they are read once for all
# of them, which is most of the time that a file takes. CMAKE_DISABLE_PRECOMPILE_HEADERS shows who forgot to include them.
function(portolan_module name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LINKS;SOURCES;INCLUDES;EXCLUDE;HEADERS")
  portolan_sources(sources src/${name})
  foreach(file IN LISTS arg_EXCLUDE)
    list(REMOVE_ITEM sources "${PROJECT_SOURCE_DIR}/src/${name}/${file}")
  endforeach()
  if(NOT sources)
    return()
  endif()
  add_library(portolan_${name} STATIC ${sources} ${arg_SOURCES})
  target_include_directories(portolan_${name} PRIVATE ${arg_INCLUDES})
  portolan_link(portolan_${name} PUBLIC ${arg_LINKS})
  if(arg_HEADERS)
    target_precompile_headers(portolan_${name} PRIVATE ${arg_HEADERS} <algorithm> <string> <vector> <fmt/format.h>)
  endif()
  target_link_libraries(portolan_all INTERFACE portolan_${name})
  if(NOT name MATCHES "^(checks|answers|chart|server|cli)$")
    target_link_libraries(portolan_parts INTERFACE portolan_${name})
  endif()
  if(name STREQUAL "cli")
    target_compile_definitions(portolan_cli PRIVATE PORTOLAN_VERSION="${PROJECT_VERSION}")
  endif()
endfunction()

# An executable from one file, linked with every module.
function(portolan_program name file)
  if(EXISTS "${PROJECT_SOURCE_DIR}/${file}")
    add_executable(${name} ${file})
    target_link_libraries(${name} PRIVATE portolan_all portolan_allocator)
    if(file STREQUAL "src/cli/main.cpp")
      target_compile_definitions(${name} PRIVATE PORTOLAN_VERSION="${PROJECT_VERSION}")
    endif()
  endif()
endfunction()

# A library from the shared code in `folder`, included by its path from the project's root. Skipped when empty.
function(portolan_support name folder)
  portolan_sources(sources ${folder})
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
  if(sources)
    add_library(${name} STATIC ${sources})
    target_include_directories(${name} PUBLIC "${PROJECT_SOURCE_DIR}")
    portolan_link(${name} PUBLIC ${ARGN} portolan_parts Boost::json)
  endif()
endfunction()

# tools/<name>/main.cpp: the program build/<preset>/tools/<name>. All else under tools/ is the library portolan_tools, so
# that tests, fuzzers and benches use it without starting a process.
function(portolan_tools)
  portolan_support(portolan_tools tools)
  file(GLOB mains CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/tools/*/main.cpp")
  foreach(main IN LISTS mains)
    cmake_path(GET main PARENT_PATH folder)
    cmake_path(GET folder FILENAME name)
    add_executable(tool_${name} "${main}")
    target_include_directories(tool_${name} PRIVATE "${PROJECT_SOURCE_DIR}")
    portolan_link(tool_${name} PRIVATE portolan_tools portolan_parts Boost::json)
    set_target_properties(tool_${name} PROPERTIES OUTPUT_NAME ${name} RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/tools")
  endforeach()
endfunction()

# ctest asks each program for its tests when it runs, but keeps the answer while the program is unchanged. Tests that are
# read from files (scenarios) come and go without the program, so the answers of earlier runs are dropped first.
set(forget_tests "${PROJECT_BINARY_DIR}/forget.cmake")
file(WRITE "${forget_tests}"
  "file(GLOB lists [==[${PROJECT_BINARY_DIR}/*_tests.cmake]==])\n"
  "if(lists)\n  file(REMOVE \${lists})\nendif()\n")
set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES "${forget_tests}")

# A GoogleTest program, each of its tests an entry of ctest named <prefix>.<suite>.<test>. CMake marks what GTEST_SKIP
# left as skipped.
function(portolan_test target prefix)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "" "SOURCES;LINKS")
  add_executable(${target} ${arg_SOURCES})
  set(main GTest::gtest_main)
  foreach(file IN LISTS arg_SOURCES)
    if(file MATCHES "/(test_)?main(_test)?\\.cpp$")
      set(main GTest::gtest)
    endif()
  endforeach()
  target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}")
  target_compile_definitions(${target} PRIVATE PORTOLAN_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  if(TARGET portolan)
    target_compile_definitions(${target} PRIVATE PORTOLAN_BINARY="$<TARGET_FILE:portolan>")
  endif()
  portolan_link(${target} PRIVATE ${arg_LINKS} GTest::gmock Boost::json ${main})
  # Where there are some files, what nearly all of them include is read once for all, a third of what each takes.
  list(LENGTH arg_SOURCES count)
  if(count GREATER 3 AND NOT target STREQUAL "core_test")
    target_precompile_headers(${target} PRIVATE <string> <vector> <fmt/format.h> <gmock/gmock.h>
      "${PROJECT_SOURCE_DIR}/src/model/row_changes.h")
  endif()
  gtest_discover_tests(${target}
    TEST_PREFIX ${prefix}.
    DISCOVERY_MODE PRE_TEST
    DISCOVERY_TIMEOUT 60
    PROPERTIES TIMEOUT 900)
endfunction()

# src/<module>/**/*_test.cpp: one program <module>_test, linked with the module alone.
function(portolan_unit_tests)
  file(GLOB modules RELATIVE "${PROJECT_SOURCE_DIR}/src" CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/*")
  foreach(module IN LISTS modules)
    file(GLOB_RECURSE tests CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/${module}/*_test.cpp")
    if(tests)
      portolan_test(${module}_test ${module} SOURCES ${tests} LINKS portolan_${module})
      if(TARGET portolan_${module})
        if(module STREQUAL "cli")
          target_link_libraries(cli_test PRIVATE portolan_console)
        endif()
        target_include_directories(${module}_test PRIVATE $<TARGET_PROPERTY:portolan_${module},INCLUDE_DIRECTORIES>)
      endif()
    endif()
  endforeach()
endfunction()

# What tests, fuzzers and benches share: the library portolan_test_support from tests/support.
function(portolan_test_support)
  if(NOT TARGET portolan_test_support)
    portolan_support(portolan_test_support tests/support portolan_tools)
  endif()
endfunction()

# tests/<folder>/*.cpp: one program <folder>_test, linked with everything, and with the libraries that are named. Named
# differently from a module's program.
function(portolan_test_folder folder)
  portolan_test_support()
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/tests/${folder}/*.cpp")
  if(NOT sources)
    return()
  endif()
  set(target ${folder}_test)
  if(TARGET ${target})
    set(target ${folder}_transcript_test)
  endif()
  portolan_test(${target} ${folder} SOURCES ${sources}
    LINKS portolan_test_support portolan_tools portolan_all portolan_yaml ${ARGN})
  if(TARGET portolan)
    add_dependencies(${target} portolan)
  endif()
endfunction()

# fuzz/fuzz_<name>.cpp: one libFuzzer program each, build/<preset>/fuzz_<name>, and as a test a moment of fuzzing.
function(portolan_fuzzers)
  portolan_test_support()
  portolan_support(portolan_fuzz_support fuzz/support portolan_test_support portolan_tools)
  file(GLOB files CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/fuzz/fuzz_*.cpp")
  foreach(file IN LISTS files)
    cmake_path(GET file STEM target)
    add_executable(${target} "${file}")
    target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}")
    portolan_link(${target} PRIVATE portolan_fuzz_support portolan_test_support portolan_tools portolan_parts Boost::json)
    if(target STREQUAL "fuzz_http")
      target_link_libraries(${target} PRIVATE portolan_server)
    elseif(target STREQUAL "fuzz_columns")
      target_link_libraries(${target} PRIVATE portolan_chart)
    endif()
    target_link_options(${target} PRIVATE -fsanitize=fuzzer)
    add_dependencies(fuzzers ${target})
    string(REPLACE "fuzz_" "fuzz." test ${target})
    add_test(NAME ${test} COMMAND "${PROJECT_SOURCE_DIR}/fuzz/smoke.sh" $<TARGET_FILE:${target}>)
  endforeach()
endfunction()

# bench/<name>.cpp: one program each, build/<preset>/bench_<name>. bench/z3.cpp is passed over where z3 is not installed.
function(portolan_benches)
  portolan_support(portolan_bench_support bench/support portolan_tools)
  if(TARGET portolan_bench_support)
    target_compile_definitions(portolan_bench_support PRIVATE PORTOLAN_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    target_link_libraries(portolan_bench_support PUBLIC portolan_allocator)
  endif()
  file(GLOB files CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/bench/*.cpp")
  foreach(file IN LISTS files)
    cmake_path(GET file STEM name)
    if(name STREQUAL "z3" AND NOT TARGET PkgConfig::z3)
      continue()
    endif()
    add_executable(bench_${name} "${file}")
    target_include_directories(bench_${name} PRIVATE "${PROJECT_SOURCE_DIR}")
    target_compile_definitions(bench_${name} PRIVATE PORTOLAN_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    portolan_link(bench_${name} PRIVATE portolan_bench_support portolan_tools portolan_all
      simdjson::simdjson PkgConfig::deflate Boost::json Threads::Threads)
    add_dependencies(benches bench_${name})
  endforeach()
  if(TARGET bench_collect)
    portolan_test_support()
    target_link_libraries(bench_collect PRIVATE portolan_test_support)
  endif()
  if(TARGET bench_z3)
    portolan_test_support()
    portolan_support(portolan_referee tests/z3 PkgConfig::z3)
    target_link_libraries(bench_z3 PRIVATE portolan_referee portolan_test_support)
  endif()
endfunction()
