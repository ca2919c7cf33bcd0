# The console: bundled by Node from console/ and put into the program, packed beforehand. Without Node, or with
# -DPORTOLAN_CONSOLE=OFF, the table of its files is empty and `portolan serve` says what is missing.

option(PORTOLAN_CONSOLE "Build the console into the program (needs Node.js 20 and npm)" ON)

function(portolan_console)
  find_program(PORTOLAN_NODE node)
  find_program(PORTOLAN_NPM npm)
  set(folder "${PROJECT_SOURCE_DIR}/console")
  set(table "${PROJECT_BINARY_DIR}/generated/server/console_assets.cpp")
  set(generator "${PROJECT_SOURCE_DIR}/tools/console/assets.mjs")
  if(NOT PORTOLAN_CONSOLE OR NOT EXISTS "${folder}/package.json" OR NOT PORTOLAN_NODE OR NOT PORTOLAN_NPM)
    if(PORTOLAN_CONSOLE)
      message(STATUS "Node.js or npm is not installed: the program is built without its console")
    endif()
    configure_file("${PROJECT_SOURCE_DIR}/cmake/no_console.cpp.in" "${table}" COPYONLY)
    add_library(portolan_console STATIC "${table}")
    target_link_libraries(portolan_all INTERFACE portolan_console)
    return()
  endif()
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${folder}/src/*")
  set(stamp "${folder}/node_modules/.package-lock.json")  # which npm writes last; all builds share the packages
  set(out "${PROJECT_BINARY_DIR}/console")
  add_custom_command(
    OUTPUT "${stamp}"
    COMMAND "${PORTOLAN_NPM}" ci --ignore-scripts --no-audit --no-fund --loglevel=error
    COMMAND "${CMAKE_COMMAND}" -E touch "${stamp}"
    DEPENDS "${folder}/package.json" "${folder}/package-lock.json"
    WORKING_DIRECTORY "${folder}"
    COMMENT "Installing the packages of console/package-lock.json"
    VERBATIM)
  add_custom_command(
    OUTPUT "${table}"
    COMMAND "${PORTOLAN_NODE}" "${folder}/build.mjs" "${out}"
    COMMAND "${PORTOLAN_NODE}" "${generator}" "${out}" "${table}"
    DEPENDS "${stamp}" "${folder}/build.mjs" "${generator}" ${sources}
    COMMENT "Bundling the console"
    VERBATIM)
  # Linked by programs, not by the server's library: what is generated has to be there before anything is compiled of
  # what links it.
  add_library(portolan_console STATIC "${table}")
  target_link_libraries(portolan_all INTERFACE portolan_console)
endfunction()

portolan_console()

# The same program with an empty table, for the test of what it says then: an object of a program goes before a library's.
function(portolan_without_console)
  set(table "${PROJECT_BINARY_DIR}/generated/server/no_console.cpp")
  configure_file("${PROJECT_SOURCE_DIR}/cmake/no_console.cpp.in" "${table}" COPYONLY)
  portolan_program(portolan_without_console src/cli/main.cpp)
  target_sources(portolan_without_console PRIVATE "${table}")
  target_compile_definitions(console_test PRIVATE PORTOLAN_WITHOUT_CONSOLE="$<TARGET_FILE:portolan_without_console>"
    PORTOLAN_CMAKE="${CMAKE_COMMAND}" PORTOLAN_NINJA="${CMAKE_MAKE_PROGRAM}" PORTOLAN_COMPILER="${CMAKE_CXX_COMPILER}")
  add_dependencies(console_test portolan_without_console)
endfunction()
