#!/usr/bin/env bash
# Builds every function as one static file without a shared library: scripts/static.sh [Name ...]
# The flags and why each is there: guides/decisions/003-static-functions.md
set -euo pipefail
cd "$(dirname "$0")/.."

if [ "$(uname -s)" != Linux ]; then
    echo "Static functions are built on Linux." >&2
    exit 1
fi
names=("$@")
if [ ${#names[@]} -eq 0 ]; then names=(Planner Tagger Reporter Charter Retirement API Echo); fi
export ALEX_STATIC=1
products=()
flags=(--static-swift-stdlib --disable-local-rpath
    -Xswiftc -static-executable -Xswiftc -Xclang-linker -Xswiftc -static-pie -Xswiftc -use-ld=lld
    -Xlinker -s -Xlinker --icf=all -Xlinker --pack-dyn-relocs=relr)
for name in "${names[@]}"; do
    swift build -c release --scratch-path .build-static "${flags[@]}" --product "$name" >.build-static.log 2>&1 || {
        cat .build-static.log >&2
        exit 1
    }
    products+=(".build-static/release/$name")
done
rm -f .build-static.log
ls -l "${products[@]}" | awk '{printf "%12d bytes  %s\n", $5, $NF}'
