import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Repo } from '../support/repo.js';

const test = suite('a fix that cannot lose an edit');
let repo: Repo;

/** Ten lines; `edits` replace single ones. */
function text(edits: Readonly<Record<number, string>> = {}): string {
  return Array.from({ length: 10 }, (_, at) => `${edits[at] ?? `line ${at}`}\n`).join('');
}

const [TOP, BOTTOM, BOTH] = [text({ 0: 'top' }), text({ 9: 'bottom' }), text({ 0: 'top', 9: 'bottom' })];

function write(name: string, live: string, release: string): void {
  repo.write(`live/${name}`, live).write(`release/${name}`, release);
}

/** live/ and release/, and one file of each kind that a bulk fix meets. */
function mixture(): void {
  for (const name of ['behind', 'contained', 'copy-alone', 'diverged', 'conflict']) write(name, text(), text());
  write('unknown', 'some\n', 'something else\n');
  repo.settle();
  repo.write('live/behind', TOP).write('live/contained', TOP).write('release/copy-alone', TOP);
  repo.write('live/diverged', TOP).write('live/conflict', TOP);
  repo.settle();
  repo.write('live/contained', BOTH).write('release/contained', BOTTOM);
  repo.write('release/diverged', BOTTOM).write('release/conflict', text({ 0: 'otherwise' }));
  repo.settle();
}

test.before.each(() => {
  repo = new Repo();
  repo.manifest({ pairs: [{ a: 'live', b: 'release' }] });
  mixture();
});
test.after.each(() => repo.remove());

test('a bulk fix applies what is behind or contained, and refuses the rest by name', () => {
  const before = repo.state();
  const { code, stdout } = repo.dosSync('fix');
  assert.is(code, 1);
  assert.is(repo.read('release/behind'), TOP);
  assert.is(repo.read('release/contained'), BOTH);
  assert.is(repo.read('release/copy-alone'), TOP);
  assert.is(repo.read('release/diverged'), BOTTOM);
  assert.is(repo.read('release/conflict'), text({ 0: 'otherwise' }));
  assert.is(repo.read('release/unknown'), 'something else\n');
  const lines = stdout.split('\n');
  assert.equal(lines.filter((line) => !line.startsWith(' ')).filter(Boolean), [
    'copied  live/behind -> release/behind',
    'copied  live/contained -> release/contained',
    'left alone  release/conflict: it has changed, and so has live/conflict: a copy would lose what live/conflict never held',
    'left alone  release/copy-alone: it alone has changed, to content that live/copy-alone never held',
    'left alone  release/diverged: it has changed, and so has live/diverged: a copy would lose what live/diverged never held',
    'left alone  release/unknown: history does not show that live/unknown ever held its content',
  ]);
  for (const name of ['conflict', 'copy-alone', 'diverged']) {
    assert.match(stdout, `take it:        npx dos-sync fix --from b release/${name}\n`);
    assert.match(stdout, `merge the two:  npx dos-sync fix --merge release/${name}\n`);
    assert.match(stdout, `overwrite it:   npx dos-sync fix --force release/${name}\n`);
  }
  repo.git('checkout', '-q', '--', '.');
  assert.is(repo.state(), before);
});

test('fix --staged goes by the same rule', () => {
  assert.is(repo.dosSync('fix', '--staged').code, 1);
  assert.equal(repo.git('diff', '--cached', '--name-only').trim().split('\n'), ['release/behind', 'release/contained']);
});

test('each refusal says since when, by which commit, and whose', () => {
  const short = repo.git('rev-parse', 'HEAD~1').slice(0, 10);
  const { stdout } = repo.dosSync('check', 'live/copy-alone');
  assert.match(
    stdout,
    new RegExp(`live/copy-alone is behind: release/copy-alone alone has changed, first in ${short} by `),
  );
  assert.match(stdout, 'take the other side:  npx dos-sync fix --from b release/copy-alone');
});

test('the three ways out: the copy is taken, merged in, or overwritten', () => {
  assert.is(repo.dosSync('fix', '--from', 'b', 'release/copy-alone').code, 0);
  assert.is(repo.read('live/copy-alone'), TOP);
  const merged = repo.dosSync('fix', '--merge', 'release/diverged');
  assert.equal(merged, {
    code: 0,
    stdout: 'merged  release/diverged into live/diverged\ncopied  live/diverged -> release/diverged\n',
    stderr: '',
  });
  assert.equal([repo.read('live/diverged'), repo.read('release/diverged')], [BOTH, BOTH]);
  assert.is(repo.dosSync('fix', '--force', 'release/conflict').code, 0);
  assert.is(repo.read('release/conflict'), TOP);
  assert.is(repo.dosSync('fix', '--force', 'release/unknown').code, 0);
});

test('fix --merge --staged writes the index and the working files', () => {
  assert.is(repo.dosSync('fix', '--merge', '--staged', 'live/diverged').code, 0);
  assert.equal([repo.show(':live/diverged'), repo.show(':release/diverged')], [BOTH, BOTH]);
  assert.equal([repo.read('live/diverged'), repo.read('release/diverged')], [BOTH, BOTH]);
});

test('a merge that conflicts writes nothing, unless the markers are asked for', () => {
  const before = repo.state();
  const { code, stdout } = repo.dosSync('fix', '--merge', 'release/conflict');
  assert.is(code, 1);
  assert.match(stdout, 'left alone  release/conflict: its changes and those of live/conflict conflict');
  assert.is(repo.state(), before);
  assert.is(repo.dosSync('fix', '--merge', '--markers', 'release/conflict').code, 1);
  assert.match(repo.read('live/conflict'), /^<{7} live\/conflict\ntop\n={7}\notherwise\n>{7} release\/conflict\n/);
  assert.is(repo.read('release/conflict'), text({ 0: 'otherwise' }));
});

test('a merge without a known base is refused', () => {
  const before = repo.state();
  const { code, stdout } = repo.dosSync('fix', '--merge', 'release/unknown');
  assert.is(code, 1);
  assert.match(stdout, 'there is no base to merge over');
  assert.is(repo.state(), before);
});

test('a merge takes in what both sides hold in the working tree, committed or not', () => {
  write('behind', text({ 0: 'one' }), text({ 9: 'two' }));
  assert.is(repo.dosSync('fix', '--merge', 'live/behind').code, 0);
  assert.is(repo.read('live/behind'), text({ 0: 'one', 9: 'two' }));
  assert.is(repo.read('release/behind'), text({ 0: 'one', 9: 'two' }));
});

test('--dry-run prints the merge and writes nothing', () => {
  const before = repo.state();
  const { stdout } = repo.dosSync('fix', '--merge', '--dry-run', 'live/diverged');
  assert.match(stdout, 'would merge  release/diverged into live/diverged\n');
  assert.is(repo.state(), before);
});

test('--force: an edit that was nowhere else stays readable, under the id that is printed', () => {
  repo.write('release/behind', 'never staged\n');
  const { code, stdout } = repo.dosSync('fix', '--force', 'release/behind');
  assert.is(code, 0, stdout);
  const [, oid = ''] = /git cat-file -p ([0-9a-f]+)/.exec(stdout) ?? [];
  assert.is(repo.git('cat-file', '-p', oid), 'never staged\n');
});

test('a copy that was deleted stays deleted, unless a person says otherwise', () => {
  repo.git('rm', '-q', 'release/behind');
  repo.git('commit', '-q', '--no-verify', '-m', 'gone');
  repo.write('live/behind', text()).settle();
  const { stdout } = repo.dosSync('fix', 'live/behind');
  assert.match(stdout, 'left alone  release/behind: it was deleted, and live/behind is still there');
  assert.not(repo.exists('release/behind'));
  assert.is(repo.dosSync('fix', '--from', 'a', 'live/behind').code, 0);
  assert.is(repo.read('release/behind'), text());
});

test('a deletion of long ago can be followed', () => {
  write('gone', 'x\n', 'x\n');
  repo.settle();
  repo.delete('release/gone');
  repo.settle();
  assert.is(repo.dosSync('fix', 'live/gone').code, 1);
  assert.is(repo.dosSync('fix', '--delete', 'release/gone').code, 0);
  assert.not(repo.exists('live/gone'));
});

test('the command that a blocked commit prints works as printed, also on top of an older drift', () => {
  repo.hooks();
  repo.write('live/copy-alone', BOTTOM).git('add', 'live/copy-alone');
  const blocked = repo.tryGit('commit', '-q', '-m', 'next');
  assert.is(blocked.code, 1);
  assert.match(blocked.stderr, 'npx dos-sync fix --staged live/copy-alone');
  assert.is(repo.dosSync('fix', '--staged', 'live/copy-alone').code, 0);
  assert.is(repo.show(':release/copy-alone'), BOTTOM);
});

test('dosSync.fix = always applies only what is provably safe', () => {
  repo.hooks().git('config', 'dosSync.fix', 'always');
  repo.write('live/copy-alone', BOTTOM).git('add', 'live/copy-alone');
  assert.is(repo.tryGit('commit', '-q', '-m', 'next').code, 1);
  assert.is(repo.show(':release/copy-alone'), TOP);
  repo.git('reset', '-q', '--hard');
  repo.write('live/behind', BOTH).git('add', 'live/behind');
  assert.is(repo.tryGit('commit', '-q', '-m', 'next').code, 0);
  assert.is(repo.show('HEAD:release/behind'), BOTH);
});

test('check --json: who is stale, how that is known, and the base', () => {
  const { files } = JSON.parse(repo.dosSync('check', '--json').stdout) as { files: Record<string, unknown>[] };
  const told = files.map(({ relative_path, stale_side, basis }) => [relative_path, stale_side, basis]);
  assert.equal(told, [
    ['behind', 'b', 'moved'],
    ['conflict', null, 'diverged'],
    ['contained', 'b', 'contained'],
    ['copy-alone', 'a', 'moved'],
    ['diverged', null, 'diverged'],
    ['unknown', 'a', 'guess'],
  ]);
  const oid = repo.git('rev-parse', 'HEAD~2:live/behind').trim();
  assert.equal(
    files.map(({ base_oid }) => base_oid),
    [oid, oid, oid, oid, oid, null],
  );
  const [{ since } = {}] = files as { since?: { commit: string } }[];
  assert.is(since?.commit, repo.git('rev-parse', 'HEAD~1').trim());
});

test.run();
