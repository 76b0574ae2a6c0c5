// A fix and its undo, while git drops and repacks objects beside them. A file system monitor and
// the untracked cache are in use.

import { chmodSync } from 'node:fs';
import { pairedRepo, type Repo } from '../support/repo.js';
import { CHECKED, countFixes, findProblems, NOTHING_COUNTED, type Round, repeat, start } from './round.js';

const TIMES = 1;

/**
 * Names what has changed since git asked last; the token is a time. File times can lag behind the
 * clock.
 * https://git-scm.com/docs/githooks#_fsmonitor_watchman
 */
const MONITOR = `#!/bin/sh
printf '%s\\0' "$(date +%s)"
case $2 in
  ''|*[!0-9]*) printf '/\\0' ;;
  *) find . -mindepth 1 -path ./.git -prune -o -newerct "@$(($2 - 2))" -printf '%P\\0' ;;
esac
`;

/**
 * An undo needs what only the index held, and git has dropped meanwhile. Nobody stages beside a gc.
 */
const BODY = `
  printf "live $1\\n" > live/skill.md; printf "new $1\\n" > "live/new-$1.md"
  printf "only staged $1\\n" > release/skill.md; git add -A
  noted before
  beside 0 $dos fix --staged --from a live
  git gc --quiet --prune=now
  ends 0 $dos check --staged
  beside 0 $dos undo
  noted after; same before after
  beside 1 $dos check --staged
  ends 0 $dos fix --staged --from a live
  ends 0 git commit -q -m "next $1"
  status=$(git status --porcelain); [ -z "$status" ] || echo "PROBLEM: status: $status"`;

/**
 * Runs a command while git works, one task after the other: two of them at once can destroy each
 * other's packs.
 */
const BESIDE = `
beside() {
  : > .git/running
  while [ -e .git/running ]; do
    git gc --quiet --prune=now
    git maintenance run --quiet --task=loose-objects --task=incremental-repack --task=gc
  done > .git/gc.out 2>&1 &
  ends "$@"
  rm .git/running; wait
}
`;

export async function raceMaintenance(): Promise<Round> {
  const repo = pairedRepo();
  try {
    setUp(repo);
    const output = await start(repo, `${CHECKED}${BESIDE}${repeat(TIMES, BODY)}`);
    const commits = Number(repo.git('rev-list', '--count', 'HEAD')) - 1;
    const problems = findProblems(repo, [output]);
    return { ...NOTHING_COUNTED, commits, fixes: countFixes(repo), problems };
  } finally {
    repo.remove();
  }
}

function setUp(repo: Repo): void {
  repo.write('.git/monitor', MONITOR);
  chmodSync(repo.path('.git/monitor'), 0o755);
  for (const [name, value] of [
    ['core.fsmonitor', '.git/monitor'],
    ['core.untrackedCache', 'true'],
    ['core.multiPackIndex', 'true'],
  ] as const) {
    repo.git('config', name, value);
  }
  repo.git('gc', '--quiet', '--prune=now');
  repo.git('status');
}
