#!/bin/sh
# Make this checkout ready: system packages where we may, then .venv.
#   setup.sh run|test|bench
# PYTHON names the interpreter; otherwise the first one that is new enough is taken.
set -eu
cd "$(dirname "$0")/../.."
purpose=${1:-run}

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
        if new_enough "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    echo "Smart Routing Butler needs Python 3.11 or newer, and none is on PATH." >&2
    echo "Install it (Debian, Ubuntu: sudo apt-get install python3), or name it: make setup PYTHON=/path/to/python3" >&2
    exit 1
}

python=${PYTHON:-}
[ -n "$python" ] || python=$(find_python)

case $purpose in
    run) groups="venv engine desktop" packages="run" ;;
    test) groups="venv engine desktop test" packages="dev" ;;
    bench) groups="venv engine bench" packages="dev" ;;
    *) echo "setup.sh: '$purpose' is not one of run, test, bench." >&2 && exit 2 ;;
esac

# shellcheck disable=SC2086  # a list of words
PYTHON=$python sh packaging/bootstrap/system.sh $groups
exec "$python" packaging/bootstrap/venv.py "$packages"
