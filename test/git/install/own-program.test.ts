// No program from a repository runs as ours: each file of the package, each way to start it, the
// triggers in turn.

import { cpSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Repo, Result } from '../../support/repo.js';
import {
  isStopped,
  loadedFiles,
  PACKAGE,
  plant,
  STARTS,
  type Start,
  TRIGGERS,
  vendoredRepo,
} from '../../support/vendored.js';

const test = suite('the program is ours, or it is not run');

for (const start of Object.keys(STARTS) as Start[]) {
  test(`under ${start} no file of the package that is tracked is run`, () => {
    const repo = vendoredRepo(start);
    assert.is(TRIGGERS['a commit of neither side']?.(repo).code, 0);
    for (const [at, file] of loadedFiles().entries()) {
      // We cannot control what the manager itself starts.
      if (start !== 'native' && file === 'dist/dos-sync-hook') continue;
      plant(repo, `${PACKAGE}/${file}`);
      repo.git('add', '-f', `${PACKAGE}/${file}`);
      const [trigger, run] = turnOf(start, at);
      isStopped(repo, run(repo), `${file} by ${trigger}`);
      repo.git('reset', '-q', '--hard', 'start');
      cpSync(file, repo.path(`${PACKAGE}/${file}`));
    }
    assert.is(TRIGGERS['a commit of neither side']?.(repo).code, 0);
    assert.match(TRIGGERS['a commit of one side']?.(repo).stderr ?? '', 'docs/x is staged');
    repo.remove();
  });
}

/** The triggers in turn, so that each one meets every few files. */
function turnOf(start: Start, at: number): readonly [string, (repo: Repo) => Result] {
  const all = Object.entries(TRIGGERS).filter(([trigger]) => trigger !== 'the command' || start === 'native');
  const turn = all[at % all.length];
  assert.ok(turn);
  return turn as [string, (repo: Repo) => Result];
}

test.run();
