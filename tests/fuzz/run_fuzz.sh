#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Fuzzes one target for so many seconds, from its own seeds; a finding stays in the working directory.
#
#   tests/fuzz/run_fuzz.sh PROGRAM SECONDS
set -euo pipefail
program=$1 seconds=$2
corpus=$(mktemp -d)
trap 'rm -rf "$corpus"' EXIT
"$program" --seeds "$corpus"
"$program" -max_total_time="$seconds" -max_len=65536 -timeout=10 -rss_limit_mb=1024 -print_final_stats=1 \
  -artifact_prefix="$(basename "$program")-" "$corpus"
