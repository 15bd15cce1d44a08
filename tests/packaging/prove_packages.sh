#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves the Debian packages on a fresh Debian 12: prove_packages.sh [--from ROOT] DIRECTORY_OF_DEBS PICTURES
#
# apt installs both in a root made by debootstrap (or copied from the fresh one in ROOT). Then: our packages enabled and
# started nothing; the console, started from its desktop entry under Xvfb, shows live data within 15 s (the pictures are
# to be looked at); removing ends console and stack and leaves no unit and no process of ours; purging leaves no data.
# Needs root, debootstrap and some minutes, so ctest does not run it. It uses this machine's network: ports 5432 and
# 6432 should be free, for what the server packages start by themselves.
set -euo pipefail
from=
[ "${1-}" != --from ] || { from=$2; shift 2; }
[ $# = 2 ] || { sed -n '3,10p' "$0"; exit 2; }
[ "$(id -u)" = 0 ] || { echo "prove_packages.sh: needs root" >&2; exit 1; }
packages=$(realpath "$1")
mkdir -p "$2"; pictures=$(realpath "$2")

root=$(mktemp -d /var/tmp/binnacle-packages.XXXXXX)
chmod 755 "$root"
trap 'rm -rf --one-file-system "$root"' EXIT
if [ -n "$from" ]; then
  cp -a --one-file-system "$from/." "$root"
else
  debootstrap --variant=minbase --include=ca-certificates bookworm "$root" >/dev/null
  cp /etc/resolv.conf "$root/etc/"
fi
mkdir "$root/packages"
cp "$packages"/*.deb "$root/packages"

cat >"$root/packages/inside.sh" <<'INSIDE'
set -uo pipefail
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root
failures=0
ok() { echo "ok      $*"; }
failed() { echo "FAILED  $*"; failures=$((failures + 1)); }
check() { # SENTENCE COMMAND …
  local sentence=$1
  shift
  if "$@"; then ok "$sentence"; else failed "$sentence"; fi
}
within() { # SECONDS COMMAND …: until it succeeds
  local end=$((SECONDS + $1))
  shift
  until "$@"; do [ $SECONDS -lt $end ] || return 1; sleep 0.2; done
}
apt() { apt-get -y -q -o Dpkg::Use-Pty=0 "$@" >>/packages/apt.log 2>&1 || { tail -n 20 /packages/apt.log; exit 1; }; }
enabled() { systemctl list-unit-files --no-legend --state=enabled | awk '{print $1}' | sort; }
processes() { ps -eo user:12,pid,args --no-headers | grep -v ' ps -eo'; }
# Programs of ours, and whatever the two accounts run that use nothing else.
ours() { processes | grep -E '^(newcomer|binnacle) |binnacle' | grep -vE ' grep |inside\.sh|prove_packages'; }
none_of_ours() { ! ours >/dev/null; }

echo "== a Debian with systemd and an X server, before Binnacle"
apt update
apt install --no-install-recommends systemd-sysv cron logrotate procps xvfb xauth imagemagick libglib2.0-bin
id newcomer >/dev/null 2>&1 || useradd -m -s /bin/bash newcomer
enabled >/packages/enabled.before

echo "== apt-get install ./*.deb"
cd /packages
begun=$SECONDS
apt install ./*.deb
echo "installed in $((SECONDS - begun)) s: $(grep -c '^Setting up ' apt.log) packages set up so far"
check "both packages are installed" dpkg-query -W binnacle binnacle-stack
check "the account binnacle was made" getent passwd binnacle
enabled >enabled.after
echo "units enabled by this installation, and the package of each:"
comm -13 enabled.before enabled.after | while read -r unit; do
  owner=$(dpkg -S "*/systemd/*/$unit" 2>/dev/null | head -n 1 | cut -d: -f1)
  echo "    $unit (${owner:-no package})"
done
# shellcheck disable=SC2016
check "none of them is ours" bash -c '! grep -q binnacle enabled.after && [ -z "$(find /etc/systemd /etc/rc?.d -name "*binnacle*")" ]'
echo "what runs by itself now:"
processes >processes.txt; grep -v -e 'inside\.sh' processes.txt | sed 's/^/    /' | cut -c1-120
check "none of it is ours" none_of_ours
check "the user unit is there, enabled for nobody" test -f /usr/lib/systemd/user/binnacle-stack.service
for program in $(dpkg -L binnacle binnacle-stack | grep '^/usr/bin/.'); do
  if version=$("$program" --version 2>&1); then ok "$program --version: $version"; else failed "$program --version: $version"; fi
done

echo "== the console from its desktop entry, as an ordinary user"
as_user() { setpriv --reuid=newcomer --regid=newcomer --init-groups env -i HOME=/home/newcomer USER=newcomer LANG=C.UTF-8 PATH=/usr/bin:/bin DISPLAY=:77 "$@"; }
mkdir -p /tmp/.X11-unix && chmod 1777 /tmp/.X11-unix
Xvfb :77 -screen 0 1680x1050x24 -nolisten tcp -ac >/packages/xvfb.log 2>&1 &
within 20 test -S /tmp/.X11-unix/X77 || { failed "no X server"; cat /packages/xvfb.log; exit 1; }
t0=$(date +%s%N)
since() { echo $((($(date +%s%N) - t0) / 1000000)); }
as_user gio launch /usr/share/applications/binnacle.desktop
# Live: a reading of each source is fresh, and the picture moves.
fresh() { as_user timeout 10 binnaclectl --json snapshot >/packages/snapshot.json 2>/dev/null; }
shot() { DISPLAY=:77 import -window root "/packages/pictures/$1.png"; }
mkdir -p /packages/pictures
{ within 60 fresh; since >/packages/fresh.txt; } &
reading=$!
for at in 4 6 8 10 12 14 15; do
  while [ "$(since)" -lt $((at * 1000)) ]; do sleep 0.05; done
  shot "after-$at-s"
done
wait $reading
check "every source was fresh within 15 s: after $(cat fresh.txt) ms" test "$(cat fresh.txt)" -lt 15000
# shellcheck disable=SC2016
check "the picture moves" bash -c '! cmp -s <(convert pictures/after-14-s.png rgb:-) <(convert pictures/after-15-s.png rgb:-)'
as_user binnacle-stack status >status.txt 2>&1
sed 's/^/    /' /packages/status.txt | cut -c1-120

echo "== apt-get remove while console, stack and root's own stack run"
binnacle-stack up --demo >/packages/root-up.txt 2>&1 || { failed "root's stack"; cat /packages/root-up.txt; }
check "root's servers run as the account" bash -c "ps -eo user:12,args | grep '^binnacle .*bin/postgres' >/dev/null"
begun=$SECONDS
apt remove binnacle binnacle-stack
echo "removed in $((SECONDS - begun)) s"
if none_of_ours; then ok "no process of ours is left"; else failed "processes of ours are left:"; ours; fi
left=$(find / -xdev \( -path /proc -o -path /sys -o -path /packages -o -path /home -o -path /var/lib/dpkg -o -path /dev \) -prune -o -name '*binnacle*' -print)
echo "files named after us that are left: ${left//$'\n'/ }"
# shellcheck disable=SC2016
check "no unit of ours is left" bash -c '! systemctl list-unit-files --no-legend | grep -q binnacle && [ -z "$(find /etc/systemd /usr/lib/systemd /lib/systemd -name "*binnacle*")" ]'
check "what root's stack stored is still there" test -e /var/lib/binnacle/state.json
check "what the user's stack stored is still there" test -e /home/newcomer/.local/state/binnacle/stack/state.json

echo "== apt-get purge"
apt purge binnacle binnacle-stack
check "/var/lib/binnacle is gone" test ! -e /var/lib/binnacle
check "the user's data are the user's" test -e /home/newcomer/.local/state/binnacle/stack/state.json

echo "== the line that disables what the server packages enabled"
systemctl disable postgresql pgbouncer haproxy sysstat 2>&1 | grep Removed | sed 's/^/    /'
enabled >enabled.disabled
rest=$(comm -13 enabled.before enabled.disabled | tr '\n' ' ')
check "nothing that this installation enabled is enabled any more${rest:+, but: $rest}" test -z "$rest"
[ $failures = 0 ] && echo "proved" || echo "$failures checks failed"
exit $failures
INSIDE

# A process namespace of its own: what is left inside ends with it, and is nobody else's.
status=0
# shellcheck disable=SC2016
unshare --mount --pid --fork --kill-child bash -c '
  root=$1
  mount -t proc proc "$root/proc"; mount -t tmpfs tmpfs "$root/run"; mkdir -p "$root/dev/shm"
  mount --rbind /dev "$root/dev"; mount -t tmpfs tmpfs "$root/dev/shm"
  chroot "$root" bash /packages/inside.sh' _ "$root" || status=$?
cp "$root"/packages/pictures/*.png "$root"/packages/*.txt "$root"/packages/*.json "$root"/packages/apt.log "$pictures" 2>/dev/null || true
exit $status
