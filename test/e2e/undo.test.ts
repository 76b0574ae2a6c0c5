import { chmodSync, lstatSync, readdirSync, readlinkSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { gitInBetween } from '../support/git-in-between.js';
import { CLI, pairedRepo, Repo } from '../support/repo.js';

const test = suite('git dos-sync undo');
let repo: Repo;

test.before.each(() => {
  repo = pairedRepo();
});
test.after.each(() => repo.remove());

const STORE = '.git/dos-sync/fixes/main';
const heldPacks = () => readdirSync(repo.path('.git/objects/pack')).filter((name) => name.endsWith('.keep'));
const backups = () => readdirSync(repo.path(`${STORE}/backups`)).sort();

test('restores what the last fix replaced, with its permissions', () => {
  repo.write('live/skill.md', 'two\n').write('live/new.md', 'new\n');
  chmodSync(repo.path('release/skill.md'), 0o640);
  const before = repo.state();
  assert.is(repo.dosSync('fix').code, 0);
  assert.is(repo.read('release/skill.md'), 'two\n');
  assert.equal(repo.dosSync('undo'), {
    code: 0,
    stdout: 'put back  release/skill.md\nremoved   release/new.md\n',
    stderr: '',
  });
  assert.is(repo.state(), before);
  assert.is(repo.dosSync('undo').stdout, 'nothing to undo\n');
});

test('restores symlinks, deleted files, and the directories around them', () => {
  symlinkSync('one', repo.path('live/link'));
  symlinkSync('other', repo.path('release/link'));
  repo.write('live/deep/down/f', '1').write('release/deep/down/f', '1').settle();
  repo.delete('live/link');
  symlinkSync('two', repo.path('live/link'));
  repo.delete('live/deep');
  const before = repo.state();
  assert.is(repo.dosSync('fix', '--from', 'a', 'live/link').code, 0);
  assert.is(readlinkSync(repo.path('release/link')), 'two');
  assert.is(repo.dosSync('undo').code, 0);
  assert.is(repo.dosSync('fix', '--delete', 'live/deep/down/f').code, 0);
  assert.not.ok(repo.exists('release/deep'));
  assert.is(repo.dosSync('undo').code, 0);
  assert.is(repo.state(), before);
});

test('skips, by name, what was changed since the fix', () => {
  repo.write('live/second.md', '1').write('release/second.md', '1').settle();
  repo.write('live/skill.md', 'two\n').write('live/second.md', '2').dosSync('fix');
  repo.write('release/skill.md', 'three\n');
  const { code, stdout } = repo.dosSync('undo');
  assert.is(code, 1);
  assert.is(stdout, 'put back  release/second.md\nskipped   release/skill.md: it was changed after the fix\n');
  assert.is(repo.read('release/skill.md'), 'three\n');
  assert.is(repo.read('release/second.md'), '1');
  repo.write('release/skill.md', 'two\n');
  assert.is(repo.dosSync('undo').code, 0);
  assert.is(repo.read('release/skill.md'), 'one\n');
});

test('an index entry that was staged again since the fix is skipped', () => {
  repo.write('live/skill.md', 'two\n').git('add', 'live');
  assert.is(repo.dosSync('fix', '--staged').code, 0);
  repo.write('release/skill.md', 'three\n').git('add', 'release');
  const before = repo.state();
  assert.is(repo.dosSync('undo').code, 1);
  assert.is(repo.state(), before);
});

test('--list names the fixes, newest first, and one of them can be selected', () => {
  repo.write('live/skill.md', 'two\n').dosSync('fix');
  repo.settle();
  repo.write('live/skill.md', 'three\n').dosSync('fix');
  const [newest = '', oldest = ''] = repo.dosSync('undo', '--list').stdout.split('\n');
  assert.match(newest, /^\d{8}-\d{6}-\d{3} {2}fix, 1 file$/);
  repo.write('release/skill.md', 'two\n');
  assert.is(repo.dosSync('undo', oldest.split(' ')[0] ?? '').code, 0);
  assert.is(repo.read('release/skill.md'), 'one\n');
  assert.match(
    repo.dosSync('undo', '--list').stdout,
    /^\d{8}-\d{6}-\d{3} {2}undo, 1 file\n.* fix, 1 file\n.* undone\n$/,
  );
  const { code, stderr } = repo.dosSync('undo', 'nonsense');
  assert.is(code, 2);
  assert.match(stderr, 'git dos-sync undo --list');
});

test('gc takes what was only in the index; undo has it still', () => {
  repo.write('live/skill.md', 'a\n').write('release/skill.md', 'only staged\n').git('add', '-A');
  const before = repo.state();
  assert.is(repo.dosSync('fix', '--staged', '--from', 'a', 'live/skill.md').code, 0);
  repo.git('reflog', 'expire', '--expire=now', '--all');
  repo.git('gc', '--quiet', '--prune=now');
  const oid = repo.run('git', ['hash-object', '--stdin'], { input: 'only staged\n' }).stdout.trim();
  assert.is.not(repo.tryGit('cat-file', '-e', oid).code, 0);
  assert.is(repo.dosSync('undo').code, 0);
  assert.is(repo.state(), before);
  assert.is(repo.show(':release/skill.md'), 'only staged\n');
});

test('a gc between the contents that undo brings back and the index that names them takes none of them', () => {
  repo.write('live/skill.md', 'a\n').write('release/skill.md', 'only staged\n').git('add', '-A');
  const before = repo.state();
  assert.is(repo.dosSync('fix', '--staged', '--from', 'a', 'live/skill.md').code, 0);
  const restore = gitInBetween(repo, '--index-info', '"$git" gc --quiet --prune=now');
  assert.is(repo.dosSync('undo').code, 0);
  restore();
  assert.is(repo.show(':release/skill.md'), 'only staged\n');
  assert.is(repo.state(), before);
  assert.equal(heldPacks(), []);
});

test('what a killed undo still keeps from gc is let go by the next one', () => {
  repo.write('live/skill.md', 'a\n').write('release/skill.md', 'only staged\n').git('add', '-A');
  const before = repo.state();
  repo.dosSync('fix', '--staged', '--from', 'a', 'live/skill.md');
  const restore = gitInBetween(repo, '--index-info', 'kill -9 $PPID; exit 1');
  repo.dosSync('undo');
  restore();
  assert.is(heldPacks().length, 1);
  assert.is(repo.dosSync('undo').code, 0);
  assert.is(repo.dosSync('undo').code, 0);
  assert.is(repo.state(), before);
  assert.equal(heldPacks(), []);
});

test('a push --mirror takes no backup along', () => {
  repo.write('live/skill.md', 'two\n').dosSync('fix');
  const other = new Repo(['--bare']);
  repo.git('push', '-q', '--mirror', '--no-verify', other.top);
  const objects = other.git('cat-file', '--batch-check', '--batch-all-objects').trim().split('\n');
  const refs = other.git('for-each-ref', '--format=%(refname)');
  other.remove();
  assert.is(objects.length, repo.git('rev-list', '--objects', '--all').trim().split('\n').length);
  assert.is(refs, 'refs/heads/main\n');
});

test('intent-to-add and skip-worktree come back', () => {
  repo.write('live/new.md', 'new\n').git('add', 'live');
  repo.write('release/new.md', 'new\n').git('add', '--intent-to-add', 'release/new.md');
  repo.git('update-index', '--skip-worktree', 'release/skill.md');
  repo.write('live/skill.md', 'two\n').git('add', 'live');
  const [before, status] = [repo.state(), repo.status()];
  assert.is(repo.dosSync('fix', '--staged').code, 0);
  assert.match(repo.git('ls-files', '-t', 'release/skill.md'), 'S release/skill.md');
  assert.is(repo.dosSync('undo').code, 0);
  assert.is(repo.state(), before);
  assert.is(repo.status(), status);
});

test("a linked worktree's backups are its own, and outlive it", () => {
  repo.git('worktree', 'add', '-q', '-b', 'side', 'tree');
  const linked = (...words: string[]) => repo.run(process.execPath, [CLI, ...words], { cwd: 'tree' });
  repo.write('tree/live/skill.md', 'two\n');
  assert.is(linked('fix').code, 0);
  assert.is(repo.dosSync('undo').stdout, 'nothing to undo\n');
  assert.is(linked('undo').code, 0);
  assert.is(repo.read('tree/release/skill.md'), 'one\n');
  repo.git('worktree', 'remove', '--force', 'tree');
  const [kept = ''] = readdirSync(repo.path('.git/dos-sync/fixes')).filter((name) => name !== 'main');
  assert.ok(readdirSync(repo.path(`.git/dos-sync/fixes/${kept}/backups`)).length > 0);
});

test('backups are kept for 30 days, or as dosSync.backupExpire says', () => {
  repo.write('live/skill.md', 'two\n').dosSync('fix');
  const [first = ''] = backups();
  const dayId = (days: number) =>
    new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
  renameSync(repo.path(join(STORE, 'backups', first)), repo.path(join(STORE, 'backups', `${dayId(31)}-000000-000`)));
  repo.write('live/skill.md', 'three\n').write('release/skill.md', 'one\n').dosSync('fix');
  assert.is(backups().length, 1);
  const [second = ''] = backups();
  renameSync(repo.path(join(STORE, 'backups', second)), repo.path(join(STORE, 'backups', `${dayId(29)}-000000-000`)));
  repo.write('live/skill.md', 'four\n').write('release/skill.md', 'one\n').dosSync('fix');
  assert.is(backups().length, 2);
  repo.git('config', 'dosSync.backupExpire', '7.days.ago');
  repo.write('live/skill.md', 'five\n').write('release/skill.md', 'one\n').dosSync('fix');
  assert.is(backups().length, 2);
});

test('backups are private to their owner', () => {
  repo.write('live/skill.md', 'two\n').dosSync('fix');
  for (const name of [
    '',
    ...backups().map((id) => `backups/${id}`),
    ...backups().map((id) => `backups/${id}/files/0`),
  ]) {
    assert.is(lstatSync(repo.path(join(STORE, name))).mode & 0o077, 0, name);
  }
});

test('init and add can be undone too, and a manifest that was edited meanwhile is not overwritten', () => {
  const source = repo.read('.dos-sync-manifest.json');
  assert.is(repo.dosSync('add', '--missing', 'readme.md', 'copy.md').code, 0);
  assert.is.not(repo.read('.dos-sync-manifest.json'), source);
  assert.is(repo.dosSync('undo').code, 0);
  assert.is(repo.read('.dos-sync-manifest.json'), source);
  const fresh = new Repo().write('a', '1');
  fresh.settle();
  assert.is(fresh.dosSync('init').code, 0);
  assert.is(fresh.status(), 'A  .dos-sync-manifest.json\n');
  assert.is(fresh.dosSync('undo').code, 0);
  assert.is(fresh.status(), '');
  fresh.remove();
});

test.run();
