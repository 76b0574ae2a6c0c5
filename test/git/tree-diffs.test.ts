// The long-lived diff-tree, and the merge bases of a walk, against real repositories.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ObjectReader } from '../../src/git/objects.js';
import { emptyTree, type Oid } from '../../src/git/oid.js';
import { readMergeBases } from '../../src/git/pushes.js';
import { openStore, type Store } from '../../src/git/repository.js';
import { TreeDiffs } from '../../src/git/tree-diffs.js';
import { readWalk } from '../../src/git/walks.js';
import { pairedRepo, type Repo } from '../support/repo.js';

const test = suite('many differences from one git');
let repo: Repo;
let store: Store;
let diffs: TreeDiffs;

test.before.each(async () => {
  repo = pairedRepo();
  store = await openStore(repo.top);
  diffs = new TreeDiffs(store.git);
});
test.after.each(async () => {
  await diffs.close();
  repo.remove();
});

const all = () => true;
const idOf = (name: string) => repo.git('rev-parse', name).trim() as Oid;
const treeOf = (name: string) => idOf(`${name}^{tree}`);

test('trees: what differs, nothing, everything, and only what is wanted', async () => {
  repo.write('live/a b', 'x').write('live/new\nline', 'x').write(':odd', 'x').settle();
  const [before, after] = [treeOf('HEAD~1'), treeOf('HEAD')];
  assert.equal([...(await diffs.between(before, after, all))], [':odd', 'live/a b', 'live/new\nline']);
  assert.equal([...(await diffs.between(after, after, all))], []);
  assert.is((await diffs.between(emptyTree(store.format), after, all)).size, 7);
  assert.equal([...(await diffs.between(before, after, (path) => path.startsWith(':')))], [':odd']);
});

test('commits: against each parent, a root whole, and one that changes nothing', async () => {
  repo.git('checkout', '-q', '-b', 'side');
  repo.write('side', 'x').settle();
  repo.git('checkout', '-q', 'main');
  repo.write('main', 'x').settle();
  repo.git('merge', '-q', '--no-edit', 'side');
  repo.git('commit', '-q', '--no-verify', '--allow-empty', '-m', 'empty');
  const commits = await readWalk(store.git, ['HEAD']);
  const paths = await diffs.ofCommits(commits, all);
  assert.equal([...(paths.get(idOf('HEAD')) ?? [])], []);
  assert.equal([...(paths.get(idOf('HEAD~1')) ?? [])].sort(), ['main', 'side']);
  assert.equal([...(paths.get(idOf('side')) ?? [])], ['side']);
  assert.is(paths.get(idOf('HEAD~3'))?.size, 4);
});

test('what cannot be read is an error, and not an empty answer', async () => {
  const missing = '1'.repeat(40) as Oid;
  const reasonOf = (work: Promise<unknown>) => work.then(() => 'none').catch((error: Error) => error.message);
  assert.match(await reasonOf(diffs.between(treeOf('HEAD'), missing, all)), /diff-tree|1111/);
  const ancestry = { oid: missing, parents: [] };
  assert.match(await reasonOf(diffs.ofCommits([ancestry], all)), /diff-tree|1111/);
});

test('merge bases: as git answers, for each kind of tip', async () => {
  const commit = (text: string) => repo.write('text', text).settle();
  const branch = (name: string, from: string) => repo.git('checkout', '-q', '-b', name, from);
  branch('first', 'main');
  commit('first');
  branch('second', 'first');
  commit('second');
  repo.git('checkout', '-q', 'main');
  repo.write('more', 'x').settle();
  branch('several', 'first');
  repo.git('merge', '-q', '--no-edit', 'main');
  repo.git('checkout', '-q', 'main');
  repo.write('more', 'y').settle();
  branch('again', 'several');
  repo.git('merge', '-q', '--no-edit', 'main');
  repo.git('checkout', '-q', '--orphan', 'alone');
  commit('alone');
  const names = ['first', 'second', 'several', 'again', 'alone', 'main', 'main~1'];
  const bases = await readMergeBases(store.git, idOf('main'), names.map(idOf));
  for (const name of names) {
    const base = repo.tryGit('merge-base', 'main', name).stdout.trim();
    assert.is(bases.get(idOf(name)) ?? '', base, name);
  }
  const objects = new ObjectReader(store.git);
  assert.ok(await objects.info(bases.get(idOf('again')) ?? ''));
  await objects.close();
});

test.run();
