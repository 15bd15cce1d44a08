# SPDX-License-Identifier: GPL-3.0-or-later
# One interface target carries the language standard, warnings, hardening and strict Qt macros.
if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "Build type" FORCE)
endif()

set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
include(CheckPIESupported)
check_pie_supported()

add_library(binnacle_options INTERFACE)
add_library(binnacle::options ALIAS binnacle_options)
target_compile_features(binnacle_options INTERFACE cxx_std_23)
target_include_directories(binnacle_options INTERFACE "${PROJECT_SOURCE_DIR}")
target_compile_options(binnacle_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wformat=2 -Wimplicit-fallthrough
  -fstack-protector-strong -fstack-clash-protection -fcf-protection -ftrivial-auto-var-init=zero)
# g++ 12 warns of its own std::string when optimising (GCC bug 105651); g++ 13 does not.
target_compile_options(binnacle_options INTERFACE
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict>)
target_compile_definitions(binnacle_options INTERFACE
  BINNACLE_VERSION="${PROJECT_VERSION}"
  _GLIBCXX_ASSERTIONS
  QT_NO_KEYWORDS QT_NO_FOREACH QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_URL_CAST_FROM_STRING
  QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_STRICT_ITERATORS QT_DISABLE_DEPRECATED_BEFORE=0x060400)
target_link_options(binnacle_options INTERFACE -Wl,-z,relro,-z,now -Wl,--as-needed)

if(BINNACLE_SANITIZE)
  target_compile_options(binnacle_options INTERFACE
    -fsanitize=${BINNACLE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all
    $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized> -Wno-uninitialized) # the checks' own code confuses it inside fmt and Boost
  target_link_options(binnacle_options INTERFACE -fsanitize=${BINNACLE_SANITIZE})
  if(BINNACLE_SANITIZE MATCHES "thread")
    # Asio uses stand-alone fences, which ThreadSanitizer does not model; the sockets beneath synchronise.
    target_compile_options(binnacle_options INTERFACE -Wno-tsan)
  endif()
else()
  # Fortify needs an optimised build and misleads the sanitizers' own checks.
  target_compile_options(binnacle_options INTERFACE $<$<NOT:$<CONFIG:Debug>>:-U_FORTIFY_SOURCE> $<$<NOT:$<CONFIG:Debug>>:-D_FORTIFY_SOURCE=3>)
endif()

if(BINNACLE_WERROR)
  target_compile_options(binnacle_options INTERFACE -Werror)
endif()
