#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What an installation holds besides the programs: test_installed_files.sh BUILD_DIRECTORY
# Every program has a manual page that names each command and option of its --help; the desktop's files are valid; no
# file belongs to both packages.
set -uo pipefail
build=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failures=0
root=$scratch/usr

ok() { echo "ok      $*"; }
failed() { echo "FAILED  $*"; failures=$((failures + 1)); }
check() { # SENTENCE COMMAND …
  local sentence=$1
  shift
  if "$@"; then ok "$sentence"; else failed "$sentence"; fi
}

installs() { # COMPONENT DIRECTORY
  cmake --install "$build" --component "$1" --prefix "$2" >"$scratch/log" 2>&1 || { cat "$scratch/log"; return 1; }
}

install_all() { installs console "$scratch/console" && installs stack "$scratch/stack" && mkdir "$root"; }
check "both components install" install_all || exit 1

files() { (cd "$1" && find . -type f -o -type l | sort); }
shared=$(comm -12 <(files "$scratch/console") <(files "$scratch/stack"))
check "the console speaks German" test -s "$scratch/console/share/binnacle/translations/binnacle_de.qm"
check "no file is in two packages${shared:+: $shared}" test -z "$shared"
cp -a "$scratch/console/." "$scratch/stack/." "$root"

# options_of PROGRAM [COMMAND …]: the long options of its help.
options_of() { "$root/bin/$1" "${@:2}" --help 2>&1 | grep -oE '(^|[ ,])--[a-z][a-z-]+' | tr -d ' ,' | sort -u; }
# commands_of PROGRAM [COMMAND …]: the lines below "Subcommands:".
commands_of() { "$root/bin/$1" "${@:2}" --help 2>&1 | awk '/^Subcommands:/ {below = 1; next} /^[^ ]/ {below = 0} below && /^  [a-z]/ {print $1}'; }

# undocumented PROGRAM [COMMAND …]: what its help names and the page in $scratch/page does not, commands within included.
undocumented() {
  local word
  for word in $(options_of "$@"); do
    grep -qE -- "(^|[^a-z-])$word([^a-z-]|\$)" "$scratch/page" || echo "${*:2} $word"
  done
  for word in $(commands_of "$@"); do
    grep -qE "(^|[^a-z-])$word([^a-z-]|\$)" "$scratch/page" || echo "${*:2} $word"
    undocumented "$@" "$word"
  done
}

for path in "$root"/bin/*; do
  program=${path##*/}
  page=$root/share/man/man1/$program.1.gz
  if [ ! -f "$page" ]; then failed "$program has no manual page (packaging/man)"; continue; fi
  zcat "$page" | sed 's/\\-/-/g' >"$scratch/page"
  if ! "$path" --help >/dev/null 2>&1; then failed "$program --help fails"; continue; fi
  missing=$(undocumented "$program" | sort -u | tr '\n' ';')
  check "$program's manual page names what its help names${missing:+, but not: $missing}" test -z "$missing"
  check "$program's manual page says what its exit status means" grep -q '^\.SH EXIT STATUS' "$scratch/page"
  if command -v mandoc >/dev/null; then check "$program's manual page is well formed" mandoc -T lint -W warning "$page"; fi
done

entry=$root/share/applications/binnacle.desktop
if [ -e "$root/bin/binnacle" ]; then
  started=$(sed -n 's/^Exec=\([^ ]*\).*/\1/p' "$entry")
  check "the desktop entry starts an installed program" test -x "$root/bin/$started"
  icon=$(sed -n 's/^Icon=//p' "$entry")
  check "the desktop entry's icon is there" test -f "$root/share/icons/hicolor/scalable/apps/$icon.svg"
  if command -v desktop-file-validate >/dev/null; then check "the desktop entry is valid" desktop-file-validate "$entry"; fi
  if command -v appstreamcli >/dev/null; then
    check "the metainfo is valid" appstreamcli validate --no-net "$root"/share/metainfo/*.metainfo.xml
  fi
fi

unit=$root/lib/systemd/user/binnacle-stack.service
check "the user unit starts an installed program" grep -qx 'ExecStart=/usr/bin/binnacle-stack run' "$unit"
unit=$root/lib/systemd/user/binnacle-recorder@.service
check "the recorder's unit starts an installed program" grep -qx 'ExecStart=/usr/bin/binnaclectl --connect %i record run' "$unit"

[ $failures = 0 ]
