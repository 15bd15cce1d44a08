#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Checks of packaging/*.sh that install nothing: test_setup.sh PROJECT
set -uo pipefail
project=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failures=0

check() { # SENTENCE COMMAND …
  local sentence=$1
  shift
  if "$@"; then echo "ok      $sentence"; else echo "FAILED  $sentence"; failures=$((failures + 1)); fi
}

# with_setup COMMANDS: runs them as run.sh would, with the stand-ins in $scratch/bin in front.
mkdir "$scratch/bin"
stand_in() { # NAME TEXT
  printf '#!/bin/sh\n%s\n' "$2" >"$scratch/bin/$1"
  chmod +x "$scratch/bin/$1"
}
with_setup() { PATH=$scratch/bin:$PATH bash -euo pipefail -c ". '$project/packaging/setup.sh'; $1"; }

parses() { local script; for script in "$project"/packaging/*.sh "$project/.ci/run"; do bash -n "$script" || return 1; done; }
check "every script parses" parses

is_clean() {
  shellcheck -x -P "$project" "$project"/packaging/*.sh "$project"/tests/packaging/*.sh "$project/.ci/run" &&
    shellcheck -s sh "$project"/packaging/debian/end-processes.sh "$project"/packaging/debian/binnacle-stack/post*
}
! command -v shellcheck >/dev/null || check "every script passes shellcheck" is_clean

lists_are_plain() { ! grep -hvE '^[a-z0-9][a-z0-9.+-]+$' "$project"/packaging/*-packages.txt; }
check "the package lists hold one plain name a line" lists_are_plain

help_answers() { "$project/packaging/$1" --help | grep -q '^usage: '; }
check "run.sh explains itself" help_answers run.sh
check "test.sh explains itself" help_answers test.sh
check "package.sh explains itself" help_answers package.sh

refuses() { local status=0; "$project/packaging/run.sh" --no-such-thing >/dev/null 2>&1 || status=$?; [ $status = 2 ]; }
check "an unknown argument is a usage error" refuses

printf 'cmake\nlibboost1.81-dev\npostgresql-15\n' >"$scratch/list"
stand_in dpkg-query 'printf "ii  cmake 1\nii  libboost-dev 1.83.0.2\nrc  postgresql-15 15\n"'
names_missing() { [ "$(with_setup "missing_packages '$scratch/list'; echo \"\${missing[*]%%|*}\"")" = postgresql-15 ]; }
check "a removed package is missing, one installed under its later name is not" names_missing

stand_in dpkg-query 'printf "ii  cmake 1\nii  libboost-dev 1.74.0.3\nii  postgresql-15 1\n"'
old_boost_is_missing() { [ "$(with_setup "missing_packages '$scratch/list'; echo \"\${missing[*]%%|*}\"")" = libboost1.81-dev ]; }
check "a Boost that is too old does not count" old_boost_is_missing

stand_in dpkg-query 'printf "ii  cmake 1\n"'
stand_in id 'echo 1000'
stand_in sudo 'exit 1'
says_what_is_missing() {
  local text status=0
  text=$(with_setup "ensure_packages '$scratch/list'" 2>&1 </dev/null) || status=$?
  [ $status = 1 ] && grep -q 'apt-get install .*postgresql' <<<"$text"
}
check "without root or sudo it says what to install, and fails" says_what_is_missing

stand_in dpkg-query 'printf "ii  cmake 1\nii  libboost1.81-dev 1\nii  postgresql-17 1\n"'
asks_for_nothing() { [ -d /var/cache/binnacle/installing ] || [ -z "$(with_setup "ensure_packages '$scratch/list'" 2>&1)" ]; }
check "with everything installed it says and does nothing" asks_for_nothing

needs_root() { ! PATH=$scratch/bin:$PATH bash "$project/packaging/install-packages.sh" cmake >/dev/null 2>&1; }
check "the installation itself needs root" needs_root

[ $failures = 0 ]
