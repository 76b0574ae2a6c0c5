#!/bin/sh
# Runs the tests with Debian's newest git, as root. That git is in a separate system below the
# temporary directory, with this machine's Node.
# usage: npm run lab -- newest-git [unit | git | e2e | FILE.ts...]
set -eu

[ "$(id -u)" = 0 ] || { echo 'run this as root: it makes a system of its own, and mounts what that needs' >&2; exit 2; }
command -v debootstrap >/dev/null 2>&1 || { echo 'debootstrap is missing: apt-get install debootstrap' >&2; exit 2; }
[ "$#" -gt 0 ] || set -- unit git e2e

root=$(mktemp -d)
leave() {
  for each in proc dev/pts dev; do umount "$root/$each" 2>/dev/null || :; done
  rm -rf "$root"
}
trap leave EXIT
trap 'exit 130' INT TERM

debootstrap --variant=minbase --include=git,ca-certificates,procps sid "$root" >/dev/null
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
mount --bind /dev/pts "$root/dev/pts"
cp -L "$(command -v node)" "$root/usr/local/bin/node"
npm=$(dirname "$(dirname "$(readlink -f "$(command -v npm)")")")
mkdir -p "$root/usr/local/lib/npm" "$root/project"
cp -a "$npm/." "$root/usr/local/lib/npm"
ln -s ../lib/npm/bin/npm-cli.js "$root/usr/local/bin/npm"
ln -s ../lib/npm/bin/npx-cli.js "$root/usr/local/bin/npx"
cp -a . "$root/project"

# shellcheck disable=SC2016 # for the shell in there
chroot "$root" env -i PATH=/usr/local/bin:/usr/bin:/bin HOME=/root TERM=xterm sh -c '
  cd /project && git --version && node node_modules/tsx/dist/cli.mjs scripts/test.ts "$@"' sh "$@"
