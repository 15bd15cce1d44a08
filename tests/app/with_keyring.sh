#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs a command with a keychain of its own and nothing of the account's:
#   with_keyring.sh ready|locked|none COMMAND …
# ready: gnome-keyring, unlocked; locked: the same after a restart, before anybody unlocked it; none: no message bus.
set -euo pipefail
mode=$1
shift
scratch=$(mktemp -d /tmp/bn-key.XXXXXX)
trap 'rm -rf --one-file-system "$scratch"' EXIT
mkdir -p "$scratch"/{home,data,config,cache,state}
mkdir -m 700 "$scratch/run"
export HOME=$scratch/home XDG_DATA_HOME=$scratch/data XDG_CONFIG_HOME=$scratch/config XDG_CACHE_HOME=$scratch/cache
export XDG_STATE_HOME=$scratch/state XDG_RUNTIME_DIR=$scratch/run
export BINNACLE_TEST_KEYCHAIN=$mode BINNACLE_TEST_SCRATCH=$scratch
unset DISPLAY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS XDG_CURRENT_DESKTOP GNOME_KEYRING_CONTROL

if [ "$mode" = none ]; then
  # A fixed address, so that nothing looks for a bus or starts one.
  export DBUS_SESSION_BUS_ADDRESS=unix:path=$scratch/run/no-bus
  "$@"
  exit
fi
command -v dbus-run-session >/dev/null || { echo "dbus-run-session is missing (package dbus)" >&2; exit 1; }
command -v gnome-keyring-daemon >/dev/null || { echo "gnome-keyring-daemon is missing (package gnome-keyring)" >&2; exit 1; }
# A bus that starts no service by itself: else the first question after the keyring starts a second one, which nobody
# unlocked, and the two race for the name.
cat >"$scratch/bus.conf" <<CONF
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=$scratch/run/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
CONF
# The bus ends the daemon with the command: its guardian is dbus-run-session.
# shellcheck disable=SC2016 # expanded inside
dbus-run-session --config-file="$scratch/bus.conf" -- bash -euo pipefail -c '
  mode=$1
  shift
  daemon() { printf "%s" "of this test" | gnome-keyring-daemon --foreground --components=secrets "$@" >/dev/null 2>&1 & keyring=$!; }
  answers() {
    for _ in $(seq 200); do
      if dbus-send --session --print-reply --dest=org.freedesktop.secrets /org/freedesktop/secrets/aliases/default \
        org.freedesktop.DBus.Properties.Get string:org.freedesktop.Secret.Collection string:Locked 2>/dev/null | grep -q "boolean $1"; then
        return
      fi
      sleep 0.1
    done
    echo "the keyring does not become $1" >&2
    return 1
  }
  end() { kill "$keyring" 2>/dev/null || true; wait "$keyring" 2>/dev/null || true; }
  trap end EXIT
  daemon --unlock
  answers false
  if [ "$mode" = locked ]; then
    end
    gnome-keyring-daemon --foreground --components=secrets </dev/null >/dev/null 2>&1 & keyring=$!
    answers true
  fi
  "$@"
' with_keyring "$mode" "$@"
