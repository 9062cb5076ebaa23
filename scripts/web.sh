#!/usr/bin/env bash
# Builds the web app into frontend/out, with npm's packages where its registry can be reached, else with Debian's.
set -euo pipefail
cd "$(dirname "$0")/../frontend"

if [ ! -d node_modules/react ] && [ ! -d /usr/share/nodejs/react ]; then
    echo "==> npm ci"
    npm ci --no-audit --no-fund
fi
# The environment wins over .env, as for the `alex` command.
if [ -z "${CLERK_PUBLISHABLE_KEY:-}" ] && [ -f ../.env ]; then
    CLERK_PUBLISHABLE_KEY=$(sed -nE "s/^(export )?CLERK_PUBLISHABLE_KEY=[\"']?([^\"']*)[\"']?$/\2/p" ../.env | tail -n 1)
    export CLERK_PUBLISHABLE_KEY
fi
node build.mjs
