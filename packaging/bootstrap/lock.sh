#!/bin/sh
# Write requirements/*.txt from pyproject.toml, for every platform, with hashes.
#   lock.sh [--upgrade]
# Versions stay as they are unless pyproject.toml or --upgrade asks for others. Settings that
# add other sources are switched off: what the lock holds must be what the registry serves.
set -eu
cd "$(dirname "$0")/../.."
unset UV_FIND_LINKS UV_INDEX UV_EXTRA_INDEX_URL UV_INDEX_URL UV_DEFAULT_INDEX PIP_FIND_LINKS

if command -v uv >/dev/null; then
    uv=uv
else
    tools=$(mktemp -d)
    trap 'rm -rf "$tools"' EXIT
    "${PYTHON:-python3}" -m venv "$tools"
    "$tools/bin/pip" install --quiet --disable-pip-version-check 'uv>=0.9,<1'
    uv=$tools/bin/uv
fi

compile() {
    "$uv" pip compile --no-config --quiet --universal --generate-hashes --python-version 3.11 \
        --no-emit-index-url --no-emit-find-links --no-annotate \
        --custom-compile-command "make lock" "$@" >/dev/null
}

# All of it first; the two smaller sets then take the same versions.
compile pyproject.toml --all-extras --group build --group dev -o requirements/lock.txt "$@"
compile pyproject.toml --all-extras -c requirements/lock.txt -o requirements/run.txt "$@"
compile --group pyproject.toml:build -c requirements/lock.txt -o requirements/build.txt "$@"
