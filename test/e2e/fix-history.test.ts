import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { printedCommand } from '../support/printed.js';
import { Repo } from '../support/repo.js';

const test = suite('a fix that cannot lose an edit');
let repo: Repo;

/** Ten lines; `edits` replace some of them. */
function text(edits: Readonly<Record<number, string>> = {}): string {
  return Array.from({ length: 10 }, (_, at) => `${edits[at] ?? `line ${at}`}\n`).join('');
}

const [TOP, BOTTOM, BOTH] = [text({ 0: 'top' }), text({ 9: 'bottom' }), text({ 0: 'top', 9: 'bottom' })];

function write(name: string, live: string, release: string): void {
  repo.write(`live/${name}`, live).write(`release/${name}`, release);
}

/** live/ and release/ with one file of each kind that a bulk fix can meet. */
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
    'skipped  release/conflict: both sides changed; copying live/conflict over it would lose its changes',
    'skipped  release/copy-alone: it is newer than live/copy-alone; copying live/copy-alone over it would lose that change',
    'skipped  release/diverged: both sides changed; copying live/diverged over it would lose its changes',
    'skipped  release/unknown: no common version was found in history, so its content may exist nowhere else',
  ]);
  const first = (name: string) => lines[lines.findIndex((line) => line.startsWith(`skipped  release/${name}:`)) + 2];
  assert.match(
    first('conflict') ?? '',
    /^ {2}> npx dos-sync fix --merge release\/conflict +# .*, between conflict markers$/,
  );
  assert.match(first('copy-alone') ?? '', /^ {2}> npx dos-sync fix --from b release\/copy-alone +# copies/);
  assert.match(first('diverged') ?? '', /^ {2}> npx dos-sync fix --merge release\/diverged +# merges both changes$/);
  assert.match(first('unknown') ?? '', /^ {2}> npx dos-sync diff release\/unknown +# shows the difference$/);
  assert.not.match(stdout, /--force/);
  for (const name of ['conflict', 'diverged', 'unknown']) {
    for (const [letter, side] of [
      ['a', 'release'],
      ['b', 'live'],
    ]) {
      const command = `> npx dos-sync fix --from ${letter} release/${name} `;
      const line = lines.find((each) => each.trim().startsWith(command)) ?? '';
      assert.ok(line.endsWith(`discards the changes in ${side}/${name}`), stdout);
    }
  }
  repo.git('checkout', '-q', '--', '.');
  assert.is(repo.state(), before);
});

test('fix --staged follows the same rule', () => {
  assert.is(repo.dosSync('fix', '--staged').code, 1);
  assert.equal(repo.git('diff', '--cached', '--name-only').trim().split('\n'), ['release/behind', 'release/contained']);
});

test('the ways: the copy is used, merged in, or overwritten', () => {
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

test("a merge with a conflict leaves both, between markers, only in the source's working file", () => {
  const index = repo.git('ls-files', '--stage');
  const { code, stdout } = repo.dosSync('fix', '--merge', 'release/conflict');
  assert.is(code, 1);
  assert.is(
    stdout,
    'conflict  live/conflict now has both versions between conflict markers: resolve them, then run fix again\n',
  );
  assert.match(repo.read('live/conflict'), /^<{7} live\/conflict\ntop\n={7}\notherwise\n>{7} release\/conflict\n/);
  assert.is(repo.read('release/conflict'), text({ 0: 'otherwise' }));
  assert.is(repo.git('ls-files', '--stage'), index);
  assert.is(repo.status(), ' M live/conflict\n');
  assert.is(repo.dosSync('undo').code, 0);
  assert.is(repo.status(), '');
});

test('a merge without a known base also leaves both texts between markers', () => {
  assert.is(repo.dosSync('fix', '--merge', 'release/unknown').code, 1);
  assert.is(
    repo.read('live/unknown'),
    '<<<<<<< live/unknown\nsome\n=======\nsomething else\n>>>>>>> release/unknown\n',
  );
  assert.is(repo.read('release/unknown'), 'something else\n');
  assert.is(repo.status(), ' M live/unknown\n');
});

test("markers are not copied; the user's resolution counts as containing both", () => {
  repo.dosSync('fix', '--merge', 'release/conflict');
  const marked = repo.dosSync('fix', 'live/conflict');
  assert.is(marked.code, 1);
  assert.match(marked.stdout, 'skipped  release/conflict: live/conflict still has conflict markers');
  assert.is(repo.read('release/conflict'), text({ 0: 'otherwise' }));
  repo.write('live/conflict', text({ 0: 'top and otherwise' }));
  assert.is(repo.dosSync('fix', 'live/conflict').code, 0);
  assert.is(repo.read('release/conflict'), text({ 0: 'top and otherwise' }));
});

test("a merge includes the working tree's content of both sides, committed or not", () => {
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

test('a deleted copy stays deleted, unless the user decides otherwise', () => {
  repo.git('rm', '-q', 'release/behind');
  repo.git('commit', '-q', '--no-verify', '-m', 'gone');
  repo.write('live/behind', text()).settle();
  const { stdout } = repo.dosSync('fix', 'live/behind');
  assert.match(stdout, 'skipped  release/behind: it was deleted, but live/behind still exists');
  assert.not(repo.exists('release/behind'));
  assert.is(repo.dosSync('fix', '--from', 'a', 'live/behind').code, 0);
  assert.is(repo.read('release/behind'), text());
});

test('the command that a blocked commit prints works as printed, also on top of an older drift of the copy', () => {
  repo.hooks();
  repo.write('live/copy-alone', BOTTOM).git('add', 'live/copy-alone');
  const blocked = repo.tryGit('commit', '-q', '-m', 'next');
  assert.is(blocked.code, 1);
  assert.is(printedCommand(blocked, 'dos-sync '), 'npx dos-sync fix --staged --merge release/copy-alone');
  // Neither naming the path nor staging the source allows losing the copy's edit.
  for (const path of ['live/copy-alone', 'release/copy-alone']) {
    assert.is(repo.dosSync('fix', '--staged', path).code, 1);
    assert.is(repo.show(':release/copy-alone'), TOP);
  }
  assert.is(repo.dosSync('fix', '--staged', '--merge', 'release/copy-alone').code, 0);
  assert.is(repo.show(':release/copy-alone'), BOTH);
  assert.is(repo.tryGit('commit', '-q', '-m', 'next').code, 0);
  assert.is(repo.show('HEAD:live/copy-alone'), BOTH);
});

test('check --json: the stale side, the basis, and the base', () => {
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
