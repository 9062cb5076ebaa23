#!/usr/bin/env bash
# The tests of LambdaRuntime under AddressSanitizer and ThreadSanitizer: `scripts/sanitize.sh [address] [thread]`, both when none is named.
# They are built in a package of this room and what it sees, because the whole house would take a quarter of an hour for each.
# ThreadSanitizer is for reading, not for a verdict: it has reported what stands under a `Mutex` of Synchronization, whose waiting it may not see.
set -euo pipefail
cd "$(dirname "$0")/.."

place=$PWD/.build/sanitize
mkdir -p "$place/Sources" "$place/Tests"
for room in Quantities Wire LambdaRuntime; do ln -sfn "$PWD/Sources/$room" "$place/Sources/$room"; done
for folder in LambdaRuntimeTests ReplyFuzzing Fixtures; do ln -sfn "$PWD/Tests/$folder" "$place/Tests/$folder"; done
cat >"$place/Package.swift" <<'PACKAGE'
// swift-tools-version: 6.1
import PackageDescription

let package = Package(
    name: "alex",
    targets: [
        .target(name: "Quantities"),
        .target(name: "Wire", dependencies: ["Quantities"]),
        .target(name: "LambdaRuntime", dependencies: ["Wire", "Quantities"]),
        .target(name: "ReplyFuzzing", dependencies: ["LambdaRuntime", "Quantities", "Wire"], path: "Tests/ReplyFuzzing"),
        .testTarget(name: "LambdaRuntimeTests", dependencies: ["LambdaRuntime", "ReplyFuzzing", "Wire", "Quantities"]),
    ])
PACKAGE

sanitizers=("$@")
if [ $# -eq 0 ]; then sanitizers=(address thread); fi
# What a sanitizer finds ends the test process with an error of its own.
export ASAN_OPTIONS=detect_leaks=0:abort_on_error=0 TSAN_OPTIONS=halt_on_error=1
export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=6
for sanitizer in "${sanitizers[@]}"; do
    printf '%s\n' "-- $sanitizer"
    swift test --package-path "$place" --scratch-path "$place/.build-$sanitizer" --sanitize="$sanitizer" --disable-xctest --quiet
done
