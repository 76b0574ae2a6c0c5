import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { gitInBetween } from '../support/git-in-between.js';
import { CLI, Repo } from '../support/repo.js';

const test = suite('undo, and what was interrupted, where a fix wrote in submodules');
let repo: Repo;
let origin: Repo;

test.before.each(() => {
  origin = new Repo().write('skills/a.md', '1\n');
  origin.settle();
  repo = new Repo();
  repo.git('submodule', '--quiet', 'add', origin.top, 'rel/v1');
  repo.manifest({
    pairs: [
      { a: 'live', b: 'rel/v1/skills' },
      { a: 'live', b: 'pack' },
    ],
  });
  repo.write('live/a.md', '1\n').write('pack/a.md', '1\n').settle();
});
test.after.each(() => {
  repo.remove();
  origin.remove();
});

const STORE = '.git/modules/rel/v1/dos-sync/fixes/main';
const inside = (...words: string[]) => repo.run(process.execPath, [CLI, ...words], { cwd: 'rel/v1' });

/** The working files on both sides of the gitlink, and both indexes. */
const state = () => [repo.state(), repo.read('rel/v1/skills/a.md'), repo.git('-C', 'rel/v1', 'status', '--porcelain')];

test('undo reverts what one fix wrote here and in a submodule, together', () => {
  repo.write('live/a.md', '2\n').write('live/new.md', 'new\n');
  const before = state();
  assert.is(repo.dosSync('fix').code, 0);
  assert.is(repo.read('rel/v1/skills/a.md'), '2\n');
  assert.is(repo.read('pack/a.md'), '2\n');
  const list = repo.dosSync('undo', '--list').stdout;
  assert.match(list, /^\d{8}-\d{6}-\d{3} {2}fix, 4 files in rel\/v1\n$/);
  const undone = repo.dosSync('undo');
  assert.is(undone.code, 0, undone.stderr);
  assert.equal(undone.stdout.trim().split('\n').sort(), [
    'put back  pack/a.md',
    'put back  rel/v1/skills/a.md',
    'removed   pack/new.md',
    'removed   rel/v1/skills/new.md',
  ]);
  assert.equal(state(), before);
  assert.match(repo.dosSync('undo', '--list').stdout, 'fix, 4 files in rel/v1, undone');
  assert.is(repo.dosSync('undo').stdout, 'nothing to undo\n');
});

test('the last fix is the last one wherever it wrote; an older one can be chosen', () => {
  repo.manifest({
    pairs: [
      { a: 'live', b: 'rel/v1/skills' },
      { a: 'own', b: 'pack' },
    ],
  });
  repo.write('own/a.md', '1\n').settle();
  repo.write('live/a.md', '2\n').write('own/a.md', '2\n');
  assert.is(repo.dosSync('fix', 'own/a.md').code, 0);
  assert.is(repo.dosSync('fix', 'live/a.md').code, 0);
  const [newest = '', oldest = ''] = repo.dosSync('undo', '--list').stdout.trim().split('\n');
  assert.match(newest, 'in rel/v1');
  assert.is(repo.dosSync('undo').code, 0);
  assert.is(repo.read('rel/v1/skills/a.md'), '1\n');
  assert.is(repo.read('pack/a.md'), '2\n');
  assert.is(repo.dosSync('undo', oldest.split(' ')[0] ?? '').code, 0);
  assert.is(repo.read('pack/a.md'), '1\n');
});

test('later edits stay, listed by their paths from here, and the rest is restored', () => {
  repo.write('live/a.md', '2\n').dosSync('fix');
  repo.write('rel/v1/skills/a.md', 'mine\n');
  const { code, stdout } = repo.dosSync('undo');
  assert.is(code, 1);
  assert.equal(stdout.trim().split('\n').sort(), [
    'put back  pack/a.md',
    'skipped   rel/v1/skills/a.md: it was changed after the fix',
  ]);
  assert.is(repo.read('rel/v1/skills/a.md'), 'mine\n');
  repo.write('rel/v1/skills/a.md', '2\n');
  assert.is(repo.dosSync('undo').stdout, 'put back  rel/v1/skills/a.md\n');
  assert.is(repo.dosSync('undo').stdout, 'nothing to undo\n');
});

test('inside the submodule, undo reverts what was written there', () => {
  repo.write('live/a.md', '2\n').dosSync('fix');
  assert.is(inside('undo').stdout, 'put back  skills/a.md\n');
  assert.is(repo.read('pack/a.md'), '2\n');
  assert.is(repo.dosSync('undo').stdout, 'put back  pack/a.md\n');
});

/** A fix that is killed after it wrote the file in the submodule. */
function interrupt(): readonly string[] {
  repo.write('live/a.md', '2\n');
  const before = state();
  const kill = `case "$PWD" in */rel/v1) [ ! -e '${repo.path(STORE)}/journal.json' ] || { kill -9 $PPID; exit 1; };; esac`;
  const restore = gitInBetween(repo, '--filters', kill);
  assert.is.not(repo.dosSync('fix', 'rel/v1/skills/a.md').code, 0);
  restore();
  assert.ok(repo.exists(`${STORE}/journal.json`));
  return before;
}

test('an interrupted fix in a submodule is told of from here, and one undo puts it back', () => {
  const before = interrupt();
  for (const words of [['check'], ['undo', '--list'], ['fix', '--dry-run']]) {
    const { code, stderr } = repo.dosSync(...words);
    assert.is(code, 2, stderr);
    assert.match(stderr, 'was interrupted');
  }
  const { code, stderr } = repo.dosSync('undo');
  assert.is(code, 0, stderr);
  assert.match(stderr, 'an interrupted fix was put back (1 file)');
  assert.equal(state(), before);
});

test('one fix restores it, and then fixes', () => {
  interrupt();
  const { code, stderr } = repo.dosSync('fix');
  assert.is(code, 0, stderr);
  assert.match(stderr, 'an interrupted fix was put back (1 file)');
  assert.is(repo.read('rel/v1/skills/a.md'), '2\n');
  assert.not.ok(repo.exists(`${STORE}/journal.json`));
});

test.run();
