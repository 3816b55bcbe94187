#!/bin/sh
# Installs the system packages named as arguments where they are missing (Debian and Ubuntu); elsewhere it says
# which to install. Asks for sudo only when not root.
set -eu

command -v cargo >/dev/null 2>&1 || { echo "Rust is not installed: see https://rustup.rs" >&2; exit 1; }

if ! command -v dpkg-query >/dev/null 2>&1; then
    echo "This is no Debian or Ubuntu. Please have these installed, by your system's names: $*" >&2
    exit 0
fi
missing=""
for package in "$@"; do
    status=$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null || true)
    [ "$status" = "install ok installed" ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

echo "installing:$missing" >&2
as_root=""
[ "$(id -u)" -eq 0 ] || as_root="sudo"
$as_root apt-get update -qq
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing >&2
