# SPDX-License-Identifier: GPL-3.0-or-later
# binnacle_test(NAME SOURCES … LIBRARIES … LABELS unit|widget|app|stack|bench|fuzz [TIMEOUT s]
#               [RESOURCE_LOCK name] [LAUNCHER command that it is run by, with its arguments])
# One Qt Test executable, registered with ctest. Windows are drawn offscreen, so no display is needed.
function(binnacle_test name)
  cmake_parse_arguments(arg "" "TIMEOUT;RESOURCE_LOCK" "SOURCES;LIBRARIES;LABELS;ENVIRONMENT;LAUNCHER" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  set_target_properties(${name} PROPERTIES AUTOMOC ON RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
  target_link_libraries(${name} PRIVATE binnacle::options Qt6::Test ${arg_LIBRARIES})
  if(BINNACLE_PRECOMPILED)
    if("${arg_LIBRARIES}" MATCHES "binnacle_(app|widgets)|Qt6::Widgets")
      target_precompile_headers(${name} REUSE_FROM binnacle_window_headers)
    elseif(NOT "${arg_LIBRARIES}" MATCHES "Qt6::Gui") # QtTest's headers are others with it
      target_precompile_headers(${name} REUSE_FROM binnacle_unit_headers)
    endif()
  endif()
  add_test(NAME ${name} COMMAND ${arg_LAUNCHER} $<TARGET_FILE:${name}>)
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 60)
  endif()
  if(BINNACLE_SANITIZE) # everything takes several times as long there
    math(EXPR arg_TIMEOUT "${arg_TIMEOUT} * 3")
  endif()
  # die_after_fork=0: QProcess starts programs by vfork, whose child shares memory with us until exec, so that
  # ThreadSanitizer takes this very process for a forked one.
  set_tests_properties(${name} PROPERTIES LABELS "${arg_LABELS}" TIMEOUT ${arg_TIMEOUT}
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen;BINNACLE_TEST_BIN=${CMAKE_BINARY_DIR}/bin;LSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/support/leaks.supp:print_suppressions=0;TSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/support/threads.supp:die_after_fork=0;${arg_ENVIRONMENT}")
  if("${arg_LABELS}" MATCHES "bench")
    set_tests_properties(${name} PROPERTIES RUN_SERIAL ON) # a neighbour would be measured too
  elseif("${arg_LABELS}" MATCHES "stack")
    set_tests_properties(${name} PROPERTIES COST 100) # one at a time: they begin first, beside all others
  endif()
  if(arg_RESOURCE_LOCK)
    set_tests_properties(${name} PROPERTIES RESOURCE_LOCK ${arg_RESOURCE_LOCK})
  endif()
endfunction()
