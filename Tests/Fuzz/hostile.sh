#!/bin/sh
# Hostile statements in the built program: Tests/Fuzz/hostile.sh [time|memory|interrupt] [PATTERN]; all three and all statements unless said.
# Each statement of hostile.py whose name matches PATTERN, a regular expression, is run at a prompt of its own: `time` with --timeout 2,
# `memory` with --memory 200M, `interrupt` with Ctrl-C at five instants of its run. A line each says what came, and when; a total how many
# were more than half a second late, more than a fifth over the memory, answered Ctrl-C after more than 100 ms, or lost the session.
# KOSH names another program than the one that is built here; SEED chooses other instants.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
program=${KOSH:-}
if [ -z "$program" ]; then
  swift build -c release --static-swift-stdlib --package-path "$root" --product kosh
  program=$root/.build/release/kosh
fi
exec python3 "$root/Tests/Fuzz/hostile.py" "$program" "$@"
