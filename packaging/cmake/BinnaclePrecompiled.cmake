# SPDX-License-Identifier: GPL-3.0-or-later
# Headers of Qt and the standard library, parsed once for many sources: they are two thirds of what compiling a source of
# the console or of a test takes. Only headers that are not ours, so that none of ours is included by accident or makes
# everything be built again. Nothing of backend/ has them: there g++ 12 loses the marks of system headers on its way through
# a precompiled one, and warns of what it does not warn of else.
option(BINNACLE_PRECOMPILED "Parse Qt's headers once for the console and once for the tests" ON)

set(binnacle_standard_headers <algorithm> <array> <chrono> <cmath> <cstdint> <deque> <functional> <map> <memory> <mutex>
  <optional> <set> <span> <string> <string_view> <thread> <utility> <vector>)

# binnacle_precompiled(TARGET HEADER …): these and the standard ones, for one target.
function(binnacle_precompiled target)
  if(BINNACLE_PRECOMPILED)
    target_precompile_headers(${target} PRIVATE ${ARGN} ${binnacle_standard_headers})
  endif()
endfunction()

# binnacle_precompiled_for_tests(NAME HEADER … LIBRARIES …): a set that many executables take over.
function(binnacle_precompiled_for_tests name)
  cmake_parse_arguments(arg "" "" "HEADERS;LIBRARIES" ${ARGN})
  if(BINNACLE_PRECOMPILED)
    file(WRITE "${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp" "")
    add_library(${name} OBJECT "${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp")
    target_link_libraries(${name} PRIVATE binnacle::options ${arg_LIBRARIES})
    target_precompile_headers(${name} PRIVATE ${arg_HEADERS} ${binnacle_standard_headers})
  endif()
endfunction()
