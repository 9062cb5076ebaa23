#!/usr/bin/env bash
# All tests, with the time of each stage. `make test` runs it.
set -euo pipefail
cd "$(dirname "$0")/.."

ALEX_TIMES=$(mktemp)
export ALEX_TIMES
moto=
evaluation=
terraform=
finish() {
    for child in $evaluation $moto; do kill "$child" 2>/dev/null || true; done
    if [ -n "$terraform" ]; then kill -- "-$terraform" 2>/dev/null || true; fi
    printf '\nWhere the time went:\n'
    cat "$ALEX_TIMES"
    rm -f "$ALEX_TIMES"
}
trap finish EXIT

scripts/timed.sh "set-up" scripts/setup.sh --tests
scripts/timed.sh "format" make --no-print-directory lint
scripts/timed.sh "web app" scripts/web.sh
scripts/timed.sh "web types" node frontend/check.mjs
scripts/timed.sh "web units" node frontend/test.mjs
scripts/timed.sh "build" swift build -c release --build-tests
# The evaluation keeps one processor busy, and packaging often waits for one compiler: together they take as long as the longer.
scripts/timed.sh "evaluation" .build/release/alex evaluate &
evaluation=$!
export ALEX_PYTHON=$PWD/.alex/python/bin/python
scripts/timed.sh "packages" swift scripts/package.swift
wait "$evaluation"
evaluation=
scripts/timed.sh "package checks" "$ALEX_PYTHON" -m pytest -q Tests/Packages

export MOTO_PORT=${MOTO_PORT:-5566}
"$ALEX_PYTHON" -m moto.server -H 127.0.0.1 -p "$MOTO_PORT" >.alex/moto.log 2>&1 &
moto=$!
export ALEX_MOTO_URL=http://127.0.0.1:$MOTO_PORT
for _ in $(seq 100); do
    if (exec 3<>"/dev/tcp/127.0.0.1/$MOTO_PORT") 2>/dev/null; then break; fi
    sleep 0.1
done

# Terraform's tests are mostly pauses of its provider: they run beside the others, which go first.
terraform_log=.alex/terraform.log
setsid nice -n 10 scripts/timed.sh "terraform, beside what follows" "$ALEX_PYTHON" -m pytest -q Tests/Terraform >"$terraform_log" 2>&1 &
terraform=$!

# Not all tests at once: each step of one would wait behind a step of every other, and what has a limit of time would miss it.
export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=6
scripts/timed.sh "tests" swift test -c release --skip-build --skip "^HouseTests\."
scripts/timed.sh "a million replies" .build/release/FuzzReplies
# Whole stories have deadlines: no other Swift test runs beside them.
scripts/timed.sh "house stories" swift test -c release --skip-build --filter "^HouseTests\."
scripts/timed.sh "address sanitizer" scripts/sanitize.sh address
scripts/timed.sh "requests" "$ALEX_PYTHON" -m pytest -q Tests/Requests
scripts/timed.sh "guides" "$ALEX_PYTHON" -m pytest -q Tests/Guides
scripts/timed.sh "web stories" "$ALEX_PYTHON" -m pytest -q Tests/Web
status=0
wait "$terraform" || status=$?
terraform=
cat "$terraform_log"
exit "$status"
