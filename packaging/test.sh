#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
set -euo pipefail
# shellcheck source=packaging/setup.sh
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

usage() {
  cat <<'TEXT'
usage: packaging/test.sh [-- ARGUMENT …]

Installs the Debian packages that are missing, builds everything (the preset `ci`, with warnings as errors, when CI=true;
else `dev`) and runs the tests. Arguments after -- go to ctest, for example: -- -L unit
TEXT
}

case ${1-} in
  '' | --) ;;
  -h | --help) usage; exit 0 ;;
  *) usage >&2; exit 2 ;;
esac
given=("$@")
[ $# = 0 ] || shift

lists=("$project/packaging/build-packages.txt" "$project/packaging/run-packages.txt" "$project/packaging/test-packages.txt")
ensure_packages "${lists[@]}"
leave_root "$project/packaging/test.sh" "${given[@]}"

preset=dev
[ "${CI:-}" != true ] || preset=ci
[ "$(id -u)" != 0 ] || ensure_account
directory=$(build_directory "$preset")
build "$preset" "$directory"

# Two at a time, however many cores there are: more would make the real servers of one wait for the windows of others.
cd "$project"
ctest --preset "$preset" --test-dir "$directory" --timeout 300 --no-tests=error --parallel 2 "$@"
