#!/usr/bin/env bash
# Builds the web app into frontend/out, with npm's packages where its registry can be reached, else with Debian's.
set -euo pipefail
cd "$(dirname "$0")/../frontend"

if [ ! -d node_modules/react ] && [ ! -d /usr/share/nodejs/react ]; then
    echo "==> npm ci"
    npm ci --no-audit --no-fund
fi
node build.mjs
