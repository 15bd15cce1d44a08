#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
set -euo pipefail
# shellcheck source=packaging/setup.sh
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

usage() {
  cat <<'TEXT'
usage: packaging/run.sh [-- ARGUMENT …]

Installs the Debian packages that are missing, builds Binnacle and opens the console, which brings up the bundled
stack with demo traffic. Arguments after -- go to the console. Without a display it opens `binnaclectl top` instead;
without a terminal, too, it brings the stack up, prints what it reads from it, and leaves it running.
TEXT
}

case ${1-} in
  '' | --) ;;
  -h | --help) usage; exit 0 ;;
  *) usage >&2; exit 2 ;;
esac
given=("$@")
[ $# = 0 ] || shift

ensure_packages "$project/packaging/build-packages.txt" "$project/packaging/run-packages.txt"
leave_root "$project/packaging/run.sh" "${given[@]}"

build release "$project/build/release"
bin=$project/build/release/bin
if [ "$(id -u)" = 0 ]; then
  # Root's clone is often where no other account can go, and servers must not run from what they could write.
  ensure_account
  say "installing into /opt/binnacle, from where the account '$account' can run it"
  cmake --install "$project/build/release" --prefix /opt/binnacle >/dev/null || die "could not install into /opt/binnacle"
  bin=/opt/binnacle/bin
fi

display=0
[ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}${QT_QPA_PLATFORM:-}" ] || display=1
for argument in "$@"; do
  case $argument in
    # A picture needs no display.
    --screenshot | --screenshot=*) [ $display = 1 ] || { export QT_QPA_PLATFORM=offscreen; display=1; } ;;
    -platform | -h | --help | --version) display=1 ;;
  esac
done

if [ $display = 1 ]; then
  say "opening the console"
  exec "$bin/binnacle" "$@"
fi

[ $# = 0 ] || say "there is no display, so these arguments of the console have no use: $*"
at=()
[ -z "${BINNACLE_STATE_DIR:-}" ] || at=(--state-dir "$BINNACLE_STATE_DIR")
how_to_go_on() {
  local place=${bin#"$PWD"/}
  say "the stack keeps running."
  printf '    %-26s %s\n' "watch it in a terminal:" "$place/binnaclectl top${at:+ ${at[*]}}" \
    "open the console:" "$place/binnacle${at:+ ${at[*]}}" "stop it:" "$place/binnacle-stack down${at:+ ${at[*]}}"
}

if [ -t 0 ] && [ -t 1 ]; then
  say "there is no display: opening binnaclectl top in this terminal"
  "$bin/binnacle-stack" up --demo
  status=0
  "$bin/binnaclectl" top || status=$?
  how_to_go_on
  exit "$status"
fi

say "there is neither a display nor a terminal: bringing the stack up and reading it once"
"$bin/binnacle-stack" up --demo
"$bin/binnacle-stack" status
status=0
"$bin/binnaclectl" snapshot || status=$?
[ $status = 0 ] || say "the snapshot is not whole: a source did not answer" >&2
how_to_go_on
exit "$status"
