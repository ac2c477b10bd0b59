#!/bin/sh
# Sees to it that what kosh is built with is there: a Swift toolchain, and the headers of a few C libraries.
set -eu

if ! command -v "${SWIFT:-swift}" >/dev/null 2>&1; then
  echo "kosh needs a Swift 6.2 toolchain or newer on the PATH: https://www.swift.org/install/" >&2
  exit 1
fi

# pkg-config module, Debian package
wanted="libedit:libedit-dev libpcre2-8:libpcre2-dev libmd:libmd-dev zlib:zlib1g-dev"
missing=""
if command -v pkg-config >/dev/null 2>&1; then
  for pair in $wanted; do
    pkg-config --exists "${pair%%:*}" || missing="$missing ${pair#*:}"
  done
else
  missing=" pkg-config"
  for pair in $wanted; do missing="$missing ${pair#*:}"; done
fi
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
  echo "kosh needs the development files of these libraries, named as Debian names them:$missing" >&2
  echo "Install them with your system's package manager, and make again." >&2
  exit 1
fi

as_root=""
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null 2>&1; then
    echo "kosh needs these packages; run as root: apt-get install$missing" >&2
    exit 1
  fi
  as_root="sudo"
fi
echo "Installing$missing"
$as_root apt-get update -qq || true
# shellcheck disable=SC2086 # a list of packages
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
