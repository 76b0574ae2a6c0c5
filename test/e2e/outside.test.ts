import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Repo } from '../support/repo.js';
import { LISTENING, TestTerminal } from '../support/terminal.js';

const test = suite('pairs with a side outside the repository');
let repo: Repo;
let home: string;

test.before.each(() => {
  home = mkdtempSync(join(tmpdir(), 'home-'));
  repo = new Repo();
  // The hooks also find it; git's configuration stays where it is.
  repo.env['HOME'] = home;
  repo.env['XDG_CONFIG_HOME'] = join(home, '.config');
  repo.manifest({
    pairs: [
      { a: '~/.live/X', b: 'rel' },
      { a: 'p', b: 'q' },
    ],
  });
  live('a.md', '1\n');
  live('deep/b.md', '1\n');
  repo.write('rel/a.md', '1\n').write('rel/deep/b.md', '1\n').write('p', '1').write('q', '1').settle();
  repo.hooks();
});
test.after.each(() => {
  repo.remove();
  rmSync(home, { recursive: true });
});

function live(name: string, content: string): void {
  mkdirSync(dirname(join(home, '.live/X', name)), { recursive: true });
  writeFileSync(join(home, '.live/X', name), content);
}

interface Row {
  readonly relative_path: string;
  readonly status: string;
  readonly reason?: string;
}

function verdicts(...scope: string[]): string[] {
  const { stdout, stderr } = repo.dosSync('check', '--json', ...scope);
  assert.is.not(stdout, '', stderr);
  const { files } = JSON.parse(stdout) as { files: Row[] };
  return files
    .map(({ relative_path, status, reason }) => `${relative_path}: ${status}${reason ? ` ${reason}` : ''}`)
    .sort();
}

const INERT = ['a.md: UNCHECKED', 'deep/b.md: UNCHECKED', 'p: SYNCED'];
const EQUAL = ['a.md: SYNCED', 'deep/b.md: SYNCED', 'p: SYNCED'];

function agree(...flags: string[]): void {
  const { code, stdout, stderr } = repo.dosSync('trust', ...flags);
  assert.is(code, 0, stdout + stderr);
}

test('inert without consent: no content and no hash in any output, and nothing blocked', () => {
  live('a.md', 'a secret\n');
  const oid = repo.git('hash-object', join(home, '.live/X/a.md')).trim();
  repo.write('rel/a.md', '2\n').git('add', 'rel');
  const commit = repo.tryGit('commit', '-q', '-m', 'next');
  assert.is(commit.code, 0, commit.stderr);
  assert.match(commit.stderr, 'you have not trusted the manifest yet: git dos-sync trust');
  for (const args of [['check'], ['check', '--full'], ['check', '--json'], ['check', '--staged', '--json'], ['fix']]) {
    const { stdout, stderr } = repo.dosSync(...args);
    assert.not.match(stdout + stderr, /secret|a_sha256/);
    assert.not.ok((stdout + stderr).includes(oid), args.join(' '));
  }
  assert.equal(verdicts(), INERT);
});

test('with consent the disk is read, by check and by the commit hook, and a commit holds nothing of it', () => {
  agree();
  assert.is(statSync(join(home, '.config/dos-sync/consents.json')).mode & 0o777, 0o600);
  assert.equal(verdicts(), EQUAL);
  assert.equal(verdicts('--staged'), EQUAL);
  assert.equal(verdicts('--commit', 'HEAD'), INERT);
  live('new.md', '1\n');
  repo.write('rel/a.md', '2\n').git('add', 'rel');
  assert.equal(verdicts('--staged'), ['a.md: DRIFT content', 'deep/b.md: SYNCED', 'new.md: MISSING_B', 'p: SYNCED']);
  const { code, stderr } = repo.tryGit('commit', '-q', '-m', 'next');
  assert.is(code, 1, stderr);
  assert.match(stderr, 'rel/a.md is staged, but its source ~/.live/X/a.md is not.');
  live('a.md', '2\n');
  assert.equal(repo.tryGit('commit', '-q', '-m', 'next'), { code: 0, stdout: '', stderr: '' });
});

test('a fix copies from outside for the named files', () => {
  agree();
  live('a.md', '2\n');
  live('deep/new.md', '3\n');
  const { code, stdout } = repo.dosSync('fix', 'rel/a.md');
  assert.is(code, 0, stdout);
  assert.is(repo.read('rel/a.md'), '2\n');
  assert.is(repo.dosSync('fix', '--staged', 'rel/deep/new.md').code, 0);
  assert.is(repo.show(':rel/deep/new.md'), '3\n');
  assert.equal(verdicts(), ['a.md: SYNCED', 'deep/b.md: SYNCED', 'deep/new.md: SYNCED', 'p: SYNCED']);
});

test('explain and diff take the name of an outside file, and diff reads it', () => {
  agree();
  live('a.md', '2\n');
  const { code, stdout } = repo.dosSync('explain', join(home, '.live/X/a.md'));
  assert.is(code, 1);
  assert.match(stdout, '~/.live/X/a.md -> rel/a.md\n');
  assert.match(
    repo.dosSync('diff', 'rel/a.md').stdout,
    '--- copy/rel/a.md\n+++ source/~/.live/X/a.md\n@@ -1 +1 @@\n-1\n+2\n',
  );
});

test('the consent lapses with the direction, an alias, exclude, a one-sided list, and where a place really is', () => {
  const pairs = [
    { a: '~/.live/X', b: 'rel' },
    { a: 'p', b: 'q' },
  ];
  const [first, ...rest] = pairs;
  const changes: object[] = [
    { pairs, fix_direction: 'submodule_to_live' },
    { pairs, aliases: { '~/.live/X/a.md': 'rel/other.md' } },
    { pairs: [{ ...first, exclude: ['deep'] }, ...rest] },
    { pairs, live_only: ['~/.live/X/a.md'] },
    { pairs: [...pairs, { a: 'rel', b: 'further' }] },
  ];
  for (const change of changes) {
    repo.manifest({ pairs });
    agree();
    repo.manifest(change);
    assert.match(repo.dosSync('check').stderr, 'has changed since you trusted it; review it: git dos-sync trust');
  }
  repo.manifest({ pairs: [...pairs, { a: 'r', b: 's' }] });
  agree();
  repo.manifest({ pairs });
  assert.equal(verdicts(), EQUAL, 'a pair that does not reach outside changes nothing');
  rmSync(join(home, '.live'), { recursive: true });
  mkdirSync(join(home, 'elsewhere/X'), { recursive: true });
  writeFileSync(join(home, 'elsewhere/X/a.md'), '1\n');
  symlinkSync('elsewhere', join(home, '.live'));
  assert.match(repo.dosSync('check').stderr, 'has changed since you trusted it');
});

test('a consent covers one repository: another one, or a new one in its place, has none', () => {
  agree();
  const top = `${repo.top}-copy`;
  repo.run('cp', ['-r', repo.top, top]);
  const copy = repo.run(process.execPath, [join(process.cwd(), 'dist/cli.js'), 'check'], {
    cwd: `../${top.split('/').at(-1)}`,
  });
  rmSync(top, { recursive: true });
  assert.match(copy.stderr, 'you have not trusted the manifest yet');
  repo.run('sh', ['-c', 'cp -r .git other && rm -rf .git && mv other .git']);
  assert.match(repo.dosSync('check').stderr, 'has changed since you trusted it');
});

test('list and revoke; never where CI is set; dosSync.home only from the global configuration', () => {
  assert.match(repo.dosSync('trust', '--list').stdout, 'You have not trusted any manifest');
  agree();
  assert.match(repo.dosSync('trust', '--list').stdout, '~/.live/X');
  repo.env['CI'] = 'true';
  assert.equal(verdicts(), INERT);
  assert.is(repo.dosSync('trust').code, 2);
  delete repo.env['CI'];
  assert.equal(verdicts(), EQUAL);
  repo.git('config', 'dosSync.home', '/nonexistent');
  assert.equal(verdicts(), EQUAL);
  const config = join(home, 'gitconfig');
  writeFileSync(config, `[dosSync]\n\thome = ${home}/moved\n`);
  repo.env['GIT_CONFIG_GLOBAL'] = config;
  assert.match(repo.dosSync('check').stderr, 'not on this machine');
  delete repo.env['GIT_CONFIG_GLOBAL'];
  assert.is(repo.dosSync('trust', '--revoke').code, 0);
  assert.equal(verdicts(), INERT);
});

test('at a terminal the user is asked, and text typed ahead is not an answer', async () => {
  const terminal = new TestTerminal(
    `${process.execPath} ${join(process.cwd(), 'dist/cli.js')} trust`,
    repo.top,
    repo.env,
  );
  await terminal.waitFor(LISTENING);
  terminal.type('\r');
  assert.is(await terminal.end(), 1);
  assert.match(terminal.screen, 'Nothing was trusted.');
  assert.not.ok(existsSync(join(home, '.config/dos-sync/consents.json')));
  const again = new TestTerminal(`${process.execPath} ${join(process.cwd(), 'dist/cli.js')} trust`, repo.top, repo.env);
  await again.waitFor(LISTENING);
  again.type('r\r');
  assert.is(await again.end(), 0, again.screen);
  assert.equal(verdicts(), EQUAL);
});

test('symlink mode: the live folder leads into the repository, and needs no consent', () => {
  rmSync(join(home, '.live/X'), { recursive: true });
  symlinkSync(repo.path('rel'), join(home, '.live/X'));
  const LINKED = ['a.md: LINKED', 'deep/b.md: LINKED', 'p: SYNCED'];
  assert.equal(verdicts(), LINKED);
  assert.equal(verdicts('--staged'), LINKED);
  repo.write('rel/a.md', '2\n').git('add', 'rel');
  assert.equal(repo.tryGit('commit', '-q', '-m', 'next'), { code: 0, stdout: '', stderr: '' });
});

test('customer mode: the live folder does not exist', () => {
  agree();
  rmSync(join(home, '.live'), { recursive: true });
  assert.equal(verdicts(), INERT);
  assert.is(repo.dosSync('check').code, 0);
  repo.manifest({ pairs: [{ a: '~/.live/X', b: 'rel' }] });
  assert.is(repo.dosSync('check').code, 2);
});

test("outside files are hashed as git would store them with their partner's attributes", () => {
  repo.write('.gitattributes', 'rel/a.md text eol=crlf\nrel/deep/b.md filter=upper\n');
  repo.git('config', 'filter.upper.clean', "tr 'a-z' 'A-Z'");
  repo.write('rel/a.md', 'x\r\n').write('rel/deep/b.md', 'word\n').settle();
  live('a.md', 'x\r\n');
  live('deep/b.md', 'word\n');
  agree();
  assert.equal(verdicts(), EQUAL);
  assert.is(repo.show(':rel/deep/b.md'), 'WORD\n');
  live('deep/b.md', 'other\n');
  assert.equal(verdicts(), ['a.md: SYNCED', 'deep/b.md: DRIFT content', 'p: SYNCED']);
  assert.is(repo.dosSync('fix', '--staged', 'rel/deep/b.md').code, 0);
  assert.is(repo.show(':rel/deep/b.md'), 'OTHER\n');
});

test('with core.autocrlf an outside file is converted too; otherwise its bytes count', () => {
  live('a.md', 'x\r\n');
  repo.write('rel/a.md', 'x\n').settle();
  agree();
  assert.equal(verdicts(), ['a.md: DRIFT content', 'deep/b.md: SYNCED', 'p: SYNCED']);
  repo.git('config', 'core.autocrlf', 'input');
  assert.equal(verdicts('--staged'), EQUAL);
});

test('a file that git ignores in the repository is not missing there, unless it is tracked', () => {
  repo.write('.gitignore', '*.pyc\ndeep/\n').settle();
  live('a.pyc', 'cache\n');
  live('deep/cache.pyc', 'cache\n');
  live('tool.md', 'new\n');
  agree();
  assert.equal(verdicts(), ['a.md: SYNCED', 'deep/b.md: SYNCED', 'p: SYNCED', 'tool.md: MISSING_B']);
  assert.equal(verdicts('--staged'), verdicts());
});

/** Exit code 2 with this message, after consent. */
function couldNotCheck(words: string | RegExp): void {
  agree();
  repo.write('rel/a.md', '2\n').git('add', 'rel');
  for (const args of [['check'], ['check', '--staged'], ['hook', 'pre-commit']]) {
    const { code, stderr } = repo.dosSync(...args);
    assert.is(code, 2, `${args.join(' ')}: ${stderr}`);
    assert.match(stderr, words);
  }
}

test('a symlink below the place, and a FIFO in it or instead of it', () => {
  rmSync(join(home, '.live/X/deep'), { recursive: true });
  mkdirSync(join(home, 'private'));
  writeFileSync(join(home, 'private/b.md'), 'private\n');
  symlinkSync(join(home, 'private'), join(home, '.live/X/deep'));
  repo.write('rel/deep/b.md', '2\n');
  couldNotCheck('~/.live/X/deep is a symlink');
  rmSync(join(home, '.live/X/deep'));
  rmSync(join(home, '.live/X/a.md'));
  repo.run('mkfifo', [join(home, '.live/X/a.md')]);
  couldNotCheck('~/.live/X/a.md is neither a file nor a directory.');
  rmSync(join(home, '.live/X'), { recursive: true });
  repo.run('mkfifo', [join(home, '.live/X')]);
  couldNotCheck('is neither a file nor a directory.');
});

test('a directory named ~ is not an outside place, and no name matches it', () => {
  repo.manifest({ pairs: [{ a: './~/x', b: 'y' }] });
  assert.match(repo.dosSync('check').stderr, 'a directory named ~ at the top level');
  repo.manifest({ pairs: [{ a: '{n}/x', b: 'copies/{n}' }] });
  repo.write('~/x', '1').write('copies/~', '2').write('one/x', '1').write('copies/one', '1').settle();
  assert.equal(verdicts(), ['x: SYNCED']);
});

test.run();
