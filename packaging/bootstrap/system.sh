#!/bin/sh
# Install the system packages of the given groups, on Debian and its relatives.
#   system.sh venv|engine|desktop|test|bench ...
# Looks first and touches apt only when something is missing. Only the group `venv` is
# indispensable: for the others we say what is missing and go on.
set -eu

# One requirement a word; alternatives after a bar, the first one is installed.
packages_of() {
    case $1 in
        venv)
            if ! "${PYTHON:-python3}" -c 'import ensurepip, venv' 2>/dev/null; then
                "${PYTHON:-python3}" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
            fi
            ;;
        engine) echo "ca-certificates" ;;
        desktop)
            echo "libglib2.0-0|libglib2.0-0t64 libgl1 libegl1 libfontconfig1 libdbus-1-3"
            echo "libxkbcommon0 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4"
            echo "libxcb-keysyms1 libxcb-shape0"
            echo "fonts-wqy-microhei|fonts-noto-cjk|fonts-droid-fallback"
            ;;
        test)
            echo "xvfb xauth trayer xdotool"
            echo "postgresql|postgresql-18|postgresql-17|postgresql-16|postgresql-15|postgresql-14"
            echo "gnome-keyring dbus-daemon libgomp1"
            ;;
        bench) echo "wrk" ;;
        *) echo "system.sh: there is no group '$1'." >&2 && exit 2 ;;
    esac
}

is_installed() {
    case "$installed" in *" $1 "*) return 0 ;; esac
    return 1
}

missing_of() {
    for requirement in $(packages_of "$1"); do
        found=
        for name in $(echo "$requirement" | tr '|' ' '); do
            if is_installed "$name"; then found=yes; fi
        done
        [ -n "$found" ] || printf '%s ' "${requirement%%|*}"
    done
}

# Says what is missing; ends the script unless all of it can be done without.
explain_and_stop() {
    echo "$1" >&2
    if [ -n "$indispensable" ]; then
        exit 1
    fi
    echo "Going on without: parts of the desktop, the tests or the benchmark may not work." >&2
    exit 0
}

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    case " $* " in *" venv "*)
        if [ -n "$(packages_of venv)" ]; then
            echo "This Python has no venv module; please install it with your package manager." >&2
            exit 1
        fi
    esac
    exit 0
fi

# shellcheck disable=SC2016  # dpkg-query's own placeholders
installed=$(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' | sed -n 's/^[a-z]i *//p' | tr '\n' ' ')
installed=" $installed"
missing=
indispensable=
for group in "$@"; do
    names=$(missing_of "$group")
    missing="$missing$names"
    if [ "$group" = venv ]; then indispensable=$names; fi
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
    as_root=
elif sudo -n true 2>/dev/null; then
    as_root="sudo -n"
else
    explain_and_stop "System packages are missing, and installing them needs root. Please run:
  sudo apt-get update && sudo apt-get install -y --no-install-recommends $missing"
fi

echo "Installing system packages: $missing"
apt="$as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# shellcheck disable=SC2086  # lists of words
if ! { $apt update && $apt install -y --no-install-recommends $missing; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    explain_and_stop "apt-get could not install: $missing"
fi
