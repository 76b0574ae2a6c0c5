import { symlinkSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ObjectReader } from '../../../src/git/objects.js';
import { openRepository, readCommitId } from '../../../src/git/repository.js';
import { readProvenance } from '../../../src/history/provenance.js';
import type { Provenance } from '../../../src/history/types.js';
import { check } from '../../../src/judge/judge-pairs.js';
import { isOutOfSync } from '../../../src/judge/types.js';
import { parseManifest } from '../../../src/manifest/parse.js';
import { buildRules } from '../../../src/rules/build.js';
import { readStaged, stagedSnapshot } from '../../../src/snapshot/staged.js';
import { TreeSnapshot } from '../../../src/snapshot/tree.js';
import { WorktreeSnapshot } from '../../../src/snapshot/worktree.js';
import { Repo } from '../../support/repo.js';

const test = suite('who is stale');
let repo: Repo;

test.before.each(() => {
  repo = new Repo();
});
test.after.each(() => repo.remove());

interface Sides {
  readonly a: string;
  readonly b: string;
}

const FILES: Sides = { a: 'live/x.md', b: 'release/x.md' };

/**
 * Ten lines that differ between files, so that git can follow a rename; `edits` replace some lines.
 */
function text(edits: Readonly<Record<number, string>> = {}, of = 'line'): string {
  return Array.from({ length: 10 }, (_, at) => `${edits[at] ?? `${of} ${at}`}\n`).join('');
}

const [ONE, TWO, THREE] = [text(), text({ 1: 'two' }), text({ 1: 'two', 2: 'three' })];
/** The same line with another edit. */
const OTHER = text({ 1: 'other' });
const [TOP, BOTTOM, BOTH] = [text({ 0: 'top' }), text({ 9: 'bottom' }), text({ 0: 'top', 9: 'bottom' })];

type Step = () => void;

function a(content: string, path = FILES.a): Step {
  return () => void repo.write(path, content);
}

function b(content: string, path = FILES.b): Step {
  return a(content, path);
}

function both(content: string): Step {
  return together(a(content), b(content));
}

function together(...steps: readonly Step[]): Step {
  return () => {
    for (const step of steps) step();
  };
}

function without(path: string): Step {
  return () => repo.delete(path);
}

function link(path: string, target: string): Step {
  return () => {
    repo.write(path, '').delete(path);
    symlinkSync(target, repo.path(path));
  };
}

function executable(path: string): Step {
  return () => void repo.run('chmod', ['+x', path]);
}

function moved(from: string, to: string): Step {
  return () => {
    repo.write(`${to}/.keep`, '').delete(`${to}/.keep`);
    repo.delete(to);
    repo.git('mv', from, to);
  };
}

/** Steps on a branch, each a commit, then a merge of the branch: squashed, or real. */
function branch(how: 'merge' | 'squash', onBranch: readonly Step[], onMain: readonly Step[] = []): Step {
  return () => {
    repo.git('checkout', '-q', '-b', 'side');
    commitEach(onBranch);
    repo.git('checkout', '-q', '-');
    commitEach(onMain);
    if (how === 'merge') repo.git('merge', '-q', '--no-ff', '-m', 'merged', 'side');
    else repo.git('merge', '-q', '--squash', 'side');
  };
}

function commitEach(steps: readonly Step[]): void {
  for (const step of steps) {
    step();
    repo.settle();
  }
}

/** The provenance of the only finding: at the last commit, or in the working tree on top of it. */
async function ask(
  scope: 'commit' | 'index' | 'worktree',
  { a: left, b: right } = FILES,
  limit?: number,
): Promise<Provenance> {
  const parsed = parseManifest(
    Buffer.from(JSON.stringify({ pairs: [{ a: left, b: right }], fix_direction: 'live_to_submodule' })),
  );
  if (!parsed.ok) throw new Error('the manifest is wrong');
  const rules = buildRules(parsed.manifest);
  const repository = await openRepository(repo.top);
  const objects = new ObjectReader(repository.git);
  const committed = new TreeSnapshot(objects, repository.headTree);
  const after =
    scope === 'commit'
      ? committed
      : scope === 'index'
        ? stagedSnapshot(objects, committed, await readStaged(repository))
        : await WorktreeSnapshot.read(repository, objects, { wants: () => true, named: [] });
  const verdicts = (await check(rules, { after })).filter(isOutOfSync);
  const options = {
    tip: await readCommitId(repository.git, 'HEAD'),
    uncommitted: scope === 'commit' ? undefined : { before: committed, state: scope },
    ...(limit !== undefined && { limit }),
  };
  const found = await readProvenance({ repository, objects }, verdicts, options);
  await objects.close();
  assert.is(found.size, 1);
  return [...found.values()][0] as Provenance;
}

function verdictOf(provenance: Provenance): string {
  return provenance.verdict === 'behind' ? `${provenance.stale} behind` : provenance.verdict;
}

function scenario(name: string, expected: string, steps: readonly Step[], sides: Sides = FILES): void {
  test(`${name}: ${expected}`, async () => {
    commitEach(steps);
    assert.is(verdictOf(await ask('commit', sides)), expected);
    repo.write('unrelated', 'later').settle();
    assert.is(verdictOf(await ask('worktree', sides)), expected, 'and a commit later');
  });
}

scenario('a edited', 'b behind', [both(ONE), a(TWO)]);
scenario('b edited', 'a behind', [both(ONE), b(TWO)]);
scenario('a twice, b took the first', 'b behind', [both(ONE), a(TWO), a(THREE), b(TWO)]);
scenario('X to Y on both, a reverts', 'b behind', [both(ONE), both(TWO), a(ONE)]);
scenario('edit 1 on a alone, edit 2 on both, in another hunk', 'b behind', [
  both(ONE),
  a(TOP),
  together(a(BOTH), b(BOTTOM)),
]);
scenario('squash: the branch synced edit 1, then a edit 2', 'b behind', [
  both(ONE),
  branch('squash', [together(a(TOP), b(TOP)), a(BOTH)]),
]);
scenario('true merge, the same hunk, only the branch knows', 'b behind', [
  both(ONE),
  branch('merge', [both(TWO), a(OTHER)]),
]);
scenario('branch edited a, main edited b', 'diverged', [both(ONE), branch('merge', [a(TWO)], [b(OTHER)])]);
scenario('link b to a, a edited, link became a file of the old text', 'a behind', [
  together(a(ONE), link(FILES.b, '../live/x.md')),
  a(TWO),
  together(without(FILES.b), b(ONE)),
]);
scenario('b deleted', 'a behind', [both(ONE), without(FILES.b)]);

const RENAMED: Sides = { a: 'newer/x.md', b: 'copies/x.md' };
const [renameA, renameB] = [moved('live', 'newer'), moved('release', 'copies')];
scenario('root a renamed after the drift', 'b behind', [both(ONE), a(TWO), renameA], { ...FILES, a: RENAMED.a });
scenario('root b renamed after the drift', 'b behind', [both(ONE), a(TWO), renameB], { ...FILES, b: RENAMED.b });
scenario('both roots renamed after the drift', 'a behind', [both(ONE), b(TWO), together(renameA, renameB)], RENAMED);
scenario(
  'a directory inside renamed on both, a edited in the same commit',
  'b behind',
  [
    together(a(ONE, 'live/old/x.md'), b(ONE, 'release/old/x.md')),
    together(moved('live/old', 'live/new'), moved('release/old', 'release/new'), a(TWO, 'live/new/x.md')),
  ],
  { a: 'live/new/x.md', b: 'release/new/x.md' },
);
scenario('b born as an old version of a', 'b behind', [a(ONE), a(TWO), b(ONE)]);
scenario('b born as an edited copy', 'unknown', [a(ONE), b(TWO)]);
scenario('a chmod +x', 'b behind', [both(ONE), executable(FILES.a)]);

const SECOND = { GIT_AUTHOR_NAME: 'Somebody Else', GIT_AUTHOR_DATE: '1700000000 +0000' };

test('the report says since when, by which commit and author', async () => {
  commitEach([both(ONE)]);
  Object.assign(repo.env, SECOND);
  commitEach([a(TWO)]);
  const oid = repo.git('rev-parse', 'HEAD').trim();
  for (const key of Object.keys(SECOND)) delete repo.env[key];
  repo.write('unrelated', '1').settle();
  const base = repo.git('rev-parse', 'HEAD:release/x.md').trim();
  const happening = { kind: 'commit', oid, author: 'Somebody Else', time: 1_700_000_000 };
  const { held, ...told } = await ask('commit');
  assert.type(held, 'function');
  assert.equal(told, {
    verdict: 'behind',
    stale: 'b',
    basis: 'moved',
    lossless: true,
    base: { kind: 'file', oid: base },
    since: happening,
    moves: { a: happening },
  });
});

test('an uncommitted change counts as the newest one', async () => {
  commitEach([both(ONE), both(TWO)]);
  a(THREE)();
  const provenance = await ask('worktree');
  assert.is(verdictOf(provenance), 'b behind');
  assert.equal(provenance.since, { kind: 'uncommitted' });
  b(OTHER)();
  assert.is(verdictOf(await ask('worktree')), 'diverged');
});

test('diverged: the base is the last common blob, and git says whether the two can be merged', async () => {
  commitEach([both(ONE), a(TOP), b(BOTTOM)]);
  const oid = repo.git('rev-parse', 'HEAD~2:live/x.md').trim();
  const apart = await ask('commit');
  assert.equal([apart.base, 'clean' in apart && apart.clean], [{ kind: 'file', oid }, true]);
  commitEach([both(ONE), a(TWO), b(OTHER)]);
  const conflict = await ask('commit');
  assert.equal([conflict.base, 'clean' in conflict && conflict.clean], [{ kind: 'file', oid }, false]);
});

test('unknown: the smaller file is named, as a guess', async () => {
  commitEach([together(a(ONE), b('short\n'))]);
  const provenance = await ask('commit');
  assert.is(provenance.verdict === 'unknown' && provenance.smaller, 'b');
});

test('a bounded walk says that it hit its limit, and then nothing is safe to replace', async () => {
  commitEach([both(ONE), a(TWO)]);
  for (let at = 0; at < 4; at += 1) repo.write('unrelated', String(at)).settle();
  const near = await ask('commit', FILES, 3);
  assert.equal([near.verdict, near.bound], ['unknown', 3]);
  const far = await ask('commit', FILES, 6);
  assert.equal([verdictOf(far), far.bound], ['b behind', undefined]);
});

test('an uncommitted rename is followed: staged, edited on the way, or moved without git', async () => {
  const drifted = [both(ONE), a(TWO)];
  const renamed: Sides = { a: 'new/y.md', b: 'other/y.md' };
  commitEach(drifted);
  for (const side of ['a', 'b'] as const) {
    repo.write(renamed[side], '').delete(renamed[side]);
    repo.git('mv', FILES[side], renamed[side]);
  }
  for (const scope of ['index', 'worktree'] as const)
    assert.is(verdictOf(await ask(scope, renamed)), 'b behind', scope);
  repo.write(renamed.a, THREE).git('add', '-A');
  for (const scope of ['index', 'worktree'] as const)
    assert.is(verdictOf(await ask(scope, renamed)), 'b behind', scope);
  repo.git('reset', '-q', '--hard');
  for (const side of ['a', 'b'] as const) {
    repo.write(renamed[side], repo.read(FILES[side]));
    repo.delete(FILES[side]);
  }
  assert.is(verdictOf(await ask('worktree', renamed)), 'b behind');
});

test('a submodule that moves only cuts short what is in it', async () => {
  const moveSubmodule = () => {
    const commit = repo.git('rev-parse', 'HEAD').trim();
    repo.git('update-index', '--add', '--cacheinfo', `160000,${commit},inner`);
    repo.git('commit', '-q', '-m', 'a submodule moves');
  };
  commitEach([both(ONE), a(TWO), moveSubmodule]);
  const provenance = await ask('commit');
  assert.equal([verdictOf(provenance), provenance.cut], ['b behind', undefined]);
});

test('a directory that was a symlink to the other side counts as equal', async () => {
  commitEach([together(a(ONE), link('release', 'live')), a(TWO), together(without('release'), b(ONE))]);
  assert.is(verdictOf(await ask('commit')), 'a behind');
});

test('a configured diff or log changes nothing', async () => {
  for (const [key, value] of [
    ['log.diffMerges', 'off'],
    ['diff.renames', 'copies'],
    ['log.showSignature', 'true'],
    ['diff.noprefix', 'true'],
    ['color.ui', 'always'],
  ] as const) {
    repo.git('config', key, value);
  }
  commitEach([both(ONE), branch('merge', [a(TWO)])]);
  assert.is(verdictOf(await ask('commit')), 'b behind');
});

test('any name is followed, whatever bytes it contains', async () => {
  const odd: Sides = { a: 'live/a: #"x" \u00fc.md', b: 'release/-b .md' };
  commitEach([together(a(ONE, odd.a), b(ONE, odd.b)), a(TWO, odd.a)]);
  assert.is(verdictOf(await ask('commit', odd)), 'b behind');
});

test.run();
