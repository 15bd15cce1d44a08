#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What run.sh promises on a desktop: the console opens on an X display, brings up the bundled stack by itself and shows
# it. test_console_on_display.sh BIN_DIRECTORY; 77: there is no X server to try it with.
set -euo pipefail
bin=$1
if ! command -v xvfb-run >/dev/null || ! command -v xauth >/dev/null; then echo "no X server to try it with"; exit 77; fi

# World-reachable, because root's stack runs its servers as another account.
scratch=$(mktemp -d /tmp/bn-display.XXXXXX)
chmod 755 "$scratch"
mkdir -m 700 "$scratch/run"
export XDG_CONFIG_HOME=$scratch/config XDG_CACHE_HOME=$scratch/cache XDG_RUNTIME_DIR=$scratch/run
export BINNACLE_STATE_DIR=$scratch/stack
unset QT_QPA_PLATFORM WAYLAND_DISPLAY
trap '"$bin/binnacle-stack" down >/dev/null 2>&1 || true; rm -rf --one-file-system "$scratch"' EXIT

timeout 90 xvfb-run -a -s '-screen 0 1680x1050x24' "$bin/binnacle" --page overview --after 3 --screenshot "$scratch/picture.png"

[ "$(head -c 8 "$scratch/picture.png" | od -An -tx1 | tr -d ' \n')" = 89504e470d0a1a0a ] || { echo "no picture was written"; exit 1; }
# A window of an idle colour compresses to a few kilobytes; one full of live figures does not.
size=$(stat -c %s "$scratch/picture.png")
[ "$size" -gt 30000 ] || { echo "the picture holds next to nothing ($size bytes)"; exit 1; }
[ -e "$scratch/stack/state.json" ] || { echo "the console did not bring up the stack"; exit 1; }
"$bin/binnacle-stack" down
