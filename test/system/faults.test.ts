import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { findBroken, findLeft, findLost, readTreasure } from '../faults/oracle.js';
import { findIndexNameUnsynced, findUnsynced, findUnsyncedIndex, withBarriers } from '../faults/power.js';
import { record } from '../faults/run.js';
import { SCENARIOS } from '../faults/scenarios.js';
import type { Call } from '../faults/trace.js';
import { pairedRepo, type Repo } from '../support/repo.js';

const test = suite('faults at the system calls of a fix');

test('a sample of kills and errors: nothing lost, nothing outside, one command recovers', () => {
  // A fixed sample, which once found a lost entry when only the journal's removal could not be
  // synced.
  const sample = ['--kills', '60', '--errors', '40', '--seed', '201518'];
  const words = ['--import', 'tsx', resolve('scripts/lab/faults.ts'), ...sample, '--jobs', '2'];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  assert.is(status, 0, `${stdout}${stderr}`);
  assert.match(stdout, /^28 scenarios, \d{4} points/);
  assert.match(stdout, /^bytes lost: 0$/m);
  assert.match(stdout, /^files written outside: 0$/m);
  assert.match(stdout, /^problems: 0$/m);
  const [, tried] = /^faults tried: (\d+)/m.exec(stdout) ?? [];
  assert.ok(Number(tried) >= 95, stdout);
});

test('one fix writes in an order that a power cut cannot harm', () => {
  const [scenario] = SCENARIOS;
  assert.ok(scenario);
  const { problems, renames, template } = record(scenario);
  template.remove();
  assert.equal(problems, []);
  assert.ok(renames > 0);
});

function withRepo(work: (repo: Repo) => void): void {
  const repo = pairedRepo();
  try {
    work(repo);
  } finally {
    repo.remove();
  }
}

test('the oracle notices a working file that is gone, and one that a backup has', () => {
  withRepo((repo) => {
    const before = readTreasure(repo);
    assert.equal(findLost(repo, before), []);
    repo.write('release/skill.md', 'other\n');
    assert.equal(findLost(repo, before), ['working file release/skill.md']);
    repo.write('.git/dos-sync/fixes/main/backups/x/files/0', 'one\n');
    assert.equal(findLost(repo, before), []);
    repo.delete('.git/dos-sync/fixes/main/backups/x/files/0');
    repo.write('.git/dos-sync/fixes/main/backups/x/archive', 'zero\none\ntwo\n');
    assert.equal(findLost(repo, before), ['working file release/skill.md']);
    repo.write('.git/dos-sync/fixes/main/backups/x/record.json', '{"archived": {"files/0": [5, 9]}}');
    assert.equal(findLost(repo, before), []);
  });
});

test('the oracle notices a staged content that is gone, and leftovers', () => {
  withRepo((repo) => {
    repo.write('readme.md', 'only staged\n').git('add', 'readme.md');
    repo.write('readme.md', 'hello\n');
    const before = readTreasure(repo);
    repo.git('reset', '-q');
    assert.equal(findLost(repo, before), ['index entry readme.md']);
    repo.write('.git/dos-sync/fixes/main/lock', '{}').write('release/.dos-sync-20260101-000000-000-0', '');
    assert.is(findLeft(repo).length, 2);
    assert.equal(findBroken(repo), []);
    repo.delete(`.git/objects/${repo.git('rev-parse', 'HEAD:readme.md').trim().replace(/^../, '$&/')}`);
    assert.is(findBroken(repo).length, 1);
  });
});

const call = (name: string, path: string, args = `"${path}"`): Call => ({
  name,
  path,
  args,
  ordinal: 1,
  injected: false,
});
const [STORE, JOURNAL] = ['/top/.git/dos-sync/fixes/main', '/top/.git/dos-sync/fixes/main/journal.json'];

/** The calls without the one at the given index. */
const without = (calls: readonly Call[], at: number) => calls.filter((_, index) => index !== at);

test('the order of a rename and its fsyncs: what a power cut could lose is seen', () => {
  const made = call('openat', '/top/.git/new');
  const synced = call('fsync', '/top/.git/new');
  const renamed = call('rename', '/top/.git/f', '"/top/.git/new", "/top/.git/f"');
  const settled = call('fsync', '/top/.git');
  assert.equal(findUnsynced([made, synced, renamed, settled], '/top'), []);
  assert.is(findUnsynced([made, renamed, settled], '/top').length, 1);
  assert.is(findUnsynced([made, renamed, synced, settled], '/top').length, 1);
  assert.is(findUnsynced([made, synced, renamed], '/top').length, 1);
  assert.is(findUnsynced([made, synced, settled, renamed], '/top').length, 1);
});

test('a sync of the whole file system is as good as a fsync, after the last write and before the rename', () => {
  const made = call('openat', '/top/d/.dos-sync-0');
  const written = call('pwrite64', '/top/d/.dos-sync-0');
  const barrier = call('syncfs', '/top/d');
  const renamed = call('rename', '/top/.git/f', '"/top/d/.dos-sync-0", "/top/.git/f"');
  const settled = call('fsync', '/top/.git');
  assert.equal(findUnsynced([made, written, barrier, renamed, settled], '/top'), []);
  assert.equal(findUnsynced([made, written, barrier, renamed, barrier], '/top'), []);
  assert.is(findUnsynced([made, barrier, written, renamed, settled], '/top').length, 1);
  assert.is(findUnsynced([made, written, renamed, barrier, settled], '/top').length, 1);
  assert.is(findUnsynced([made, written, barrier, renamed], '/top').length, 1);
  const timed = (each: Call, time: number) => ({ ...each, time });
  const calls = [timed(made, 1), timed(renamed, 3)];
  assert.equal(
    withBarriers(calls, [[timed(barrier, 2), timed(written, 2)]]).map(({ name }) => name),
    ['openat', 'syncfs', 'rename'],
  );
});

test('an archive that is written after its sync is noticed', () => {
  const archive = `${STORE}/backups/1/archive`;
  const synced = [call('fsync', archive), call('fsync', `${STORE}/backups/1`)];
  const journal = [
    call('fsync', `${JOURNAL}.new`),
    call('rename', JOURNAL, `"${JOURNAL}.new", "${JOURNAL}"`),
    call('fsync', STORE),
  ];
  const written = [call('openat', archive), call('pwrite64', archive)];
  assert.equal(findUnsynced([...written, ...synced, ...journal], '/top'), []);
  assert.ok(findUnsynced([...written.slice(0, 1), ...synced, ...written.slice(1), ...journal], '/top').length > 0);
});

test('a backup that is not on the disk before its journal, a file that is replaced outside it: seen too', () => {
  const kept = `${STORE}/backups/1/files/0`;
  const calls = [
    call('openat', kept),
    call('fsync', kept),
    call('fsync', `${STORE}/backups/1/files`),
    call('fsync', `${JOURNAL}.new`),
    call('rename', JOURNAL, `"${JOURNAL}.new", "${JOURNAL}"`),
    call('fsync', STORE),
    call('unlink', '/top/release/one'),
    call('unlink', JOURNAL),
  ];
  assert.equal(findUnsynced(calls, '/top'), []);
  for (const at of [1, 2, 3, 4, 5]) assert.ok(findUnsynced(without(calls, at), '/top').length > 0, `${at}`);
  const [dropped, ...others] = [...calls].reverse();
  assert.ok(dropped);
  assert.is(
    findUnsynced([...others.slice(1).reverse(), dropped, call('unlink', '/top/release/one')], '/top').length,
    1,
  );
});

test('an index that is not synced before its rename, or whose name is not before the journal goes, is noticed', () => {
  const git = [
    call('fsync', '/top/.git/index.lock'),
    call('rename', '/top/.git/index', '"/top/.git/index.lock", "/top/.git/index"'),
  ];
  assert.equal(findUnsyncedIndex(git), []);
  assert.is(findUnsyncedIndex(without(git, 0)).length, 1);
  const calls = [call('fsync', '/top/.git'), call('unlink', JOURNAL)];
  assert.equal(findIndexNameUnsynced(calls, [git], '/top'), []);
  assert.is(findIndexNameUnsynced(without(calls, 0), [git], '/top').length, 1);
  assert.equal(findIndexNameUnsynced(without(calls, 0), [], '/top'), []);
});

test.run();
