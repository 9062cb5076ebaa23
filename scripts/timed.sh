#!/usr/bin/env bash
# Runs a command under a title and says how long it took: scripts/timed.sh TITLE COMMAND [ARGUMENT ...]
set -euo pipefail
title=$1
shift
printf '==> %s\n' "$title"
start=$(date +%s.%N)
status=0
"$@" || status=$?
seconds=$(echo "$(date +%s.%N) $start" | awk '{printf "%.1f", $1 - $2}')
if [ -n "${ALEX_TIMES:-}" ]; then printf '%8s s  %s\n' "$seconds" "$title" >>"$ALEX_TIMES"; fi
if [ "$status" -eq 0 ]; then
    printf '    %s: %s s\n' "$title" "$seconds"
else
    printf '    %s: failed after %s s\n' "$title" "$seconds" >&2
fi
exit "$status"
