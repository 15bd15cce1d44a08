#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The console used through a screen reader's interface alone, on a real stack: see accessible_console.py.
# test_accessible_console.sh BIN_DIRECTORY; 77: there is no X server or no AT-SPI to try it with.
set -euo pipefail
bin=$1
here=$(cd "$(dirname "$0")" && pwd)
for tool in Xvfb dbus-run-session; do
  command -v "$tool" >/dev/null || { echo "no $tool to try it with"; exit 77; }
done
# The distribution's Python: the bindings are built for that one.
python=/usr/bin/python3
"$python" -c 'import gi; gi.require_version("Atspi", "2.0"); from gi.repository import Atspi' 2>/dev/null ||
  { echo "no AT-SPI for Python to try it with"; exit 77; }

# World-reachable, because root's stack runs its servers as another account.
scratch=$(mktemp -d /tmp/bn-atspi.XXXXXX)
chmod 755 "$scratch"
mkdir -m 700 "$scratch/run"
export XDG_CONFIG_HOME=$scratch/config XDG_CACHE_HOME=$scratch/cache XDG_RUNTIME_DIR=$scratch/run
export BINNACLE_STATE_DIR=$scratch/stack
export QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1 QT_QPA_PLATFORM=xcb PYTHONDONTWRITEBYTECODE=1 LC_ALL=C.UTF-8
unset WAYLAND_DISPLAY AT_SPI_BUS_ADDRESS DBUS_SESSION_BUS_ADDRESS
server=
# Killed at its limit, this script leaves no stack either. Nothing else that it starts may hold the pipe.
exec 9> >(exec setsid "$here/../support/stack_watch.sh" "$bin/binnacle-stack" >/dev/null 2>&1)
echo "$BINNACLE_STATE_DIR" >&9

trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; "$bin/binnacle-stack" down >/dev/null 2>&1 || true; echo "it is down" >&9; rm -rf --one-file-system "$scratch"' EXIT

"$bin/binnacle-stack" up --demo >/dev/null 9>&-
# The server chooses a free display itself and tells it: two that begin together do not meet. It stays when its first
# client leaves: the accessibility bus looks in before the console comes.
Xvfb -noreset -displayfd 3 -screen 0 1680x1050x24 -nolisten tcp 3>"$scratch/display" 2>/dev/null 9>&- &
server=$!
for _ in $(seq 100); do
  [ ! -s "$scratch/display" ] || break
  sleep 0.2
done
DISPLAY=:$(tr -d '\n' <"$scratch/display")
[ "$DISPLAY" != : ] || { echo "the X server did not begin"; exit 1; }
export DISPLAY

status=0
timeout -k 10 240 dbus-run-session -- "$python" -W ignore::DeprecationWarning "$here/accessible_console.py" "$bin" 9>&- || status=$?
"$bin/binnacle-stack" down >/dev/null
exit "$status"
