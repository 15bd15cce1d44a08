# SPDX-License-Identifier: GPL-3.0-or-later
# Two Debian packages, made by cpack: the component `console` is binnacle, `stack` is binnacle-stack.
set(debian "${PROJECT_SOURCE_DIR}/packaging/debian")
set(made "${CMAKE_CURRENT_BINARY_DIR}/debian")

# The papers. They lie where only a package has them, so that no other installation gets them.
file(READ "${PROJECT_SOURCE_DIR}/resources/fonts/OFL-1.1.txt" OFL_TEXT)
string(STRIP "${OFL_TEXT}" OFL_TEXT)
string(REPLACE "\n" "\n " OFL_TEXT " ${OFL_TEXT}")
string(REGEX REPLACE "\n +\n" "\n .\n" OFL_TEXT "${OFL_TEXT}")
string(REGEX REPLACE "\n +\n" "\n .\n" OFL_TEXT "${OFL_TEXT}") # neighbours share a line break
configure_file("${debian}/copyright.in" "${made}/copyright" @ONLY)
configure_file("${debian}/changelog.in" "${made}/changelog.Debian" @ONLY)
compressed("${made}/changelog.Debian" debian/changelog.Debian)
compressed("${PROJECT_SOURCE_DIR}/CHANGELOG.md" debian/changelog)

# The scripts that dpkg runs. Both packages end what runs from them in the same way.
file(READ "${debian}/end-processes.sh" END_PROCESSES)
foreach(package binnacle binnacle-stack)
  configure_file("${debian}/${package}/prerm.in" "${made}/${package}/prerm" @ONLY FILE_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
endforeach()

foreach(component console stack)
  set(package binnacle)
  if(component STREQUAL "stack")
    set(package binnacle-stack)
  endif()
  # It closes no bug of Debian's, for it is not Debian's.
  file(WRITE "${made}/${package}/overrides" "${package}: initial-upload-closes-no-bugs\n")
  install(FILES "${made}/${package}/overrides" RENAME ${package}
    DESTINATION "${CMAKE_INSTALL_DATADIR}/lintian/overrides" COMPONENT ${component} EXCLUDE_FROM_ALL)
  install(FILES "${made}/copyright" "${made}/changelog.Debian.gz" "${made}/changelog.gz"
    DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/${package}" COMPONENT ${component} EXCLUDE_FROM_ALL)
endforeach()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME binnacle)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "") # each package has its own, the first line of its description
set(CPACK_PACKAGE_VENDOR "The Binnacle authors")
set(CPACK_PACKAGE_CONTACT "${BINNACLE_MAINTAINER}")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL console stack)
set(CPACK_COMPONENTS_GROUPING ONE_PER_GROUP)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_MAINTAINER "${BINNACLE_MAINTAINER}")
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)

# An operator's desk may have no use for servers, so the stack is recommended, which apt installs unless told not to.
set(CPACK_DEBIAN_CONSOLE_PACKAGE_NAME binnacle)
set(CPACK_DEBIAN_CONSOLE_PACKAGE_SECTION admin)
set(CPACK_DEBIAN_CONSOLE_PACKAGE_DEPENDS "qt6-qpa-plugins")
set(CPACK_DEBIAN_CONSOLE_PACKAGE_RECOMMENDS
  "binnacle-stack (= ${PROJECT_VERSION}-1), libsecret-1-0, qt6-translations-l10n")
set(CPACK_DEBIAN_CONSOLE_PACKAGE_CONTROL_EXTRA "${made}/binnacle/prerm")
set(CPACK_DEBIAN_CONSOLE_DESCRIPTION "console that shows a service's request path live
Binnacle is a desktop console for the people who run a service. It shows the
whole request path live: latency histograms, cache hit rates, replication lag,
pool saturation and deadlocks, each value with its unit, its source and its
age. It acts on what it shows, with a preview, an audit and an undo.
.
This package has the console, binnacle, and binnaclectl, which does the same
from a terminal or a script. A complete service to watch and rehearse on is in
binnacle-stack, which is recommended. Its description names the services that
the server packages it needs enable by themselves, and how to disable them.")

# Other releases of Debian have another PostgreSQL; setup.sh knows the same names.
set(CPACK_DEBIAN_STACK_PACKAGE_NAME binnacle-stack)
set(CPACK_DEBIAN_STACK_PACKAGE_SECTION admin)
set(CPACK_DEBIAN_STACK_PACKAGE_DEPENDS
  "postgresql-15 | postgresql-17 | postgresql-16 | postgresql-18, pgbouncer, haproxy, redis-tools, adduser")
set(CPACK_DEBIAN_STACK_PACKAGE_SUGGESTS "binnacle")
set(CPACK_DEBIAN_STACK_PACKAGE_CONTROL_EXTRA
  "${debian}/binnacle-stack/postinst;${made}/binnacle-stack/prerm;${debian}/binnacle-stack/postrm")
set(CPACK_DEBIAN_STACK_DESCRIPTION "complete service stack for Binnacle, run by one command
A complete request-response service to watch and rehearse on: HAProxy, service
instances, pgBouncer, PostgreSQL with two streaming replicas, and Redis, all
started by an ordinary user with the command 'binnacle-stack up', on loopback,
with their data in that user's home. With it come binnacle-control, which
carries out the console's actions and keeps their audit, and binnacle-load,
which makes traffic.
.
This package enables and starts nothing. Those that it depends on do:
PostgreSQL makes a cluster on port 5432 and enables postgresql.service,
pgbouncer and haproxy enable theirs, and sysstat, which PostgreSQL recommends,
enables sysstat.service and two timers. Binnacle runs its own servers and uses
none of these. If nothing else does, one line disables them:
.
  systemctl disable --now postgresql pgbouncer haproxy sysstat
.
Removing this package stops every stack that runs from it.")

include(CPack)
