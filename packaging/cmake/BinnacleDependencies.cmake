# SPDX-License-Identifier: GPL-3.0-or-later
# Found once, so that a missing package is named at configure time and each job has one library.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(CURL REQUIRED)
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
pkg_check_modules(libpq REQUIRED IMPORTED_TARGET libpq)
pkg_check_modules(libpqxx REQUIRED IMPORTED_TARGET libpqxx)
pkg_check_modules(hiredis REQUIRED IMPORTED_TARGET hiredis)
pkg_check_modules(simdjson REQUIRED IMPORTED_TARGET simdjson)
pkg_check_modules(ncursesw REQUIRED IMPORTED_TARGET ncursesw)
pkg_check_modules(sqlite3 REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(zstd REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(xxhash REQUIRED IMPORTED_TARGET libxxhash)

# libpg_query comes without a pkg-config file.
find_path(PG_QUERY_INCLUDE_DIR pg_query.h REQUIRED)
find_library(PG_QUERY_LIBRARY pg_query REQUIRED)
add_library(pg_query::pg_query UNKNOWN IMPORTED)
set_target_properties(pg_query::pg_query PROPERTIES
  IMPORTED_LOCATION "${PG_QUERY_LIBRARY}" INTERFACE_INCLUDE_DIRECTORIES "${PG_QUERY_INCLUDE_DIR}")

if(BINNACLE_CONSOLE)
  find_package(Qt6 6.4 REQUIRED COMPONENTS Core DBus Gui Widgets Charts Svg)
  find_package(Qt6Keychain REQUIRED)
  if(NOT BINNACLE_SANITIZE) # a sanitizer has an allocator of its own
    pkg_check_modules(jemalloc REQUIRED IMPORTED_TARGET jemalloc)
  endif()
  qt_standard_project_setup()
  set(CMAKE_AUTORCC ON)
endif()

if(BUILD_TESTING)
  find_package(Qt6 6.4 REQUIRED COMPONENTS Core Test)
  find_package(benchmark REQUIRED)
  find_package(rapidcheck REQUIRED)
  find_package(prometheus-cpp CONFIG QUIET) # what the histogram's benchmark compares with
endif()
