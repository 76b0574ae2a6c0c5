import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { printedCommand } from '../support/printed.js';
import { CLI, pairedRepo, Repo, type Result } from '../support/repo.js';

const test = suite('every way to commit');
let repo: Repo;

test.before.each(() => {
  repo = pairedRepo();
});
test.after.each(() => repo.remove());

/**
 * Blocked, with the two files and the command in the message; after the command the same commit
 * passes.
 */
function blockedThenFixed(
  commit: () => Result,
  wanted = 'fix --staged live/skill.md',
  said = 'live/skill.md is staged, but its copy release/skill.md is not.',
): void {
  const head = repo.tryGit('rev-parse', '-q', '--verify', 'HEAD').stdout;
  const first = commit();
  assert.is.not(first.code, 0, first.stdout);
  assert.match(first.stderr, said);
  assert.is(printedCommand(first, 'dos-sync '), `npx dos-sync ${wanted}`);
  assert.is(repo.tryGit('rev-parse', '-q', '--verify', 'HEAD').stdout, head);
  const fixed = repo.dosSync(...wanted.split(' '));
  assert.is(fixed.code, 0, fixed.stderr);
  const second = commit();
  assert.is(second.code, 0, second.stderr);
  assert.is(repo.show('HEAD:live/skill.md'), repo.show('HEAD:release/skill.md'));
  assert.is(repo.read('release/skill.md'), repo.read('live/skill.md'));
}

test('commit is blocked when only the live copy is staged', () => {
  repo.write('live/skill.md', 'two\n').git('add', 'live');
  blockedThenFixed(() => repo.tryGit('commit', '-q', '-m', 'next'));
});

test('commit -a is blocked when only the live copy changed', () => {
  repo.write('live/skill.md', 'two\n');
  blockedThenFixed(
    () => repo.tryGit('commit', '-q', '-a', '-m', 'next'),
    'fix live/skill.md',
    'live/skill.md and its copy release/skill.md differ.',
  );
});

test('commit -i is blocked, and says what to stage once the working tree is fixed', () => {
  repo.write('live/skill.md', 'two\n');
  const commit = () => repo.tryGit('commit', '-q', '-i', 'live/skill.md', '-m', 'next');
  assert.match(commit().stderr, 'dos-sync fix live/skill.md');
  assert.is(repo.dosSync('fix', 'live/skill.md').code, 0);
  const { code, stderr } = commit();
  assert.is(code, 1);
  assert.match(stderr, 'git add release/skill.md');
  repo.git('add', 'release/skill.md');
  assert.is(commit().code, 0);
});

test('commit -p is blocked, and the selected hunks stay selected', () => {
  const lines = Array.from({ length: 30 }, (_, at) => `${at}\n`);
  repo.write('live/skill.md', lines.join('')).write('release/skill.md', lines.join('')).settle();
  repo.write('live/skill.md', `first\n${lines.slice(1, -1).join('')}last\n`);
  const { code, stderr } = repo.run('git', ['commit', '-q', '-p', '-m', 'next'], { input: 'y\nn\n' });
  assert.is(code, 1, stderr);
  assert.match(stderr, 'git add -p live/skill.md && npx dos-sync fix --staged live/skill.md');
  repo.run('git', ['add', '-p', 'live/skill.md'], { input: 'y\nn\n' });
  assert.is(repo.dosSync('fix', '--staged', 'live/skill.md').code, 0);
  assert.is(repo.tryGit('commit', '-q', '-m', 'next').code, 0);
  assert.is(repo.show('HEAD:release/skill.md'), `first\n${lines.slice(1).join('')}`);
  assert.is(repo.read('live/skill.md'), `first\n${lines.slice(1, -1).join('')}last\n`);
});

test('a first commit is blocked', () => {
  repo.remove();
  repo = new Repo().hooks().manifest({ pairs: [{ a: 'live', b: 'release' }] });
  repo.write('live/skill.md', 'two\n').write('release/skill.md', 'one\n').git('add', '-A');
  const { code, stderr } = repo.tryGit('commit', '-q', '-m', 'first');
  assert.is(code, 1, stderr);
  assert.match(stderr, 'live/skill.md and its copy release/skill.md are both staged, but differ.');
  repo.write('release/skill.md', 'two\n').git('add', '-A');
  assert.is(repo.tryGit('commit', '-q', '-m', 'first').code, 0);
});

test('drift taken unchanged from a merged branch does not block the merge, and is reported', () => {
  repo.git('checkout', '-q', '-b', 'side');
  repo.write('live/skill.md', 'side\n').write('readme.md', 'side\n').settle();
  repo.git('checkout', '-q', 'main');
  repo.write('readme.md', 'main\n').settle();
  repo.tryGit('merge', '-q', 'side');
  repo.write('readme.md', 'both\n').git('add', '-A');
  const { code, stderr } = repo.tryGit('commit', '-q', '-m', 'merged');
  assert.is(code, 0, stderr);
  assert.match(stderr, '1 pair was already out of sync in a merged branch');
});

test('commit -- path is judged, without an offer, and the printed line works', () => {
  repo.write('live/skill.md', 'two\n');
  const { code, stderr } = repo.tryGit('commit', '-q', '-m', 'next', '--', 'live/skill.md');
  assert.is(code, 1);
  assert.match(stderr, 'dos-sync fix live/skill.md && git commit -- live/skill.md release/skill.md');
  assert.is(repo.dosSync('fix', 'live/skill.md').code, 0);
  repo.git('commit', '-q', '-m', 'next', '--', 'live/skill.md', 'release/skill.md');
  assert.is(repo.show('HEAD:release/skill.md'), 'two\n');
  assert.is(repo.status(), '');
});

test('commit -- path with a new file: the printed line works too', () => {
  repo.write('live/new.md', 'new\n').git('add', 'live');
  const { stderr } = repo.tryGit('commit', '-q', '-m', 'next', '--', 'live/new.md');
  assert.match(stderr, 'dos-sync fix live/new.md && git commit -- live/new.md release/new.md');
  assert.is(repo.dosSync('fix', 'live/new.md').code, 0);
  repo.git('commit', '-q', '-m', 'next', '--', 'live/new.md', 'release/new.md');
  assert.is(repo.show('HEAD:release/new.md'), 'new\n');
});

test('a commit that touches no pair is silent, also with an old drift elsewhere', () => {
  repo.write('live/skill.md', 'drifted\n').settle();
  repo.write('readme.md', 'two\n').git('add', 'readme.md');
  assert.equal(repo.tryGit('commit', '-q', '-m', 'next'), { code: 0, stdout: '', stderr: '' });
});

test('an intent-to-add copy is not in the commit, so the commit is blocked', () => {
  repo.write('live/new.md', 'new\n').write('release/new.md', 'new\n');
  repo.git('add', 'live');
  repo.git('add', '-N', 'release/new.md');
  const { code, stderr } = repo.tryGit('commit', '-q', '-m', 'next');
  assert.is(code, 1);
  assert.match(stderr, 'The working tree already has the fix');
});

test('a replace ref cannot hide what is staged', () => {
  repo.write('live/skill.md', 'two\n').git('add', 'live');
  const before = repo.git('rev-parse', 'HEAD:live').trim();
  const after = repo.git('write-tree', '--prefix=live/').trim();
  repo.git('replace', before, after);
  assert.is(repo.git('diff', '--cached', '--name-only'), '');
  repo.write('readme.md', 'else git finds nothing to commit\n').git('add', 'readme.md');
  const { code, stderr } = repo.tryGit('commit', '-q', '-m', 'next');
  assert.is(code, 1);
  assert.match(stderr, 'live/skill.md is staged, but its copy release/skill.md is not.');
});

test('a linked worktree is judged by its own index', () => {
  repo.git('worktree', 'add', '-q', '-b', 'side', 'linked');
  repo.write('linked/live/skill.md', 'two\n');
  const commit = (...args: string[]) => repo.run('git', ['commit', '-q', '-m', 'next', ...args], { cwd: 'linked' });
  assert.is(commit('-a').code, 1);
  repo.run('git', ['add', 'live'], { cwd: 'linked' });
  const { code, stderr } = commit();
  assert.is(code, 1);
  assert.match(stderr, 'fix --staged live/skill.md');
  repo.write('linked/release/skill.md', 'two\n');
  assert.is(commit('-a').code, 0);
});

test('in a subdirectory the printed command works where it was printed', () => {
  repo.write('live/skill.md', 'two\n').git('add', 'live');
  const { code, stderr } = repo.run('git', ['commit', '-q', '-m', 'next'], { cwd: 'live' });
  assert.is(code, 1);
  assert.match(stderr, 'fix --staged skill.md');
  assert.is(repo.run(process.execPath, [CLI, 'fix', '--staged', 'skill.md'], { cwd: 'live' }).code, 0);
  assert.is(repo.run('git', ['commit', '-q', '-m', 'next'], { cwd: 'live' }).code, 0);
});

test('dosSync.fix = always stages what is safe without a terminal', () => {
  repo.git('config', 'dosSync.fix', 'always');
  repo.write('live/skill.md', 'two\n');
  const { code, stderr } = repo.tryGit('commit', '-q', '-a', '-m', 'next');
  assert.is(code, 0, stderr);
  assert.is(repo.show('HEAD:release/skill.md'), 'two\n');
  repo.write('release/skill.md', 'three\n').git('add', 'release');
  assert.is(repo.tryGit('commit', '-q', '-m', 'next').code, 1);
});

test.run();
