#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
set -euo pipefail
# shellcheck source=packaging/setup.sh
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

usage() {
  cat <<'TEXT'
usage: packaging/package.sh

Installs the Debian packages that are missing, builds Binnacle and makes its two Debian packages, binnacle and
binnacle-stack, in build/packages. lintian looks at both, and its errors are errors here.
TEXT
}

case ${1-} in
  '') ;;
  -h | --help) usage; exit 0 ;;
  *) usage >&2; exit 2 ;;
esac

ensure_packages "$project/packaging/build-packages.txt" "$project/packaging/package-packages.txt"
leave_root "$project/packaging/package.sh"

directory=$project/build/release
packages=$project/build/packages
# The icon's sizes are drawn by a program that an earlier configuration may have missed.
[ ! -f "$directory/CMakeCache.txt" ] || ! grep -q '^BINNACLE_RSVG:.*-NOTFOUND$' "$directory/CMakeCache.txt" || rm -f "$directory/.configured"
build release "$directory"

desktop-file-validate "$project/packaging/desktop/binnacle.desktop" || die "the desktop entry is not valid"
appstreamcli validate --no-net "$directory/packaging/org.binnacle.Console.metainfo.xml" >/dev/null ||
  { appstreamcli validate --no-net --explain "$directory/packaging/org.binnacle.Console.metainfo.xml" >&2 || true; die "the metainfo is not valid"; }

# Times inside the packages are those of what is packaged, so that the same source makes the same packages.
if committed=$(git -C "$project" log -1 --format=%ct 2>/dev/null); then export SOURCE_DATE_EPOCH=$committed; fi
rm -rf "$packages"
mkdir -p "$packages"
umask 022
log=$directory/cpack.log
cpack --config "$directory/CPackConfig.cmake" -B "$packages" >"$log" 2>&1 ||
  { tail -n 20 "$log" >&2; die "the packages could not be made; the whole log is $log"; }
rm -rf "$packages/_CPack_Packages"

lintian=(lintian --fail-on error)
[ "$(id -u)" != 0 ] || lintian+=(--allow-root)
"${lintian[@]}" "$packages"/*.deb || die "lintian found errors in the packages"
say "the packages are in $packages; install them as root with"
printf '    apt-get install %s\n' "$packages/*.deb"
