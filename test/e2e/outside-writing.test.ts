import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Repo } from '../support/repo.js';
import { LISTENING, TestTerminal } from '../support/terminal.js';

const test = suite('a fix that copies to a place outside the repository');
let repo: Repo;
let home: string;

test.before.each(() => {
  home = mkdtempSync(join(tmpdir(), 'home-'));
  repo = new Repo();
  repo.env['HOME'] = home;
  repo.env['XDG_CONFIG_HOME'] = join(home, '.config');
  repo.manifest({ pairs: [{ a: '~/.live/X', b: 'rel' }], fix_direction: 'submodule_to_live' });
  live('a.md', '1\n');
  repo.write('rel/a.md', '1\n').settle();
  repo.hooks();
});
test.after.each(() => {
  repo.remove();
  rmSync(home, { recursive: true });
});

function place(name: string): string {
  return join(home, '.live/X', name);
}

function live(name: string, content: string): void {
  mkdirSync(dirname(place(name)), { recursive: true });
  writeFileSync(place(name), content);
}

function read(name: string): string {
  return readFileSync(place(name), 'utf8');
}

function agree(...flags: string[]): void {
  const { code, stdout, stderr } = repo.dosSync('trust', ...flags);
  assert.is(code, 0, stdout + stderr);
}

/** Runs the command at a terminal and gives that answer to its prompt. */
async function answer(words: string, typed: string): Promise<{ code: number; screen: string }> {
  const terminal = new TestTerminal(`${process.execPath} ${join(process.cwd(), 'dist/cli.js')} ${words}`, repo.top, {
    ...repo.env,
  });
  await terminal.waitFor(LISTENING);
  terminal.type(typed);
  return { code: await terminal.end(), screen: terminal.screen };
}

/** The next version, committed past the hook. */
function release(content: string): void {
  repo.write('rel/a.md', content).settle();
}

test('consent to reading is none to writing', () => {
  release('2\n');
  agree();
  const { code, stdout } = repo.dosSync('fix');
  assert.is(code, 1);
  assert.match(
    stdout,
    'it is outside the repository, where only git dos-sync fix writes, after git dos-sync trust --write',
  );
  assert.is(read('a.md'), '1\n');
});

test('the files are listed and need a yes, each time; without a terminal nothing is written', async () => {
  release('2\n');
  repo.write('rel/new.md', 'new\n').settle();
  agree('--write');
  const plan = repo.dosSync('fix', '--dry-run');
  assert.match(plan.stdout, 'would copy');
  const alone = repo.dosSync('fix');
  assert.is(alone.code, 1);
  assert.match(alone.stdout, '  ~/.live/X/a.md\n  ~/.live/X/new.md\n');
  assert.match(alone.stdout, 'where dos-sync writes only after you confirm it at a terminal');
  const left = await answer('fix', '\r');
  assert.is(left.code, 1, left.screen);
  assert.is(read('a.md'), '1\n');
  chmodSync(place('a.md'), 0o600);
  const { code, screen } = await answer('fix', 'w\r');
  assert.is(code, 0, screen);
  assert.is(read('a.md'), '2\n');
  assert.is(read('new.md'), 'new\n');
  assert.is(statSync(place('a.md')).mode & 0o777, 0o600, 'a private file stays private');
  assert.equal(readdirSync(join(home, '.live/X')).sort(), ['a.md', 'new.md'], 'nothing else is left there');
  assert.is(repo.dosSync('check').code, 0);
});

test('content that only the live file had is not overwritten by a fix; with the file named, it needs a yes and can be undone', async () => {
  live('a.md', 'written by hand\n');
  agree('--write');
  const { code, stdout } = repo.dosSync('fix');
  assert.is(code, 1);
  assert.match(stdout, 'skipped  ~/.live/X/a.md: no common version was found in history');
  const forced = await answer('fix --force rel/a.md', 'w\r');
  assert.is(forced.code, 0, forced.screen);
  assert.is(read('a.md'), '1\n');
  assert.match(repo.dosSync('undo', '--list').stdout, `fix, 1 file in ${join(home, '.live/X')}`);
  const unasked = repo.dosSync('undo');
  assert.is(unasked.code, 1);
  assert.match(unasked.stderr, 'nothing was put back');
  assert.is(read('a.md'), '1\n');
  const undone = await answer('undo', 'w\r');
  assert.is(undone.code, 0, undone.screen);
  assert.is(read('a.md'), 'written by hand\n');
});

test('a file is written as its partner is checked out, under the path that the shell expands from ~', async () => {
  repo.write('.gitattributes', 'rel/a.md text eol=crlf\n').settle();
  release('2\r\n');
  agree('--write');
  const { code, screen } = await answer(`fix --staged ${place('a.md')}`, 'w\r');
  assert.is(code, 0, screen);
  assert.is(read('a.md'), '2\r\n');
  assert.is(repo.dosSync('check', place('a.md')).code, 0);
});

test('only undo restores an interrupted fix outside, after a yes; no hook does', async () => {
  release('2\n');
  agree('--write');
  assert.is((await answer('fix', 'w\r')).code, 0);
  const store = join(repo.top, '.git/dos-sync/fixes/main');
  const [backup] = readdirSync(join(store, 'backups'));
  writeFileSync(join(store, 'journal.json'), JSON.stringify({ backup }));
  for (const args of [['fix'], ['check', '--fix']]) {
    const { code, stderr } = repo.dosSync(...args);
    assert.is(code, 2);
    assert.match(stderr, /outside the repository, was interrupted.*\n.*at a terminal: git dos-sync undo/);
  }
  repo.write('rel/a.md', '3\n').git('add', 'rel/a.md');
  repo.git('config', 'dosSync.fix', 'always');
  assert.is.not(repo.tryGit('commit', '-q', '-m', 'next').code, 0);
  assert.is(repo.dosSync('undo').code, 1);
  assert.is(read('a.md'), '2\n');
  const undone = await answer('undo', 'w\r');
  assert.is(undone.code, 0, undone.screen);
  assert.is(read('a.md'), '1\n');
  assert.not.ok(existsSync(join(store, 'journal.json')));
});

test('no hook writes outside, whatever was agreed to', async () => {
  agree('--write');
  repo.write('rel/a.md', '2\n').git('add', 'rel');
  repo.git('config', 'dosSync.fix', 'always');
  const { code, stderr } = repo.tryGit('commit', '-q', '-m', 'next');
  assert.is(code, 1, stderr);
  assert.match(stderr, 'its copy ~/.live/X/a.md is not.');
  assert.match(stderr, /^ {2}> npx dos-sync fix rel\/a.md {3,}# copies it, at a terminal$/m);
  repo.git('config', 'dosSync.fix', 'prompt');
  const terminal = new TestTerminal('git commit -q -m next', repo.top, { ...repo.env });
  assert.is.not(await terminal.end(), 0, terminal.screen);
  assert.is(read('a.md'), '1\n');
});

test('outside, no symlink is created and nothing is deleted', async () => {
  symlinkSync('elsewhere', repo.path('rel/link'));
  repo.write('rel/b.md', '1\n').settle();
  live('b.md', '1\n');
  agree('--write');
  const linked = repo.dosSync('fix');
  assert.is(linked.code, 1);
  assert.match(linked.stdout, '~/.live/X/link: it is outside the repository, where dos-sync makes no symlinks');
  repo.git('rm', '-q', 'rel/b.md');
  const deleted = repo.dosSync('fix', '--delete', 'rel/b.md');
  assert.is(deleted.code, 1);
  assert.match(deleted.stdout, '~/.live/X/b.md: it is outside the repository, where dos-sync makes no symlinks');
  assert.is(read('b.md'), '1\n');
});

test('the consent to write lapses with the place: a new link there is not followed', () => {
  rmSync(join(home, '.live'), { recursive: true });
  agree('--write');
  mkdirSync(join(home, 'private/X'), { recursive: true });
  writeFileSync(join(home, 'private/X/a.md'), '1\n');
  symlinkSync('private', join(home, '.live'));
  assert.match(repo.dosSync('check').stderr, 'has changed since you trusted it');
  rmSync(join(home, '.live'));
  live('a.md', '1\n');
  assert.is(repo.dosSync('check').code, 0);
});

test.run();
