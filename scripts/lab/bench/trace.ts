// The last commits of a recorded history as their hooks see them: HEAD at the parent, the files in
// the index.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  ENVIRONMENT,
  git,
  installDosSync,
  makeRepository,
  removeRepository,
  stagePaths,
  storeBlob,
} from './repositories.js';
import { type Times, timeTogether } from './timer.js';

const COMMITS = 30;
const MANIFEST = '.dos-sync-manifest.json';
const BARE = 'git rev-parse HEAD:.dos-sync-manifest.json; git diff-index --cached --quiet HEAD; exit 0';

/** `trace`: a `git fast-import` stream with a branch `main`. */
export function timeTrace(scratch: string, trace: string, manifest: string): Times {
  const top = makeRepository(join(scratch, 'trace'));
  const file = readFileSync(resolve(trace));
  const input = trace.endsWith('.gz') ? gunzipSync(file) : file;
  const { status } = spawnSync('git', ['fast-import', '--quiet'], { cwd: top, env: ENVIRONMENT, input });
  if (status !== 0) throw new Error(`${trace} could not be loaded`);
  const rules = storeBlob(top, readFileSync(resolve(manifest), 'utf8'));
  const commits = git(top, ['rev-list', '--first-parent', `--max-count=${COMMITS}`, 'main'])
    .split('\n')
    .reverse();
  git(top, ['symbolic-ref', 'HEAD', 'refs/heads/played']);
  const all = new Map<string, number[]>([
    ['bare hook', []],
    ['dos-sync', []],
  ]);
  for (const [at, commit] of commits.entries()) {
    const under = (tree: string) => {
      git(top, ['read-tree', tree]);
      stagePaths(top, [MANIFEST], rules);
    };
    under(`${commit}~1`);
    git(top, ['update-ref', 'HEAD', git(top, ['commit-tree', '-m', 'x', git(top, ['write-tree'])])]);
    if (at === 0) installDosSync(top);
    under(commit);
    const commands = [
      { name: 'bare hook', command: 'sh', args: ['-c', BARE], cwd: top, env: ENVIRONMENT },
      // A commit with drift is blocked here too.
      { name: 'dos-sync', command: 'sh', args: ['.git/hooks/pre-commit'], cwd: top, env: ENVIRONMENT, accept: [0, 1] },
    ];
    const times = timeTogether(at % 2 === 0 ? commands : commands.reverse(), 1);
    for (const [name, taken] of times) all.get(name)?.push(...taken);
  }
  removeRepository(top);
  return all;
}
