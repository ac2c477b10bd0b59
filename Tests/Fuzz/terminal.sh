#!/bin/sh
# Fuzzes the line editor: Tests/Fuzz/terminal.sh [SECONDS [SEED]], 600 unless said.
# Sessions of random keys at a pseudo-terminal of the built program, in the keys of emacs and of vi, in windows from 1x1 to 200x50, with
# the C library's own check of the heap. A session that dies or stays is told with its seed; SEED does that session alone again.
# KOSH names another program than the one that is built here.
set -eu
seconds=${1:-600}
root=$(cd "$(dirname "$0")/../.." && pwd)
program=${KOSH:-}
if [ -z "$program" ]; then
  swift build -c release --package-path "$root" --product kosh
  program=$root/.build/release/kosh
fi
ulimit -c 0
exec nice -n 15 python3 "$root/Tests/Fuzz/terminal.py" "$program" "$seconds" ${2:+"$2"}
