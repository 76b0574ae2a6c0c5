// fix --json: the plan, what was done, and what was skipped.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Repo } from '../support/repo.js';
import { readReport } from '../support/reports.js';

const test = suite<{ repo: Repo }>('the report of fix');

/** The parts of reports that these tests read. */
interface Read {
  readonly steps: readonly { action: string; path: string; from: string }[];
  readonly skipped: readonly { path: string; reason: string }[];
  readonly fixes: readonly { id: string; files: number; undone: boolean }[];
}

const read = (repo: Repo, report: string, ...words: string[]) =>
  readReport<Read>(report, repo.dosSync(report, '--json', ...words));

test.before.each((context) => {
  context.repo = new Repo();
  context.repo.manifest({ pairs: [{ a: 'live', b: 'release' }] });
  context.repo.write('live/x', 'one\n').write('release/x', 'one\n').settle();
});
test.after.each(({ repo }) => repo.remove());

test('fix says what it did and what it skipped, and undo --list has its id', ({ repo }) => {
  repo.write('live/x', 'two\n').write('live/y', 'new\n');
  const planned = read(repo, 'fix', '--dry-run');
  assert.is(repo.exists('release/y'), false);
  const { steps, skipped } = read(repo, 'fix');
  assert.equal(steps, planned.steps);
  assert.equal(
    steps.map(({ action, path, from }) => [action, path, from]),
    [
      ['copy', 'release/x', 'live/x'],
      ['copy', 'release/y', 'live/y'],
    ],
  );
  assert.equal(skipped, []);
  const [fix, ...older] = read(repo, 'undo', '--list').fixes;
  assert.equal([fix?.files, fix?.undone, older], [2, false, []]);
  assert.is(repo.dosSync('undo', fix?.id ?? '').code, 0);
  assert.is(read(repo, 'undo', '--list').fixes.find(({ id }) => id === fix?.id)?.undone, true);
});

test('fix names a merge, its markers, a deletion, and why it skipped a file', ({ repo }) => {
  const action = (...words: string[]) => read(repo, 'fix', '--dry-run', ...words).steps.map((step) => step.action);
  repo.write('live/x', 'mine\n').write('release/x', 'yours\n');
  assert.equal(
    read(repo, 'fix').skipped.map(({ path, reason }) => [path, reason]),
    [['release/x', 'diverged']],
  );
  assert.equal(action('--merge'), ['markers']);
  repo.delete('live/x');
  repo.write('release/x', 'one\n');
  assert.equal(action('--delete'), ['delete']);
  for (const side of ['live', 'release']) repo.write(`${side}/x`, 'a\nb\nc\nd\ne\n');
  repo.settle();
  repo.write('live/x', 'A\nb\nc\nd\ne\n').write('release/x', 'a\nb\nc\nd\nE\n');
  assert.equal(action('--merge'), ['merge', 'copy']);
});

test('so many deletions that nothing was done are skipped by name', ({ repo }) => {
  for (const name of '12345') repo.write(`live/${name}`, name).write(`release/${name}`, name);
  repo.settle();
  repo.delete('live');
  const { steps, skipped } = read(repo, 'fix', '--delete');
  assert.equal([steps.length, skipped.length, skipped[0]?.reason], [0, 6, 'many-deletions']);
  assert.ok(repo.exists('release/1'));
});

test.run();
