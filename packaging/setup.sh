# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What run.sh and test.sh share: packages, the account, the build. Sourced, never run.

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
account=binnacle # that servers run as when root starts the stack

say() { printf 'binnacle: %s\n' "$*"; }
die() { printf 'binnacle: %s\n' "$*" >&2; exit 1; }
list() { printf '%s ' "$@" | fold -s -w 96 | sed 's/^/    /; s/ *$//'; echo; }

# The lists name Debian 12's packages; later releases have some under another name.
also_named() {
  case $1 in
    libboost1.81-dev) echo 'libboost1.81-dev|libboost-dev' ;;
    libqt6opengl6-dev) echo 'libqt6opengl6-dev|qt6-base-dev' ;;
    postgresql-15) echo 'postgresql-15|postgresql-17|postgresql-16|postgresql-18' ;;
    *) echo "$1" ;;
  esac
}

# missing_packages LIST…: sets missing to those of which no name is installed.
missing_packages() {
  local installed name names other
  missing=()
  installed=" $(dpkg-query -W -f '${db:Status-Abbrev} ${Package} ${Version}\n' 2>/dev/null |
    awk '$1 == "ii" && !($2 == "libboost-dev" && $3 ~ /^1\.(7|80)/) {print $2}' | tr '\n' ' ') " # Debian 12's is too old
  while IFS= read -r name; do
    names=$(also_named "$name")
    for other in ${names//|/ }; do
      case $installed in *" $other "*) continue 2 ;; esac
    done
    missing+=("$names")
  done < <(sed 's/#.*//; s/[[:space:]]*//g; /^$/d' "$@")
}

# here_named NAME[|OTHER_NAME…] …: of each the name that this system knows, for people to read.
here_named() {
  local line name
  for line in "$@"; do
    case $line in
      *'|'*) for name in ${line//|/ }; do
          if apt-cache policy "$name" 2>/dev/null | grep -q '^  Candidate: [^(]'; then echo "$name"; continue 2; fi
        done ;;
    esac
    echo "${line%%|*}"
  done
}

# ensure_packages LIST…: installs what is missing, as root or through sudo, and says what before it does.
ensure_packages() {
  local script=$project/packaging/install-packages.sh as_root=() names
  command -v dpkg-query >/dev/null || die "this is not a Debian system. README.md names the lists of packages to build with."
  missing_packages "$@"
  [ ${#missing[@]} -gt 0 ] || [ -d /var/cache/binnacle/installing ] || return 0
  mapfile -t names < <(here_named "${missing[@]}")
  if [ "$(id -u)" != 0 ]; then
    as_root=(sudo)
    # Without a password, or with someone there to type it.
    if ! command -v sudo >/dev/null || ! { sudo -n true 2>/dev/null || { [ -t 2 ] && : </dev/tty; } 2>/dev/null; }; then
      say "these packages are missing, and installing them needs root or sudo:" >&2
      say "install them as root with" >&2
      echo "    apt-get install --no-install-recommends ${names[*]}" >&2
      say "or give the same names to $script, which leaves their services off." >&2
      exit 1
    fi
  fi
  if [ ${#missing[@]} -gt 0 ]; then
    say "these Debian packages are missing and are installed now${as_root:+, through sudo}, with what they depend on:"
    list "${names[@]}"
    say "their services are neither started nor left enabled, no database cluster is made, nothing is removed."
  fi
  # The text, not the path: root may be unable to read a home (NFS, for one).
  "${as_root[@]}" bash -c "$(cat "$script")" install-packages.sh "${missing[@]:-ca-certificates}" || exit 1
  missing_packages "$@"
  [ ${#missing[@]} = 0 ] || die "still missing: ${missing[*]}"
}

# ensure_account: root's stack runs its servers as an account that can do nothing else.
ensure_account() {
  id "$account" >/dev/null 2>&1 && return
  say "making the system account '$account', which the stack's servers run as"
  useradd --system --user-group --no-create-home --home-dir /var/lib/binnacle --shell /usr/sbin/nologin \
    --comment "Binnacle service stack" "$account"
}

# build_directory PRESET: in the clone; but root's tests start a stack whose servers run as the account, so where the
# account cannot reach the clone (/root, a home of mode 0700) they are built in a place that it can reach.
build_directory() {
  if [ "$(id -u)" = 0 ] && ! setpriv --reuid="$account" --regid="$account" --clear-groups test -x "$project"; then
    echo "/var/cache/binnacle/build-$(printf %s "$project" | sha256sum | cut -c1-8)/$1"
  else
    echo "$project/build/$1"
  fi
}

# leave_root SCRIPT ARG…: under sudo the rest is the caller's own affair: nothing is built or opened as root in a clone
# that is not root's.
leave_root() {
  local uid=${SUDO_UID:-0} keep=() name
  [ "$(id -u)" = 0 ] && [ "$uid" != 0 ] && [ "$(stat -c %u "$project")" = "$uid" ] || return 0
  for name in DISPLAY WAYLAND_DISPLAY XAUTHORITY TERM LANG CI; do
    [ -z "${!name:-}" ] || keep+=("$name=${!name}")
  done
  [ ! -d "/run/user/$uid" ] || keep+=("XDG_RUNTIME_DIR=/run/user/$uid")
  exec setpriv --reuid="$uid" --regid="$SUDO_GID" --init-groups --reset-env env "${keep[@]}" "$@"
}

# Compilers of template-heavy C++ want about a gigabyte each.
parallel_jobs() {
  local cpus memory
  cpus=$(nproc); memory=$(awk '/^MemAvailable/ {print int($2 / 1048576)}' /proc/meminfo)
  [ "${memory:-$cpus}" -ge "$cpus" ] && echo "$cpus" || echo "$((memory > 1 ? memory : 1))"
}

# configure PRESET DIRECTORY: once, and again after the presets changed or the clone moved.
configure() {
  local stamp=$2/.configured
  if [ -e "$2" ] && [ ! -w "$2" ]; then die "$2 belongs to $(stat -c %U "$2"), from an earlier run: remove it"; fi
  if [ -f "$2/CMakeCache.txt" ] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$project" "$2/CMakeCache.txt"; then
    say "$2 was configured for another place: starting it afresh"
    rm -rf "$2"
  fi
  if [ ! -f "$2/build.ninja" ] || [ ! "$stamp" -nt "$project/CMakePresets.json" ]; then
    say "configuring the $1 preset in $2"
    mkdir -p "$2"
    (cd "$project" && cmake --preset "$1" -B "$2") >"$2/configure.log" 2>&1 || { tail -n 40 "$2/configure.log" >&2; die "could not configure; the whole log is $2/configure.log"; }
    touch "$stamp"
  fi
}

# build PRESET DIRECTORY [TARGET …]
build() {
  local directory=$2 begun=$SECONDS
  configure "$1" "$2"
  shift 2
  cmake --build "$directory" -j "${CMAKE_BUILD_PARALLEL_LEVEL:-$(parallel_jobs)}" ${1:+--target "$@"} || die "the build failed: its first error is above"
  [ $((SECONDS - begun)) -lt 10 ] || say "built in $((SECONDS - begun)) s"
}
