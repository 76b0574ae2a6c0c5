// A disk that ignores case, as on macOS and Windows: NTFS, mounted so by Debian's lowntfs-3g. It
// shows every name in small letters; the index has them as they were typed.

import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { mustStart } from '../support/mounted.js';
import { Installation, printedCommand } from '../support/printed.js';
import { Repo } from '../support/repo.js';
import { LISTENING, TestTerminal } from '../support/terminal.js';

const test = suite('a disk that ignores case');
const FIXES = [['fix'], ['fix', '--staged']];

let place: string;
let disk: string;
let repo: Repo;
let installed: Installation;
let count = 0;

test.before(() => {
  place = mkdtempSync(join(tmpdir(), 'folding-'));
  disk = join(place, 'disk');
  mkdirSync(disk);
  const image = join(place, 'image');
  writeFileSync(image, '');
  truncateSync(image, 64 * 1024 * 1024);
  mustStart('mkfs.ntfs', '--force', '--quick', '--quiet', image);
  mustStart('lowntfs-3g', '-o', 'ignore_case', image, disk);
});
test.after(() => {
  mustStart('umount', disk);
  rmSync(place, { recursive: true });
});
test.before.each(() => {
  count += 1;
  const top = join(disk, `repo${count}`);
  mkdirSync(top);
  repo = new Repo([], undefined, top);
  installed = new Installation(repo);
  repo.manifest({ pairs: [{ a: 'live', b: 'release' }] });
  repo.write('live/skill.md', 'one\n').write('release/skill.md', 'one\n');
  repo.settle();
  repo.hooks();
});
test.after.each(() => {
  installed.remove();
  repo.remove();
});

/** Types the command; its exit code. */
function type(command: string): number {
  return repo.run('sh', ['-c', command]).code;
}

function names(): string[] {
  return repo.git('ls-files').trim().split('\n');
}

const RENAMED = ['.dos-sync-manifest.json', 'live/Skill.md', 'release/Skill.md'];
const BEFORE = ['.dos-sync-manifest.json', 'live/Skill.md', 'release/skill.md'];

test('git knows that the disk ignores case; it has no modes', () => {
  assert.is(repo.git('config', 'core.fileMode').trim(), 'false');
  assert.is(repo.git('config', 'core.ignoreCase').trim(), 'true');
  assert.ok(repo.exists('LIVE/SKILL.MD'));
});

test('a commit is blocked, fixed at the terminal, and goes through; undo takes it back', async () => {
  repo.write('live/skill.md', 'two\n').git('add', 'live');
  assert.is(repo.tryGit('commit', '-qm', 'blocked').code, 1);
  const terminal = new TestTerminal('git commit -qm fixed', repo.top, repo.env);
  await terminal.waitFor(LISTENING);
  terminal.type('f\r');
  assert.is(await terminal.end(), 0, terminal.screen);
  assert.is(repo.show('HEAD:release/skill.md'), 'two\n');
  assert.is(repo.dosSync('undo').code, 0);
  assert.is(repo.read('release/skill.md'), 'one\n');
});

for (const words of FIXES) {
  test(`a rename by case alone: ${words.join(' ')} renames the copy, and undo takes that back`, () => {
    repo.git('mv', 'live/skill.md', 'live/Skill.md');
    assert.is(repo.tryGit('commit', '-qm', 'blocked').code, 1);
    const fixed = repo.dosSync(...words);
    assert.is(fixed.code, 0, fixed.stdout + fixed.stderr);
    assert.equal(names(), RENAMED);
    assert.equal([repo.read('live/Skill.md'), repo.read('release/Skill.md')], ['one\n', 'one\n']);
    assert.is(repo.status(), 'R  live/skill.md -> live/Skill.md\nR  release/skill.md -> release/Skill.md\n');
    assert.is(repo.dosSync('undo').code, 0);
    assert.equal(names(), BEFORE);
    assert.equal([repo.read('live/Skill.md'), repo.read('release/skill.md')], ['one\n', 'one\n']);
  });
}

test('a rename by case alone: the printed command renames the copy, and the commit goes through', () => {
  repo.git('mv', 'live/skill.md', 'live/Skill.md');
  const blocked = repo.tryGit('commit', '-qm', 'blocked');
  assert.not.match(blocked.stderr, 'does not track it');
  assert.is(type(printedCommand(blocked, 'fix')), 0);
  assert.is(repo.tryGit('commit', '-qm', 'renamed').code, 0);
  assert.equal(names(), RENAMED);
  assert.equal([repo.read('live/Skill.md'), repo.read('release/Skill.md')], ['one\n', 'one\n']);
  assert.is(repo.dosSync('check').code, 0);
});

test('renamed at the terminal', async () => {
  repo.git('mv', 'live/skill.md', 'live/Skill.md');
  const terminal = new TestTerminal('git commit -qm renamed', repo.top, repo.env);
  await terminal.waitFor(LISTENING);
  terminal.type('f\r');
  assert.is(await terminal.end(), 0, terminal.screen);
  assert.equal(names(), RENAMED);
  assert.equal([repo.read('live/Skill.md'), repo.read('release/Skill.md')], ['one\n', 'one\n']);
});

test('a rename by case with an edit is one finding, and the copy follows in both', () => {
  repo.git('mv', 'live/skill.md', 'live/Skill.md');
  repo.write('live/Skill.md', 'two\n').git('add', '--renormalize', 'live/Skill.md');
  const blocked = repo.tryGit('commit', '-qm', 'blocked');
  assert.is(type(printedCommand(blocked, 'fix')), 0, blocked.stderr);
  assert.equal(names(), RENAMED);
  assert.equal([repo.read('release/Skill.md'), repo.show(':release/Skill.md')], ['two\n', 'two\n']);
});

test('a copy that was renamed by case is followed by its source, on request', () => {
  repo.git('mv', 'release/skill.md', 'release/Skill.md');
  const blocked = repo.tryGit('commit', '-qm', 'blocked');
  assert.is(type(printedCommand(blocked, 'fix')), 0, blocked.stderr);
  assert.equal(names(), RENAMED);
  assert.equal([repo.read('live/Skill.md'), repo.read('release/Skill.md')], ['one\n', 'one\n']);
});

test('a copy with an unstaged edit is not renamed, and keeps the edit', () => {
  repo.git('mv', 'live/skill.md', 'live/Skill.md');
  repo.write('release/skill.md', 'my own edit\n');
  for (const words of FIXES) {
    const { code, stdout } = repo.dosSync(...words);
    assert.is(code, 1, stdout);
    assert.match(stdout, 'another tracked file has its name on this disk, which ignores case');
    assert.equal(names(), BEFORE);
    assert.is(repo.read('release/skill.md'), 'my own edit\n');
  }
});

test('a pair of two names that are the same on the disk: nothing is written over the other', () => {
  repo.manifest({ pairs: [{ a: 'live/skill.md', b: 'live/Skill.md' }] });
  repo.git('add', '.dos-sync-manifest.json');
  for (const words of FIXES) {
    const before = repo.state();
    const { code, stdout } = repo.dosSync(...words);
    assert.is(code, 1, stdout);
    assert.match(stdout, 'another tracked file has its name on this disk');
    assert.is(repo.state(), before);
  }
});

test.run();
