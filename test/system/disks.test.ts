// Failing disks, simulated with strace: other means are used if there are any; otherwise exit code
// 2, and nothing changed.

import { readdirSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CLI, pairedRepo, type Repo, type Result } from '../support/repo.js';

const test = suite('disks that refuse');
const STORE = '.git/dos-sync/fixes/main';
let repo: Repo;

test.before.each(() => {
  repo = pairedRepo();
  repo.write('live/skill.md', 'two\n').write('live/new.md', 'new\n').git('add', 'live');
});
test.after.each(() => repo.remove());

/** Runs the command; each of these system calls fails with the error, in us and in every git. */
function refused(calls: string, error: string, words: readonly string[]): Result {
  const options = ['-f', '-qq', '-o', '/dev/null', '-e', `trace=${calls}`, '-e', `inject=${calls}:error=${error}`];
  return repo.run('strace', [...options, process.execPath, CLI, ...words]);
}

const SYNC = 'fsync,fdatasync';
const FIXES = [['fix'], ['fix', '--staged']];

for (const [calls, error] of [
  [SYNC, 'EINVAL'],
  [SYNC, 'EOPNOTSUPP'],
  ['link,linkat', 'EPERM'],
  ['link,linkat', 'EOPNOTSUPP'],
] as const) {
  test(`${calls} ${error}: a fix works by other means`, () => {
    for (const words of FIXES) {
      const { code, stderr } = refused(calls, error, words);
      assert.is(code, 0, stderr);
    }
    assert.is(repo.dosSync('check').code, 0);
    assert.is(repo.dosSync('check', '--staged').code, 0);
    const left = readdirSync(repo.path(STORE)).filter((name) => name !== 'known-contents.json');
    assert.equal(left, ['backups']);
  });
}

for (const [calls, error] of [
  [SYNC, 'EDQUOT'],
  [SYNC, 'EIO'],
  ['mkdir,mkdirat', 'ENOSPC'],
  ['mkdir,mkdirat', 'EROFS'],
  ['mkdir,mkdirat', 'EDQUOT'],
  ['link,linkat', 'EROFS'],
] as const) {
  test(`${calls} ${error}: a fix ends with 2, and everything is as it was`, () => {
    const before = repo.state();
    for (const words of FIXES) {
      const { code, stderr } = refused(calls, error, words);
      assert.is(code, 2, stderr);
      assert.not.match(stderr, /this is a bug|^ +at .*:\d/m);
    }
    assert.is(repo.state(), before);
    assert.is(repo.dosSync('fix', '--staged').code, 0);
  });
}

test('a sync that fails where no git syncs: a fix ends with 2, and everything is as it was', () => {
  repo.git('rm', '-q', '-f', 'live/new.md');
  const before = repo.state();
  const { code, stderr } = refused(SYNC, 'EIO', ['fix']);
  assert.is(code, 2, stderr);
  assert.is(repo.state(), before);
});

for (const [calls, error] of [
  [SYNC, 'EINVAL'],
  [SYNC, 'EIO'],
  ['mkdir,mkdirat', 'EROFS'],
  ['rename,renameat,renameat2', 'EDQUOT'],
] as const) {
  test(`${calls} ${error}: a commit that is in sync passes, and leaves no half cache`, () => {
    repo.write('release/skill.md', 'two\n').write('release/new.md', 'new\n').git('add', 'release');
    const { code, stderr } = refused(calls, error, ['hook', 'pre-commit']);
    assert.is(code, 0, stderr);
    repo.write('live/skill.md', 'three\n').git('add', 'live');
    assert.is(repo.dosSync('hook', 'pre-commit').code, 1);
  });
}

test('no directory for temporary files: a commit is judged, a fix is made, a merge finds another', () => {
  repo.env['TMPDIR'] = '/nowhere';
  assert.is(repo.tryGit('commit', '-qm', 'x').code, 1);
  assert.is(repo.dosSync('fix', '--staged').code, 0);
  assert.is(repo.tryGit('commit', '-qm', 'x').code, 0);
  repo.write('live/skill.md', '1\ntwo\n').write('release/skill.md', 'two\n3\n');
  assert.is(repo.dosSync('fix', '--merge').code, 0);
  assert.is(repo.read('live/skill.md'), '1\ntwo\n3\n');
});

test.run();
