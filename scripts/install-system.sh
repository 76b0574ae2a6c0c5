#!/bin/sh
# Installs the programs for the system tests beyond Node, npm and git: Debian's expect, shellcheck,
# dash, busybox, strace, nginx, fcgiwrap, pre-commit, fish, zsh, man, mandoc, chromium and ntfs-3g.
set -eu

# Servers are often not on a user's PATH.
PATH=$PATH:/usr/sbin
missing=''
# Three programs have packages with another name.
for each in expect shellcheck dash busybox strace nginx fcgiwrap pre-commit fish zsh man mandoc chromium lowntfs-3g; do
  case $each in nginx) package=nginx-light ;; man) package=man-db ;; lowntfs-3g) package=ntfs-3g ;; *) package=$each ;; esac
  command -v "$each" >/dev/null 2>&1 || missing="$missing $package"
done
if [ -z "$missing" ]; then
  echo 'nothing to install: every program is here'
  exit 0
fi
if ! command -v apt-get >/dev/null 2>&1; then
  echo "missing:$missing; install them with your package manager" >&2
  exit 1
fi
as_root=''
[ "$(id -u)" = 0 ] || as_root=sudo
$as_root apt-get update -qq
# shellcheck disable=SC2086 # a list of words
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing
echo "installed:$missing"
