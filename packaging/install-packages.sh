#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs Debian packages as a guest on this machine: no service that they bring is started or left enabled, no
# PostgreSQL cluster is made, nothing is removed. Needs root; run.sh and test.sh call it.
#
#   packaging/install-packages.sh NAME[|OTHER_NAME…] …     (the first name that this system has is taken)
#
# A policy-rc.d keeps services from starting but not from being enabled. So the links that enable services are listed
# before and compared after, and exactly the new ones are taken back. What is needed for that lies in $journal until
# it is done: after a power cut the next run finishes the work.
set -euo pipefail
[ "$(id -u)" = 0 ] || { echo "install-packages.sh: needs root" >&2; exit 1; }
[ $# -gt 0 ] || { echo "usage: install-packages.sh NAME[|OTHER_NAME…] …" >&2; exit 2; }
export DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 LC_ALL=C.UTF-8
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
umask 022
cd /

state=/var/cache/binnacle
journal=$state/installing
policy=/usr/sbin/policy-rc.d
no_cluster=/etc/postgresql-common/createcluster.d/binnacle-installing.conf
apt=(apt-get -y -q -o DPkg::Lock::Timeout=600 -o Acquire::Retries=3 -o Dpkg::Use-Pty=0
  -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold)

say() { printf 'binnacle: %s\n' "$*"; }

# Every link by which systemd or a runlevel starts something.
service_links() {
  { find /etc/systemd/system /etc/systemd/user -mindepth 1 -maxdepth 2 -type l 2>/dev/null || true
    find /etc/rc?.d -name 'S*' 2>/dev/null || true; } | sort
}

begin() {
  if [ ! -d "$journal" ]; then
    rm -rf "$journal.new"; mkdir "$journal.new"
    service_links >"$journal.new/links"
    if [ -e "$policy" ] || [ -L "$policy" ]; then cp -a "$policy" "$journal.new/policy-rc.d"; fi
    mv "$journal.new" "$journal"
  fi
  printf '#!/bin/sh\nexit 101\n' >"$policy.binnacle"; chmod 755 "$policy.binnacle"; mv -f "$policy.binnacle" "$policy"
  mkdir -p "${no_cluster%/*}"; echo 'create_main_cluster = false' >"$no_cluster"
}

# disable_unit NAME: as an administrator would, so that an upgrade of the package does not enable it again.
disable_unit() {
  if command -v systemctl >/dev/null; then systemctl -q disable "$1" 2>/dev/null 9>&- || true
  elif command -v deb-systemd-helper >/dev/null; then DPKG_MAINTSCRIPT_PACKAGE=binnacle deb-systemd-helper -q disable "$1" 9>&- || true; fi
}

disable_user_unit() {
  if command -v systemctl >/dev/null; then systemctl -q --global disable "$1" 2>/dev/null 9>&- || true
  elif command -v deb-systemd-helper >/dev/null; then DPKG_MAINTSCRIPT_PACKAGE=binnacle deb-systemd-helper --user -q disable "$1" 9>&- || true; fi
}

disable_new_services() {
  local link unit name undone=()
  while IFS= read -r link; do
    case $link in
      /etc/systemd/system/*)
        unit=${link##*/}
        [ "${link%/*}" != /etc/systemd/system ] || unit=$(basename "$(readlink "$link")")
        # A unit that was enabled before keeps its old links: only the new one goes.
        grep -q "/$unit\$" "$journal/links" || disable_unit "$unit"
        rm -f "$link"
        rmdir --ignore-fail-on-non-empty "${link%/*}" 2>/dev/null || true
        name=$unit ;;
      /etc/systemd/user/*)
        # Of every user's session: gnome-keyring, which tests bring, starts with each.
        unit=${link##*/}
        grep -q "/$unit\$" "$journal/links" || disable_user_unit "$unit"
        rm -f "$link"
        rmdir --ignore-fail-on-non-empty "${link%/*}" 2>/dev/null || true
        name=$unit ;;
      *)
        name=${link##*/S[0-9][0-9]}
        if ! grep -q "/S[0-9][0-9]$name\$" "$journal/links"; then update-rc.d "$name" disable >/dev/null 2>&1 9>&- || true; fi
        # rcS.d is no runlevel to update-rc.d: the same by hand.
        if [ -L "$link" ]; then mv -f "$link" "${link%/*}/K01$name"; fi ;;
    esac
    case " ${undone[*]-} " in *" ${name%.service} "*) ;; *) undone+=("${name%.service}") ;; esac
  done < <(comm -13 "$journal/links" <(service_links))
  [ ${#undone[@]} = 0 ] || say "left disabled, as before: ${undone[*]}"
}

finish() {
  local status=$?
  trap '' INT TERM HUP
  trap - EXIT
  if [ -d "$journal" ]; then
    disable_new_services
    rm -f "$policy" "$no_cluster"
    if [ -e "$journal/policy-rc.d" ] || [ -L "$journal/policy-rc.d" ]; then cp -a "$journal/policy-rc.d" "$policy"; fi
    rmdir --ignore-fail-on-non-empty "${no_cluster%/*}" 2>/dev/null || true
    rmdir --ignore-fail-on-non-empty /etc/postgresql-common 2>/dev/null || true
    rm -rf "$journal"
  fi
  exit "$status"
}

# Prints the names that this system could install.
installable() { apt-cache policy "$@" 2>/dev/null | awk '/^[^ ]/ {name = $1; sub(":$", "", name)} /^  Candidate:/ && $2 != "(none)" {print name}'; }

# Sets packages to the names to install; fails, naming the first, if this system knows none of a line's names.
resolve() {
  local line name found known names
  packages=(); unknown=
  IFS='| ' read -ra names <<<"$*"
  known=" $(installable "${names[@]}" | tr '\n' ' ') "
  for line in "$@"; do
    found=
    for name in ${line//|/ }; do
      case $known in *" $name "*) found=$name; break ;; esac
    done
    if [ -n "$found" ]; then packages+=("$found"); else unknown=$line; return 1; fi
  done
}

# On a terminal apt-get shows its progress; elsewhere its few hundred lines go to a log, and matter if it fails.
run_apt() {
  if [ -t 1 ]; then "${apt[@]}" "$@" </dev/null 9>&-; return; fi
  "${apt[@]}" "$@" </dev/null >"$state/apt.log" 2>&1 9>&- || { tail -n 12 "$state/apt.log" >&2; return 1; }
}

install() { run_apt install --no-install-recommends --no-remove "${packages[@]}"; }

# Installing must not cost anyone a package: --no-remove refuses it, this says it in time.
refuse_removals() {
  local removed
  removed=$(apt-get -s install --no-install-recommends "${packages[@]}" 2>/dev/null | awk '/^Remv/ {print $2}' | tr '\n' ' ')
  [ -n "$removed" ] || return 0
  say "the installation would remove packages of yours, so nothing was done: $removed" >&2
  say "if you can do without them, remove them (apt-get remove ${removed% }) and start again." >&2
  exit 1
}

mkdir -p "$state"
exec 9>"$state/installing.lock"
flock -n 9 || { say "another installation of Binnacle's packages is under way: waiting for it"; flock 9; }
[ ! -d "$journal" ] || say "an earlier installation was cut off: finishing its work, too"
trap 'exit 130' INT; trap 'exit 143' TERM; trap 'exit 129' HUP
trap finish EXIT
begin

if [ -n "$(dpkg --audit 2>/dev/null)" ]; then
  say "dpkg was interrupted earlier: completing what it had begun"
  dpkg --configure -a --force-confdef --force-confold </dev/null >>"$state/apt.log" 2>&1 9>&- || true
fi

updated=0
update() { say "reading the package lists"; run_apt update || return 1; updated=1; }
resolve "$@" || { update && resolve "$@"; } || { say "no package named ${unknown//|/ or } in this system's sources" >&2; exit 1; }
refuse_removals
install || { [ $updated = 0 ] && say "trying again with fresh package lists" && update && resolve "$@" && install; } ||
  { say "the packages could not be installed; apt-get says why, above" >&2; exit 1; }
