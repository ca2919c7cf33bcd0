# The table of checks, written from the files of src/checks/*/: the check sg-ingress-world-ssh is the constant
# sg_ingress_world_ssh in a file of that name. The table declares each constant, so that a file which defines another one
# does not link; nothing registers itself at start. Checks do not include the table: a new one compiles one file.

set(PORTOLAN_CHECKS_GENERATED_DIR "${PROJECT_BINARY_DIR}/generated")
set(PORTOLAN_CHECKS_GENERATED_SOURCES "${PORTOLAN_CHECKS_GENERATED_DIR}/checks/check_table.cpp")

function(portolan_write_check_table)
  file(GLOB files CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/checks/*/*.cpp")
  list(FILTER files EXCLUDE REGEX "_test\\.cpp$")
  set(ids "")
  foreach(file IN LISTS files)
    cmake_path(GET file STEM symbol)
    string(REPLACE "_" "-" id "${symbol}")
    if(id IN_LIST ids)
      message(FATAL_ERROR "two files of src/checks define the check ${id}")
    endif()
    list(APPEND ids "${id}")
  endforeach()
  list(SORT ids)

  set(declarations "")
  set(rows "")
  foreach(id IN LISTS ids)
    string(REPLACE "-" "_" symbol "${id}")
    string(APPEND declarations "extern const Check ${symbol};\n")
    string(APPEND rows "    {\"${id}\", &${symbol}},\n")
  endforeach()
  list(LENGTH ids count)

  file(CONFIGURE OUTPUT "${PORTOLAN_CHECKS_GENERATED_DIR}/checks/check_table.h" @ONLY CONTENT
"// Written by cmake/checks.cmake from the files of src/checks/*/.
#pragma once

#include <array>
#include <string_view>

#include \"checks/check.h\"

namespace portolan::checks {

@declarations@
/// A check, and the id that its file name gives it.
struct CheckRow {
  std::string_view id;
  const Check* check;
};
extern const std::array<CheckRow, @count@> kCheckTable;

}  // namespace portolan::checks
")
  file(CONFIGURE OUTPUT "${PORTOLAN_CHECKS_GENERATED_SOURCES}" @ONLY CONTENT
"// Written by cmake/checks.cmake from the files of src/checks/*/.
#include \"checks/check_table.h\"

namespace portolan::checks {

const std::array<CheckRow, @count@> kCheckTable = {{
@rows@}};

}  // namespace portolan::checks
")
endfunction()

portolan_write_check_table()
