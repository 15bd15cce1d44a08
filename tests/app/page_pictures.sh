#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# page_pictures.sh BUILD FOLDER: a picture of every page in every state and of what opens over pages, dark and light, at
# scale 1 and 2, for a person to look at: FOLDER/dark-1/overview-late.png …; and live and over pages in German: FOLDER/de/…
set -euo pipefail
[ $# = 2 ] || { echo "usage: $0 BUILD FOLDER" >&2; exit 2; }
build=$(cd "$1" && pwd)
mkdir -p "$2"
folder=$(cd "$2" && pwd)
for theme in dark light; do
  for scale in 1 2; do
    mkdir -p "$folder/$theme-$scale"
    BINNACLE_TEST_PICTURES=$folder/$theme-$scale BINNACLE_TEST_THEME=$theme QT_SCALE_FACTOR=$scale \
      QT_QPA_PLATFORM=offscreen BINNACLE_TEST_BIN=$build/bin "$build/tests/test_page_states"
  done
done
mkdir -p "$folder/de"
BINNACLE_TEST_PICTURES=$folder/de BINNACLE_TEST_LANGUAGE=de QT_QPA_PLATFORM=offscreen BINNACLE_TEST_BIN=$build/bin \
  "$build/tests/test_page_states" everyPageTellsTheStateOfItsSources:live whatOpensOverAPage
echo "$(find "$folder" -name '*.png' | wc -l) pictures in $folder"
