import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { gitInBetween } from '../support/git-in-between.js';
import { CLI, pairedRepo, type Repo } from '../support/repo.js';

const test = suite('an interrupted fix, and two that meet');
let repo: Repo;

test.before.each(() => {
  repo = pairedRepo();
  repo.write('live/skill.md', 'two\n').write('live/new.md', 'new\n').git('add', 'live');
});
test.after.each(() => repo.remove());

const STORE = '.git/dos-sync/fixes/main';

/** A fix that is killed after it wrote the working files and before the index. */
function interrupt(): string {
  const before = repo.state();
  const restore = gitInBetween(repo, '--index-info', 'kill -9 $PPID; exit 1');
  assert.is.not(repo.dosSync('fix', '--staged').code, 0);
  restore();
  assert.is(repo.read('release/skill.md'), 'two\n');
  assert.ok(repo.exists(`${STORE}/journal.json`));
  return before;
}

test('everybody else says so, changes nothing, and exits 2', () => {
  interrupt();
  const before = repo.state();
  const words = [
    ['check'],
    ['check', '--staged', '--json'],
    ['fix', '--dry-run'],
    ['add', 'x', 'y'],
    ['accept', '--all', '--reason', 'x'],
    ['init'],
    ['undo', '--list'],
    ['hook', 'pre-commit'],
  ];
  for (const each of words) {
    const { code, stderr } = repo.dosSync(...each);
    assert.is(code, 2, `${each.join(' ')}: ${stderr}`);
    assert.match(stderr, 'git dos-sync undo');
  }
  assert.is(repo.state(), before);
});

test('a commit in which all is in sync is blocked too', () => {
  interrupt();
  repo.git('reset', '-q');
  repo.write('readme.md', 'changed\n').git('add', 'readme.md');
  const { code, stderr } = repo.tryGit('commit', '-q', '-m', 'next');
  assert.is(code, 1);
  assert.match(stderr, 'was interrupted');
});

test('fix restores the files and then fixes', () => {
  interrupt();
  const { code, stderr } = repo.dosSync('fix', '--staged');
  assert.is(code, 0, stderr);
  assert.match(stderr, 'an interrupted fix was put back (2 files)');
  assert.is(repo.show(':release/skill.md'), 'two\n');
  assert.is(repo.dosSync('check', '--staged').code, 0);
  assert.equal(readdirSync(repo.path(STORE)), ['backups', 'known-contents.json']);
  assert.is(readdirSync(repo.path(`${STORE}/backups`)).length, 1);
});

test('undo restores the files, and does not undo the earlier fix too', () => {
  repo.dosSync('fix', '--staged');
  repo.settle();
  repo.write('live/skill.md', 'three\n').write('live/third.md', 'x').git('add', 'live');
  const before = repo.state();
  const restore = gitInBetween(repo, '--index-info', 'kill -9 $PPID; exit 1');
  repo.dosSync('fix', '--staged');
  restore();
  assert.is(repo.dosSync('undo').code, 0);
  assert.is(repo.state(), before);
  assert.not.ok(repo.exists('release/third.md'));
});

test('a file that somebody changed after the interruption stays, and its old content is kept', () => {
  interrupt();
  repo.write('release/skill.md', 'mine\n');
  const { code, stderr } = repo.dosSync('undo');
  assert.is(code, 1);
  assert.match(stderr, 'release/skill.md was changed after the interruption');
  assert.is(repo.read('release/skill.md'), 'mine\n');
  assert.not.ok(repo.exists('release/new.md'));
  const [, backup = ''] = /its earlier content is in (.*)$/m.exec(stderr) ?? [];
  const files = readdirSync(`${backup}/files`).map((name) => readFileSync(`${backup}/files/${name}`, 'utf8'));
  assert.equal(files, ['one\n']);
});

test('a hook that is about to write restores the files first', () => {
  interrupt();
  repo.git('config', 'dosSync.fix', 'always');
  const { code, stderr } = repo.tryGit('commit', '-q', '-m', 'next');
  assert.is(code, 0, stderr);
  assert.match(stderr, 'an interrupted fix was put back');
  assert.is(repo.show('HEAD:release/skill.md'), 'two\n');
  assert.is(repo.status(), '');
});

test('a kill after the index was written is put back as well', () => {
  const before = repo.state();
  const restore = gitInBetween(repo, '--index-info', '"$git" "$@"; kill -9 $PPID; exit 1');
  repo.dosSync('fix', '--staged');
  restore();
  assert.is(repo.show(':release/skill.md'), 'two\n');
  assert.is(repo.dosSync('undo').code, 0);
  assert.is(repo.state(), before);
});

test('the lock of a fix killed after its last step goes with the next fix or undo', () => {
  repo.dosSync('fix', '--staged');
  repo.write(`${STORE}/lock`, JSON.stringify({ pid: 1, start: 'another', boot: 'another', claim: 'x' }));
  assert.is(repo.dosSync('undo').code, 0);
  repo.write(`${STORE}/lock`, JSON.stringify({ pid: 1, start: 'another', boot: 'another', claim: 'y' }));
  assert.is(repo.dosSync('undo').stdout, 'nothing to undo\n');
  assert.equal(readdirSync(repo.path(STORE)), ['backups', 'known-contents.json']);
});

test('a fix that fails half-way leaves everything as it was', () => {
  const before = repo.state();
  const restore = gitInBetween(repo, '--index-info', 'echo "fatal: no space" >&2; exit 128');
  const { code, stderr } = repo.dosSync('fix', '--staged');
  restore();
  assert.is(code, 2);
  assert.match(stderr, 'no space');
  assert.is(repo.state(), before);
  assert.equal(readdirSync(repo.path(STORE)), ['backups']);
  assert.equal(readdirSync(repo.path(`${STORE}/backups`)), []);
});

test('an index that git did not write as requested is noticed', () => {
  const before = repo.state();
  const restore = gitInBetween(repo, '--index-info', 'exit 0');
  const { code, stderr } = repo.dosSync('fix', '--staged');
  restore();
  assert.is(code, 2);
  assert.match(stderr, 'git did not stage release/');
  assert.is(repo.state(), before);
});

test('index.lock is held: exit 1 after three tries, the lock still there, everything as it was', () => {
  const before = repo.state();
  writeFileSync(repo.path('.git/index.lock'), '');
  const { code, stderr } = repo.dosSync('fix', '--staged');
  assert.is(code, 1, stderr);
  assert.match(stderr, 'nothing was changed. Another git process holds');
  assert.ok(existsSync(repo.path('.git/index.lock')));
  repo.delete('.git/index.lock');
  assert.is(repo.state(), before);
});

test('a target that is edited between the plan and the lock keeps the edit', () => {
  const edit = `printf 'mine\\n' > '${repo.path('release/skill.md')}'`;
  const restore = gitInBetween(repo, 'core.sharedRepository', edit);
  const { code, stderr } = repo.dosSync('fix', '--staged');
  restore();
  assert.is(code, 1, stderr);
  assert.match(stderr, 'release/skill.md changed while the fix was being prepared');
  assert.is(repo.read('release/skill.md'), 'mine\n');
  assert.is(repo.show(':release/skill.md'), 'one\n');
});

test('a target that is edited between the backup and the rename keeps the edit, and the others go back', () => {
  const edit = `printf 'mine\\n' > '${repo.path('release/skill.md')}'`;
  const restore = gitInBetween(repo, '--filters', edit);
  const { code, stderr } = repo.dosSync('fix', '--staged');
  restore();
  assert.is.not(code, 0, stderr);
  assert.is(repo.read('release/skill.md'), 'mine\n');
  assert.not.ok(repo.exists('release/new.md'));
  assert.is(repo.show(':release/skill.md'), 'one\n');
});

test('a source that changes while it is copied: the command does not report "in sync"', () => {
  repo.git('reset', '-q');
  const edit = `printf 'three\\n' > '${repo.path('live/skill.md')}'`;
  const restore = gitInBetween(repo, '--intent-to-add', edit);
  const { code } = repo.dosSync('fix');
  restore();
  assert.is(code, 1);
  assert.is(repo.read('release/skill.md'), 'two\n');
});

test('while one fix writes, another waits and gives up with 1, and a check reports that a fix is writing', async () => {
  const fifo = repo.path('.git/gate');
  assert.is(spawnSync('mkfifo', [fifo]).status, 0);
  const restore = gitInBetween(repo, '--index-info', `: > '${fifo}.open'; read -r line < '${fifo}'`);
  const env = { ...process.env, ...repo.env };
  const first = spawn(process.execPath, [CLI, 'fix', '--staged'], { cwd: repo.top, env, stdio: 'ignore' });
  const ended = new Promise((resolve) => first.on('close', resolve));
  while (!existsSync(`${fifo}.open`)) await new Promise((resolve) => setTimeout(resolve, 10));
  delete repo.env['PATH'];
  const check = repo.dosSync('check');
  const fix = repo.dosSync('fix', '--staged');
  writeFileSync(fifo, 'go\n');
  assert.is(await ended, 0);
  restore();
  assert.is(check.code, 2);
  assert.match(check.stderr, `process ${first.pid}) is writing here`);
  assert.is(fix.code, 1, fix.stderr);
  assert.match(fix.stderr, 'is writing here');
  assert.is(repo.dosSync('check', '--staged').code, 0);
});

test.run();
