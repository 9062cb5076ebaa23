#!/usr/bin/env bash
# Installs what Alex needs and this machine lacks: C libraries, PostgreSQL, and for the tests a private Python environment.
# Safe to repeat: what is there stays. `scripts/setup.sh --tests` adds what only the tests need; `--packages` is what packaging
# needs, and nothing else.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v swift >/dev/null; then
    echo "Alex needs a Swift 6.1 (or newer) toolchain: https://www.swift.org/install" >&2
    exit 1
fi

debian_packages() {
    local missing=() package
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    local become=()
    if [ "$(id -u)" -ne 0 ]; then become=(sudo); fi
    echo "==> install ${missing[*]}"
    "${become[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq
    "${become[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

libraries=(libcurl4-openssl-dev libssl-dev zlib1g-dev libpq-dev libnghttp2-dev pkg-config)
# What bundles the web app, where npm cannot reach its registry: guides/decisions/009-web-app.md
web=(esbuild node-typescript node-react node-react-dom node-chart.js node-marked node-csstype node-prop-types)
if [ "${1:-}" = --packages ]; then
    debian_packages "${libraries[@]}" zip advancecomp python3 python3-venv
    scripts/model.sh
    exit
fi
if command -v dpkg-query >/dev/null; then
    debian_packages "${libraries[@]}" zip advancecomp postgresql make python3 python3-venv
    if ! command -v node >/dev/null; then debian_packages nodejs; fi
    if [ ! -d frontend/node_modules ]; then debian_packages "${web[@]}"; fi
    if [ "${1:-}" = --tests ]; then
        debian_packages chromium fonts-inter "${web[@]}" busybox-static openssl unzip util-linux
    fi
elif command -v brew >/dev/null; then
    brew list postgresql@15 openssl@3 curl libpq node advancecomp >/dev/null 2>&1 || brew install postgresql@15 openssl@3 curl libpq node advancecomp
else
    echo "On this system please install by hand: libcurl, OpenSSL 3, zlib, libpq (each with headers), PostgreSQL 15 and Node 18." >&2
fi

if [ "${1:-}" = --tests ] && [ ! -f .alex/python/ready-6 ]; then
    echo "==> a private Python with the AWS SDK and moto, strangers who check our protocols, and a browser's driver"
    # checkov reads the Terraform; it wants older versions of what the others want newer ones of. pip keeps one processor busy:
    # two of them take as long as one.
    python3 -m venv .alex/checkov
    .alex/checkov/bin/pip install --quiet --disable-pip-version-check 'checkov>=3.2' &
    checkov=$!
    python3 -m venv .alex/python
    .alex/python/bin/pip install --quiet --disable-pip-version-check 'boto3>=1.40' 'moto[server]>=5.1' 'h2>=4' 'numpy>=1.24' 'openapi-spec-validator>=0.7' \
        'playwright>=1.50' 'axe-playwright-python>=0.1.4' 'pytest>=8' 'mcp==2.3.0'
    wait "$checkov"
    touch .alex/python/ready-6
fi

# AWS's Lambda emulator travels inside a package for Python; nothing else of that package is needed.
emulator=.alex/rie/aws-lambda-rie
if [ "${1:-}" = --tests ] && [ "$(uname -s)" = Linux ] && [ ! -x "$emulator" ]; then
    echo "==> AWS's Lambda Runtime Interface Emulator"
    machine=x86_64
    if [ "$(uname -m)" = aarch64 ]; then machine=arm64; fi
    wheels=$(mktemp -d)
    .alex/python/bin/pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: --dest "$wheels" \
        'aws-sam-cli>=1.150'
    mkdir -p "$(dirname "$emulator")"
    unzip -p "$wheels"/aws_sam_cli-*.whl "samcli/local/rapid/aws-lambda-rie-$machine" >"$emulator.part"
    chmod +x "$emulator.part"
    mv "$emulator.part" "$emulator"
    rm -r "$wheels"
fi

scripts/model.sh
