#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Takes down the stack of a test that is gone without having done so: killed at its limit, or crashed.
#   stack_watch.sh STACK_PROGRAM <PIPE
# Standard input is a pipe that the test alone holds. Its first line is the state directory, so that this process is
# none of those that name it; a second one says that the test has cleared up itself.
set -u
trap '' HUP INT TERM
read -r directory || exit 0
if read -r _; then
  exit 0
fi
"$1" down --state-dir "$directory" >/dev/null 2>&1
# What the test had started beside it, and what of it could not be asked. Nobody else knows the directory's name.
for process in /proc/[0-9]*; do
  pid=${process#/proc/}
  if tr '\0' ' ' 2>/dev/null <"$process/cmdline" | grep -qF -- "$directory"; then
    kill -9 "$pid" 2>/dev/null
  fi
done
if mountpoint -q "$directory"; then
  umount -l "$directory"
fi
rm -rf --one-file-system "$directory"
