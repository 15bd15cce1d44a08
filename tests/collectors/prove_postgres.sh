#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves the collector against the PostgreSQL of another Debian: prove_postgres.sh [--from ROOT] BUILD_DIRECTORY [MAJOR]
#
# Runs test_foreign_postgres with a server of that major version (17 if not given, from Debian 13) in a root made by
# debootstrap, or in ROOT, which has it already. Any PostgreSQL of this machine is chosen by BINNACLE_PG_BINDIR alone.
# Needs root, debootstrap, the network and some minutes, so ctest does not run it.
set -euo pipefail
from=
[ "${1-}" != --from ] || { from=$2; shift 2; }
[ $# -ge 1 ] || { sed -n '3,7p' "$0"; exit 2; }
[ "$(id -u)" = 0 ] || { echo "prove_postgres.sh: needs root" >&2; exit 1; }
build=$(realpath "$1")
major=${2-17}

if [ -n "$from" ]; then
  root=$(realpath "$from")
else
  root=$(mktemp -d /var/tmp/binnacle-postgres.XXXXXX)
  trap 'rm -rf --one-file-system "$root"' EXIT
  chmod 755 "$root"
  debootstrap --variant=minbase --include=ca-certificates trixie "$root" >/dev/null
  cp /etc/resolv.conf "$root/etc/"
  printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d" # nothing is to start by itself
  chmod 755 "$root/usr/sbin/policy-rc.d"
  chroot "$root" env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 sh -ec "
    apt-get -qq install -y --no-install-recommends postgresql-common
    echo 'create_main_cluster = false' >>/etc/postgresql-common/createcluster.conf
    apt-get -qq install -y --no-install-recommends postgresql-$major" >/dev/null
fi

BINNACLE_PG_ROOT=$root BINNACLE_PG_BINDIR=/usr/lib/postgresql/$major/bin BINNACLE_TEST_BIN=$build/bin \
  "$build/tests/test_foreign_postgres"
